package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/money"
	book "yusuan/internal/sheet" // sheet is the name of a sheet of lists here
)

// All lists that the program writes as workbooks look alike: a head in view that filters, columns by kind, A4 across.

// sheet is a sheet of a workbook, written row by row.
type sheet struct {
	name    string
	columns []column
	rows    int
	row     func(i int) []any
	rest    string // where those are that the sheet has no room for
	last    string // a line below the rows, "" for none
}

// column is a column of a sheet. Its width counts characters of half an em, as spreadsheets do.
type column struct {
	head  string
	width float64
	kind  columnKind
}

type columnKind int

const (
	textColumn columnKind = iota
	longColumn            // text in several lines
	amountColumn
)

// writeSheets writes a workbook of sheets under a title; date is the day of its data.
func writeSheets(to io.Writer, title string, date time.Time, sheets ...sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := ownMetadata(f, title, date); err != nil {
		return err
	}
	styles, err := newSheetStyles(f)
	if err != nil {
		return err
	}
	for i := range sheets {
		x := &sheets[i]
		if i == 0 {
			err = f.SetSheetName("Sheet1", x.name)
		} else {
			_, err = f.NewSheet(x.name)
		}
		if err == nil {
			err = x.write(f, styles)
		}
		if err != nil {
			return fmt.Errorf("工作表 %s：%w", x.name, err)
		}
	}
	var made bytes.Buffer
	if _, err = f.WriteTo(&made); err != nil {
		return err
	}
	ordered, err := book.Ordered(made.Bytes())
	if err != nil {
		return err
	}
	_, err = to.Write(ordered)
	return err
}

// sheetStyles are the styles of a workbook by kind of column, and of heads.
type sheetStyles struct {
	columns map[columnKind]int
	head    int
}

func newSheetStyles(f *excelize.File) (s sheetStyles, err error) {
	s.columns = map[columnKind]int{}
	amount := "#,##0.00"
	top := func(wrap bool) *excelize.Alignment { return &excelize.Alignment{Vertical: "top", WrapText: wrap} }
	for _, x := range []struct {
		kind  columnKind
		style excelize.Style
	}{
		{textColumn, excelize.Style{Alignment: top(false)}},
		{longColumn, excelize.Style{Alignment: top(true)}},
		{amountColumn, excelize.Style{Alignment: top(false), CustomNumFmt: &amount}},
	} {
		if s.columns[x.kind], err = f.NewStyle(&x.style); err != nil {
			return s, err
		}
	}
	s.head, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}})
	return s, err
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

// write writes the rows below a head that stays in view and filters.
func (x *sheet) write(f *excelize.File, styles sheetStyles) error {
	rows := min(x.rows, maxRows-3) // a head, and up to two lines below
	last, err := excelize.CoordinatesToCellName(len(x.columns), rows+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(x.name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := printable(f, x.name); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(x.name)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(x.columns))
	for i, c := range slices.Backward(x.columns) { // the writer puts each before the last, and Excel wants them in order
		if err := w.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.head}
	}
	if err := w.SetRow("A1", head, excelize.RowOpts{Height: 24}); err != nil {
		return err
	}
	for i := range rows {
		row := x.row(i)
		for k, c := range x.columns {
			row[k] = excelize.Cell{StyleID: styles.columns[c.kind], Value: row[k]}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	if rows < x.rows { // a sheet takes no more
		if err := w.SetRow("A"+strconv.Itoa(rows+2), []any{fmt.Sprintf("共 %d 行，其余%s", x.rows, x.rest)}); err != nil {
			return err
		}
		rows++
	}
	if x.last != "" {
		if err := w.SetRow("A"+strconv.Itoa(rows+2), []any{x.last}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// printable makes a sheet fit A4 across; it may take many pages down.
func printable(f *excelize.File, name string) error {
	landscape, a4, across, down, fit := "landscape", 9, 1, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return err
	}
	return f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// countCell leaves zero out.
func countCell(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// number is an amount as Excel holds it. Its floats are exact to the 分 up to 90 万亿元.
func number(a money.Amount) any {
	v, err := strconv.ParseFloat(a.In(money.Yuan, 2), 64)
	if err != nil {
		return a.String()
	}
	return v
}
