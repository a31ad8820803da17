package pdfread

import (
	"fmt"
	"strings"
)

// Font is a font as the pages use it.
type Font struct {
	Name      string // PostScript name without the tag of a subset
	Composite bool   // codes of two bytes
	Program   []byte // the embedded font file
	toUnicode map[int]string
	toGlyph   []byte        // CIDToGIDMap, two bytes a code; nil when glyphs go by their codes
	widths    map[int]int64 // thousandths of an em
	width     int64         // of codes without one
	foreign   []string      // keys of its dictionaries that this program never writes

	prepared bool
	outlines *outlines
	codes    map[string]int // the reverse of toUnicode; of several codes for a text the one of the narrowest glyph
}

// NewFont is a font whose program draws the n-th of some texts by its n-th glyph, counted from 1, so many thousandths of an em
// wide: to hold the fonts of a file against.
func NewFont(name string, program []byte, texts []string, widths []int) *Font {
	f := &Font{Name: name, Composite: true, Program: program, toUnicode: map[int]string{}, widths: map[int]int64{}}
	for i, text := range texts {
		f.toUnicode[i+1], f.widths[i+1] = text, int64(widths[i])
	}
	return f
}

// pageFont returns the font that a page calls so, nil when it has none.
func (f *File) pageFont(p *Page, name Name) (*Font, error) {
	o, ok := p.fonts[name]
	if !ok {
		return nil, nil
	}
	ref, shared := o.(Ref)
	if font := f.fonts[ref]; shared && font != nil {
		return font, nil
	}
	font, err := f.font(o)
	if err != nil {
		return nil, fmt.Errorf("pdf: font %q: %w", name, err)
	}
	if shared {
		f.fonts[ref] = font
	}
	return font, nil
}

func (f *File) font(o any) (*Font, error) {
	d, err := f.dict(o)
	if err != nil {
		return nil, err
	}
	base, _ := d["BaseFont"].(Name)
	font := &Font{Name: string(base), Composite: d["Subtype"] == Name("Type0"), toUnicode: map[int]string{}, widths: map[int]int64{}, width: 500}
	if len(font.Name) > 7 && font.Name[6] == '+' {
		font.Name = font.Name[7:]
	}
	font.foreign = other(other(strange(d, writtenFont), d, "Subtype", Name("Type0")), d, "Encoding", Name("Identity-H"))
	if d["ToUnicode"] != nil {
		data, err := f.stream(d["ToUnicode"], maxToUnicode)
		if err != nil {
			return nil, err
		}
		readToUnicode(data, font.toUnicode)
	}
	if font.Composite {
		if err := f.descendant(d["DescendantFonts"], font); err != nil {
			return nil, err
		}
	}
	const entry = 16 // bytes of a file that an entry of a map counts as
	return font, f.costs.spend(entry * (len(font.toUnicode) + len(font.widths)))
}

// descendant reads the font that a composite font consists of (9.7.4).
func (f *File) descendant(o any, font *Font) error {
	list, err := f.Resolve(o)
	if err != nil {
		return err
	}
	a, ok := list.(Array)
	if !ok || len(a) != 1 {
		return fmt.Errorf("no descendant: %w", errSyntax)
	}
	cid, err := f.dict(a[0])
	if err != nil {
		return err
	}
	font.foreign = other(append(font.foreign, strange(cid, writtenCIDFont)...), cid, "Subtype", Name("CIDFontType2"))
	font.width = 1000
	if v, ok := cid["DW"].(Int); ok {
		font.width = int64(v)
	}
	w, err := f.Resolve(cid["W"])
	if err != nil {
		return err
	}
	if a, ok := w.(Array); ok {
		readWidths(a, font.widths)
	}
	glyphs, err := f.Resolve(cid["CIDToGIDMap"])
	if err != nil {
		return err
	}
	if s, ok := glyphs.(Stream); ok {
		if font.toGlyph, err = f.unpack(s, 2<<16); err != nil {
			return err
		}
	}
	descriptor, err := f.dict(cid["FontDescriptor"])
	if err != nil {
		return err
	}
	font.foreign = append(font.foreign, strange(descriptor, writtenDescriptor)...)
	if descriptor["FontFile2"] != nil {
		font.Program, err = f.stream(descriptor["FontFile2"], maxProgram)
	}
	return err
}

// readWidths reads the W array (9.7.4.3): first [w w …] or first last w. What does not fit is passed over.
func readWidths(a Array, into map[int]int64) {
	for i := 0; i+1 < len(a); {
		first, ok := a[i].(Int)
		if !ok || first < 0 || first > 0xFFFF {
			return
		}
		if list, ok := a[i+1].(Array); ok {
			for k, w := range list[:min(len(list), 0x10000-int(first))] {
				into[int(first)+k] = micro(w) / 1e6
			}
			i += 2
			continue
		}
		last, ok := a[i+1].(Int)
		if !ok || last < first || last > 0xFFFF || i+2 >= len(a) {
			return
		}
		for c := first; c <= last; c++ {
			into[int(c)] = micro(a[i+2]) / 1e6
		}
		i += 3
	}
}

// readToUnicode reads the bfchar and bfrange entries of a map to characters (9.10.3). What does not fit is passed over:
// the text is for people to look at.
func readToUnicode(data []byte, into map[int]string) {
	l := lexer{b: data}
	var strs []String
	for !l.done() {
		o, err := l.object(0, false)
		if err != nil || len(into) > maxCodes {
			return
		}
		switch o := o.(type) {
		case String:
			strs = append(strs, o)
		case keyword:
			switch {
			case o == "endbfchar":
				for ; len(strs) >= 2; strs = strs[2:] {
					into[code(strs[0])] = character(strs[1])
				}
			case o == "endbfrange":
				for ; len(strs) >= 3; strs = strs[3:] {
					first, last, text := code(strs[0]), code(strs[1]), []rune(character(strs[2]))
					for c := first; len(text) > 0 && c <= last && c-first < 256; c++ {
						into[c] = string(text)
						text[len(text)-1]++
					}
				}
			}
			if !strings.HasPrefix(string(o), "begin") || o == "beginbfchar" || o == "beginbfrange" {
				strs = strs[:0]
			}
		}
	}
}

// character is the text of a code. What is longer than any ligature stands for no character.
func character(s String) string {
	if len(s) > 16 {
		return "\uFFFD"
	}
	return utf16Text(string(s))
}

func code(s String) int {
	v := 0
	for i := range min(len(s), 4) {
		v = v<<8 | int(s[i])
	}
	return v
}

// Text is what a code stands for, U+FFFD when the font does not tell.
func (f *Font) Text(code int) string {
	if s, ok := f.toUnicode[code]; ok {
		return s
	}
	if !f.Composite && code < 0x80 {
		return string(rune(code))
	}
	return "\uFFFD"
}

// Width is the advance of a code in thousandths of an em.
func (f *Font) Width(code int) int64 {
	if w, ok := f.widths[code]; ok {
		return w
	}
	return f.width
}
