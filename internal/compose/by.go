package compose

import (
	"cmp"
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

type (
	packSlot     = pack.Slot
	packField    = pack.Field
	glossaryTerm = budget.Term
)

// byView is one part of a sum split along a dimension.
type byView struct {
	N      int
	Code   string
	Name   string
	Value  money.Amount
	Amount string // as running text prints it
}

// dimension splits lines into parts: key is the part a line belongs to, "" for none.
type dimension struct {
	name string
	view budget.View
	key  func(*budget.Line) string
	tree func(*composer) classify.Tree // names of codes, nil when the key is the name
}

func prefix(s string, n int) string {
	if len(s) < n {
		return ""
	}
	return s[:n]
}

func functional(c *composer) classify.Tree { return c.b.Functional }
func economic(c *composer) classify.Tree   { return c.b.Economic }

// dimensions are the words that `by` understands.
func dimensions() []dimension {
	return []dimension{
		{"fund", 0, func(l *budget.Line) string { return l.Fund }, nil},
		{"kind", 0, func(l *budget.Line) string { return l.Kind }, nil},
		{"nature", 0, func(l *budget.Line) string { return l.Nature }, nil},
		{"unit", 0, func(l *budget.Line) string { return l.Unit }, nil},
		{"project", 0, func(l *budget.Line) string { return l.Project }, nil},
		{"procurement", 0, func(l *budget.Line) string { return l.Procure }, nil},
		{"purchase", 0, func(l *budget.Line) string { return l.Purchase }, nil},
		{"class", budget.ByFunction, func(l *budget.Line) string { return prefix(l.Function, 3) }, functional},
		{"group", budget.ByFunction, func(l *budget.Line) string { return prefix(l.Function, 5) }, functional},
		{"item", budget.ByFunction, func(l *budget.Line) string { return prefix(l.Function, 7) }, functional},
		{"economic-class", budget.ByEconomy, func(l *budget.Line) string { return prefix(l.Economic, 3) }, economic},
		{"economic-group", budget.ByEconomy, func(l *budget.Line) string { return prefix(l.Economic, 5) }, economic},
	}
}

// wordBy splits the sum of a query along a dimension. Parts that sum to zero are left out: a sentence does not list
// what there is none of.
func (c *composer) wordBy(name, query string) ([]byView, error) {
	q, err := budget.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	all := dimensions()
	i := slices.IndexFunc(all, func(d dimension) bool { return d.name == name })
	if i < 0 {
		var names []string
		for _, d := range all {
			names = append(names, d.name)
		}
		near, _ := diag.Closest(name, names)
		return nil, fmt.Errorf("by 不认识“%s”（%s），可用的有 %v", name, near, names)
	}
	d := all[i]
	q = q.In(d.view)
	parts := map[string]*byView{}
	var out []*byView
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if !q.Match(l) {
			continue
		}
		k := d.key(l)
		if k == "" {
			continue
		}
		p := parts[k]
		if p == nil {
			p = &byView{Code: k, Name: k}
			parts[k] = p
			out = append(out, p)
		}
		p.Value = p.Value.Add(l.Amount)
	}
	return c.ordered(d, out), nil
}

// ordered drops zero parts, sorts codes, keeps the official order of funds and the pack's order of procurement
// classes, and names the parts.
func (c *composer) ordered(d dimension, parts []*byView) []byView {
	rank := func(*byView) int { return 0 }
	switch d.name {
	case "fund":
		rank = func(v *byView) int { return slices.Index(budget.Funds(), v.Code) }
	case "procurement":
		rank = func(v *byView) int { return slices.Index(c.p.ProcurementClasses, v.Code) }
	}
	slices.SortStableFunc(parts, func(a, b *byView) int {
		if d.tree != nil {
			return cmp.Compare(a.Code, b.Code)
		}
		return cmp.Compare(rank(a), rank(b))
	})
	var out []byView
	for _, p := range parts {
		if p.Value.IsZero() {
			continue
		}
		if d.tree != nil {
			if name, ok := d.tree(c).Name(p.Code); ok {
				p.Name = name
			}
		}
		p.N, p.Amount = len(out)+1, c.textAmount(p.Value)
		out = append(out, *p)
	}
	return out
}
