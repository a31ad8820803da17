package grid

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// readStyles reads the cell formats.
func (w *workbook) readStyles(part string) error {
	s := styles{formats: map[int]string{}}
	err := w.each(part, func(t *tokens, e xml.StartElement) error {
		switch {
		case t.in("numFmts", "numFmt"):
			if n, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil && len(s.formats) < maxStyles {
				s.formats[n] = attribute(e, "formatCode")
			}
		case t.in("fonts", "font"):
			if s.struck = append(s.struck, false); len(s.struck) > maxStyles {
				return tooMuch("字体", maxStyles)
			}
		case t.in("fonts", "font", "strike"):
			if v := attribute(e, "val"); len(s.struck) > 0 {
				s.struck[len(s.struck)-1] = v == "" || truth(v)
			}
		case t.in("cellXfs", "xf"):
			format, _ := strconv.Atoi(attribute(e, "numFmtId"))
			font, _ := strconv.Atoi(attribute(e, "fontId"))
			if s.cells = append(s.cells, cellStyle{format, font}); len(s.cells) > maxStyles {
				return tooMuch("单元格格式", maxStyles)
			}
		}
		return nil
	})
	w.styles = s.resolve()
	return err
}

// readShared reads the texts that cells share.
func (w *workbook) readShared(part string) error {
	var text strings.Builder
	bytes := 0
	return w.every(part, func(t *tokens, tok xml.Token) error {
		switch tok := tok.(type) {
		case xml.CharData:
			if t.in("si", "t") || t.in("si", "r", "t") { // not rPh, how it is pronounced
				return gather(&text, tok)
			}
		case xml.EndElement:
			if tok.Name.Local != "si" || !t.in("sst") {
				return nil
			}
			w.shared = append(w.shared, unescaped(text.String()))
			if bytes += text.Len(); bytes > maxText {
				return tooMuch("全部文字的字节", maxText)
			}
			if len(w.shared) > maxCells {
				return tooMuch("不同的文字", maxCells)
			}
			text.Reset()
		}
		return nil
	})
}

// sheetReader reads one sheet.
type sheetReader struct {
	*workbook
	row       int
	rowHidden bool
	column    int
	cell      xmlCell
	text      strings.Builder
}

// xmlCell is a cell as it is written.
type xmlCell struct {
	kind           string
	style          string
	row, column    int
	formula, value bool
}

func (w *workbook) readSheet(part string) error {
	r := &sheetReader{workbook: w}
	return w.every(part, func(t *tokens, tok xml.Token) error {
		switch tok := tok.(type) {
		case xml.StartElement:
			return r.start(t, tok)
		case xml.CharData:
			if t.in("c", "v") || t.in("c", "is", "t") || t.in("is", "r", "t") {
				return gather(&r.text, tok)
			}
		case xml.EndElement:
			if tok.Name.Local == "c" && t.in("sheetData", "row") {
				return r.finish()
			}
		}
		return nil
	})
}

// start begins an element of a sheet. What its name means depends on where it is: anchors of drawings have rows and columns,
// too.
func (r *sheetReader) start(t *tokens, e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		if t.in("sheetData", "row") {
			return r.beginRow(e)
		}
	case "c":
		if t.in("sheetData", "row", "c") {
			return r.beginCell(e)
		}
	case "f":
		r.cell.formula = r.cell.formula || t.in("row", "c", "f")
	case "v":
		r.cell.value = r.cell.value || t.in("row", "c", "v")
	case "is":
		r.cell.value = r.cell.value || t.in("row", "c", "is")
	case "col":
		if t.in("worksheet", "cols", "col") && (truth(attribute(e, "hidden")) || zero(attribute(e, "width"))) {
			from, err := strconv.Atoi(attribute(e, "min"))
			to, err2 := strconv.Atoi(attribute(e, "max"))
			r.hide(from, to)
			return errors.Join(err, err2)
		}
	case "mergeCell":
		if t.in("mergeCells", "mergeCell") {
			m, err := rangeOf(attribute(e, "ref"))
			if err != nil {
				return err
			}
			return r.merge(m)
		}
	}
	return nil
}

// zero reports whether a measure is stated and nothing.
func zero(s string) bool { return s != "" && strings.Trim(s, "0.") == "" }

// beginRow begins a row; one without a number is the next.
func (r *sheetReader) beginRow(e xml.StartElement) error {
	r.row++
	if s := attribute(e, "r"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return errPlace
		}
		r.row = n
	}
	r.rowHidden = truth(attribute(e, "hidden")) || zero(attribute(e, "ht"))
	r.column = 0
	return nil
}

// beginCell begins a cell; one without a place is the next.
func (r *sheetReader) beginCell(e xml.StartElement) error {
	r.cell = xmlCell{row: r.row}
	r.column++
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			row, column, ok := Place(a.Value)
			if !ok {
				return errPlace
			}
			r.cell.row, r.column = row, column
		case "t":
			r.cell.kind = a.Value
		case "s":
			r.cell.style = a.Value
		}
	}
	r.cell.column = r.column
	r.text.Reset()
	return nil
}

// finish makes the cell of what was read of it.
func (r *sheetReader) finish() error {
	x := r.cell
	st, err := r.styleOf(&x)
	if err != nil {
		return err
	}
	c, err := r.made(x, st, r.text.String())
	if err != nil {
		return err
	}
	c.Column, c.Formula, c.Struck = x.column, x.formula, st.struck
	c.Unstored = x.formula && c.Kind == Empty
	return r.put(x.row, r.rowHidden, c)
}

// styleOf is the style of a cell.
func (r *sheetReader) styleOf(x *xmlCell) (st style, err error) {
	if x.style == "" && len(r.styles) == 0 {
		return st, nil
	}
	n, err := strconv.Atoi("0" + x.style)
	if err == nil && n < len(r.styles) {
		st = r.styles[n]
	}
	return st, err
}

func (r *sheetReader) made(x xmlCell, st style, raw string) (Cell, error) {
	c := Cell{Format: st.code}
	if !x.value {
		return c, nil
	}
	switch x.kind {
	case "s":
		if raw == "" {
			return c, nil
		}
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || n < 0 || n >= len(r.shared) {
			return c, errShared
		}
		c.Kind, c.Text = Text, r.shared[n]
	case "inlineStr", "str":
		c.Kind, c.Text = Text, unescaped(raw)
	case "b":
		c.Kind, c.Text, c.Raw = Bool, truthText(truth(strings.TrimSpace(raw))), raw
	case "e":
		c.Kind, c.Text = Error, strings.TrimSpace(raw)
	case "d":
		c.Kind, c.Text, c.Raw = Text, raw, raw
		if day, ok := isoDay(strings.TrimSpace(raw)); ok {
			c.Kind, c.Text = Date, day
		}
	default:
		if raw = strings.TrimSpace(raw); raw == "" {
			return c, nil
		}
		if n, ok := st.number(raw, r.from1904); ok {
			return n, nil
		}
		c.Kind, c.Text = Text, raw // said to be a number and none
	}
	return c, nil
}

// rangeOf reads a range: A1:B2.
func rangeOf(ref string) (Merge, error) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		to = from
	}
	top, left, ok := Place(from)
	bottom, right, ok2 := Place(to)
	if !ok || !ok2 {
		return Merge{}, errPlace
	}
	return Merge{min(top, bottom), min(left, right), max(top, bottom), max(left, right)}, nil
}
