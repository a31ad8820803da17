package sheet

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// marked is what a workbook has beside its facts when it is given back with findings.
type marked struct {
	path     string     // of the workbook
	own      [][]string // the hidden sheet, as it was: what was written once stays the base
	others   []grid.Sheet
	findings []diag.Diagnostic
	cells    map[string]marks
}

// marks are the worst findings at the cells of a sheet, by row and column.
type marks map[int]map[int]diag.Level

// What of a sheet can be given back: every row to the last and every column to the widest is written again, whatever is in them.
const (
	furthest = 100_000   // row
	mostArea = 4_000_000 // rows times columns
)

// returnable refuses a sheet that would take too much to be given back: a cell far down and one far to the right are enough.
func returnable(s *grid.Sheet) error {
	last, width := 0, 0
	for _, r := range s.Rows {
		last = max(last, r.Number)
		for _, c := range r.Cells {
			width = max(width, c.Column)
		}
	}
	if last > furthest || last*width > mostArea {
		return fmt.Errorf("工作表%s里最远的内容到了第 %d 行、第 %s 列，太远，标不了问题；删去远处不用的，再来一次", diag.Quote(s.Name), last, columnName(width))
	}
	return nil
}

// WriteMarked writes a workbook again as it was read, every cell at its place, with findings at theirs and listed on a sheet
// before all others. Sheets and columns that are not known come with it.
func WriteMarked(in Input, t *Taken, b *grid.Book, findings []diag.Diagnostic) ([]byte, error) {
	c := &Content{Layout: t.Layout, in: in, strips: t.Department("strip_comments") == Yes, day: t.Department("date")}
	f := &filler{in: in, byTable: map[string][]entry{}}
	for _, file := range in.Files {
		f.collect(file)
	}
	c.show = f.shower()
	if c.titled = t.Department("name"); c.titled != "" && t.Department("year") != "" {
		c.titled += "　" + t.Department("year") + "年"
	}
	m := &marked{path: t.Path, findings: findings, cells: map[string]marks{}}
	sheets := slices.Clone(t.Sheets)
	slices.SortStableFunc(sheets, func(a, b TakenSheet) int { return a.tab - b.tab })
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if err := returnable(s); err != nil {
			return nil, err
		}
		switch {
		case s.Name == OwnSheet:
			m.own = texts(s)
		case !slices.Contains(ours(), s.Name) && !slices.ContainsFunc(sheets, func(x TakenSheet) bool { return x.tab == i }) && len(s.Rows) > 0:
			m.others = append(m.others, *s)
		}
	}
	for i := range sheets {
		c.Sheets = append(c.Sheets, m.filled(&sheets[i], &b.Sheets[sheets[i].tab]))
	}
	m.note()
	return newWriter(c, m).write()
}

// texts are the rows of a sheet.
func texts(s *grid.Sheet) [][]string {
	var out [][]string
	for _, r := range s.Rows {
		var row []string
		for _, c := range r.Cells {
			for len(row) < c.Column-1 {
				row = append(row, "")
			}
			row = append(row, c.Text)
		}
		out = append(out, row)
	}
	return out
}

// cell is where a finding is in the workbook; others are in last year's, or nowhere.
func (m *marked) cell(d *diag.Diagnostic) (diag.Cell, bool) {
	c, ok := d.At.In.Cell()
	return c, ok && d.At.File == m.path
}

// note finds the worst finding at each cell.
func (m *marked) note() {
	for _, d := range m.findings {
		c, ok := m.cell(&d)
		row, column, named := grid.Place(c.Name)
		if !ok || !named {
			continue
		}
		if m.cells[c.Sheet] == nil {
			m.cells[c.Sheet] = marks{}
		}
		if m.cells[c.Sheet][row] == nil {
			m.cells[c.Sheet][row] = map[int]diag.Level{}
		}
		m.cells[c.Sheet][row][column] = max(m.cells[c.Sheet][row][column], d.Level)
	}
}

// filled is a sheet as it was read.
func (m *marked) filled(t *TakenSheet, g *grid.Sheet) Filled {
	own := *t.Sheet
	own.Blocks = nil
	out := Filled{Sheet: &own, Name: t.Name}
	for j := range t.Blocks {
		end := 0
		if j+1 < len(t.Blocks) {
			end = t.Blocks[j+1].Head - 1
		} else if n := len(g.Rows); n > 0 {
			end = g.Rows[n-1].Number + 1
		}
		b := m.block(&t.Blocks[j], g, end)
		b.head = t.Blocks[j].Head
		if j+1 < len(t.Blocks) {
			b.end = end - 1
		}
		own.Blocks = append(own.Blocks, *b.Block)
		out.Blocks = append(out.Blocks, b)
	}
	return out
}

// block is a block as it was read: columns that are not known keep their place among the others, and rows theirs.
func (m *marked) block(t *TakenBlock, g *grid.Sheet, end int) FilledBlock {
	b := *t.Block
	b.Columns = nil
	width := slices.Max(t.Columns)
	for _, r := range g.Rows {
		if r.Number >= t.Head && r.Number < end {
			for _, c := range r.Cells {
				width = max(width, c.Column)
			}
		}
	}
	head, _ := g.Row(t.Head)
	for at := KeyColumn + 1; at <= width; at++ {
		c := Column{Role: RoleTold, Head: head.At(at).Text}
		if k := slices.Index(t.Columns, at); k >= 0 {
			c = t.Block.Columns[k]
		}
		b.Columns = append(b.Columns, c)
	}
	for k, at := range t.Columns {
		if at == 0 && t.Block.Columns[k].Role == RoleField && t.Block.Columns[k].Field.Required {
			b.Columns = append(b.Columns, t.Block.Columns[k])
		}
	}
	out := FilledBlock{Block: &b}
	for n := t.Head + 1; n < end; n++ {
		r, _ := g.Row(n)
		out.Rows = append(out.Rows, out.row(r))
	}
	for len(out.Rows) > 0 && len(t.Rows) > 0 && t.Head+len(out.Rows) > t.Rows[len(t.Rows)-1].Number && blank(&out.Rows[len(out.Rows)-1]) {
		out.Rows = out.Rows[:len(out.Rows)-1]
	}
	return out
}

func blank(r *Row) bool {
	return r.Key.IsZero() && !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Kind != Empty })
}

// row is a row as it was read.
func (b *FilledBlock) row(r grid.Row) Row {
	out := Row{Cells: make([]Cell, len(b.Columns))}
	if k, ok := ParseKey(tidy(r.At(KeyColumn).Text)); ok {
		out.Key = k
	}
	for i := range b.Columns {
		out.Cells[i] = asRead(r.At(KeyColumn + 1 + i))
	}
	if b.Shape == Items {
		name, unit := b.With(RoleName), b.With(RoleUnit)
		out.Item, _ = b.Item(tidy(out.Cells[name].Text), unit >= 0 && tidy(out.Cells[unit].Text) != "")
	}
	return out
}

// asRead is a cell as it was read; results stand for formulas.
func asRead(c grid.Cell) Cell {
	switch c.Kind {
	case grid.Empty:
		return Cell{}
	case grid.Number:
		if strings.Contains(c.Format, "%") {
			return Cell{Kind: Text, Text: shift(c.Text, 2) + "%"}
		}
		return numberCell(c.Text)
	case grid.Date:
		if len(c.Text) == len("2026-02-10") {
			return Cell{Kind: Date, Text: c.Text}
		}
	}
	return Cell{Kind: Text, Text: c.Text, Locked: c.Text == tooLong || c.Text == unshown}
}

// colourOf is the fill of a cell with a finding.
func colourOf(l diag.Level) string {
	switch l {
	case diag.Error:
		return "FF9999"
	case diag.Warning:
		return "FFD966"
	}
	return "CFE2F3"
}
