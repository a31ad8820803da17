package font

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// AppendSubset appends to dst a font file without the data of its pieces: the file is what was appended up to split,
// the data of the pieces in their order, and the rest.
//
// Glyph 0 stays glyph 0; those of the pieces are renumbered 1, 2, 3 … in their order, and the given glyphs behind them
// in theirs. A glyph may be named several times: a writer that gives every character its own number needs that where
// two characters share a glyph. Parts of composite glyphs follow behind. Hinting and all tables that a PDF does not
// need are left out, and every glyph has its own horizontal metric.
//
// Glyph ids must be below the number of glyphs, and there must be fewer than 65535 of them, parts included.
func (f *Face) AppendSubset(dst []byte, pieces []*Piece, glyphs []GlyphID) (file []byte, split int) {
	return f.AppendWidened(dst, pieces, glyphs, nil)
}

// AppendWidened is AppendSubset with other advances for some of the glyphs: widths, in thousandths of an em, stand in the
// order of the glyphs, and those behind the end of the list, or 0, are the glyphs' own. A glyph that is in the file already
// is drawn by reference to it.
func (f *Face) AppendWidened(dst []byte, pieces []*Piece, glyphs []GlyphID, widths []int) (file []byte, split int) {
	return f.tables().appendFile(dst, pieces, glyphs, widths, others{})
}

// appendFile writes a font file, with further tables if they are given.
func (s *sfnt) appendFile(dst []byte, pieces []*Piece, glyphs []GlyphID, widths []int, more others) (file []byte, split int) {
	before := 0 // glyphs of pieces
	var shared size
	for _, p := range pieces {
		before += len(p.glyphs)
		shared.bytes += len(p.data)
		shared.sum += p.sum
	}
	order, renumber := s.closure(glyphs, before)
	same := s.copies(glyphs, pieces, widths)
	w := newFile(dst, s.ink(order, same), shared, len(order)+before, more)
	n, at, from := 0, 0, 0 // the next glyph, its record in the table, where the records in w start
	put := func(g GlyphID, advance, end int) {
		w.putLocation(n, at)
		be.PutUint16(w.hmtx[4*n:], uint16(advance))
		be.PutUint16(w.hmtx[4*n+2:], uint16(s.bearing(g)))
		n, at = n+1, end
	}
	for i, g := range order {
		if part := partOf(same, i); part != 0 {
			appendCopy(w.glyf[at-from:at-from:at-from+copySize], s.record(g), part)
			put(g, s.given(g, i-1, widths), at+copySize)
			continue
		}
		rec := unhint(s.record(g))
		glyph := w.glyf[at-from : at-from+rec.size()]
		rec.copyTo(glyph)
		renumberParts(glyph, renumber)
		put(g, s.given(g, i-1, widths), at+align4(len(glyph)))
		if i > 0 {
			continue
		}
		split = len(w.out) - len(w.data) + w.ink + at
		for _, p := range pieces {
			base := at
			for k, g := range p.glyphs {
				put(g, s.advance(g), base+p.ends[k])
			}
		}
		from = shared.bytes
	}
	w.putLocation(n, at)
	w.putHeads(s, n, widths)
	if same != nil {
		w.allowCopies()
	}
	w.finish()
	return w.out, split
}

// ink is the size of the outlines of glyphs in a file.
func (s *sfnt) ink(order []GlyphID, same []uint16) (n int) {
	for i, g := range order {
		if partOf(same, i) != 0 {
			n += copySize
		} else {
			n += align4(unhint(s.record(g)).size())
		}
	}
	return n
}

func renumberParts(glyph []byte, renumber []uint16) {
	if renumber == nil { // there are no composite glyphs
		return
	}
	walkComponents(glyph, func(c component) bool {
		be.PutUint16(glyph[c.at:], renumber[be.Uint16(glyph[c.at:])])
		return true
	})
}

// given is the advance of a glyph, which the i-th of widths may state.
func (s *sfnt) given(g GlyphID, i int, widths []int) int {
	if i >= 0 && i < len(widths) && widths[i] > 0 {
		return s.units(widths[i])
	}
	return s.advance(g)
}

// size is what pieces add to a table.
type size struct {
	bytes int
	sum   uint32
}

// closure lists glyph 0, the given glyphs and the parts of composite ones; all but glyph 0 are numbered behind so many
// others. renumber is nil when no glyph is composite.
func (s *sfnt) closure(glyphs []GlyphID, before int) (order []GlyphID, renumber []uint16) {
	order = make([]GlyphID, 1, len(glyphs)+16)
	order = append(order, glyphs...)
	for i := 0; i < len(order); i++ {
		rec := s.record(order[i])
		if !composite(rec) {
			continue
		}
		if renumber == nil {
			renumber = make([]uint16, 1<<16)
			for j := len(glyphs); j > 0; j-- { // the first of a glyph has its own advance, which composites may take for theirs
				renumber[order[j]] = uint16(before + j)
			}
		}
		walkComponents(rec, func(c component) bool {
			part := GlyphID(be.Uint16(rec[c.at:]))
			if part != 0 && renumber[part] == 0 && int(part) < s.numGlyphs {
				renumber[part] = uint16(before + len(order))
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

// file is a font file under construction at the end of out, but for the pieces in its glyphs; its tables are slices of
// data.
type file struct {
	out, data                          []byte
	list                               []table
	glyf, head, hhea, hmtx, loca, maxp []byte
	ink                                int // where glyf begins
	shared                             size
	long                               bool // locations of 4 bytes
}

// table is a table of a file: of a size, to be filled in, or as given.
type table struct {
	tag   string
	size  int
	dst   *[]byte
	given []byte
}

// others are the tables that a PDF does not need: for readers that take a font for one of the system's, and for archives.
// An empty one is left out.
type others struct{ os2, cmap, name, post []byte }

// newFile lays out the tables behind dst in the order of their tags, which is the order that the format asks for.
func newFile(dst []byte, ink int, shared size, glyphs int, more others) *file {
	w := &file{shared: shared, long: ink+shared.bytes >= 1<<17}
	loca := 2 * (glyphs + 1)
	if w.long {
		loca *= 2
	}
	w.list = []table{
		{tag: "OS/2", given: more.os2}, {tag: "cmap", given: more.cmap},
		{tag: "glyf", size: ink, dst: &w.glyf}, {tag: "head", size: 54, dst: &w.head}, {tag: "hhea", size: 36, dst: &w.hhea},
		{tag: "hmtx", size: 4 * glyphs, dst: &w.hmtx}, {tag: "loca", size: loca, dst: &w.loca}, {tag: "maxp", size: 32, dst: &w.maxp},
		{tag: "name", given: more.name}, {tag: "post", given: more.post},
	}
	w.list = slices.DeleteFunc(w.list, func(t table) bool { return t.dst == nil && len(t.given) == 0 })
	start := 12 + 16*len(w.list)
	total := start
	for i := range w.list {
		t := &w.list[i]
		t.size = max(t.size, len(t.given))
		total += align4(t.size)
	}
	w.out = slices.Grow(dst, total)[:len(dst)+total]
	w.data = w.out[len(dst):]
	clear(w.data) // padding is zero
	w.putDirectory(start)
	return w
}

// putDirectory writes where the tables are, the first of them at start, and those that are given.
func (w *file) putDirectory(start int) {
	n := len(w.list)
	log := bits.Len(uint(n)) - 1 // of the highest power of two within the number of tables
	be.PutUint32(w.data, 0x00010000)
	be.PutUint16(w.data[4:], uint16(n))
	be.PutUint16(w.data[6:], 16<<log)
	be.PutUint16(w.data[8:], uint16(log))
	be.PutUint16(w.data[10:], uint16(16*n-16<<log))
	at, more := start, 0
	for i, t := range w.list {
		rec := w.data[12+16*i:]
		copy(rec, t.tag)
		be.PutUint32(rec[8:], uint32(at+more))
		length := t.size
		if t.dst == &w.glyf {
			w.ink, more = at, w.shared.bytes
			length += more
		}
		be.PutUint32(rec[12:], uint32(length))
		if t.dst != nil {
			*t.dst = w.data[at : at+t.size]
		}
		copy(w.data[at:], t.given)
		at += align4(t.size)
	}
}

func (w *file) putLocation(i, at int) {
	if w.long {
		be.PutUint32(w.loca[4*i:], uint32(at))
	} else {
		be.PutUint16(w.loca[2*i:], uint16(at/2))
	}
}

func (w *file) putHeads(s *sfnt, glyphs int, widths []int) {
	copy(w.head, s.head)
	be.PutUint32(w.head[8:], 0) // checkSumAdjustment counts as zero while the sums are taken
	format := uint16(0)
	if w.long {
		format = 1
	}
	be.PutUint16(w.head[50:], format)
	copy(w.hhea, s.hhea)
	for _, v := range widths {
		be.PutUint16(w.hhea[10:], max(be.Uint16(w.hhea[10:]), uint16(s.units(v)))) // advanceWidthMax
	}
	be.PutUint16(w.hhea[34:], uint16(glyphs))
	copy(w.maxp, s.maxp)
	be.PutUint16(w.maxp[4:], uint16(glyphs))
}

// finish fills in the check sums of the tables and of the file.
func (w *file) finish() {
	start := 12 + 16*len(w.list)
	whole, at := uint32(0), start
	for i, t := range w.list {
		sum := checksum(w.data[at : at+align4(t.size)])
		if t.dst == &w.glyf {
			sum += w.shared.sum
		}
		be.PutUint32(w.data[12+16*i+4:], sum)
		whole += sum
		at += align4(t.size)
	}
	whole += checksum(w.data[:start])
	be.PutUint32(w.head[8:], 0xB1B0AFBA-whole)
}

func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}
