package font

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// AppendSubset appends to dst a font file with the given glyphs renumbered 1, 2, 3 … in their order; glyph 0 stays
// glyph 0. A glyph may be named several times: a writer that gives every character its own number needs that where two
// characters share a glyph. Parts of composite glyphs follow behind. Hinting and all tables that a PDF does not need are left out, and
// every glyph has its own horizontal metric.
//
// Glyph ids must be below the number of glyphs, and there must be fewer than 65535 of them, parts included.
func (f *Face) AppendSubset(dst []byte, glyphs []GlyphID) []byte {
	s := f.tables()
	order, renumber := s.closure(glyphs)
	ink := 0
	for _, g := range order {
		ink += align4(unhint(s.record(g)).size())
	}
	w := newFile(dst, ink, len(order))
	at := 0
	for i, g := range order {
		w.putLocation(i, at)
		rec := unhint(s.record(g))
		glyph := w.glyf[at : at+rec.size()]
		rec.copyTo(glyph)
		if renumber != nil {
			walkComponents(glyph, func(c component) bool {
				be.PutUint16(glyph[c.at:], renumber[be.Uint16(glyph[c.at:])])
				return true
			})
		}
		at += align4(len(glyph))
		be.PutUint16(w.hmtx[4*i:], uint16(s.advance(g)))
		be.PutUint16(w.hmtx[4*i+2:], uint16(s.bearing(g)))
	}
	w.putLocation(len(order), at)
	w.putHeads(s, len(order))
	return w.finish()
}

// closure lists the glyphs of a subset by their new numbers. renumber is nil when no glyph is composite.
func (s *sfnt) closure(glyphs []GlyphID) (order []GlyphID, renumber []uint16) {
	order = make([]GlyphID, 1, len(glyphs)+16)
	order = append(order, glyphs...)
	for i := 0; i < len(order); i++ {
		rec := s.record(order[i])
		if len(rec) < 10 || int16(be.Uint16(rec)) >= 0 {
			continue
		}
		if renumber == nil {
			renumber = make([]uint16, 1<<16)
			for j, g := range order {
				renumber[g] = uint16(j)
			}
		}
		walkComponents(rec, func(c component) bool {
			part := GlyphID(be.Uint16(rec[c.at:]))
			if part != 0 && renumber[part] == 0 && int(part) < s.numGlyphs {
				renumber[part] = uint16(len(order))
				order = append(order, part)
			}
			return true
		})
	}
	return order, renumber
}

// unhinted is a glyph record without its instructions: they call programs that the subset does not carry.
type unhinted struct {
	head, tail []byte
	simple     bool // a length of zero stands between head and tail
	flags      int  // composite: where its last flags stand, which may announce instructions
}

func unhint(rec []byte) unhinted {
	if len(rec) < 10 {
		return unhinted{head: rec}
	}
	n := int(int16(be.Uint16(rec)))
	if n < 0 {
		end, flags := 10, 0
		walkComponents(rec, func(c component) bool {
			end, flags = c.end, c.at-2
			return true
		})
		return unhinted{head: rec[:end], flags: flags}
	}
	at := 10 + 2*n
	if len(rec) < at+2 {
		return unhinted{head: rec}
	}
	if skip := at + 2 + int(be.Uint16(rec[at:])); skip <= len(rec) {
		return unhinted{head: rec[:at], tail: rec[skip:], simple: true}
	}
	return unhinted{head: rec}
}

func (u unhinted) size() int {
	n := len(u.head) + len(u.tail)
	if u.simple {
		n += 2
	}
	return n
}

func (u unhinted) copyTo(dst []byte) {
	const instructions = 0x0100
	copy(dst, u.head)
	copy(dst[len(dst)-len(u.tail):], u.tail)
	if u.flags > 0 {
		be.PutUint16(dst[u.flags:], be.Uint16(dst[u.flags:])&^instructions)
	}
}

func align4(n int) int { return (n + 3) &^ 3 }

// file is a font file under construction at the end of out; its tables are slices of data.
type file struct {
	out, data                          []byte
	glyf, head, hhea, hmtx, loca, maxp []byte
	long                               bool // locations of 4 bytes
}

// newFile lays out the tables behind dst in the order of their tags, which is the order that the format asks for.
func newFile(dst []byte, ink, glyphs int) *file {
	w := &file{long: ink >= 1<<17}
	loca := 2 * (glyphs + 1)
	if w.long {
		loca *= 2
	}
	tables := [...]struct {
		tag  string
		size int
		dst  *[]byte
	}{
		{"glyf", ink, &w.glyf}, {"head", 54, &w.head}, {"hhea", 36, &w.hhea},
		{"hmtx", 4 * glyphs, &w.hmtx}, {"loca", loca, &w.loca}, {"maxp", 32, &w.maxp},
	}
	total := 12 + 16*len(tables)
	for _, t := range tables {
		total += align4(t.size)
	}
	w.out = slices.Grow(dst, total)[:len(dst)+total]
	w.data = w.out[len(dst):]
	clear(w.data) // padding is zero
	n := len(tables)
	log := bits.Len(uint(n)) - 1
	be.PutUint32(w.data, 0x00010000)
	be.PutUint16(w.data[4:], uint16(n))
	be.PutUint16(w.data[6:], uint16(16<<log))
	be.PutUint16(w.data[8:], uint16(log))
	be.PutUint16(w.data[10:], uint16(16*n-16<<log))
	at := 12 + 16*n
	for i, t := range tables {
		rec := w.data[12+16*i:]
		copy(rec, t.tag)
		be.PutUint32(rec[8:], uint32(at))
		be.PutUint32(rec[12:], uint32(t.size))
		*t.dst = w.data[at : at+t.size]
		at += align4(t.size)
	}
	return w
}

func (w *file) putLocation(i, at int) {
	if w.long {
		be.PutUint32(w.loca[4*i:], uint32(at))
	} else {
		be.PutUint16(w.loca[2*i:], uint16(at/2))
	}
}

func (w *file) putHeads(s *sfnt, glyphs int) {
	copy(w.head, s.head)
	be.PutUint32(w.head[8:], 0) // checkSumAdjustment counts as zero while the sums are taken
	format := uint16(0)
	if w.long {
		format = 1
	}
	be.PutUint16(w.head[50:], format)
	copy(w.hhea, s.hhea)
	be.PutUint16(w.hhea[34:], uint16(glyphs))
	copy(w.maxp, s.maxp)
	be.PutUint16(w.maxp[4:], uint16(glyphs))
}

// finish fills in the check sums of the tables and of the file.
func (w *file) finish() []byte {
	n := int(be.Uint16(w.data[4:]))
	whole := uint32(0)
	for i := range n {
		rec := w.data[12+16*i:]
		at, size := int(be.Uint32(rec[8:])), int(be.Uint32(rec[12:]))
		sum := checksum(w.data[at : at+align4(size)])
		be.PutUint32(rec[4:], sum)
		whole += sum
	}
	whole += checksum(w.data[:12+16*n])
	be.PutUint32(w.head[8:], 0xB1B0AFBA-whole)
	return w.out
}

func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}
