package table

import (
	"testing"

	"yusuan/internal/typeset/par"
)

// TestShare: two lines at least on both sides, whatever the paragraphs are; no first or last line of a paragraph alone; no
// heading without what it is over.
func TestShare(t *testing.T) {
	short := []paragraph{{end: 1}, {end: 2}, {end: 3}, {end: 4}, {end: 5}, {end: 6}}
	titled := []paragraph{{end: 1, keep: true}, {end: 2}, {end: 3, keep: true}, {end: 6}}
	for name, c := range map[string]struct {
		paras       []paragraph
		done, lines int
		fit         []int // by what fits, from 0
		first       int
	}{
		"one paragraph":   {[]paragraph{{end: 6}}, 0, 6, []int{0, 0, 2, 3, 4, 4}, 2},
		"short ones":      {short, 0, 6, []int{0, 0, 2, 3, 4, 4}, 2},
		"the rest of one": {[]paragraph{{end: 8}}, 3, 8, []int{0, 0, 2, 3, 3}, 2},
		"too few lines":   {[]paragraph{{end: 3}}, 0, 3, []int{0, 0, 0}, 3},
		"headings":        {titled, 0, 6, []int{0, 0, 2, 2, 2, 2}, 2},
		"two of three":    {[]paragraph{{end: 3}, {end: 6}}, 0, 6, []int{0, 0, 0, 3, 3, 3}, 3},
	} {
		x := cell{paras: c.paras, done: c.done, lines: make([]par.Line, c.lines)}
		for fit, want := range c.fit {
			if got := x.share(fit); got != want {
				t.Errorf("%s: %d lines stay of %d that fit, want %d", name, got, fit, want)
			}
		}
		if got := x.first(); got != c.first {
			t.Errorf("%s: %d lines may stand on their own first, want %d", name, got, c.first)
		}
	}
}
