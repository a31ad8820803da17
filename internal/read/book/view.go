package book

import (
	"slices"
	"strings"

	"yusuan/internal/grid"
	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// sheet is a sheet as people see it.
type sheet struct {
	s     *grid.Sheet
	lines []line                // with something in them, ascending
	spans map[[2]int]grid.Merge // by the row and the column that they begin at
	spent int                   // steps to find out what merged ranges cover

	hiddenRows, hiddenColumns, covered, unstored, zeros counted
}

// counted is how many there are and the first of them.
type counted struct {
	n     int
	first string
}

func (c *counted) add(name string) {
	if c.n == 0 {
		c.first = name
	}
	c.n++
}

// line is a row with what is seen in it.
type line struct {
	number int
	cells  []seen
}

// seen is a cell with something in it.
type seen struct {
	column int
	text   string
	number bool
}

// view is what is seen of a sheet.
func view(s *grid.Sheet) *sheet {
	x := &sheet{s: s}
	uncomputed := x.uncomputed()
	columns := map[int]bool{}
	for _, r := range s.Rows {
		y := line{number: r.Number}
		filled := false
		for _, c := range r.Cells {
			name := grid.Name(r.Number, c.Column)
			text := trimmed(c.Printed())
			filled = filled || text != ""
			switch {
			case r.Hidden:
			case c.Hidden:
				if text != "" && !columns[c.Column] {
					columns[c.Column] = true
					x.hiddenColumns.add(grid.ColumnName(c.Column))
				}
			case c.Covered:
				if text != "" {
					x.covered.add(name)
				}
			case c.Unstored:
				x.unstored.add(name)
				y.cells = append(y.cells, seen{c.Column, paper.Unknown, true})
			case c.Formula && uncomputed:
				x.zeros.add(name)
				y.cells = append(y.cells, seen{c.Column, paper.Unknown, true})
			case text != "":
				y.cells = append(y.cells, seen{c.Column, text, c.Kind == grid.Number})
			}
		}
		if r.Hidden && filled {
			x.hiddenRows.add(grid.Name(r.Number, 1))
		}
		if !r.Hidden && len(y.cells) > 0 {
			x.lines = append(x.lines, y)
		}
	}
	x.merge()
	return x
}

// trimmed is a text without the blanks around its lines, and without empty lines.
func trimmed(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// uncomputed reports whether all formulas of the sheet hold 0 while its numbers do not: programs write them so and never compute.
func (x *sheet) uncomputed() bool {
	formulas, other := 0, false
	for _, r := range x.s.Rows {
		for _, c := range r.Cells {
			switch zero := c.Kind == grid.Number && strings.Trim(c.Text, "-0.") == ""; {
			case c.Formula && !zero && !c.Unstored:
				return false
			case c.Formula && zero:
				formulas++
			case c.Kind == grid.Number && !zero:
				other = true
			}
		}
	}
	return formulas > 0 && other
}

// most is how many steps merged ranges of a sheet may cost; those beyond are taken for none.
const most = 20_000_000

// merge keeps of the merged ranges that begin at one cell the first that covers nothing that is seen. Where all do, as they may where
// they overlap each other, it ends before that.
func (x *sheet) merge() {
	x.spans = map[[2]int]grid.Merge{}
	whole := map[[2]int]bool{}
	for _, m := range x.s.Merges {
		at := [2]int{m.Top, m.Left}
		if whole[at] {
			continue
		}
		part := x.uncovering(m)
		if _, ok := x.spans[at]; !ok || part == m {
			x.spans[at] = part
		}
		whole[at] = part == m
	}
}

// uncovering is a merged range as far as it covers nothing that is seen.
func (x *sheet) uncovering(m grid.Merge) grid.Merge {
	i, _ := slices.BinarySearchFunc(x.lines, m.Top, func(l line, n int) int { return l.number - n })
	for ; i < len(x.lines) && x.lines[i].number <= m.Bottom; i++ {
		if x.spent++; x.spent > most {
			return grid.Merge{Top: m.Top, Left: m.Left, Bottom: m.Top, Right: m.Left}
		}
		l := x.lines[i]
		from := m.Left
		if l.number == m.Top {
			from++
		}
		k, _ := slices.BinarySearchFunc(l.cells, from, func(c seen, n int) int { return c.column - n })
		if k == len(l.cells) || l.cells[k].column > m.Right {
			continue
		}
		if l.number > m.Top {
			m.Bottom = l.number - 1
			break
		}
		m.Right = l.cells[k].column - 1
	}
	return m
}

// part is a stretch of lines: a table, or one line of text.
type part struct {
	from, to int // lines, the last not counted
	table    bool
}

// parts parts a sheet into tables and the lines around them. A blank row alone parts nothing: some tables have them within; a title
// with its lines behind a table begins another.
func (x *sheet) parts() (out []part) {
	for i := 0; i < len(x.lines); {
		if x.alone(i) && x.outside(i) {
			out = append(out, part{i, i + 1, false})
			i++
			continue
		}
		end := i + 1
		for end < len(x.lines) && !x.begins(end) {
			end++
		}
		for end > i+1 && x.alone(end-1) && (around.Note(x.lines[end-1].cells[0].text) || x.trailing(end-1)) {
			end--
		}
		if end == i+1 && len(x.lines[i].cells) == 1 {
			out = append(out, part{i, end, false})
		} else {
			out = append(out, part{i, end, true})
		}
		for i = end; i < len(x.lines) && x.alone(i) && !x.begins(i); i++ {
			out = append(out, part{i, i + 1, false})
		}
	}
	return out
}

// alone reports whether a line is one text, or several that stand beside each other over a table.
func (x *sheet) alone(i int) bool {
	cells := x.lines[i].cells
	if len(cells) == 1 {
		return !cells[0].number
	}
	return len(cells) <= 4 && !slices.ContainsFunc(cells, func(c seen) bool { return c.number || !around.Line(c.text) })
}

// outside reports whether a line that is one text is no row of a table: a line of those around tables, a title, a sentence, or
// merged over more than half of what stands below.
func (x *sheet) outside(i int) bool {
	c := x.lines[i].cells[0]
	if around.Line(c.text) || around.Title(c.text) || around.Note(c.text) || len([]rune(c.text)) > 20 {
		return true
	}
	if i+1 >= len(x.lines) || x.alone(i+1) {
		return true
	}
	below := x.lines[i+1].cells
	m, ok := x.spans[[2]int{x.lines[i].number, c.column}]
	return i == 0 && ok && m.Left <= below[0].column && m.Right >= below[len(below)-1].column
}

// begins reports whether a line behind rows of a table begins another: a number or a title, or what names the unit.
func (x *sheet) begins(i int) bool {
	if !x.alone(i) || x.lines[i].number-x.lines[i-1].number < 2 && !x.leads(i) {
		return false
	}
	c := x.lines[i].cells[0]
	return around.Line(c.text) || around.Title(c.text)
}

// leads reports whether a title right below a row has lines and a head under it: within a few lines there is one of several cells.
func (x *sheet) leads(i int) bool {
	if !around.Title(x.lines[i].cells[0].text) {
		return false
	}
	for k := i + 1; k < len(x.lines) && k < i+4; k++ {
		if !x.alone(k) {
			return k > i+1 // with a line between: 单位：元
		}
	}
	return false
}

// trailing reports whether the last lines of a table are texts: longer than a label has any reason to be.
func (x *sheet) trailing(i int) bool {
	c := x.lines[i].cells[0]
	return len([]rune(c.text)) > 40 || strings.ContainsRune(c.text, '。')
}

// paragraph is a cell as a paragraph.
func (x *sheet) paragraph(l *line, c seen) *paper.Paragraph {
	p := text(c.text, place(x.s, l.number, c.column))
	if m, ok := x.spans[[2]int{l.number, c.column}]; ok {
		p.Centred = m.Right > m.Left && len(l.cells) == 1 && !around.Line(c.text) && len([]rune(c.text)) <= 40
	}
	return p
}

// grid is a table of lines. Columns in which nothing begins are none.
func (x *sheet) grid(p part) *paper.Table {
	var columns []int
	for _, l := range x.lines[p.from:p.to] {
		for _, c := range l.cells {
			columns = append(columns, c.column)
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	t := &paper.Table{Columns: len(columns), Sheet: x.s.Name}
	taken := make([]int, len(columns)) // of each column: the last row of the sheet that a cell from above covers
	for i := p.from; i < p.to; i++ {
		l := x.lines[i]
		row := paper.Row{Number: l.number}
		next := 0
		for k := 0; k < len(columns); {
			if taken[k] >= l.number {
				k++
				continue
			}
			c := paper.Cell{Column: k, Columns: 1, Rows: 1, At: place(x.s, l.number, columns[k])}
			for next < len(l.cells) && l.cells[next].column < columns[k] {
				next++
			}
			if next < len(l.cells) && l.cells[next].column == columns[k] {
				c.Text = l.cells[next].text
			}
			if m, ok := x.spans[[2]int{l.number, columns[k]}]; ok {
				for k+c.Columns < len(columns) && columns[k+c.Columns] <= m.Right && taken[k+c.Columns] < l.number {
					c.Columns++
				}
				for i+c.Rows < p.to && x.lines[i+c.Rows].number <= m.Bottom {
					c.Rows++
				}
				for j := k; j < k+c.Columns; j++ {
					taken[j] = m.Bottom
				}
			}
			row.Cells = append(row.Cells, c)
			k += c.Columns
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
