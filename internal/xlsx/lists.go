package xlsx

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// All lists that the program writes as workbooks look alike: a head in view that filters and is repeated on paper, columns by kind,
// A4 across in a size that can be read. Those with a title look like the tables that offices publish.

// Sheet is a sheet of a workbook, written row by row.
type Sheet struct {
	Name    string
	Columns []Column
	Rows    int
	Row     func(i int) []any // a value for each column, the same each time: a text, a whole number, Number or Amount; nil leaves the cell empty
	Rest    string            // where those are that the sheet has no room for
	Last    string            // a line below the rows, "" for none

	// Of a table that is printed:
	Title  string           // above all columns; with it cells have borders
	About  []string         // lines below the title
	Unit   string           // at the right, above the head: 单位：元
	Notes  []string         // lines below the rows
	Strong func(i int) bool // rows in bold type: sums; nil is none
	Keep   int              // columns at the left that stay in view, and are on every page where the sheet is wider than one
}

// Column is a column of a sheet. Its width counts characters of half an em, as spreadsheets do.
type Column struct {
	head, over string
	width      int
	kind       kind
}

// Under puts a column, with those beside it that say the same, under one more head.
func (c Column) Under(head string) Column {
	c.over = head
	return c
}

// kind is what a column holds.
type kind int

const (
	text kind = iota
	long
	amount
	printed
	centered
)

// Texts is a column of texts and of small numbers.
func Texts(head string, width int) Column { return Column{head: head, width: width, kind: text} }

// Centered is a column of short texts of one kind: states, dates, small numbers.
func Centered(head string, width int) Column { return Column{head: head, width: width, kind: centered} }

// Longs is a column of texts in several lines.
func Longs(head string, width int) Column { return Column{head: head, width: width, kind: long} }

// Amounts is a column of amounts in 元, with 分.
func Amounts(head string, width int) Column { return Column{head: head, width: width, kind: amount} }

// Made is what a workbook says of itself.
type Made struct {
	Title       string
	Program     string    // name and version
	Application string    // by which the program knows its own workbooks
	Date        time.Time // the day of its data; where none is known it says none
}

// AppPart is where a workbook says which program made it, corePart where it says the rest.
const (
	AppPart  = "docProps/app.xml"
	corePart = "docProps/core.xml"
)

// Own makes a workbook say so, where the library says its own.
func (m *Made) Own(f *excelize.File) error {
	f.Pkg.Delete(corePart)
	props := &excelize.DocProperties{Title: m.Title, Creator: m.Program, LastModifiedBy: m.Program, Language: "zh-CN"}
	if !m.Date.IsZero() {
		props.Created = m.Date.Format("2006-01-02") + "T00:00:00Z"
		props.Modified = props.Created
	}
	if err := f.SetDocProps(props); err != nil {
		return err
	}
	f.Pkg.Delete(AppPart)
	return f.SetAppProps(&excelize.AppProperties{Application: m.Application})
}

// Write writes a workbook of lists.
func Write(to io.Writer, made Made, sheets ...Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := made.Own(f); err != nil {
		return err
	}
	l := &look{f: f, made: map[style]int{}}
	rows := map[string]*Sheet{}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &filled{parts: &parts{w: w}, rows: rows, look: l} })
	var err error
	for i := range sheets {
		x := &sheets[i]
		if i == 0 {
			err = f.SetSheetName("Sheet1", x.Name)
		} else {
			_, err = f.NewSheet(x.Name)
		}
		if err == nil {
			err = x.write(l)
			rows[sheetPart(i+1)] = x
		}
		if err != nil {
			return fmt.Errorf("工作表 %s：%w", x.Name, err)
		}
	}
	_, err = f.WriteTo(to)
	return err
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

// write makes all of a sheet but its rows, which are written when the file is; their styles are made now.
func (x *Sheet) write(l *look) error {
	if err := x.onPaper(l.f); err != nil {
		return err
	}
	if err := x.inView(l.f); err != nil {
		return err
	}
	return x.rows(l, bufio.NewWriter(io.Discard))
}

// Count leaves zero out.
func Count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
