package font

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var be = binary.BigEndian

// sfnt holds the tables of one font file, all of them slices of the file itself.
type sfnt struct {
	file []byte // all of it
	at   int    // where in it the font begins

	head, hhea, maxp, hmtx, loca, glyf []byte
	os2, post, name                    []byte

	numGlyphs   int
	numHMetrics int // glyphs from this on have the advance of the last one
	unitsPerEm  int
	longLoca    bool
	metrics     Metrics
	cmap        charmap
}

var errNoFont = errors.New("这不是 TrueType 字体（not a TrueType font）")

// parse reads the font that is all of a file.
func parse(data []byte) (*sfnt, error) { return parseAt(data, 0) }

// parseAt checks all that later reads of the font at a place of a file rely on, so that nothing after it needs to fail.
func parseAt(data []byte, at int) (*sfnt, error) {
	if len(data) < 12 || at < 0 || at > len(data)-12 {
		return nil, errors.New("file is too short for a font")
	}
	switch string(data[at : at+4]) {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, errors.New("字形是 CFF 轮廓（OTF），程序不支持；请换用 TrueType 轮廓的（TTF）")
	case "ttcf":
		return nil, errors.New("这是字体集（TTC），要写明用里面的哪一种")
	default:
		return nil, errNoFont
	}
	s := &sfnt{file: data, at: at}
	var cmap []byte
	err := directory(data, at, map[string]*[]byte{
		"head": &s.head, "hhea": &s.hhea, "maxp": &s.maxp, "hmtx": &s.hmtx, "loca": &s.loca, "glyf": &s.glyf,
		"OS/2": &s.os2, "post": &s.post, "name": &s.name, "cmap": &cmap,
	})
	if err != nil {
		return nil, err
	}
	for _, check := range [...]func() error{s.checkSizes, s.checkLoca, s.readMetrics} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	s.cmap, err = readCharmap(cmap, s.numGlyphs)
	return s, err
}

// directory finds the wanted tables of the font at a place of a file, from whose beginning they are counted; those that it
// lacks stay nil.
func directory(data []byte, at int, want map[string]*[]byte) error {
	n, list := int(be.Uint16(data[at+4:])), data[at+12:]
	if len(list) < 16*n {
		return errors.New("table directory is cut off")
	}
	for i := range n {
		rec := list[16*i:]
		dst, ok := want[string(rec[:4])]
		if !ok {
			continue
		}
		off, size := uint64(be.Uint32(rec[8:])), uint64(be.Uint32(rec[12:]))
		if off+size > uint64(len(data)) {
			return fmt.Errorf("table %q reaches beyond the end of the file", rec[:4])
		}
		*dst = data[off : off+size : off+size]
	}
	return nil
}

func (s *sfnt) checkSizes() error {
	for _, t := range [...]struct {
		tag  string
		data []byte
		min  int
	}{{"head", s.head, 54}, {"hhea", s.hhea, 36}, {"maxp", s.maxp, 32}, {"post", s.post, 32}} {
		if len(t.data) < t.min {
			return fmt.Errorf("table %q is missing or cut off", t.tag)
		}
	}
	s.numGlyphs = int(be.Uint16(s.maxp[4:]))
	s.numHMetrics = int(be.Uint16(s.hhea[34:]))
	s.unitsPerEm = int(be.Uint16(s.head[18:]))
	switch {
	case s.numGlyphs == 0:
		return errors.New("the font has no glyphs")
	case s.unitsPerEm < 16 || s.unitsPerEm > 16384:
		return fmt.Errorf("%d units per em; the format allows 16 to 16384", s.unitsPerEm)
	case s.numHMetrics == 0 || s.numHMetrics > s.numGlyphs:
		return fmt.Errorf("%d horizontal metrics for %d glyphs", s.numHMetrics, s.numGlyphs)
	case len(s.hmtx) < 4*s.numHMetrics+2*(s.numGlyphs-s.numHMetrics):
		return errors.New(`table "hmtx" is missing or cut off`)
	}
	return nil
}

// checkLoca makes sure that every glyph lies within the glyf table.
func (s *sfnt) checkLoca() error {
	format := be.Uint16(s.head[50:])
	if format > 1 {
		return fmt.Errorf("unknown format %d of table \"loca\"", format)
	}
	s.longLoca = format == 1
	width := 2
	if s.longLoca {
		width = 4
	}
	if len(s.loca) < width*(s.numGlyphs+1) {
		return errors.New(`table "loca" is missing or cut off`)
	}
	last := 0
	for i := range s.numGlyphs + 1 {
		off := s.location(i)
		if off < last || off > len(s.glyf) {
			return fmt.Errorf("glyph %d lies outside of table \"glyf\"", max(i-1, 0))
		}
		last = off
	}
	return nil
}

func (s *sfnt) location(i int) int {
	if s.longLoca {
		return int(be.Uint32(s.loca[4*i:]))
	}
	return 2 * int(be.Uint16(s.loca[2*i:]))
}

// record is the glyf entry of a glyph, empty for glyphs without ink.
func (s *sfnt) record(g GlyphID) []byte {
	if int(g) >= s.numGlyphs {
		return nil
	}
	return s.glyf[s.location(int(g)):s.location(int(g)+1)]
}

// advance is the width of a glyph in font units.
func (s *sfnt) advance(g GlyphID) int {
	return int(be.Uint16(s.hmtx[4*min(int(g), s.numHMetrics-1):]))
}

// units turns thousandths of an em into font units, rounded; v is positive.
func (s *sfnt) units(v int) int { return (2*v*s.unitsPerEm + 1000) / 2000 }

// bearing is the left side bearing of a glyph in font units.
func (s *sfnt) bearing(g GlyphID) int16 {
	if i := int(g); i >= s.numHMetrics {
		return int16(be.Uint16(s.hmtx[4*s.numHMetrics+2*(min(i, s.numGlyphs-1)-s.numHMetrics):]))
	}
	return int16(be.Uint16(s.hmtx[4*int(g)+2:]))
}

// milli converts font units to thousandths of an em, rounding half away from zero.
func (s *sfnt) milli(v int) int {
	n, d := v*1000, s.unitsPerEm
	if d == 1000 {
		return v
	}
	if n < 0 {
		return -((-2*n + d) / (2 * d))
	}
	return (2*n + d) / (2 * d)
}

const (
	fsRestricted = 0x0002 // restricted licence: must not be embedded
	fsUsageMask  = 0x000F
	fsNoSubset   = 0x0100
	fsBitmapOnly = 0x0200
)

func (s *sfnt) readMetrics() error {
	i16 := func(b []byte) int { return s.milli(int(int16(be.Uint16(b)))) }
	m := Metrics{
		Ascent: i16(s.hhea[4:]), Descent: i16(s.hhea[6:]),
		XMin: i16(s.head[36:]), YMin: i16(s.head[38:]), XMax: i16(s.head[40:]), YMax: i16(s.head[42:]),
		ItalicAngle: int(int64(int32(be.Uint32(s.post[4:]))) * 1000 / 65536),
		Weight:      400,
		UnitsPerEm:  s.unitsPerEm,
	}
	if len(s.os2) >= 78 {
		m.Weight = int(be.Uint16(s.os2[4:]))
		m.FSType = be.Uint16(s.os2[8:])
		if be.Uint16(s.os2) >= 2 && len(s.os2) >= 90 {
			m.CapHeight = i16(s.os2[88:])
		}
	}
	if m.CapHeight == 0 {
		m.CapHeight = m.Ascent
	}
	switch {
	case m.FSType&fsUsageMask == fsRestricted:
		return errors.New("字体的许可位（fsType）禁止嵌入文件")
	case m.FSType&fsNoSubset != 0:
		return errors.New("字体的许可位（fsType）禁止只嵌入用到的字")
	case m.FSType&fsBitmapOnly != 0:
		return errors.New("字体的许可位（fsType）只许嵌入点阵")
	}
	s.metrics = m
	return nil
}

const unnamed = "Unnamed"

// postScriptName is name record 6, reduced to the characters that a PDF name may hold unescaped.
func (s *sfnt) postScriptName() string {
	if len(s.name) < 6 {
		return unnamed
	}
	count, base := int(be.Uint16(s.name[2:])), int(be.Uint16(s.name[4:]))
	for i := range count {
		if len(s.name) < 6+12*(i+1) {
			break
		}
		rec := s.name[6+12*i:]
		off, size := base+int(be.Uint16(rec[10:])), int(be.Uint16(rec[8:]))
		if be.Uint16(rec[6:]) != 6 || off+size > len(s.name) {
			continue
		}
		var out []byte
		for _, c := range s.name[off : off+size] { // ASCII in every encoding; UTF-16 only adds zeros
			if c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
				out = append(out, c)
			}
		}
		if len(out) > 0 && len(out) <= 63 {
			return string(out)
		}
	}
	return unnamed
}
