package pdfread

import (
	"errors"
	"fmt"
)

// Bounds of one thing that does not grow with the document: no honest file of any size comes near.
const (
	maxSections  = 256      // of the cross-reference
	maxCodes     = 1 << 17  // of one font
	maxContent   = 8 << 20  // bytes of a stream, unpacked: of the content of a page,
	maxToUnicode = 4 << 20  // of a font's map to characters,
	maxProgram   = 64 << 20 // of a font program
)

// bounds are those of one thing that grows with the document: a table of a hundred thousand rows is one object. No honest
// file of this size comes near.
type bounds struct {
	attached int // files
	values   int // of one object: numbers, names, strings
	xref     int // bytes of a stream, unpacked: of a cross-reference stream,
	packed   int // of an object stream,
	attach   int // of an attached file
}

// full is the size up to which files have the same bounds; those of larger ones grow in proportion.
const full = 5 << 20

func newBounds(size int) bounds {
	grown := func(most int) int { return int(int64(most) * int64(max(size, full)) / full) }
	return bounds{
		attached: 4096 + size/64, // one takes three times that, however little is in it
		values:   grown(1 << 20),
		xref:     grown(64 << 20),
		packed:   grown(16 << 20),
		attach:   grown(64 << 20),
	}
}

// ErrTooMuch says that a file asks for more work than any file of its size that this program writes.
var ErrTooMuch = errors.New("pdf: more than a file of this size can hold")

// costs is what a file may cost its reader as a whole, and what it has cost. A stranger's file may name one large object
// a thousand times, or pack a gigabyte into a megabyte; each step of its reading counts, that which fails too, and all of
// them together grow with the size of the file.
type costs struct {
	unpacked, mostUnpacked int // bytes of streams, each time that one is unpacked
	read, mostRead         int // bytes of the file that objects were read from, each time
	content, mostContent   int // bytes of the content of pages
	rows, mostRows         int // of the cross-reference
	shown, mostShown       int // runs, rectangles, steps of paths and characters of pages
}

func newCosts(size int) costs {
	return costs{
		mostUnpacked: max(128<<20, 50*size),
		mostRead:     16<<20 + 8*size,
		mostContent:  max(64<<20, 8*size), // reading it costs most; a folder full of one word is packed like nothing else
		mostRows:     1<<20 + size/8,      // a row takes twenty bytes, packed some three
		mostShown:    32<<20 + 2*size,
	}
}

// count adds to what has been used up to a limit.
func count(used *int, n, most int, of string) error {
	if *used += n; *used > most {
		return fmt.Errorf("%w: %s", ErrTooMuch, of)
	}
	return nil
}

func (c *costs) spend(bytes int) error {
	return count(&c.read, bytes, c.mostRead, "objects read again")
}

func (c *costs) row() error { return count(&c.rows, 1, c.mostRows, "objects") }

func (c *costs) page(content int) error {
	return count(&c.content, content, c.mostContent, "content of pages")
}

func (c *costs) show(n int) error { return count(&c.shown, n, c.mostShown, "text on the pages") }

// unpack counts bytes that a stream has given; left is how many it may still give.
func (c *costs) unpack(bytes int) error {
	return count(&c.unpacked, bytes, c.mostUnpacked, "unpacked bytes")
}

func (c *costs) left() int { return max(0, c.mostUnpacked-c.unpacked) }
