package raster

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

func family(t testing.TB, role string) *font.Family {
	t.Helper()
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	f, ok := l.Family(role)
	if !ok {
		t.Fatalf("no role %s", role)
	}
	return f
}

// glyphPage is a page of one em with one character in it, its baseline at 880 of 1000.
func glyphPage(t testing.TB, role string, r rune, em unit.Length) *page.Page {
	t.Helper()
	face := family(t, role).Pick(r)
	if face == nil {
		t.Fatalf("%s has no %c", role, r)
	}
	return &page.Page{Width: em, Height: em, Texts: []page.Text{{
		Y: em.Milli(880), Face: face, Size: em, Text: string(r), Advances: []unit.Length{em},
	}}}
}

func draw(t testing.TB, p *page.Page, dpi int) *image.Gray {
	t.Helper()
	img, err := New(dpi).Image(p)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// art shows an image as characters: # for black, + for grey.
func art(img *image.Gray) string {
	var b bytes.Buffer
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			b.WriteByte(" .+#"[3-img.GrayAt(x, y).Y/64])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestGlyphs draws glyphs small enough to be read here. A change of the drawing shows as a change of the picture.
func TestGlyphs(t *testing.T) {
	for _, c := range []struct {
		role string
		char rune
		want string
	}{
		{"黑体", '三', "" +
			"                \n" +
			"                \n" +
			"  ############  \n" +
			"  ++++++++++++  \n" +
			"                \n" +
			"                \n" +
			"                \n" +
			"   #########+   \n" +
			"   #########+   \n" +
			"                \n" +
			"                \n" +
			"                \n" +
			"  ............  \n" +
			" ############## \n" +
			" .............. \n" +
			"                \n"},
		{"宋体", '8', "" +
			"                \n" +
			"                \n" +
			"                \n" +
			"  .++.          \n" +
			" ++  #+         \n" +
			" #.  .#         \n" +
			" #.  .#         \n" +
			" ++  ++         \n" +
			"  ####          \n" +
			" #.  .#         \n" +
			".#    #.        \n" +
			".#    #.        \n" +
			" #   .#         \n" +
			" .#++#.         \n" +
			"                \n" +
			"                \n"},
	} {
		if got := art(draw(t, glyphPage(t, c.role, c.char, 16000), 72)); got != c.want {
			t.Errorf("%s %c:\n%s", c.role, c.char, got)
		}
	}
}

// TestInkStandsAtItsBearing holds that a glyph's ink begins as far from its origin as the left side bearing says, to the
// right or to the left of it, and ends as far as the shape is wide.
func TestInkStandsAtItsBearing(t *testing.T) {
	const size, origin = 100, 40 // pixels
	for _, c := range []struct {
		role  string
		chars string
	}{{"宋体", "一jf1）μ“⁻"}, {"仿宋", "一j）％₂"}, {"黑体", "1jΔ）"}, {"楷体", "一，⁰"}} {
		for _, r := range c.chars {
			p := glyphPage(t, c.role, r, size*1000)
			p.Width, p.Height = 2*p.Width, 2*p.Height // tails below the em, and what sticks out of it
			p.Texts[0].X = origin * 1000
			face, o := p.Texts[0].Face, font.Outline{}
			face.AppendOutline(&o, face.Glyph(r))
			left, right := float64(o.Points[0].X), float64(o.Points[0].X)
			for _, q := range o.Points {
				left, right = min(left, float64(q.X)), max(right, float64(q.X))
			}
			em := float64(face.Metrics().UnitsPerEm)
			img := draw(t, p, 72)
			first, last := -1, -1
			for x := range img.Rect.Dx() {
				for y := range img.Rect.Dy() {
					if img.GrayAt(x, y).Y < 192 {
						last = x
						if first < 0 {
							first = x
						}
					}
				}
			}
			if want := origin + left*size/em; float64(first) < want-1.5 || float64(first) > want+2 {
				t.Errorf("%s: the ink of %c begins at %d, its bearing says %.1f", c.role, r, first, want)
			}
			if want := origin + right*size/em; float64(last) < want-3 || float64(last) > want+1.5 {
				t.Errorf("%s: the ink of %c ends at %d, its shape at %.1f", c.role, r, last, want)
			}
		}
	}
}

// TestRareCharacterHasInk holds that glyphs beyond the basic plane are drawn, and drawn as different shapes.
func TestRareCharacterHasInk(t *testing.T) {
	seen := map[string]rune{}
	for _, r := range "预𬭎𬱟𫚭" {
		img := draw(t, glyphPage(t, "仿宋", r, 40000), 100)
		ink := 0
		for _, v := range img.Pix {
			ink += 255 - int(v)
		}
		share := float64(ink) / float64(255*len(img.Pix))
		if share < 0.05 || share > 0.6 {
			t.Errorf("%c covers %.2f of its em", r, share)
		}
		if other, ok := seen[string(img.Pix)]; ok {
			t.Errorf("%c looks like %c", r, other)
		}
		seen[string(img.Pix)] = r
	}
}

// TestStroke measures a glyph against its outline: the dash of FandolFang is a bar over the full em.
func TestStroke(t *testing.T) {
	p := glyphPage(t, "仿宋", '—', 100000)
	img := draw(t, p, 72)
	var o font.Outline
	face := p.Texts[0].Face
	face.AppendOutline(&o, face.Glyph('—'))
	lo, hi := o.Points[0].Y, o.Points[0].Y
	for _, q := range o.Points {
		lo, hi = min(lo, q.Y), max(hi, q.Y)
	}
	ink := 0
	for y := range img.Rect.Dy() {
		ink += 255 - int(img.GrayAt(50, y).Y)
	}
	if got, want := float64(ink)/255, float64(hi-lo)/10; got < want-0.1 || got > want+0.1 {
		t.Errorf("the dash is %.2f px thick, want %.2f", got, want)
	}
	middle := 88 - int(lo+hi)/20
	for _, x := range []int{0, 1, 98, 99} {
		if v := img.GrayAt(x, middle).Y; v > 8 {
			t.Errorf("the dash is %d at x=%d", v, x)
		}
	}
}

func TestRulesAreCrisp(t *testing.T) {
	p := &page.Page{Width: 100000, Height: 100000, Rules: []page.Rule{
		{X: 10300, Y: 20400, W: 50000, H: 500}, {X: 10300, Y: 20400, W: 500, H: 50000}, {X: 90000, Y: 90000, W: 50000, H: 50000},
	}}
	img := draw(t, p, 72)
	for _, v := range img.Pix {
		if v != 0 && v != 255 {
			t.Fatalf("a rule is grey: %d", v)
		}
	}
	for _, c := range []struct {
		x, y int
		want uint8
	}{{10, 20, 0}, {59, 20, 0}, {60, 20, 255}, {30, 19, 255}, {30, 21, 255}, {10, 69, 0}, {10, 70, 255}, {95, 95, 0}, {99, 99, 0}} {
		if got := img.GrayAt(c.x, c.y).Y; got != c.want {
			t.Errorf("pixel %d,%d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

// TestRulesMeet draws a frame at places and widths that no pixel fits: its upright rules end within those across.
func TestRulesMeet(t *testing.T) {
	for at := unit.Length(10000); at < 12000; at += 130 {
		for wide := unit.Length(400); wide < 2500; wide += 170 {
			p := &page.Page{Width: 50000, Height: 50000, Rules: []page.Rule{
				{X: 5000, Y: at + 20000 - wide, W: 30000, H: wide}, {X: 20000, Y: at, W: 700, H: 20000},
			}}
			across := draw(t, &page.Page{Width: 50000, Height: 50000, Rules: p.Rules[:1]}, 80)
			img := draw(t, p, 80)
			for y := 20; y < img.Rect.Dy(); y++ {
				if img.GrayAt(22, y).Y == 0 && img.GrayAt(22, y-1).Y == 0 && across.GrayAt(10, y-1).Y == 0 && across.GrayAt(10, y).Y != 0 {
					t.Fatalf("at %s a rule of %s is crossed, not met", at, wide)
				}
			}
		}
	}
}

// TestTurned wants turned matter to look like the same matter upright, held 90° counter-clockwise, and the page number
// to stay upright.
func TestTurned(t *testing.T) {
	matter := glyphPage(t, "黑体", '算', 40000)
	matter.Width, matter.Height = 100000, 60000
	matter.Rules = []page.Rule{{X: 5000, Y: 50000, W: 70000, H: 1000}}
	number := glyphPage(t, "黑体", '一', 10000)
	number.Width, number.Height = 60000, 100000
	turned := &page.Page{Width: 60000, Height: 100000, Turned: true, Rules: matter.Rules}
	turned.Texts = append(append(turned.Texts, matter.Texts...), number.Texts...)
	turned.Texts[1].Upright = true
	got, want, over := draw(t, turned, 144), draw(t, matter, 144), draw(t, number, 144)
	if got.Rect != over.Rect {
		t.Fatalf("the sheet is %v", got.Rect)
	}
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			w := min(want.GrayAt(got.Rect.Dy()-1-y, x).Y, over.GrayAt(x, y).Y)
			if g := got.GrayAt(x, y).Y; g != w {
				t.Fatalf("pixel %d,%d is %d, want %d", x, y, g, w)
			}
		}
	}
}

func TestPNG(t *testing.T) {
	p := glyphPage(t, "黑体", '算', 100000)
	p.Width = unit.A4Width
	var first bytes.Buffer
	for i := range 2 {
		var b bytes.Buffer
		if err := PNG(p, 100, &b); err != nil {
			t.Fatal(err)
		}
		if i == 1 && !bytes.Equal(b.Bytes(), first.Bytes()) {
			t.Error("the same page gives another image")
		}
		first = b
	}
	img, err := png.Decode(&first)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got != image.Pt(827, 139) {
		t.Errorf("A4 by 100 pt at 100 dpi is %v", got)
	}
}

func TestRefusals(t *testing.T) {
	for _, dpi := range []int{0, -1, 5000} {
		if err := PNG(glyphPage(t, "黑体", '算', 100000), dpi, new(bytes.Buffer)); err == nil {
			t.Errorf("%d dpi were accepted", dpi)
		}
	}
	p := glyphPage(t, "黑体", '算', 100000)
	p.Texts[0].Advances = nil
	if err := PNG(p, 100, new(bytes.Buffer)); err == nil {
		t.Error("text without advances was drawn")
	}
	p = glyphPage(t, "黑体", '算', 100000)
	p.Texts[0].Face = font.NewFixed("x", func(rune) int { return 1000 }).Pick('x')
	if err := PNG(p, 100, new(bytes.Buffer)); err == nil {
		t.Error("a face without outlines was drawn")
	}
}
