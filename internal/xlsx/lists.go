package xlsx

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// All lists that the program writes as workbooks look alike: a head in view that filters, columns by kind, A4 across.

// Sheet is a sheet of a workbook, written row by row.
type Sheet struct {
	Name    string
	Columns []Column
	Rows    int
	Row     func(i int) []any // a value for each column; nil leaves the cell empty
	Rest    string            // where those are that the sheet has no room for
	Last    string            // a line below the rows, "" for none
}

// Column is a column of a sheet. Its width counts characters of half an em, as spreadsheets do.
type Column struct {
	head  string
	width int
	kind  kind
}

// kind is what a column holds.
type kind int

const (
	text kind = iota
	long
	amount
	printed
)

// Texts is a column of texts and of small numbers.
func Texts(head string, width int) Column { return Column{head, width, text} }

// Longs is a column of texts in several lines.
func Longs(head string, width int) Column { return Column{head, width, long} }

// Amounts is a column of amounts in 元, with 分.
func Amounts(head string, width int) Column { return Column{head, width, amount} }

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
	f.SetZipWriter(Parts)
	if err := made.Own(f); err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	for i := range sheets {
		x := &sheets[i]
		if i == 0 {
			err = f.SetSheetName("Sheet1", x.Name)
		} else {
			_, err = f.NewSheet(x.Name)
		}
		if err == nil {
			err = x.write(f, &styles)
		}
		if err != nil {
			return fmt.Errorf("工作表 %s：%w", x.Name, err)
		}
	}
	_, err = f.WriteTo(to)
	return err
}

// styles are the styles of a workbook by kind of column, and of heads.
type styles struct {
	columns map[kind]int
	head    int
	printed map[string]int // by the format of the number
}

func newStyles(f *excelize.File) (s styles, err error) {
	s.columns = map[kind]int{}
	cents := "#,##0.00"
	top := func(wrap bool) *excelize.Alignment { return &excelize.Alignment{Vertical: "top", WrapText: wrap} }
	for _, x := range []struct {
		kind  kind
		style excelize.Style
	}{
		{text, excelize.Style{Alignment: top(false)}},
		{long, excelize.Style{Alignment: top(true)}},
		{amount, excelize.Style{Alignment: top(false), CustomNumFmt: &cents}},
		{printed, excelize.Style{Alignment: top(false)}},
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
func (x *Sheet) write(f *excelize.File, styles *styles) error {
	rows := min(x.Rows, maxRows-3) // a head, and up to two lines below
	last, err := excelize.CoordinatesToCellName(len(x.Columns), rows+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(x.Name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := printable(f, x.Name); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(x.Name)
	if err != nil {
		return err
	}
	if err := x.begin(w, styles); err != nil {
		return err
	}
	for i := range rows {
		row := x.Row(i)
		for k, c := range x.Columns {
			if c.kind != printed {
				row[k] = excelize.Cell{StyleID: styles.columns[c.kind], Value: row[k]}
			} else if row[k], err = styles.printedCell(f, row[k]); err != nil {
				return err
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	if rows < x.Rows { // a sheet takes no more
		if err := w.SetRow("A"+strconv.Itoa(rows+2), []any{fmt.Sprintf("共 %d 行，其余%s", x.Rows, x.Rest)}); err != nil {
			return err
		}
		rows++
	}
	if x.Last != "" {
		if err := w.SetRow("A"+strconv.Itoa(rows+2), []any{x.Last}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// begin writes the head.
func (x *Sheet) begin(w *excelize.StreamWriter, styles *styles) error {
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(x.Columns))
	for i, c := range slices.Backward(x.Columns) { // the writer puts each before the last, and Excel wants them in order
		if err := w.SetColWidth(i+1, i+1, Length(c.width)); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.head}
	}
	return w.SetRow("A1", head, excelize.RowOpts{Height: 24})
}

// printable makes a sheet fit A4 across; it may take many pages down.
func printable(f *excelize.File, name string) error {
	landscape, a4, across, down, fit := "landscape", 9, 1, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return err
	}
	return f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// Count leaves zero out.
func Count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
