package schedule

import (
	"cmp"
	"slices"

	"yusuan/internal/budget"
)

// Part is one part of a sum that is split along a dimension.
type Part struct {
	N     int // its number, from 1 on
	Code  string
	Name  string
	Path  []string // names from the class down to the part, for codes; else the name
	Value Number
	Along budget.Dimension
}

// partSteps is what a part takes, from its sum to its names.
const partSteps = 64

// Parts splits the sum of a query along a dimension. Parts that sum to zero are left out: a sentence does not list what
// there is none of.
func (d *Document) Parts(dim budget.Dimension, q budget.Query) []Part {
	q = q.Along(dim)
	if d.meter.Step(2*d.Scan(q)) != nil {
		return nil
	}
	parts := map[string]*Part{}
	var out []*Part
	d.Budget.Each(q, func(i int) {
		l := &d.Budget.Lines[i]
		k := d.Budget.PartOf(dim, l)
		if k == "" {
			return
		}
		p := parts[k]
		if p == nil {
			of := q.Part(dim, k)
			p = &Part{Along: dim, Code: k, Name: partName(dim, l, k), Value: Number{Sums: &of}}
			parts[k] = p
			out = append(out, p)
		}
		p.Value.Exact = p.Value.Exact.Add(l.Amount)
	})
	if d.meter.Step(partSteps*len(out)) != nil {
		return nil
	}
	return d.ordered(dim, out)
}

// partName is what is printed of a part: a project has its name, though its key may name the unit too.
func partName(dim budget.Dimension, l *budget.Line, key string) string {
	if dim.Key == "project" {
		return l.Project
	}
	return key
}

// order is the official or the pack's order of a dimension's parts, nil for those that keep the order of the data.
func (d *Document) order(dim budget.Dimension) []string {
	switch dim.Name {
	case "fund":
		return budget.Funds()
	case "kind":
		return budget.Kinds()
	case "nature":
		return []string{budget.NaturePersonnel, budget.NaturePublic}
	case "procurement":
		return d.Pack.ProcurementClasses
	}
	return nil
}

// ordered drops zero parts, sorts codes and units, keeps the order of the rest, and names the parts.
func (d *Document) ordered(dim budget.Dimension, parts []*Part) []Part {
	order := d.order(dim)
	slices.SortStableFunc(parts, func(a, b *Part) int {
		if dim.Digits > 0 || dim.Name == "unit" {
			return cmp.Compare(a.Code, b.Code)
		}
		return cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code))
	})
	var out []Part
	for _, p := range parts {
		if p.Value.Exact.IsZero() {
			continue
		}
		if t := d.Budget.Tree(dim); t != nil {
			if name, ok := t.Name(p.Code); ok {
				p.Name = name
			}
			for _, x := range t.Path(p.Code) {
				p.Path = append(p.Path, x.Name)
			}
		} else {
			p.Path = []string{p.Name}
		}
		p.N = len(out) + 1
		out = append(out, *p)
	}
	return out
}
