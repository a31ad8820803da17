// Package table lays a doc.Table out as a grid: it measures columns, sets the cells, and fills the room it is given
// with as many rows as fit, part after part.
//
// The steps are files: grid (who covers which place), columns (widths), favour (words before heads of figures), cell (set
// text, vertical labels and figures in vertical and decimal), fill (rows into parts), share (a cell's lines among two
// parts), draw and rules (parts onto the page), structure (what readers of the structure see), report (what the author is
// told).
package table

import (
	"fmt"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// cell is a cell at its place in the grid, and its text once that is set.
type cell struct {
	*doc.Cell
	row, col   int
	rows, cols int

	style   *style.Text // at the table's scale
	align   doc.Align   // the column's, unless the cell has its own
	lines   []par.Line  // nil until set; of vertical texts one for each character
	paras   []paragraph // of lines set to a width
	wrapped unit.Length // that width, padding not included
	like    unit.Length // width of the text on lines of its own making, where widths are found by content
	term    unit.Length // and of the longest term in quotation marks or brackets, 0 if there is none
	point   unit.Length // natural figures: from the start of the line to its decimal point
	block   unit.Length // centred figures below each other: how wide they are together, points aligned
	lead    unit.Length // and how far this one starts within that

	// How far filling has come. A cell over several rows is met with each of them, and on each part that it reaches: what is
	// known of it has to stay with it.
	done int         // lines drawn, on all parts so far; only finish moves it on
	take int         // lines that fit the row being cut: cutRow finds them before it is known whether the row is cut
	top  unit.Length // where the cell starts on the part being filled: the height it takes of its last row hangs on it

	head    bool // stands in the table's head
	natural bool // lines are as long as their text and are aligned when drawn
	sound   bool // there is nothing to say about the lines
	parted  bool // words stand on two lines that are not to be broken
	label   bool // drawn whole on every part it reaches; other cells go on where they stopped
	shown   bool // drawn before: labels are ornament from then on, and read once only
}

// last is the last row of the grid that the cell covers.
func (c *cell) last() int { return c.row + c.rows - 1 }

// grid is the table's places. Head rows come first.
type grid struct {
	rows, cols, head int
	cells            []cell  // in reading order
	owner            []int32 // rows × cols: the cell that covers the place
}

func (g *grid) at(row, col int) int32 { return g.owner[row*g.cols+col] }

// spans reports whether one cell covers a place and the one left of it.
func (g *grid) spans(row, col int) bool {
	i := row*g.cols + col
	return g.owner[i-1] == g.owner[i]
}

// eachIn calls f for every cell that covers a place of the row, from left to right, once per cell.
func (g *grid) eachIn(row int, f func(c *cell)) {
	for col := 0; col < g.cols; {
		c := &g.cells[g.at(row, col)]
		f(c)
		col = c.col + c.cols
	}
}

// Memory is where tables stand: what serves again when all of them are drawn.
type Memory struct {
	cells  store[cell]
	places store[int32]
	lines  []par.Line // of the cell being set
	settler
	spans   []*cell // of the table whose rows' least heights are found, and their heights without these cells
	heights []unit.Length
}

// Reuse tells that the tables set so far are done with.
func (m *Memory) Reuse() { m.cells.used, m.places.used = 0, 0 }

// store gives out parts of a piece of memory.
type store[T any] struct {
	piece []T
	used  int
	clean int // where what was never used begins
}

// take returns n zero values.
func (s *store[T]) take(n int) []T {
	if s.used+n > len(s.piece) {
		s.piece, s.used, s.clean = make([]T, max(n, 2*len(s.piece))), 0, 0
	}
	part := s.piece[s.used : s.used+n : s.used+n]
	clear(part[:min(max(s.clean-s.used, 0), n)])
	s.used += n
	s.clean = max(s.clean, s.used)
	return part
}

// gridBuilder places the cells of one table.
type gridBuilder struct {
	grid
	table *doc.Table
	diags *diag.List
}

// newGrid places all cells. Where they do not cover the grid exactly it reports and mends: spans are clipped, free
// places get empty cells, and the text of a cell without a place joins its left neighbour, so that nothing is lost.
func newGrid(t *doc.Table, m *Memory, diags *diag.List) grid {
	b := gridBuilder{table: t, diags: diags}
	b.head, b.rows = len(t.Head), len(t.Head)+len(t.Body)
	b.cols = columns(t)
	n := 0
	for _, part := range [...][]doc.Row{t.Head, t.Body} {
		for i := range part {
			n += len(part[i].Cells)
		}
	}
	b.cells, b.owner = m.cells.take(n)[:0], m.places.take(b.rows*b.cols)
	for i := range b.owner {
		b.owner[i] = -1
	}
	for i := range t.Head {
		b.place(i, b.head, &t.Head[i])
	}
	for i := range t.Body {
		b.place(b.head+i, b.rows, &t.Body[i])
	}
	return b.grid
}

// columns is the number of columns: as declared, or else as the first row has them.
func columns(t *doc.Table) int {
	if len(t.Columns) > 0 {
		return len(t.Columns)
	}
	for _, part := range [...][]doc.Row{t.Head, t.Body} {
		if len(part) > 0 {
			n := 0
			for i := range part[0].Cells {
				n += max(part[0].Cells[i].ColSpan, 1)
			}
			return max(n, 1)
		}
	}
	return 1
}

// place puts the cells of a row on the free places of the grid; limit is the end of the row's part of the table.
func (b *gridBuilder) place(row, limit int, r *doc.Row) {
	col := 0
	owner := b.owner[row*b.cols : (row+1)*b.cols]
	for i := range r.Cells {
		src := &r.Cells[i]
		for col < b.cols && owner[col] >= 0 {
			col++
		}
		if col == b.cols {
			b.report(row, r, fmt.Sprintf("多出 %d 格", len(r.Cells)-i))
			b.join(row, r.Cells[i:])
			return
		}
		rows, cols := max(src.RowSpan, 1), 1
		want := max(src.ColSpan, 1)
		for cols < want && col+cols < b.cols && owner[col+cols] < 0 {
			cols++
		}
		if cols < want {
			b.report(row, r, fmt.Sprintf("第 %d 格跨 %d 列，只有 %d 列可用", i+1, want, cols))
		}
		if row+rows > limit {
			b.report(row, r, fmt.Sprintf("第 %d 格跨 %d 行，只剩 %d 行", i+1, rows, limit-row))
			rows = limit - row
		}
		b.cover(src, row, col, rows, cols)
	}
	b.blanks(row, r)
}

// blanks fills the places of the row that no cell covers.
func (b *gridBuilder) blanks(row int, r *doc.Row) {
	short := 0
	for col, id := range b.owner[row*b.cols : (row+1)*b.cols] {
		if id < 0 {
			short++
			b.cover(&doc.Cell{}, row, col, 1, 1)
		}
	}
	if short > 0 {
		b.report(row, r, fmt.Sprintf("缺 %d 格", short))
	}
}

// cover puts a cell on the places it takes.
func (b *gridBuilder) cover(src *doc.Cell, row, col, rows, cols int) {
	id := int32(len(b.cells))
	if len(b.cells) == cap(b.cells) { // more cells than the table states: places without any
		b.cells = slices.Grow(b.cells, b.cols)
	}
	b.cells = b.cells[:id+1]
	c := &b.cells[id]
	c.Cell, c.row, c.col, c.rows, c.cols, c.head = src, row, col, rows, cols, row < b.head
	for r := row; r < row+rows; r++ {
		places := b.owner[r*b.cols+col : r*b.cols+col+cols]
		for k := range places {
			places[k] = id
		}
	}
}

// join adds the text of cells without a place to the cell at the end of the row.
func (b *gridBuilder) join(row int, rest []doc.Cell) {
	c := &b.cells[b.at(row, b.cols-1)]
	joined := *c.Cell
	joined.Text = append([]doc.Text(nil), joined.Text...)
	for i := range rest {
		joined.Text = append(joined.Text, rest[i].Text...)
	}
	c.Cell = &joined
}

func (b *gridBuilder) report(row int, r *doc.Row, what string) {
	part, n := "表身", row-b.head
	if row < b.head {
		part, n = "表头", row
	}
	b.diags.Errorf(style.RuleGrid, origin(b.table, r), "%s%s第 %d 行%s", name(b.table), part, n+1, what)
}

// name is what the table is called in messages.
func name(t *doc.Table) string {
	switch {
	case t.Caption.String != "":
		return "表“" + t.Caption.String + "”"
	case t.ID != "":
		return "表 " + t.ID
	}
	return "表"
}

// origin is the place of the first text of a row that has one, or of the caption.
func origin(t *doc.Table, r *doc.Row) diag.Range {
	for i := range r.Cells {
		for _, x := range r.Cells[i].Text {
			if !x.Origin.IsZero() {
				return x.Origin
			}
		}
	}
	return t.Caption.Origin
}
