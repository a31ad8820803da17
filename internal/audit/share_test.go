package audit

import (
	"testing"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// TestShareWithin: a share is within what the roundings of part and whole leave open, one of all that there was before too.
func TestShareWithin(t *testing.T) {
	for _, x := range []struct {
		part, whole, share string
		within             bool
	}{
		{"-12.00", "12.00", "-100.00", true}, {"-60.80", "60.80", "-100.00", true}, {"-60.80", "60.80", "-100.50", false},
		{"-60.80", "60.80", "-99.00", false}, {"12.00", "12.00", "100.00", true}, {"-0.13", "17.25", "-0.75", true}, {"1.00", "3.00", "33.93", false},
	} {
		amount := func(s string) money.Amount {
			a, err := money.Parse(s, money.Wan)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		q := prose.Quantities(x.share)
		if len(q) != 1 {
			t.Fatal(x.share, q)
		}
		if got := shareWithin(amount(x.part), amount(x.whole), money.ToleranceOf(1, money.Wan, 2), &q[0]); got != x.within {
			t.Errorf("%s of %s is %s: %v", x.part, x.whole, x.share, got)
		}
	}
}
