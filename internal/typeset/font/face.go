package font

// Face is one TrueType font, read-only after Parse.
type Face struct {
	name   string
	glyphs func(rune) GlyphID
	widths func(GlyphID) int
}

// Name is the PostScript name of the font.
func (f *Face) Name() string { return f.name }

// Glyph returns the glyph that draws r, 0 when the face has none.
func (f *Face) Glyph(r rune) GlyphID { return f.glyphs(r) }

// Advance is the width of a glyph in thousandths of an em, rounded.
func (f *Face) Advance(g GlyphID) int { return f.widths(g) }

// RuneAdvance is the width of the glyph that draws r in thousandths of an em, 0 when the face has none.
func (f *Face) RuneAdvance(r rune) int {
	if g := f.Glyph(r); g != 0 {
		return f.Advance(g)
	}
	return 0
}
