package ofdread

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"yusuan/internal/typeset/unit"
	"yusuan/internal/xmlread"
)

// space is the name space of the standard.
const space = "http://www.ofdspec.org/2016"

// node is an element of a file of the package.
type node struct {
	name string // local; of another name space with a blank before it
	attr []xml.Attr
	kids []*node
	text string

	buf []byte // of the text, while it is read
}

// get is an attribute, "" where there is none.
func (n *node) get(name string) string {
	for _, a := range n.attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// first is the first child of a name; one without anything where there is none.
func (n *node) first(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return &node{}
}

// all are the children of a name.
func (n *node) all(name string) (out []*node) {
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// reader begins an entry of XML.
func (f *File) reader(name string) (*xmlread.Reader, error) {
	raw, err := f.read(name, f.bounds.content)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	return xmlread.New(bytes.NewReader(raw), &f.costs.pieces, xmlread.Bounds{Depth: maxDepth, Piece: onePiece}), nil
}

// tooMuch turns what ended the reading of XML into errors of this package.
func tooMuch(name string, err error) error {
	if errors.Is(err, xmlread.ErrCount) || errors.Is(err, xmlread.ErrDeep) || errors.Is(err, xmlread.ErrLong) {
		return fmt.Errorf("%w: %q: %w", ErrTooMuch, name, err)
	}
	return fmt.Errorf("ofd: entry %q: %w", name, err)
}

// local is what an element is called here.
func local(n xml.Name) string {
	if n.Space == space {
		return n.Local
	}
	return " " + n.Local
}

// tree reads an entry whose root has a name.
func (f *File) tree(name, root string) (*node, error) {
	r, err := f.reader(name)
	if err != nil {
		return nil, err
	}
	top := &node{}
	open := []*node{top}
	left := f.bounds.nodes
	for {
		tok, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, tooMuch(name, err)
		}
		last := open[len(open)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			if left -= 1 + len(tok.Attr); left < 0 {
				return nil, fmt.Errorf("%w: %q", ErrTooMuch, name)
			}
			n := &node{name: local(tok.Name), attr: tok.Attr}
			last.kids = append(last.kids, n)
			open = append(open, n)
		case xml.EndElement:
			last.text, last.buf = string(last.buf), nil
			open = open[:len(open)-1]
		case xml.CharData:
			if last.buf = append(last.buf, tok...); len(last.buf) > onePiece {
				return nil, fmt.Errorf("%w: %q", ErrTooMuch, name)
			}
		case xml.Comment: // of a text that one parts, some programs read the first piece alone
			f.remarks = f.remarks || !f.signed(name)
		case xml.ProcInst:
			f.remarks = f.remarks || !plainHead(tok) && !f.signed(name)
		case xml.Directive: // there are no documents with types of their own
			return nil, fmt.Errorf("ofd: entry %q has a document type: %w", name, errSyntax)
		}
	}
	if len(top.kids) != 1 || top.kids[0].name != root {
		return nil, fmt.Errorf("ofd: entry %q is no %s: %w", name, root, errSyntax)
	}
	return top.kids[0], nil
}

// plainHead reports whether an instruction is the head of a file in UTF-8. What claims to be written otherwise is read otherwise.
func plainHead(p xml.ProcInst) bool {
	head := strings.ToLower(strings.ReplaceAll(string(p.Inst), "'", `"`))
	return p.Target == "xml" && (!strings.Contains(head, "encoding") || strings.Contains(head, `encoding="utf-8"`))
}

// place is what a location in a file of the package leads to.
func place(folder, loc string) (string, error) {
	loc = strings.TrimSpace(loc)
	if !strings.HasPrefix(loc, "/") {
		loc = folder + "/" + loc
	}
	p := path.Clean(strings.TrimLeft(loc, "/"))
	if p == "." || p == ".." || strings.HasPrefix(p, "../") {
		return "", fmt.Errorf("ofd: location %q leads out of the package: %w", loc, errSyntax)
	}
	return p, nil
}

// decimal reads a number of millimetres in ten-thousandths. What has more places, or an exponent, this program never writes.
func decimal(s string) (v int64, ok bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, rest, pointed := strings.Cut(digits, ".")
	if whole == "" || len(whole) > 7 || pointed && rest == "" || len(rest) > 4 {
		return 0, false
	}
	for _, part := range [2]string{whole, rest} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return 0, false
			}
			v = 10*v + int64(c-'0')
		}
	}
	for i := len(rest); i < 4; i++ {
		v *= 10
	}
	if len(digits) < len(s) {
		v = -v
	}
	return v, true
}

// decimals reads numbers apart by blanks.
func decimals(s string, n int) (out []int64, ok bool) {
	for part := range strings.FieldsSeq(s) {
		v, good := decimal(part)
		if !good || n >= 0 && len(out) >= n {
			return out, false
		}
		out = append(out, v)
	}
	return out, n < 0 || len(out) == n
}

// length is a number of ten-thousandths of a millimetre, of which there are 3.53 in a thousandth of a point: what layout had
// comes back exactly.
func length(v int64) unit.Length {
	if v < 0 {
		return unit.Length(-((-2*v*36 + 127) / 254))
	}
	return unit.Length((2*v*36 + 127) / 254)
}

// whole reads an identifier, 0 for what is none.
func whole(s string) int {
	const most = 1 << 31
	v := 0
	for _, c := range []byte(strings.TrimSpace(s)) {
		if c < '0' || c > '9' || v > most/10-1 {
			return 0
		}
		v = 10*v + int(c-'0')
	}
	return v
}
