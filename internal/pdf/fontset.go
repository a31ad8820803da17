package pdf

import (
	"fmt"
	"hash/fnv"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

// fontSet is the faces of one document, in order of first use.
type fontSet struct {
	fonts  []*usedFont
	blocks *font.Blocks
}

// usedFont is a face as one document uses it. Every character gets its own id (CID), in order of first use: two
// characters that share a glyph, such as 一 and the radical ⼀, must not be taken for each other in extracted text.
// A character that blank room follows which is none of its text has further ids for the same glyph; see wider.
type usedFont struct {
	face   *font.Face
	index  int
	pages  []*[256]uint16 // character → CID; as long as the highest character asks for
	blocks *font.Blocks   // where such pages come from
	runes  []rune         // CID → character; CID 0 is the missing glyph
	widths []int          // CID → advance in thousandths of an em
	glyphs []font.GlyphID // of CID 1, 2, …
	wide   map[widened]uint16
	given  []int // of CID 1, 2, …: a width that is not the glyph's own, 0 for those that are; as long as wide asks for
}

// widened is a character with a width that is not its own.
type widened struct {
	cid   uint16
	width int // thousandths of an em
}

// use returns the document's font of a face.
func (s *fontSet) use(face *font.Face) (*usedFont, error) {
	for _, f := range s.fonts {
		if f.face == face {
			return f, nil
		}
	}
	if face == nil || !face.Outlined() {
		return nil, fmt.Errorf("text in a face without outlines")
	}
	const guess = 512
	f := &usedFont{
		face: face, index: len(s.fonts), blocks: s.blocks,
		runes: make([]rune, 1, guess), widths: make([]int, 1, guess), glyphs: make([]font.GlyphID, 0, guess),
	}
	f.widths[0] = face.Advance(0)
	s.fonts = append(s.fonts, f)
	return f, nil
}

// cid returns the id of a character, 0 when it is new.
func (f *usedFont) cid(r rune) uint16 {
	if i := int(r >> 8); i < len(f.pages) && f.pages[i] != nil {
		return f.pages[i][r&0xFF]
	}
	return 0
}

// add gives a character the next id.
func (f *usedFont) add(r rune) (uint16, error) {
	g, err := page.Glyph(f.face, r)
	if err != nil {
		return 0, err
	}
	if len(f.runes) > 0xFFFF {
		return 0, fmt.Errorf("%s: more than %d characters", f.face.Name(), 0xFFFF)
	}
	if n := int(r>>8) + 1; n > len(f.pages) {
		f.pages = append(f.pages, make([]*[256]uint16, n-len(f.pages))...)
	}
	p := &f.pages[r>>8]
	if *p == nil {
		*p = f.blocks.Take()
	}
	cid := uint16(len(f.runes))
	(*p)[r&0xFF] = cid
	f.runes = append(f.runes, r)
	f.widths = append(f.widths, f.face.Advance(g))
	f.glyphs = append(f.glyphs, g)
	return cid, nil
}

// wider returns the id of a character whose glyph ends where the next begins. Between Han and Latin stands a gap that is no
// blank of the text. Those who search or copy a page take room between glyphs for a blank, and then do not find
// 2026年部门预算; to them the gap must be part of a glyph. The file has room for few ids, so widths come in hundredths of an em;
// when there is none left, the character's own id has to do.
func (f *usedFont) wider(cid uint16, width int) uint16 {
	width = (width + 5) / 10 * 10
	key := widened{cid, width}
	if id, ok := f.wide[key]; ok {
		return id
	}
	if len(f.runes) > 0xFFFF {
		return cid
	}
	if f.wide == nil {
		f.wide = map[widened]uint16{}
	}
	id := uint16(len(f.runes))
	f.wide[key] = id
	f.runes = append(f.runes, f.runes[cid])
	f.widths = append(f.widths, width)
	f.glyphs = append(f.glyphs, f.glyphs[cid-1])
	f.given = append(append(f.given, make([]int, int(id)-1-len(f.given))...), width)
	return id
}

// subsetName is the font's name with the tag of a subset (ISO 32000-1, 9.6.4), which depends on its characters and their widths alone.
func (f *usedFont) subsetName() string {
	h := fnv.New64a()
	var buf [4]byte
	for _, r := range f.runes {
		buf = [4]byte{byte(r >> 24), byte(r >> 16), byte(r >> 8), byte(r)}
		h.Write(buf[:])
	}
	for _, v := range f.given {
		buf = [4]byte{byte(v >> 8), byte(v)}
		h.Write(buf[:])
	}
	v := h.Sum64()
	tag := make([]byte, 6, 80)
	for i := range tag {
		tag[i] = byte('A' + v%26)
		v /= 26
	}
	return string(append(append(tag, '+'), f.face.Name()...))
}

// writeFont writes a composite font and returns the number of its object.
func (w *writer) writeFont(f *usedFont) int {
	u := f.subset()
	first := w.reserve(5)
	composite, cidFont, descriptor, file, toUnicode := first, first+1, first+2, first+3, first+4
	toGlyphs := 0
	if len(u.Pieces) > 0 {
		toGlyphs = w.reserve(1)
	}
	name := f.subsetName()

	b := append(w.tmp[:0], "<</Type/Font/Subtype/Type0/BaseFont"...)
	b = appendName(b, name)
	b = append(b, "/Encoding/Identity-H/DescendantFonts["...)
	b = append(appendRef(b, cidFont), "]/ToUnicode "...)
	w.tmp = append(appendRef(b, toUnicode), ">>"...)
	w.object(composite, w.tmp)

	b = append(w.tmp[:0], "<</Type/Font/Subtype/CIDFontType2/BaseFont"...)
	b = appendName(b, name)
	b = append(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap"...)
	if len(u.Pieces) > 0 {
		b = appendRef(append(b, ' '), toGlyphs)
	} else {
		b = append(b, "/Identity"...)
	}
	b = append(b, "/FontDescriptor "...)
	b = append(appendRef(b, descriptor), "/DW 1000/W["...)
	w.tmp = append(appendWidths(b, f.widths), "]>>"...)
	w.object(cidFont, w.tmp)

	w.writeDescriptor(descriptor, name, f.face, file)
	w.fontFile(file, f.face, u)
	if len(u.Pieces) > 0 {
		w.tmp = appendMap(w.tmp[:0], u.Places)
		w.stream(toGlyphs, nil, w.tmp)
	}
	w.tmp = appendToUnicode(w.tmp[:0], f.runes)
	w.stream(toUnicode, nil, w.tmp)
	return composite
}

// writeDescriptor writes the font descriptor (ISO 32000-1, 9.8) of a font whose program is the object file.
func (w *writer) writeDescriptor(number int, name string, face *font.Face, file int) {
	m := face.Metrics()
	b := append(w.tmp[:0], "<</Type/FontDescriptor/FontName"...)
	b = appendName(b, name)
	b = append(b, "/Flags 4/FontBBox["...)
	for _, v := range [...]int{m.XMin, m.YMin, m.XMax, m.YMax} {
		b = append(appendInt(b, v), ' ')
	}
	b = append(b[:len(b)-1], "]/ItalicAngle "...)
	b = appendDecimal(b, int64(m.ItalicAngle), 3)
	for _, kv := range [...]struct {
		key   string
		value int
	}{
		{"/Ascent ", m.Ascent}, {"/Descent ", m.Descent}, {"/CapHeight ", m.CapHeight},
		// No table states the stem; this is the usual guess from the weight, near 88 at 400 and 166 at 700.
		{"/StemV ", 50 + m.Weight*m.Weight/4225},
	} {
		b = appendInt(append(b, kv.key...), kv.value)
	}
	b = append(b, "/FontFile2 "...)
	w.tmp = append(appendRef(b, file), ">>"...)
	w.object(number, w.tmp)
}

// appendWidths writes the W array without the widths that DW states.
func appendWidths(b []byte, widths []int) []byte {
	for i := 0; i < len(widths); {
		if widths[i] == 1000 {
			i++
			continue
		}
		b = append(appendInt(b, i), '[')
		for ; i < len(widths) && widths[i] != 1000; i++ {
			b = append(appendInt(b, widths[i]), ' ')
		}
		b[len(b)-1] = ']'
	}
	return b
}

// appendToUnicode writes the map from CIDs back to characters (ISO 32000-1, 9.10.3). A block holds at most 100 entries.
func appendToUnicode(b []byte, runes []rune) []byte {
	b = append(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"+
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"+
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"+
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"...)
	for from := 1; from < len(runes); from += 100 {
		to := min(from+100, len(runes))
		b = append(appendInt(b, to-from), " beginbfchar\n"...)
		// Blanks between the strings are not needed; some readers want them.
		for cid := from; cid < to; cid++ {
			b = appendHex16(append(b, '<'), uint16(cid))
			b = append(appendUTF16(append(b, "> <"...), runes[cid]), ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"...)
}
