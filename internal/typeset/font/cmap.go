package font

import "errors"

// charmap maps characters to glyphs in pages of 256, the last 8 bits of the character: a look-up is two loads.
type charmap struct {
	pages [0x110000 >> 8]*[256]GlyphID
}

func (m *charmap) glyph(r rune) GlyphID {
	if uint32(r) > 0x10FFFF {
		return 0
	}
	if p := m.pages[r>>8]; p != nil {
		return p[r&0xFF]
	}
	return 0
}

func (m *charmap) set(r uint32, g GlyphID) {
	p := m.pages[r>>8]
	if p == nil {
		p = new([256]GlyphID)
		m.pages[r>>8] = p
	}
	p[r&0xFF] = g
}

var errCmap = errors.New(`table "cmap" is damaged`)

// readCharmap decodes the widest Unicode subtable: format 12 of the full repertoire, or format 4 of the basic plane.
func readCharmap(t []byte, numGlyphs int) (m charmap, err error) {
	if len(t) < 4 {
		return m, errors.New(`table "cmap" is missing or cut off`)
	}
	var format4, format12 []byte
	for i := range int(be.Uint16(t[2:])) {
		if len(t) < 4+8*(i+1) {
			return m, errCmap
		}
		rec := t[4+8*i:]
		platform, encoding, off := be.Uint16(rec), be.Uint16(rec[2:]), uint64(be.Uint32(rec[4:]))
		if platform != 0 && (platform != 3 || encoding != 1 && encoding != 10) {
			continue
		}
		if off+4 > uint64(len(t)) {
			return m, errCmap
		}
		switch sub := t[off:]; be.Uint16(sub) {
		case 4:
			format4 = sub
		case 12:
			format12 = sub
		}
	}
	switch {
	case format12 != nil:
		err = m.readFormat12(format12, numGlyphs)
	case format4 != nil:
		err = m.readFormat4(format4, numGlyphs)
	default:
		err = errors.New("the font has no Unicode character map of format 4 or 12")
	}
	return m, err
}

// readFormat12 reads segmented coverage. The groups must ascend, as the format demands: that bounds the work.
func (m *charmap) readFormat12(t []byte, numGlyphs int) error {
	if len(t) < 16 || uint64(be.Uint32(t[12:]))*12+16 > uint64(len(t)) {
		return errCmap
	}
	next := uint32(0)
	for i := range int(be.Uint32(t[12:])) {
		group := t[16+12*i:]
		first, last, g := be.Uint32(group), be.Uint32(group[4:]), be.Uint32(group[8:])
		if first < next || last < first || last > 0x10FFFF {
			return errCmap
		}
		for c := first; c <= last && uint64(g)+uint64(c-first) < uint64(numGlyphs); c++ {
			m.set(c, GlyphID(g+c-first))
		}
		next = last + 1
	}
	return nil
}

// readFormat4 reads the segments of the basic plane.
func (m *charmap) readFormat4(t []byte, numGlyphs int) error {
	if len(t) < 16 {
		return errCmap
	}
	n := int(be.Uint16(t[6:])) / 2
	if len(t) < 16+8*n {
		return errCmap
	}
	ends, starts, deltas, offsets := t[14:], t[16+2*n:], t[16+4*n:], t[16+6*n:]
	next := 0
	for i := range n {
		first, last := int(be.Uint16(starts[2*i:])), int(be.Uint16(ends[2*i:]))
		delta, off := be.Uint16(deltas[2*i:]), int(be.Uint16(offsets[2*i:]))
		if last < first || first < next {
			return errCmap
		}
		next = last + 1
		if first == 0xFFFF {
			continue // the closing segment; some fonts give it an offset that leads nowhere
		}
		for c := first; c <= last; c++ {
			g := uint16(c) + delta
			if off != 0 {
				at := 2*i + off + 2*(c-first)
				if at+2 > len(offsets) {
					return errCmap
				}
				if g = be.Uint16(offsets[at:]); g != 0 {
					g += delta
				}
			}
			if g != 0 && int(g) < numGlyphs {
				m.set(uint32(c), GlyphID(g))
			}
		}
	}
	return nil
}
