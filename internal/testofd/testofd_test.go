package testofd

import (
	"slices"
	"testing"
)

// TestModelsKeepOrder reads the table: what extends another type holds what that holds, first, and counts are held.
func TestModelsKeepOrder(t *testing.T) {
	types := table()
	for _, c := range []struct {
		kind, children string
		ok             bool
	}{
		{"OFD", "DocBody;", true}, {"OFD", "", false}, {"DocBody", "DocInfo;DocRoot;Signatures;", true}, {"DocBody", "DocRoot;DocInfo;", false},
		{"TextObject", "Actions;FillColor;CGTransform;TextCode;", true}, {"TextObject", "FillColor;Actions;TextCode;", false}, {"TextObject", "FillColor;", false},
		{"PathObject", "StrokeColor;FillColor;AbbreviatedData;", true}, {"PathObject", "FillColor;StrokeColor;AbbreviatedData;", false},
		{"Layer", "PathObject;TextObject;PathObject;", true}, {"Appearance", "PathObject;", true}, {"Appearance", "Remark;", false},
	} {
		if got := types[c.kind].model.MatchString(c.children); got != c.ok {
			t.Errorf("%s may hold %q: %t", c.kind, c.children, got)
		}
	}
	for name, e := range types {
		seen := map[string]bool{}
		for _, a := range e.attrs {
			if seen[a.name] {
				t.Errorf("%s has %s twice", name, a.name)
			}
			seen[a.name] = true
		}
	}
	if got := types["PathObject"].kids["FillColor"]; got != "Color" {
		t.Errorf("FillColor of a path is a %q", got)
	}
}

// TestValuesHaveOneForm holds what values may look like.
func TestValuesHaveOneForm(t *testing.T) {
	forms := simple()
	for kind, cases := range map[string]map[string]bool{
		"decimal": {"0": true, "-3": true, "0.5": true, "-0.0001": true, "10.25": true, "0.50": false, ".5": false, "1e3": false, "-0": false, "01": false, "1.23456": false, "": false},
		"box":     {"0 0 210.0001 297": true, "-1 0 1 1": true, "0 0 0 1": false, "0 0 -1 1": false, "0 0 1": false, "0  0 1 1": false},
		"id":      {"1": true, "01": false, "-1": false, "x": false},
		"date":    {"2026-02-03": true, "2026-2-3": false, "2026-13-01": false},
	} {
		for v, ok := range cases {
			if forms[kind].MatchString(v) != ok {
				t.Errorf("%q as %s: %t", v, kind, !ok)
			}
		}
	}
	for s, want := range map[string]int64{"0": 0, "1": 10000, "-1.5": -15000, "0.0001": 1, "-0.25": -2500} {
		if got, ok := units(s); !ok || got != want {
			t.Errorf("%s is %d, want %d", s, got, want)
		}
	}
}

// TestInkWithinOnePixel holds what the comparison of drawings forgives: a pixel, and no more; and that it looks both ways.
func TestInkWithinOnePixel(t *testing.T) {
	blank := func() *picture { return &picture{9, 9, slices.Repeat([]byte{255}, 81)} }
	dot := func(x, y int, grey byte) *picture {
		p := blank()
		p.grey[y*9+x] = grey
		return p
	}
	area := func(grey byte) *picture { // three by three
		p := blank()
		for i := range 9 {
			p.grey[(3+i/3)*9+3+i%3] = grey
		}
		return p
	}
	for _, c := range []struct {
		name string
		a, b *picture
		want int
	}{
		{"the same", dot(4, 4, 0), dot(4, 4, 0), 0}, {"one beside", dot(4, 4, 0), dot(5, 3, 0), 0}, {"a trace beside", dot(4, 4, 0), dot(5, 4, 200), 0},
		{"two beside", dot(4, 4, 0), dot(6, 4, 0), 1}, {"nothing", dot(0, 8, 0), blank(), 1}, {"less than a trace", dot(4, 4, 0), dot(4, 4, 201), 1},
		{"a thin rule", dot(4, 4, 170), blank(), 1}, {"a thin rule and a trace", dot(4, 4, 170), dot(4, 3, 240), 0}, {"a tinted edge", dot(4, 4, 219), blank(), 0},
		{"a tint", area(219), blank(), 1}, {"a shadow", area(220), blank(), 0}, {"another tint", area(150), area(219), 0},
	} {
		if n, x, y := c.a.only(c.b); n != c.want || n > 0 && c.a.grey[y*9+x] == 255 {
			t.Errorf("%s: %d pixels, the first at %d,%d; want %d", c.name, n, x, y, c.want)
		}
	}
	if got := compared("x", []*picture{blank(), blank()}, []*picture{blank(), dot(4, 4, 0)}); len(got) != 1 {
		t.Errorf("what only the second has: %q", got)
	}
	if got := compared("x", []*picture{blank()}, nil); len(got) != 1 {
		t.Errorf("a page that was not drawn: %q", got)
	}
}

// TestPackedAgain holds that what is packed for mutants is what was unpacked, and nothing is wrong with it.
func TestPackedAgain(t *testing.T) {
	in := []Entry{{"OFD.xml", []byte("<x/>")}, {"a/b", nil}, {"c", []byte("c")}}
	out, err := Unpacked(Packed(in))
	if err != nil || len(out) != 3 || string(out[0].Data) != "<x/>" || out[1].Name != "a/b" {
		t.Errorf("%v %v", out, err)
	}
	c := newChecker()
	if c.unpacked(Packed(in)); len(c.found) > 0 {
		t.Errorf("%v", c.found)
	}
}
