package pack

import (
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"

	"yusuan/internal/budget"
)

// value is what is known of a value in a template before there are any data.
type value struct {
	kind string // of the things that views tells of; "" for a text or number, unknown for what may be anything
	list bool
	// Of the dot of a form's row, and of what a repeated row shows.
	item, horizon string
}

// amount and unknown are kinds without fields of their own.
const amount, unknown = "amount", "?"

var (
	whole = value{kind: "whole"} // the dot of a whole document
	text  = value{}
)

func (v value) element() value {
	if v.kind == unknown {
		return v
	}
	return value{kind: v.kind}
}

// walked is a template that has been looked into.
type walked struct {
	use  *Use
	name string
	dot  value
}

// chartLine is a line of prose that is a chart.
var chartLine = regexp.MustCompile(`(?m)(?:^|\}\})@chart (.*)$`)

// template looks into a template.
func (u *user) template(name string, dot value) {
	t, key := u.p.templates.Lookup(name), walked{u.now, name, dot}
	if t == nil || t.Tree == nil || u.done[key] {
		return
	}
	u.done[key] = true
	for _, m := range u.chartLines(name) {
		for _, id := range sortedKeys(u.p.Charts) {
			if shown := strings.TrimSpace(m[1]); shown == id || hasPlaceholder(shown) {
				u.chart(u.p.Charts[id])
			}
		}
	}
	(&walker{u, map[string]value{"$": dot}}).list(t.Tree.Root, dot)
}

func (u *user) chartLines(name string) [][]string {
	text := u.p.sources[name].text
	if !strings.Contains(text, "@chart ") {
		return nil
	}
	return chartLine.FindAllStringSubmatch(text, -1)
}

// walker goes through one template, branch by branch.
type walker struct {
	*user
	vars map[string]value
}

func (w *walker) list(n *parse.ListNode, dot value) {
	if n == nil {
		return
	}
	for _, x := range n.Nodes {
		switch x := x.(type) {
		case *parse.ActionNode:
			if v := w.pipe(x.Pipe, dot); len(x.Pipe.Decl) == 0 {
				w.printed(v)
			}
		case *parse.IfNode:
			w.pipe(x.Pipe, dot)
			w.list(x.List, dot)
			w.list(x.ElseList, dot)
		case *parse.WithNode:
			w.list(x.List, w.pipe(x.Pipe, dot))
			w.list(x.ElseList, dot)
		case *parse.RangeNode:
			w.ranged(x, dot)
		case *parse.TemplateNode:
			if x.Pipe != nil {
				w.template(x.Name, w.pipe(x.Pipe, dot))
			}
		}
	}
}

func (w *walker) ranged(n *parse.RangeNode, dot value) {
	v := w.pipe(n.Pipe, dot).element()
	for i, d := range n.Pipe.Decl {
		w.vars[d.Ident[0]] = text // the number
		if i == len(n.Pipe.Decl)-1 {
			w.vars[d.Ident[0]] = v
		}
	}
	w.list(n.List, v)
	w.list(n.ElseList, dot)
}

// printed: a thing that is printed whole prints all of its fields.
func (w *walker) printed(v value) {
	for name := range views(v.kind) {
		w.member(v.element(), name)
	}
}

// pipe is the value of a pipeline, which its variable has from there on.
func (w *walker) pipe(n *parse.PipeNode, dot value) (v value) {
	for i, c := range n.Cmds {
		args, values := w.arguments(c.Args[1:], dot)
		if i > 0 { // the last argument is what stands before
			args, values = append(args, literal(n.Cmds[i-1])), append(values, v)
		}
		if word, ok := c.Args[0].(*parse.IdentifierNode); ok {
			v = w.word(word.Ident, args, values)
		} else {
			v = w.node(c.Args[0], dot)
		}
	}
	for _, d := range n.Decl {
		w.vars[d.Ident[0]] = v
	}
	return v
}

func (w *walker) arguments(nodes []parse.Node, dot value) (args []parse.Node, values []value) {
	for _, n := range nodes {
		args, values = append(args, n), append(values, w.node(n, dot))
	}
	return args, values
}

// literal is the node of a command that is a value and no call, nil for others.
func literal(c *parse.CommandNode) parse.Node {
	if len(c.Args) == 1 {
		return c.Args[0]
	}
	return nil
}

func (w *walker) node(n parse.Node, dot value) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return w.member(dot, n.Ident...)
	case *parse.VariableNode:
		return w.member(w.vars[n.Ident[0]], n.Ident[1:]...)
	case *parse.ChainNode:
		return w.member(w.node(n.Node, dot), n.Field...)
	case *parse.PipeNode:
		return w.pipe(n, dot)
	case *parse.IdentifierNode:
		return w.word(n.Ident, nil, nil)
	}
	return text
}

// member is a field of a value, or a field of that.
func (w *walker) member(v value, names ...string) value {
	for _, name := range names {
		v = w.one(v, name)
	}
	return v
}

func (w *walker) one(v value, name string) value {
	if v.kind == unknown {
		for _, k := range kinds() {
			w.field(views(k)[name].made...)
		}
		for _, e := range eachEntries() {
			w.field(itemViews(e.Name, "")[name].made...)
		}
		return v
	}
	fields := views(v.kind)
	if v.kind == "item" {
		fields = itemViews(v.item, v.horizon)
	}
	x := fields[name]
	w.field(x.made...)
	out := value{kind: x.kind, list: x.list}
	if x.kind == "item" {
		out.item, out.horizon = v.item, v.horizon
	}
	return out
}

// word is a call of one of the words, or of a function of text/template.
func (w *walker) word(name string, args []parse.Node, values []value) value {
	arg := func(i int) parse.Node {
		if i < len(args) {
			return args[i]
		}
		return nil
	}
	for i, kind := range argumentsOf(name) {
		if kind == argFigure && i < len(args) && values[i].kind != amount {
			w.figures(arg(i), name == "changed")
		}
		if kind == argSlot {
			w.slots(arg(i))
		}
	}
	switch name {
	case "sum", "projectSum":
		q, keys, ok := queryOf(arg(0))
		if name == "projectSum" {
			q = q.Where("project", hole)
		}
		w.asked(q, ok, keys)
		return value{kind: amount}
	case "by":
		w.by(arg(0), arg(1))
		return value{kind: "part", list: true}
	case "changed":
		return value{kind: "change"}
	case "field":
		w.formField(arg(0))
	case "past":
		w.past(arg(0), arg(1))
	case "vehicles":
		w.field("vehicle.use")
		return value{kind: "vehicle", list: true}
	case "units":
		w.field("unit.kind")
		return value{kind: "unit", list: true}
	case "kinds":
		w.field("unit.kind", "unit.budget_within")
		return value{kind: "units", list: true}
	case "index":
		if len(values) > 0 {
			return values[0].element()
		}
	case "and", "or":
		return one(values)
	}
	return text
}

// one is what all values are, or what may be anything.
func one(values []value) value {
	v := text
	for i, x := range values {
		if i > 0 && x != v {
			return value{kind: unknown}
		}
		v = x
	}
	return v
}

// nameOf is a name that a word is given, or the family of one that is put together: (print "item." .Code).
func nameOf(n parse.Node) (name string, ok bool) {
	switch n := n.(type) {
	case *parse.StringNode:
		return n.Text, true
	case *parse.PipeNode:
		if s, ok := printed(n); ok {
			return strings.CutSuffix(s.Text, ".")
		}
	}
	return "", false
}

func (w *walker) figures(n parse.Node, changed bool) {
	names := w.p.FigureNames
	if name, ok := nameOf(n); ok {
		names = []string{name}
	}
	for _, name := range names {
		w.figure(name)
		if changed {
			w.lastYear(name)
		}
	}
}

func (w *walker) slots(n parse.Node) {
	name, ok := nameOf(n)
	for i := range w.p.Slots {
		if s := &w.p.Slots[i]; !ok || s.Key == name || s.By != "" && strings.HasPrefix(name, s.Key+".") {
			w.field("text." + s.Key)
		}
	}
}

func (w *walker) formField(n parse.Node) {
	name, ok := nameOf(n)
	for _, f := range w.p.Forms {
		for _, x := range f.Fields {
			if !ok || x.Key == name {
				w.field("form.fields." + x.Key)
			}
		}
	}
}

// hole stands in a query for what only data tell. No name has it.
const hole = "\x00"

// queryOf is a query that a word is given, as far as it is known, and the keys of which it is not known what they want.
func queryOf(n parse.Node) (q budget.Query, keys []string, ok bool) {
	said := ""
	switch n := n.(type) {
	case *parse.StringNode:
		said = n.Text
	case *parse.PipeNode:
		if _, ok := printed(n); !ok {
			return q, nil, false
		}
		for _, a := range n.Cmds[0].Args[1:] {
			s, ok := a.(*parse.StringNode)
			if !ok {
				s = &parse.StringNode{Text: hole}
			}
			said += s.Text
		}
	default:
		return q, nil, false
	}
	var known []string
	for _, c := range strings.Fields(said) {
		key, value, _ := strings.Cut(c, "=")
		switch {
		case strings.Contains(key, hole):
			return q, nil, false
		case strings.Contains(value, hole):
			keys = append(keys, strings.TrimSuffix(key, "!"))
		default:
			known = append(known, c)
		}
	}
	q, err := budget.ParseQuery(strings.Join(known, " "))
	for _, d := range budget.Dimensions() {
		for _, k := range keys {
			if d.Key == k {
				q = q.In(d.View)
			}
		}
	}
	return q, keys, err == nil
}

// asked is a query whose sum a text uses; one that is not known may want anything of all that there is.
func (w *walker) asked(q budget.Query, known bool, keys []string) {
	if known {
		w.sum(q, keys...)
		return
	}
	for i := range w.feeds {
		w.field(w.feeds[i].Amounts...)
		for _, fields := range w.feeds[i].States {
			w.field(fields...)
		}
	}
}

func (w *walker) by(dimension, query parse.Node) {
	name, known := nameOf(dimension)
	q, keys, ok := queryOf(query)
	for _, d := range budget.Dimensions() {
		switch {
		case known && d.Name != name:
		case ok:
			w.parts(d, q, keys...)
		default:
			w.asked(q, false, nil)
			w.named(d.Key)
		}
	}
}

// past uses what an earlier year is told of; what is not told is made of the rest.
func (w *walker) past(years, what parse.Node) {
	list := "history"
	if n, ok := years.(*parse.NumberNode); ok && n.IsInt {
		list += "[" + strconv.FormatInt(n.Int64, 10) + "]"
	}
	name, _ := nameOf(what)
	w.stated(list, name)
}

// stated: what list tells of a year is used as far as the named amount is made of it.
func (u *user) stated(list, name string) {
	if name != "project" {
		u.field(list + ".basic")
	}
	if name != "basic" {
		u.field(list + ".project")
	}
	if name != "basic" && name != "project" && name != "total" {
		u.field(list + ".fiscal")
	}
}
