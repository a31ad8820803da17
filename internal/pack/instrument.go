package pack

import (
	"slices"
	"strconv"
	"text/template/parse"

	"yusuan/internal/diag"
)

// instrument makes the templates count their steps. text/template has no hook for that: a loop whose body says nothing calls
// nothing. So the body of every range begins with an action that takes as many steps as the body has nodes, and a template
// that others call takes its own and counts how deep it is called. What lies between two such actions is bounded by the
// length of the text.
func (c *compiler) instrument() {
	called := map[string]bool{}
	for _, t := range c.p.templates.Templates() {
		if t.Tree != nil {
			callees(t.Tree.Root, called)
		}
	}
	c.p.weights = map[string]int{}
	known := map[string]bool{}
	for _, w := range slices.Concat(Words(), builtins(), sortedKeys((*Meter)(nil).metered())) {
		known[w] = true
	}
	for _, t := range c.p.templates.Templates() {
		if t.Tree == nil || t.Tree.Root == nil {
			continue
		}
		m := &metering{c: c, s: c.trees[t.Tree], known: known}
		root := t.Tree.Root
		weight := m.list(root)
		c.p.weights[t.Name()] = weight
		if called[t.Name()] {
			root.Nodes = slices.Concat([]parse.Node{count(wordEnter, root.Pos, weight)}, root.Nodes, []parse.Node{count(wordLeave, root.Pos, -1)})
		}
	}
}

// turnSteps is what a turn of a loop takes beside its body.
const turnSteps = 24

// count is the action {{word n}} at a place, of no number where n is negative.
func count(word string, at parse.Pos, n int) parse.Node {
	cmd := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{parse.NewIdentifier(word).SetPos(at)}}
	if n >= 0 {
		cmd.Args = append(cmd.Args, &parse.NumberNode{NodeType: parse.NodeNumber, Pos: at, IsInt: true, Int64: int64(n), Text: strconv.Itoa(n)})
	}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: at, Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: at, Cmds: []*parse.CommandNode{cmd}}}
}

// callees notes the templates that n calls.
func callees(n parse.Node, called map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, x := range n.Nodes {
				callees(x, called)
			}
		}
	case *parse.IfNode:
		callees(n.List, called)
		callees(n.ElseList, called)
	case *parse.RangeNode:
		callees(n.List, called)
		callees(n.ElseList, called)
	case *parse.WithNode:
		callees(n.List, called)
		callees(n.ElseList, called)
	case *parse.TemplateNode:
		called[n.Name] = true
	}
}

// metering weighs one template: the weights are steps, about as long as a node takes. It refuses what cannot be counted.
type metering struct {
	c     *compiler
	s     textSource
	known map[string]bool // words
	vars  int             // declared so far: a variable is looked for among all
}

func (m *metering) list(n *parse.ListNode) (w int) {
	if n == nil {
		return 0
	}
	for _, x := range n.Nodes {
		w += m.node(x)
	}
	return w
}

func (m *metering) node(n parse.Node) int {
	switch n := n.(type) {
	case *parse.TextNode:
		return 1 + len(n.Text)/256
	case *parse.ActionNode:
		return 2 + m.pipe(n.Pipe)
	case *parse.IfNode:
		return 2 + m.pipe(n.Pipe) + m.list(n.List) + m.list(n.ElseList)
	case *parse.WithNode:
		return 2 + m.pipe(n.Pipe) + m.list(n.List) + m.list(n.ElseList)
	case *parse.RangeNode:
		w := 4 + m.pipe(n.Pipe)
		n.List.Nodes = slices.Insert(n.List.Nodes, 0, count(wordStep, n.Pos, turnSteps+m.list(n.List)))
		return w + m.list(n.ElseList)
	case *parse.TemplateNode:
		return 6 + m.pipe(n.Pipe)
	case *parse.BreakNode, *parse.ContinueNode:
		return turnSteps
	}
	return 1
}

func (m *metering) pipe(p *parse.PipeNode) (w int) {
	if p == nil {
		return 0
	}
	m.vars += len(p.Decl)
	for i, cmd := range p.Cmds {
		w += m.command(cmd, i > 0)
	}
	return w + len(p.Decl)
}

// wordSteps is what calling a word takes, beside what it does.
const wordSteps = 8

func (m *metering) command(n *parse.CommandNode, piped bool) int {
	w := 1
	switch x := n.Args[0].(type) {
	case *parse.IdentifierNode:
		w += wordSteps
		m.allowed(x)
	case *parse.FieldNode, *parse.ChainNode, *parse.VariableNode:
		if piped || len(n.Args) > 1 { // a method of the value: what it costs nobody has counted
			m.c.diags.Errorf("模板-002", m.s.find(n), "“%s”不是词，后面不能带内容", x)
		}
	}
	for _, a := range n.Args {
		w += m.argument(a)
	}
	return w
}

func (m *metering) argument(n parse.Node) int {
	switch n := n.(type) {
	case *parse.PipeNode:
		return 1 + m.pipe(n)
	case *parse.VariableNode:
		return 1 + 2*len(n.Ident) + m.vars/8
	case *parse.FieldNode:
		return 1 + 2*len(n.Ident)
	case *parse.ChainNode:
		return 2*len(n.Field) + m.argument(n.Node)
	case *parse.IdentifierNode:
		m.allowed(n)
	}
	return 1
}

// allowed refuses the functions of text/template that packs have no use for: what they make is not counted.
func (m *metering) allowed(n *parse.IdentifierNode) {
	if m.known[n.Ident] {
		return
	}
	d := diag.Diagnostic{Rule: "模板-002", Level: diag.Error, At: m.s.find(n)}
	d.Message, d.Hint = unknownWord(n.Ident)
	m.c.diags.Add(d)
}
