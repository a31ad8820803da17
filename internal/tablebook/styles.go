package tablebook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/doc"
	"yusuan/internal/xlsx"
)

// usualFont is on every machine that has WPS or Excel in Chinese.
const usualFont = "宋体"

// usualSize is that of type in tenths of a point.
const usualSize = 110

// Colours of the sheets that are no tables.
const (
	colourHead  = "E8EEF5"
	colourFaint = "6B6B6B"
	colourLine  = "BFBFBF"
	colourLink  = "1F5FA8"
	colourGood  = "E2F0D9"
	colourWrong = "FFC7CE"
	colourApart = "A6A6A6" // of tabs
)

// Formats of cells.
const (
	formatText   = "@"
	formatAmount = "#,##0.00##"
)

// look is how a cell looks.
type look struct {
	font                              string // "" for the usual
	size                              int    // in tenths of a point, 0 for the usual
	bold, wrap, boxed, vertical, link bool
	across                            string // left, center, right
	down                              string // top, center
	indent                            int
	format                            string
	fill, colour, border              string
}

// styles makes the styles of a workbook as they are asked for.
type styles struct {
	f    *excelize.File
	made map[look]int
	err  error // the first
}

// of is the style of a look.
func (s *styles) of(l look) int {
	if id, ok := s.made[l]; ok {
		return id
	}
	font, size := l.font, l.size
	if font == "" {
		font = usualFont
	}
	if size == 0 {
		size = usualSize
	}
	x := excelize.Style{Font: &excelize.Font{Family: font, Size: xlsx.Tenths(size), Bold: l.bold, Color: l.colour},
		Alignment: &excelize.Alignment{Vertical: l.down, Horizontal: l.across, WrapText: l.wrap, Indent: l.indent}}
	if l.vertical {
		x.Alignment.TextRotation = 255 // characters upright, one below the other
	}
	if l.link {
		x.Font.Color, x.Font.Underline = colourLink, "single"
	}
	if l.fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.boxed {
		colour := l.border
		if colour == "" {
			colour = "000000"
		}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: colour, Style: 1})
		}
	}
	switch l.format {
	case "":
	case formatText:
		x.NumFmt = 49
	default:
		x.CustomNumFmt = &l.format
	}
	id, err := s.f.NewStyle(&x)
	if err != nil && s.err == nil {
		s.err = err
	}
	s.made[l] = id
	return id
}

// fontOf is the font of an office for one of the roles of styles, and whether it is bold.
func fontOf(role string) (name string, bold bool) {
	name, bold = strings.CutSuffix(role, "加粗")
	switch {
	case strings.Contains(name, "小标宋"): // few offices have it
		return usualFont, true
	case strings.Contains(name, "仿宋"), strings.Contains(name, "楷体"), strings.Contains(name, "黑体"):
		return name, bold
	}
	return usualFont, bold
}

// typeOf is the font and size of a style of the document.
func typeOf(s *doc.StyleSheet, style string) look {
	x, ok := s.Texts[style]
	if !ok {
		return look{}
	}
	font, bold := fontOf(x.Family)
	return look{font: font, bold: bold, size: int(x.Size / 100)}
}

// span is how wide a text is, in halves of an em.
func span(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E7F || r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…' || r == '·' {
			n++
		}
	}
	return n
}

// rowWriter writes the rows of a sheet; the first failure stays.
type rowWriter struct {
	w      *excelize.StreamWriter
	styles *styles
	cells  []excelize.Cell // of the row in the making
	values []any
	kinds  map[cellKind]int // styles of cells of lists
	err    error
}

func (w *writer) rows(name string) (*rowWriter, error) {
	sw, err := w.f.NewStreamWriter(name)
	return &rowWriter{w: sw, styles: w.styles}, err
}

// begin begins a row of so many columns.
func (r *rowWriter) begin(columns int) {
	if cap(r.cells) < columns {
		r.cells, r.values = make([]excelize.Cell, columns), make([]any, columns)
	}
	r.cells, r.values = r.cells[:columns], r.values[:columns]
	clear(r.cells)
	clear(r.values)
}

// set sets the cell in a column, which count from 1 on.
func (r *rowWriter) set(column int, l look, formula string, v any) {
	r.put(column, r.styles.of(l), formula, v)
}

// put is set for a style that is known.
func (r *rowWriter) put(column, style int, formula string, v any) {
	if s, ok := v.(string); ok && isLong(s) && len(piecesOf(s)) > 1 && r.err == nil {
		r.err = fmt.Errorf("a text of %d characters in one cell, which holds %d", len([]rune(s)), mostWords) // never a part of it without a word
	}
	r.cells[column-1] = excelize.Cell{StyleID: style, Formula: formula, Value: v}
	r.values[column-1] = &r.cells[column-1]
}

// end writes the row. A height of 0, in tenths of a point, lets the program that shows it choose.
func (r *rowWriter) end(n, height int) {
	if r.err == nil {
		r.err = r.styles.err
	}
	if r.err == nil {
		r.err = r.w.SetRow(cellName(1, n), r.values, excelize.RowOpts{Height: xlsx.Tenths(min(height, mostHeight))})
	}
}

// mostHeight is that of a row, in tenths of a point.
const mostHeight = 4090

func (r *rowWriter) merge(column, row, lastColumn, lastRow int) {
	if r.err == nil && (column != lastColumn || row != lastRow) {
		r.err = r.w.MergeCell(cellName(column, row), cellName(lastColumn, lastRow))
	}
}

func (r *rowWriter) flush() error {
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}
