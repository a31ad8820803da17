package font

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// CutFace parts what people write for a font: the file, and behind a # the name of a face within it, which a collection
// (.ttc) has several of. A # in the name of another file is part of that.
func CutFace(written string) (file, face string) {
	if at := strings.LastIndexByte(written, '#'); at >= 0 && collects(written[:at]) {
		return written[:at], written[at+1:]
	}
	return written, ""
}

func collects(file string) bool {
	file = strings.ToLower(file)
	return strings.HasSuffix(file, ".ttc") || strings.HasSuffix(file, ".otc")
}

// Faces lists the names of the fonts of a file, each by the names that it gives itself in all languages, the longest forms
// first. It reads no more than the tables with the names. A font without a name has an empty list.
func Faces(file io.ReaderAt) ([][]string, error) {
	starts, err := starts(file)
	if err != nil {
		return nil, err
	}
	out := make([][]string, len(starts))
	for i, at := range starts {
		if out[i], err = names(file, int64(at)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ParseFace reads the font of a file that goes by a name, or the only one. It keeps data, as Parse does.
func ParseFace(data []byte, name string) (*Face, error) {
	if name == "" && (len(data) < 4 || string(data[:4]) != "ttcf") {
		return Parse("", data)
	}
	file := bytes.NewReader(data)
	all, err := Faces(file)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(names []string) bool {
		return slices.ContainsFunc(names, func(x string) bool { return SameName(x, name) })
	})
	var shown []string
	for _, names := range all {
		shown = append(shown, "“"+strings.Join(names, "”或“")+"”")
	}
	switch {
	case name == "" && len(all) == 1:
		at = 0
	case name == "":
		return nil, fmt.Errorf("字体集里有 %d 种字体：%s；要写明用哪一种，在文件名后面加 # 和它的名称", len(all), strings.Join(shown, "，"))
	case at < 0:
		return nil, fmt.Errorf("里面没有叫“%s”的字体，有的是%s", name, strings.Join(shown, "，"))
	}
	starts, err := starts(file)
	if err != nil {
		return nil, err
	}
	s, err := parseAt(data, int(starts[at]))
	if err != nil {
		return nil, err
	}
	f := &Face{name: s.postScriptName()}
	f.parsed.Store(s)
	return f, nil
}

// SameName reports whether two names of fonts differ in blanks and capitals at most.
func SameName(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
}

// mostFonts is beyond what any collection holds.
const mostFonts = 256

// starts tells where in a file its fonts begin.
func starts(file io.ReaderAt) ([]uint32, error) {
	head := make([]byte, 12)
	if _, err := file.ReadAt(head, 0); err != nil {
		return nil, errors.New("file is too short for a font")
	}
	switch string(head[:4]) {
	case "\x00\x01\x00\x00", "true", "OTTO":
		return []uint32{0}, nil
	case "ttcf":
	default:
		return nil, errNoFont
	}
	n := be.Uint32(head[8:])
	if n == 0 || n > mostFonts {
		return nil, errors.New("the directory of the collection is damaged")
	}
	list, out := make([]byte, 4*n), make([]uint32, n)
	if _, err := file.ReadAt(list, 12); err != nil {
		return nil, errors.New("the directory of the collection is cut off")
	}
	for i := range out {
		out[i] = be.Uint32(list[4*i:])
	}
	return out, nil
}

var errNameTable = errors.New(`table "name" is damaged`)

// names reads what the font at a place of a file calls itself.
func names(file io.ReaderAt, at int64) ([]string, error) {
	const most = 1 << 20 // of a table of names
	head := make([]byte, 12)
	if _, err := file.ReadAt(head, at); err != nil {
		return nil, errNameTable
	}
	list := make([]byte, 16*int(be.Uint16(head[4:])))
	if _, err := file.ReadAt(list, at+12); err != nil {
		return nil, errNameTable
	}
	for ; len(list) > 0; list = list[16:] {
		if string(list[:4]) != "name" {
			continue
		}
		size := be.Uint32(list[12:])
		if size > most {
			return nil, errNameTable
		}
		table := make([]byte, size)
		if _, err := file.ReadAt(table, int64(be.Uint32(list[8:]))); err != nil {
			return nil, errNameTable
		}
		return readNames(table), nil
	}
	return nil, nil
}

// What a record of the table of names is.
const (
	familyName = 1
	styleName  = 2
	fullName   = 4
	postScript = 6
)

// readNames lists full names, PostScript names, and those of the family where the font is its regular one.
func readNames(table []byte) (out []string) {
	kinds := map[uint16][]string{}
	if len(table) < 6 {
		return nil
	}
	base := int(be.Uint16(table[4:]))
	for i := range int(be.Uint16(table[2:])) {
		if len(table) < 6+12*(i+1) {
			break
		}
		rec := table[6+12*i:]
		from := base + int(be.Uint16(rec[10:]))
		if to := from + int(be.Uint16(rec[8:])); to <= len(table) {
			if s := decodeName(be.Uint16(rec), table[from:to]); s != "" {
				kinds[be.Uint16(rec[6:])] = append(kinds[be.Uint16(rec[6:])], s)
			}
		}
	}
	if styles := kinds[styleName]; len(styles) > 0 && !slices.ContainsFunc(styles, regular) {
		delete(kinds, familyName)
	}
	for _, kind := range []uint16{fullName, familyName, postScript} {
		for _, s := range kinds[kind] {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func regular(style string) bool {
	return slices.Contains([]string{"Regular", "Normal", "Roman", "Book", "常规", "标准"}, style)
}

// decodeName decodes a name of a platform: UTF-16, or one byte a character, of which only ASCII means the same everywhere.
func decodeName(platform uint16, b []byte) string {
	if platform == 1 {
		for _, c := range b {
			if c < ' ' || c > '~' {
				return ""
			}
		}
		return string(b)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = be.Uint16(b[2*i:])
	}
	return strings.TrimSpace(string(utf16.Decode(units)))
}
