package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// single is one row, whose columns ask for themselves.
type single struct{ given }

func (single) Word() pack.Entry {
	return pack.Entry{Name: "single", Text: "只有一行，各列自己取数", Example: `rows = "single"`}
}

func (single) Fields() []pack.Entry               { return nil }
func (single) Shape() pack.Shape                  { return pack.One }
func (single) Keys(*pack.Table) []string          { return nil }
func (single) Prior() (dimension string, ok bool) { return "", true }
func (single) Made(string) []string               { return nil }

func (single) sides(d *Document, s *Schedule) []Side {
	m := d.matrix(s, 0, func(keys []string, _ *budget.Line) []string { return append(keys, "") })
	x := s.oneSide()
	x.take(Row{Parent: -1}, m, "")
	return []Side{x}
}

func (single) query(*Document, *Schedule, int, int) (budget.Query, bool) { return budget.Query{}, true }

func (single) read(_ *Reading, t *Printed, i int) []Found {
	return []Found{t.row(i, "code", "name").total()}
}

func (single) silent() bool { return false }
