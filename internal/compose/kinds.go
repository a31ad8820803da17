package compose

import (
	"fmt"
	"slices"

	"yusuan/internal/pack"
)

// kindView is how many units there are of what the pack calls so.
type kindView struct {
	N           int
	Name, Short string
	Count       pack.Count
	Last        bool
}

// wordKinds counts units by what the pack calls them, with those that have no budget of their own; what there is none of is left
// out. Where kinds are named, only units count whose money stands in the budget of one of those.
func (c *composer) wordKinds(of ...string) ([]kindView, error) {
	if len(c.p.Kinds) == 0 {
		return nil, fmt.Errorf("kinds 要有称呼：模板没有写 [[unit_kind]]")
	}
	units := c.b.Facts.Units
	if err := c.meter.Step(len(units) * (1 + len(of) + len(c.p.Kinds))); err != nil {
		return nil, err
	}
	kind := map[string]string{} // by code, of units with a budget of their own
	for i := range units {
		if u := &units[i]; u.Within.V == "" {
			kind[u.Code.V] = u.Kind.V
		}
	}
	var out []kindView
	for _, k := range c.p.Kinds {
		x := kindView{N: len(out) + 1, Name: k.Name, Short: k.Short}
		for i := range units {
			u := &units[i]
			budgeted := u.Kind.V
			if u.Within.V != "" {
				budgeted = kind[u.Within.V]
			}
			if slices.Contains(k.Kinds, u.Kind.V) && (len(of) == 0 || slices.Contains(of, budgeted)) {
				x.Count++
			}
		}
		if x.Count > 0 {
			out = append(out, x)
		}
	}
	if n := len(out); n > 0 {
		out[n-1].Last = true
	}
	return out, nil
}
