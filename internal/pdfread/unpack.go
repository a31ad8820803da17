package pdfread

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
)

// packed is the content of an object stream, or why it could not be read.
type packed struct {
	data    []byte
	offsets map[int]int // object number → offset in data
	err     error
}

// packedObject reads an object of an object stream (7.5.7).
func (f *File) packedObject(stream, number int) (any, error) {
	p := f.packed[stream]
	if p == nil {
		p = f.unpackObjects(stream)
		f.packed[stream] = p
	}
	if p.err != nil {
		return nil, fmt.Errorf("object stream %d: %w", stream, p.err)
	}
	at, ok := p.offsets[number]
	if !ok {
		return nil, fmt.Errorf("it is not in object stream %d: %w", stream, errSyntax)
	}
	l := lexer{b: p.data, at: at, most: f.bounds.values}
	o, err := l.object(0, true)
	if e := f.costs.spend(l.at - at); e != nil {
		return nil, e
	}
	return o, err
}

// unpackObjects unpacks an object stream. One that cannot be is not tried again.
func (f *File) unpackObjects(stream int) *packed {
	p := &packed{offsets: map[int]int{}}
	p.err = f.objects(stream, p)
	return p
}

func (f *File) objects(stream int, p *packed) error {
	e, ok := f.entries[stream]
	if !ok || e.stream > 0 || e.free { // an object stream is never within another
		return errSyntax
	}
	o, err := f.objectAt(e.at, stream)
	if err != nil {
		return err
	}
	s, ok := o.(Stream)
	if !ok {
		return errSyntax
	}
	p.data, err = f.unpack(s, f.bounds.packed)
	if err != nil {
		return err
	}
	count, ok1 := s.Dict["N"].(Int)
	first, ok2 := s.Dict["First"].(Int)
	if !ok1 || !ok2 || count < 0 || first < 0 || int64(first) > int64(len(p.data)) {
		return errSyntax
	}
	l := lexer{b: p.data[:first]}
	for range count {
		number, err1 := l.object(0, false)
		at, err2 := l.object(0, false)
		n, ok1 := number.(Int)
		v, ok2 := at.(Int)
		if err1 != nil || err2 != nil || !ok1 || !ok2 || v < 0 || int64(v) > int64(len(p.data))-int64(first) {
			return errSyntax
		}
		p.offsets[int(n)] = int(first + v)
		if err := f.costs.row(); err != nil {
			return err
		}
	}
	return nil
}

// unpack returns the content of a stream, of at most so many bytes.
func (f *File) unpack(s Stream, most int) ([]byte, error) {
	filter, err := f.Resolve(s.Dict["Filter"])
	if err != nil {
		return nil, err
	}
	if a, ok := filter.(Array); ok && len(a) < 2 {
		filter = nil
		if len(a) == 1 {
			filter = a[0]
		}
	}
	if err := f.costs.spend(len(s.Raw)); err != nil {
		return nil, err
	}
	switch filter {
	case nil:
		if len(s.Raw) > most {
			return nil, fmt.Errorf("%w: a stream", ErrTooMuch)
		}
		return s.Raw, f.costs.unpack(len(s.Raw))
	case Name("FlateDecode"):
	default:
		return nil, fmt.Errorf("%w: %v", ErrFilter, filter)
	}
	if len(s.Raw) == 0 {
		return nil, nil // qpdf packs nothing into nothing
	}
	data, err := f.inflate(s.Raw, most)
	if err != nil {
		return nil, err
	}
	parms, err := f.Resolve(s.Dict["DecodeParms"])
	if err != nil {
		return nil, err
	}
	if a, ok := parms.(Array); ok && len(a) == 1 {
		parms = a[0]
	}
	d, _ := parms.(Dict)
	return unpredict(data, d)
}

// inflate counts what it unpacks in the case of an error, too: the bytes before it have cost as much.
func (f *File) inflate(raw []byte, most int) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("a stream: %w", errors.Join(errSyntax, err))
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(min(most, f.costs.left()))+1))
	if e := f.costs.unpack(len(data)); e != nil {
		return nil, e
	}
	switch {
	case len(data) > most:
		return nil, fmt.Errorf("%w: a stream", ErrTooMuch)
	case err != nil:
		return nil, fmt.Errorf("a stream: %w", errors.Join(errSyntax, err))
	}
	return data, nil
}

// unpredict undoes the PNG predictors (7.4.4.4), which other programs use for cross-reference streams.
func unpredict(data []byte, parms Dict) ([]byte, error) {
	predictor, _ := parms["Predictor"].(Int)
	if predictor <= 1 {
		return data, nil
	}
	columns, ok := parms["Columns"].(Int)
	if !ok {
		columns = 1
	}
	colors, hasColors := parms["Colors"].(Int)
	bits, hasBits := parms["BitsPerComponent"].(Int)
	if predictor < 10 || columns < 1 || columns > 1<<16 || hasColors && colors != 1 || hasBits && bits != 8 {
		return nil, fmt.Errorf("%w: predictor %d", ErrFilter, predictor)
	}
	n := int(columns)
	if len(data)%(n+1) != 0 {
		return nil, fmt.Errorf("a stream with half a row: %w", errSyntax)
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, n)
	for len(data) > 0 {
		kind, row := data[0], data[1:n+1]
		data = data[n+1:]
		start := len(out)
		for i, c := range row {
			var left, corner byte
			if i > 0 {
				left, corner = out[start+i-1], above[i-1]
			}
			switch kind {
			case 0:
			case 1:
				c += left
			case 2:
				c += above[i]
			case 3:
				c += byte((int(left) + int(above[i])) / 2)
			case 4:
				c += paeth(left, above[i], corner)
			default:
				return nil, fmt.Errorf("a stream with row predictor %d: %w", kind, errSyntax)
			}
			out = append(out, c)
		}
		above = out[start:]
	}
	return out, nil
}

func paeth(left, above, corner byte) byte {
	p := int(left) + int(above) - int(corner)
	distance := func(v byte) int { return max(p-int(v), int(v)-p) }
	a, b, c := distance(left), distance(above), distance(corner)
	switch {
	case a <= b && a <= c:
		return left
	case b <= c:
		return above
	}
	return corner
}
