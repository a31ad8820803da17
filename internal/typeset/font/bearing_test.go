package font_test

import (
	"encoding/binary"
	"slices"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
)

// leftmost is the lowest x of a glyph's points, and whether it has any.
func leftmost(o font.Outline) (x int32, ink bool) {
	for i, p := range o.Points {
		if i == 0 || p.X < x {
			x = p.X
		}
	}
	return x, len(o.Points) > 0
}

// TestBearingIsCarried holds that a subset states for each glyph, those of pieces too, the left side bearing that it is
// drawn with. Readers move a glyph until its bearing is the stated one: with another, or none, letters would run together.
func TestBearingIsCarried(t *testing.T) {
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"LiberationSerif":             "AVjf0123µμΔ(“)/|ŵ",
		"FandolFang-Regular":          "预一鑫）（。，％",
		"NotoSerifSC-Regular":         "预一鑫）（\U0002CB4E",
		"NotoSansSC-Medium":           "预一鑫jf1）（",
		"GBZenKai-Medium":             "预一鑫い）（",
		"YusuanSerifFallback-Regular": "⁰₂⁻あ",
		"YusuanKaiFallback":           "𠙶龢",
	} {
		face, ok := l.Face(name)
		if !ok {
			t.Fatalf("no face %s", name)
		}
		pieces := face.Pieces()
		pieces = pieces[:min(2, len(pieces))]
		order := []font.GlyphID{0}
		for _, p := range pieces {
			for _, r := range p.Runes {
				order = append(order, face.Glyph(r))
			}
		}
		var rest []font.GlyphID
		for _, r := range text {
			if g := face.Glyph(r); g != 0 {
				rest = append(rest, g)
			}
		}
		order = append(order, rest...)
		data, _ := face.AppendSubset(nil, pieces, rest)
		hmtx, indented := metrics(data), 0
		for i, g := range order {
			want, ink := leftmost(outline(face, g))
			got := int32(int16(binary.BigEndian.Uint16(hmtx[4*i+2:])))
			if ink && got != want {
				t.Errorf("%s: glyph %d begins %d right of its origin, the file says %d", name, g, want, got)
			}
			if want != 0 {
				indented++
			}
		}
		if indented < 3 {
			t.Errorf("%s: %d glyphs stand apart from their origin; nothing was tried", name, indented)
		}
	}
}

// metrics is the table hmtx of a subset, whose pieces are not yet in it: it stands by its distance from the end.
func metrics(data []byte) []byte {
	var file, missing uint32
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := range n {
		rec := data[12+16*i:]
		file = max(file, binary.BigEndian.Uint32(rec[8:])+(binary.BigEndian.Uint32(rec[12:])+3)&^3)
	}
	missing = file - uint32(len(data))
	for i := range n {
		if rec := data[12+16*i:]; string(rec[:4]) == "hmtx" {
			return data[binary.BigEndian.Uint32(rec[8:])-missing:]
		}
	}
	return nil
}

// TestBearingDecides holds that a glyph stands where its font's bearing says, not where its points happen to lie: so it
// is printed by the readers of PDF, so it must be drawn on the screen, and so it must be in a subset.
func TestBearingDecides(t *testing.T) {
	const file, move = "LiberationSerif-Regular.ttf", 200
	plain := parse(t, file)
	for _, r := range "AÀ" { // a simple glyph and one of parts
		g := plain.Glyph(r)
		at := 4*int(g) + 2
		was := int16(binary.BigEndian.Uint16(table(read(t, file), "hmtx")[at:]))
		moved, err := font.Parse("", patched(t, file, "hmtx", at, byte((was+move)>>8), byte(was+move)))
		if err != nil {
			t.Fatal(err)
		}
		want := outline(plain, g)
		for i := range want.Points {
			want.Points[i].X += move
		}
		if got := outline(moved, g); !slices.Equal(got.Points, want.Points) {
			t.Errorf("%c is drawn at %v, want %v", r, got.Points[0], want.Points[0])
		}
		sub, err := font.Parse("", withCmap(subset(moved, []font.GlyphID{g})))
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(sub, 1); !slices.Equal(got.Points, want.Points) {
			t.Errorf("%c of a subset is drawn at %v, want %v", r, got.Points[0], want.Points[0])
		}
	}
}
