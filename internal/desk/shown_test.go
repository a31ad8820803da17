package desk

import (
	"fmt"
	"testing"

	"yusuan/internal/typeset/page"
)

// TestKeptPages: pages of a moment ago can be asked for, those of long ago cannot, and of large documents fewer turns are kept.
func TestKeptPages(t *testing.T) {
	for _, c := range []struct{ changed, turns int }{{1, keptTurns - 1}, {100, 4}, {1000, 1}} {
		s := &display{}
		for turn := range 60 {
			pages, made := make([]Page, c.changed), make([]page.Page, c.changed)
			for i := range pages {
				pages[i].Hash, made[i].Width = fmt.Sprint(turn, " ", i), 1
			}
			s.show(turn, pages, made)
		}
		if want := c.changed * (1 + c.turns); len(s.drawn) != want && c.changed < keptPages || s.drawn["59 0"] == nil || len(s.drawn) > c.changed+max(keptPages, c.changed) {
			t.Errorf("%d pages each turn: %d kept, want %d", c.changed, len(s.drawn), want)
		}
	}
}
