package shown

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// Two subsets of one face differ as files where the documents show other characters. What matters to a reader is what each
// character looks like, so that fonts are compared by their outlines, one character at a time.

// outlines are the tables of a TrueType program that make its glyphs.
type outlines struct {
	head, loca, glyf, hmtx []byte
	metrics                int // pairs in hmtx; behind them stand bearings alone
	maps                   [][]byte
}

// drawingTables are those of the programs that this program embeds: what draws, and what leads to it. Others, such as
// instructions, could move outlines.
var drawingTables = []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp", "OS/2", "cmap", "name", "post"}

// readOutlines takes a program apart; nil for one that is not as this program writes them.
func readOutlines(program []byte) *outlines {
	if len(program) < 12 {
		return nil
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(program[4:])) {
		if len(program) < 12+16*(i+1) {
			return nil
		}
		record := program[12+16*i:]
		at, size := uint64(binary.BigEndian.Uint32(record[8:])), uint64(binary.BigEndian.Uint32(record[12:]))
		name := string(record[:4])
		if at+size > uint64(len(program)) || !slices.Contains(drawingTables, name) || tables[name] != nil {
			return nil
		}
		tables[name] = program[at : at+size : at+size]
	}
	o := &outlines{head: tables["head"], loca: tables["loca"], glyf: tables["glyf"], hmtx: tables["hmtx"]}
	if len(o.head) < 54 || len(tables["hhea"]) < 36 {
		return nil
	}
	o.maps = subtables(tables["cmap"])
	o.metrics = int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	return o
}

// glyph is the outline of a glyph, empty for a blank one.
func (o *outlines) glyph(g int) (data []byte, ok bool) {
	var from, to int
	switch long := binary.BigEndian.Uint16(o.head[50:]) != 0; {
	case long && 4*g+8 <= len(o.loca):
		from, to = int(binary.BigEndian.Uint32(o.loca[4*g:])), int(binary.BigEndian.Uint32(o.loca[4*g+4:]))
	case !long && 2*g+4 <= len(o.loca):
		from, to = 2*int(binary.BigEndian.Uint16(o.loca[2*g:])), 2*int(binary.BigEndian.Uint16(o.loca[2*g+2:]))
	default:
		return nil, false
	}
	if from > to || to > len(o.glyf) {
		return nil, false
	}
	return o.glyf[from:to], true
}

// shift is how far a glyph is moved to stand at its bearing.
func (o *outlines) shift(g int, data []byte) (units int, ok bool) {
	at := 4*g + 2
	if g >= o.metrics {
		at = 4*o.metrics + 2*(g-o.metrics)
	}
	if at+2 > len(o.hmtx) || len(data) < 10 {
		return 0, len(data) == 0
	}
	return int(int16(binary.BigEndian.Uint16(o.hmtx[at:]))) - int(int16(binary.BigEndian.Uint16(data[2:]))), true
}

// The flags of a part of a composite glyph (OpenType, glyf).
const (
	partWords     = 1 << 0
	partScale     = 1 << 3
	partMore      = 1 << 5
	partScales    = 1 << 6
	partMatrix    = 1 << 7
	maxComposites = 5 // deep
)

// ink is what a glyph draws: its own data, or those of the glyph whose copy it is. This program writes glyphs of other
// widths so: one part, where it stands, within the same bounds.
func (o *outlines) ink(g int) (data []byte, ok bool) {
	data, ok = o.glyph(g)
	if !ok || len(data) != 16 || !bytes.Equal(data[:2], []byte{0xFF, 0xFF}) || !bytes.Equal(data[10:12], []byte{0, 2}) ||
		!bytes.Equal(data[14:], []byte{0, 0}) {
		return data, ok
	}
	if part, ok := o.glyph(int(binary.BigEndian.Uint16(data[12:]))); ok && len(part) > 10 && int16(binary.BigEndian.Uint16(part)) >= 0 &&
		bytes.Equal(part[2:10], data[2:10]) {
		return part, true
	}
	return data, true
}

// sameGlyph reports whether two programs draw the same for their glyphs g and h.
func sameGlyph(a, b *outlines, g, h, depth int) bool {
	x, okA := a.ink(g)
	y, okB := b.ink(h)
	if !okA || !okB || depth > maxComposites {
		return false
	}
	shiftA, okA := a.shift(g, x)
	shiftB, okB := b.shift(h, y)
	if !okA || !okB || shiftA != shiftB {
		return false
	}
	if len(x) < 10 || len(y) < 10 || int16(binary.BigEndian.Uint16(x)) >= 0 || int16(binary.BigEndian.Uint16(y)) >= 0 {
		return bytes.Equal(bytes.TrimRight(x, "\x00"), bytes.TrimRight(y, "\x00")) // programs fill glyphs up to whole words
	}
	if !bytes.Equal(x[:10], y[:10]) {
		return false
	}
	x, y = x[10:], y[10:]
	for {
		if len(x) < 4 || len(y) < 4 {
			return false
		}
		flags := binary.BigEndian.Uint16(x)
		rest := 2
		if flags&partWords != 0 {
			rest = 4
		}
		switch {
		case flags&partScale != 0:
			rest += 2
		case flags&partScales != 0:
			rest += 4
		case flags&partMatrix != 0:
			rest += 8
		}
		if flags != binary.BigEndian.Uint16(y) || len(x) < 4+rest || len(y) < 4+rest || !bytes.Equal(x[4:4+rest], y[4:4+rest]) ||
			!sameGlyph(a, b, int(binary.BigEndian.Uint16(x[2:])), int(binary.BigEndian.Uint16(y[2:])), depth+1) {
			return false
		}
		x, y = x[4+rest:], y[4+rest:]
		if flags&partMore == 0 {
			return true
		}
	}
}

// gid is the glyph of a code.
func (f *Font) gid(code int) int {
	switch {
	case f.Glyphs == nil:
		return code
	case 2*code+2 > len(f.Glyphs):
		return 0
	}
	return int(binary.BigEndian.Uint16(f.Glyphs[2*code:]))
}

// prepare makes a font ready for being compared.
func (f *Font) prepare() {
	if f.prepared {
		return
	}
	f.prepared, f.outlines, f.codes = true, readOutlines(f.Program), map[string]int{}
	for code, text := range f.Texts {
		f.reverse(code, text)
	}
}

// reverse notes the code of a text.
func (f *Font) reverse(code int, text string) {
	old, ok := f.codes[text]
	if !ok || cmp.Or(cmp.Compare(f.Width(code), f.Width(old)), cmp.Compare(code, old)) < 0 {
		f.codes[text] = code
	}
}

// advance is the width that the program itself gives a glyph, in thousandths of an em.
func (f *Font) advance(glyph int) (width int64, ok bool) {
	o := f.outlines
	if o == nil || o.metrics == 0 {
		return 0, false
	}
	at := 4 * min(glyph, o.metrics-1)
	em := int64(binary.BigEndian.Uint16(o.head[18:]))
	if at+2 > len(o.hmtx) || em == 0 {
		return 0, false
	}
	return (int64(binary.BigEndian.Uint16(o.hmtx[at:]))*1000 + em/2) / em, true
}

// Drawable reports whether the program is one whose glyphs can be compared.
func (f *Font) Drawable() bool {
	f.prepare()
	return f.outlines != nil
}

// Blank reports whether a glyph of the program draws nothing.
func (f *Font) Blank(glyph int) bool {
	if !f.Drawable() {
		return false
	}
	data, ok := f.outlines.glyph(glyph)
	return ok && len(data) == 0
}

// Drawn is how a font draws a character as held against another font.
type Drawn int

// What may come of holding two fonts against each other.
const (
	DrawnAlike Drawn = iota
	DrawnOtherwise
	NotDrawn // the other font does not have the character
)

// mostGap is by how much a glyph may be wider than is its own, in thousandths of an em: this program makes the gap between Han
// and Latin part of the glyph before it. Where glyphs stand is told by the runs.
const mostGap = 800

// Draws holds what f draws for a code against what g draws for the same character.
func (f *Font) Draws(code int, g *Font) Drawn {
	f.prepare()
	g.prepare()
	other, ok := g.codes[f.Text(code)]
	switch {
	case !ok:
		return NotDrawn
	case f.Width(code) < g.Width(other) || f.Width(code) > g.Width(other)+mostGap:
		return DrawnOtherwise
	case f.outlines == nil || g.outlines == nil || !bytes.Equal(f.outlines.head[18:20], g.outlines.head[18:20]):
		return DrawnOtherwise
	case sameGlyph(f.outlines, g.outlines, f.gid(code), g.gid(other), 0):
		return DrawnAlike
	}
	return DrawnOtherwise
}
