package money

// Share is part as a percentage of whole, without the sign: "32.77". It is rounded half away from zero from the exact
// quotient. It is false when whole is zero.
func Share(part, whole Amount, places int) (string, bool) {
	if whole.IsZero() {
		return "", false
	}
	return part.decimal().Shift(2).DivRound(whole.decimal(), int32(places)).StringFixed(int32(places)), true
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
