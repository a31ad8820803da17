package pdf

import (
	"strconv"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// appendDest writes a destination: a height on a page, at the reader's own magnification.
func appendDest(b []byte, d *page.Document, s *shell, to int, y unit.Length) []byte {
	b = appendRef(append(b, '['), s.pages[to].object)
	b = appendLength(append(b, "/XYZ null "...), d.Pages[to].Height-y)
	return append(b, " null]"...)
}

// outlineItem is a bookmark with its neighbours, as indices; -1 means none.
type outlineItem struct{ parent, prev, next, first, last, kids int }

// link turns the levels of bookmarks into a tree. A bookmark hangs below the nearest one before it of a lower level.
func link(bookmarks []page.Bookmark) (items []outlineItem, root outlineItem) {
	root = outlineItem{first: -1, last: -1}
	items = make([]outlineItem, len(bookmarks))
	var above []int
	for i, m := range bookmarks {
		items[i] = outlineItem{parent: -1, prev: -1, next: -1, first: -1, last: -1}
		for len(above) > 0 && bookmarks[above[len(above)-1]].Level >= m.Level {
			above = above[:len(above)-1]
		}
		parent := &root
		if len(above) > 0 {
			items[i].parent = above[len(above)-1]
			parent = &items[items[i].parent]
		}
		if parent.first < 0 {
			parent.first = i
		} else {
			items[i].prev = parent.last
			items[parent.last].next = i
		}
		parent.last = i
		parent.kids++
		above = append(above, i)
	}
	return items, root
}

// writeOutline writes the bookmarks, closed below the top level, and returns the root, 0 when there are none.
func (w *writer) writeOutline(d *page.Document, s *shell) int {
	if len(d.Bookmarks) == 0 {
		return 0
	}
	items, top := link(d.Bookmarks)
	root, first := w.reserve(1), w.reserve(len(items))
	for i, it := range items {
		b := appendText([]byte("<</Title"), d.Bookmarks[i].Title)
		if it.parent < 0 {
			b = appendRef(append(b, "/Parent "...), root)
		} else {
			b = appendRef(append(b, "/Parent "...), first+it.parent)
		}
		for _, r := range [...]struct {
			key string
			to  int
		}{{"/Prev ", it.prev}, {"/Next ", it.next}, {"/First ", it.first}, {"/Last ", it.last}} {
			if r.to >= 0 {
				b = appendRef(append(b, r.key...), first+r.to)
			}
		}
		if it.kids > 0 {
			b = appendInt(append(b, "/Count "...), -it.kids)
		}
		b = appendDest(append(b, "/Dest"...), d, s, d.Bookmarks[i].Page, d.Bookmarks[i].Y)
		w.object(first+i, append(b, ">>"...))
	}
	b := appendRef([]byte("<</Type/Outlines/First "), first+top.first)
	b = appendRef(append(b, "/Last "...), first+top.last)
	b = appendInt(append(b, "/Count "...), top.kids)
	w.object(root, append(b, ">>"...))
	return root
}

// label is what readers call a page: the number it bears, or else its name.
func label(p *page.Page) string {
	if p.Label != "" {
		return p.Label
	}
	return p.Name
}

// appendPageLabels writes the labels in runs of counting pages (ISO 32000-1, 12.4.2). A page without number and name has an
// empty label; a label that is no number stands as it is.
func appendPageLabels(b []byte, pages []page.Page) []byte {
	b = append(b, "/PageLabels<</Nums["...)
	for i := range pages {
		name := label(&pages[i])
		n, isNumber := pageNumber(name)
		if i > 0 {
			before := label(&pages[i-1])
			m, wasNumber := pageNumber(before)
			if name == "" && before == "" || isNumber && wasNumber && n == m+1 {
				continue
			}
		}
		b = append(appendInt(b, i), "<<"...)
		switch {
		case isNumber:
			b = appendInt(append(b, "/S/D/St "...), n)
		case name != "":
			b = appendText(append(b, "/P"...), name)
		}
		b = append(b, ">>"...)
	}
	return append(b, "]>>"...)
}

func pageNumber(label string) (int, bool) {
	n, err := strconv.Atoi(label)
	return n, err == nil && n > 0 && strconv.Itoa(n) == label
}
