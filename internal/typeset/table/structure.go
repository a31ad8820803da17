package table

import (
	"slices"
	"strings"

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
// head cell has a scope; with several levels of heads, with several sides, and in forms, where heads stand anywhere, the
// cells also name theirs (ISO 14289-1 §7.5): all heads above, and of the row the names on their own side that stand before
// them. What the row belongs to, a class of codes or a group of projects, is a row of its own and not named again. A head
// or name without a text is none.
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
	tree := treeMaker{t: t, Elems: s, add: add, explicit: t.head > 1 || t.sides()}
	table := add(page.Elem{Kind: page.KindTable, Parent: parent, Label: page.Named(t.doc.Caption.String)})
	if t.head == 0 || t.head == t.rows { // a head needs a body: ISO 32000-1 table 337
		tree.within = make([][]page.ElemID, t.cols)
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
	t        *Table
	add      func(page.Elem) page.ElemID
	explicit bool            // scopes do not tell all: cells name their heads
	heads    [][]page.ElemID // by column: its heads, shared by all cells that have no other
	names    []page.ElemID   // of the row at hand, for the cell at hand
	lists    []page.ElemID   // where the lists of heads stand
	found    []page.ElemID   // by above
	within   [][]page.ElemID // of a form: by column, the heads that hold for the row at hand
}

// list is a list of heads of a cell.
func (m *treeMaker) list(above, names []page.ElemID) []page.ElemID {
	n := len(above) + len(names)
	if cap(m.lists)-len(m.lists) < n {
		m.lists = make([]page.ElemID, 0, max(n, 2*len(m.cells)))
	}
	from := len(m.lists)
	m.lists = append(append(m.lists, above...), names...)
	return m.lists[from:len(m.lists):len(m.lists)]
}

func (m *treeMaker) rows(parent page.ElemID, from, to int) {
	for r := from; r < to; r++ {
		tr := m.add(page.Elem{Kind: page.KindTR, Parent: parent})
		m.names = m.names[:0]
		groups, value := 0, false // names of several rows; whether a value stands before
		m.leave(r)
		for col := 0; col < m.t.cols; {
			id := m.t.at(r, col)
			c := &m.t.grid.cells[id]
			col = c.col + c.cols
			name := !c.head && c.namesRow()
			switch {
			case name && value && m.within != nil: // in a form name and value may follow each other
				m.names = m.names[:groups]
			case c.col > 0 && m.t.side(c.col) != m.t.side(c.col-1):
				m.names = m.names[:0]
			}
			if c.row == r {
				m.cells[id] = m.add(m.elem(c, tr))
			}
			if value = !name; name && c.says() {
				if m.t.side(c.col) != m.t.side(col-1) { // it reaches into another side, others do not
					m.names = m.names[:0]
				}
				m.names = append(m.names, m.cells[id])
			}
			if name && c.rows > 1 {
				groups = len(m.names)
			}
		}
		m.enter(r)
	}
}

// leave ends what heads in a form hold for: a label over several rows at the left, and what stands beside it, is a matter of
// its own.
func (m *treeMaker) leave(r int) {
	if m.within == nil || r == 0 {
		return
	}
	before, now := m.t.at(r-1, 0), m.t.at(r, 0)
	if before != now && (m.t.cells[before].labelsRows() || m.t.cells[now].labelsRows()) {
		clear(m.within)
	}
}

func (c *cell) labelsRows() bool { return c.rows > 1 && c.Header == doc.HeaderRow }

// namesRow reports whether the cell is the name of its row, or of its rows.
func (c *cell) namesRow() bool {
	return c.Names || c.Header == doc.HeaderRow || c.Header == doc.HeaderBoth
}

// says reports whether the cell holds more than blanks.
func (c *cell) says() bool {
	return slices.ContainsFunc(c.Text, func(x doc.Text) bool { return strings.TrimSpace(x.String) != "" })
}

// side is the side of a column.
func (t *Table) side(col int) int {
	if col >= len(t.doc.Columns) {
		return 0
	}
	return t.doc.Columns[col].Side
}

// sides reports whether the table has several.
func (t *Table) sides() bool {
	return slices.ContainsFunc(t.doc.Columns, func(c doc.Column) bool { return c.Side != t.side(0) })
}

// enter lets the heads in a row of a form hold for the rows below, with those right above them, in place of others.
func (m *treeMaker) enter(r int) {
	if m.within == nil {
		return
	}
	for col := range m.within {
		id := m.t.at(r, col)
		c := &m.t.cells[id]
		if c.Header != doc.HeaderColumn || c.last() != r {
			continue
		}
		var upper []page.ElemID
		if m.continues(c) {
			upper = m.within[col]
		}
		own := m.cells[id : id+1]
		if !c.says() {
			own = nil
		}
		m.within[col] = m.list(upper, own)
	}
}

// continues reports whether a head stands right below another.
func (m *treeMaker) continues(c *cell) bool {
	return c.row > 0 && m.t.cells[m.t.at(c.row-1, c.col)].Header == doc.HeaderColumn
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
	case !c.says():
	case c.Header == doc.HeaderBoth:
		e.Kind, e.Scope = page.KindTH, page.ScopeBoth
	case c.namesRow():
		e.Kind, e.Scope = page.KindTH, page.ScopeRow
	case c.Header == doc.HeaderColumn || c.head:
		e.Kind, e.Scope = page.KindTH, page.ScopeColumn
	}
	if !m.explicit && m.within == nil {
		return e
	}
	switch {
	case m.within != nil:
		e.Headers = m.list(m.over(c), m.names)
	case c.head:
		e.Headers = m.list(m.above(c.row, c.col, c.cols), nil)
	case m.heads != nil && c.cols == 1 && len(m.names) == 0:
		e.Headers = m.heads[c.col]
	case m.heads != nil && c.cols == 1:
		e.Headers = m.list(m.heads[c.col], m.names)
	default:
		e.Headers = m.list(m.above(m.t.head, c.col, c.cols), m.names)
	}
	return e
}

// over lists the heads in a form that hold for a cell: for all its columns, since what goes on below heads of single columns
// and is as wide as several is another matter. The list holds until the next call.
func (m *treeMaker) over(c *cell) []page.ElemID {
	m.found = m.found[:0]
	if c.Header == doc.HeaderColumn && !m.continues(c) {
		return nil
	}
	columns := m.within[c.col : c.col+c.cols]
	for _, h := range columns[0] {
		if !slices.ContainsFunc(columns, func(heads []page.ElemID) bool { return !slices.Contains(heads, h) }) {
			m.found = append(m.found, h)
		}
	}
	return m.found
}

// above lists the head cells over some columns, above a row of the head, each once and from the top. The list holds until
// the next call.
func (m *treeMaker) above(row, col, cols int) []page.ElemID {
	m.found = m.found[:0]
	for r := range row {
		for k := col; k < col+cols; k++ {
			id := m.t.at(r, k)
			if c := &m.t.cells[id]; c.row == r && (k == col || m.t.at(r, k-1) != id) && c.says() {
				m.found = append(m.found, m.cells[id])
			}
		}
	}
	return m.found
}
