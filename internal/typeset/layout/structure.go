package layout

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// tree grows the structure elements in reading order: Document > Part > Sect > heading, paragraphs, tables.
type tree struct {
	elems []page.Elem
	stack []branch
}

// branch is an open Part or Sect.
type branch struct {
	level  int // of its heading in the document
	tagged int // of its heading as tagged; 0 when it has none
	elem   page.ElemID
}

func newTree(d *doc.Document) tree {
	t := tree{elems: make([]page.Elem, 1, elements(d))}
	t.elems[0].Kind = page.KindDocument
	return t
}

// elements is the number of elements of a document or a little more, so that the tree need not grow.
func elements(d *doc.Document) int {
	n := 1
	for i := range d.Sections {
		n++
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				n += 2
				if b.Contents != "" { // listed once
					n += 4
				}
			case *doc.Table: // with the line above it, head and body
				n += cells(b.Head) + cells(b.Body) + len(b.Notes) + 5
			default:
				n += 2
			}
		}
	}
	return n
}

// cells counts rows and their cells.
func cells(rows []doc.Row) int {
	n := len(rows)
	for i := range rows {
		n += len(rows[i].Cells)
	}
	return n
}

func (t *tree) add(e page.Elem) page.ElemID {
	t.elems = append(t.elems, e)
	return page.ElemID(len(t.elems) - 1)
}

// current is the element that takes the next block.
func (t *tree) current() page.ElemID {
	if len(t.stack) == 0 {
		return 0
	}
	return t.stack[len(t.stack)-1].elem
}

// section begins a section. One that starts with a heading of level 1 gets its Part from that heading; one with a
// title, or before any Part, is a Part of its own, such as the cover; any other goes on with the Part before it,
// such as the landscape tables among upright ones.
func (t *tree) section(s *doc.Section) {
	if startsPart(s) {
		t.stack = t.stack[:0]
		return
	}
	if s.Title != "" || len(t.stack) == 0 {
		t.stack = append(t.stack[:0], branch{1, 0, t.add(page.Elem{Kind: page.KindPart, Label: page.Named(s.Title)})})
	}
}

// startsPart reports whether the first thing printed is a heading of level 1.
func startsPart(s *doc.Section) bool {
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case *doc.Space, *doc.PageBreak:
		case *doc.Heading:
			return b.Level <= 1
		case *doc.Paragraph:
			return b.Level == 1 && !b.Quiet
		default:
			return false
		}
	}
	return false
}

// heading opens the Part or Sect that a heading names and returns the heading's element. Tagged levels never skip
// one downwards (ISO 14289-1 §7.4.2), whatever the levels in the document.
func (t *tree) heading(level int, title string) page.ElemID {
	level = max(level, 1)
	n := len(t.stack)
	for n > 0 && t.stack[n-1].level >= level {
		n--
	}
	t.stack = t.stack[:n]
	b := branch{level: level, tagged: 1}
	e := page.Elem{Kind: page.KindPart, Label: page.Named(title)}
	if n > 0 {
		b.tagged = min(t.stack[n-1].tagged+1, 4)
		e.Kind, e.Parent = page.KindSect, t.stack[n-1].elem
	}
	b.elem = t.add(e)
	t.stack = append(t.stack, b)
	kinds := [...]page.Kind{page.KindH1, page.KindH2, page.KindH3, page.KindH4}
	return t.add(page.Elem{Kind: kinds[b.tagged-1], Parent: b.elem})
}
