package grid

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

var (
	errPlace  = errors.New("grid: a cell or a range without a place")
	errDeep   = errors.New("grid: XML nested too deep")
	errToken  = errors.New("grid: one piece of XML beyond all measure")
	errEnds   = errors.New("grid: XML ends within an element")
	errShared = errors.New("grid: a shared text that is not there")
	errPart   = errors.New("grid: a part that is not there")
)

// tokens reads XML piece by piece and knows the elements around each piece by their local names; prefixes differ from program
// to program. Entities of the file's own are not resolved: encoding/xml refuses them.
type tokens struct {
	d     *xml.Decoder
	meter *meter
	left  *int // pieces that the file may still have
	path  []string
}

// meter bounds how much is read for one piece, which encoding/xml keeps whole.
type meter struct {
	r    io.Reader
	left int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errToken
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}

// onePiece is the most that one piece of XML takes: the longest text with each character spelled as a number.
const onePiece = 4 << 20

func newTokens(r io.Reader, left *int) *tokens {
	m := &meter{r: r, left: onePiece}
	d := xml.NewDecoder(m)
	d.CharsetReader = charsetReader
	return &tokens{d: d, meter: m, left: left}
}

// next is the next piece; io.EOF when all elements are closed at the end of the file.
func (t *tokens) next() (xml.Token, error) {
	t.meter.left = onePiece
	if *t.left--; *t.left < 0 {
		return nil, tooMuch("XML 的标记", maxPieces)
	}
	tok, err := t.d.RawToken()
	if err == io.EOF && len(t.path) > 0 {
		return nil, errEnds
	}
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case xml.StartElement:
		if len(t.path) >= maxDepth {
			return nil, errDeep
		}
		t.path = append(t.path, tok.Name.Local)
	case xml.EndElement:
		if n := len(t.path); n == 0 || t.path[n-1] != tok.Name.Local {
			return nil, errEnds
		}
		t.path = t.path[:len(t.path)-1]
	}
	return tok, nil
}

// each calls fn for every piece up to the end of the file.
func (t *tokens) each(fn func(tok xml.Token) error) error {
	for {
		tok, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(tok); err != nil {
			return err
		}
	}
}

// in reports whether the piece is directly in these elements, the inner one last. Of a start, the element itself is the last;
// of an end, it is gone already.
func (t *tokens) in(names ...string) bool {
	n := len(t.path) - len(names)
	if n < 0 {
		return false
	}
	for i, name := range names {
		if t.path[n+i] != name {
			return false
		}
	}
	return true
}

// at reports whether the piece is directly in these elements and in no others.
func (t *tokens) at(names ...string) bool { return len(t.path) == len(names) && t.in(names...) }

// attribute is the value of an attribute by its local name; "" where there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// gather adds text to that of a cell, within the bound of one.
func gather(b *strings.Builder, text []byte) error {
	if b.Len()+len(text) > maxOneText {
		return tooMuch("一个单元格里的字节", maxOneText)
	}
	b.Write(text)
	return nil
}

// truth reads a truth value as XML has it.
func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

// unescaped resolves characters that XML cannot hold and Office spells _x000D_.
func unescaped(s string) string {
	var out []byte
	from := 0
	for i := 0; i+7 <= len(s); i++ {
		if s[i] != '_' || s[i+1] != 'x' || s[i+6] != '_' {
			continue
		}
		r, ok := hex4(s[i+2 : i+6])
		if !ok {
			continue
		}
		out = utf8.AppendRune(append(out, s[from:i]...), r)
		from, i = i+7, i+6
	}
	if out == nil {
		return s
	}
	return string(append(out, s[from:]...))
}

func hex4(s string) (r rune, ok bool) {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
