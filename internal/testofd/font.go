package testofd

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
)

var be = binary.BigEndian

// fontFile is what the texts need of a font: how many glyphs, which of them its own map has for characters, their boxes.
type fontFile struct {
	glyphs     int
	em         int64
	char       map[rune]int
	loca, glyf []byte
	long       bool
}

// tagged is the beginning of the names of subsets in PDF files.
var tagged = regexp.MustCompile(`^[A-Z]{6}\+`)

// kept are the tables that GB/T 42133-2022 has subsets keep (6.2.6 c), in their order.
func kept() []string {
	return []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}
}

// font reads the file of a font.
func (c *checker) font(at place, n *node) {
	id, _ := n.get("ID")
	name, _ := n.get("FontName")
	if tagged.MatchString(name) || name == "" || strings.ContainsAny(name, `"'\/<>`) {
		c.say(FontName, at.entry, n.offset, "FontName %q is none that a system has", name)
	}
	file := c.fontLoc
	bad := func(format string, args ...any) { c.say(FontTables, file, 0, format, args...) }
	raw := c.files[file]
	tables, ok := fontTables(raw, bad)
	if !ok {
		return
	}
	f := &fontFile{char: map[rune]int{}, loca: tables["loca"], glyf: tables["glyf"]}
	head, maxp, hhea, post, os2 := tables["head"], tables["maxp"], tables["hhea"], tables["post"], tables["OS/2"]
	if len(head) != 54 || len(maxp) < 6 || len(hhea) != 36 || len(post) != 32 || len(os2) < 78 {
		bad("a table is too short or too long")
		return
	}
	f.glyphs, f.em, f.long = int(be.Uint16(maxp[4:])), int64(be.Uint16(head[18:])), be.Uint16(head[50:]) == 1
	metrics := int(be.Uint16(hhea[34:]))
	width := 2
	if f.long {
		width = 4
	}
	if len(f.loca) != width*(f.glyphs+1) || len(tables["hmtx"]) != 4*metrics+2*(f.glyphs-metrics) || f.em == 0 {
		bad("%d glyphs, and loca of %d, hmtx of %d bytes for %d widths", f.glyphs, len(f.loca), len(tables["hmtx"]), metrics)
		return
	}
	if f.offset(f.glyphs) > len(f.glyf) || f.glyphs < 2 {
		bad("loca ends behind glyf")
		return
	}
	if be.Uint32(post) != 0x30000 {
		bad("post is not of version 3, which names no glyphs")
	}
	if be.Uint16(os2[8:])&2 != 0 {
		bad("may not be embedded, as OS/2 has it")
	}
	f.characters(tables["cmap"], bad)
	if len(f.char) == 0 {
		bad("cmap has no characters")
	}
	c.fonts[id] = f
}

// fontTables are the tables of a font file, which are the ten, sorted, with right sums.
func fontTables(raw []byte, bad func(string, ...any)) (map[string][]byte, bool) {
	if len(raw) < 12 || be.Uint32(raw) != 0x10000 || len(raw) < 12+16*int(be.Uint16(raw[4:])) {
		bad("is no TrueType font")
		return nil, false
	}
	out := map[string][]byte{}
	var names []string
	for i := range int(be.Uint16(raw[4:])) {
		r := raw[12+16*i:]
		name, from, size := string(r[:4]), int(be.Uint32(r[8:])), int(be.Uint32(r[12:]))
		if from%4 != 0 || from+size > len(raw) {
			bad("%s is not in the file, or not at a multiple of four", name)
			return nil, false
		}
		out[name] = raw[from : from+size]
		names = append(names, name)
		sum := sumOf(out[name])
		if name == "head" && size >= 12 {
			sum -= be.Uint32(out[name][8:])
		}
		if sum != be.Uint32(r[4:]) {
			bad("the sum of %s is wrong", name)
		}
	}
	if !slices.Equal(names, kept()) {
		bad("has %v, not the ten tables in order", names)
	}
	if len(out["head"]) >= 12 && sumOf(raw) != 0xB1B0AFBA {
		bad("the sum of the file is wrong")
	}
	return out, len(out) >= len(kept())
}

func sumOf(b []byte) (s uint32) {
	for len(b) >= 4 {
		s += be.Uint32(b)
		b = b[4:]
	}
	var rest [4]byte
	copy(rest[:], b)
	return s + be.Uint32(rest[:])
}

func (f *fontFile) offset(g int) int {
	if f.long {
		return int(be.Uint32(f.loca[4*g:]))
	}
	return 2 * int(be.Uint16(f.loca[2*g:]))
}

// box is where a glyph's outlines are, nil when it has none.
func (f *fontFile) box(g int) *[4]int64 {
	from, to := f.offset(g), f.offset(g+1)
	if to < from+10 || to > len(f.glyf) {
		return nil
	}
	var out [4]int64
	for i := range out {
		out[i] = int64(int16(be.Uint16(f.glyf[from+2+2*i:])))
	}
	return &out
}

// characters reads the map of characters, the widest that there is.
func (f *fontFile) characters(cmap []byte, bad func(string, ...any)) {
	if len(cmap) < 4 || len(cmap) < 4+8*int(be.Uint16(cmap[2:])) {
		bad("cmap is too short")
		return
	}
	for i := range int(be.Uint16(cmap[2:])) {
		at := int(be.Uint32(cmap[8+8*i:]))
		if at+16 > len(cmap) {
			bad("a map is outside of cmap")
			return
		}
		switch sub := cmap[at:]; be.Uint16(sub) {
		case 4:
			f.segments(sub, bad)
		case 12:
			f.groups(sub, bad)
		default:
			bad("a map of format %d", be.Uint16(sub))
		}
	}
}

func (f *fontFile) segments(sub []byte, bad func(string, ...any)) {
	n := int(be.Uint16(sub[6:])) / 2
	if size := int(be.Uint16(sub[2:])); size > len(sub) || size < 16+8*n {
		bad("the map of format 4 is too short")
		return
	}
	value := func(column, i int) int { return int(be.Uint16(sub[14+2*n*column+2*i+2*min(column, 1):])) }
	for i := range n {
		last, first, delta, offset := value(0, i), value(1, i), value(2, i), value(3, i)
		if i > 0 && first <= value(0, i-1) {
			bad("the map of format 4 is not sorted")
		}
		for r := first; r <= last && r != 0xFFFF; r++ {
			g := r + delta
			if at := 16 + 6*n + 2*i + offset + 2*(r-first); offset != 0 && at+2 <= len(sub) {
				g = int(be.Uint16(sub[at:])) + delta
			}
			f.char[rune(r)] = g & 0xFFFF
		}
	}
	if n == 0 || value(0, n-1) != 0xFFFF {
		bad("the map of format 4 does not end with FFFF")
	}
}

func (f *fontFile) groups(sub []byte, bad func(string, ...any)) {
	n := int(be.Uint32(sub[12:]))
	if len(sub) < 16+12*n {
		bad("the map of format 12 is too short")
		return
	}
	for i := range n {
		g := sub[16+12*i:]
		for r := be.Uint32(g); r <= be.Uint32(g[4:]) && r <= 0x10FFFF; r++ {
			f.char[rune(r)] = int(be.Uint32(g[8:]) + r - be.Uint32(g))
		}
	}
}
