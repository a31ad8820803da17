package web

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// cell is a cell as it is written.
type cell struct {
	column, columns, rows int
	blocks                []paper.Block
}

// table is a table that is being read.
type table struct {
	above []paper.Paragraph
	rows  [][]cell
	taken []int // of each column: how many of the rows that follow a cell from above covers
	width int
}

func (r *reader) table(n *html.Node) error {
	if err := r.flush(); err != nil {
		return err
	}
	x := &table{}
	r.within++
	err := r.rows(x, n)
	r.within--
	if err != nil {
		return err
	}
	return r.finish(x)
}

// rows reads what is in a table: its rows, those of its foot last, its caption first.
func (r *reader) rows(x *table, n *html.Node) error {
	var foot []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if gone(c) {
			if c.DataAtom != atom.Col && c.DataAtom != atom.Colgroup {
				r.hidden++
			}
			continue
		}
		var err error
		switch c.DataAtom {
		case atom.Caption:
			var blocks []paper.Block
			blocks, err = r.apart(c)
			for _, b := range blocks {
				if b.Text != nil {
					x.above = append(x.above, *b.Text)
				}
			}
		case atom.Thead, atom.Tbody:
			if r.depth++; r.depth > maxDepth {
				return tooMuch("嵌套太深")
			}
			from := len(x.rows)
			err = r.rows(x, c)
			r.depth--
			x.end(from)
		case atom.Tfoot:
			foot = append(foot, c)
		case atom.Tr:
			err = r.row(x, c)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range foot {
		if err := r.rows(x, c); err != nil {
			return err
		}
	}
	return nil
}

// end ends a group of rows that began with a row: no cell reaches out of its group.
func (x *table) end(from int) {
	x.taken = nil
	for i := from; i < len(x.rows); i++ {
		for k := range x.rows[i] {
			if c := &x.rows[i][k]; c.rows == 0 || c.rows > len(x.rows)-i {
				c.rows = len(x.rows) - i
			}
		}
	}
}

func (r *reader) row(x *table, n *html.Node) error {
	var cells []cell
	at := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if gone(c) {
			r.hidden++
			continue
		}
		for at < len(x.taken) && x.taken[at] > 0 {
			at++
		}
		if r.cells++; r.cells > maxCells {
			return tooMuch("单元格太多")
		}
		if at >= maxColumns {
			return tooMuch("表格的列太多")
		}
		blocks, err := r.apart(c)
		if err != nil {
			return err
		}
		y := cell{column: at, columns: min(max(number(c, "colspan", 1), 1), widest, maxColumns-at), rows: number(c, "rowspan", 1), blocks: blocks}
		for k := at + 1; k < at+y.columns && k < len(x.taken); k++ { // a cell from above is in its way
			if x.taken[k] > 0 {
				y.columns = k - at
			}
		}
		at += y.columns
		cells = append(cells, y)
	}
	for i := range x.taken {
		x.taken[i] = max(x.taken[i]-1, 0)
	}
	for _, c := range cells {
		x.width = max(x.width, c.column+c.columns)
		x.taken = append(x.taken, make([]int, max(0, x.width-len(x.taken)))...)
		for k := c.column; k < c.column+c.columns && c.rows != 1; k++ {
			if x.taken[k] = c.rows - 1; c.rows == 0 { // to the end of the group
				x.taken[k] = maxBlocks
			}
		}
	}
	x.rows = append(x.rows, cells)
	return nil
}

// widest is the most columns that a cell covers, as in browsers.
const widest = 1_000

// number is a span within its bounds.
func number(n *html.Node, name string, otherwise int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, name)))
	if err != nil || v < 0 {
		return otherwise
	}
	return min(v, 65_534)
}

// finish puts the table into the flow, with the tables in it behind.
func (r *reader) finish(x *table) error {
	if len(x.rows) == 0 || x.width == 0 {
		for i := range x.above {
			r.flow.blocks = append(r.flow.blocks, paper.Block{Text: &x.above[i]})
		}
		return nil
	}
	if around.Frames(x.blocks()) {
		for i := range x.above {
			r.flow.blocks = append(r.flow.blocks, paper.Block{Text: &x.above[i]})
		}
		for _, row := range x.rows {
			for _, c := range row {
				r.flow.blocks = append(r.flow.blocks, c.blocks...)
			}
		}
		return nil
	}
	at, end := x.columns()
	out := &paper.Table{Above: x.above, Columns: end[x.width]}
	if r.places += len(x.rows) * out.Columns; r.places > maxPlaces {
		return tooMuch("表格的行乘列太多")
	}
	var nested []paper.Block
	for i, row := range x.rows {
		line := paper.Row{Number: i + 1}
		for _, c := range row {
			text, tables := around.Split(c.blocks)
			nested = append(nested, tables...)
			if c.rows == 0 || c.rows > len(x.rows)-i {
				c.rows = len(x.rows) - i
			}
			line.Cells = append(line.Cells, paper.Cell{Column: at[c.column], Columns: end[c.column+c.columns] - at[c.column], Rows: c.rows, Text: text})
		}
		out.Rows = append(out.Rows, line)
	}
	r.flow.blocks = append(append(r.flow.blocks, paper.Block{Table: out}), nested...)
	return nil
}

// blocks are what stands in each cell of each row.
func (x *table) blocks() [][][]paper.Block {
	out := make([][][]paper.Block, len(x.rows))
	for i, row := range x.rows {
		for _, c := range row {
			out[i] = append(out[i], c.blocks)
		}
	}
	return out
}

// columns maps the columns of the file to those that people see: where cells begin, and where they end. Where none begins there
// is no column.
func (x *table) columns() (from, to []int) {
	begins := make([]bool, x.width)
	begins[0] = true
	for _, row := range x.rows {
		for _, c := range row {
			begins[c.column] = true
		}
	}
	from, to = make([]int, x.width), make([]int, x.width+1)
	n := -1
	for i := range x.width {
		if to[i] = n + 1; begins[i] {
			n++
		}
		from[i] = n
	}
	to[x.width] = n + 1
	return from, to
}
