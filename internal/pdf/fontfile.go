package pdf

import (
	"encoding/binary"
	"hash/adler32"
	"slices"

	"yusuan/internal/typeset/font"
)

// subset says which glyphs of a face a font file carries: common pieces whole, then others one by one.
type subset struct {
	pieces []*font.Piece
	glyphs []font.GlyphID
	widths []int    // of the glyphs, where they are not their own
	toGID  []uint16 // CID → glyph in the file; nil when they are the same
}

// subset chooses the pieces of which the document uses three quarters or more. The rest of such a piece is carried for
// nothing, a few kilobytes; in turn two thirds of a document's glyphs need not be compressed again.
func (f *usedFont) subset() subset {
	u := subset{glyphs: f.glyphs, widths: f.given}
	gid := uint16(1)
	for _, p := range f.face.Pieces() {
		used := 0
		for _, r := range p.Runes {
			if f.cid(r) != 0 {
				used++
			}
		}
		if 4*used < 3*len(p.Runes) {
			continue
		}
		if u.toGID == nil {
			u.toGID = make([]uint16, len(f.runes))
		}
		u.pieces = append(u.pieces, p)
		for i, r := range p.Runes {
			if cid := f.cid(r); cid != 0 {
				u.toGID[cid] = gid + uint16(i)
			}
		}
		gid += uint16(len(p.Runes))
	}
	if u.toGID == nil {
		return u
	}
	u.glyphs, u.widths = nil, nil
	for i, g := range f.glyphs {
		if cid := i + 1; u.toGID[cid] == 0 {
			u.toGID[cid] = gid
			u.glyphs = append(u.glyphs, g)
			if i < len(f.given) {
				u.widths = append(u.widths, f.given[i])
			}
			gid++
		}
	}
	return u
}

// appendMap writes the CIDToGIDMap (ISO 32000-1, 9.7.4.2).
func (u *subset) appendMap(b []byte) []byte {
	for _, g := range u.toGID {
		b = binary.BigEndian.AppendUint16(b, g)
	}
	return b
}

// fontFile writes the font program. With pieces, its zlib stream (RFC 1950) is put together from what precedes them, the
// pieces as they were compressed once, and the rest: each ends at a byte and refers to nothing before it.
func (w *writer) fontFile(number int, face *font.Face, u subset) {
	file, split := face.AppendWidened(w.font[:0], u.pieces, u.glyphs, u.widths)
	w.font = file
	length := len(file)
	if len(u.pieces) == 0 {
		w.deflate(file, fontLevel)
	} else {
		w.packed.b = append(w.packed.b[:0], zlibHead...)
		w.deflatePart(file[:split], fontLevel, false)
		sum, at := adler32.Checksum(file[:split]), split
		for _, p := range u.pieces {
			packed, adler, n := p.Packed(w.packPiece)
			w.packed.b = append(w.packed.b, packed...)
			sum, at = joinAdler(sum, adler, n), at+n
		}
		rest := file[split:]
		w.deflatePart(rest, fontLevel, true)
		sum, length = joinAdler(sum, adler32.Checksum(rest), len(rest)), at+len(rest)
		w.packed.b = binary.BigEndian.AppendUint32(w.packed.b, sum)
	}
	w.rawStream(number, appendInt([]byte("/Length1 "), length), flateFilter, w.packed.b)
}

// packPiece compresses a piece of a font as all documents carry it, while a stream is under way in m.packed.
func (m *scratch) packPiece(data []byte) []byte {
	before := m.packed.b
	m.packed.b = nil
	m.deflatePart(data, plainLevel, false)
	piece := m.packed.b
	m.packed.b = before
	return slices.Clip(piece)
}

// joinAdler is the Adler-32 sum of two texts in a row, the second n bytes long, of the sums of each.
func joinAdler(first, second uint32, n int) uint32 {
	const mod = 65521
	a1, b1 := uint64(first&0xFFFF), uint64(first>>16)
	a2, b2 := uint64(second&0xFFFF), uint64(second>>16)
	// Sum a starts at 1; all of the first text's a counts once more in b for each byte of the second.
	a := (a1 + a2 + mod - 1) % mod
	b := (b1 + b2 + uint64(n)%mod*((a1+mod-1)%mod)) % mod
	return uint32(b<<16 | a)
}
