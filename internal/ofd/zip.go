package ofd

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"math"

	"yusuan/internal/deflate"
	"yusuan/internal/typeset/page"
)

// entry is an entry of the package (PKWARE APPNOTE 6.2.0).
type entry struct {
	name         string
	at           int // where its header begins
	method       uint16
	crc          uint32
	packed, size int
}

const (
	stored   = 0
	deflated = 8

	localSize   = 30 // of the header before a name
	centralSize = 46
	date        = 1<<5 | 1 // the first of January 1980: files have no time
	needs       = 20       // the version that unpacks deflate
)

// smallEntry is the size below which an entry is not compressed: making Huffman codes takes longer than all the rest, for a few
// hundred bytes gained.
const smallEntry = 512

// sums is the list of the sums of all entries but the first, as sha256sum prints it, and its sum.
type sums struct {
	list hash.Hash
	one  hash.Hash
	line []byte
}

func (s *sums) start() { s.list, s.one = sha256.New(), sha256.New() }

// add ends the line of an entry whose data was written to one.
func (s *sums) add(name string) {
	var room [sha256.Size]byte
	s.known(name, hex.AppendEncode(s.line[:0], s.one.Sum(room[:0])))
	s.one.Reset()
}

// known adds the line of an entry whose sum is known.
func (s *sums) known(name string, sum []byte) {
	s.line = append(append(append(sum, "  "...), name...), '\n')
	s.list.Write(s.line)
}

// open begins an entry; its data is appended to z.B.
func (w *writer) open(name string, method uint16) {
	w.entries = append(w.entries, entry{name: name, at: len(w.z.B), method: method})
	var head [localSize]byte
	w.z.B = append(append(w.z.B, head[:]...), name...)
}

// shut ends the entry whose header was begun, now that its data is known.
func (w *writer) shut(crc uint32, size int) {
	e := &w.entries[len(w.entries)-1]
	e.crc, e.size, e.packed = crc, size, len(w.z.B)-e.at-localSize-len(e.name)
	e.putHead(w.z.B[e.at:])
}

// putHead writes the local header.
func (e *entry) putHead(b []byte) {
	copy(b, "PK\x03\x04")
	e.putCommon(b[4:])
}

// putCommon writes what the local header and the directory have in common.
func (e *entry) putCommon(b []byte) {
	le := binary.LittleEndian
	le.PutUint16(b, needs)
	le.PutUint16(b[4:], e.method)
	le.PutUint16(b[8:], date)
	le.PutUint32(b[10:], e.crc)
	le.PutUint32(b[14:], uint32(e.packed))
	le.PutUint32(b[18:], uint32(e.size))
	le.PutUint16(b[22:], uint16(len(e.name)))
}

// pack begins an entry with its data, compressed unless it is small.
func (w *writer) pack(name string, data []byte) {
	if len(data) < smallEntry {
		w.open(name, stored)
		w.z.B = append(w.z.B, data...)
		return
	}
	w.open(name, deflated)
	w.z.Part(data, w.level, true)
}

// add adds an entry. The data may be w.xml, which the next entry begins anew.
func (w *writer) add(name string, data []byte) {
	w.pack(name, data)
	w.sums.one.Write(data)
	w.sums.add(name)
	w.shut(crc32.ChecksumIEEE(data), len(data))
}

// addXML adds the entry that was made in w.xml.
func (w *writer) addXML(name string, b []byte) {
	w.xml = b
	w.add(name, b)
}

// addFile adds an attached file, as others have compressed it, if they did it as this program does, and with the sum that
// others have made.
func (w *writer) addFile(name string, f *page.File) {
	if raw, ok := deflate.Raw(f.Packed); ok {
		w.open(name, deflated)
		w.z.B = append(w.z.B, raw...)
	} else {
		w.pack(name, f.Data)
	}
	if f.Sum != "" {
		w.sums.known(name, append(w.sums.line[:0], f.Sum...))
	} else {
		w.sums.one.Write(f.Data)
		w.sums.add(name)
	}
	w.shut(crc32.ChecksumIEEE(f.Data), len(f.Data))
}

// close puts the sum into the first entry and writes the directory.
func (w *writer) close(r root) ([]byte, error) {
	w.finishRoot(r)
	at := len(w.z.B)
	b := w.z.B
	for i := range w.entries {
		e := &w.entries[i]
		var head [centralSize]byte
		copy(head[:], "PK\x01\x02\x14\x00")
		e.putCommon(head[6:])
		binary.LittleEndian.PutUint32(head[42:], uint32(e.at))
		b = append(append(b, head[:]...), e.name...)
	}
	n := len(w.entries)
	if n > math.MaxUint16 || len(b) > math.MaxInt32 {
		return nil, fmt.Errorf("%d entries of %d bytes are more than a package has room for", n, len(b))
	}
	end := append([]byte("PK\x05\x06"), make([]byte, 18)...)
	binary.LittleEndian.PutUint16(end[8:], uint16(n))
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(b)-at))
	binary.LittleEndian.PutUint32(end[16:], uint32(at))
	b = append(b, end...)
	w.z.B = nil // it is the caller's
	return b, nil
}
