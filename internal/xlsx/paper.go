package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Widths are counted in pixels as spreadsheets do: seven for a character and five for a column, at 96 to the inch. The paper is A4
// across, less margins of four tenths of an inch.
const (
	perCharacter, perColumn = 7, 5
	acrossPaper             = 1045
	// leastScale, in per cent, prints type of 11 points in 7: what is smaller nobody reads. splitScale is of sheets that would be
	// smaller and are printed on pages side by side instead.
	leastScale, splitScale = 64, 72
)

// wide is how wide columns are.
func wide(columns []Column) (n int) {
	for _, c := range columns {
		n += perCharacter*c.width + perColumn
	}
	return n
}

// pages are the columns with which pages begin that stand side by side: 0 alone where all columns fit one page.
func (x *Sheet) pages() []int {
	out := []int{0}
	if wide(x.Columns)*leastScale <= acrossPaper*100 {
		return out
	}
	kept := wide(x.Columns[:x.Keep])
	const wider, than = 9, 7 // columns are where the type of the file is not there and another takes its place
	room := acrossPaper * 100 * than / splitScale / wider
	used := kept
	for i := x.Keep; i < len(x.Columns); i++ {
		w := wide(x.Columns[i : i+1])
		if used+w > room && i > x.Keep {
			from := i
			for over := x.Columns[i].over; over != "" && x.Columns[from-1].over == over; from-- { // what stands under one head stays together
			}
			if from <= max(out[len(out)-1], x.Keep) { // all that the page has stands under it
				from = i
			}
			out, used = append(out, from), kept+wide(x.Columns[from:i])
		}
		used += w
	}
	return out
}

// headRows are the rows above the first row of data.
func (x *Sheet) headRows() int {
	n := len(x.About) + x.levels()
	if x.Title != "" {
		n++
	}
	if x.Unit != "" {
		n++
	}
	return n
}

// levels is how many rows the head of the columns has.
func (x *Sheet) levels() int {
	if slices.ContainsFunc(x.Columns, func(c Column) bool { return c.over != "" }) {
		return 2
	}
	return 1
}

// onPaper says how a sheet is printed and filtered.
func (x *Sheet) onPaper(f *excelize.File) error {
	head := x.headRows()
	last, err := excelize.CoordinatesToCellName(len(x.Columns), head+x.body())
	if err != nil {
		return err
	}
	if err := f.AutoFilter(x.Name, "A"+strconv.Itoa(head)+":"+last, nil); err != nil {
		return err
	}
	if err := x.fit(f); err != nil {
		return err
	}
	side, ends := Tenths(4), Tenths(6)
	if err := f.SetPageMargins(x.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &ends, Bottom: &ends, Header: &side, Footer: &side}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(x.Name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	sheet := "'" + strings.ReplaceAll(x.Name, "'", "''") + "'!"
	titles := fmt.Sprintf("%s$%d:$%d", sheet, 1, head)
	if x.Keep > 0 {
		to, err := excelize.ColumnNumberToName(x.Keep)
		if err != nil {
			return err
		}
		titles = sheet + "$A:$" + to + "," + titles
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: x.Name})
}

// fit makes a sheet fit A4 across, on pages side by side where it would be too small; it may take many pages down.
func (x *Sheet) fit(f *excelize.File) error {
	landscape, a4, across, down, fit := "landscape", 9, 1, 0, true
	layout := excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &across, FitToHeight: &down}
	pages := x.pages()
	if len(pages) > 1 {
		scale := uint(splitScale)
		layout.FitToWidth, layout.FitToHeight, layout.AdjustTo, fit = nil, nil, &scale, false
	}
	for _, first := range pages[1:] {
		cell, err := excelize.CoordinatesToCellName(first+1, 1)
		if err != nil {
			return err
		}
		if err := f.InsertPageBreak(x.Name, cell); err != nil {
			return err
		}
	}
	if err := f.SetPageLayout(x.Name, &layout); err != nil {
		return err
	}
	return f.SetSheetProps(x.Name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// inView makes columns as wide as they are, keeps heads in view, and merges what belongs together above the rows.
func (x *Sheet) inView(f *excelize.File) error {
	head := x.headRows()
	panes := excelize.Panes{Freeze: true, XSplit: x.Keep, YSplit: head, ActivePane: "bottomLeft"}
	if x.Keep > 0 {
		panes.ActivePane = "bottomRight"
	}
	var err error
	if panes.TopLeftCell, err = excelize.CoordinatesToCellName(x.Keep+1, head+1); err != nil {
		return err
	}
	if err := f.SetPanes(x.Name, &panes); err != nil {
		return err
	}
	for i, c := range x.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(x.Name, name, name, Length(c.width)); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(x.Columns), x.below())
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(x.Name, "A1:"+last); err != nil {
		return err
	}
	for row := range head - x.levels() {
		if err := x.merge(f, 1, row+1, x.span(), row+1); err != nil {
			return err
		}
	}
	return x.mergeHeads(f, head-x.levels()+1)
}

// span is how many columns the first page shows, over which titles and notes stand.
func (x *Sheet) span() int {
	if pages := x.pages(); len(pages) > 1 {
		return pages[1]
	}
	return len(x.Columns)
}

// line is the height of a line of text.
const line = 15

// height is how high a row must be for its long texts: not every program finds it out by itself. 0 is the usual one.
func (x *Sheet) height(row []any) int {
	lines := 1
	for i, c := range x.Columns {
		s, ok := row[i].(string)
		if !ok || c.kind != long {
			continue
		}
		n := 0
		for part := range strings.Lines(s) {
			n += max(1, (halfEms(strings.TrimRight(part, "\n"))+c.width-1)/max(1, c.width))
		}
		lines = max(lines, n)
	}
	if lines == 1 {
		return 0
	}
	const highest = 409 // that a spreadsheet takes
	return min(highest, line*lines)
}

// halfEms is about how wide a text is: a Chinese character takes two and a bit, since type is wider than its columns.
func halfEms(s string) int {
	n := utf8.RuneCountInString(s)
	return n + (len(s)-n)*5/8
}

// mergeHeads merges the heads of the columns that begin in a row: those that stand alone over both rows, and those above others.
func (x *Sheet) mergeHeads(f *excelize.File, row int) error {
	if x.levels() == 1 {
		return nil
	}
	for from := 0; from < len(x.Columns); {
		to, down := from+1, 1
		if over := x.Columns[from].over; over == "" {
			down = 2
		} else {
			for to < len(x.Columns) && x.Columns[to].over == over {
				to++
			}
		}
		if err := x.merge(f, from+1, row, to, row+down-1); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// headHeight is the height of a row of heads: that of the longest.
func (x *Sheet) headHeight(level, levels int) int {
	height := 24
	if level < levels-1 {
		return height
	}
	for _, c := range x.Columns {
		lines := (halfEms(c.head) + c.width - 1) / max(1, c.width)
		if c.over == "" && levels > 1 {
			lines-- // it stands over both rows
		}
		height = max(height, line*lines+4)
	}
	return height
}

func (x *Sheet) merge(f *excelize.File, column, row, lastColumn, lastRow int) error {
	if column == lastColumn && row == lastRow {
		return nil
	}
	from, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(lastColumn, lastRow)
	if err != nil {
		return err
	}
	return f.MergeCell(x.Name, from, to)
}
