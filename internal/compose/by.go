package compose

import (
	"cmp"
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
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

// by splits a sum into its parts, as templates see them.
func (c *composer) by(d budget.Dimension, q budget.Query) []byView {
	parts := c.numbers.Parts(d, q)
	out := make([]byView, len(parts))
	for i := range parts {
		out[i] = c.byView(d, &parts[i])
	}
	return out
}

func (c *composer) byView(d budget.Dimension, p *schedule.Part) byView {
	v := byView{N: p.N, Code: p.Code, Name: p.Name, Path: p.Path, Value: figure{p.Value}, c: c}
	if d.Name == "unit" {
		v.Name = c.unitInText(p.Code)
		v.Path = []string{v.Name}
	}
	return v
}
