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

// read takes the first row; a second one the pack does not have.
func (single) read(_ *Reading, t *Printed, i int) []Found {
	f := t.row(i, "code", "name")
	if i > 0 {
		if !t.some(i, f.Cells) {
			return nil
		}
		return []Found{f.unread(t.nth(i), 0, "是模板里没有的行，这张表只有一行")}
	}
	return []Found{f.total()}
}

func (single) silent() bool { return false }
