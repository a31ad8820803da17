package pdf

import "testing"

func TestAppendDecimal(t *testing.T) {
	for _, x := range []struct {
		v        int64
		decimals int
		want     string
	}{
		{0, 3, "0"}, {0, 0, "0"}, {7, 0, "7"}, {-7, 0, "-7"}, {100, 0, "100"}, {100000, 3, "100"}, {1, 3, "0.001"}, {-1, 6, "-0.000001"},
		{500, 3, "0.5"}, {-79370, 3, "-79.37"}, {10010, 3, "10.01"}, {1234567, 3, "1234.567"}, {9223372036854775807, 6, "9223372036854.775807"},
	} {
		if got := string(appendDecimal([]byte("x"), x.v, x.decimals)); got != "x"+x.want {
			t.Errorf("%d with %d decimals: %s, want %s", x.v, x.decimals, got[1:], x.want)
		}
	}
}
