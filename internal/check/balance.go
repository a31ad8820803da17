package check

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// balances holds the tables that set revenue beside expenditure: both sides come to the same, and all money of their totals
// stands in a row. These rules hold for every pack; no pack can set them.
func balances(in *Input, r *Report) {
	told := map[diag.Range]bool{} // lines of expenditure without a row, each at the first such table
	for _, t := range in.Numbers.Tables() {
		s := in.Numbers.Table(t.ID)
		if len(s.Sides) < 2 {
			continue
		}
		for k := 1; k < len(s.Sides); k++ {
			in.covered(s, &s.Sides[k], told, r)
		}
		balanced(s, r)
		in.sourced(s, r)
	}
}

// foot is the last of the rows below a side where it prints a sum, nil otherwise.
func foot(s *schedule.Schedule, side int) *schedule.Row {
	rows := s.Sides[side].Rows
	if n := len(rows) - 1; len(s.Table.Foot) > 0 && n >= 0 && rows[n].Kind == schedule.Foot && !rows[n].NoSum {
		return &rows[n]
	}
	return nil
}

// balanced: in the last row both sides are the same sum.
func balanced(s *schedule.Schedule, r *Report) {
	left, right := foot(s, 0), foot(s, 1)
	if left == nil || right == nil {
		return
	}
	in, out := s.Whole(left), s.Whole(right)
	if in.Equal(out) {
		return
	}
	d := diag.Diagnostic{Rule: "勾稽-004", Level: diag.Error, At: s.Table.At,
		Message: diag.Quote(s.Heading()) + "的“" + left.Text("label").String + "”与“" + right.Text("label").String + "”不等",
		Hint:    "模板的这张表要有上年结转、结转下年的行，合计行的范围也要包括它们：收入写 side=收入,上年结转，支出写 side=支出,年终结转"}
	d.Numbers(money.Difference(money.Wan, in, out))
	r.Add(d)
}

// asked is what rows that print a sum ask for, those of the feet or those above them.
func asked(rows []schedule.Row, feet bool) (out []budget.Query) {
	for i := range rows {
		if q, ok := rows[i].Asks(); ok && !rows[i].NoSum && (rows[i].Kind == schedule.Foot) == feet {
			out = append(out, q)
		}
	}
	return out
}

// sourced: what the total of revenue holds stands in a row, revenue above, what is carried in also among the sums below.
// Each fund is reported once a table.
func (in *Input) sourced(s *schedule.Schedule, r *Report) {
	last := foot(s, 0)
	if last == nil {
		return
	}
	rows := s.Sides[0].Rows
	above := asked(rows, false)
	rowsOf := map[budget.Side][]budget.Query{budget.RevenueSide: above, budget.CarryIn: append(slices.Clone(above), asked(rows[:len(rows)-1], true)...)}
	q, _ := last.Asks()
	total, funds := s.Table.Filter.And(q), budget.Funds() // other funds have been reported
	missing := map[string]bool{}
	for i := range in.Budget.Lines {
		l := &in.Budget.Lines[i]
		if l.Side != budget.RevenueSide && l.Side != budget.CarryIn || l.Amount.IsZero() || !slices.Contains(funds, l.Fund) || !total.Match(l) {
			continue
		}
		what := l.Fund + "（" + string(l.Side) + "）"
		if missing[what] || slices.ContainsFunc(rowsOf[l.Side], func(q budget.Query) bool { return q.Match(l) }) {
			continue
		}
		missing[what] = true
		r.Errorf("勾稽-003", l.At, "%s的各行都不含%s，这笔钱会进合计而不进任何一行", s.Heading(), what)
	}
}

// covered: no expenditure is missing from the rows of a side: its money would be in the total and in no row. Where rows name
// functional classes, those rows must have it.
func (in *Input) covered(s *schedule.Schedule, x *schedule.Side, told map[diag.Range]bool, r *Report) {
	sums := asked(x.Rows, false)
	byClass := slices.ContainsFunc(sums, func(q budget.Query) bool { return q.Mentions("function") })
	if byClass {
		sums = slices.DeleteFunc(sums, func(q budget.Query) bool { return !q.Mentions("function") })
	}
	class, _ := budget.FindDimension("class")
	for i := range in.Budget.Lines {
		l := &in.Budget.Lines[i]
		if l.Side != budget.Expenditure || byClass && in.Budget.PartOf(class, l) == "" || l.Amount.IsZero() || !s.Table.Filter.Match(l) {
			continue
		}
		switch {
		case told[l.At] || slices.ContainsFunc(sums, func(q budget.Query) bool { return q.Match(l) }):
			continue
		case byClass:
			r.Errorf("勾稽-003", l.At, "%s没有功能科目%s所属的类，这笔支出会进合计而不进任何一行", s.Heading(), l.Function)
		default:
			r.Errorf("勾稽-003", l.At, "%s的各行都不含%s，这笔支出会进合计而不进任何一行", s.Heading(), l.Kind)
		}
		told[l.At] = true
	}
}

// inColumns: where the columns of a table are kinds of expenditure beside their total, no money stands in the total alone.
// Forms of some places have no column for 事业单位经营支出 and the like; each such kind is told once, at the first table.
func inColumns(in *Input, r *Report) {
	told := map[string]bool{}
	for _, t := range in.Numbers.Tables() {
		s := in.Numbers.Table(t.ID)
		whole, kinds := columnsOf(t)
		if len(s.Sides) > 1 || len(whole) == 0 || len(kinds) < 2 {
			continue
		}
		for i := range in.Budget.Lines {
			l := &in.Budget.Lines[i]
			matches := func(q budget.Query) bool { return q.Match(l) }
			if l.Side != budget.Expenditure || told[l.Kind] || l.Amount.IsZero() || !slices.ContainsFunc(whole, matches) || slices.ContainsFunc(kinds, matches) {
				continue
			}
			told[l.Kind] = true
			r.Add(diag.Diagnostic{Rule: "勾稽-014", Level: diag.Warning, At: l.At, Message: diag.Quote(s.Heading()) + "的各列都不含" + l.Kind + "，这笔支出在合计里而不在任何一列，各列之和不等于合计",
				Hint: "这种表式没有单独的一列：核对当地把它列在基本支出里还是项目支出里，照着填；表注写明了的不必改"})
		}
	}
}

// columnsOf are what the columns of this year's sums ask for: those of kinds of expenditure, and the others.
func columnsOf(t *pack.Table) (whole, kinds []budget.Query) {
	for _, l := range pack.Leaves(t.Columns) {
		if l.Field != "" || l.Prior != "" {
			continue
		}
		if q := t.Filter.And(l.Query); l.Query.Mentions("kind") {
			kinds = append(kinds, q)
		} else {
			whole = append(whole, q)
		}
	}
	return whole, kinds
}
