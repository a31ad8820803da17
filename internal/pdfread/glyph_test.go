package pdfread

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// fontsOf are the fonts of a document by name.
func fontsOf(t *testing.T, raw []byte) map[string]*shown.Font {
	t.Helper()
	f, err := Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*shown.Font{}
	for i := range pages {
		items, err := f.Items(i)
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
		for code := range x.Texts {
			if how := x.Draws(code, y); how != shown.DrawnAlike {
				t.Errorf("%s %q: %d", name, x.Text(code), how)
			}
			compared++
		}
		for code := range y.Texts {
			if _, has := narrowest(x)[y.Text(code)]; !has && y.Draws(code, x) != shown.NotDrawn {
				t.Errorf("%s %q is drawn by a font that does not have it", name, y.Text(code))
			}
		}
	}
	if compared < 8 {
		t.Fatalf("%d characters", compared)
	}
	for what, change := range map[string]func(*shown.Font){
		"exchanged glyphs": func(f *shown.Font) {
			n := len(f.Texts) + 1
			f.Glyphs = make([]byte, 2*n+2)
			for c := range n {
				f.Glyphs[2*c+1] = byte((c + 1) % n)
			}
		},
		"an outline": func(f *shown.Font) {
			f.Program = slices.Clone(f.Program)
			glyf := tableOf(f.Program, "glyf")
			for i := 20; i < len(glyf); i += 30 {
				glyf[i] ^= 0x10
			}
		},
		"bearings": func(f *shown.Font) {
			f.Program = slices.Clone(f.Program)
			hmtx := tableOf(f.Program, "hmtx")
			for i := 3; i < len(hmtx); i += 4 {
				hmtx[i] ^= 0x10
			}
		},
		"widths":        func(f *shown.Font) { f.Widths, f.Else = nil, 7 },
		"another table": func(f *shown.Font) { f.Program = append(slices.Clone(f.Program), 0); copy(f.Program[12:], "fpgm") },
		"no program":    func(f *shown.Font) { f.Program = nil },
	} {
		bad := fontsOf(t, one)
		for name, x := range bad {
			change(x)
			alike := true
			for code := range x.Texts {
				alike = alike && x.Draws(code, a[name]) == shown.DrawnAlike
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
	for by, want := range map[int64]shown.Drawn{0: shown.DrawnAlike, 250: shown.DrawnAlike, 801: shown.DrawnOtherwise, -1: shown.DrawnOtherwise} {
		for name, f := range fontsOf(t, one) {
			for _, code := range narrowest(f) { // as wide as they are
				f.Widths[code] = f.Width(code) + by
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
		want shown.Drawn
	}{"as written": {-1, shown.DrawnAlike}, "another glyph": {13, shown.DrawnOtherwise}, "moved right": {14, shown.DrawnOtherwise}, "moved up": {15, shown.DrawnOtherwise},
		"other bounds": {5, shown.DrawnOtherwise}, "other flags": {11, shown.DrawnOtherwise}} {
		f := ofFace(fontsOf(t, raw), first.Face)
		wide := 0
		for code, text := range f.Texts {
			if text == first.Text && f.Width(code) > 1000 {
				wide = code
			}
		}
		f.Program = slices.Clone(f.Program)
		record := glyphOf(f.Program, wide)
		if wide == 0 || len(record) != 16 {
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

// narrowest are the codes of texts, of several for one that of the narrowest glyph.
func narrowest(f *shown.Font) map[string]int {
	out := map[string]int{}
	for code, text := range f.Texts {
		if old, ok := out[text]; !ok || f.Width(code) < f.Width(old) {
			out[text] = code
		}
	}
	return out
}

// tableOf is a table of a font program.
func tableOf(program []byte, name string) []byte {
	for at := 12; ; at += 16 {
		if string(program[at:at+4]) == name {
			from := binary.BigEndian.Uint32(program[at+8:])
			return program[from : from+binary.BigEndian.Uint32(program[at+12:])]
		}
	}
}

// glyphOf is the outline of a glyph.
func glyphOf(program []byte, glyph int) []byte {
	loca := tableOf(program, "loca")
	at := func(g int) int {
		if binary.BigEndian.Uint16(tableOf(program, "head")[50:]) != 0 {
			return int(binary.BigEndian.Uint32(loca[4*g:]))
		}
		return 2 * int(binary.BigEndian.Uint16(loca[2*g:]))
	}
	return tableOf(program, "glyf")[at(glyph):at(glyph+1)]
}

// ofFace is the font that is a subset of a face.
func ofFace(fonts map[string]*shown.Font, face *font.Face) *shown.Font {
	for name, f := range fonts {
		if strings.HasSuffix(name, face.Name()) {
			return f
		}
	}
	return nil
}
