package compose

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// balance sets the sides of the budget beside each other: revenue, expenditure, and where the table has it,
// expenditure once more by another view.
func (c *composer) balance(s *schedule.Schedule) []doc.Row {
	t := s.Table
	n := s.BodyRows()
	out := make([]doc.Row, n, n+len(t.Foot))
	if !c.takes(cellSteps*len(s.Leaves)*n, t.At) {
		return nil
	}
	for i := range out {
		cells, texts := make([]doc.Cell, 0, len(s.Leaves)), make(memory, 0, len(s.Leaves))
		for k := range s.Sides {
			if x := &s.Sides[k]; i < len(x.Rows)-len(t.Foot) {
				cells = c.sideCells(cells, &texts, s, x, i)
			} else {
				cells = append(cells, make([]doc.Cell, len(x.Columns))...)
			}
		}
		out[i].Cells = cells
	}
	for i := range t.Foot {
		out = append(out, c.foot(s, i))
	}
	var list []string
	for k := range s.Sides {
		x := &s.Sides[k]
		if k > 0 {
			c.covered(t, body(t, x))
		}
		list = append(list, balanceResidues(x.Rows, s.Columns(x))...)
	}
	c.miss(diag.Quote(c.plain(t.Heading)), list, nil)
	c.balanced(t)
	c.sourced(t, body(t, &s.Sides[0]))
	return out
}

// body are the rows of a side above its feet.
func body(t *pack.Table, x *schedule.Side) []schedule.Row { return x.Rows[:len(x.Rows)-len(t.Foot)] }

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
	d.Numbers(money.Difference(money.Wan, income, outgo))
	c.diags.Add(d)
}

// foot is the n-th row below the sides.
func (c *composer) foot(s *schedule.Schedule, n int) doc.Row {
	var r doc.Row
	var texts memory
	for k := range s.Sides {
		x := &s.Sides[k]
		cells := c.sideCells(nil, &texts, s, x, len(x.Rows)-len(s.Table.Foot)+n)
		if s.Table.Foot[n][1].Wide && k == 1 && len(s.Sides) > 2 {
			cells[0].ColSpan = len(x.Columns) + len(s.Sides[2].Columns) - 1
			cells[0].Align, cells[0].AlignSet = doc.AlignCenter, true
			r.Cells = append(r.Cells, cells[0], cells[len(cells)-1])
			break
		}
		r.Cells = append(r.Cells, cells...)
	}
	return r
}

// sideCells appends the cells of a row of one side.
func (c *composer) sideCells(out []doc.Cell, texts *memory, s *schedule.Schedule, x *schedule.Side, row int) []doc.Cell {
	r := &x.Rows[row]
	label := r.Text("label")
	name := ""
	if c.p.Adjust { // then numbers may have to be named
		name = diag.Quote(label.String)
	}
	for i, j := range x.Columns {
		l := s.Leaves[j].Column
		switch {
		case l.Field != "":
			cell := labelCell(texts, label, l, 0)
			cell.Indent, cell.Align, cell.AlignSet = r.Level, r.Spec.Align, r.Spec.AlignSet
			out = append(out, cell)
		case r.NoSum:
			out = append(out, doc.Cell{})
		default:
			sum := r.Sum(i)
			out = append(out, numberCell(texts, c.print(r.Format(l), sum.Exact, sum.Shown, name)))
		}
	}
	return out
}

// asked is what the rows that print a number ask for.
func asked(rows []schedule.Row) (out []budget.Query) {
	for i := range rows {
		if q, ok := rows[i].Asks(); ok && !rows[i].NoSum {
			out = append(out, q)
		}
	}
	return out
}

// sourced makes sure that what the total of revenue holds stands in a row: revenue above, what is carried in also among the
// sums below. Each fund is reported once a table.
func (c *composer) sourced(t *pack.Table, rows []schedule.Row) {
	last := len(t.Foot) - 1
	if last < 0 || !t.Foot[last][0].Amount {
		return
	}
	above := asked(rows)
	carried := slices.Clone(above)
	for i := range last {
		if f := &t.Foot[i][0]; f.Amount {
			carried = append(carried, f.Query)
		}
	}
	in := map[budget.Side][]budget.Query{budget.RevenueSide: above, budget.CarryIn: carried}
	total, funds := t.Filter.And(t.Foot[last][0].Query), budget.Funds() // others have been reported
	missing := map[string]bool{}
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if l.Side != budget.RevenueSide && l.Side != budget.CarryIn || l.Amount.IsZero() || !slices.Contains(funds, l.Fund) || !total.Match(l) {
			continue
		}
		what := l.Fund + "（" + string(l.Side) + "）"
		if missing[what] || slices.ContainsFunc(in[l.Side], func(q budget.Query) bool { return q.Match(l) }) {
			continue
		}
		missing[what] = true
		c.diags.Errorf("勾稽-003", l.At, "%s的各行都不含%s，这笔钱会进合计而不进任何一行", c.plain(t.Heading), what)
	}
}

// covered makes sure that no expenditure is missing from the rows of a side: its money would be in the total and in no
// row. Where rows name functional classes, those rows must have it. A line is reported once, at the first such table.
func (c *composer) covered(t *pack.Table, rows []schedule.Row) {
	sums := asked(rows)
	byClass := slices.ContainsFunc(sums, func(q budget.Query) bool { return q.Mentions("function") })
	if byClass { // those must have it
		sums = slices.DeleteFunc(sums, func(q budget.Query) bool { return !q.Mentions("function") })
	}
	class, _ := budget.FindDimension("class")
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if l.Side != budget.Expenditure || byClass && c.b.PartOf(class, l) == "" || l.Amount.IsZero() || !t.Filter.Match(l) {
			continue
		}
		found := slices.ContainsFunc(sums, func(q budget.Query) bool { return q.Match(l) })
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
