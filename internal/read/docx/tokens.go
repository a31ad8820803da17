package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"yusuan/internal/xmlread"
)

// spaces are the name spaces of documents by the prefix that Word gives them: those of Office, of the strict form of the
// standard, of Word 2003. What a prefix is in a file differs from program to program.
var spaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w:",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w:",
	"http://schemas.microsoft.com/office/word/2003/wordml":                   "w:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m:",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m:",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a:",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a:",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic:",
	"http://purl.oclc.org/ooxml/drawingml/picture":                           "pic:",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 "c:",
	"http://purl.oclc.org/ooxml/drawingml/chart":                             "c:",
	"http://schemas.microsoft.com/office/drawing/2014/chartex":               "c:",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":               "dgm:",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                           "dgm:",
	"urn:schemas-microsoft-com:vml":                                          "v:",
	"urn:schemas-microsoft-com:office:office":                                "o:",
	"http://schemas.microsoft.com/aml/2001/core":                             "aml:",
	"http://schemas.microsoft.com/office/word/2003/auxHint":                  "wx:",
	"http://schemas.microsoft.com/office/2006/xmlPackage":                    "pkg:",
}

// element is an element as it begins.
type element struct {
	name string // w:p; of other name spaces the local name behind a blank
	attr []xml.Attr
}

// get is an attribute by its local name; "" where there is none.
func (e *element) get(name string) string {
	for _, a := range e.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// has reports whether there is an attribute of that local name.
func (e *element) has(name string) bool {
	for _, a := range e.attr {
		if a.Name.Local == name {
			return true
		}
	}
	return false
}

// on is the value of a switch: an element without a value is on.
func (e *element) on() bool {
	switch e.get("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// tokens reads XML piece by piece.
type tokens struct {
	r     *xmlread.Reader
	names map[xml.Name]string
}

func newTokens(r io.Reader, left *int) *tokens {
	return &tokens{xmlread.New(r, left, xmlread.Bounds{Depth: maxDepth, Piece: onePiece}), map[xml.Name]string{}}
}

// next is the next piece.
func (t *tokens) next() (xml.Token, error) {
	tok, err := t.r.Next()
	if errors.Is(err, xmlread.ErrCount) {
		err = tooMuch("XML 的标记", maxPieces)
	}
	return tok, err
}

// name is what Word calls an element.
func (t *tokens) name(n xml.Name) string {
	if s, ok := t.names[n]; ok {
		return s
	}
	prefix, ok := spaces[n.Space]
	if !ok {
		prefix = " "
	}
	s := prefix + n.Local
	if len(t.names) < 4_096 {
		t.names[n] = s
	}
	return s
}

// inside calls on for each element in the one that is open, and text for its own text, up to its end. What on leaves of an
// element is skipped.
func (t *tokens) inside(on func(e *element) error, text func(s []byte) error) error {
	depth := t.r.Depth
	for {
		tok, err := t.next()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if on != nil {
				err = on(&element{t.name(tok.Name), tok.Attr})
			}
			if err == nil {
				err = t.skipTo(depth)
			}
		case xml.CharData:
			if text != nil {
				err = text(tok)
			}
		case xml.EndElement:
			if t.r.Depth < depth {
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// skipTo skips to where so many elements are open.
func (t *tokens) skipTo(depth int) error {
	for t.r.Depth > depth {
		if _, err := t.next(); err != nil {
			return err
		}
	}
	return nil
}

// find calls on for each element of the file, whatever is around it, until on says that it was the last.
func (t *tokens) find(on func(e *element) (done bool, err error)) error {
	for {
		tok, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := tok.(xml.StartElement); ok {
			if done, err := on(&element{t.name(start.Name), start.Attr}); done || err != nil {
				return err
			}
		}
	}
}

// text is the text of the element that is open, that of elements within left out.
func (t *tokens) text() (string, error) {
	var b strings.Builder
	err := t.inside(nil, func(s []byte) error {
		if b.Len()+len(s) > maxText {
			return tooMuch("全部文字的字节", maxText)
		}
		b.Write(s)
		return nil
	})
	return b.String(), err
}
