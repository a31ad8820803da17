package tablebook

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/doc"
	"yusuan/internal/xlsx"
)

// table writes the sheet of a table.
func (w *writer) table(x *table) error {
	if err := w.paper(x); err != nil {
		return err
	}
	r, err := w.rows(x.name)
	if err != nil {
		return err
	}
	if err := r.columns(x.widths); err != nil {
		return err
	}
	if p := x.panes(); p != nil {
		if err := r.w.SetPanes(p); err != nil {
			return err
		}
	}
	w.titles(r, x)
	w.grid(r, x)
	last := len(x.widths)
	l := typeOf(w.in.Tree.Styles, x.t.NoteStyle)
	l.across, l.down, l.wrap = "left", "top", true
	for i, h := range x.notes {
		n := x.first[len(x.first)-1] + i
		r.begin(last)
		r.set(1, l, "", x.t.Notes[i].String)
		r.end(n, h)
		r.merge(1, n, last, n)
	}
	return r.flush()
}

// columns sets the widths of columns, in tenths of a point. Spreadsheets count in digits of the usual type.
func (r *rowWriter) columns(widths []int) error {
	const digit = 60                   // of 宋体 at 11 points, on a screen
	for k := len(widths); k > 0; k-- { // the library puts each before the last, and Excel wants them in order
		if err := r.w.SetColWidth(k, k, xlsx.Tenths(min(widths[k-1]*10/digit, 2500))); err != nil {
			return err
		}
	}
	return nil
}

// titles writes what stands above the grid.
func (w *writer) titles(r *rowWriter, x *table) {
	last := len(x.widths)
	for i, a := range x.above {
		l := typeOf(w.in.Tree.Styles, a.style)
		if a.style == "" {
			l.bold, l.size = true, 140
		}
		l.across, l.down, l.wrap = a.across, "center", true
		r.begin(last)
		r.set(1, l, "", a.words)
		r.end(i+1, heightOf(a.words, x.width()-padX, l.size))
		r.merge(1, i+1, last, i+1)
	}
	if x.line == 0 {
		return
	}
	l := typeOf(w.in.Tree.Styles, x.t.NoteStyle)
	l.down = "bottom"
	r.begin(last)
	split := x.halves()
	height := heightOf("", 1, l.size)
	if x.t.Left != nil {
		l.across, l.wrap = "left", true
		r.set(1, l, "", x.t.Left.String)
		height = max(height, heightOf(x.t.Left.String, sumOf(x.widths[:split])-padX, l.size))
	}
	if x.t.Right != nil {
		l.across, l.wrap = "right", false
		r.set(min(split+1, last), l, "", x.t.Right.String)
	}
	r.end(x.line, height)
	if split < last {
		r.merge(1, x.line, split, x.line)
		r.merge(split+1, x.line, last, x.line)
	}
}

// halves is how many columns the left of the line above has; the right has the others.
func (x *table) halves() int {
	if len(x.widths) == 1 {
		return 1
	}
	right := 0
	if x.t.Right != nil {
		right = (span(x.t.Right.String) + 2) * usualSize / 2
	}
	n, rest := len(x.widths)-1, x.widths[len(x.widths)-1]
	for n > 1 && (rest < right || x.t.Left == nil && n > len(x.widths)/2) {
		n--
		rest += x.widths[n]
	}
	return n
}

func sumOf(list []int) (sum int) {
	for _, n := range list {
		sum += n
	}
	return sum
}

// cover is a cell that covers a column in the row at hand, and how it is written.
type cover struct {
	*cell
	style int
	value any
}

// grid writes head and body. Every place that a cell covers is written, since each has a border of its own.
func (w *writer) grid(r *rowWriter, x *table) {
	columns, top := len(x.widths), x.top()
	covers := make([]cover, columns)
	blank := w.styles.of(look{boxed: true})
	next := 0
	for row := range len(x.first) - 1 {
		for ; next < len(x.cells) && x.cells[next].row == row; next++ {
			c := &x.cells[next]
			l, v := w.shown(x, c)
			for j := c.column; j < c.column+c.columns; j++ {
				covers[j] = cover{c, w.styles.of(l), v}
			}
		}
		for n := x.first[row]; n < x.first[row+1]; n++ {
			r.begin(columns)
			for j := range covers {
				switch c := &covers[j]; {
				case c.cell == nil:
					r.put(j+1, blank, "", nil)
				case isLong(c.words) && j == c.column:
					r.put(j+1, c.style, "", x.wordsAt(c.cell, n))
				case row == c.row && n == x.first[row] && j == c.column:
					r.put(j+1, c.style, "", c.value)
				default:
					r.put(j+1, c.style, "", nil)
				}
			}
			r.end(n, x.heights[n-top])
		}
	}
	for i := range x.cells {
		c := &x.cells[i]
		if !isLong(c.words) {
			r.merge(c.column+1, x.first[c.row], c.column+c.columns, x.first[c.row+c.rows]-1)
			continue
		}
		for _, p := range x.parts(c) {
			r.merge(c.column+1, p.first, c.column+c.columns, p.last)
		}
	}
}

// shown is how a cell looks and what stands in it: a number, or else a text, whatever it begins with.
func (w *writer) shown(x *table, c *cell) (look, any) {
	l := x.cellType(w.in.Tree.Styles, c)
	l.boxed, l.down, l.indent, l.vertical = x.t.RuleWidth > 0 || x.t.FrameWidth > 0, "center", c.Indent, c.Vertical
	align := x.t.Columns[c.column].Align
	if c.AlignSet {
		align = c.Align
	}
	l.across = [...]string{doc.AlignLeft: "left", doc.AlignCenter: "center", doc.AlignRight: "right", doc.AlignDecimal: "right", doc.AlignJustify: "left"}[align]
	if c.Top {
		l.down = "top"
	}
	switch {
	case l.across == "center":
		l.indent = 0
	case l.across == "left" && x.t.Columns[c.column].Side > 0 && c.words != "":
		l.indent++ // the numbers of the side before stand close
	}
	if c.printed.digits != "" {
		l.format, l.indent = c.printed.format, 0
		return l, decimal(c.printed.digits)
	}
	l.format, l.wrap = formatText, !c.Number
	if c.words == "" {
		return l, nil
	}
	return l, c.words
}

// panes keep the head in view, and the names of rows where they take no more than a third.
func (x *table) panes() *excelize.Panes {
	if x.heads == 0 || x.first[x.heads] > 12 {
		return nil
	}
	names := 0
	for names < len(x.t.Columns) && x.t.Columns[names].Side == 0 && !x.counts(names) {
		names++
	}
	if names == len(x.t.Columns) || 3*sumOf(x.widths[:names]) > x.width() || x.t.Columns[len(x.t.Columns)-1].Side > 0 {
		names = 0
	}
	p := &excelize.Panes{Freeze: true, XSplit: names, YSplit: x.first[x.heads] - 1, TopLeftCell: cellName(names+1, x.first[x.heads]), ActivePane: "bottomLeft"}
	if names > 0 {
		p.ActivePane = "bottomRight"
	}
	return p
}

// counts reports whether a column has numbers.
func (x *table) counts(column int) bool {
	for i := range x.cells {
		if c := &x.cells[i]; c.column == column && c.Number {
			return true
		}
	}
	return false
}

// paper makes the sheet print as the document does: on the same paper, one page wide, with its head on every page.
func (w *writer) paper(x *table) error {
	if err := w.onPaper(x.name, &x.page); err != nil {
		return err
	}
	area := quoted(x.name) + "!$A$1:" + fixed(len(x.widths), x.bottom())
	if err := w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: x.name, RefersTo: area}); err != nil || x.heads == 0 {
		return err
	}
	from := x.line
	if from == 0 {
		from = x.top()
	}
	return w.repeated(x.name, "", from, x.first[x.heads]-1)
}

// repeated are the rows that stand on every page, and the columns where there are some.
func (w *writer) repeated(sheet, columns string, from, to int) error {
	rows := quoted(sheet) + "!$" + strconv.Itoa(from) + ":$" + strconv.Itoa(to)
	if columns != "" {
		rows = quoted(sheet) + "!" + columns + "," + rows
	}
	return w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: rows})
}

// Paper as spreadsheets number it, and the long side that parts A3 from A4.
const (
	paperA3, paperA4 = 8, 9
	longA3           = 1000 * 1000
)

func (w *writer) onPaper(sheet string, p *doc.PageStyle) error {
	orientation, size, wide, high, yes, no := "portrait", paperA4, 1, 0, true, false
	if p.Width > p.Height {
		orientation = "landscape"
	}
	if max(p.Width, p.Height) > longA3 {
		size = paperA3
	}
	if err := w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &orientation, Size: &size, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := w.f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	top, bottom, left, right, edge := xlsx.Inches(int64(p.Top)), xlsx.Inches(int64(p.Bottom)), xlsx.Inches(int64(p.Left)), xlsx.Inches(int64(p.Right)), xlsx.Inches(28000)
	if err := w.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &bottom, Left: &left, Right: &right, Header: &edge, Footer: &edge, Horizontally: &yes}); err != nil {
		return err
	}
	if err := w.f.AddIgnoredErrors(sheet, "A1:XFD1048576", excelize.IgnoredErrorsNumberStoredAsText); err != nil { // codes are meant to be texts
		return err
	}
	return w.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C— &P —"})
}
