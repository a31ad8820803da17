package pdf

import (
	"crypto/sha256"
	"hash"
	"slices"

	"yusuan/internal/deflate"
)

// writer collects the objects of a file. Streams go into the file at once; all other objects are gathered in object
// streams (ISO 32000-1, 7.5.7), without which the structure tree would be more than half of the file.
type writer struct {
	*scratch           // entries: by object number
	out      []byte    // the file
	id       hash.Hash // of the streams, as they are in the file
}

// entry is where an object is: at an offset in the file, or, when stream is not 0, the index-th in an object stream.
type entry struct {
	stream int // one more than the index in writer.streams
	at     int // offset or index
}

type objectStream struct {
	index []byte // pairs of object number and offset
	data  []byte
	count int
}

// perStream is the number of objects in one object stream. A reader that wants one object unpacks all before it.
const perStream = 500

// fileSize is a guess.
const fileSize = 1 << 20

func newWriter(m *Memory) *writer {
	file := m.file
	m.file = nil // it is the caller's from now on
	if cap(file) == 0 {
		file = make([]byte, 0, fileSize)
	}
	m.entries, m.streams = append(m.entries[:0], entry{}), m.streams[:0]
	// The comment marks the file as binary (ISO 19005-3, 6.1.2).
	return &writer{scratch: &m.scratch, id: sha256.New(), out: append(file[:0], "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"...)}
}

// reserve returns the first of n new object numbers in sequence.
func (w *writer) reserve(n int) int {
	first := len(w.entries)
	w.entries = slices.Grow(w.entries, n)[:first+n]
	clear(w.entries[first:])
	return first
}

// object adds an object that is no stream.
func (w *writer) object(number int, body []byte) {
	if n := len(w.streams); n == 0 || w.streams[n-1].count == perStream {
		w.nextStream()
	}
	s := &w.streams[len(w.streams)-1]
	s.index = append(appendInt(s.index, number), ' ')
	s.index = append(appendInt(s.index, len(s.data)), ' ')
	s.data = append(append(s.data, body...), '\n')
	w.entries[number] = entry{stream: len(w.streams), at: s.count}
	s.count++
}

// nextStream begins an object stream, in the memory of an earlier one if there is any.
func (w *writer) nextStream() {
	if n := len(w.streams); n < cap(w.streams) {
		w.streams = w.streams[:n+1]
		s := &w.streams[n]
		*s = objectStream{index: s.index[:0], data: s.data[:0]}
		return
	}
	w.streams = append(w.streams, objectStream{index: make([]byte, 0, 12*perStream), data: make([]byte, 0, 112*perStream)})
}

// smallStream is the size below which a stream is not compressed: making Huffman codes takes longer than all the rest,
// for a few hundred bytes gained.
const smallStream = 1536

// stream adds a stream, compressed unless it is small; dict holds further entries of its dictionary.
func (w *writer) stream(number int, dict, data []byte) {
	if len(data) < smallStream {
		w.id.Write(data)
		w.rawStream(number, dict, "", data)
		return
	}
	w.packed.Zlib(data, deflate.Fast)
	w.id.Write(w.packed.B)
	w.rawStream(number, dict, flateFilter, w.packed.B)
}

// flateFilter is that of compressed streams.
const flateFilter = "/Filter/FlateDecode"

// rawStream adds a stream as it is.
func (w *writer) rawStream(number int, dict []byte, filter string, data []byte) {
	w.entries[number] = entry{at: len(w.out)}
	b := append(appendInt(w.out, number), " 0 obj\n<<"...)
	b = append(append(b, dict...), filter...)
	b = append(appendInt(append(b, "/Length "...), len(data)), ">>\nstream\n"...)
	b = append(b, data...)
	w.out = append(b, "\nendstream\nendobj\n"...)
}

// close writes the object streams, the cross-reference stream and the trailer.
func (w *writer) close(catalog, info int) []byte {
	containers := w.reserve(len(w.streams))
	for i := range w.streams {
		s := &w.streams[i]
		dict := appendInt([]byte("/Type/ObjStm/N "), s.count)
		dict = appendInt(append(dict, "/First "...), len(s.index))
		w.tmp = append(append(w.tmp[:0], s.index...), s.data...)
		w.stream(containers+i, dict, w.tmp)
	}
	// The same content has the same id. Fonts and files that many documents carry are in it by their names and sums.
	id := w.id.Sum(nil)

	xref := w.reserve(1)
	at := len(w.out)
	w.entries[xref] = entry{at: at}
	b := append(w.tmp[:0], 0, 0, 0, 0, 0, 0xFF, 0xFF) // object 0 heads the list of free objects
	for _, e := range w.entries[1:] {
		kind, field2, field3 := byte(1), e.at, 0
		if e.stream > 0 {
			kind, field2, field3 = 2, containers+e.stream-1, e.at
		}
		b = append(b, kind, byte(field2>>24), byte(field2>>16), byte(field2>>8), byte(field2), byte(field3>>8), byte(field3))
	}
	w.tmp = b
	dict := appendInt([]byte("/Type/XRef/W[1 4 2]/Size "), len(w.entries))
	dict = appendRef(append(dict, "/Root "...), catalog)
	dict = appendRef(append(dict, "/Info "...), info)
	dict = append(dict, "/ID["...)
	for range 2 {
		dict = append(dict, '<')
		for _, v := range id[:16] {
			dict = append(dict, hexDigits[v>>4], hexDigits[v&15])
		}
		dict = append(dict, '>')
	}
	dict = append(dict, ']')
	w.stream(xref, dict, w.tmp)
	w.out = appendInt(append(w.out, "startxref\n"...), at)
	return append(w.out, "\n%%EOF\n"...)
}
