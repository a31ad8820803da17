package pdfread

import (
	"fmt"
	"strings"

	"yusuan/internal/shown"
)

// pageFont returns the font that a page calls so, nil when it has none.
func (f *File) pageFont(p *Page, name Name) (*shown.Font, error) {
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

func (f *File) font(o any) (*shown.Font, error) {
	d, err := f.dict(o)
	if err != nil {
		return nil, err
	}
	base, _ := d["BaseFont"].(Name)
	font := &shown.Font{Name: string(base), Composite: d["Subtype"] == Name("Type0"), Texts: map[int]string{}, Widths: map[int]int64{}, Else: 500}
	if len(font.Name) > 7 && font.Name[6] == '+' {
		font.Name = font.Name[7:]
	}
	font.Foreign = other(other(strange(d, writtenFont), d, "Subtype", Name("Type0")), d, "Encoding", Name("Identity-H"))
	if d["ToUnicode"] != nil {
		data, err := f.stream(d["ToUnicode"], maxToUnicode)
		if err != nil {
			return nil, err
		}
		readToUnicode(data, font.Texts)
	}
	if font.Composite {
		if err := f.descendant(d["DescendantFonts"], font); err != nil {
			return nil, err
		}
	}
	const entry = 16 // bytes of a file that an entry of a map counts as
	return font, f.costs.spend(entry * (len(font.Texts) + len(font.Widths)))
}

// descendant reads the font that a composite font consists of (9.7.4).
func (f *File) descendant(o any, font *shown.Font) error {
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
	font.Foreign = other(append(font.Foreign, strange(cid, writtenCIDFont)...), cid, "Subtype", Name("CIDFontType2"))
	font.Else = 1000
	if v, ok := cid["DW"].(Int); ok {
		font.Else = int64(v)
	}
	w, err := f.Resolve(cid["W"])
	if err != nil {
		return err
	}
	if a, ok := w.(Array); ok {
		readWidths(a, font.Widths)
	}
	glyphs, err := f.Resolve(cid["CIDToGIDMap"])
	if err != nil {
		return err
	}
	if s, ok := glyphs.(Stream); ok {
		if font.Glyphs, err = f.unpack(s, 2<<16); err != nil {
			return err
		}
	}
	descriptor, err := f.dict(cid["FontDescriptor"])
	if err != nil {
		return err
	}
	font.Foreign = append(font.Foreign, strange(descriptor, writtenDescriptor)...)
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
