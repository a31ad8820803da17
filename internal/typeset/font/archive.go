package font

import (
	"math/bits"
	"slices"
	"unicode/utf16"
)

// Blank is a glyph without outlines in every face: in a subset it is one that leaves nothing.
const Blank GlyphID = 0xFFFF

// AppendArchived is AppendSubset with the tables besides that GB/T 42133-2022 has fonts keep (6.2.6 c): runes are the
// characters of the given glyphs, in ascending order, 0 for one that draws none and stands behind them all. The map of
// characters has those of the pieces, too.
func (f *Face) AppendArchived(dst []byte, pieces []*Piece, glyphs []GlyphID, runes []rune) (file []byte, split int) {
	s := f.tables()
	return s.appendFile(dst, pieces, glyphs, nil, others{os2: s.archivedOS2(), cmap: charmapOf(pieces, runes), name: s.shortName(f.name), post: s.shortPost()})
}

// shortPost is the face's table without the names of glyphs (version 3).
func (s *sfnt) shortPost() []byte {
	const version = 0x00030000
	post := slices.Clone(s.post[:32])
	be.PutUint32(post, version)
	clear(post[16:]) // what a printer would need of memory
	return post
}

// archivedOS2 is the face's table, or for a face without one the least that says the same: that it may be embedded, its
// weight and its heights.
func (s *sfnt) archivedOS2() []byte {
	const least = 78
	if len(s.os2) >= least {
		return s.os2
	}
	b := make([]byte, least)
	be.PutUint16(b[2:], be.Uint16(s.hmtx)) // xAvgCharWidth
	be.PutUint16(b[4:], uint16(s.metrics.Weight))
	be.PutUint16(b[6:], 5)                       // usWidthClass: medium
	be.PutUint16(b[62:], 1<<6)                   // fsSelection: regular
	be.PutUint16(b[66:], 0xFFFF)                 // usLastCharIndex
	copy(b[68:72], s.hhea[4:8])                  // sTypoAscender, sTypoDescender
	copy(b[72:74], s.hhea[8:10])                 // sTypoLineGap
	be.PutUint16(b[74:], be.Uint16(s.hhea[4:]))  // usWinAscent
	be.PutUint16(b[76:], -be.Uint16(s.hhea[6:])) // usWinDescent
	return b
}

// Records of a name table (OpenType, name) that tell one font from another; what else there is are texts about it.
const (
	nameFamily     = 1
	namePostScript = 6
)

// shortName is the part of the face's names by which systems know it, as Windows has them, or else its PostScript name as all
// of them.
func (s *sfnt) shortName(postScript string) []byte {
	type record struct {
		head []byte // platform, encoding, language, what it is
		text []byte
	}
	var list []record
	if len(s.name) >= 6 {
		count, base := int(be.Uint16(s.name[2:])), int(be.Uint16(s.name[4:]))
		for i := range count {
			if len(s.name) < 6+12*(i+1) {
				break
			}
			rec := s.name[6+12*i:]
			from, size := base+int(be.Uint16(rec[10:])), int(be.Uint16(rec[8:]))
			if id := be.Uint16(rec[6:]); be.Uint16(rec) == 3 && id >= nameFamily && id <= namePostScript && from+size <= len(s.name) {
				list = append(list, record{rec[:8], s.name[from : from+size]})
			}
		}
	}
	if list == nil {
		var text []byte
		for _, u := range utf16.Encode([]rune(postScript)) {
			text = be.AppendUint16(text, u)
		}
		for id := nameFamily; id <= namePostScript; id++ {
			list = append(list, record{[]byte{0, 3, 0, 1, 4, 9, 0, byte(id)}, text})
		}
	}
	head := be.AppendUint16(be.AppendUint16([]byte{0, 0}, uint16(len(list))), uint16(6+12*len(list)))
	var texts []byte
	for _, r := range list {
		head = append(head, r.head...)
		head = be.AppendUint16(be.AppendUint16(head, uint16(len(r.text))), uint16(len(texts)))
		texts = append(texts, r.text...)
	}
	return append(head, texts...)
}

// charmapOf is the map from the characters of a file to its glyphs (OpenType, cmap): of format 4, and of format 12 besides when
// one lies beyond the basic plane.
func charmapOf(pieces []*Piece, runes []rune) []byte {
	list := charsOf(pieces, runes)
	four := format4(list)
	if n := len(list); n == 0 || list[n-1].r <= 0xFFFF && n <= mostSegments {
		return append([]byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}, four...)
	}
	head := []byte{0, 0, 0, 2, 0, 3, 0, 1, 0, 0, 0, 20, 0, 3, 0, 10}
	head = be.AppendUint32(head, uint32(20+len(four)))
	return append(append(head, four...), format12(list)...)
}

// char is a character and its glyph in a file.
type char struct {
	r rune
	g uint16
}

// charsOf lists the characters of a file, ascending.
func charsOf(pieces []*Piece, runes []rune) []char {
	var list []char
	n := uint16(1)
	for _, p := range pieces {
		for _, r := range p.Runes {
			list = append(list, char{r, n})
			n++
		}
	}
	for _, r := range runes {
		if r != 0 {
			list = append(list, char{r, n})
		}
		n++
	}
	slices.SortFunc(list, func(a, b char) int { return int(a.r) - int(b.r) })
	return list
}

// segment is a run of characters in sequence that have glyphs in sequence.
type segment struct{ first, last char }

func segments(list []char) (out []segment) {
	for _, c := range list {
		if k := len(out) - 1; k >= 0 && out[k].last.r+1 == c.r && out[k].last.g+1 == c.g {
			out[k].last = c
			continue
		}
		out = append(out, segment{c, c})
	}
	return out
}

// mostSegments is how many segments a map of format 4 has room for, whose length is a number of 16 bits.
const mostSegments = (1<<16 - 1 - 16) / 8

// format4 writes the characters of the basic plane, as many as it has room for.
func format4(list []char) []byte {
	end, _ := slices.BinarySearchFunc(list, rune(0xFFFF), func(c char, r rune) int { return int(c.r - r) })
	segs := segments(list[:end])
	segs = append(segs[:min(len(segs), mostSegments-1)], segment{char{0xFFFF, 0}, char{0xFFFF, 0}})
	n := len(segs)
	log := bits.Len(uint(n)) - 1
	b := make([]byte, 0, 16+8*n)
	for _, v := range [...]int{4, 16 + 8*n, 0, 2 * n, 2 << log, log, 2*n - 2<<log} {
		b = be.AppendUint16(b, uint16(v))
	}
	for _, s := range segs {
		b = be.AppendUint16(b, uint16(s.last.r))
	}
	b = append(b, 0, 0)
	for _, s := range segs {
		b = be.AppendUint16(b, uint16(s.first.r))
	}
	for _, s := range segs {
		b = be.AppendUint16(b, s.first.g-uint16(s.first.r)) // of the last, which must lead to glyph 0: 1
	}
	return append(b, make([]byte, 2*n)...)
}

// format12 writes all characters.
func format12(list []char) []byte {
	segs := segments(list)
	b := []byte{0, 12, 0, 0}
	b = be.AppendUint32(b, uint32(16+12*len(segs)))
	b = be.AppendUint32(b, 0)
	b = be.AppendUint32(b, uint32(len(segs)))
	for _, s := range segs {
		b = be.AppendUint32(b, uint32(s.first.r))
		b = be.AppendUint32(b, uint32(s.last.r))
		b = be.AppendUint32(b, uint32(s.first.g))
	}
	return b
}

// Ink is where a glyph has ink, in thousandths of an em, rounded away from it; all zero for one that has none.
func (f *Face) Ink(g GlyphID) (left, bottom, right, top int) {
	if f.fixed != nil {
		return 0, 0, 0, 0
	}
	s := f.tables()
	rec := s.record(g)
	if len(rec) < 10 {
		return 0, 0, 0, 0
	}
	at := func(i int) int { return int(int16(be.Uint16(rec[i:]))) }
	// Readers place a glyph by its bearing or by its points; see AppendOutline.
	bearing := int(s.bearing(g))
	left, right = min(at(2), bearing), max(at(6), bearing+at(6)-at(2))
	return s.milli(left) - 1, s.milli(at(4)) - 1, s.milli(right) + 1, s.milli(at(8)) + 1
}

// Data is what the piece holds, which nobody changes.
func (p *Piece) Data() []byte { return p.data }
