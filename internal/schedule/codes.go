package schedule

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
)

// codes lists the codes of a classification that have a line, each above those that it contains.
type codes struct {
	key  string // of queries
	view budget.View
}

// of is the classification with the department's own codes, and the code of a line.
func (c codes) of(b *budget.Budget) (classify.Tree, func(*budget.Line) string) {
	if c.view == budget.ByEconomy {
		return b.Economic, func(l *budget.Line) string { return l.Economic }
	}
	return b.Functional, func(l *budget.Line) string { return l.Function }
}

func (c codes) sides(d *Document, s *Schedule) []Side {
	names, code := c.of(d.Budget)
	m := d.matrix(s, c.view, func(keys []string, l *budget.Line) []string {
		keys = append(keys, totalKey)
		for k := code(l); k != ""; k = names.Parent(k) {
			keys = append(keys, k)
		}
		return keys
	})
	x := s.oneSide()
	list := append(slices.Clone(m.order), d.priorCodes(s, names)...)
	if list = slices.DeleteFunc(list, func(k string) bool { return k == totalKey }); len(list) == 0 {
		return []Side{x}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	x.Rows = make([]Row, 0, len(list)+1)
	x.total(s, m)
	for _, k := range list {
		x.take(Row{Own: k, Level: names.Level(k), Part: k, Texts: codeTexts(k, d.CodeName(names, c.view, k))}, m, k)
	}
	nest(x.Rows)
	return []Side{x}
}

func (c codes) query(_ *Document, s *Schedule, _, row int) (budget.Query, bool) {
	q := budget.Query{}.In(c.view)
	if r := &s.Sides[0].Rows[row]; r.Kind != Total {
		q = q.Where(c.key, r.Own)
	}
	return q, true
}

// codeTexts are the texts of a row by code: the code whole, and cut into its 类, 款 and 项.
func codeTexts(code, name string) []Text {
	part := func(from, to int) string {
		if len(code) < to {
			return ""
		}
		return code[from:to]
	}
	return []Text{plain("code", code), plain("name", name), plain("code-class", code[:min(3, len(code))]),
		plain("code-group", part(3, 5)), plain("code-item", part(5, 7))}
}
