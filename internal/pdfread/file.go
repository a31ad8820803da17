// Package pdfread reads PDF files as far as a document of this program needs to be held against a new one: objects,
// pages, the text on them, attached files.
//
// It reads what this program writes, and what common programs make of such a file when they save it: cross-reference
// tables and streams, object streams, updates at the end of the file. Encryption and filters other than Flate are
// refused. The files come from strangers: every read is bounded, and no input panics.
package pdfread

import (
	"bytes"
	"errors"
	"fmt"

	"yusuan/internal/shown"
)

// File is a PDF file that has been opened. It serves one goroutine.
type File struct {
	raw       []byte
	entries   map[int]entry
	trailer   Dict
	packed    map[int]*packed     // object streams that have been unpacked, or could not be
	fonts     map[Ref]*shown.Font // that have been read
	pages     []Page              // nil before they have been read
	costs     costs
	bounds    bounds
	updates   int
	rewritten bool
	start     int  // of the newest section of the cross-reference
	streamed  bool // that section is a stream
}

// entry says where an object is: at a byte of the file, or at an index of an object stream.
type entry struct {
	stream int // 0: in the file itself
	at     int
	free   bool
}

// What Open finds of files that it cannot read; anything else is damage.
var (
	ErrNoPDF      = errors.New("pdf: no PDF 1 file")
	ErrIncomplete = errors.New("pdf: no startxref: the file is not complete")
	ErrEncrypted  = errors.New("pdf: the file is encrypted")
	ErrFilter     = errors.New("pdf: a stream with a filter that is not read")
)

// Open reads the cross-reference of a file. The bytes must not change while the File is used.
func Open(raw []byte) (*File, error) {
	f := &File{raw: raw, entries: map[int]entry{}, packed: map[int]*packed{}, fonts: map[Ref]*shown.Font{}, costs: newCosts(len(raw)), bounds: newBounds(len(raw))}
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
	f.start = int(next)
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
	f.linearized()
	return f, nil
}

// Since is what was done to the file after it had been written: it was added to, or written anew in the order in which it is
// sent (ISO 32000-1, annex F).
func (f *File) Since() shown.Since {
	return shown.Since{Updates: f.updates, Linearized: f.rewritten}
}

// linearized finds out whether the file is, and takes the second section of the cross-reference that such a file has
// from its beginning off the updates.
func (f *File) linearized() {
	l := lexer{b: f.raw[:min(len(f.raw), 1024)]}
	for range 3 { // n g obj of the first object
		if _, err := l.object(0, false); err != nil {
			return
		}
	}
	o, _ := l.object(0, true) // an object that is longer is another
	d, _ := o.(Dict)
	if f.rewritten = d["Linearized"] != nil && f.updates > 0; f.rewritten {
		f.updates--
	}
}

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
	f.streamed = f.streamed || at == f.start
	return s.Dict, f.xrefStream(s)
}

func (f *File) add(number int, e entry) error {
	if _, known := f.entries[number]; !known {
		f.entries[number] = e
	}
	return f.costs.row()
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
		count, oafter := o.(Int)
		if err != nil || !ok1 || !oafter || first < 0 || count < 0 || first > maxNumber || count > maxNumber {
			return nil, fmt.Errorf("a bad subsection: %w", errSyntax)
		}
		for i := range count {
			l.values = 0
			at, err1 := l.object(0, false)
			_, err2 := l.object(0, false)
			kind, err3 := l.object(0, false)
			offset, ok := at.(Int)
			if err1 != nil || err2 != nil || err3 != nil || !ok {
				return nil, fmt.Errorf("a bad entry: %w", errSyntax)
			}
			if err := f.add(int(first+i), entry{at: int(offset), free: kind != keyword("n")}); err != nil {
				return nil, err
			}
		}
	}
}

// xrefStream reads a cross-reference stream (7.5.8).
func (f *File) xrefStream(s Stream) error {
	data, err := f.unpack(s, f.bounds.xref)
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
		count, oafter := index[i+1].(Int)
		if !ok1 || !oafter || first < 0 || count < 0 || first > maxNumber || count > Int(len(data)/row) {
			return fmt.Errorf("a bad subsection: %w", errSyntax)
		}
		for n := range int(count) {
			if err := f.add(int(first)+n, xrefEntry(data[n*row:(n+1)*row], w)); err != nil {
				return err
			}
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
func (f *File) objectAt(at, number int) (o any, err error) {
	if at < 0 || at >= len(f.raw) {
		return nil, fmt.Errorf("byte %d lies outside of the file: %w", at, errSyntax)
	}
	l := lexer{b: f.raw, at: at, most: f.bounds.values}
	defer func() {
		// Counted whatever came of it: looking for the end of something that has none reads most.
		if e := f.costs.spend(l.at - at); e != nil {
			o, err = nil, e
		}
	}()
	n, err1 := l.object(0, false)
	_, err2 := l.object(0, false)
	k, err3 := l.object(0, false)
	if err1 != nil || err2 != nil || err3 != nil || k != keyword("obj") || number != 0 && n != Int(number) {
		return nil, fmt.Errorf("byte %d has no such object: %w", at, errSyntax)
	}
	if o, err = l.object(0, true); err != nil {
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
	after, err := end.object(0, false)
	if e := f.costs.spend(end.at - l.at - v); e != nil {
		return nil, e
	}
	if err != nil || after != keyword("endstream") {
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
		for range 4 { // n g obj and the number
			v, err := l.object(0, false)
			if err != nil {
				return 0, err
			}
			o = v
		}
		if err := f.costs.spend(l.at - e.at); err != nil {
			return 0, err
		}
	}
	v, ok := o.(Int)
	if !ok || v < 0 || int64(v) > int64(len(f.raw)) {
		return 0, errSyntax
	}
	return int(v), nil
}
