package grid

import (
	"cmp"
	"slices"
)

// builder collects what a reader finds, within the bounds of one file. Cells may come in any order; of two at one place, the
// later holds.
type builder struct {
	book   Book
	cells  int
	text   int
	merges int
	hidden [][2]int // hidden columns of the sheet that is being read, from and to
}

// begin begins a sheet.
func (b *builder) begin(name string, hidden bool) error {
	if len(b.book.Sheets) >= maxSheets {
		return tooMuch("工作表", maxSheets)
	}
	b.book.Sheets = append(b.book.Sheets, Sheet{Name: name, Hidden: hidden})
	b.hidden = nil
	return nil
}

func (b *builder) sheet() *Sheet { return &b.book.Sheets[len(b.book.Sheets)-1] }

// put adds a cell of a row, if it holds anything.
func (b *builder) put(row int, hidden bool, c Cell) error {
	if row < 1 || c.Column < 1 {
		return errPlace
	}
	if row > maxRows {
		return tooMuch("一张工作表的行", maxRows)
	}
	if c.Column > maxColumns {
		return tooMuch("一张工作表的列", maxColumns)
	}
	if (c.Kind == Empty || c.Kind == Text && c.Text == "") && !c.Formula {
		return nil
	}
	if b.cells++; b.cells > maxCells {
		return tooMuch("有内容的单元格", maxCells)
	}
	if len(c.Text) > maxOneText {
		return tooMuch("一个单元格里的字节", maxOneText)
	}
	if b.text += len(c.Text); b.text > maxText {
		return tooMuch("全部文字的字节", maxText)
	}
	s := b.sheet()
	if n := len(s.Rows); n == 0 || s.Rows[n-1].Number != row {
		s.Rows = append(s.Rows, Row{Number: row, Hidden: hidden})
	}
	r := &s.Rows[len(s.Rows)-1]
	r.Cells = append(r.Cells, c)
	return nil
}

// hide notes that columns are hidden.
func (b *builder) hide(from, to int) {
	if from <= to && len(b.hidden) < maxColumns {
		b.hidden = append(b.hidden, [2]int{from, to})
	}
}

// merge adds a merged range; one of a single cell is none.
func (b *builder) merge(m Merge) error {
	m.Bottom, m.Right = min(m.Bottom, maxRows), min(m.Right, maxColumns)
	if m.Top < 1 || m.Left < 1 || m.Bottom < m.Top || m.Right < m.Left {
		return errPlace
	}
	if m.Top == m.Bottom && m.Left == m.Right {
		return nil
	}
	if b.merges++; b.merges > maxMerges {
		return tooMuch("合并单元格", maxMerges)
	}
	b.sheet().Merges = append(b.sheet().Merges, m)
	return nil
}

// end finishes a sheet: rows and cells in their order, and what is hidden or covered.
func (b *builder) end() (err error) {
	s := b.sheet()
	slices.SortStableFunc(s.Rows, func(x, y Row) int { return cmp.Compare(x.Number, y.Number) })
	rows := s.Rows[:0]
	for _, r := range s.Rows {
		if n := len(rows); n > 0 && rows[n-1].Number == r.Number {
			rows[n-1].Cells = append(rows[n-1].Cells, r.Cells...)
			rows[n-1].Hidden = rows[n-1].Hidden || r.Hidden
			continue
		}
		rows = append(rows, r)
	}
	s.Rows = rows
	if s.merges, err = index(s.Merges); err != nil {
		return err
	}
	columns := b.hiddenColumns()
	for i := range s.Rows {
		r := &s.Rows[i]
		r.Cells = inOrder(r.Cells)
		for j := range r.Cells {
			c := &r.Cells[j]
			c.Hidden = c.Hidden || c.Column < len(columns) && columns[c.Column]
			c.Covered = s.covered(r.Number, c)
		}
	}
	return nil
}

// hiddenColumns says of each column whether it is hidden, as far as any is.
func (b *builder) hiddenColumns() []bool {
	if len(b.hidden) == 0 {
		return nil
	}
	change := make([]int, maxColumns+2)
	for _, h := range b.hidden {
		change[min(max(h[0], 1), maxColumns+1)]++
		change[min(max(h[1], 0), maxColumns)+1]--
	}
	hidden, open := make([]bool, maxColumns+1), 0
	for i := range hidden {
		open += change[i]
		hidden[i] = open > 0
	}
	return hidden
}

// inOrder sorts the cells of a row; of two at one place, the later holds.
func inOrder(cells []Cell) []Cell {
	if !slices.IsSortedFunc(cells, func(x, y Cell) int { return cmp.Compare(x.Column, y.Column) }) {
		slices.SortStableFunc(cells, func(x, y Cell) int { return cmp.Compare(x.Column, y.Column) })
	}
	kept := cells[:0]
	for _, c := range cells {
		if n := len(kept); n > 0 && kept[n-1].Column == c.Column {
			kept[n-1] = c
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// covered reports whether a merged range that begins elsewhere lies over a cell.
func (s *Sheet) covered(row int, c *Cell) bool {
	column := c.Column
	for _, n := range s.merges.at(row) {
		if m := s.Merges[n]; m.Has(row, column) && (m.Top != row || m.Left != column) && (c.Kind == Empty || !s.merges.cross[n]) {
			return true
		}
	}
	return false
}
