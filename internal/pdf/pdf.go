// Package pdf writes finished pages as one PDF 1.7 file that is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).
//
// fpdf makes a shell (page tree, page and content objects). The content of the pages is written by hand, to the thousandth
// of a point, and a finishing pass over fpdf's file puts it in and adds all that fpdf has not: subset fonts that reach
// beyond the basic plane, the structure tree, links, outline, page labels, metadata, output intent, attached files, object
// streams. The pass refuses a file that is not exactly as fpdf 0.9.0 writes it.
//
// The same document gives the same bytes, everywhere and always.
package pdf

import (
	"bytes"
	"fmt"

	"github.com/klauspost/compress/flate"

	"yusuan/internal/typeset/page"
)

// Levels of deflate. In fonts repetitions are rare: Huffman codes alone are faster and little larger.
const (
	plainLevel = 1
	fontLevel  = flate.HuffmanOnly
)

// Pack compresses the data of a file that many documents carry, as Write does; see page.File.Packed.
func (m *Memory) Pack(data []byte) []byte {
	m.deflate(data, plainLevel)
	return bytes.Clone(m.packed.b)
}

// Write returns the document as a PDF file, made in a memory, or with nil in a new one. The file is the caller's, who may
// give it back with Reuse.
//
// It fails when a page cannot be archived as it stands: a character without a glyph, text of a private-use character,
// a structure that is no tree. Layout is expected never to hand over such pages.
func Write(d *page.Document, m *Memory) ([]byte, error) {
	if m == nil {
		m = new(Memory)
	}
	if err := checkTree(d); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	m.blocks.given = 0
	c, err := drawPages(d, &m.scratch)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	shell, err := makeShell(d.Pages, &m.scratch)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	out, err := finish(d, c, shell, newWriter(m))
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return out, nil
}

// checkTree makes sure that elements, links and bookmarks refer to what is there. Parents stand before their children.
func checkTree(d *page.Document) error {
	if len(d.Pages) == 0 {
		return fmt.Errorf("a document without pages")
	}
	if what := d.Info.Draft + d.Info.Notice; what != "" && len(d.Files) > 0 {
		return fmt.Errorf("a file (%s) that is no document carries files as one does", what)
	}
	if d.Info.Title == "" || d.Info.Lang == "" {
		return fmt.Errorf("a document without title or language (ISO 14289-1, 7.1 and 7.2)")
	}
	if len(d.Elems) == 0 || d.Elems[0].Kind != page.KindDocument {
		return fmt.Errorf("the structure has no Document element at its root")
	}
	for i, e := range d.Elems[1:] {
		if e.Parent < 0 || int(e.Parent) > i {
			return fmt.Errorf("element %d (%s) stands before its parent %d", i+1, e.Kind, e.Parent)
		}
		if l := e.Label; e.Kind == page.KindFigure && (l == nil || l.Alt == "" || l.Box == nil || l.Box.Page < 0 || l.Box.Page >= len(d.Pages)) {
			return fmt.Errorf("element %d: a figure without alternative text or place (ISO 14289-1, 7.3)", i+1)
		}
		for _, h := range e.Headers {
			if h <= 0 || int(h) >= len(d.Elems) || d.Elems[h].Kind != page.KindTH {
				return fmt.Errorf("element %d (%s) has header %d, which is no TH", i+1, e.Kind, h)
			}
		}
	}
	for i := range d.Pages {
		for _, l := range d.Pages[i].Links {
			if l.Page < 0 || l.Page >= len(d.Pages) || l.Elem <= 0 || int(l.Elem) >= len(d.Elems) || d.Elems[l.Elem].Kind != page.KindLink {
				return fmt.Errorf("page %d: a link to page %d of element %d", i+1, l.Page+1, l.Elem)
			}
			if l.Contents == "" {
				return fmt.Errorf("page %d: a link without contents (ISO 14289-1, 7.18.5)", i+1)
			}
		}
	}
	for _, b := range d.Bookmarks {
		if b.Page < 0 || b.Page >= len(d.Pages) {
			return fmt.Errorf("bookmark %q leads to page %d of %d", b.Title, b.Page+1, len(d.Pages))
		}
	}
	return nil
}
