package pdf

import "yusuan/internal/typeset/page"

// tree is the structure tree turned round: elements know their parents, here they know their children.
type tree struct {
	doc         *page.Document
	content     *content
	shell       *shell
	annots      *annotations
	firstObject int
	order       *page.Tree  // its marks are indices in content.marks
	links       page.Groups // of elements: numbers of links, counted over all pages
	linkPages   []int32
	named       []bool // elements that others refer to by an ID
}

// writeStructure writes the structure tree and returns its root.
func (w *writer) writeStructure(d *page.Document, c *content, s *shell, a *annotations) int {
	t := newTree(d, c, s, a)
	root, parentTree := w.reserve(1), w.reserve(1)
	t.firstObject = w.reserve(len(d.Elems))
	for i := range d.Elems {
		w.tmp = t.appendElem(w.tmp[:0], i, root)
		w.object(t.firstObject+i, w.tmp)
	}
	b := append(w.tmp[:0], "<</Type/StructTreeRoot/K["...)
	b = append(appendRef(b, t.firstObject), "]/ParentTree "...)
	b = append(appendRef(b, parentTree), "/ParentTreeNextKey "...)
	b = appendInt(b, len(d.Pages)+a.count())
	w.tmp = append(t.appendIDs(b), ">>"...)
	w.object(root, w.tmp)
	w.tmp = t.appendParents(w.tmp[:0])
	w.object(parentTree, w.tmp)
	return root
}

func newTree(d *page.Document, c *content, s *shell, a *annotations) *tree {
	n := len(d.Elems)
	t := &tree{doc: d, content: c, shell: s, annots: a, named: make([]bool, n)}
	t.order = page.NewTree(d.Elems, len(c.marks), func(i int) page.ElemID { return c.marks[i].elem })
	owners := make([]int32, 0, a.count())
	for i := range d.Pages {
		for _, l := range d.Pages[i].Links {
			owners = append(owners, int32(l.Elem))
			t.linkPages = append(t.linkPages, int32(i))
		}
	}
	t.links = page.Group(n, len(owners), func(i int) int { return int(owners[i]) })
	for i := range d.Elems {
		for _, h := range d.Elems[i].Headers {
			t.named[h] = true
		}
		t.named[i] = t.named[i] || d.Elems[i].Kind == page.KindNote // ISO 14289-1, 7.9
	}
	return t
}

func (t *tree) appendElem(b []byte, i, root int) []byte {
	e := &t.doc.Elems[i]
	b = append(appendName(append(b, "<</S"...), e.Kind.String()), "/P "...)
	if i == 0 {
		b = appendRef(b, root)
	} else {
		b = appendRef(b, t.firstObject+int(e.Parent))
	}
	if t.named[i] {
		b = t.appendID(append(b, "/ID"...), i)
	}
	l := e.Label
	if l != nil && l.Title != "" {
		b = appendText(append(b, "/T"...), l.Title)
	}
	if l != nil && l.Alt != "" {
		b = appendText(append(b, "/Alt"...), l.Alt)
	}
	b = t.appendTableAttributes(b, e)
	if l != nil && l.Box != nil {
		b = t.appendBox(b, l.Box)
	}
	b = t.appendKids(b, i)
	return append(b, ">>"...)
}

// appendTableAttributes writes the attributes of table cells (ISO 32000-1, 14.8.5.7).
func (t *tree) appendTableAttributes(b []byte, e *page.Elem) []byte {
	if e.Scope == page.NoScope && e.ColSpan <= 1 && e.RowSpan <= 1 && len(e.Headers) == 0 {
		return b
	}
	b = append(b, "/A<</O/Table"...)
	if e.Scope != page.NoScope {
		b = appendName(append(b, "/Scope"...), e.Scope.String())
	}
	if e.ColSpan > 1 {
		b = appendInt(append(b, "/ColSpan "...), int(e.ColSpan))
	}
	if e.RowSpan > 1 {
		b = appendInt(append(b, "/RowSpan "...), int(e.RowSpan))
	}
	if len(e.Headers) > 0 {
		b = append(b, "/Headers["...)
		for _, h := range e.Headers {
			b = t.appendID(b, int(h))
		}
		b = append(b, ']')
	}
	return append(b, ">>"...)
}

// appendBox writes the place that a figure takes (ISO 32000-1, 14.8.5.4.3; ISO 14289-1, 7.3).
func (t *tree) appendBox(b []byte, x *page.Box) []byte {
	height := t.doc.Pages[x.Page].Height
	b = appendLength(append(b, "/A<</O/Layout/Placement/Block/BBox["...), x.X)
	b = appendLength(append(b, ' '), height-x.Y-x.H)
	b = appendLength(append(b, ' '), x.X+x.W)
	b = appendLength(append(b, ' '), height-x.Y)
	return append(b, "]>>"...)
}

// appendID writes the identifier of an element. All have the same length, so that they sort like the numbers.
func (t *tree) appendID(b []byte, i int) []byte {
	b = append(b, '(')
	if len(t.doc.Elems) > 1<<16 {
		b = appendHex16(b, uint16(i>>16))
	}
	return append(appendHex16(b, uint16(i)), ')')
}

// appendKids writes what an element holds, in reading order: marked content, elements, links. Marked content on other
// pages than the element's own page (that of its first mark) names its page.
func (t *tree) appendKids(b []byte, i int) []byte {
	marks, links := t.order.Marks.Of(i), t.links.Of(i)
	n := len(marks) + len(t.order.Kids.Of(i)) + len(links)
	if n == 0 {
		return b // an element may be empty, as a cell without text is
	}
	own := int32(-1)
	if len(marks) > 0 {
		own = t.content.marks[marks[0]].page
		b = appendRef(append(b, "/Pg "...), t.shell.pages[own].object)
	}
	b = append(b, "/K"...)
	if n > 1 {
		b = append(b, '[')
	}
	t.order.Each(i, func(mark int32) { b = t.appendMark(b, mark, own) }, func(kid int32) { b = appendRef(append(b, ' '), t.firstObject+int(kid)) })
	for _, l := range links {
		b = appendRef(append(b, "<</Type/OBJR/Obj "...), t.annots.firstObject+int(l))
		b = append(appendRef(append(b, "/Pg "...), t.shell.pages[t.linkPages[l]].object), ">>"...)
	}
	if n > 1 {
		b = append(b, ']')
	}
	return b
}

func (t *tree) appendMark(b []byte, m, own int32) []byte {
	on := t.content.marks[m].page
	mcid := int(m) - t.content.first[on]
	if on == own {
		return appendInt(append(b, ' '), mcid)
	}
	b = appendRef(append(b, "<</Type/MCR/Pg "...), t.shell.pages[on].object)
	return append(appendInt(append(b, "/MCID "...), mcid), ">>"...)
}

// appendParents writes the parent tree: for each page the elements of its marks, for each link its element.
func (t *tree) appendParents(b []byte) []byte {
	b = append(b, "<</Nums["...)
	for i := range t.doc.Pages {
		b = append(appendInt(b, i), '[')
		for _, m := range t.content.marks[t.content.first[i]:t.content.first[i+1]] {
			b = append(appendRef(b, t.firstObject+int(m.elem)), ' ')
		}
		b = append(b, "]\n"...)
	}
	key := len(t.doc.Pages)
	for i := range t.doc.Pages {
		for _, l := range t.doc.Pages[i].Links {
			b = append(appendInt(b, key), ' ')
			b = append(appendRef(b, t.firstObject+int(l.Elem)), '\n')
			key++
		}
	}
	return append(b, "]>>"...)
}

// appendIDs writes the name tree of identifiers, if there are any.
func (t *tree) appendIDs(b []byte) []byte {
	any := false
	for i, named := range t.named {
		if !named {
			continue
		}
		if !any {
			b = append(b, "/IDTree<</Names["...)
			any = true
		}
		b = append(appendRef(t.appendID(b, i), t.firstObject+i), ' ')
	}
	if any {
		b = append(b, "]>>"...)
	}
	return b
}
