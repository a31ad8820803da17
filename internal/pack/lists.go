package pack

import (
	"maps"
	"slices"
	"strings"
	"text/template/parse"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// closedList is a list of the program with the words of the pack.
type closedList struct {
	name  string
	words []string
}

// listNames are the lists that [[list]] may close. The classes of procurement have a key of their own, since their order
// counts.
func listNames() []string {
	return slices.DeleteFunc(budget.LocalLists(), func(n string) bool { return n == budget.ListProcurement })
}

// Lists are the lists of the program with the words of the pack: what its departments may fill in.
func (p *Pack) Lists() *budget.Lists {
	l := budget.StandardLists()
	if len(p.ProcurementClasses) > 0 {
		l.Close(budget.ListProcurement, p.ProcurementClasses)
	}
	for _, x := range p.closed {
		l.Close(x.name, x.words)
	}
	for kind, f := range p.Forms {
		for _, x := range f.Fields {
			if x.Options != nil {
				l.Field(kind, x.Key, x.Title, x.Options)
			}
		}
	}
	return l
}

func (p *Pack) closedWords(name string) []string {
	for _, x := range p.closed {
		if x.name == name {
			return x.words
		}
	}
	return nil
}

// words are the words of a list; one that is there twice is a slip.
func (c *compiler) words(list []source.String) []string {
	var out []string
	for _, s := range list {
		if slices.Contains(out, s.V) {
			c.diags.Errorf("模板-007", s.At, "“%s”写了两遍", s.V)
			continue
		}
		out = append(out, s.V)
	}
	return out
}

func (c *compiler) lists(m *manifest) {
	for i, s := range m.Lists {
		if !c.oneOf(s.Name, "清单", listNames()) {
			continue
		}
		if slices.ContainsFunc(m.Lists[:i], func(x listSpec) bool { return x.Name.V == s.Name.V }) {
			c.diags.Errorf("模板-007", s.Name.At, "清单“%s”重复定义", s.Name.V)
			continue
		}
		words := c.words(s.Words)
		if words == nil {
			c.diags.Errorf("模板-006", s.At, "清单“%s”里没有词", s.Name.V)
		}
		c.p.closed = append(c.p.closed, closedList{s.Name.V, words})
	}
}

// asked holds the words of a query against the lists that the pack has closed: nobody can fill in another.
func (c *compiler) asked(q budget.Query, at diag.Range) {
	for _, x := range q.Conditions() {
		var words []string
		switch x.Key {
		case "procurement":
			words = c.p.ProcurementClasses
		case "purchase":
			words = c.p.closedWords(budget.ListPurchase)
		case "organization":
			words = c.p.closedWords(budget.ListOrganize)
		}
		for _, v := range x.Values {
			if words != nil && v != budget.None && !slices.Contains(words, v) {
				c.unknown(at, x.Key+" 的值", v, words)
			}
		}
	}
}

// namesListed holds what {{vehicles}}, {{units}} and {{kinds}} name against their lists. Where the pack says nothing else of the uses of
// vehicles, those that it names are all that may be filled in: another would stand beside the line that is meant.
func (c *linter) namesListed(word string, n *parse.CommandNode) {
	what, words := budget.ListUnitKinds, budget.Values("unitkind")
	if word == "vehicles" {
		what, words = budget.ListVehicles, c.p.closedWords(budget.ListVehicles)
	}
	for _, a := range n.Args[1:] {
		s, ok := a.(*parse.StringNode)
		switch {
		case !ok:
		case words != nil:
			c.oneOf(source.String{V: s.Text, At: c.s.place(int(s.Pos), len(s.Quoted))}, what, words)
		case !slices.Contains(c.uses, s.Text):
			c.uses = append(c.uses, s.Text)
		}
	}
}

// ticks looks at a comparison of a field of a form with words: {{if eq (field "type" | plain) "部门项目"}}☑{{end}}. The form
// says what the field may have, so that nobody fills in what ticks no box.
func (c *linter) ticks(n *parse.CommandNode) {
	if c.s.form == nil {
		return
	}
	var key *parse.StringNode
	for _, a := range n.Args[1:] {
		if p, ok := a.(*parse.PipeNode); ok && key == nil {
			key = fieldIn(p)
		}
	}
	if key == nil {
		return
	}
	i := slices.IndexFunc(c.s.form.Fields, func(f Field) bool { return f.Key == key.Text })
	if i < 0 {
		return
	}
	f := &c.s.form.Fields[i]
	for _, a := range n.Args[1:] {
		s, ok := a.(*parse.StringNode)
		switch {
		case !ok || s.Text == "":
		case f.Options != nil:
			c.oneOf(source.String{V: s.Text, At: c.s.at}, f.Title, f.Options)
		case c.ticked[f] == nil:
			c.ticked[f] = &closedByUse{at: c.s.at, words: []string{s.Text}}
		case !slices.Contains(c.ticked[f].words, s.Text):
			c.ticked[f].words = append(c.ticked[f].words, s.Text)
		}
	}
}

// closedByUse is what a field of a form is compared with where the form does not say what the field may have, and where first.
type closedByUse struct {
	at    diag.Range
	words []string
}

// closeTicked gives fields that tick boxes without a list the words of the boxes for one: packs of documents made before lists
// were asked for still make documents, and nobody fills in what ticks no box there either.
func (c *compiler) closeTicked() {
	for _, form := range slices.Sorted(maps.Keys(c.p.Forms)) {
		for i := range c.p.Forms[form].Fields {
			f := &c.p.Forms[form].Fields[i]
			t := c.ticked[f]
			if t == nil {
				continue
			}
			f.Options = t.words
			c.diags.Add(diag.Diagnostic{Rule: "模板-005", Level: diag.Warning, At: t.at,
				Message: "栏目“" + f.Key + "”（" + f.Title + "）的内容用来比较，却没有写可以填哪些，只能填用来比较的词：" + strings.Join(t.words, "、"),
				Hint:    "在它的 [[field]] 里写 options = [ … ]"})
		}
	}
}

// fieldIn is the key in (field "key" | plain) and (plain (field "key")), nil in other pipes.
func fieldIn(p *parse.PipeNode) *parse.StringNode {
	for _, cmd := range p.Cmds {
		word, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) < 2 {
			continue
		}
		switch a := cmd.Args[1].(type) {
		case *parse.StringNode:
			if word.Ident == "field" {
				return a
			}
		case *parse.PipeNode:
			if word.Ident == "plain" {
				return fieldIn(a)
			}
		}
	}
	return nil
}
