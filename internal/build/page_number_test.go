package build_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// footer is where the number of a page stands on its sheet: its ends, and the top of the ink of its dash, or of a nought
// where it has no dash.
func footer(pg *page.Page) (left, right, top unit.Length, ok bool) {
	for _, x := range pg.Texts {
		if x.Elem != page.ArtifactFooter {
			continue
		}
		if !ok {
			ink := '0'
			if strings.HasPrefix(x.Text, "—") {
				ink = '—'
			}
			left, top, ok = x.X, x.Y-x.Size.Milli(int64(x.Face.Height(ink))), true
		}
		right = x.X
		for _, a := range x.Advances {
			right += a
		}
	}
	return left, right, top, ok
}

// TestPageNumbersStandInOnePlace measures the finished pages of documents and of the gallery of every pack: the page number's dash begins 7 mm below the text area (GB/T 9704-2012 cl. 7.5), one distance above the foot of
// the sheet and one from its outer edge on all pages, turned ones and those of charts too.
func TestPageNumbersStandInOnePlace(t *testing.T) {
	s := shared(t)
	root, made := os.DirFS("../.."), map[string]*build.Work{}
	for name, in := range map[string]build.Input{
		"wuhan":        {Dir: sample, PriorDir: "data/2025/338"},
		"central":      {Dir: sample, PriorDir: "data/2025/338", Template: ministry},
		"construction": {Dir: "testdata/departments/2026/415"},
		"no orders":    {Dir: "testdata/departments/2026/501"},
		"jiangsu":      {Dir: "testdata/departments/2018/101"},
		"shanghai":     {Dir: "testdata/departments/2025/010"},
	} {
		in.Data = root
		w, err := s.Check(in)
		if err != nil || w.Tree == nil {
			t.Fatal(name, err)
		}
		made[name] = w
	}
	for _, id := range s.PackNames() {
		w, err := s.Gallery(id)
		if err != nil || w.Tree == nil {
			t.Fatal(id, err)
		}
		made["gallery of "+id] = w
	}
	const mm = unit.Length(2835)
	for name, w := range made {
		pages, _ := layout.Lay(w.Tree, s.Fonts.Family)
		places, turned := map[string]string{}, 0
		for i := range pages.Pages {
			p := &pages.Pages[i]
			left, right, top, ok := footer(p)
			if !ok {
				continue
			}
			if p.Turned {
				turned++
			}
			area := p.OnSheet(p.Area)
			if off := top - area.Y - area.H - 7*mm; max(off, -off) > mm/10 {
				t.Errorf("%s: page %s: the number begins %s pt below the text area, want 7 mm", name, p.Label, top-area.Y-area.H)
			}
			at := fmt.Sprintf("%s outer", left)
			switch middle := (left + right) / 2; {
			case max(middle-p.Width/2, p.Width/2-middle) < 5*mm:
				at = fmt.Sprintf("%s middle", middle/10*10)
			case i > 0 && p.Label != "" && (p.Label[len(p.Label)-1]-'0')%2 == 1:
				at = fmt.Sprintf("%s outer", p.Width-right)
			}
			places[fmt.Sprintf("%s, %s above the foot", at, p.Height-top)] = p.Label
		}
		if len(places) != 1 {
			t.Errorf("%s: page numbers at %v", name, places)
		}
		if wide := !strings.Contains(name, "shanghai"); wide != (turned > 0) {
			t.Errorf("%s: %d turned pages", name, turned)
		}
	}
}
