package pack

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"yusuan/internal/diag"
	"yusuan/internal/source"
	"yusuan/internal/typeset/unit"
)

// lint looks into the templates for names that nothing has, whether or not the sample department comes by them.
func (c *compiler) lint() {
	if len(c.texts) > 0 {
		return // one text could define what another uses
	}
	all := c.p.templates.Templates()
	slices.SortFunc(all, func(a, b *template.Template) int { return cmp.Compare(a.Name(), b.Name()) })
	for _, t := range all {
		if t.Tree == nil {
			continue
		}
		s := c.trees[t.Tree]
		l := &linter{compiler: c, s: s}
		if _, whole := c.p.sources[t.Name()]; whole {
			l.root = s.dot
			if l.root == nil {
				l.root = dotNames()
			}
		}
		l.walk(t.Tree.Root, l.root)
		if strings.HasPrefix(t.Name(), "prose/") {
			c.proseLines(s)
		}
	}
}

// linter looks into one template.
type linter struct {
	*compiler
	s    textSource
	root []string // fields of $, nil where they are not known: in {{define}}
}

// walk visits every node below n; dot is what the dot has there, nil where that is not known.
func (c *linter) walk(n parse.Node, dot []string) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, x := range n.Nodes {
			c.walk(x, dot)
		}
	case *parse.TextNode, *parse.StringNode:
		c.literals(n)
	case *parse.ActionNode:
		c.walk(n.Pipe, dot)
	case *parse.IfNode:
		c.walk(n.Pipe, dot)
		c.walk(n.List, dot)
		c.walk(n.ElseList, dot)
	case *parse.RangeNode:
		c.inner(&n.BranchNode, dot)
	case *parse.WithNode:
		c.inner(&n.BranchNode, dot)
	case *parse.TemplateNode:
		if c.p.templates.Lookup(n.Name) == nil {
			c.unknown(c.s.place(int(n.Pos), len("template")), "{{template}} 名称", n.Name, c.defines())
		}
		if n.Pipe != nil {
			c.walk(n.Pipe, dot)
		}
	case *parse.PipeNode:
		for _, x := range n.Cmds {
			c.command(x)
			for _, a := range x.Args {
				c.walk(a, dot)
			}
		}
	case *parse.FieldNode:
		c.field(n.Ident[0], n, dot)
	case *parse.VariableNode:
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			c.field(n.Ident[1], n, c.root)
		}
	}
}

// inner walks range and with, in which the dot is another.
func (c *linter) inner(n *parse.BranchNode, dot []string) {
	c.walk(n.Pipe, dot)
	c.walk(n.List, nil)
	c.walk(n.ElseList, dot)
}

func (c *linter) field(name string, n parse.Node, has []string) {
	if has == nil || slices.Contains(has, name) {
		return
	}
	d := diag.Diagnostic{Rule: "模板-005", Level: diag.Error, At: c.s.find(n)}
	d.Message, d.Hint = noDotField(name, has)
	c.diags.Add(d)
}

// find is the place of a field or variable: parse points into or behind it.
func (s textSource) find(n parse.Node) diag.Range {
	expr, at := n.String(), int(n.Position())
	from := max(0, min(len(s.text), at-len(expr)))
	if i := strings.Index(s.text[from:], expr); i >= 0 {
		at = from + i
	}
	return s.place(at, len(expr))
}

// defines are the names that {{template}} may call.
func (c *compiler) defines() []string {
	out := map[string]bool{}
	for _, t := range c.p.templates.Templates() {
		if _, file := c.p.sources[t.Name()]; !file && t.Name() != "pack" {
			out[t.Name()] = true
		}
	}
	return sortedKeys(out)
}

// The names that words take, in the order of their arguments.
const (
	argFigure    = "数字名称"
	argSlot      = "文字栏"
	argDimension = "分项"
	argQuery     = "范围"
	argPhrase    = "用语"
	argOther     = ""
)

func argumentsOf(word string) []string {
	switch word {
	case "amount", "number", "blank", "isZero":
		return []string{argFigure}
	case "amountIn":
		return []string{argOther, argOther, argFigure}
	case "share", "percent":
		return []string{argFigure, argFigure}
	case "changed":
		return []string{argFigure, argSlot}
	case "by":
		return []string{argDimension, argQuery}
	case "sum", "projectSum":
		return []string{argQuery}
	case "text":
		return []string{argSlot}
	case "phrase":
		return []string{argPhrase}
	}
	return nil
}

// command checks the names that a word is given. A name that is put together with print is checked by its family.
func (c *linter) command(n *parse.CommandNode) {
	word, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	switch word.Ident {
	case "eq", "ne":
		c.ticks(n)
	case "vehicles", "units", "kinds":
		c.namesListed(word.Ident, n)
	}
	for i, kind := range argumentsOf(word.Ident) {
		if i+1 >= len(n.Args) {
			break
		}
		switch a := n.Args[i+1].(type) {
		case *parse.StringNode:
			c.argument(kind, source.String{V: a.Text, At: c.s.place(int(a.Pos), len(a.Quoted))}, false)
		case *parse.PipeNode:
			if name, ok := printed(a); ok {
				c.argument(kind, source.String{V: name.Text, At: c.s.place(int(name.Pos), len(name.Quoted))}, true)
			}
		}
	}
}

// printed is the first argument of (print "name." …).
func printed(p *parse.PipeNode) (*parse.StringNode, bool) {
	if len(p.Cmds) != 1 || len(p.Cmds[0].Args) < 2 {
		return nil, false
	}
	f, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || f.Ident != "print" {
		return nil, false
	}
	s, ok := p.Cmds[0].Args[1].(*parse.StringNode)
	return s, ok
}

// argument checks one name; of a family when more is printed behind it.
func (c *compiler) argument(kind string, s source.String, family bool) {
	name, dot := strings.CutSuffix(s.V, ".")
	if family && !dot && kind != argQuery {
		return // put together in a way that tells nothing
	}
	switch kind {
	case argFigure:
		f := c.p.Figures[name]
		switch {
		case !family && f != nil && f.By != "":
			c.diags.Errorf("模板-005", s.At, "数字“%s”是按 %s 分项的，要写成 %s.分项", name, f.By, name)
		case family && (f == nil || f.By == "") || !family && c.p.Figure(s.V) == nil:
			c.unknown(s.At, kind, s.V, c.p.FigureNames)
		}
	case argSlot:
		if s.V != "" && c.p.Slot(s.V) == nil {
			c.unknown(s.At, kind, s.V, c.p.slotKeys())
		}
	case argDimension:
		c.dimension(s)
	case argQuery:
		if !family {
			c.query(s)
		}
	case argPhrase:
		if _, ok := c.p.Phrases[s.V]; !ok {
			c.unknown(s.At, kind, s.V, sortedKeys(c.p.Phrases))
		}
	}
}

// proseLines checks the marks at the start of lines: the styles that they name and those that they imply.
func (c *compiler) proseLines(s textSource) {
	offset := 0
	for line := range strings.SplitAfterSeq(s.text, "\n") {
		text := line
		for strings.HasPrefix(text, "{{") { // {{end}}@fill 1
			_, rest, ok := strings.Cut(text, "}}")
			if !ok {
				break
			}
			text = rest
		}
		at := offset + len(line) - len(text)
		offset += len(line)
		text = strings.TrimRight(text, "\n")
		mark, rest, _ := strings.Cut(text, " ")
		switch {
		case mark == "##" || mark == "##~":
			c.implied(StyleHeading2, s.place(at, len(mark)))
		case mark == "###":
			c.implied(StyleHeading3, s.place(at, len(mark)))
		case !strings.HasPrefix(mark, "@"):
			if strings.TrimSpace(text) != "" {
				c.implied(StyleBody, s.place(at, len(text)))
			}
		case strings.Contains(mark, "{{"):
		case mark == "@fill" || mark == "@space":
			c.room(mark, rest, s.place(at, len(text)))
		case mark == "@chart":
			name := strings.TrimSpace(rest)
			c.p.inProse[name] = true
			if !strings.Contains(rest, "{{") && c.p.Charts[name] == nil {
				c.unknown(s.place(at, len(text)), "图", name, sortedKeys(c.p.Charts))
			}
		case mark != "@page":
			if _, ok := c.p.Styles.Texts[mark[1:]]; !ok {
				c.unknown(s.place(at, len(mark)), "样式或记号", mark[1:], append(sortedKeys(c.p.Styles.Texts), "fill", "space", "page", "chart"))
			}
		}
	}
}

// room checks what stands after @fill and @space.
func (c *compiler) room(mark, rest string, at diag.Range) {
	if strings.Contains(rest, "{{") {
		return
	}
	if _, err := Fill(rest); mark == "@fill" && err != nil {
		c.diags.Errorf("模板-012", at, "%v", err)
	}
	if _, err := Space(rest); mark == "@space" && err != nil {
		c.diags.Errorf("模板-012", at, "%v", err)
	}
}

// Fill reads what stands after @fill. The error is the pack author's.
func Fill(rest string) (int, error) {
	const most = 1000
	n, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("@fill 后面应是 0 到 %d 的整数，例如 @fill 3，不是“%s”", most, rest)
	}
	return n, nil
}

// Space reads what stands after @space. The error is the pack author's.
func Space(rest string) (unit.Length, error) {
	const least, most = "0mm", "2000mm"
	l, err := unit.Parse(rest)
	if err != nil || l < parsed(least) || l > parsed(most) {
		return 0, fmt.Errorf("@space 后面应是 %s 到 %s 的长度，例如 @space 20mm，不是“%s”", least, most, rest)
	}
	return l, nil
}

// Styles that texts use without naming them.
const (
	StyleBody      = "正文"   // a line of prose without a mark
	StyleHeading2  = "一级标题" // ##
	StyleHeading3  = "二级标题" // ###
	StyleTerm      = "名词"   // the term of an entry of the glossary
	StyleFormTitle = "表内标题" // the title of a form
)

// implied checks that the pack has a style that something uses without naming it.
func (c *compiler) implied(style string, at diag.Range) {
	if _, ok := c.p.Styles.Texts[style]; !ok && !c.missing[style] {
		c.missing[style] = true
		c.diags.Errorf("模板-017", at, "这里要用字体样式“%s”，模板没有定义它（[[style]]）", style)
	}
}
