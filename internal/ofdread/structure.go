package ofdread

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"

	"yusuan/internal/shown"
)

// Blocks lists what shows something, in the order in which the document is read: the elements of our tags, and the objects of
// pages that they name.
func (f *File) Blocks() ([]shown.Block, error) {
	if f.blocks != nil {
		return f.blocks, nil
	}
	file, err := f.structureFile()
	if err != nil {
		return nil, err
	}
	if file == "" {
		return nil, fmt.Errorf("ofd: no structure: %w", errSyntax)
	}
	r, err := f.reader(file)
	if err != nil {
		return nil, err
	}
	w := structureWalk{f: f, open: []element{{block: -1}}}
	for {
		tok, err := r.Next()
		if errors.Is(err, io.EOF) {
			f.blocks = w.blocks
			return w.blocks, nil
		}
		if err == nil {
			err = w.piece(tok)
		}
		if err != nil {
			return nil, tooMuch(file, err)
		}
	}
}

// elements are the blocks of the objects of pages, by their indices.
func (f *File) elements() map[shown.Content]int32 {
	if f.owners != nil {
		return f.owners
	}
	f.owners = map[shown.Content]int32{}
	blocks, err := f.Blocks()
	if err != nil {
		return f.owners // each object is by itself then, and who asks for the blocks is told why
	}
	for i := range blocks {
		for _, c := range blocks[i].Content {
			f.owners[c] = int32(i)
		}
	}
	return f.owners
}

// structureSpace is the name space of the tags that are the structure tree.
const structureSpace = "urn:yusuan:structure:1"

// structureFile is the entry with the structure tree, "" where there is none. The entries of all tags are in use.
func (f *File) structureFile() (file string, err error) {
	name, err := f.listed("CustomTags")
	if err != nil || name == "" {
		return "", err
	}
	list, err := f.tree(name, "CustomTags")
	if err != nil {
		return "", err
	}
	for _, t := range list.all("CustomTag") {
		for _, loc := range t.all("FileLoc") {
			entry, err := place(path.Dir(name), loc.text)
			if err != nil {
				return "", err
			}
			f.used[entry] = true
			if t.get("NameSpace") == structureSpace && file == "" {
				file = entry
			}
		}
	}
	return file, nil
}

type structureWalk struct {
	f      *File
	open   []element
	blocks []shown.Block
	rows   int
	page   int    // of the reference that is open
	text   []byte // and what it says
}

// element is one that is open.
type element struct {
	kind      string
	contents  bool
	row       int
	span      int
	block     int // that its objects belong to, -1 before the first
	reference bool
}

func (w *structureWalk) piece(tok xml.Token) error {
	last := &w.open[len(w.open)-1]
	switch tok := tok.(type) {
	case xml.Directive:
		return errSyntax
	case xml.CharData:
		if last.reference {
			if w.text = append(w.text, tok...); len(w.text) > 64 {
				return errSyntax
			}
		}
	case xml.StartElement:
		if last.reference {
			return errSyntax
		}
		if local(tok.Name) == "ObjectRef" {
			return w.begin(tok)
		}
		kind := tok.Name.Local
		n := element{kind: kind, contents: last.contents || kind == "TOC", row: last.row, block: -1}
		if kind == "TR" {
			w.rows++
			n.row = w.rows
		}
		for _, a := range tok.Attr {
			if a.Name.Local == "rowspan" {
				n.span = min(whole(a.Value), 1<<16)
			}
		}
		w.open = append(w.open, n)
	case xml.EndElement:
		w.open = w.open[:len(w.open)-1]
		if last.reference {
			return w.content(&w.open[len(w.open)-1])
		}
	}
	return nil
}

// begin notes the page of a reference to an object.
func (w *structureWalk) begin(tok xml.StartElement) error {
	w.page, w.text = -1, w.text[:0]
	for _, a := range tok.Attr {
		if a.Name.Local == "PageRef" {
			if index, ok := w.f.ids[whole(a.Value)]; ok {
				w.page = index
			}
		}
	}
	w.open = append(w.open, element{reference: true})
	return nil
}

// content adds an object to the block of its element, which begins with the first.
func (w *structureWalk) content(n *element) error {
	id := whole(string(w.text))
	if w.page < 0 || id == 0 {
		return fmt.Errorf("an object of no page: %w", errSyntax)
	}
	if n.block < 0 {
		n.block = len(w.blocks)
		w.blocks = append(w.blocks, shown.Block{Kind: n.kind, Contents: n.contents, Row: n.row, RowSpan: n.span})
	}
	b := &w.blocks[n.block]
	b.Content = append(b.Content, shown.Content{Page: w.page, ID: id})
	return nil
}
