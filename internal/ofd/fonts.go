package ofd

import (
	"fmt"
	"hash/crc32"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

// usedFont is a face as one document uses it. Every character has a glyph of its own in the file: two that share one in the
// face, such as 一 and the radical ⼀, must not be taken for each other.
type usedFont struct {
	face   *font.Face
	pages  []*[256]uint16 // character → 1 while they are collected, then its glyph in the file; as long as the highest asks for
	count  int            // of characters
	beyond bool           // one of them lies beyond the basic plane
	blank  uint16         // the glyph in the file that leaves nothing, if beyond

	left, bottom, right, top int // where any of its glyphs has ink, in thousandths of an em; right is measured from its start

	runes  []rune // in ascending order, once they are collected
	choice font.Choice
}

// collect goes over all pages: which characters each font is to have, and how many IDs are given.
func (w *writer) collect() error {
	objects := 0
	for i := range w.d.Pages {
		p := &w.d.Pages[i]
		n, err := w.collectPage(p)
		if err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
		objects += n
		w.links += len(p.Links)
	}
	for _, f := range w.fonts {
		if err := f.choose(); err != nil {
			return err
		}
	}
	w.lastID = w.firstObject() - 1
	w.maxID = w.lastID + objects + 2*w.links
	return nil
}

// collectPage collects from a page and returns the number of its objects, its layer among them.
func (w *writer) collectPage(p *page.Page) (objects int, err error) {
	objects = 1 + len(p.Paths)
	if len(p.Rules) > 0 {
		objects++
	}
	for i := range p.Paths {
		q := &p.Paths[i]
		if len(q.Segments) == 0 || q.Segments[0].Step != page.Move {
			return 0, fmt.Errorf("a path that does not begin with a move")
		}
		if int(q.Elem) >= len(w.d.Elems) {
			return 0, fmt.Errorf("content of element %d, which does not exist", q.Elem)
		}
	}
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Text == "" {
			continue
		}
		if err := t.Check(); err != nil {
			return 0, err
		}
		if int(t.Elem) >= len(w.d.Elems) {
			return 0, fmt.Errorf("content of element %d, which does not exist", t.Elem)
		}
		f, err := w.use(t.Face)
		if err != nil {
			return 0, err
		}
		n, err := w.collectText(f, t.Text)
		if err != nil {
			return 0, fmt.Errorf("text %q: %w", t.Text, err)
		}
		objects += n
	}
	return objects, nil
}

// use returns the document's font of a face.
func (w *writer) use(face *font.Face) (*usedFont, error) {
	if f := w.fontOf(face); f >= 0 {
		return w.fonts[f], nil
	}
	if face == nil || !face.Outlined() {
		return nil, fmt.Errorf("text in a face without outlines")
	}
	f := &usedFont{face: face}
	w.fonts = append(w.fonts, f)
	return f, nil
}

// fontOf is the index of a face's font, -1 when there is none yet.
func (w *writer) fontOf(face *font.Face) int {
	for i, f := range w.fonts {
		if f.face == face {
			return i
		}
	}
	return -1
}

// collectText collects the characters of a text and returns the number of objects that it takes; see appendParts.
func (w *writer) collectText(f *usedFont, text string) (objects int, err error) {
	alone := true // what comes begins an object
	for _, r := range text {
		if f.at(r) == 0 {
			if err := w.collectRune(f, r); err != nil {
				return 0, err
			}
		}
		if r > 0xFFFF {
			objects, alone = objects+1, true
		} else if alone {
			objects, alone = objects+1, false
		}
	}
	return objects, nil
}

// at is what the font's table has for a character.
func (f *usedFont) at(r rune) uint16 {
	if i := int(r >> 8); i < len(f.pages) && f.pages[i] != nil {
		return f.pages[i][r&0xFF]
	}
	return 0
}

func (w *writer) collectRune(f *usedFont, r rune) error {
	g, err := page.Glyph(f.face, r)
	if err != nil {
		return err
	}
	if n := int(r>>8) + 1; n > len(f.pages) {
		f.pages = append(f.pages, make([]*[256]uint16, n-len(f.pages))...)
	}
	p := &f.pages[r>>8]
	if *p == nil {
		*p = w.blocks.Take()
	}
	(*p)[r&0xFF] = 1
	f.count++
	f.beyond = f.beyond || r > 0xFFFF
	left, bottom, right, top := f.face.Ink(g)
	f.left, f.bottom, f.right, f.top = min(f.left, left), min(f.bottom, bottom), max(f.right, right), max(f.top, top)
	return nil
}

// choose numbers the characters in their own order, so that the map of them is short, and chooses which pieces the file has.
func (f *usedFont) choose() error {
	const room = 1<<16 - 3 // glyph 0, the blank one, and one that is no number
	if f.count > room {
		return fmt.Errorf("%s: more than %d characters", f.face.Name(), room)
	}
	f.runes = make([]rune, 0, f.count)
	glyphs := make([]font.GlyphID, 0, f.count)
	for i, block := range f.pages {
		if block == nil {
			continue
		}
		for k := range block {
			if block[k] == 0 {
				continue
			}
			r := rune(i<<8 | k)
			f.runes = append(f.runes, r)
			glyphs = append(glyphs, f.face.Glyph(r))
			block[k] = uint16(len(f.runes))
		}
	}
	f.choice = f.face.Choose(glyphs, nil, f.at)
	if f.choice.Places != nil {
		f.place()
	}
	if f.beyond {
		for _, p := range f.choice.Pieces {
			f.blank += uint16(len(p.Runes))
		}
		f.choice.Glyphs = append(f.choice.Glyphs, font.Blank)
		f.blank += uint16(len(f.choice.Glyphs))
		f.runes = append(f.runes, 0)
	}
	return nil
}

// place puts the glyphs' numbers in the file into the table, and leaves in runes the characters that are in no piece.
func (f *usedFont) place() {
	shared := uint16(0)
	for _, p := range f.choice.Pieces {
		shared += uint16(len(p.Runes))
	}
	rest := f.runes[:0]
	for i, r := range f.runes {
		g := f.choice.Places[i+1]
		f.pages[r>>8][r&0xFF] = g
		if g > shared {
			rest = append(rest, r)
		}
	}
	f.runes = rest
}

// writeResources writes what all pages share: fonts, and the colours that numbers stand for.
func (w *writer) writeResources() {
	b := append(w.begin("ofd:Res"), ` BaseLoc="Res">`...)
	if w.claims {
		b = appendInt(append(b, `<ofd:ColorSpaces><ofd:ColorSpace ID="`...), w.colorID())
		b = append(b, `" Type="RGB" BitsPerComponent="8" Profile="`+profileName+`"/></ofd:ColorSpaces>`...)
	}
	if len(w.fonts) > 0 {
		b = append(b, "<ofd:Fonts>"...)
		for i, f := range w.fonts {
			b = appendInt(append(b, `<ofd:Font ID="`...), w.fontID(i))
			b = w.appendAttribute(append(b, '"'), "FontName", f.face.Name())
			b = w.appendAttribute(b, "FamilyName", f.face.Name())
			b = append(b, "><ofd:FontFile>"...)
			b = append(append(b, w.fontFile(i)...), "</ofd:FontFile></ofd:Font>"...)
		}
		b = append(b, "</ofd:Fonts>"...)
	}
	w.addXML(publicName, append(b, "</ofd:Res>"...))
	for i, f := range w.fonts {
		w.writeFont(resFolder+w.fontFile(i), f)
	}
	if w.claims {
		w.add(resFolder+profileName, page.SRGB())
	}
}

// fontFile is the name of a font's file.
func (w *writer) fontFile(i int) string { return numbered("Font_", i+1, len(w.fonts)) + ".ttf" }

// writeFont writes a font file: what precedes the pieces, the pieces as they were compressed once, and the rest. Each part ends
// at a byte and refers to nothing before it.
func (w *writer) writeFont(name string, f *usedFont) {
	pieces := f.choice.Pieces
	file, split := f.face.AppendArchived(w.font[:0], pieces, f.choice.Glyphs, f.runes)
	w.font = file
	w.open(name, deflated)
	crc, size := uint32(0), 0
	part := func(data []byte) {
		w.sums.one.Write(data)
		crc, size = crc32.Update(crc, crc32.IEEETable, data), size+len(data)
	}
	part(file[:split])
	if len(pieces) > 0 {
		w.z.Part(file[:split], w.fontLevel, false)
		for _, p := range pieces {
			packed, _, _ := p.Packed(w.z.Piece)
			w.z.B = append(w.z.B, packed...)
			part(p.Data())
		}
		w.z.Part(file[split:], w.fontLevel, true)
		part(file[split:])
	} else {
		w.z.Part(file, w.fontLevel, true)
		part(file[split:])
	}
	w.sums.add(name)
	w.shut(crc, size)
}
