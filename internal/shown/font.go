package shown

import "encoding/binary"

// Font is a font as the pages use it.
type Font struct {
	Name      string // PostScript name without the tag of a subset
	Composite bool   // codes of two bytes
	Program   []byte // the embedded font file
	Texts     map[int]string
	Glyphs    []byte        // of the codes, two bytes each; nil when glyphs go by their codes
	Widths    map[int]int64 // thousandths of an em
	Else      int64         // the width of codes without one
	Foreign   []string      // what it has that this program never writes

	pairs    map[pair]int32 // of NewPaired
	prepared bool
	outlines *outlines
	codes    map[string]int // the reverse of Texts; of several codes for a text the one of the narrowest glyph
}

// NewFont is a font whose program draws the n-th of some texts by its n-th glyph, counted from 1, so many thousandths of an em
// wide: to hold the fonts of a file against.
func NewFont(name string, program []byte, texts []string, widths []int) *Font {
	f := &Font{Name: name, Composite: true, Program: program, Texts: map[int]string{}, Widths: map[int]int64{}}
	for i, text := range texts {
		f.Texts[i+1], f.Widths[i+1] = text, int64(widths[i])
	}
	return f
}

// Text is what a code stands for, U+FFFD when the font does not tell.
func (f *Font) Text(code int) string {
	if s, ok := f.Texts[code]; ok {
		return s
	}
	if !f.Composite && code < 0x80 {
		return string(rune(code))
	}
	return "\uFFFD"
}

// Width is the advance of a code in thousandths of an em.
func (f *Font) Width(code int) int64 {
	if w, ok := f.Widths[code]; ok {
		return w
	}
	return f.Else
}

// pair is a glyph and the text that it stands for.
type pair struct {
	glyph int
	text  string
}

// NewPaired is a font of a format whose pages name glyphs and texts side by side: Learn makes codes of the two.
func NewPaired(name string, program []byte) *Font {
	return &Font{Name: name, Composite: true, Program: program, Texts: map[int]string{}, Glyphs: []byte{0, 0}, Widths: map[int]int64{},
		Else: 1000, pairs: map[pair]int32{}}
}

// Learn takes in that a glyph stands for a text, and returns the code of the two.
func (f *Font) Learn(glyph int, text string) int32 {
	f.prepare()
	p := pair{glyph, text}
	if code, known := f.pairs[p]; known {
		return code
	}
	code := len(f.Glyphs) / 2
	f.pairs[p] = int32(code)
	f.Glyphs = binary.BigEndian.AppendUint16(f.Glyphs, uint16(glyph))
	f.Texts[code] = text
	if width, ok := f.advance(glyph); ok {
		f.Widths[code] = width
	}
	f.reverse(code, text)
	return int32(code)
}

// Pairs is how many codes have been learnt.
func (f *Font) Pairs() int { return len(f.pairs) }
