package pdfread

import (
	"fmt"

	"yusuan/internal/shown"
)

// Blocks lists what shows something, in the order in which the document is read (ISO 32000-1, 14.7).
func (f *File) Blocks() ([]shown.Block, error) {
	pages, err := f.Pages()
	if err != nil {
		return nil, err
	}
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	tree, err := f.dict(root["StructTreeRoot"])
	if err != nil {
		return nil, fmt.Errorf("pdf: structure: %w", err)
	}
	w := structureWalk{f: f, seen: map[Ref]bool{}, numbers: map[Ref]int{}}
	for i := range pages {
		w.numbers[pages[i].ref] = i
	}
	if err := w.kids(tree["K"], node{page: -1, block: -1}, 0); err != nil {
		return nil, fmt.Errorf("pdf: structure: %w", err)
	}
	return w.blocks, nil
}

type structureWalk struct {
	f       *File
	seen    map[Ref]bool
	numbers map[Ref]int // of pages
	blocks  []shown.Block
	rows    int
}

// node is what an element's children have from it.
type node struct {
	kind     string
	contents bool
	row      int
	page     int // of content that does not say its own
	span     int // of rows
	block    int // that its content belongs to, -1 before the first
}

func (w *structureWalk) kids(o any, n node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: structure", ErrTooMuch)
	}
	list, ok := o.(Array)
	if !ok {
		if o == nil {
			return nil
		}
		list = Array{o}
	}
	for _, k := range list {
		if err := w.kid(k, &n, depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *structureWalk) kid(o any, n *node, depth int) error {
	if r, ok := o.(Ref); ok {
		if w.seen[r] {
			return fmt.Errorf("an element stands in two places: %w", errSyntax)
		}
		w.seen[r] = true
	}
	v, err := w.f.Resolve(o)
	if err != nil {
		return err
	}
	if id, ok := v.(Int); ok {
		return w.content(n, n.page, id)
	}
	if list, ok := v.(Array); ok {
		return w.kids(list, *n, depth+1)
	}
	d, ok := v.(Dict)
	if !ok {
		return fmt.Errorf("%T is no element: %w", v, errSyntax)
	}
	switch d["Type"] {
	case Name("OBJR"):
		return nil
	case Name("MCR"):
		id, _ := d["MCID"].(Int)
		return w.content(n, w.pageOf(d, n.page), id)
	}
	kind, _ := d["S"].(Name)
	row := n.row
	if kind == "TR" {
		w.rows++
		row = w.rows
	}
	return w.kids(d["K"], node{string(kind), n.contents || kind == "TOC", row, w.pageOf(d, n.page), rowSpan(d), -1}, depth+1)
}

// rowSpan is how many rows a cell says it takes, 0 for one that says nothing.
func rowSpan(d Dict) int {
	const most = 1 << 16
	a, _ := d["A"].(Dict)
	n, _ := a["RowSpan"].(Int)
	return int(min(max(n, 0), most))
}

func (w *structureWalk) pageOf(d Dict, from int) int {
	r, ok := d["Pg"].(Ref)
	if !ok {
		return from
	}
	if number, known := w.numbers[r]; known {
		return number
	}
	return -1
}

// content adds a piece of content to the block of its element, which begins with the first.
func (w *structureWalk) content(n *node, page int, id Int) error {
	if page < 0 || id < 0 || id > maxContent {
		return fmt.Errorf("content of no page: %w", errSyntax)
	}
	if n.block < 0 {
		n.block = len(w.blocks)
		w.blocks = append(w.blocks, shown.Block{Kind: n.kind, Contents: n.contents, Row: n.row, RowSpan: n.span})
	}
	b := &w.blocks[n.block]
	b.Content = append(b.Content, shown.Content{Page: page, ID: int(id)})
	return nil
}
