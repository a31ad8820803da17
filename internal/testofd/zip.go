package testofd

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"
)

var le = binary.LittleEndian

// Entry is a file of a package.
type Entry struct {
	Name string
	Data []byte
}

// unpacked reads the entries of a package as its directory has them, and tells what of it a careful writer does not do.
// It reads the bytes themselves: a library forgives what old readers do not.
func (c *checker) unpacked(raw []byte) bool {
	end := len(raw) - 22
	if end < 0 || le.Uint32(raw[end:]) != 0x06054b50 {
		c.say(ZipHeader, "", 0, "does not end with the end of a directory")
		return false
	}
	n, at := int(le.Uint16(raw[end+10:])), int(le.Uint32(raw[end+16:]))
	if at+int(le.Uint32(raw[end+12:])) != end || int(le.Uint16(raw[end+8:])) != n {
		c.say(ZipHeader, "", 0, "the directory does not fill the place before its end")
		return false
	}
	next := 0 // where the next entry begins
	for range n {
		if at+46 > end || le.Uint32(raw[at:]) != 0x02014b50 {
			c.say(ZipHeader, "", 0, "the directory has fewer than %d entries", n)
			return false
		}
		central := raw[at:]
		name := string(central[46 : 46+le.Uint16(central[28:])])
		length, ok := c.entry(raw, central, name, next)
		if !ok {
			return false
		}
		next += length
		at += 46 + len(name) + int(le.Uint16(central[30:])) + int(le.Uint16(central[32:]))
	}
	if next != int(le.Uint32(raw[end+16:])) {
		c.say(ZipOrder, "", 0, "%d bytes between the last entry and the directory", int(le.Uint32(raw[end+16:]))-next)
	}
	c.names()
	return true
}

// entry reads one entry, which is to begin at a place, and returns how many bytes it takes.
func (c *checker) entry(raw, central []byte, name string, at int) (length int, ok bool) {
	if int(le.Uint32(central[42:])) != at {
		c.say(ZipOrder, name, 0, "begins at %d, not behind the one before it, at %d", le.Uint32(central[42:]), at)
		return 0, false
	}
	local := raw[at:]
	if len(local) < 30 || le.Uint32(local) != 0x04034b50 {
		c.say(ZipHeader, name, 0, "has no header")
		return 0, false
	}
	if !bytes.Equal(local[4:30], central[6:32]) || string(local[30:30+len(name)]) != name {
		c.say(ZipHeader, name, 0, "the header before the data is not what the directory says")
	}
	for _, x := range []struct {
		what      string
		have, max int
	}{
		{"version needed", int(le.Uint16(central[6:])), 20}, {"flags", int(le.Uint16(central[8:])) &^ (1 << 11), 0}, {"time", int(le.Uint16(central[12:])), 0},
		{"extra fields", int(le.Uint16(central[30:])), 0}, {"comment", int(le.Uint16(central[32:])), 0},
	} {
		if x.have > x.max {
			c.say(ZipHeader, name, 0, "%s: %d", x.what, x.have)
		}
	}
	if d := le.Uint16(central[14:]); d != 1<<5|1 {
		c.say(ZipHeader, name, 0, "date %d is not the first that there is", d)
	}
	from := 30 + len(name) + int(le.Uint16(local[28:]))
	packed, size := int(le.Uint32(central[20:])), int(le.Uint32(central[24:]))
	if from+packed > len(local) {
		c.say(ZipHeader, name, 0, "is longer than the package")
		return 0, false
	}
	data := c.inflated(name, le.Uint16(central[10:]), local[from:from+packed], size)
	if len(data) != size || crc32.ChecksumIEEE(data) != le.Uint32(central[16:]) {
		c.say(ZipHeader, name, 0, "size or sum is wrong")
	}
	if c.files[name] != nil {
		c.say(ZipOrder, name, 0, "is there twice")
	}
	c.files[name] = append([]byte{}, data...)
	c.order = append(c.order, name)
	return from + packed, true
}

func (c *checker) inflated(name string, method uint16, packed []byte, size int) []byte {
	switch method {
	case 0:
		return packed
	case 8:
		data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), int64(size)+1))
		if err != nil {
			c.say(ZipHeader, name, 0, "%v", err)
		}
		return data
	}
	c.say(ZipHeader, name, 0, "compression %d is neither none nor deflate", method)
	return nil
}

// names holds what the entries are called and in which order they stand.
func (c *checker) names() {
	if len(c.order) == 0 || c.order[0] != "OFD.xml" {
		c.say(ZipOrder, "", 0, "OFD.xml is not the first entry")
	} else if !slices.IsSorted(c.order[1:]) {
		c.say(ZipOrder, "", 0, "the entries are not sorted")
	}
	for _, name := range c.order {
		odd := strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\:*?"<>|`, r) })
		if odd || name == "" || path.Clean("/"+name) != "/"+name || strings.HasPrefix(name, "/") {
			c.say(ZipName, name, 0, "%q is no path that is the same everywhere", name)
		}
	}
}

// Packed is a package of entries in the order given, as a careful writer makes it. Tests break entries and pack them again.
func Packed(entries []Entry) []byte {
	var out, dir []byte
	for _, e := range entries {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write(e.Data); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		h := make([]byte, 26)
		le.PutUint16(h, 20)
		le.PutUint16(h[4:], 8)
		le.PutUint16(h[8:], 1<<5|1)
		le.PutUint32(h[10:], crc32.ChecksumIEEE(e.Data))
		le.PutUint32(h[14:], uint32(b.Len()))
		le.PutUint32(h[18:], uint32(len(e.Data)))
		le.PutUint16(h[22:], uint16(len(e.Name)))
		dir = append(append(append(dir, "PK\x01\x02\x14\x00"...), h...), make([]byte, 14)...)
		le.PutUint32(dir[len(dir)-4:], uint32(len(out)))
		dir = append(dir, e.Name...)
		out = append(append(append(append(out, "PK\x03\x04"...), h...), e.Name...), b.Bytes()...)
	}
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	le.PutUint16(end[8:], uint16(len(entries)))
	le.PutUint16(end[10:], uint16(len(entries)))
	le.PutUint32(end[12:], uint32(len(dir)))
	le.PutUint32(end[16:], uint32(len(out)))
	return append(append(out, dir...), end...)
}

// Unpacked are the entries of a package in their order.
func Unpacked(raw []byte) ([]Entry, error) {
	c := newChecker()
	if !c.unpacked(raw) {
		return nil, fmt.Errorf("no package: %v", c.found)
	}
	var out []Entry
	for _, name := range c.order {
		out = append(out, Entry{name, c.files[name]})
	}
	return out, nil
}
