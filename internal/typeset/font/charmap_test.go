package font

import "testing"

// TestManySegments: what a map of format 4 has no room for is in one of format 12.
func TestManySegments(t *testing.T) {
	var runes []rune
	for i := range rune(mostSegments + 10) {
		runes = append(runes, 0x3000+2*i)
	}
	m, err := readCharmap(charmapOf(nil, runes), 1<<16-1)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range runes {
		if g := m.glyph(r); int(g) != i+1 || m.glyph(r+1) != 0 {
			t.Fatalf("%U is glyph %d, not %d", r, g, i+1)
		}
	}
}
