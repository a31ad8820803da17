package grid

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// charsetReader reads XML whose first line names another encoding than UTF-8.
func charsetReader(name string, r io.Reader) (io.Reader, error) {
	enc := named(name)
	if enc == nil {
		return nil, fmt.Errorf("grid: unknown encoding %q", name)
	}
	return enc.NewDecoder().Reader(r), nil
}

// named is an encoding by its name in a file; nil for an unknown one. GB2312 and GBK are read as what contains them both. Where
// the name can be read as it stands, it is no UTF-16: somebody wrote the file anew and left the name.
func named(name string) encoding.Encoding {
	enc, err := htmlindex.Get(strings.TrimSpace(name))
	if err != nil {
		return nil
	}
	canonical, err := htmlindex.Name(enc)
	switch {
	case err != nil:
		return nil
	case strings.HasPrefix(canonical, "utf-16"):
		return unicode.UTF8
	case canonical == "gbk":
		return simplifiedchinese.GB18030
	}
	return enc
}

// decoded is the text of a file in UTF-8 without a mark before it, of the encoding that its bytes show or, failing that, that it
// says itself. ok is false for what is no text.
func decoded(raw []byte, said string) (text []byte, ok bool) {
	if enc := wide(raw); enc != nil {
		text, err := enc.NewDecoder().Bytes(raw)
		return text, err == nil && isText(text)
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	own := named(said)
	if own == nil || own == unicode.UTF8 || utf8.Valid(raw) && own == simplifiedchinese.GB18030 && longUTF8(raw) {
		if utf8.Valid(raw) {
			return raw, isText(raw)
		}
		own = simplifiedchinese.GB18030
	}
	text, err := own.NewDecoder().Bytes(raw)
	return text, err == nil && isText(text)
}

// longUTF8 reports whether bytes that are valid UTF-8 hold enough beyond ASCII that they are no GBK by chance: some words of
// two characters are both.
func longUTF8(raw []byte) bool {
	n := 0
	for _, c := range raw {
		if c >= 0x80 {
			n++
		}
	}
	return n > 24
}

// wide recognizes UTF-16 by its mark or by the zero bytes beside ASCII.
func wide(raw []byte) encoding.Encoding {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return little
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return big
	}
	var zeros [2]int
	for i, c := range raw[:min(len(raw), 4096)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 8*zeros[0]:
		return little
	case zeros[0] > 8*zeros[1]:
		return big
	}
	return nil
}

// isText reports whether text holds nothing that no text holds: control characters, and what took the place of bytes that mean
// nothing.
func isText(text []byte) bool {
	if bytes.Contains(text, []byte("\uFFFD")) {
		return false
	}
	text = bytes.TrimSuffix(text, []byte{0x1A}) // the end of a file, for DOS
	for _, c := range text {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' {
			return false
		}
	}
	return true
}
