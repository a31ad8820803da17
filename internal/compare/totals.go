package compare

import (
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// asked is a total: a query, or what the pack's figure of a role asks.
type asked struct {
	name, query string
	role        pack.FigureRole
	of          int
	rare        bool // told only where there is some
}

// askedTotals are the totals that leaders ask for first.
func askedTotals() []asked {
	out := []asked{{name: "支出总计", role: pack.FigureTotal}}
	for _, f := range budget.Funds() {
		out = append(out, asked{name: f, query: "fund=" + f, of: 1, rare: true})
	}
	for i, k := range budget.Kinds() {
		const common = 2 // the first are in every document
		out = append(out, asked{name: k, query: "kind=" + k, of: 1, rare: i >= common})
	}
	return append(out,
		asked{name: "“三公”经费", role: "三公经费"},
		asked{name: "因公出国（境）费", role: "因公出国", of: 1},
		asked{name: "公务用车购置费", role: "公务用车购置", of: 1},
		asked{name: "公务用车运行维护费", role: "公务用车运行", of: 1},
		asked{name: "公务接待费", role: "公务接待", of: 1},
		asked{name: "政府采购", query: "side=" + string(budget.Purchases)},
		asked{name: "机关运行经费", role: "机关运行经费"})
}

// totals are those of both documents.
func (d *differing) totals(renumber func(numbers) []int) (out []Total) {
	for _, a := range askedTotals() {
		t := Total{Name: a.name, Of: a.of}
		var causes numbers
		was, key, had := d.total(d.old.side, a, true, &causes)
		is, newKey, has := d.total(d.new.side, a, false, &causes)
		if t.Old, t.HasOld, t.New, t.HasNew, t.Key = was, had, is, has, newKey; t.Key == "" {
			t.Key = key
		}
		if !had && !has || a.rare && was.IsZero() && is.IsZero() {
			continue
		}
		if !was.Equal(is) {
			t.Causes = renumber(causes)
		}
		out = append(out, t)
	}
	return out
}

func (d *differing) total(s *Side, a asked, old bool, causes *numbers) (sum money.Amount, key string, ok bool) {
	if s.Budget == nil {
		return sum, "", false
	}
	q, err := budget.ParseQuery(a.query)
	key = a.query
	if a.role != "" {
		if s.Numbers == nil {
			return sum, "", false
		}
		p := s.Numbers.Pack
		q = p.RoleQuery(a.role)
		if key = q.String(); p.RoleFigure(a.role) != nil {
			key = p.RoleFigure(a.role).Name
		}
	} else if err != nil {
		panic("compare: " + err.Error())
	}
	s.Budget.Each(q, func(i int) {
		sum = sum.Add(s.Budget.Lines[i].Amount)
		if d.tracer.c != nil {
			causes.add(d.tracer.of(old).line(s.Budget, i)...)
		}
	})
	return sum, key, true
}
