package font_test

import (
	"bytes"
	"slices"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
)

// TestFile: a face gives the file that it came in; of a collection a file of its own that draws the same.
func TestFile(t *testing.T) {
	symbols, serif := read(t, "NotoSansSymbols2-Subset.ttf"), read(t, "YusuanSerifFallback-Regular.ttf")
	alone, err := font.Parse("", symbols)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := alone.File(); err != nil || !bytes.Equal(got, symbols) {
		t.Errorf("%d bytes of %d, %v", len(got), len(symbols), err)
	}
	for _, data := range [][]byte{collection(symbols, serif), collection(symbols)} {
		face, err := font.ParseFace(data, "NotoSansSymbols2-Regular")
		if err != nil {
			t.Fatal(err)
		}
		cut, err := face.File()
		if err != nil {
			t.Fatal(err)
		}
		again, err := font.Parse("", cut)
		if err != nil || len(cut) > len(symbols)+3 {
			t.Fatalf("%d bytes of %d, %v", len(cut), len(symbols), err)
		}
		for _, r := range "⁰₂☑" {
			if a, b := outline(again, again.Glyph(r)), outline(alone, alone.Glyph(r)); again.Glyph(r) != alone.Glyph(r) || again.RuneAdvance(r) != alone.RuneAdvance(r) || !slices.Equal(a.Points, b.Points) {
				t.Errorf("%c is drawn otherwise", r)
			}
		}
	}
	if _, err := font.NewFixed("x", func(rune) int { return 1 }).Pick('a').File(); err == nil {
		t.Error("a face without outlines has a file")
	}
}

// TestFilesOfTheProgram: every face of the program has its file, without being copied.
func TestFilesOfTheProgram(t *testing.T) {
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range l.Faces() {
		face, _ := l.Face(info.Name)
		a, err := face.File()
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := face.File(); len(a) == 0 || &a[0] != &b[0] {
			t.Errorf("%s: the file is copied", info.Name)
		}
	}
}
