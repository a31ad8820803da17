package pdf

import (
	"encoding/binary"
	"hash/adler32"

	"yusuan/internal/deflate"
	"yusuan/internal/typeset/font"
)

// subset chooses what the file carries; its numbers are CIDs.
func (f *usedFont) subset() font.Choice { return f.face.Choose(f.glyphs, f.given, f.cid) }

// appendMap writes the CIDToGIDMap (ISO 32000-1, 9.7.4.2).
func appendMap(b []byte, places []uint16) []byte {
	for _, g := range places {
		b = binary.BigEndian.AppendUint16(b, g)
	}
	return b
}

// fontFile writes the font program. With pieces, its zlib stream (RFC 1950) is put together from what precedes them, the
// pieces as they were compressed once, and the rest: each ends at a byte and refers to nothing before it.
func (w *writer) fontFile(number int, face *font.Face, u font.Choice) {
	file, split := face.AppendWidened(w.font[:0], u.Pieces, u.Glyphs, u.Widths)
	w.font = file
	length := len(file)
	if len(u.Pieces) == 0 {
		w.packed.Zlib(file, deflate.Huffman)
	} else {
		w.packed.B = append(w.packed.B[:0], deflate.ZlibHead...)
		w.packed.Part(file[:split], deflate.Huffman, false)
		sum, at := adler32.Checksum(file[:split]), split
		for _, p := range u.Pieces {
			packed, adler, n := p.Packed(w.packed.Piece)
			w.packed.B = append(w.packed.B, packed...)
			sum, at = joinAdler(sum, adler, n), at+n
		}
		rest := file[split:]
		w.packed.Part(rest, deflate.Huffman, true)
		sum, length = joinAdler(sum, adler32.Checksum(rest), len(rest)), at+len(rest)
		w.packed.B = binary.BigEndian.AppendUint32(w.packed.B, sum)
	}
	w.rawStream(number, appendInt([]byte("/Length1 "), length), flateFilter, w.packed.B)
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
