package schedule

import "yusuan/internal/budget"

// single is one row, whose columns ask for themselves.
type single struct{}

func (single) sides(d *Document, s *Schedule) []Side {
	m := d.matrix(s, 0, func(keys []string, _ *budget.Line) []string { return append(keys, "") })
	x := s.oneSide()
	x.take(Row{Parent: -1}, m, "")
	return []Side{x}
}

func (single) query(*Document, *Schedule, int, int) (budget.Query, bool) { return budget.Query{}, true }
