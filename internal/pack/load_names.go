package pack

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"yusuan/internal/diag"
)

// Who hears a table hears one number at a time, and with it the name of its row (ISO 14289-1, 7.5). So every row that holds a
// number needs a cell that says so: in forms a label, or a cell marked as the name; in tables a column of text.

// nameless reports rows without a name, at the first of them.
func (c *compiler) nameless(of string, rows []diag.Range, hint string) {
	if len(rows) == 0 {
		return
	}
	d := diag.Diagnostic{Rule: "模板-028", Level: diag.Warning, At: rows[0], Hint: hint,
		Message: fmt.Sprintf("%s有 %d 行有数而没有名称，读屏时听不出是哪一行的数", of, len(rows))}
	for _, at := range rows[1:] {
		d.Notes = append(d.Notes, diag.Related{Text: "还有这一行", At: at})
	}
	c.diags.Add(d)
}

// says reports whether a text of the pack can print anything.
func (s *Snippet) says() bool { return s.Name != "" || strings.TrimSpace(s.Literal) != "" }

func (c *compiler) formNames(s *formSpec, f *Form) {
	c.nameless("表样“"+f.Kind+"”", c.rowsWithoutName(s.Items, f.Items, false),
		"写着这一行名称的那一格在数的前面，加 names = true（样子不变）或 label = true（居中）")
}

// rowsWithoutName are the rows of a form that hold a number and before it no name. The label of a group names its row where
// it has one alone: named says that there is such a label.
func (c *compiler) rowsWithoutName(specs []formItem, items []Item, named bool) (out []diag.Range) {
	below := 0 // rows that a name above reaches down to
	for i := range items {
		x := &items[i]
		if len(x.Items) > 0 {
			alone := len(x.Items) == 1 && x.Items[0].Each == ""
			out = append(out, c.rowsWithoutName(specs[i].Items, x.Items, alone && (named || x.Label.says()))...)
			continue
		}
		has, missing := named || below > 0, false
		below--
		for j := range x.Cells {
			cell := &x.Cells[j]
			if (cell.Label || cell.Names) && cell.Text.says() {
				has, below = true, max(below, cell.Rows-1)
			}
			if !has && !missing && c.holdsNumber(cell) {
				missing = true
				out = append(out, specs[i].Cells[j].At)
			}
		}
	}
	return out
}

// holdsNumber reports whether a cell of a form prints a number and no more.
func (c *compiler) holdsNumber(x *Cell) bool {
	if x.Number || slices.Contains(numberFields(), x.Text.Item) {
		return true
	}
	t := c.p.templates.Lookup(x.Text.Name)
	if t == nil || t.Tree == nil {
		return false
	}
	var p prints
	p.walk(t.Tree.Root)
	return p.number && !p.more
}

// prints is what a template prints: numbers, and more than those.
type prints struct{ number, more bool }

func (p *prints) walk(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, x := range n.Nodes {
			p.walk(x)
		}
	case *parse.TextNode:
		p.more = p.more || strings.TrimSpace(string(n.Text)) != ""
	case *parse.IfNode:
		p.walk(n.List)
		p.walk(n.ElseList)
	case *parse.WithNode:
		p.walk(n.List)
		p.walk(n.ElseList)
	case *parse.RangeNode, *parse.TemplateNode:
		p.more = true
	case *parse.ActionNode:
		number := slices.ContainsFunc(n.Pipe.Cmds, func(x *parse.CommandNode) bool {
			word, ok := x.Args[0].(*parse.IdentifierNode)
			return ok && slices.Contains(numberWords(), word.Ident)
		})
		p.number = p.number || number
		p.more = p.more || !number && len(n.Pipe.Decl) == 0
	}
}

// tableNames asks for the same of a table: a column of text before the amounts of each side, a name for its total, and one
// for each row that the pack names itself.
func (c *compiler) tableNames(s *tableSpec, t *Table) {
	leaves := Leaves(t.Columns)
	var sides [][]int
	switch t.Rows.Shape() {
	case One: // the heads tell all
		return
	case Sided:
		sides = Sides(leaves)
	default:
		sides = [][]int{{}}
		for i := range leaves {
			sides[0] = append(sides[0], i)
		}
	}
	for _, columns := range sides {
		if len(columns) > 0 && leaves[columns[0]].Field == "" {
			c.diags.Add(diag.Diagnostic{Rule: "模板-028", Level: diag.Warning, At: leaves[columns[0]].Head.At,
				Message: "表“" + t.ID + "”的金额列前面没有文字列，看不出也听不出是哪一行的数", Hint: "在前面加一列，写 field，例如 " + t.Rows.Fields()[0].Name})
		}
	}
	hasName := slices.ContainsFunc(leaves, func(l *Column) bool { return l.Field == "name" })
	if t.Total != "" && !t.TotalSpan && !hasName && !t.Rows.Shape().named() {
		c.diags.Add(diag.Diagnostic{Rule: "模板-028", Level: diag.Warning, At: s.Total.At,
			Message: "表“" + t.ID + "”没有名称列（field = \"name\"），合计行的“" + t.Total + "”印不出来", Hint: "写 total_span = true，让它占满文字列"})
	}
	rows := slices.Concat(t.List, t.Income, t.Outgo, t.Use)
	for _, f := range t.Foot {
		rows = append(rows, f[:]...)
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool { return !r.Amount && r.Each == "" || r.Label.says() || r.Group.says() })
	var places []diag.Range
	for i := range rows {
		places = append(places, rows[i].At)
	}
	c.nameless("表“"+t.ID+"”", places, "给这些行写名称（label）")
}
