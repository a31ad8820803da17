package audit

import (
	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Cell is a printed number of a finished document, for those who ask what leaves it may be the sum of.
type Cell struct {
	Table *pack.Table
	Row   int    // of the body, from 0; -1 for a row that is not printed since there is nothing of it
	Name  string // 表3“201 一般公共服务支出”的合计
	Label string // its row's
	Text  string // as it is printed
	Value money.Amount
	Unit  money.Unit
	Query budget.Query
	Box   box.Box // of Query
	At    diag.Range
}

// Cells are the numbers that the stated tables print, and the zeros that they leave out, with what tells their lines apart.
// Nothing is judged: what cannot be read is left out here and told by Run.
func Cells(in *Input) (*box.Space, []Cell) {
	doc := readPublished(in, check.NewReport(in.Pack))
	out := make([]Cell, len(doc.cells))
	for i := range doc.cells {
		c := &doc.cells[i]
		out[i] = Cell{Table: c.table, Row: c.row, Name: c.name, Label: c.label, Text: c.text, Value: c.value, Unit: c.unit, Query: c.query, Box: c.box, At: c.at}
		if c.stands != nil {
			out[i].Box = c.stands
		}
	}
	return doc.space, out
}

// Rows are the cells of a stated table, as Cells counts its rows.
func Rows(s *budget.StatedTable) [][]string { return cells(printedRows(s.Rows)) }

// RowPlaces are where the rows of a stated table were typed, as Cells counts them.
func RowPlaces(s *budget.StatedTable) (out []diag.Range) {
	for _, r := range printedRows(s.Rows) {
		out = append(out, diag.Range{File: r[0].at.File, Start: r[0].at.Start, End: r[len(r)-1].at.End})
	}
	return out
}
