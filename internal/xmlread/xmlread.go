// Package xmlread reads the XML of strangers piece by piece: how many pieces there may be, how long one and how deep elements
// is bounded, since encoding/xml bounds none of it. Entities of a file's own are not resolved: encoding/xml refuses them.
package xmlread

import (
	"encoding/xml"
	"errors"
	"io"
)

// What ends the reading of a file that is beyond a bound.
var (
	ErrDeep  = errors.New("xml: nested too deep")
	ErrLong  = errors.New("xml: one piece beyond all measure")
	ErrCount = errors.New("xml: more pieces than there may be")
)

// Bounds are those of one file; how many pieces it may have is told to New, for several files may share that.
type Bounds struct {
	Depth int // of elements
	Piece int // bytes of one piece, which encoding/xml keeps whole
}

// Reader reads one file.
type Reader struct {
	Depth int // of elements that are open

	d      *xml.Decoder
	meter  *meter
	left   *int
	bounds Bounds
}

// meter bounds how much is read for one piece.
type meter struct {
	r    io.Reader
	left int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, ErrLong
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}

// New begins a file that may have so many pieces yet. Its text must be UTF-8, whatever its first line says.
func New(r io.Reader, left *int, b Bounds) *Reader {
	m := &meter{r: r, left: b.Piece}
	d := xml.NewDecoder(m)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return &Reader{d: d, meter: m, left: left, bounds: b}
}

// Next is the next piece; io.EOF behind the last.
func (t *Reader) Next() (xml.Token, error) {
	t.meter.left = t.bounds.Piece
	if *t.left--; *t.left < 0 {
		return nil, ErrCount
	}
	tok, err := t.d.Token()
	if err != nil {
		return nil, err
	}
	switch tok.(type) {
	case xml.StartElement:
		if t.Depth++; t.Depth > t.bounds.Depth {
			return nil, ErrDeep
		}
	case xml.EndElement:
		t.Depth--
	}
	return tok, nil
}
