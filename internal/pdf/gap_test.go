package pdf

import (
	"math"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// gapped is a line with gaps between Han and Latin, within a face and between faces, wider and less wide, and with blanks.
func gapped(t testing.TB) *page.Document {
	b := newBuilder(t)
	b.page(unit.A4Width, unit.A4Height, "1")
	elem := b.elem(page.Elem{Kind: page.KindP})
	b.text("仿宋", 16000, 60000, 100000, 0, elem, "在2026年，预算共28万元 其")
	p := &b.d.Pages[0]
	gaps := map[rune]unit.Length{'在': 4000, '6': 5500, '共': 2000, '8': 600, '预': 3000, ' ': 4000}
	x := p.Texts[0].X
	for i := range p.Texts {
		item := &p.Texts[i]
		item.X = x
		for k, r := range []rune(item.Text) {
			item.Advances[k] += gaps[r]
			x += item.Advances[k]
		}
	}
	return b.d
}

// TestGapsAreNoBlanks holds that glyphs of a line end where the next begin, but for less than readers take for a blank; that
// blanks keep their width; and that what needs no other width has its own.
func TestGapsAreNoBlanks(t *testing.T) {
	d := gapped(t)
	file := write(t, d)
	CheckShown(t, d, file)
	p := parseFile(t, file)
	fonts := p.fonts()
	var glyphs []glyphAt
	for _, s := range p.interpret(p.streams[ref(t, p.objects[p.pages()[0]], "Contents")], fonts) {
		glyphs = append(glyphs, s.glyphs...)
	}
	own := map[string]float64{"在": 1, "6": 0.5, "共": 1, "8": 0.5, "预": 1}
	for i, g := range glyphs[:len(glyphs)-1] {
		width := float64(fonts[g.font].width(g.cid)) / 1000
		if gap := (glyphs[i+1].x-g.x)/g.size - width; math.Abs(gap) > 0.01 && g.text != " " {
			t.Errorf("%.3f em of blank stand behind %s", gap, g.text)
		}
		switch least, widened := own[g.text]; {
		case g.text == " " && width > 0.3:
			t.Errorf("a blank is %.3f em wide", width)
		case widened && width <= least:
			t.Errorf("%s is %.3f em wide: nothing was tried", g.text, width)
		}
	}
	used := 0
	for _, f := range fonts {
		for _, text := range f.unicode {
			if text == "2" {
				used++
			}
		}
	}
	if used != 1 {
		t.Errorf("a character that no gap follows has %d ids", used)
	}
}
