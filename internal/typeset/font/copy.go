package font

import "slices"

// A glyph with another advance, such as one before a gap between Han and Latin, is the same outline once more. It is written
// as a composite glyph of one part (OpenType, glyf): 16 bytes instead of some hundreds, which need not be compressed.

// copySize is the length of such a glyph: head, flags, part, offsets; a multiple of 4.
const copySize = 10 + 6

// copies says for each of the glyphs which glyph of the file it repeats, 0 for one that has an outline of its own: the first
// of a kind, all that have no wider copy, blank ones, and composites, which are short. Nil when none repeats.
func (s *sfnt) copies(glyphs []GlyphID, pieces []*Piece, widths []int) []uint16 {
	if slices.Max(append([]int{0}, widths...)) == 0 {
		return nil
	}
	first := map[GlyphID]uint16{} // of those that have other widths: where their outline is; 0 when nowhere yet
	for i, v := range widths {
		if rec := s.record(glyphs[i]); v > 0 && len(rec) > copySize && !composite(rec) {
			first[glyphs[i]] = 0
		}
	}
	n := uint16(1)
	for _, p := range pieces {
		for _, g := range p.glyphs {
			if old, ok := first[g]; ok && old == 0 {
				first[g] = n
			}
			n++
		}
	}
	same := make([]uint16, len(glyphs))
	for i, g := range glyphs {
		switch old, ok := first[g]; {
		case ok && old == 0:
			first[g] = n + uint16(i)
		case ok:
			same[i] = old
		}
	}
	return same
}

// partOf is the part of the i-th glyph of a file without pieces, 0 for one with an outline of its own; glyph 0 is the face's.
func partOf(same []uint16, i int) uint16 {
	if i == 0 || i > len(same) {
		return 0
	}
	return same[i-1]
}

// appendCopy writes a glyph that is drawn as another glyph of the file, whose record in the face is rec.
func appendCopy(dst, rec []byte, part uint16) {
	const offsets = 0x0002 // the part is placed by two offsets of a byte each, both zero here
	dst = append(dst, 0xFF, 0xFF)
	dst = append(dst, rec[2:10]...)
	dst = be.AppendUint16(dst, offsets)
	dst = be.AppendUint16(dst, part)
	be.AppendUint16(dst, 0)
}

// allowCopies raises the bounds that a font states of its composite glyphs (OpenType, maxp) to those of copies.
func (w *file) allowCopies() {
	const points, contours, compositePoints, compositeContours, elements, depth = 6, 8, 10, 12, 28, 30
	raise := func(at int, to uint16) { be.PutUint16(w.maxp[at:], max(be.Uint16(w.maxp[at:]), to)) }
	raise(compositePoints, be.Uint16(w.maxp[points:]))
	raise(compositeContours, be.Uint16(w.maxp[contours:]))
	raise(elements, 1)
	raise(depth, 1)
}
