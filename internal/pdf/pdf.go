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

	"yusuan/internal/deflate"
	"yusuan/internal/typeset/page"
)

// Pack compresses the data of a file that many documents carry, as Write does; see page.File.Packed.
func (m *Memory) Pack(data []byte) []byte {
	m.packed.Zlib(data, deflate.Fast)
	return bytes.Clone(m.packed.B)
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
	if err := page.Check(d); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	m.blocks.Reset()
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
