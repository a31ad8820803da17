package build_test

import (
	"fmt"
	"slices"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
)

// turned are the effects of a comparison, each as it is told the other way round if back: what came has gone. What only names the
// place in the new document is left out.
func turned(r *compare.Result, back bool) (out []string) {
	swap := func(was, is string) (string, string) {
		if back {
			return is, was
		}
		return was, is
	}
	change := func(c compare.Change) compare.Change {
		switch {
		case back && c == compare.Added:
			return compare.Removed
		case back && c == compare.Removed:
			return compare.Added
		}
		return c
	}
	for _, c := range r.Cells {
		was, is := swap(c.Old, c.New)
		out = append(out, fmt.Sprintf("cell %v: %s → %s", c.Where, was, is))
	}
	for _, s := range r.Sentences {
		was, is := "", ""
		for _, p := range s.Pieces {
			if p.Kind != compare.New {
				was += p.Text
			}
			if p.Kind != compare.Gone {
				is += p.Text
			}
		}
		was, is = swap(was, is)
		out = append(out, fmt.Sprintf("sentence %v: %s → %s", s.Where, was, is))
	}
	for _, x := range r.Rows {
		was, is := x.Old, x.Name
		if was != "" {
			was, is = swap(was, is)
		}
		if x.Change == compare.Moved {
			was, is = "", ""
		}
		out = append(out, fmt.Sprintf("row %v: %s → %s", change(x.Change), was, is))
	}
	for _, p := range r.Parts {
		if p.Change == compare.Moved { // titled as it is now
			p.Title = ""
		}
		out = append(out, fmt.Sprintf("part %v %v: %s", p.Where, change(p.Change), p.Title))
	}
	slices.Sort(out)
	return out
}

// TestMirrored: what one document shows otherwise than another is what that one shows otherwise than it, whichever packs made them.
func TestMirrored(t *testing.T) {
	var names []string
	var all []*build.Work
	everywhereDocuments(t, func(name string, _ bool, w *build.Work) { names, all = append(names, name), append(all, w) })
	const apart = 7 // documents, so that there are pairs of one pack, of two departments, of two packs
	for i := range all {
		for k := i + 1; k < len(all) && k <= i+apart; k++ {
			a, b := all[i], all[k]
			there := turned(compare.Compare(a.Side("旧"), b.Side("新")), false)
			back := turned(compare.Compare(b.Side("新"), a.Side("旧")), true)
			if !slices.Equal(there, back) {
				x, y := difference(there, back)
				t.Errorf("%s and %s: there alone %q, back alone %q", names[i], names[k], x, y)
			}
		}
	}
	if len(all) < 2 {
		t.Error("no documents")
	}
}
