package docx

import (
	"slices"
	"strconv"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// table is a table that is being read.
type table struct {
	grid  []int // widths of the columns that the file states, in twips
	rows  []row
	above []under // of each column: the merged cell that goes on below it
	width int
}

// row is a row as it is written.
type row struct {
	cells []cell
	head  bool
	// before and after are columns without a cell.
	before, after int
	gone, hidden  bool
}

// cell is a cell as it is written.
type cell struct {
	column, columns, rows int
	merged                string // of several rows: restart, continue; "" for none
	across                string // the same of several columns
	gone                  bool
	blocks                []paper.Block
}

// under is the cell that others below go on with.
type under struct{ row, cell, last int }

// table reads w:tbl.
func (r *reader) table() error {
	if err := r.settle(); err != nil {
		return err
	}
	x := &table{}
	if err := r.t.inside(func(e *element) error { return r.inTable(x, e) }, nil); err != nil {
		return err
	}
	return r.finish(x)
}

// inTable reads an element of a table; controls and tags may stand around its rows.
func (r *reader) inTable(x *table, e *element) error {
	switch {
	case e.name == "w:tr":
		return r.row(x)
	case e.name == "w:tblGrid":
		return r.t.inside(func(e *element) error {
			if e.name == "w:gridCol" && len(x.grid) < maxColumns {
				w, _ := strconv.Atoi(e.get("w"))
				x.grid = append(x.grid, w)
			}
			return nil
		}, nil)
	case e.name == "mc:AlternateContent":
		return r.alternate(func(e *element) error { return r.inTable(x, e) })
	case skipped[e.name], e.name == "aml:annotation" && r.gone(e):
		return nil
	case e.name == "w:p" || e.name == "w:tbl" || e.name == "w:r" || e.name == "w:t": // where none may stand
		return r.content(e)
	}
	return r.t.inside(func(e *element) error { return r.inTable(x, e) }, nil)
}

func (r *reader) row(x *table) error {
	var w row
	if err := r.t.inside(func(e *element) error { return r.inRow(&w, e) }, nil); err != nil {
		return err
	}
	if w.gone {
		return nil
	}
	if w.hidden {
		r.seen.hiddenRows++
		return nil
	}
	return r.place(x, w)
}

// inRow reads an element of a row.
func (r *reader) inRow(w *row, e *element) error {
	switch {
	case e.name == "w:tc":
		if len(w.cells) >= maxColumns {
			return tooMuch("表格一行的单元格", maxColumns)
		}
		if r.cells++; r.cells > maxCells {
			return tooMuch("单元格", maxCells)
		}
		c, err := r.cell()
		if err == nil && !c.gone {
			w.cells = append(w.cells, c)
		}
		return err
	case e.name == "w:trPr":
		return r.rowLook(w)
	case e.name == "mc:AlternateContent":
		return r.alternate(func(e *element) error { return r.inRow(w, e) })
	case skipped[e.name], e.name == "aml:annotation" && r.gone(e):
		return nil
	case e.name == "w:p" || e.name == "w:tbl" || e.name == "w:r" || e.name == "w:t":
		return r.content(e)
	}
	return r.t.inside(func(e *element) error { return r.inRow(w, e) }, nil)
}

func (r *reader) rowLook(w *row) error {
	return r.t.inside(func(e *element) error {
		switch e.name {
		case "w:gridBefore":
			w.before = spanOf(e, 0)
		case "w:gridAfter":
			w.after = spanOf(e, 0)
		case "w:tblHeader":
			w.head = e.on()
		case "w:hidden":
			w.hidden = e.on()
		case "w:del":
			w.gone = true
		case "aml:annotation":
			w.gone = w.gone || e.get("type") == "Word.Deletion"
		}
		return nil
	}, nil)
}

// spanOf reads a number of columns within its bounds.
func spanOf(e *element, least int) int {
	n, _ := strconv.Atoi(e.get("val")) // the largest number of all for what is larger
	return min(max(n, least), maxColumns)
}

func (r *reader) cell() (cell, error) {
	c := cell{columns: 1, rows: 1}
	into := &flow{}
	flow, p, run, fields, unseen := r.flow, r.p, r.run, r.fields, r.unseen
	r.flow, r.p, r.run, r.fields, r.unseen = into, nil, none, nil, 0
	err := r.t.inside(func(e *element) error {
		if e.name == "w:tcPr" {
			return r.cellLook(&c)
		}
		return r.content(e)
	}, nil)
	if err == nil {
		err = r.closed()
	}
	r.flow, r.p, r.run, r.fields, r.unseen = flow, p, run, fields, unseen
	c.blocks = into.blocks
	return c, err
}

func (r *reader) cellLook(c *cell) error {
	// A cell that does not say how it is merged goes on with the one before.
	merge := func(e *element) string {
		if v := e.get("val"); v != "" {
			return v
		}
		return "continue"
	}
	return r.t.inside(func(e *element) error {
		switch e.name {
		case "w:gridSpan":
			c.columns = spanOf(e, 1)
		case "w:vMerge", "w:vmerge":
			c.merged = merge(e)
		case "w:hMerge", "w:hmerge":
			c.across = merge(e)
		case "w:cellMerge":
			switch e.get("vMerge") {
			case "cont":
				c.merged = "continue"
			case "rest":
				c.merged = "restart"
			}
		case "w:cellDel":
			c.gone = true
		}
		return nil
	}, nil)
}

// place puts a row into the grid.
func (r *reader) place(x *table, w row) error {
	at := w.before
	kept := w.cells[:0]
	for _, c := range w.cells {
		if at+c.columns > maxColumns {
			if c.columns = maxColumns - at; c.columns < 1 {
				return tooMuch("表格的列", maxColumns)
			}
		}
		c.column = at
		at += c.columns
		if n := len(kept); c.across == "continue" && n > 0 && kept[n-1].across != "" {
			kept[n-1].columns += c.columns
			r.cover(&c, &kept[n-1])
			continue
		}
		kept = append(kept, c)
	}
	x.width = max(x.width, at+w.after)
	x.above = append(x.above, make([]under, max(0, x.width-len(x.above)))...)
	this := len(x.rows)
	w.cells = kept[:0:0]
	for _, c := range kept {
		u := &x.above[c.column]
		if c.merged == "continue" && u.last == this && this > 0 {
			if top := &x.rows[u.row].cells[u.cell]; top.columns == c.columns {
				top.rows++
				u.last = this + 1
				r.cover(&c, top)
				continue
			}
		}
		*u = under{}
		if c.merged != "" {
			*u = under{row: this, cell: len(w.cells), last: this + 1}
		}
		w.cells = append(w.cells, c)
	}
	x.rows = append(x.rows, w)
	return nil
}

// cover tells what text a cell has that another covers: it is not seen. Tables in it stay.
func (r *reader) cover(c, by *cell) {
	for _, b := range c.blocks {
		if b.Table != nil {
			by.blocks = append(by.blocks, b)
			continue
		}
		if r.seen.covered++; len(r.under) < 200 {
			r.under += b.Text.Text
		}
	}
}

// finish puts the table into the flow, with the tables in it behind.
func (r *reader) finish(x *table) error {
	if len(x.rows) == 0 || x.width == 0 {
		return nil
	}
	if around.Frames(x.blocks()) {
		for _, w := range x.rows {
			for _, c := range w.cells {
				r.flow.blocks = append(r.flow.blocks, c.blocks...)
			}
		}
		return nil
	}
	begin, end := x.columns()
	out := &paper.Table{Columns: end[x.width]}
	if r.places += len(x.rows) * out.Columns; r.places > maxPlaces {
		return tooMuch("表格的行乘列", maxPlaces)
	}
	var nested []paper.Block
	for i, w := range x.rows {
		line := paper.Row{Number: i + 1, Cells: make([]paper.Cell, 0, len(w.cells))}
		for _, c := range w.cells {
			from, to := begin[c.column], end[c.column+c.columns]
			text, tables := around.Split(c.blocks)
			nested = append(nested, tables...)
			line.Cells = append(line.Cells, paper.Cell{Column: from, Columns: max(to-from, 1), Rows: c.rows, Text: text})
		}
		out.Rows = append(out.Rows, line)
		if w.head && out.Repeated == i && i+1 < len(x.rows) {
			out.Repeated = i + 1
		}
	}
	r.flow.blocks = append(append(r.flow.blocks, paper.Block{Table: out}), nested...)
	return nil
}

// blocks are what stands in each cell of each row.
func (x *table) blocks() [][][]paper.Block {
	out := make([][][]paper.Block, len(x.rows))
	for i, w := range x.rows {
		for _, c := range w.cells {
			out[i] = append(out[i], c.blocks)
		}
	}
	return out
}

// columns maps the borders of the file to the columns that people see: where cells begin, and where they end. Where none begins
// there is no column.
func (x *table) columns() (from, to []int) {
	same := x.borders()
	begins := make([]bool, x.width+1)
	begins[0] = true
	for _, w := range x.rows {
		for _, c := range w.cells {
			begins[same[c.column]] = true
		}
	}
	from, to = make([]int, x.width+1), make([]int, x.width+1)
	n := -1
	for i := range x.width {
		if begins[i] {
			n++
		}
		from[i], to[i] = n, n+1
		if s := same[i]; begins[s] {
			from[i], to[i] = from[s], from[s]
		}
	}
	from[x.width], to[x.width] = n+1, n+1
	return from, to
}

// nearest is how far apart borders stand at least, in twips: 4 pt. People drag borders of single rows so far without seeing it.
const nearest = 80

// borders says of each border of the grid which it is to look at: borders that stand so near each other that they look like one
// are one. Where a cell would lose its width by that, each is itself.
func (x *table) borders() []int {
	own, out := make([]int, x.width+1), make([]int, x.width+1)
	for i := range own {
		own[i] = i
	}
	if len(x.grid) < x.width || slices.Contains(x.grid, 0) {
		return own
	}
	at, last := 0, 0
	for i := 1; i <= x.width; i++ {
		at += x.grid[i-1]
		if out[i] = out[i-1]; at-last >= nearest {
			out[i], last = i, at
		}
	}
	for _, w := range x.rows {
		for _, c := range w.cells {
			if out[c.column] == out[c.column+c.columns] {
				return own
			}
		}
	}
	return out
}
