package money

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// Step is one unit of the last place that f prints: 100 元 for 万元 with two decimals.
func (f Format) Step() Amount {
	if drop := smallPlaces + f.Unit.exponent() - f.Places; drop >= 0 && drop < len(pow10) {
		return Amount{small: pow10[drop]}
	}
	return fromDecimal(decimal.New(1, int32(f.Unit.exponent()-f.Places)))
}

// Steps is a printed amount as a number of steps.
func (f Format) Steps(a Amount) int64 {
	if step := f.Step(); a.wide == nil && step.wide == nil && a.small%step.small == 0 {
		return a.small / step.small
	}
	return a.decimal().DivRound(f.Step().decimal(), 0).IntPart()
}

// floor is the largest printed amount that is not more than a.
func (f Format) floor(a Amount) Amount {
	r := f.Round(a)
	if r.Cmp(a) > 0 {
		r = r.Sub(f.Step())
	}
	return r
}

// Apportion rounds parts to printed amounts that add up to whole, a printed amount, by the largest-remainder method: each
// is rounded down, and the steps that are missing go to the largest remainders, the earlier part first among equals.
// Parts that are printed amounts already stay. It is false, and each part is rounded for itself, where whole is not the
// sum of the parts rounded down or up.
func (f Format) Apportion(whole Amount, parts []Amount) ([]Amount, bool) {
	out := make([]Amount, len(parts))
	open := make([]int, 0, len(parts)) // parts that can be rounded either way
	rest := make([]Amount, len(parts))
	missing := whole
	for i, p := range parts {
		out[i] = f.floor(p)
		missing = missing.Sub(out[i])
		if rest[i] = p.Sub(out[i]); !rest[i].IsZero() {
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(i, j int) int { return cmp.Or(rest[j].Cmp(rest[i]), cmp.Compare(i, j)) })
	step := f.Step()
	for _, i := range open {
		if missing.Sign() <= 0 {
			break
		}
		out[i], missing = out[i].Add(step), missing.Sub(step)
	}
	if missing.IsZero() {
		return out, true
	}
	for i, p := range parts {
		out[i] = f.Round(p)
	}
	return out, false
}
