package font

// NewFixed makes a family without outlines for tests of layout: width gives the advance of a character in
// thousandths of an em, 0 for a character that the face lacks. Its glyph ids are the widths themselves.
func NewFixed(role string, width func(rune) int) *Family {
	f := &Face{
		name:   role,
		glyphs: func(r rune) GlyphID { return GlyphID(width(r)) },
		widths: func(g GlyphID) int { return int(g) },
	}
	return &Family{Role: role, links: []link{{face: f}}}
}
