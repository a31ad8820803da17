package table

import (
	"fmt"

	"yusuan/internal/diag"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// reportNarrow tells the author that no page is wide enough.
func (t *Table) reportNarrow(now, over unit.Length, widths []unit.Length) {
	hint := "减少列数，或者缩短这一列里不能断开的数字"
	if t.room.Width < t.room.Height {
		hint = "改用横向版面，减少列数，或者缩短这一列里不能断开的数字"
	}
	t.sheet.Diags.Add(diag.Diagnostic{
		Rule: style.RuleNarrow, Level: diag.Error, At: t.doc.Caption.Origin,
		Message: fmt.Sprintf("%s太宽：用 %s 磅的字仍超出版心 %s 磅，最宽的是%s", name(t.doc), now, over, t.widest(widths)),
		Hint:    hint,
	})
}

// reportWide tells the author that the table goes on a wider page.
func (t *Table) reportWide(now, over unit.Length, widths []unit.Length) {
	t.sheet.Diags.Add(diag.Diagnostic{
		Rule: style.RuleWide, Level: diag.Note, At: t.doc.Caption.Origin,
		Message: fmt.Sprintf("%s太宽：用 %s 磅的字仍超出版心 %s 磅，最宽的是%s，已改用横页", name(t.doc), now, over, t.widest(widths)),
		Hint:    "要留在竖页，减少列数或者缩短这一列里不能断开的数字",
	})
}

// reportReduced tells the author that the table was made smaller.
func (t *Table) reportReduced(now, size unit.Length) {
	t.sheet.Diags.Add(diag.Diagnostic{
		Rule: style.RuleReduced, Level: diag.Note, At: t.doc.Caption.Origin,
		Message: fmt.Sprintf("%s较宽，字号由 %s 磅减为 %s 磅", name(t.doc), size, now),
	})
}

// widest names the widest column.
func (t *Table) widest(widths []unit.Length) string {
	col := 0
	for i := range widths {
		if widths[i] > widths[col] {
			col = i
		}
	}
	return fmt.Sprintf("第 %d 列%s", col+1, t.headOf(col))
}

// headOf is the text of the lowest head over a column, in quotes.
func (t *Table) headOf(col int) string {
	if t.head == 0 {
		return ""
	}
	s := ""
	for _, x := range t.cells[t.at(t.head-1, col)].Text {
		s += x.String
	}
	return "“" + s + "”"
}

// reportFigures tells of figures that stick out of columns whose width is fixed, the worst of each column.
func (t *Table) reportFigures() {
	if t.narrow {
		return // all columns are too narrow, and it is said
	}
	worst := make([]*cell, t.cols)
	over := func(c *cell) unit.Length { return c.lines[0].Width + c.style.Em(1000*c.Indent) - t.inner(c) }
	for i := range t.cells {
		c := &t.cells[i]
		if !c.natural || c.Vertical || len(c.lines) != 1 || over(c) <= 0 {
			continue
		}
		if w := worst[c.col]; w == nil || over(c) > over(w) {
			worst[c.col] = c
		}
	}
	for _, c := range worst {
		if c == nil {
			continue
		}
		text, line := c.Text[0], c.lines[0]
		if text.Origin.IsZero() {
			text.Origin = t.doc.Caption.Origin
		}
		line.Overfull = over(c)
		t.sheet.Report(c.style, where(t.doc, c), par.Result{Lines: []par.Line{line}}, text)
	}
}
