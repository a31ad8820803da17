package tablebook

import (
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/xlsx"
)

// table is a table of the document and where it stands on its sheet.
type table struct {
	t      *doc.Table
	name   string // of the sheet
	number string // the line above the heading, where the pack has the number there
	above  []title
	page   doc.PageStyle

	cells   []cell
	heads   int   // rows of the head
	first   []int // the row of the sheet that each row begins in, those of the head first; behind the last where the notes begin
	heights []int // of the rows of the sheet from the first of the grid on, in tenths of a point
	widths  []int // in tenths of a point
	line    int   // the row of the line above the grid, 0 for none
	notes   []int // heights of the notes
}

// title is a line above a table.
type title struct {
	words, style string
	across       string
}

// cell is a cell of the table and where in the grid it stands.
type cell struct {
	*doc.Cell
	row, column, rows, columns int
	words                      string
	printed                    figure // what is written as a number
}

// tablesOf are the tables of the document in its order.
func tablesOf(in Input) []table {
	var out []table
	for i := range in.Tree.Sections {
		s := &in.Tree.Sections[i]
		page := s.Page
		var before []doc.Block
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.PageBreak:
				if b.Page != "" {
					page = b.Page
				}
			case *doc.Heading, *doc.Paragraph:
				before = append(before, b)
			case *doc.Table:
				x := table{t: b, page: in.Tree.Styles.Pages[page]}
				x.titles(before, in.Numbers.Pack.Grid.Number)
				if in.Page != nil {
					if p, ok := in.Page(len(out)); ok && (p.Width > p.Height) != (x.page.Width > x.page.Height) {
						x.page = across(in.Tree.Styles, x.page)
					}
				}
				out, before = append(out, x), nil
			case *doc.Space:
			default:
				before = nil
			}
		}
	}
	return out
}

// across is the page for tables that are too wide for one: that which it names, or the same with the long side across.
func across(s *doc.StyleSheet, p doc.PageStyle) doc.PageStyle {
	if p.Wide != "" {
		return s.Pages[p.Wide]
	}
	p.Width, p.Height = p.Height, p.Width
	p.Top, p.Bottom, p.Left, p.Right = p.Left, p.Right, p.Bottom, p.Top
	return p
}

// titles are the lines above the table: its heading, and what stands around that.
func (x *table) titles(before []doc.Block, numberStyle string) {
	at := -1
	for i, b := range before {
		if h, ok := b.(*doc.Heading); ok && h.Text.String == x.t.Caption.String {
			at = i
		}
	}
	if at < 0 {
		if x.t.Caption.String != "" {
			x.above = append(x.above, title{x.t.Caption.String, "", "center"})
		}
		return
	}
	if at > 0 {
		if p, ok := before[at-1].(*doc.Paragraph); ok && p.Style == numberStyle {
			x.number = wordsOf(p)
			x.above = append(x.above, title{x.number, p.Style, "left"})
		}
	}
	x.above = append(x.above, title{x.t.Caption.String, before[at].(*doc.Heading).Style, "center"})
	for _, b := range before[at+1:] {
		if p, ok := b.(*doc.Paragraph); ok {
			x.above = append(x.above, title{wordsOf(p), p.Style, "center"})
		}
	}
}

func wordsOf(p *doc.Paragraph) string {
	var b strings.Builder
	for i := range p.Spans {
		b.WriteString(p.Spans[i].String)
	}
	return b.String()
}

// lay finds where in the grid the cells stand.
func (x *table) lay() {
	n := len(x.t.Columns)
	busy := make([]int, n) // for how many further rows a column is taken
	row := 0
	for _, rows := range [][]doc.Row{x.t.Head, x.t.Body} {
		for i := range rows {
			col := 0
			for k := range rows[i].Cells {
				c := &rows[i].Cells[k]
				for col < n && busy[col] > 0 {
					col++
				}
				if col == n {
					break // the typesetter tells
				}
				y := cell{Cell: c, row: row, column: col, rows: min(max(c.RowSpan, 1), len(rows)-i), columns: 1, words: cellWords(c)}
				for y.columns < max(c.ColSpan, 1) && col+y.columns < n && busy[col+y.columns] == 0 { // merged cells must not cover each other
					y.columns++
				}
				for j := col; j < col+y.columns; j++ {
					busy[j] = y.rows
				}
				col += y.columns
				x.cells = append(x.cells, y)
			}
			for j := range busy {
				busy[j] = max(0, busy[j]-1)
			}
			row++
		}
	}
	x.heads = len(x.t.Head)
}

// cellWords are the words of a cell, a line a paragraph.
func cellWords(c *doc.Cell) string {
	if len(c.Text) == 1 && !c.FirstIndent {
		return c.Text[0].String
	}
	var b strings.Builder
	for i := range c.Text {
		if i > 0 {
			b.WriteByte('\n')
		}
		if c.FirstIndent {
			b.WriteString("\u3000\u3000")
		}
		b.WriteString(c.Text[i].String)
	}
	return b.String()
}

// figure is a printed number: its digits as data has them and the format that shows them as they are printed.
type figure struct {
	digits, format string
	places         int
}

// formats of numbers by their decimals, without commas and with them.
var formats = [2][7]string{
	{"0", "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000"},
	{"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000", "#,##0.00000", "#,##0.000000"},
}

// percents of numbers by their decimals. The value of the cell is what stands before the sign.
var percents = [...]string{`0"%"`, `0.0"%"`, `0.00"%"`, `0.000"%"`, `0.0000"%"`}

// mostDigits are those that spreadsheets keep of a number.
const mostDigits = 15

// figureOf reads a printed number; false for what is none that a spreadsheet can show with the same digits, codes among them.
func figureOf(s string) (figure, bool) {
	body, rate := strings.CutSuffix(s, "%")
	digits := strings.ReplaceAll(body, ",", "")
	whole, fraction, point := strings.Cut(strings.TrimPrefix(digits, "-"), ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" || point && fraction == "" || len(whole) > 1 && whole[0] == '0' {
		return figure{}, false
	}
	if len(whole)+len(fraction) > mostDigits || len(fraction) >= len(percents) {
		return figure{}, false
	}
	f := figure{digits: digits, places: len(fraction)}
	switch grouped := len(body) != len(digits); {
	case rate:
		f.format = percents[f.places]
	case grouped || len(whole) < 4: // what has no commas yet may have some when it is changed
		f.format = formats[1][f.places]
	default:
		f.format = formats[0][f.places]
	}
	return f, true
}

// decimal is a number as a cell has it.
func decimal(digits string) any {
	if strings.Contains(digits, ".") {
		digits = strings.TrimSuffix(strings.TrimRight(digits, "0"), ".")
	}
	return xlsx.Number(digits)
}
