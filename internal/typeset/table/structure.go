package table

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// Elems are the structure elements of a table's texts.
type Elems struct {
	above [2]page.ElemID // Left and Right
	cells []page.ElemID
}

// Structure makes the elements of the whole table, in reading order, below parent: the line above it as paragraphs,
// then one Table with one THead and one TBody however many parts it is drawn in (ISO 32000-1 §14.8.4.3.4). Every
// head cell has a scope; with several levels of heads the cells also name theirs (ISO 14289-1 §7.5).
func (t *Table) Structure(parent page.ElemID, add func(page.Elem) page.ElemID) *Elems {
	s := &Elems{cells: make([]page.ElemID, len(t.cells))}
	for what, x := range [...]*doc.Text{Left: t.doc.Left, Right: t.doc.Right} {
		if x != nil {
			s.above[what] = add(page.Elem{Kind: page.KindP, Parent: parent})
		}
	}
	if t.rows == 0 {
		return s
	}
	tree := treeMaker{t: t, Elems: s, add: add, levels: t.head > 1}
	table := add(page.Elem{Kind: page.KindTable, Parent: parent, Label: page.Named(t.doc.Caption.String)})
	if t.head == 0 || t.head == t.rows { // a head needs a body: ISO 32000-1 table 337
		tree.rows(table, 0, t.rows)
		return s
	}
	tree.rows(add(page.Elem{Kind: page.KindTHead, Parent: table}), 0, t.head)
	tree.heads = make([][]page.ElemID, t.cols)
	for col := range tree.heads {
		tree.heads[col] = tree.list(tree.above(t.head, col, 1), nil)
	}
	tree.rows(add(page.Elem{Kind: page.KindTBody, Parent: table}), t.head, t.rows)
	return s
}

type treeMaker struct {
	*Elems
	t      *Table
	add    func(page.Elem) page.ElemID
	levels bool            // heads have several levels: cells name theirs
	heads  [][]page.ElemID // by column: its heads, shared by all cells that have no other
	side   []page.ElemID   // heads of the row at hand
	lists  []page.ElemID   // where the lists of heads stand
	found  []page.ElemID   // by above
}

// list is a list of heads of a cell.
func (m *treeMaker) list(above, side []page.ElemID) []page.ElemID {
	n := len(above) + len(side)
	if cap(m.lists)-len(m.lists) < n {
		m.lists = make([]page.ElemID, 0, max(n, 2*len(m.cells)))
	}
	from := len(m.lists)
	m.lists = append(append(m.lists, above...), side...)
	return m.lists[from:len(m.lists):len(m.lists)]
}

func (m *treeMaker) rows(parent page.ElemID, from, to int) {
	for r := from; r < to; r++ {
		tr := m.add(page.Elem{Kind: page.KindTR, Parent: parent})
		m.side = m.side[:0]
		for col := 0; col < m.t.cols; {
			id := m.t.at(r, col)
			c := &m.t.grid.cells[id]
			col = c.col + c.cols
			if c.row == r {
				m.cells[id] = m.add(m.elem(c, tr))
			}
			if !c.head && (c.Header == doc.HeaderRow || c.Header == doc.HeaderBoth) {
				m.side = append(m.side, m.cells[id])
			}
		}
	}
}

func (m *treeMaker) elem(c *cell, tr page.ElemID) page.Elem {
	e := page.Elem{Kind: page.KindTD, Parent: tr}
	if c.rows > 1 {
		e.RowSpan = int32(c.rows)
	}
	if c.cols > 1 {
		e.ColSpan = int32(c.cols)
	}
	switch {
	case c.Header == doc.HeaderBoth:
		e.Kind, e.Scope = page.KindTH, page.ScopeBoth
	case c.Header == doc.HeaderRow:
		e.Kind, e.Scope = page.KindTH, page.ScopeRow
	case c.Header == doc.HeaderColumn || c.head:
		e.Kind, e.Scope = page.KindTH, page.ScopeColumn
	}
	if !m.levels {
		return e
	}
	switch {
	case c.head:
		e.Headers = m.list(m.above(c.row, c.col, c.cols), nil)
	case m.heads != nil && c.cols == 1 && len(m.side) == 0:
		e.Headers = m.heads[c.col]
	case m.heads != nil && c.cols == 1:
		e.Headers = m.list(m.heads[c.col], m.side)
	default:
		e.Headers = m.list(m.above(m.t.head, c.col, c.cols), m.side)
	}
	return e
}

// above lists the head cells over some columns, above a row of the head, each once and from the top. The list holds until
// the next call.
func (m *treeMaker) above(row, col, cols int) []page.ElemID {
	m.found = m.found[:0]
	for r := range row {
		for k := col; k < col+cols; k++ {
			id := m.t.at(r, k)
			if c := &m.t.cells[id]; c.row == r && (k == col || m.t.at(r, k-1) != id) {
				m.found = append(m.found, m.cells[id])
			}
		}
	}
	return m.found
}
