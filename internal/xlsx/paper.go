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
	room := acrossPaper * 100 / splitScale
	used := kept
	for i := x.Keep; i < len(x.Columns); i++ {
		w := wide(x.Columns[i : i+1])
		if used+w > room && i > x.Keep {
			out, used = append(out, i), kept
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
func (x *Sheet) onPaper(f *excelize.File, rows int) error {
	head := x.headRows()
	last, err := excelize.CoordinatesToCellName(len(x.Columns), head+rows)
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

// begin writes what stands above the rows.
func (x *Sheet) begin(l *look, w *excelize.StreamWriter) error {
	head := x.headRows()
	panes := excelize.Panes{Freeze: true, XSplit: x.Keep, YSplit: head, ActivePane: "bottomLeft"}
	if x.Keep > 0 {
		panes.ActivePane = "bottomRight"
	}
	var err error
	if panes.TopLeftCell, err = excelize.CoordinatesToCellName(x.Keep+1, head+1); err != nil {
		return err
	}
	if err := w.SetPanes(&panes); err != nil {
		return err
	}
	for i, c := range slices.Backward(x.Columns) { // the writer puts each before the last, and Excel wants them in order
		if err := w.SetColWidth(i+1, i+1, Length(c.width)); err != nil {
			return err
		}
	}
	at := 0
	if x.Title != "" {
		at++
		if err := x.across(l, w, at, x.Title, style{title: true, horizontal: "center"}); err != nil {
			return err
		}
	}
	for _, line := range x.About {
		at++
		if err := x.across(l, w, at, line, style{wrap: true}); err != nil {
			return err
		}
	}
	if x.Unit != "" {
		at++
		if err := x.across(l, w, at, x.Unit, style{horizontal: "right"}); err != nil {
			return err
		}
	}
	return x.heads(l, w, at+1)
}

// span is how many columns the first page shows, over which titles and notes stand.
func (x *Sheet) span() int {
	if pages := x.pages(); len(pages) > 1 {
		return pages[1]
	}
	return len(x.Columns)
}

// across writes a line over all columns.
func (x *Sheet) across(l *look, w *excelize.StreamWriter, row int, text string, s style) error {
	id, err := l.style(s)
	if err != nil {
		return err
	}
	const title = 30
	height := line
	if s.title {
		height = title
	} else if s.wrap {
		room := wide(x.Columns[:x.span()]) / perCharacter
		height = line * max(1, (halfEms(text)+room-1)/max(1, room))
	}
	from := "A" + strconv.Itoa(row)
	if err := w.SetRow(from, []any{excelize.Cell{StyleID: id, Value: text}}, excelize.RowOpts{Height: Length(height)}); err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(x.span(), row)
	if err != nil || x.span() == 1 {
		return err
	}
	return w.MergeCell(from, to)
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

// heads writes the heads of the columns from a row on.
func (x *Sheet) heads(l *look, w *excelize.StreamWriter, row int) error {
	id, err := l.style(style{head: true, wrap: true, horizontal: "center", bordered: x.Title != ""})
	if err != nil {
		return err
	}
	levels := x.levels()
	rows := make([][]any, levels)
	for k := range rows {
		rows[k] = make([]any, len(x.Columns))
		for i, c := range x.Columns {
			value := c.head
			if k < levels-1 && c.over != "" {
				value = c.over
			}
			if k > 0 && c.over == "" || k < levels-1 && i > 0 && c.over != "" && x.Columns[i-1].over == c.over {
				value = "" // under what it is merged with
			}
			rows[k][i] = excelize.Cell{StyleID: id, Value: value}
		}
		const height = 24
		if err := w.SetRow("A"+strconv.Itoa(row+k), rows[k], excelize.RowOpts{Height: Length(x.headHeight(k, levels, height))}); err != nil {
			return err
		}
	}
	if levels == 1 {
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
		if err := merge(w, from+1, row, to, row+down-1); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// headHeight is the height of a row of heads: that of the longest.
func (x *Sheet) headHeight(level, levels, least int) int {
	height := least
	if level == levels-1 {
		for _, c := range x.Columns {
			lines := (halfEms(c.head) + c.width - 1) / max(1, c.width)
			if c.over == "" && levels > 1 {
				lines-- // it stands over both rows
			}
			height = max(height, line*lines+4)
		}
	}
	return height
}

func merge(w *excelize.StreamWriter, column, row, lastColumn, lastRow int) error {
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
	return w.MergeCell(from, to)
}
