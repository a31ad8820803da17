// Package ofd writes finished pages as one OFD file (GB/T 33190-2016), as archives keep it (GB/T 42133-2022).
//
// A file is a ZIP of XML: what a page has is written at once into the file, in the order of the names of its entries, so
// that nothing of a file is held twice. The same document gives the same bytes, everywhere and always.
package ofd

import (
	"fmt"

	"yusuan/internal/deflate"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

// Options say what a file claims, and how small it is to be.
type Options struct {
	Plain bool // a file of GB/T 33190 alone; drafts and notices, which nobody is to archive as documents, always are
	Level int  // of compression, from 1 to 9; 0 is what costs least time for its size
}

// Memory is where files are made, one after the other: new megabytes for each would cost more than what is written into
// them. The zero Memory is ready and serves one goroutine at a time. What is written does not depend on what was there before.
type Memory struct {
	scratch
	file []byte // of an earlier file that nobody needs any more
}

// Reuse gives the room of a file that nobody needs any more to the next.
func (m *Memory) Reuse(file []byte) { m.file = file }

// scratch is room for the parts of a file on their way. None of them leaves the package.
type scratch struct {
	xml     []byte // the entry being made
	font    []byte // the font being made
	z       deflate.Stream
	entries []entry
	objects []object
	blocks  font.Blocks
}

// writer writes one file; what is done of it is z.B.
type writer struct {
	*scratch
	d         *page.Document
	claims    bool // GB/T 42133
	level     int  // of XML
	fontLevel int  // of what of fonts is not compressed yet
	fonts     []*usedFont
	common    size // of pages that state none
	links     int
	maxID     int
	lastID    int
	sums      sums
	err       error // of text that XML cannot hold
}

// size is that of a page.
type size struct{ width, height int64 }

// object is something on a page that belongs to an element.
type object struct {
	elem page.ElemID
	page int32
	id   int32
}

// fileSize is a guess.
const fileSize = 1 << 20

// Write returns the document as an OFD file, made in a memory, or with nil in a new one. The file is the caller's, who may
// give it back with Reuse.
//
// It fails when a page cannot be archived as it stands, as pdf.Write does. Layout is expected never to hand over such pages.
func Write(d *page.Document, o Options, m *Memory) ([]byte, error) {
	if m == nil {
		m = new(Memory)
	}
	out, err := write(d, o, m)
	if err != nil {
		return nil, fmt.Errorf("ofd: %w", err)
	}
	return out, nil
}

func write(d *page.Document, o Options, m *Memory) ([]byte, error) {
	if err := page.Check(d); err != nil {
		return nil, err
	}
	w := newWriter(d, o, m)
	if err := w.collect(); err != nil {
		return nil, err
	}
	// Names in their order; what is in one may refer to what comes later, since all numbers are known.
	body := w.writeRoot()
	w.writeAnnotations()
	w.writeAttachments()
	w.writeDocument()
	for i := range d.Pages {
		w.writePage(i)
	}
	w.writeResources()
	w.writeTags()
	if w.err != nil {
		return nil, w.err
	}
	if w.lastID != w.maxID {
		panic(fmt.Sprintf("ofd: %d IDs were given, %d counted", w.lastID, w.maxID))
	}
	return w.close(body)
}

func newWriter(d *page.Document, o Options, m *Memory) *writer {
	file := m.file
	m.file = nil // it is the caller's from now on
	if cap(file) == 0 {
		file = make([]byte, 0, fileSize)
	}
	m.z.B, m.entries, m.objects = file[:0], m.entries[:0], m.objects[:0]
	m.blocks.Reset()
	w := &writer{scratch: &m.scratch, d: d, level: o.Level, fontLevel: o.Level, claims: !o.Plain && d.Info.Draft == "" && d.Info.Notice == ""}
	if o.Level == 0 {
		w.level, w.fontLevel = deflate.Fast, deflate.Fast
	}
	w.sums.start()
	w.common = commonest(d.Pages)
	return w
}

// IDs of what has few of its kind: pages first, then the colour space and the fonts.
func (w *writer) pageID(page int) int { return 1 + page }

func (w *writer) colorID() int { return len(w.d.Pages) + 1 }

func (w *writer) fontID(font int) int { return w.colorID() + 1 + font }

// firstObject is the ID of the first object of a page.
func (w *writer) firstObject() int { return w.fontID(len(w.fonts)) }

// next gives the next object its ID.
func (w *writer) next() int {
	w.lastID++
	return w.lastID
}

// commonest is the size that most pages have, of several the first.
func commonest(pages []page.Page) (best size) {
	counts, most := map[size]int{}, 0
	for i := range pages {
		counts[sizeOf(&pages[i])]++
	}
	for i := range pages {
		if s := sizeOf(&pages[i]); counts[s] > most {
			best, most = s, counts[s]
		}
	}
	return best
}

func sizeOf(p *page.Page) size { return size{mm(p.Width), mm(p.Height)} }
