package build_test

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/redline"
	"yusuan/internal/typeset/page"
)

// under are the texts of a page that a box on its sheet covers.
func under(pg *page.Page, box page.Rule) string {
	var b strings.Builder
	for i := range pg.Texts {
		t := &pg.Texts[i]
		x, k := t.X, 0
		for _, r := range t.Text {
			at := pg.OnSheet(page.Rule{X: x + t.Advances[k]/2, Y: t.Y - t.Size/3, W: 1, H: 1})
			if at.X >= box.X && at.X < box.X+box.W && at.Y >= box.Y && at.Y < box.Y+box.H {
				b.WriteRune(r)
			}
			x, k = x+t.Advances[k], k+1
		}
	}
	return b.String()
}

// twoSides is a comparison with the places of what changed in both documents.
type twoSides struct {
	r      *compare.Result
	mirror compare.Mirror
	old    *redline.Laid
	fresh  *redline.Laid
}

func bothSides(old, fresh *build.Work) twoSides {
	a, b := old.Side("原"), fresh.Side("现")
	r, back := compare.Compare(a, b), compare.Compare(b, a)
	return twoSides{r, r.Mirrored(back), old.Redline(back), fresh.Redline(r)}
}

// TestPlacesOnBothSides: a number that is printed otherwise has its place in the old document, where the old one stands, and in
// the new one, where the new one does; and who goes backwards finds the same.
func TestPlacesOnBothSides(t *testing.T) {
	old := sampleWork(t)
	fresh := sampleWork(t, [3]string{"basic.toml", "amount = 1671540", "amount = 1681540"},
		[3]string{"text.toml", "2025年辞职、退休各一人", "2025年退休一人"})
	x := bothSides(old, fresh)
	for list, index := range map[string][]int{"cells": x.mirror.Cells, "sentences": x.mirror.Sentences, "rows": x.mirror.Rows, "parts": x.mirror.Parts} {
		if slices.Contains(index, -1) {
			t.Errorf("of the %s backwards some are none forwards: %v", list, index)
		}
	}
	seen := [2]map[int]bool{{}, {}}
	for side, l := range []*redline.Laid{x.old, x.fresh} {
		pages := l.Pages()
		for i := range pages {
			for _, p := range l.Places(i) {
				got := under(&pages[i], p.Box)
				for _, e := range p.Effects {
					if e.List != redline.Cells {
						continue
					}
					n := e.Index
					if side == 0 {
						n = x.mirror.Cells[n]
					}
					seen[side][n] = true
					want := []string{x.r.Cells[n].Old, x.r.Cells[n].New}[side]
					if strings.TrimSpace(got) != strings.TrimSuffix(want, "%") && got != want {
						t.Errorf("side %d, page %d: %q stands where %q changed", side, i+1, got, want)
					}
				}
			}
		}
	}
	for i := range x.r.Cells {
		if !seen[0][i] || !seen[1][i] {
			t.Errorf("%+v has a place on one side alone", x.r.Cells[i])
		}
	}
}

// TestMirrorOfYears: two years' documents differ in all that can differ, and what is told backwards is what is told forwards.
func TestMirrorOfYears(t *testing.T) {
	last, err := shared(t).Check(build.Input{Data: edited(t, "data/2025/338"), Dir: "data/2025/338"})
	if err != nil || last.Tree == nil {
		t.Fatal(err, last.Diags.Sorted())
	}
	x := bothSides(last, sampleWork(t))
	lost, all := 0, 0
	for _, index := range [][]int{x.mirror.Cells, x.mirror.Sentences, x.mirror.Rows, x.mirror.Parts} {
		for _, n := range index {
			all++
			if n < 0 {
				lost++
			}
		}
	}
	if all < 500 || lost*50 > all {
		t.Errorf("%d of %d effects backwards are none forwards", lost, all)
	}
}
