package ofdread

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// header is an entry and where its data begins.
type header struct {
	e  *zip.File
	at int64
}

// plainly reports whether the package is nothing but entries that follow each other from its first byte to the directory, each as
// the directory says, and the directory up to its last. Programs that go by the entries, or from the end, would else see other
// files, and something may be hidden between them.
func (f *File) plainly(files []*zip.File) bool {
	list := make([]header, 0, len(files))
	for _, e := range files {
		at, err := e.DataOffset()
		if err != nil || e.Comment != "" || !plainExtra(e.Extra) || strings.HasSuffix(e.Name, ".") || strings.HasSuffix(e.Name, " ") {
			return false
		}
		list = append(list, header{e, at})
	}
	slices.SortFunc(list, func(a, b header) int { return int(a.at - b.at) })
	at := int64(0)
	for _, h := range list {
		var ok bool
		if at, ok = f.follows(h, at); !ok {
			return false
		}
	}
	return f.ends(at, len(files))
}

// follows reports whether an entry begins at a place, and where it ends.
func (f *File) follows(p header, at int64) (end int64, ok bool) {
	le, e := binary.LittleEndian, p.e
	if at+30 > int64(len(f.raw)) || p.at < at+30 {
		return 0, false
	}
	h := f.raw[at:]
	name, extra := int64(le.Uint16(h[26:])), int64(le.Uint16(h[28:]))
	if string(h[:4]) != "PK\x03\x04" || at+30+name+extra != p.at || string(h[30:30+name]) != e.Name || le.Uint16(h[8:]) != e.Method ||
		le.Uint16(h[6:]) != e.Flags || !plainExtra(h[30+name:30+name+extra]) {
		return 0, false
	}
	later := e.Flags&8 != 0 // sums and sizes stand behind the data, and may be left out before
	sizes := [3]uint64{uint64(e.CRC32), e.CompressedSize64, e.UncompressedSize64}
	for i, want := range sizes {
		if got := uint64(le.Uint32(h[14+4*i:])); got != want && !(later && got == 0) {
			return 0, false
		}
	}
	if end = p.at + int64(e.CompressedSize64); end > int64(len(f.raw)) {
		return 0, false
	}
	if !later {
		return end, true
	}
	if bytes.HasPrefix(f.raw[end:], []byte("PK\x07\x08")) {
		end += 4
	}
	if end+12 > int64(len(f.raw)) {
		return 0, false
	}
	for i, want := range sizes {
		if uint64(le.Uint32(f.raw[end+4*int64(i):])) != want {
			return 0, false
		}
	}
	return end + 12, true
}

// ends reports whether the directory begins at a place and its end is the end of the package.
func (f *File) ends(at int64, entries int) bool {
	const size = 22
	le, end := binary.LittleEndian, int64(len(f.raw))-size
	if at+4 > end {
		return false
	}
	e := f.raw[end:]
	return string(f.raw[at:at+4]) == "PK\x01\x02" && string(e[:4]) == "PK\x05\x06" && int(le.Uint16(e[10:])) == entries&0xFFFF &&
		int64(le.Uint32(e[16:])) == at && int64(le.Uint32(e[12:])) == end-at && le.Uint16(e[20:]) == 0
}

// plainExtra reports whether an extra field has nothing but times, owners and the mark of Java, as programs that pack write them.
func plainExtra(b []byte) bool {
	for len(b) >= 4 {
		id, n := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		most, known := map[uint16]int{0x5455: 13, 0x000A: 32, 0x7875: 24, 0x5855: 12, 0xCAFE: 0}[id]
		if !known || n > most || 4+n > len(b) {
			return false
		}
		b = b[4+n:]
	}
	return len(b) == 0
}
