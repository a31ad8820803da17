package ofdread

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// What Open finds of files that it cannot read; anything else is damage.
var (
	ErrNoOFD      = errors.New("ofd: no OFD package")
	ErrIncomplete = errors.New("ofd: no directory: the file is not complete")
	ErrEncrypted  = errors.New("ofd: the package is encrypted")
	ErrFilter     = errors.New("ofd: an entry that is packed otherwise than is read")
	ErrTwice      = errors.New("ofd: two entries of one name")
	ErrTooMuch    = errors.New("ofd: more than a file of this size can hold")
	errSyntax     = errors.New("not as it should be")
)

// bounds are those of one thing; costs what the file as a whole may cost its reader, and has cost. A stranger's file may name
// one entry a thousand times, or pack a gigabyte into a megabyte: each step counts, and all grow with the size of the file.
type bounds struct {
	entries int
	nodes   int // of one entry that is kept as a tree
	content int // bytes of such an entry
	attach  int // bytes of an attached file or font
}

type costs struct {
	unpacked, mostUnpacked int // bytes of entries, each time that one is unpacked
	pieces                 int // of XML that may still come
	shown, mostShown       int // texts, steps of paths and characters of pages, each time that one is read
}

const (
	full     = 5 << 20 // the size up to which files have the same bounds
	maxDepth = 64      // of XML; documents of this program have some 20
	onePiece = 4 << 20 // bytes of one tag or text
)

func newBounds(size int) bounds {
	grown := func(most int) int { return int(int64(most) * int64(max(size, full)) / full) }
	return bounds{entries: 8192 + size/64, nodes: grown(1 << 19), content: grown(24 << 20), attach: grown(64 << 20)}
}

func newCosts(size int) costs {
	return costs{mostUnpacked: max(192<<20, 60*size), pieces: 12<<20 + 6*size, mostShown: 24<<20 + 3*size}
}

func (c *costs) show(n int) error {
	if c.shown += n; c.shown > c.mostShown {
		return fmt.Errorf("%w: text on the pages", ErrTooMuch)
	}
	return nil
}

// unzip reads the directory of a package.
func (f *File) unzip() error {
	if !bytes.HasPrefix(f.raw, []byte("PK\x03\x04")) {
		return ErrNoOFD
	}
	z, err := zip.NewReader(bytes.NewReader(f.raw), int64(len(f.raw)))
	if errors.Is(err, zip.ErrFormat) {
		return ErrIncomplete
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fmt.Errorf("ofd: %w", err)
	}
	if len(z.File) > f.bounds.entries {
		return fmt.Errorf("%w: entries", ErrTooMuch)
	}
	for _, e := range z.File {
		if strings.HasSuffix(e.Name, "/") && e.UncompressedSize64 == 0 {
			continue // a folder, which other programs note
		}
		if !fs.ValidPath(e.Name) || strings.ContainsAny(e.Name, "\\:") || strings.ContainsFunc(e.Name, func(r rune) bool { return r < ' ' }) {
			return fmt.Errorf("ofd: entry %q: %w", e.Name, errSyntax)
		}
		if f.entries[e.Name] != nil {
			return fmt.Errorf("%w: %q", ErrTwice, e.Name)
		}
		switch {
		case e.Flags&1 != 0:
			return ErrEncrypted
		case e.Method != zip.Store && e.Method != zip.Deflate:
			return ErrFilter
		}
		f.entries[e.Name] = e
		f.names = append(f.names, e.Name)
	}
	f.odd = !f.plainly(z.File)
	return nil
}

// plainly reports whether entries follow each other from the first byte of the package to the directory, each under the name
// that the directory gives it. Programs that go by the entries and not by the directory would else see other files.
func (f *File) plainly(files []*zip.File) bool {
	type place struct {
		e  *zip.File
		at int64
	}
	list := make([]place, 0, len(files))
	for _, e := range files {
		at, err := e.DataOffset()
		if err != nil {
			return false
		}
		list = append(list, place{e, at})
	}
	slices.SortFunc(list, func(a, b place) int { return int(a.at - b.at) })
	at := int64(0)
	for _, p := range list {
		if at+30 > int64(len(f.raw)) || p.at < at+30 {
			return false
		}
		h := f.raw[at:]
		name, extra := int64(binary.LittleEndian.Uint16(h[26:])), int64(binary.LittleEndian.Uint16(h[28:]))
		if string(h[:4]) != "PK\x03\x04" || at+30+name+extra != p.at || string(f.raw[at+30:at+30+name]) != p.e.Name ||
			binary.LittleEndian.Uint16(h[8:]) != p.e.Method {
			return false
		}
		if at = p.at + int64(p.e.CompressedSize64); at > int64(len(f.raw)) {
			return false
		}
		if p.e.Flags&8 != 0 { // sums and sizes behind the data
			rest := f.raw[at:]
			if bytes.HasPrefix(rest, []byte("PK\x07\x08")) {
				at += 4
			}
			at += 12
		}
	}
	return at+4 <= int64(len(f.raw)) && string(f.raw[at:at+4]) == "PK\x01\x02"
}

// read unpacks an entry of so many bytes at most.
func (f *File) read(name string, most int) ([]byte, error) {
	e := f.entries[name]
	if e == nil {
		return nil, fmt.Errorf("ofd: there is no entry %q: %w", name, errSyntax)
	}
	f.used[name] = true
	left := f.costs.mostUnpacked - f.costs.unpacked
	if e.UncompressedSize64 > uint64(min(most, left)) {
		return nil, fmt.Errorf("%w: %q", ErrTooMuch, name)
	}
	r, err := e.Open()
	if err != nil {
		return nil, fmt.Errorf("ofd: entry %q: %w", name, err)
	}
	defer r.Close()
	// What is told of the size is believed for as much as the packed bytes can give (deflate packs 1 to 1032).
	out := bytes.NewBuffer(make([]byte, 0, min(e.UncompressedSize64, 1032*e.CompressedSize64+64)+bytes.MinRead))
	n, err := out.ReadFrom(io.LimitReader(r, int64(e.UncompressedSize64)+1))
	f.costs.unpacked += int(n)
	if err == nil && uint64(n) != e.UncompressedSize64 {
		err = errSyntax
	}
	if err != nil {
		return nil, fmt.Errorf("ofd: entry %q: %w", name, err)
	}
	return out.Bytes(), nil
}
