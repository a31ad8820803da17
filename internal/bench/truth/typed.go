package main

import (
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
)

// paperOf reads a finished document that was typed in.
func paperOf(w *build.Work) func() (*paper.Document, error) {
	return func() (*paper.Document, error) { return laidOut(w), nil }
}

// laidOut is a finished document that was typed in, as it lies on paper: its tables with the heads of the pack, its sentences below
// their headings.
func laidOut(w *build.Work) *paper.Document {
	f := w.Budget.Facts
	d := &paper.Document{Format: paper.Word}
	text := func(s string, level int) {
		d.Blocks = append(d.Blocks, paper.Block{Text: &paper.Paragraph{Text: s, Level: level, Centred: level > 0}})
	}
	text(f.Department.Name.V, 0)
	text(strconv.Itoa(f.Department.Year.V)+"年部门预算", 0)
	for i := range f.StatedTables {
		s := &f.StatedTables[i]
		d.Blocks = append(d.Blocks, paper.Block{Table: laidTable(w.Pack.Tables[s.ID.V], s)})
	}
	for i := range f.StatedTexts {
		x := &f.StatedTexts[i]
		text(x.Section.V, 1)
		for line := range strings.SplitSeq(x.Text.V, "\n") {
			text(line, 0)
		}
	}
	d.Number()
	return d
}

func laidTable(spec *pack.Table, s *budget.StatedTable) *paper.Table {
	out := &paper.Table{Above: []paper.Paragraph{{Text: s.Heading.V}, {Text: "单位：" + s.Unit.V}}}
	if s.Note.V != "" {
		out.Below = append(out.Below, paper.Paragraph{Text: s.Note.V})
	}
	if spec != nil {
		out.Columns = len(pack.Leaves(spec.Columns))
		head(out, spec.Columns, 0, 0, depth(spec.Columns))
	}
	var rows [][]string
	if s.Project.V != "" {
		rows = append(rows, []string{"项目名称", s.Project.V})
	}
	for line := range strings.SplitSeq(s.Rows.V, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var cells []string
		for _, c := range budget.CutCells(line) {
			cells = append(cells, budget.CellText(strings.TrimSpace(c)))
		}
		rows = append(rows, cells)
		out.Columns = max(out.Columns, len(cells))
	}
	for _, cells := range rows {
		r := paper.Row{Number: len(out.Rows) + 1}
		for j, c := range cells {
			x := paper.Cell{Column: j, Columns: 1, Rows: 1, Text: c}
			if j == len(cells)-1 {
				x.Columns = out.Columns - j
			}
			r.Cells = append(r.Cells, x)
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func depth(columns []pack.Column) (n int) {
	for i := range columns {
		n = max(n, 1+depth(columns[i].Columns))
	}
	return n
}

// head lays the heads of columns, which span as they do in the pack, and returns the column behind them.
func head(out *paper.Table, columns []pack.Column, row, column, deep int) int {
	for len(out.Rows) < row+deep {
		out.Rows = append(out.Rows, paper.Row{Number: len(out.Rows) + 1})
	}
	for i := range columns {
		c := &columns[i]
		x := paper.Cell{Column: column, Columns: 1, Rows: deep, Text: c.Head.Literal}
		next := column + 1
		if len(c.Columns) > 0 {
			next = head(out, c.Columns, row+1, column, deep-1)
			x.Columns, x.Rows = next-column, 1
		}
		out.Rows[row].Cells = append(out.Rows[row].Cells, x)
		column = next
	}
	return column
}
