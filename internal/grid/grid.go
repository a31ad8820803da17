// Package grid reads the spreadsheets of offices into grids whose every cell knows its place: xlsx, xls (BIFF8), SpreadsheetML
// 2003, HTML tables, text with tabs or commas. What a file is, its content says, never its name: .xls may be any of them. It
// knows nothing of what the numbers mean. Files come from strangers: every reader is bounded (bounds.go), and what it cannot
// read is Refused with what it is and what to do.
package grid

import (
	"slices"
	"strconv"
	"strings"
)

// Format is what a file is.
type Format string

const (
	XLSX          Format = "xlsx"
	XLS           Format = "xls" // BIFF8, Excel 97 to 2003
	SpreadsheetML Format = "SpreadsheetML 2003"
	HTML          Format = "HTML"
	Tabs          Format = "tabs"
	CSV           Format = "csv"
)

// Book is all that a file holds in cells.
type Book struct {
	Format Format
	Sheets []Sheet
	// Others are the names of sheets that have no cells: charts, macros.
	Others []string
}

// Sheet is one sheet, its name as stored (a blank at its end is part of it).
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row   // those that hold something, ascending
	Merges []Merge // in the order in which they are stored; they may overlap
	// Remarks are words in no cell, of an xlsx file alone.
	Remarks []Remark
	merges  merges
}

// Remark is a comment of a cell, or the words of a shape that begins there.
type Remark struct {
	Row, Column int
	Text        string
	Shape       bool
}

// Row is one row that holds something.
type Row struct {
	Number int // from 1
	Hidden bool
	Cells  []Cell // those that hold something or a formula, ascending
}

// Kind is what a cell holds.
type Kind uint8

const (
	Empty Kind = iota // nothing, or a formula without a stored result
	Text
	Number
	Bool
	Date
	Error
)

// Cell is one cell. The zero Cell is an empty one.
type Cell struct {
	Column int // from 1
	Kind   Kind
	// Text is the text; a number in plain decimal digits without the noise of floating point; a day as 2026-02-10, with its time
	// as 2026-02-10 13:30:00; TRUE or FALSE; the name of an error: #REF!.
	Text     string
	Raw      string // a number, a date or a truth value as the file stores it
	Format   string // the number format; "" for the general one
	Formula  bool
	Unstored bool // a formula whose result the file does not hold
	Hidden   bool // in a hidden column
	Struck   bool // struck through as a whole
	Covered  bool // under a merged range that begins elsewhere, so that programs do not show it; of ranges that overlap each other only without content
}

// truthText is the text of a cell with a truth value.
func truthText(t bool) string {
	if t {
		return "TRUE"
	}
	return "FALSE"
}

// Merge is a merged range, both ends within it, from 1.
type Merge struct {
	Top, Left, Bottom, Right int
}

// Has reports whether a cell is in the range.
func (m Merge) Has(row, column int) bool {
	return m.Top <= row && row <= m.Bottom && m.Left <= column && column <= m.Right
}

// String is the range as spreadsheets call it: A1:B2.
func (m Merge) String() string { return Name(m.Top, m.Left) + ":" + Name(m.Bottom, m.Right) }

// Row is a row by its number.
func (s *Sheet) Row(number int) (Row, bool) {
	i, ok := slices.BinarySearchFunc(s.Rows, number, func(r Row, n int) int { return r.Number - n })
	if !ok {
		return Row{Number: number}, false
	}
	return s.Rows[i], true
}

// At is the cell of a column; an empty one where there is none.
func (r Row) At(column int) Cell {
	i, ok := slices.BinarySearchFunc(r.Cells, column, func(c Cell, n int) int { return c.Column - n })
	if !ok {
		return Cell{Column: column}
	}
	return r.Cells[i]
}

// At is the cell as it is stored.
func (s *Sheet) At(row, column int) Cell {
	r, _ := s.Row(row)
	return r.At(column)
}

// Width is the last column that holds something.
func (s *Sheet) Width() int {
	w := 0
	for _, r := range s.Rows {
		if n := len(r.Cells); n > 0 {
			w = max(w, r.Cells[n-1].Column)
		}
	}
	return w
}

// Name is what spreadsheets call a cell: row 12, column 3 is C12.
func Name(row, column int) string { return ColumnName(column) + strconv.Itoa(row) }

// ColumnName is what spreadsheets call a column: 28 is AB.
func ColumnName(column int) string {
	var b [8]byte
	i := len(b)
	for ; column > 0 && i > 0; column = (column - 1) / 26 {
		i--
		b[i] = byte('A' + (column-1)%26)
	}
	return string(b[i:])
}

// Place is the row and the column of a cell by its name; $C$12 is C12, too.
func Place(name string) (row, column int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	i := 0
	for ; i < len(name) && column <= maxColumns; i++ {
		c := name[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		column = column*26 + int(c-'a') + 1
	}
	for ; i < len(name) && row <= maxRows; i++ {
		if name[i] < '0' || name[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(name[i]-'0')
	}
	ok = row > 0 && row <= maxRows && column > 0 && column <= maxColumns
	return row, column, ok
}
