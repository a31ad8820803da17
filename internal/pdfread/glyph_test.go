package pdfread

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// fontsOf are the fonts of a document by name.
func fontsOf(t *testing.T, raw []byte) map[string]*Font {
	t.Helper()
	f, err := Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Font{}
	for i := range pages {
		items, err := f.Items(&pages[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range items.Runs {
			out[r.Font.Name] = r.Font
		}
	}
	return out
}

// TestDraws: subsets of one face draw a character alike whatever else they hold; exchanged glyphs, outlines that were
// touched, other widths and other tables are told.
func TestDraws(t *testing.T) {
	d := document(t)
	one := write(t, d)
	more := document(t)
	last := more.Pages[1]
	for i := range last.Texts { // the same characters, others before them
		x := last.Texts[i]
		x.Text = string([]rune("9876543210")[i%10])
		more.Pages[0].Texts = append(slices.Clone(more.Pages[0].Texts), x)
	}
	a, b := fontsOf(t, one), fontsOf(t, write(t, more))
	compared := 0
	for name, x := range a {
		y := b[name]
		if y == nil {
			t.Fatalf("no font %s", name)
		}
		for code := range x.toUnicode {
			if how := x.Draws(code, y); how != DrawnAlike {
				t.Errorf("%s %q: %d", name, x.Text(code), how)
			}
			compared++
		}
		for code := range y.toUnicode {
			if _, has := x.codes[y.Text(code)]; !has && y.Draws(code, x) != NotDrawn {
				t.Errorf("%s %q is drawn by a font that does not have it", name, y.Text(code))
			}
		}
	}
	if compared < 8 {
		t.Fatalf("%d characters", compared)
	}
	for what, change := range map[string]func(*Font){
		"exchanged glyphs": func(f *Font) {
			n := len(f.toUnicode) + 1
			f.toGlyph = make([]byte, 2*n+2)
			for c := range n {
				f.toGlyph[2*c+1] = byte((c + 1) % n)
			}
		},
		"an outline": func(f *Font) {
			f.Program = slices.Clone(f.Program)
			o := readOutlines(f.Program)
			for i := 20; i < len(o.glyf); i += 30 {
				o.glyf[i] ^= 0x10
			}
		},
		"bearings": func(f *Font) {
			f.Program = slices.Clone(f.Program)
			o := readOutlines(f.Program)
			for i := 3; i < len(o.hmtx); i += 4 {
				o.hmtx[i] ^= 0x10
			}
		},
		"widths":        func(f *Font) { f.widths, f.width = nil, 7 },
		"another table": func(f *Font) { f.Program = append(slices.Clone(f.Program), 0); copy(f.Program[12:], "fpgm") },
		"no program":    func(f *Font) { f.Program = nil },
	} {
		bad := fontsOf(t, one)
		for name, x := range bad {
			change(x)
			alike := true
			for code := range x.toUnicode {
				alike = alike && x.Draws(code, a[name]) == DrawnAlike
			}
			if alike {
				t.Errorf("%s: %s draws alike", what, name)
			}
		}
	}
}

// TestDrawsWider: a glyph may be wider than is its own by a gap between Han and Latin, and by no more; it is never narrower.
func TestDrawsWider(t *testing.T) {
	one := write(t, document(t))
	own := fontsOf(t, one)
	for by, want := range map[int64]Drawn{0: DrawnAlike, 250: DrawnAlike, mostGap + 1: DrawnOtherwise, -1: DrawnOtherwise} {
		for name, f := range fontsOf(t, one) {
			f.prepare()
			for _, code := range f.codes { // as wide as they are
				f.widths[code] = f.Width(code) + by
				if how := f.Draws(code, own[name]); how != want {
					t.Errorf("%s %q, wider by %d: %d", name, f.Text(code), by, how)
				}
			}
		}
	}
}

// TestDrawsCopies: a wider glyph that is drawn by reference to another draws what that draws; one that refers to another glyph,
// or moves it, does not.
func TestDrawsCopies(t *testing.T) {
	d := document(t)
	first := d.Pages[0].Texts[0]
	first.Advances = []unit.Length{first.Advances[0] + 4000} // a quarter of an em
	d.Pages[0].Texts = append(slices.Clone(d.Pages[0].Texts), first)
	raw, plain := write(t, d), fontsOf(t, write(t, document(t)))
	for what, c := range map[string]struct {
		at   int // in the record of the copy
		want Drawn
	}{"as written": {-1, DrawnAlike}, "another glyph": {13, DrawnOtherwise}, "moved right": {14, DrawnOtherwise}, "moved up": {15, DrawnOtherwise},
		"other bounds": {5, DrawnOtherwise}, "other flags": {11, DrawnOtherwise}} {
		f := ofFace(fontsOf(t, raw), first.Face)
		wide := 0
		for code, text := range f.toUnicode {
			if text == first.Text && f.Width(code) > 1000 {
				wide = code
			}
		}
		f.Program = slices.Clone(f.Program)
		o := readOutlines(f.Program)
		record, ok := o.glyph(f.gid(wide))
		if wide == 0 || !ok || len(record) != 16 {
			t.Fatalf("%s: no copy of %q: glyph %d of %d bytes", f.Name, first.Text, wide, len(record))
		}
		if c.at >= 0 {
			record[c.at] ^= 1
		}
		if how := f.Draws(wide, ofFace(plain, first.Face)); how != c.want {
			t.Errorf("%s: %d", what, how)
		}
	}
}

// ofFace is the font that is a subset of a face.
func ofFace(fonts map[string]*Font, face *font.Face) *Font {
	for name, f := range fonts {
		if strings.HasSuffix(name, face.Name()) {
			return f
		}
	}
	return nil
}
