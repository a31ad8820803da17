package ofdread

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
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
		if strings.HasSuffix(e.Name, "/") && e.UncompressedSize64 == 0 && e.CompressedSize64 <= 2 {
			continue // a folder, which other programs note
		}
		if !fs.ValidPath(e.Name) || strings.ContainsAny(e.Name, "\\:") || strings.ContainsFunc(e.Name, func(r rune) bool { return r < ' ' }) {
			return fmt.Errorf("ofd: entry %q: %w", e.Name, errSyntax)
		}
		// Programs that unpack into a folder take names for the same that differ in case alone.
		folded := strings.ToLower(e.Name)
		if f.folded[folded] {
			return fmt.Errorf("%w: %q", ErrTwice, e.Name)
		}
		f.folded[folded] = true
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
	at, err := e.DataOffset()
	if err != nil || at < 0 || at > int64(len(f.raw)) || e.CompressedSize64 > uint64(int64(len(f.raw))-at) {
		return nil, fmt.Errorf("ofd: entry %q: %w", name, errSyntax)
	}
	packed := bytes.NewReader(f.raw[at : at+int64(e.CompressedSize64)])
	var r io.Reader = packed
	if e.Method == zip.Deflate {
		r = flate.NewReader(packed)
	}
	// What is told of the size is believed for as much as the packed bytes can give (deflate packs 1 to 1032).
	out := bytes.NewBuffer(make([]byte, 0, min(e.UncompressedSize64, 1032*e.CompressedSize64+64)+bytes.MinRead))
	n, err := out.ReadFrom(io.LimitReader(r, int64(e.UncompressedSize64)+1))
	f.costs.unpacked += int(n)
	if err == nil && (uint64(n) != e.UncompressedSize64 || crc32.ChecksumIEEE(out.Bytes()) != e.CRC32) {
		err = errSyntax
	}
	if err != nil {
		return nil, fmt.Errorf("ofd: entry %q: %w", name, err)
	}
	if packed.Len() > 0 { // programs that go from entry to entry would find others there
		f.odd = true
	}
	return out.Bytes(), nil
}
