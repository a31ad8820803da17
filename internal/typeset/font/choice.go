package font

// Choice says which glyphs of a face a file carries: common pieces whole, then others one by one.
type Choice struct {
	Pieces []*Piece
	Glyphs []GlyphID
	Widths []int    // of the glyphs, where they are not their own
	Places []uint16 // of a number of the writer's the glyph in the file; nil when they are the same
}

// Choose chooses the pieces of which a document uses three quarters or more. The rest of such a piece is carried for
// nothing, a few kilobytes; in turn two thirds of a document's glyphs need not be compressed again.
//
// A writer numbers what it shows, from 1 on: glyphs are those of the numbers, widths what is not their own, and number is
// that of a character, 0 for one that the document has not.
func (f *Face) Choose(glyphs []GlyphID, widths []int, number func(rune) uint16) Choice {
	u := Choice{Glyphs: glyphs, Widths: widths}
	gid := uint16(1)
	for _, p := range f.Pieces() {
		used := 0
		for _, r := range p.Runes {
			if number(r) != 0 {
				used++
			}
		}
		if 4*used < 3*len(p.Runes) {
			continue
		}
		if u.Places == nil {
			u.Places = make([]uint16, len(glyphs)+1)
		}
		u.Pieces = append(u.Pieces, p)
		for i, r := range p.Runes {
			if n := number(r); n != 0 {
				u.Places[n] = gid + uint16(i)
			}
		}
		gid += uint16(len(p.Runes))
	}
	if u.Places == nil {
		return u
	}
	u.Glyphs, u.Widths = nil, nil
	for i, g := range glyphs {
		if n := i + 1; u.Places[n] == 0 {
			u.Places[n] = gid
			u.Glyphs = append(u.Glyphs, g)
			if i < len(widths) {
				u.Widths = append(u.Widths, widths[i])
			}
			gid++
		}
	}
	return u
}
