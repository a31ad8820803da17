package par

import "testing"

func TestShare(t *testing.T) {
	odd := func(n int) bool { return n%2 == 1 }
	for _, c := range []struct {
		lines, fit int
		may        func(int) bool
		want       int
	}{
		{6, 0, nil, 0}, {6, 1, nil, 0}, {6, 2, nil, 2}, {6, 5, nil, 4}, {6, 6, nil, 6}, {6, 9, nil, 6},
		{3, 2, nil, 0}, {4, 3, nil, 2}, {1, 1, nil, 1}, {1, 0, nil, 0},
		{8, 6, odd, 5}, {5, 4, odd, 3}, {4, 3, odd, 0}, {4, 4, odd, 4},
	} {
		if got := Share(c.lines, c.fit, c.may); got != c.want {
			t.Errorf("of %d lines, %d of which fit, %d stay; want %d", c.lines, c.fit, got, c.want)
		}
	}
}
