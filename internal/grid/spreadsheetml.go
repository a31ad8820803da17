package grid

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// mlReader reads SpreadsheetML 2003, which provinces' budget systems write and call .xls: one XML file, cells by their order
// with ss:Index where some are left out.
type mlReader struct {
	builder
	from1904 bool
	styles   map[string]mlStyle
	style    string // the style that is being read
	row      int
	rowStyle string
	hidden   bool // the row
	after    int  // rows that the last one stands for, too
	column   int  // the last one that is taken
	cell     Cell
	kind     string // ss:Type
	data     bool
	text     strings.Builder
}

// mlStyle is a number format, and the style it is taken from where it has none.
type mlStyle struct {
	code, parent string
	font, struck bool // it says something of the font, and that it strikes through
}

func readSpreadsheetML(text []byte) (*Book, error) {
	r := &mlReader{styles: map[string]mlStyle{}}
	r.book.Format = SpreadsheetML
	left := maxPieces
	err := r.read(newWideTokens(bytes.NewReader(text), &left))
	if err == nil && len(r.book.Sheets) == 0 {
		err = errPart
	}
	if err != nil {
		return nil, refusal(SpreadsheetML, err)
	}
	return &r.book, nil
}

func (r *mlReader) read(t *tokens) error {
	return t.each(func(tok xml.Token) error {
		switch tok := tok.(type) {
		case xml.StartElement:
			return r.start(t, tok)
		case xml.CharData:
			if r.data || t.at("Workbook", "Worksheet", "WorksheetOptions", "Visible") {
				return gather(&r.text, tok)
			}
		case xml.EndElement:
			return r.close(t, tok.Name.Local)
		}
		return nil
	})
}

func (r *mlReader) start(t *tokens, e xml.StartElement) error {
	switch {
	case t.at("Workbook", "ExcelWorkbook", "Date1904"):
		r.from1904 = true
	case t.at("Workbook", "Styles", "Style"):
		if len(r.styles) >= maxStyles {
			return tooMuch("单元格格式", maxStyles)
		}
		r.style = attribute(e, "ID")
		r.styles[r.style] = mlStyle{parent: attribute(e, "Parent")}
	case t.at("Workbook", "Styles", "Style", "NumberFormat"):
		s := r.styles[r.style]
		s.code = mlFormat(attribute(e, "Format"))
		r.styles[r.style] = s
	case t.at("Workbook", "Styles", "Style", "Font"):
		s := r.styles[r.style]
		s.font, s.struck = true, truth(attribute(e, "StrikeThrough"))
		r.styles[r.style] = s
	case t.at("Workbook", "Worksheet"):
		r.row, r.after, r.column = 0, 0, 0
		return r.begin(attribute(e, "Name"), false)
	case t.at("Workbook", "Worksheet", "Table", "Column"):
		return r.beginColumn(e)
	case t.at("Workbook", "Worksheet", "Table", "Row"):
		return r.beginRow(e)
	case t.at("Workbook", "Worksheet", "Table", "Row", "Cell"):
		return r.beginCell(e)
	case t.at("Workbook", "Worksheet", "Table", "Row", "Cell", "Data"):
		r.kind, r.data = attribute(e, "Type"), true
		r.text.Reset()
	case t.at("Workbook", "Worksheet", "WorksheetOptions", "Visible"):
		r.text.Reset()
	}
	return nil
}

// close ends an element, which t is out of already.
func (r *mlReader) close(t *tokens, name string) error {
	switch {
	case name == "Data" && t.at("Workbook", "Worksheet", "Table", "Row", "Cell"):
		r.data = false
		r.cell = r.made(r.text.String())
	case name == "Cell" && t.at("Workbook", "Worksheet", "Table", "Row"):
		r.cell.Unstored = r.cell.Formula && r.cell.Kind == Empty
		return r.put(r.row, r.hidden, r.cell)
	case name == "Visible" && t.at("Workbook", "Worksheet", "WorksheetOptions"):
		r.sheet().Hidden = strings.TrimSpace(r.text.String()) != "SheetVisible"
	case name == "Worksheet" && t.at("Workbook"):
		return r.end()
	}
	return nil
}

// place is the next place, or that which ss:Index says.
func place(e xml.StartElement, last int) (int, error) {
	s := attribute(e, "Index")
	if s == "" {
		return last + 1, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n <= last || n > maxRows {
		return 0, errPlace
	}
	return n, nil
}

// count is an attribute that counts further rows or columns.
func count(e xml.StartElement, name string, most int) (int, error) {
	s := attribute(e, name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most {
		return 0, errPlace
	}
	return n, nil
}

func (r *mlReader) beginColumn(e xml.StartElement) error {
	at, err := place(e, r.column)
	more, err2 := count(e, "Span", maxColumns)
	r.column = at + more
	if truth(attribute(e, "Hidden")) || zero(attribute(e, "Width")) {
		r.hide(at, at+more)
	}
	return errors.Join(err, err2)
}

func (r *mlReader) beginRow(e xml.StartElement) error {
	at, err := place(e, r.row+r.after)
	more, err2 := count(e, "Span", maxRows)
	r.row, r.after, r.column = at, more, 0
	r.rowStyle = attribute(e, "StyleID")
	r.hidden = truth(attribute(e, "Hidden")) || zero(attribute(e, "Height"))
	return errors.Join(err, err2)
}

func (r *mlReader) beginCell(e xml.StartElement) error {
	at, err := place(e, r.column)
	across, err2 := count(e, "MergeAcross", maxColumns)
	down, err3 := count(e, "MergeDown", maxRows)
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	r.column = at + across
	style := attribute(e, "StyleID")
	if style == "" {
		style = r.rowStyle
	}
	r.cell = Cell{Column: at, Format: r.format(style), Struck: r.struck(style), Formula: attribute(e, "Formula") != ""}
	if across+down > 0 {
		return r.merge(Merge{r.row, at, r.row + down, at + across})
	}
	return nil
}

// format is the number format of a style or of one it is taken from; a chain of them is short or goes in a circle.
func (r *mlReader) format(style string) string {
	for range 8 {
		s, ok := r.styles[style]
		if !ok || s.code != "" {
			return s.code
		}
		style = s.parent
	}
	return ""
}

// struck reports whether a style, or the one it is taken from, strikes through.
func (r *mlReader) struck(style string) bool {
	for range 8 {
		s, ok := r.styles[style]
		if !ok || s.font {
			return s.struck
		}
		style = s.parent
	}
	return false
}

// made makes the cell of its data.
func (r *mlReader) made(raw string) Cell {
	c := r.cell
	c.Kind, c.Text = Text, raw
	switch trimmed := strings.TrimSpace(raw); r.kind {
	case "Number":
		if n, ok := styleOf(c.Format).number(trimmed, r.from1904); ok {
			c.Kind, c.Text, c.Raw = n.Kind, n.Text, n.Raw
		} else if trimmed == "" {
			c.Kind, c.Text = Empty, ""
		}
	case "DateTime":
		if day, ok := isoDay(trimmed); ok {
			c.Kind, c.Text, c.Raw = Date, day, trimmed
		}
	case "Boolean":
		c.Kind, c.Text, c.Raw = Bool, truthText(truth(trimmed)), trimmed
	case "Error":
		c.Kind, c.Text = Error, trimmed
	}
	return c
}

// mlFormat is a number format, some of which have names here.
func mlFormat(name string) string {
	switch name {
	case "General", "General Number":
		return ""
	case "Standard":
		return "#,##0.00"
	case "Fixed":
		return "0.00"
	case "Percent":
		return "0.00%"
	case "Scientific":
		return "0.00E+00"
	case "Short Date", "General Date", "Medium Date", "Long Date":
		return "yyyy/m/d"
	case "Short Time", "Medium Time", "Long Time":
		return "h:mm:ss"
	}
	return name
}
