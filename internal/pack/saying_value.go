package pack

import (
	"strings"
	"text/template/parse"
)

// pipe is what a pipeline gives.
func (s *sayer) pipe(n *parse.PipeNode, dot meant) meant {
	if n == nil || len(n.Cmds) != 1 {
		return meant{}
	}
	return s.command(n.Cmds[0], dot)
}

func (s *sayer) command(c *parse.CommandNode, dot meant) meant {
	if f, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return s.word(f.Ident, c.Args[1:], dot)
	}
	if len(c.Args) != 1 {
		return meant{}
	}
	return s.value(c.Args[0], dot)
}

func (s *sayer) value(n parse.Node, dot meant) meant {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return dot.path(n.Ident)
	case *parse.VariableNode:
		v := s.vars[n.Ident[0]].path(n.Ident[1:])
		if v.kind == "word" { // it may have another value by now
			return meant{}
		}
		return v
	case *parse.PipeNode:
		return s.pipe(n, dot)
	case *parse.StringNode:
		return meant{kind: "word", name: n.Text}
	case *parse.IdentifierNode:
		return s.word(n.Ident, nil, dot)
	}
	return meant{}
}

func (v meant) path(idents []string) meant {
	for _, id := range idents {
		v = v.field(id)
	}
	return v
}

// wholeFields are what the document itself says.
var wholeFields = map[string]meant{
	"Year": {kind: "year"}, "LastYear": {kind: "last"}, "Name": {kind: "name"}, "ShortName": {kind: "name"}, "Edition": {kind: "edition"},
	"Duties": {kind: "entries", name: "duties"}, "Tasks": {kind: "entries", name: "tasks"}, "Institutions": {kind: "entry", name: "institutions"},
	"AssetsAsOf": {kind: "date"}, "Vehicles": {kind: "assets", name: "vehicles"}, "Equipment": {kind: "assets", name: "equipment"},
	"EquipmentCount": {kind: "count", name: "equipment"}, "EquipmentBought": {kind: "bought", name: "equipment"},
	"VehicleCount": {kind: "count", name: "all"}, "VehicleBought": {kind: "bought", name: "all"},
	"Projects": {kind: "parts", by: "project"}, "Units": {kind: "parts", by: "unit"}, "Listed": {kind: "parts", by: "unit"}, "Subordinates": {kind: "parts", by: "unit"},
}

func (v meant) field(id string) meant {
	switch v.kind {
	case "whole":
		return wholeFields[id]
	case "change":
		return v.changeField(id)
	case "part":
		switch id {
		case "N":
			return meant{kind: "number"}
		case "Name", "Code":
			return meant{kind: "member", by: v.by}
		case "Path":
			return meant{kind: "path", by: v.by}
		case "Amount", "Value":
			return meant{kind: "amount"}
		}
	case "entry":
		if id == "N" {
			return meant{kind: "number"}
		}
		return v
	case "asset":
		switch id {
		case "Count":
			return meant{kind: "count", name: v.name}
		case "Bought":
			return meant{kind: "bought", name: v.name}
		}
		return v
	}
	return meant{}
}

// changeField is what a comparison with last year says.
func (v meant) changeField(id string) meant {
	switch id {
	case "Same":
		return meant{kind: "same", name: v.name, by: v.by}
	case "Year":
		return meant{kind: "last"}
	case "Direction":
		return meant{kind: "way", name: v.name, by: v.by}
	case "Amount":
		return meant{kind: "change-amount", name: v.name, by: v.by}
	case "Last":
		return meant{kind: "last-amount", name: v.name, by: v.by}
	case "Rate":
		return meant{kind: "percent"}
	case "Reason":
		if v.why == "" {
			return meant{kind: "nothing"}
		}
		return meant{kind: "text", name: v.why, by: v.by}
	}
	return meant{}
}

// element is what a list has.
func (v meant) element() meant {
	switch v.kind {
	case "entries":
		v.kind = "entry"
	case "assets":
		v.kind = "asset"
	case "parts":
		v.kind = "part"
	case "path":
		v.kind = "step"
	default:
		return meant{}
	}
	return v
}

// word is what a function of templates gives.
func (s *sayer) word(name string, args []parse.Node, dot meant) meant {
	arg := func(i int) meant {
		if i >= len(args) {
			return meant{}
		}
		return s.value(args[i], dot)
	}
	switch name {
	case "amount":
		if a := arg(0); a.kind == "word" {
			return meant{kind: "amount", name: a.name}
		}
		return meant{kind: "amount"}
	case "amountIn":
		return s.word("amount", args[min(2, len(args)):], dot)
	case "text":
		a := arg(0)
		if a.kind == "key" || a.kind == "word" {
			return meant{kind: "text", name: strings.TrimSuffix(a.name, "."), by: a.by}
		}
	case "print":
		family, member := arg(0), arg(len(args)-1)
		if len(args) == 2 && family.kind == "word" && (member.kind == "member" || member.kind == "path") {
			return meant{kind: "key", name: family.name, by: member.by}
		}
	case "changed":
		of, why := arg(0), arg(1)
		return meant{kind: "change", name: strings.TrimSuffix(of.name, "."), by: of.by, why: strings.TrimSuffix(why.name, ".")}
	case "share", "percent":
		return meant{kind: "percent"}
	case "by":
		return meant{kind: "parts", by: arg(0).name}
	case "vehicles":
		return meant{kind: "assets", name: "vehicles"}
	case "date":
		return arg(0)
	case "plain":
		return arg(0)
	case "zh", "add":
		return meant{kind: "number"}
	case "phrase":
		if text, ok := s.p.Phrases[arg(0).name]; ok {
			return meant{kind: "word", name: text}
		}
	}
	return meant{}
}
