package money

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// Share is part as a percentage of whole, without the sign: "32.77". It is rounded half away from zero from the exact
// quotient. It is false when whole is zero.
func Share(part, whole Amount, places int) (string, bool) {
	if whole.IsZero() {
		return "", false
	}
	return percent(part, whole, places).StringFixed(int32(places)), true
}

func percent(part, whole Amount, places int) decimal.Decimal {
	return part.decimal().Shift(2).DivRound(whole.decimal(), int32(places))
}

// Shares is the Share of each part, each rounded for itself; so the shares need not add up to 100, which SharesAddUp
// tells. It is nil when whole is zero.
func Shares(parts []Amount, whole Amount, places int) []string {
	if whole.IsZero() {
		return nil
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i], _ = Share(p, whole, places)
	}
	return out
}

// SharesAddUp reports whether printed percentages add up to exactly 100. It is false for text that is no number.
func SharesAddUp(shares []string) bool {
	var sum Amount
	for _, s := range shares {
		a, err := Parse(s, Yuan)
		if err != nil {
			return false
		}
		sum = sum.Add(a)
	}
	return sum.Equal(FromFen(100_00))
}

// SharesByLargestRemainder is like Shares, but the shares add up to the share of the sum of the parts (100 when they
// make the whole): each is rounded down and the units of the last place that are missing go to the largest
// remainders, the earlier part first among equals. Tables of official documents round each share for itself; use
// this only where the text says so.
func SharesByLargestRemainder(parts []Amount, whole Amount, places int) []string {
	if whole.IsZero() {
		return nil
	}
	type share struct {
		index     int
		floor     decimal.Decimal
		remainder decimal.Decimal // of the division, ordered like the fraction cut off
	}
	unit := decimal.New(1, int32(-places))
	shares := make([]share, len(parts))
	missing := percent(Sum(parts...), whole, places)
	w := whole.decimal().Abs()
	for i, p := range parts {
		n := p.decimal().Shift(2)
		if whole.Sign() < 0 {
			n = n.Neg()
		}
		q, r := n.QuoRem(w, int32(places))
		if r.Sign() < 0 { // QuoRem cuts towards zero
			q, r = q.Sub(unit), r.Add(w.Mul(unit))
		}
		shares[i] = share{i, q, r}
		missing = missing.Sub(q)
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Or(b.remainder.Cmp(a.remainder), a.index-b.index) })
	out := make([]string, len(parts))
	for _, s := range shares {
		if missing.Sign() > 0 {
			s.floor, missing = s.floor.Add(unit), missing.Sub(unit)
		}
		out[s.index] = s.floor.StringFixed(int32(places))
	}
	return out
}

// Change is the difference between two years.
type Change struct {
	Delta     Amount // now - before
	Direction int    // -1 decrease (减少), 0 no change (持平), 1 increase (增加)
	// Rate is the percentage of change with its sign, "-12.30"; AbsRate is what stands after the words 增长 and 下降.
	Rate    string
	HasRate bool // false when before is not positive: there is nothing to compare with
}

// AbsRate is Rate without its sign.
func (c Change) AbsRate() string {
	if len(c.Rate) > 0 && c.Rate[0] == '-' {
		return c.Rate[1:]
	}
	return c.Rate
}

// Compare tells how now differs from before, the rate with places decimals.
func Compare(now, before Amount, places int) Change {
	c := Change{Delta: now.Sub(before)}
	c.Direction = c.Delta.Sign()
	if before.Sign() > 0 {
		c.Rate, c.HasRate = Share(c.Delta, before, places)
	}
	return c
}
