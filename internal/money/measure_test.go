package money

import (
	"fmt"
	"testing"
)

func TestMeasures(t *testing.T) {
	parse := func(list ...string) (out []Amount) {
		for _, s := range list {
			a, err := Parse(s, Yuan)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, a)
		}
		return out
	}
	for _, c := range []struct {
		amounts []Amount
		unit    Unit
		want    string
	}{
		{parse("46718500", "0", "-0.01"), Wan, "[467185000000 0 -100] 8"},
		{parse("1.2345"), Yuan, "[12345] 4"},
		{parse("1"), Yi, "[10000] 12"},
		{nil, Wan, "[] 8"},
		{parse("100000000000000", "-20000000000000"), Wan, "[100000000000000000 -20000000000000000] 7"}, // each would fit, both do not
		{parse("90000000000000000000", "1"), Wan, "[900000000000000000 0] 2"},
	} {
		m, d := Measures(c.amounts, c.unit)
		if got := fmt.Sprint(m, d); got != c.want {
			t.Errorf("%v: %s, want %s", c.amounts, got, c.want)
		}
	}
}
