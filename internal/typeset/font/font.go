// Package font reads TrueType fonts and says which face draws which character.
//
// A Face is parsed once per process and never changes, so any number of documents share it. Layout asks it for
// advances in thousandths of an em, the same integers that the PDF writer puts into the W array: what was laid out
// is what is shown.
package font

// GlyphID numbers a glyph within one face; 0 is the missing glyph and is never drawn.
type GlyphID uint16

// Family is the chain of faces that draws one role (body text, headings, tables), in order of preference.
type Family struct {
	Role  string
	links []link
}

// link is one face of a chain, for all characters or for some.
type link struct {
	face   *Face
	ranges []runeRange // nil: every character the face has
}

type runeRange struct{ lo, hi rune }

// Pick returns the first face of the chain that has r, or nil when none has.
func (f *Family) Pick(r rune) *Face {
	face, _ := f.Find(r)
	return face
}

// Find returns the first face of the chain that has r, and its glyph.
func (f *Family) Find(r rune) (*Face, GlyphID) {
	for i := range f.links {
		l := &f.links[i]
		if l.ranges != nil && !covers(l.ranges, r) {
			continue
		}
		if g := l.face.Glyph(r); g != 0 {
			return l.face, g
		}
	}
	return nil, 0
}

func covers(rs []runeRange, r rune) bool {
	for _, x := range rs {
		if x.lo <= r && r <= x.hi {
			return true
		}
	}
	return false
}
