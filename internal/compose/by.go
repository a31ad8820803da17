package compose

import (
	"cmp"
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// byView is one part of a sum split along a dimension.
type byView struct {
	N     int
	Code  string
	Name  string
	Path  []string // names from the class down to the part, for codes; else the name
	Value figure
	c     *composer
}

// Amount is the value as running text prints it.
func (v byView) Amount() string { return v.c.textAmount(v.Value, v.Name) }

// unitInText is what running text calls the unit of a code.
func (c *composer) unitInText(code string) string {
	if c.unitNames == nil {
		c.unitNames = map[string]string{}
		for _, u := range c.view.Units {
			if _, twice := c.unitNames[u.Code]; !twice {
				c.unitNames[u.Code] = u.Name
			}
		}
	}
	return cmp.Or(c.unitNames[code], code)
}

// wordBy splits the sum of a query along a dimension. Parts that sum to zero are left out: a sentence does not list
// what there is none of.
func (c *composer) wordBy(name, query string) ([]byView, error) {
	q, err := c.query(query)
	if err != nil {
		return nil, err
	}
	d, ok := budget.FindDimension(name)
	if !ok {
		near, _ := diag.Closest(name, budget.DimensionNames())
		return nil, fmt.Errorf("by 不认识“%s”（%s），可用的有 %v", name, near, budget.DimensionNames())
	}
	return c.by(d, q), c.meter.Err()
}

// partSteps is what a part takes, from its sum to its names.
const partSteps = 64

func (c *composer) by(d budget.Dimension, q budget.Query) []byView {
	q = q.Along(d)
	if c.meter.Step(2*c.scan(q)) != nil {
		return nil
	}
	parts := map[string]*byView{}
	var out []*byView
	c.b.Each(q, func(i int) {
		l := &c.b.Lines[i]
		k := c.b.PartOf(d, l)
		if k == "" {
			return
		}
		p := parts[k]
		if p == nil {
			part := q.Part(d, k)
			p = &byView{Code: k, Name: partName(d, l, k), Value: figure{sums: &part}}
			parts[k] = p
			out = append(out, p)
		}
		p.Value.exact = p.Value.exact.Add(l.Amount)
	})
	if c.meter.Step(partSteps*len(out)) != nil {
		return nil
	}
	return c.ordered(d, out)
}

// partName is what is printed of a part: a project has its name, though its key may name the unit too.
func partName(d budget.Dimension, l *budget.Line, key string) string {
	if d.Key == "project" {
		return l.Project
	}
	return key
}

// order is the official or the pack's order of a dimension's parts, nil for those that keep the order of the data.
func (c *composer) order(d budget.Dimension) []string {
	switch d.Name {
	case "fund":
		return budget.Funds()
	case "kind":
		return budget.Kinds()
	case "nature":
		return []string{budget.NaturePersonnel, budget.NaturePublic}
	case "procurement":
		return c.p.ProcurementClasses
	}
	return nil
}

// ordered drops zero parts, sorts codes and units, keeps the order of the rest, and names the parts.
func (c *composer) ordered(d budget.Dimension, parts []*byView) []byView {
	order := c.order(d)
	slices.SortStableFunc(parts, func(a, b *byView) int {
		if d.Digits > 0 || d.Name == "unit" {
			return cmp.Compare(a.Code, b.Code)
		}
		return cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code))
	})
	var out []byView
	for _, p := range parts {
		if p.Value.exact.IsZero() {
			continue
		}
		if t := c.b.Tree(d); t != nil {
			if name, ok := t.Name(p.Code); ok {
				p.Name = name
			}
			for _, x := range t.Path(p.Code) {
				p.Path = append(p.Path, x.Name)
			}
		} else {
			if d.Name == "unit" {
				p.Name = c.unitInText(p.Code)
			}
			p.Path = []string{p.Name}
		}
		p.N, p.c = len(out)+1, c
		out = append(out, *p)
	}
	return out
}
