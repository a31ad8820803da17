//go:build amd64 || arm64

package pdfium

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"yusuan/internal/testpdfium"
	"yusuan/internal/typeset/unit"
)

// engine is one for all tests, since it takes seconds to compile; its folder stays for the next run.
var once = sync.OnceValues(func() (*Engine, error) { return Start(testpdfium.Cache()) })

func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// within reports whether a length is what it should be, but for a tenth of a point.
func near(got unit.Length, want int) bool {
	d := got - unit.Length(want)*unit.Pt
	return -100 <= d && d <= 100
}

// TestTurned: however the file turns a page and wherever its box begins, letters and rules are where people see them.
func TestTurned(t *testing.T) {
	for _, box := range []string{"/MediaBox[0 0 600 800]", "/MediaBox[-100 50 500 850]", "/MediaBox[-500 -500 2000 2000]/CropBox[10 20 610 820]"} {
		var x, y int
		switch {
		case strings.Contains(box, "Crop"):
			x, y = 10, 20
		case strings.Contains(box, "-100"):
			x, y = -100, 50
		}
		for turn := range 4 {
			// A letter at 100, 700 of the box, a rule that lies from 50 to 550 at 600, one that stands from 100 to 700 at 300.
			d := newDrawing()
			d.page(fmt.Sprintf("%s/Rotate %d", box, 90*turn), "", fmt.Sprintf("1 0 0 1 %d %d cm BT /F1 20 Tf 100 700 Td (H) Tj ET 50 600 m 550 600 l S 299 100 2 600 re f", x, y))
			p := first(t, d.file())
			name := fmt.Sprintf("%s turned %d", box, turn)
			if len(p.Glyphs) != 1 || len(p.Rules) != 2 {
				t.Fatalf("%s: %v %v", name, p.Glyphs, p.Rules)
			}
			w, h := 600, 800
			seen := func(x, y int) (int, int) {
				switch turn {
				case 1:
					return y, x
				case 2:
					return 600 - x, y
				case 3:
					return 800 - y, 600 - x
				}
				return x, 800 - y
			}
			if turn%2 == 1 {
				w, h = 800, 600
			}
			if !near(p.Width, w) || !near(p.Height, h) {
				t.Errorf("%s: %s by %s", name, p.Width, p.Height)
			}
			gx, gy := seen(106, 706) // the middle of the letter, nearly
			g := p.Glyphs[0]
			if g.Rune != 'H' || g.Turned != turn || g.Box.Left > unit.Length(gx)*unit.Pt || g.Box.Right < unit.Length(gx)*unit.Pt || g.Box.Top > unit.Length(gy)*unit.Pt || g.Box.Bottom < unit.Length(gy)*unit.Pt {
				t.Errorf("%s: the letter is %c at %v, turned %d; want it around %d, %d", name, g.Rune, g.Box, g.Turned, gx, gy)
			}
			ox, oy := seen(100, 700)
			if turn%2 == 1 {
				oy = ox
			}
			if !near(g.Baseline, oy) || g.Size < 15*unit.Pt || g.Size > 30*unit.Pt {
				t.Errorf("%s: baseline %s, size %s; want %d", name, g.Baseline, g.Size, oy)
			}
			lx0, ly0 := seen(50, 600)
			lx1, ly1 := seen(550, 600)
			sx0, sy0 := seen(300, 100)
			sx1, sy1 := seen(300, 700)
			for i, want := range [][4]int{{lx0, ly0, lx1, ly1}, {sx0, sy0, sx1, sy1}} {
				if !slices.ContainsFunc(p.Rules, func(r Rule) bool {
					if r.Upright {
						return want[0] == want[2] && near(r.At, want[0]) && near(r.From, min(want[1], want[3])) && near(r.To, max(want[1], want[3]))
					}
					return want[1] == want[3] && near(r.At, want[1]) && near(r.From, min(want[0], want[2])) && near(r.To, max(want[0], want[2]))
				}) {
					t.Errorf("%s: no rule %d at %v in %v", name, i, want, p.Rules)
				}
			}
		}
	}
}

// TestTurnedText: text that itself lies on its side says so.
func TestTurnedText(t *testing.T) {
	for turned, m := range []string{"1 0 0 1", "0 -1 1 0", "-1 0 0 -1", "0 1 -1 0"} {
		d := newDrawing()
		d.page(a4, "", "BT /F1 20 Tf "+m+" 300 400 Tm (HHH) Tj ET")
		p := first(t, d.file())
		for i, g := range p.Glyphs {
			if g.Turned != turned || g.Size < 15*unit.Pt || g.Size > 30*unit.Pt {
				t.Errorf("%s: letter %d is turned %d, size %s, %v", m, i, g.Turned, g.Size, g)
			}
		}
		if len(p.Glyphs) != 3 {
			t.Errorf("%s: %d letters", m, len(p.Glyphs))
		}
	}
}

// TestWhatNobodySees: what lies off the page, is cut away, or is white, is not read; letters drawn invisibly are counted.
func TestWhatNobodySees(t *testing.T) {
	d := newDrawing()
	d.page(a4, "", `BT /F1 20 Tf 100 700 Td (in) Tj ET
BT /F1 20 Tf 700 700 Td (off) Tj ET
q 90 490 200 30 re W n BT /F1 20 Tf 100 500 Td (seen) Tj 0 -100 Td (cut) Tj ET 0 500 m 600 500 l S 0 300 m 600 300 l S Q
1 1 1 RG 50 100 m 550 100 l S 1 1 1 rg 50 110 500 1 re f
BT 3 Tr /F1 20 Tf 100 200 Td (scan) Tj ET`)
	p := first(t, d.file())
	if got := text(p); got != "inseenscan" || p.Hidden != 4 {
		t.Errorf("read %q, %d hidden", got, p.Hidden)
	}
	if len(p.Rules) != 1 || !near(p.Rules[0].From, 90) || !near(p.Rules[0].To, 290) || !near(p.Rules[0].At, 300) {
		t.Errorf("rules %v", p.Rules)
	}
}

// TestNotesOverThePage: texts, stamps and fields that lie over a page are counted, since they are not read; links, marks of
// readers, and what nobody sees are none.
func TestNotesOverThePage(t *testing.T) {
	d := newDrawing()
	notes := ""
	for _, x := range []string{"/FreeText/Contents(12.00)/DA(/F1 9 Tf)", "/Stamp", "/Widget/FT/Tx/T(a)/V(1)", "/Link", "/Highlight/QuadPoints[0 9 9 9 0 0 9 0]", "/Text/Contents(n)",
		"/FreeText/F 2/Contents(x)"} {
		notes += fmt.Sprintf("%d 0 R ", d.add("<</Type/Annot/Rect[10 10 90 30]/Subtype"+x+">>"))
	}
	notes += fmt.Sprintf("%d 0 R ", d.add("<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]>>"))
	d.page(a4+"/Annots["+notes+"]", "", "BT /F1 20 Tf 100 700 Td (in) Tj ET")
	if p := first(t, d.file()); p.Over != 3 || text(p) != "in" {
		t.Errorf("%d notes over the page, want 3; read %q", p.Over, text(p))
	}
}

// TestForms: what a form draws is where its matrix and what holds it put it, cut as it is there.
func TestForms(t *testing.T) {
	d := newDrawing()
	inner := d.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[2 0 0 2 10 10]/Resources<</Font<</F1 3 0 R>>>>",
		"0 50 m 100 50 l S BT /F1 10 Tf 10 20 Td (H) Tj ET q 0 0 40 40 re W n 0 30 m 100 30 l S BT /F1 10 Tf 60 20 Td (X) Tj ET Q 0 90 m 500 90 l S"))
	outer := d.add(stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</I %d 0 R>>>>", inner), "q 1 0 0 1 100 200 cm /I Do Q"))
	d.page(a4, fmt.Sprintf("/XObject<</O %d 0 R>>", outer), "q 1 0 0 1 0 100 cm /O Do Q")
	p := first(t, d.file())
	// A point x, y of the inner form is at 110+2x, 310+2y.
	want := []Rule{{At: 390, From: 110, To: 310}, {At: 430, From: 110, To: 190}, {At: 310, From: 110, To: 310}}
	for _, w := range want {
		if !slices.ContainsFunc(p.Rules, func(r Rule) bool {
			return !r.Upright && near(r.At, int(w.At)) && near(r.From, int(w.From)) && near(r.To, int(w.To))
		}) {
			t.Errorf("no rule at %d from %d to %d in %v", w.At, w.From, w.To, p.Rules)
		}
	}
	if len(p.Rules) != len(want) || text(p) != "H" {
		t.Errorf("rules %v, text %q", p.Rules, text(p))
	}
	if len(p.Glyphs) > 0 && (!near(p.Glyphs[0].Baseline, 450) || p.Glyphs[0].Box.Left < 130*unit.Pt || p.Glyphs[0].Box.Left > 145*unit.Pt) {
		t.Errorf("the letter is at %v", p.Glyphs[0])
	}
}

// TestRules: stroked lines, sides of boxes, thin boxes are rules; thick ones and curves are none.
func TestRules(t *testing.T) {
	count := func(content string) (lying, standing int) {
		d := newDrawing()
		d.page(a4, "", content)
		for _, r := range first(t, d.file()).Rules {
			if r.Upright {
				standing++
			} else {
				lying++
			}
		}
		return
	}
	for _, c := range []struct {
		content         string
		lying, standing int
	}{
		{"10 10 m 100 10 l S", 1, 0},
		{"10 10 m 10 100 l 100 100 l S", 1, 1},
		{"10 10 100 50 re S", 2, 2},
		{"10 10 m 100 10 l 100 60 l 10 60 l s", 2, 2},
		{"10 10 100 2.1 re f", 1, 0},
		{"10 10 100 2.4 re f", 0, 0},
		{"10 10 0.5 100 re f 30 10 100 20 re f", 0, 1},
		{"10 10 m 100 60 l S", 0, 0},
		{"10 10 m 40 10 70 10 100 10 c S", 0, 0},
		{"10 10 100 1 re n", 0, 0},
		{"10 10 100 1 re 10 50 100 1 re f", 2, 0},
		{"10 10 1 1 re f", 1, 1},
	} {
		if l, s := count(c.content); l != c.lying || s != c.standing {
			t.Errorf("%s: %d lie and %d stand, not %d and %d", c.content, l, s, c.lying, c.standing)
		}
	}
}

// TestLetters: letters of two halves, hyphens where lines end, bold ones; glyphs without a letter are told and never guessed.
func TestLetters(t *testing.T) {
	d := newDrawing()
	fonts := d.chinese()
	d.page(a4, fonts, "BT /F1 12 Tf 50 700 Td (2020-) Tj 0 -14 Td (2025) Tj /F2 12 Tf 0 -30 Td "+codes("预算")+" Tj ET")
	p := first(t, d.file())
	if got := text(p); got != "2020-2025预算" {
		t.Errorf("read %q", got)
	}
	for _, g := range p.Glyphs {
		if bold := g.Rune > 0x80; g.Bold != bold {
			t.Errorf("%c is bold: %t", g.Rune, g.Bold)
		}
	}
	d = newDrawing()
	d.chinese()
	for n, o := range d.objects {
		d.objects[n] = strings.ReplaceAll(o, "/ToUnicode", "/Nothing")
	}
	d.page(a4, fonts, "BT /F2 12 Tf 50 700 Td "+codes("预算12")+" Tj ET")
	if p = first(t, d.file()); p.Unmapped != len(p.Glyphs) || strings.Trim(text(p), "\uFFFD") != "" || len(p.Glyphs) == 0 {
		t.Errorf("of %d glyphs %d have no letter, read as %q", len(p.Glyphs), p.Unmapped, text(p))
	}
}

// TestPicture: a page as it is seen, in the pixels asked for.
func TestPicture(t *testing.T) {
	d := newDrawing()
	d.page("/MediaBox[0 0 100 200]/Rotate 90", "", "1 0 0 rg 0 0 10 10 re f") // the lower left corner is seen at the upper left
	raw, err := open(t, d.file()).Picture(1, 72)
	if err != nil {
		t.Fatal(err)
	}
	m := picture(t, raw)
	if b := m.Bounds(); b.Dx() != 200 || b.Dy() != 100 {
		t.Fatalf("the picture is %v", b)
	}
	if r, g, _, _ := m.At(5, 5).RGBA(); r>>8 < 200 || g>>8 > 60 {
		t.Errorf("the corner is %v", m.At(5, 5))
	}
	if r, g, b, _ := m.At(100, 50).RGBA(); r>>8 != 255 || g>>8 != 255 || b>>8 != 255 {
		t.Errorf("the paper is %v", m.At(100, 50))
	}
}
