package verify

import "testing"

// TestFirstLine: what two files differ in is a line that can be shown; what only stands behind the end of one is shown as that.
func TestFirstLine(t *testing.T) {
	const own = "甲\n乙\n"
	for _, c := range []struct {
		inside string
		want   FileDiff
	}{
		{"甲\n丙\n", FileDiff{Line: 2, Inside: "丙", Own: "乙"}},
		{"甲\n\n", FileDiff{Line: 2, Own: "乙"}},
		{"甲\n乙\n丙\n", FileDiff{Line: 3, Inside: "丙", Only: OnlyInside, Ends: true}},
		{"甲\n乙\n\n# 999\n", FileDiff{Line: 4, Inside: "# 999", Only: OnlyInside, Ends: true}},
		{"甲\n乙\n\n", FileDiff{Line: 2, Ends: true}},
		{"甲\n乙", FileDiff{Line: 2, Ends: true}},
		{"甲\n", FileDiff{Line: 2, Own: "乙", Only: OnlyOwn, Ends: true}},
		{"", FileDiff{Line: 1, Own: "甲", Only: OnlyOwn, Ends: true}},
	} {
		c.want.Path = "x"
		if got := firstLine("x", []byte(c.inside), []byte(own)); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.inside, got, c.want)
		}
	}
}
