package compose

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// side is one side of a balance table: its columns and its rows.
type side struct {
	leaves []*pack.Column
	rows   []pack.Row
	foot   int // which of a foot's rows
	made   []sideRow
}

// sides splits a balance table's columns.
func (c *composer) sides(t *pack.Table, leaves []*pack.Column) []side {
	all := []side{
		{rows: c.expand(t, t.Income), foot: 0},
		{rows: c.expand(t, t.Outgo), foot: 1},
		{rows: c.expand(t, t.Use), foot: 2},
	}
	for n, columns := range pack.Sides(leaves) {
		for _, i := range columns {
			all[n].leaves = append(all[n].leaves, leaves[i])
		}
	}
	return slices.DeleteFunc(all, func(s side) bool { return len(s.leaves) == 0 })
}

// balance sets the sides of the budget beside each other: revenue, expenditure, and where the table has it,
// expenditure once more by another view.
func (c *composer) balance(t *pack.Table, leaves []*pack.Column) []doc.Row {
	sides := c.sides(t, leaves)
	n := t.MinRows
	for _, s := range sides {
		n = max(n, len(s.rows))
	}
	out := make([]doc.Row, n, n+len(t.Foot))
	if !c.takes(cellSteps*len(leaves)*n, t.At) {
		return nil
	}
	for i := range out {
		cells, texts := make([]doc.Cell, 0, len(leaves)), make(memory, 0, len(leaves))
		for k := range sides {
			if s := &sides[k]; i < len(s.rows) {
				cells = c.side(cells, &texts, t, &s.rows[i], s)
			} else {
				cells = append(cells, make([]doc.Cell, len(s.leaves))...)
			}
		}
		out[i].Cells = cells
	}
	for i := range t.Foot {
		out = append(out, c.foot(t, &t.Foot[i], sides))
	}
	for _, s := range sides[1:] {
		c.covered(t, s.rows)
	}
	var list []string
	for i := range sides {
		list = append(list, balanceResidues(sides[i].made, sides[i].leaves)...)
	}
	c.miss(diag.Quote(c.plain(t.Heading)), list, nil)
	c.balanced(t)
	c.sourced(t, sides[0].rows)
	return out
}

// balanced makes sure that the table balances: in its last row both sides are the same sum.
func (c *composer) balanced(t *pack.Table) {
	if len(t.Foot) == 0 {
		return
	}
	f := &t.Foot[len(t.Foot)-1]
	if !f[0].Amount || !f[1].Amount {
		return
	}
	income, outgo := c.b.Sum(t.Filter.And(f[0].Query)), c.b.Sum(t.Filter.And(f[1].Query))
	if income.Equal(outgo) {
		return
	}
	d := diag.Diagnostic{Rule: "勾稽-004", Level: diag.Error, At: t.At,
		Message: diag.Quote(c.plain(t.Heading)) + "的“" + c.plain(f[0].Label) + "”与“" + c.plain(f[1].Label) + "”不等",
		Hint:    "模板的这张表要有上年结转、结转下年的行，合计行的范围也要包括它们：收入写 side=收入,上年结转，支出写 side=支出,年终结转"}
	d.Stated, d.Want, d.Diff = money.Difference(money.Wan, income, outgo)
	c.diags.Add(d)
}

func (c *composer) foot(t *pack.Table, f *[3]pack.Row, sides []side) doc.Row {
	var r doc.Row
	var texts memory
	for i := range sides {
		s := &sides[i]
		cells := c.side(nil, &texts, t, &f[s.foot], s)
		s.made[len(s.made)-1].foot = true
		if f[1].Wide && i == 1 && len(sides) > 2 {
			cells[0].ColSpan = len(s.leaves) + len(sides[2].leaves) - 1
			cells[0].Align, cells[0].AlignSet = doc.AlignCenter, true
			r.Cells = append(r.Cells, cells[0], cells[len(cells)-1])
			break
		}
		r.Cells = append(r.Cells, cells...)
	}
	return r
}

// side appends the cells of a row of one side.
func (c *composer) side(out []doc.Cell, texts *memory, t *pack.Table, r *pack.Row, s *side) []doc.Cell {
	label := c.snippet(r.Label)
	made := row{fields: rowTexts{{"label", label}}, level: r.Indent, noSum: !r.Amount, amounts: make([]cellSum, len(s.leaves))}
	name := ""
	if c.p.Adjust { // then numbers may have to be named
		name = diag.Quote(label.String)
	}
	for i, l := range s.leaves {
		switch {
		case l.Field != "":
			x := labelCell(texts, label, l, 0)
			x.Indent = r.Indent
			x.Align, x.AlignSet = r.Align, r.AlignSet
			out = append(out, x)
		case !r.Amount:
			out = append(out, doc.Cell{})
		default:
			f := l.Format
			f.BlankZero = f.BlankZero || r.Blank
			made.amounts[i] = c.cellOf(c.sum(t.Filter.And(r.Query).And(l.Query)), l)
			out = append(out, numberCell(texts, c.print(f, made.amounts[i].exact, made.amounts[i].shown, name)))
		}
	}
	s.made = append(s.made, sideRow{row: made})
	return out
}

// sourced makes sure that what the total of revenue holds stands in a row: revenue above, what is carried in also among the
// sums below. Each fund is reported once a table.
func (c *composer) sourced(t *pack.Table, rows []pack.Row) {
	last := len(t.Foot) - 1
	if last < 0 || !t.Foot[last][0].Amount {
		return
	}
	carried := slices.Clone(rows)
	for i := range last {
		carried = append(carried, t.Foot[i][0])
	}
	in := map[budget.Side][]pack.Row{budget.RevenueSide: rows, budget.CarryIn: carried}
	total, funds := t.Filter.And(t.Foot[last][0].Query), budget.Funds() // others have been reported
	missing := map[string]bool{}
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if in[l.Side] == nil || l.Amount.IsZero() || !slices.Contains(funds, l.Fund) || !total.Match(l) {
			continue
		}
		what := l.Fund + "（" + string(l.Side) + "）"
		if missing[what] || slices.ContainsFunc(in[l.Side], func(r pack.Row) bool { return r.Amount && r.Query.Match(l) }) {
			continue
		}
		missing[what] = true
		c.diags.Errorf("勾稽-003", l.At, "%s的各行都不含%s，这笔钱会进合计而不进任何一行", c.plain(t.Heading), what)
	}
}

// covered makes sure that no expenditure is missing from the rows of a side: its money would be in the total and in no
// row. Where rows name functional classes, those rows must have it. A line is reported once, at the first such table.
func (c *composer) covered(t *pack.Table, rows []pack.Row) {
	byClass := slices.ContainsFunc(rows, func(r pack.Row) bool { return r.Query.Mentions("function") })
	var sums []*budget.Query // of the rows that must have it
	for i := range rows {
		if r := &rows[i]; r.Amount && (!byClass || r.Query.Mentions("function")) {
			sums = append(sums, &r.Query)
		}
	}
	class, _ := budget.FindDimension("class")
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if l.Side != budget.Expenditure || byClass && c.b.PartOf(class, l) == "" || l.Amount.IsZero() || !t.Filter.Match(l) {
			continue
		}
		found := slices.ContainsFunc(sums, func(q *budget.Query) bool { return q.Match(l) })
		switch {
		case found || c.uncovered[l.At]:
			continue
		case byClass:
			c.diags.Errorf("勾稽-003", l.At, "%s没有功能科目%s所属的类，这笔支出会进合计而不进任何一行", c.plain(t.Heading), l.Function)
		default:
			c.diags.Errorf("勾稽-003", l.At, "%s的各行都不含%s，这笔支出会进合计而不进任何一行", c.plain(t.Heading), l.Kind)
		}
		if c.uncovered == nil {
			c.uncovered = map[diag.Range]bool{}
		}
		c.uncovered[l.At] = true
	}
}
