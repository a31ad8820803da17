// Package font reads TrueType fonts and says which face draws which character.
//
// A Face is parsed once per process and never changes, so any number of documents share it. Layout asks it for
// advances in thousandths of an em, the same integers that the PDF writer puts into the W array: what was laid out
// is what is shown.
package font

import (
	"slices"
	"unicode"
)

// GlyphID numbers a glyph within one face; 0 is the missing glyph and is never drawn.
type GlyphID uint16

// Family is the chain of faces that draws one role (body text, headings, tables), in order of preference.
type Family struct {
	Role  string
	links []link
	han   int // the first link that is asked for common ideographs: most text is made of them

	drawings drawings
}

// link is one face of a chain, for all characters or for some.
type link struct {
	face   *Face
	ranges []runeRange // ascending; nil: every character the face has
}

type runeRange struct{ lo, hi rune }

// common are the ideographs of the block that was coded first.
var common = runeRange{0x4E00, 0x9FFF}

// add appends a face to the chain.
func (f *Family) add(l link) {
	if f.han == len(f.links) && l.ranges != nil && !slices.ContainsFunc(l.ranges, common.meets) {
		f.han++
	}
	f.links = append(f.links, l)
}

// Pick returns the first face of the chain that has r, or nil when none has.
func (f *Family) Pick(r rune) *Face {
	face, _ := f.Find(r)
	return face
}

// Find returns the first face of the chain that has r, and its glyph. A face whose glyph for r leaves no ink, though r is
// no blank, does not have it: some fonts list characters that they do not draw, and those would be printed as nothing.
func (f *Family) Find(r rune) (*Face, GlyphID) {
	links := f.links
	if r >= common.lo && r <= common.hi {
		links = links[f.han:]
	}
	for i := range links {
		l := &links[i]
		if l.ranges != nil && !covers(l.ranges, r) {
			continue
		}
		if g := l.face.Glyph(r); g != 0 && (l.face.inked(g) || blank(r)) {
			return l.face, g
		}
	}
	return nil, 0
}

// blank reports whether a character is drawn by leaving room, or not at all.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == 0x2800 || // a Braille cell without dots
		unicode.In(r, unicode.Zs, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// covers reports whether one of the ascending ranges has r.
func covers(rs []runeRange, r rune) bool {
	for _, x := range rs {
		if r <= x.hi {
			return r >= x.lo
		}
	}
	return false
}

// meets reports whether two ranges share a character.
func (x runeRange) meets(y runeRange) bool { return x.lo <= y.hi && y.lo <= x.hi }
