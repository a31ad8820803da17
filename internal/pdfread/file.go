// Package pdfread reads PDF files as far as a document of this program needs to be held against a new one: objects,
// pages, the text on them, attached files.
//
// It reads what this program writes, and what common programs make of such a file when they save it: cross-reference
// tables and streams, object streams, updates at the end of the file. Encryption and filters other than Flate are
// refused. The files come from strangers: every read is bounded, and no input panics.
package pdfread

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
)

// Bounds that no honest file of this kind comes near.
const (
	maxObjects  = 1 << 20
	maxUnpacked = 64 << 20 // bytes of one stream
	maxTotal    = 1 << 30  // bytes of all streams unpacked so far
	maxSections = 256      // of the cross-reference
	maxReadings = 64       // how often all of the file may be read, an object each time that something refers to it
)

// File is a PDF file that has been opened. It serves one goroutine.
type File struct {
	raw      []byte
	entries  map[int]entry
	trailer  Dict
	packed   map[int]*packed // object streams that have been unpacked
	fonts    map[Ref]*Font   // that have been read
	unpacked int             // bytes unpacked so far
	read     int             // bytes of objects read so far
	updates  int
}

// entry says where an object is: at a byte of the file, or at an index of an object stream.
type entry struct {
	stream int // 0: in the file itself
	at     int
	free   bool
}

// packed is the content of an object stream.
type packed struct {
	data    []byte
	offsets map[int]int // object number → offset in data
}

// What Open finds of files that it cannot read; anything else is damage.
var (
	ErrNoPDF      = errors.New("pdf: no PDF 1 file")
	ErrIncomplete = errors.New("pdf: no startxref: the file is not complete")
	ErrEncrypted  = errors.New("pdf: the file is encrypted")
)

// Open reads the cross-reference of a file. The bytes must not change while the File is used.
func Open(raw []byte) (*File, error) {
	f := &File{raw: raw, entries: map[int]entry{}, packed: map[int]*packed{}, fonts: map[Ref]*Font{}}
	if !bytes.HasPrefix(raw, []byte("%PDF-1.")) {
		return nil, ErrNoPDF
	}
	tail := raw[max(0, len(raw)-1024):]
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return nil, ErrIncomplete
	}
	l := lexer{b: tail, at: i + len("startxref")}
	at, err := l.object(0, false)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	next, more := at.(Int)
	seen := map[Int]bool{}
	for more {
		if seen[next] || len(seen) > maxSections || next < 0 || int64(next) >= int64(len(raw)) {
			return nil, fmt.Errorf("pdf: the cross-reference leads to byte %d", next)
		}
		seen[next] = true
		trailer, err := f.section(int(next))
		if err != nil {
			return nil, fmt.Errorf("pdf: cross-reference: %w", err)
		}
		if f.trailer == nil {
			f.trailer = trailer
		}
		if hybrid, ok := trailer["XRefStm"].(Int); ok && hybrid > 0 && int64(hybrid) < int64(len(raw)) && !seen[hybrid] {
			seen[hybrid] = true
			if _, err := f.section(int(hybrid)); err != nil {
				return nil, fmt.Errorf("pdf: cross-reference: %w", err)
			}
		}
		next, more = trailer["Prev"].(Int)
	}
	switch {
	case f.trailer == nil:
		return nil, fmt.Errorf("pdf: no trailer")
	case f.trailer["Encrypt"] != nil:
		return nil, ErrEncrypted
	}
	f.updates = len(seen) - 1
	return f, nil
}

// Updates is how often the file was added to after it had been written.
func (f *File) Updates() int { return f.updates }

// section reads one section of the cross-reference and returns its trailer. Entries of newer sections stay.
func (f *File) section(at int) (Dict, error) {
	l := lexer{b: f.raw, at: at}
	l.skip()
	if bytes.HasPrefix(f.raw[l.at:], []byte("xref")) {
		l.at += 4
		return f.table(&l)
	}
	o, err := f.objectAt(at, 0)
	if err != nil {
		return nil, err
	}
	s, ok := o.(Stream)
	if !ok {
		return nil, fmt.Errorf("no cross-reference at byte %d", at)
	}
	return s.Dict, f.xrefStream(s)
}

func (f *File) add(number int, e entry) {
	if _, known := f.entries[number]; !known {
		f.entries[number] = e
	}
}

// table reads a cross-reference table (7.5.4).
func (f *File) table(l *lexer) (Dict, error) {
	for {
		o, err := l.object(0, false)
		if err != nil {
			return nil, err
		}
		if o == keyword("trailer") {
			t, err := l.object(0, true)
			if d, ok := t.(Dict); ok {
				return d, err
			}
			return nil, fmt.Errorf("no trailer: %w", errSyntax)
		}
		first, ok1 := o.(Int)
		o, err = l.object(0, false)
		count, ok2 := o.(Int)
		if err != nil || !ok1 || !ok2 || first < 0 || count < 0 || first > maxObjects || count > maxObjects {
			return nil, fmt.Errorf("a bad subsection: %w", errSyntax)
		}
		for i := range count {
			at, err1 := l.object(0, false)
			_, err2 := l.object(0, false)
			kind, err3 := l.object(0, false)
			offset, ok := at.(Int)
			if err1 != nil || err2 != nil || err3 != nil || !ok {
				return nil, fmt.Errorf("a bad entry: %w", errSyntax)
			}
			f.add(int(first+i), entry{at: int(offset), free: kind != keyword("n")})
		}
	}
}

// xrefStream reads a cross-reference stream (7.5.8).
func (f *File) xrefStream(s Stream) error {
	data, err := f.Unpack(s)
	if err != nil {
		return err
	}
	widths, _ := s.Dict["W"].(Array)
	var w [3]int
	for i := range w {
		if len(widths) != 3 {
			return fmt.Errorf("no widths: %w", errSyntax)
		}
		v, ok := widths[i].(Int)
		if !ok || v < 0 || v > 7 {
			return fmt.Errorf("width %v: %w", widths[i], errSyntax)
		}
		w[i] = int(v)
	}
	size, _ := s.Dict["Size"].(Int)
	index, ok := s.Dict["Index"].(Array)
	if !ok {
		index = Array{Int(0), size}
	}
	row := w[0] + w[1] + w[2]
	if row == 0 {
		return fmt.Errorf("no widths: %w", errSyntax)
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, ok1 := index[i].(Int)
		count, ok2 := index[i+1].(Int)
		if !ok1 || !ok2 || first < 0 || count < 0 || first > maxObjects || count > Int(len(data)/row) {
			return fmt.Errorf("a bad subsection: %w", errSyntax)
		}
		for n := range int(count) {
			f.add(int(first)+n, xrefEntry(data[n*row:(n+1)*row], w))
		}
		data = data[int(count)*row:]
	}
	return nil
}

func xrefEntry(b []byte, w [3]int) entry {
	var v [3]int
	v[0] = 1 // the type when its width is 0
	for i := range w {
		if w[i] > 0 {
			v[i] = 0
		}
		for _, c := range b[:w[i]] {
			v[i] = v[i]<<8 | int(c)
		}
		b = b[w[i]:]
	}
	switch v[0] {
	case 1:
		return entry{at: v[1]}
	case 2:
		return entry{stream: v[1], at: v[2]}
	}
	return entry{free: true}
}

// Resolve follows references to what they lead to; an object that is not there is null.
func (f *File) Resolve(o any) (any, error) {
	for range 8 {
		r, ok := o.(Ref)
		if !ok {
			return o, nil
		}
		e, ok := f.entries[int(r)]
		if !ok || e.free {
			return nil, nil
		}
		var err error
		if e.stream > 0 {
			o, err = f.packedObject(e.stream, int(r))
		} else {
			o, err = f.objectAt(e.at, int(r))
		}
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", int(r), err)
		}
	}
	return nil, fmt.Errorf("references without end: %w", errSyntax)
}

// objectAt reads "n g obj …" at a byte of the file; number 0 stands for any.
func (f *File) objectAt(at, number int) (any, error) {
	if at < 0 || at >= len(f.raw) {
		return nil, fmt.Errorf("byte %d lies outside of the file: %w", at, errSyntax)
	}
	l := lexer{b: f.raw, at: at}
	n, err1 := l.object(0, false)
	_, err2 := l.object(0, false)
	k, err3 := l.object(0, false)
	if err1 != nil || err2 != nil || err3 != nil || k != keyword("obj") || number != 0 && n != Int(number) {
		return nil, fmt.Errorf("byte %d has no such object: %w", at, errSyntax)
	}
	o, err := l.object(0, true)
	if err != nil {
		return nil, err
	}
	if err := f.spend(l.at - at); err != nil {
		return nil, err
	}
	d, ok := o.(Dict)
	if !ok {
		return o, nil
	}
	l.skip()
	if !bytes.HasPrefix(f.raw[l.at:], []byte("stream")) {
		return d, nil
	}
	l.at += len("stream")
	if l.at < len(f.raw) && f.raw[l.at] == '\r' {
		l.at++
	}
	if l.at < len(f.raw) && f.raw[l.at] == '\n' {
		l.at++
	}
	v, err := f.length(d["Length"])
	if err != nil || v < 0 || v > len(f.raw)-l.at {
		return nil, fmt.Errorf("a stream of a bad length: %w", errSyntax)
	}
	end := lexer{b: f.raw, at: l.at + v}
	if k, err := end.object(0, false); err != nil || k != keyword("endstream") {
		return nil, fmt.Errorf("a stream of a bad length: %w", errSyntax)
	}
	return Stream{Dict: d, Raw: f.raw[l.at : l.at+v]}, nil
}

// length reads the length of a stream. It may be an object of the file itself, which must be a bare number there.
func (f *File) length(o any) (int, error) {
	if r, ok := o.(Ref); ok {
		e, ok := f.entries[int(r)]
		if !ok || e.stream > 0 || e.free || e.at < 0 || e.at >= len(f.raw) {
			return 0, errSyntax
		}
		l := lexer{b: f.raw, at: e.at}
		for range 3 { // n g obj
			if _, err := l.object(0, false); err != nil {
				return 0, err
			}
		}
		v, err := l.object(0, false)
		if err != nil {
			return 0, err
		}
		o = v
	}
	v, ok := o.(Int)
	if !ok || v < 0 || int64(v) > int64(len(f.raw)) {
		return 0, errSyntax
	}
	return int(v), nil
}

// packedObject reads an object of an object stream (7.5.7).
func (f *File) packedObject(stream, number int) (any, error) {
	p, ok := f.packed[stream]
	if !ok {
		var err error
		if p, err = f.unpackObjects(stream); err != nil {
			return nil, fmt.Errorf("object stream %d: %w", stream, err)
		}
		f.packed[stream] = p
	}
	at, ok := p.offsets[number]
	if !ok {
		return nil, fmt.Errorf("it is not in object stream %d: %w", stream, errSyntax)
	}
	l := lexer{b: p.data, at: at}
	o, err := l.object(0, true)
	if err != nil {
		return nil, err
	}
	return o, f.spend(l.at - at)
}

// spend counts what has been read: a few large objects to which much refers would keep a reader busy for hours.
func (f *File) spend(bytes int) error {
	if f.read += bytes; f.read > maxReadings*(len(f.raw)+f.unpacked) {
		return fmt.Errorf("the same objects again and again: %w", errSyntax)
	}
	return nil
}

func (f *File) unpackObjects(stream int) (*packed, error) {
	e, ok := f.entries[stream]
	if !ok || e.stream > 0 || e.free { // an object stream is never within another
		return nil, errSyntax
	}
	o, err := f.objectAt(e.at, stream)
	if err != nil {
		return nil, err
	}
	s, ok := o.(Stream)
	if !ok {
		return nil, errSyntax
	}
	data, err := f.Unpack(s)
	if err != nil {
		return nil, err
	}
	count, ok1 := s.Dict["N"].(Int)
	first, ok2 := s.Dict["First"].(Int)
	if !ok1 || !ok2 || count < 0 || count > maxObjects || first < 0 || int64(first) > int64(len(data)) {
		return nil, errSyntax
	}
	p := &packed{data: data, offsets: map[int]int{}}
	l := lexer{b: data[:first]}
	for range count {
		number, err1 := l.object(0, false)
		at, err2 := l.object(0, false)
		n, ok1 := number.(Int)
		v, ok2 := at.(Int)
		if err1 != nil || err2 != nil || !ok1 || !ok2 || v < 0 || int64(v) > int64(len(data))-int64(first) {
			return nil, errSyntax
		}
		p.offsets[int(n)] = int(first + v)
	}
	return p, nil
}

// Unpack returns the content of a stream.
func (f *File) Unpack(s Stream) ([]byte, error) {
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
	switch filter {
	case nil:
		return s.Raw, nil
	case Name("FlateDecode"):
	default:
		return nil, fmt.Errorf("a stream with filter %v, which is not read", filter)
	}
	if len(s.Raw) == 0 {
		return nil, nil // qpdf packs nothing into nothing
	}
	r, err := zlib.NewReader(bytes.NewReader(s.Raw))
	if err != nil {
		return nil, fmt.Errorf("a stream: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("a stream: %w", err)
	}
	f.unpacked += len(data)
	if len(data) > maxUnpacked || f.unpacked > maxTotal {
		return nil, fmt.Errorf("a stream of more than %d bytes", maxUnpacked)
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
		return nil, fmt.Errorf("a stream with predictor %d, which is not read", predictor)
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
