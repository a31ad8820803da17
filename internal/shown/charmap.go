package shown

import (
	"encoding/binary"
	"sort"
)

// Maps is the glyph that the program's own map of characters (OpenType, cmap) leads to; 0 for none. Some readers go by that map
// where a page names glyphs.
func (f *Font) Maps(r rune) int {
	if !f.Drawable() {
		return 0
	}
	best := 0
	for _, sub := range f.outlines.maps {
		switch g, format := 0, u16(sub, 0); format {
		case 4:
			if g = mapped4(sub, r); best == 0 {
				best = g
			} else if g != 0 && g != best {
				return 0 // two maps that differ
			}
		case 12:
			if g = mapped12(sub, r); best == 0 {
				best = g
			} else if g != 0 && g != best {
				return 0
			}
		default:
			return 0
		}
	}
	return best
}

// subtables are the maps of a table; nil where it is cut off.
func subtables(cmap []byte) (out [][]byte) {
	const most = 8 // ours have two or three
	n := u16(cmap, 2)
	if n > most {
		return nil
	}
	for i := range n {
		at := u32(cmap, 4+8*i+4)
		if at == 0 || at >= len(cmap) {
			return nil
		}
		out = append(out, cmap[at:])
	}
	return out
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}

// mapped4 looks a character of the basic plane up in segments.
func mapped4(t []byte, r rune) int {
	if r > 0xFFFF {
		return 0
	}
	c, n := int(r), u16(t, 6)/2
	i := sort.Search(n, func(i int) bool { return u16(t, 14+2*i) >= c })
	start, delta, at := 16+2*n+2*i, 16+4*n+2*i, 16+6*n+2*i
	if i == n || u16(t, start) > c {
		return 0
	}
	offset := u16(t, at)
	if offset == 0 {
		return (c + u16(t, delta)) & 0xFFFF
	}
	g := u16(t, at+offset+2*(c-u16(t, start)))
	if g == 0 {
		return 0
	}
	return (g + u16(t, delta)) & 0xFFFF
}

// mapped12 looks a character up in groups.
func mapped12(t []byte, r rune) int {
	c, n := int(r), min(u32(t, 12), len(t)/12)
	i := sort.Search(n, func(i int) bool { return u32(t, 16+12*i+4) >= c })
	if i == n || u32(t, 16+12*i) > c {
		return 0
	}
	return u32(t, 16+12*i+8) + c - u32(t, 16+12*i)
}
