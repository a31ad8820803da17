package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// matrix holds the sums of all rows of a table: lines are added once to every row they belong to, so the cost is linear in
// the lines.
type matrix struct {
	width int
	sums  map[string][]Sum
	order []string // keys by first line
}

// totalKey is the key of the row that sums all; it cannot be a code.
const totalKey = "合计"

// matrix sums the lines of the table's filter by the keys of their rows, which keys appends, and by column. A key is
// listed when any line of the filter has it, be its sum zero or not.
func (d *Document) matrix(s *Schedule, view budget.View, keys func([]string, *budget.Line) []string) *matrix {
	m := &matrix{width: len(s.Leaves), sums: map[string][]Sum{}}
	queries := make([]*budget.Query, len(s.Leaves))
	printed := make([][]money.Amount, len(s.Leaves))
	filter := s.Table.Filter.In(view)
	for i := range s.Leaves {
		if l := &s.Leaves[i]; l.Sums() {
			q := filter.And(l.Query)
			queries[i], printed[i] = &q, d.printed(l.Format)
		}
	}
	if d.meter.Step(len(d.Budget.Lines)*len(s.Leaves)) != nil {
		return m
	}
	var ks []string
	var rows [][]Sum // of the line at hand
	for i := range d.Budget.Lines {
		l := &d.Budget.Lines[i]
		rows = rows[:0]
		find := func() {
			ks = keys(ks[:0], l)
			for _, k := range ks {
				rows = append(rows, m.cells(k))
			}
		}
		if filter.Match(l) {
			find()
		}
		for j, q := range queries {
			if q == nil || !q.Match(l) {
				continue
			}
			if len(rows) == 0 {
				find()
			}
			shown := l.Amount
			if printed[j] != nil {
				shown = printed[j][i]
			}
			for _, r := range rows {
				r[j].add(l.Amount, shown)
			}
		}
	}
	return m
}

func (m *matrix) cells(key string) []Sum {
	s := m.sums[key]
	if s == nil {
		s = make([]Sum, m.width)
		m.sums[key] = s
		m.order = append(m.order, key)
	}
	return s
}

// take adds a row with the sums of a key.
func (x *Side) take(r Row, m *matrix, key string) {
	r.sums = m.cells(key)
	x.Rows = append(x.Rows, r)
}

// total adds the row that sums all, where the table has one.
func (x *Side) total(s *Schedule, m *matrix) {
	if s.Table.Total != "" {
		x.take(Row{Kind: Total, Own: totalKey, Parent: -1, Texts: []Text{plain("name", s.Table.Total)}}, m, totalKey)
	}
}

// textOf is what a column of a field prints of what somebody wrote.
func textOf(field string, s source.String) Text {
	return Text{Field: field, Text: doc.Text{String: s.V, Origin: s.At}}
}

// plain is what a column of a field prints of what nobody wrote.
func plain(field, s string) Text { return Text{Field: field, Text: doc.Text{String: s}} }
