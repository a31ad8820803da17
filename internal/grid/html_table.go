package grid

import (
	"strings"

	"golang.org/x/net/html"
)

// maxNested bounds tables within tables.
const maxNested = 64

func (p *page) beginTable(tok html.Token) error {
	if err := p.flush(); err != nil {
		return err
	}
	if len(p.tables) >= maxNested {
		return errDeep
	}
	t := &tableReader{outer: gone(tok)}
	if outer := p.table(); outer != nil {
		t.outer = t.outer || outer.outer || outer.hidden
	}
	p.tables = append(p.tables, t)
	return nil
}

func (p *page) endTable() error {
	if err := p.endCell(); err != nil {
		return err
	}
	t := p.table()
	p.tables = p.tables[:len(p.tables)-1]
	for _, s := range t.spans {
		if err := p.merge(s.Merge); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) beginRow(tok html.Token) error {
	t := p.table()
	p.row++
	if p.row > maxRows {
		return tooMuch("一张工作表的行", maxRows)
	}
	t.row, t.count, t.column, t.hidden = p.row, t.count+1, 0, t.outer || gone(tok)
	kept := t.spans[:0]
	for _, s := range t.spans {
		if p.spent++; p.spent > maxSpent {
			return tooMuch("跨行的单元格", maxSpent)
		}
		if s.left--; s.left < 0 {
			if err := p.merge(s.Merge); err != nil {
				return err
			}
			continue
		}
		s.Bottom = t.row
		kept = append(kept, s)
	}
	t.spans = kept
	return nil
}

// free is the next column that no range from above covers.
func (p *page) free() int {
	t := p.table()
	column := t.column + 1
	for column < len(t.taken) && t.taken[column] >= t.count {
		column++
		p.spent++
	}
	return column
}

// take notes that a range of the row covers columns of those below it.
func (t *tableReader) take(m Merge, rows int) {
	for len(t.taken) <= m.Right {
		t.taken = append(t.taken, 0)
	}
	for column := m.Left; column <= m.Right; column++ {
		t.taken[column] = t.count + rows - 1
	}
	t.spans = append(t.spans, htmlSpan{m, rows - 1})
}

func (p *page) beginCell(tok html.Token) error {
	t := p.table()
	if t.row == 0 { // a cell without a row
		if err := p.beginRow(html.Token{}); err != nil {
			return err
		}
	}
	t.span = [2]int{wholeNumber(tok, "rowspan", 65_534), max(wholeNumber(tok, "colspan", 1_000), 1)}
	if t.span[0] == 0 { // to the end of the table
		t.span[0] = 65_534
	}
	c := Cell{Column: p.free(), Kind: Text, Hidden: gone(tok)}
	t.column = c.Column + t.span[1] - 1
	if t.column > maxColumns {
		return tooMuch("一张工作表的列", maxColumns)
	}
	style, _ := attr(tok, "style")
	c.Format = formatOfStyle(style)
	for _, name := range []string{"x:num", "sdval"} { // of Excel, of LibreOffice
		if value, ok := attr(tok, name); ok {
			c.Kind, c.Raw = Number, value
		}
	}
	t.cell = &c
	t.text.Reset()
	return nil
}

// endCell puts the cell that is open, if one is.
func (p *page) endCell() error {
	t := p.table()
	if t.cell == nil {
		return nil
	}
	c := *t.cell
	t.cell = nil
	c.Text = shown(t.text.String())
	if c.Kind == Number { // the attribute says it more exactly than what is shown, or that what is shown is a number
		raw := strings.TrimSpace(c.Raw)
		if raw == "" {
			raw = strings.ReplaceAll(c.Text, ",", "")
		}
		if n, ok := styleOf(c.Format).number(raw, false); ok {
			c.Kind, c.Text, c.Raw = n.Kind, n.Text, raw
		} else {
			c.Kind, c.Raw = Text, ""
		}
	}
	if t.span != [2]int{1, 1} {
		m := Merge{t.row, c.Column, t.row, c.Column + t.span[1] - 1}
		if t.span[0] > 1 {
			t.take(m, t.span[0])
		} else if err := p.merge(m); err != nil {
			return err
		}
	}
	return p.put(t.row, t.hidden, c)
}

// formatOfStyle is the number format that Excel writes into a style: mso-number-format:"\@".
func formatOfStyle(style string) string {
	_, rest, ok := strings.Cut(style, "number-format:")
	if !ok {
		if _, rest, ok = strings.Cut(style, "numberformat:"); !ok {
			return ""
		}
	}
	code, _, _ := strings.Cut(rest, ";")
	code = strings.ReplaceAll(strings.Trim(strings.TrimSpace(code), `"'`), `\`, "")
	if general(code) {
		return ""
	}
	return code
}
