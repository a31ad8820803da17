package font_test

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
)

// whole is a font file with its pieces.
func whole(f *font.Face, pieces []*font.Piece, glyphs []font.GlyphID, runes []rune) []byte {
	file, split := f.AppendArchived(nil, pieces, glyphs, runes)
	out := slices.Clone(file[:split])
	for _, p := range pieces {
		out = append(out, p.Data()...)
	}
	return append(out, file[split:]...)
}

// TestArchivedSubset: a subset for archives is a font by itself, which draws its characters, those of pieces among them, as the
// face does, with the same widths, and leaves nothing where it is to.
func TestArchivedSubset(t *testing.T) {
	for _, face := range archivedFaces(t) {
		runes := slices.DeleteFunc([]rune("%Aé—“（一丁七鑫淼𫚭𬭎"), func(r rune) bool { return face.Glyph(r) == 0 })
		slices.Sort(runes)
		var glyphs []font.GlyphID
		for _, r := range runes {
			glyphs = append(glyphs, face.Glyph(r))
		}
		pieces := face.Pieces()
		pieces = pieces[:min(2, len(pieces))]
		for _, p := range pieces {
			runes = slices.DeleteFunc(runes, func(r rune) bool { return slices.Contains(p.Runes, r) })
		}
		glyphs = glyphs[:0]
		for _, r := range runes {
			glyphs = append(glyphs, face.Glyph(r))
		}
		all := slices.Clone(runes)
		for _, p := range pieces {
			all = append(all, p.Runes...)
		}
		sub, err := font.Parse("", whole(face, pieces, append(glyphs, font.Blank), append(runes, 0)))
		if err != nil {
			t.Fatalf("%s: %v", face.Name(), err)
		}
		for _, r := range all {
			want, got := outline(face, face.Glyph(r)), outline(sub, sub.Glyph(r))
			if sub.Glyph(r) == 0 || !reflect.DeepEqual(got, want) || sub.RuneAdvance(r) != face.RuneAdvance(r) {
				t.Fatalf("%s: %c is another in the subset", face.Name(), r)
			}
		}
		blank := font.GlyphID(len(glyphs) + 1)
		for _, p := range pieces {
			blank += font.GlyphID(len(p.Runes))
		}
		if o := outline(sub, blank); len(o.Points) > 0 {
			t.Errorf("%s: the blank glyph has ink", face.Name())
		}
		if sub.Glyph('鼙') != 0 || sub.Glyph(0) != 0 {
			t.Errorf("%s: the subset has what it was not given", face.Name())
		}
		if got, want := sub.Metrics(), face.Metrics(); got.Weight != want.Weight || got.Ascent != want.Ascent || got.ItalicAngle != want.ItalicAngle {
			t.Errorf("%s: %+v, not %+v", face.Name(), got, want)
		}
	}
}

func archivedFaces(t *testing.T) (out []*font.Face) {
	t.Helper()
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range l.Faces() {
		f, ok := l.Face(i.Name)
		if !ok {
			t.Fatalf("no face %s", i.Name)
		}
		out = append(out, f)
	}
	return out
}

// TestNamesOfASubset: what is said about a font at length is not carried.
func TestNamesOfASubset(t *testing.T) {
	for _, f := range archivedFaces(t) {
		sub := whole(f, nil, []font.GlyphID{f.Glyph('1')}, []rune{'1'})
		again, err := font.Parse("", sub)
		if err != nil {
			t.Fatal(err)
		}
		if size := tableSize(sub, "name"); size > 1500 || tableSize(sub, "OS/2") < 78 || tableSize(sub, "post") != 32 || again.Name() == "Unnamed" {
			t.Errorf("%s: names of %d bytes, OS/2 of %d, post of %d, called %s", f.Name(), size, tableSize(sub, "OS/2"), tableSize(sub, "post"), again.Name())
		}
	}
}

// tableSize is the length of a table, 0 for one that is not there.
func tableSize(file []byte, tag string) int {
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		if rec := file[12+16*i:]; string(rec[:4]) == tag {
			return int(binary.BigEndian.Uint32(rec[12:]))
		}
	}
	return 0
}

// TestFaceWithoutOS2: archives want the table of a face that has none, too.
func TestFaceWithoutOS2(t *testing.T) {
	f, err := font.Parse("", bytes.Replace(read(t, "LiberationSerif-Regular.ttf"), []byte("OS/2"), []byte("OS/1"), 1))
	if err != nil {
		t.Fatal(err)
	}
	sub := whole(f, nil, []font.GlyphID{f.Glyph('1')}, []rune{'1'})
	again, err := font.Parse("", sub)
	if err != nil || tableSize(sub, "OS/2") != 78 {
		t.Fatalf("OS/2 of %d bytes, %v", tableSize(sub, "OS/2"), err)
	}
	if m := again.Metrics(); m.FSType != 0 || m.Weight != 400 {
		t.Errorf("%+v", m)
	}
}
