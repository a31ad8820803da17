package font

import (
	"hash/adler32"
	"sync"
	"unicode/utf8"
)

// Piece is a run of glyph records that many subsets carry as a whole, so that its compressed form is made once. It
// never changes. A piece is a matter of the face alone: which documents were made before plays no part.
type Piece struct {
	Runes []rune // the characters, in the order of their glyphs

	glyphs []GlyphID
	data   []byte // their records, each aligned to 4 bytes
	ends   []int  // of each record in data
	sum    uint32 // checksum of data

	once   sync.Once
	packed []byte
	adler  uint32
}

// Pieces returns the pieces of a face, the most used characters first; a face with no common characters has none.
func (f *Face) Pieces() []*Piece {
	f.cut.Do(func() {
		for _, run := range f.common {
			if p := f.piece(run); p != nil {
				f.pieces = append(f.pieces, p)
			}
		}
	})
	return f.pieces
}

// piece cuts one; nil when the face lacks half of the characters, or draws one of them by parts, which have numbers
// that differ between subsets.
func (f *Face) piece(run string) *Piece {
	s, p := f.tables(), &Piece{}
	for _, r := range run {
		g := f.Glyph(r)
		if g == 0 {
			continue
		}
		rec := s.record(g)
		if composite(rec) {
			return nil
		}
		u := unhint(rec)
		at := len(p.data)
		p.data = append(p.data, make([]byte, align4(u.size()))...)
		u.copyTo(p.data[at : at+u.size()])
		p.Runes, p.glyphs, p.ends = append(p.Runes, r), append(p.glyphs, g), append(p.ends, len(p.data))
	}
	if 2*len(p.Runes) < utf8.RuneCountInString(run) {
		return nil
	}
	p.sum = checksum(p.data)
	return p
}

// Packed returns the piece's data as deflate makes it, once: every call must hand over the same function. What comes
// with it is for those who join streams: the Adler-32 sum and the length of the data.
func (p *Piece) Packed(deflate func(data []byte) []byte) (packed []byte, adler uint32, length int) {
	p.once.Do(func() { p.packed, p.adler = deflate(p.data), adler32.Checksum(p.data) })
	return p.packed, p.adler, len(p.data)
}

func composite(rec []byte) bool { return len(rec) >= 10 && int16(be.Uint16(rec)) < 0 }
