package table

import (
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// Draw puts a part on a page, x and y being its upper left corner. elems are those that Structure made.
func (t *Table) Draw(p *Part, pg *page.Page, x, y unit.Length, elems *Elems) {
	line, ids := &t.line, elems.above
	if !p.first {
		line, ids = &t.more, [2]page.ElemID{page.ArtifactHeader, page.ArtifactHeader}
	}
	line.draw(t, p.first, pg, x, y, ids)
	y += line.height + t.frame/2
	for i := range p.boxes {
		b := &p.boxes[i]
		id := elems.cells[b.cell]
		if b.repeat {
			id = page.ArtifactHeader
		}
		first := len(pg.Texts)
		t.drawBox(b, pg, x, y, id)
		if t.sheet.Marking && (!b.repeat || t.sheet.Places) {
			t.mark(b, pg, first)
		}
		if t.sheet.Places {
			t.place(b, pg, x, y)
		}
	}
	t.drawRules(p, pg, x, y)
}

// mark notes what the texts of a box are that was just drawn.
func (t *Table) mark(b *box, pg *page.Page, first int) {
	c := &t.cells[b.cell]
	t.sheet.MarkCell(pg, c.lines, b.from, b.to, first, c.Text, t.number(c))
}

// number is what marks call the number in a cell, 0 for a cell whose texts say it themselves.
func (t *Table) number(c *cell) int32 {
	if t.doc.Of == 0 || !c.Number || c.head {
		return 0
	}
	return t.doc.Of + int32((c.row-t.head)*t.cols+c.col)
}

// place notes where a box is that was just drawn.
func (t *Table) place(b *box, pg *page.Page, x, y unit.Length) {
	c := &t.cells[b.cell]
	of := t.number(c)
	if of == 0 && len(c.Text) > 0 && !slices.ContainsFunc(c.Text, func(x doc.Text) bool { return x.String != "" }) {
		if marks := doc.MarksOf(t.sheet.Marks, c.Text[0].Marks); len(marks) > 0 {
			of = marks[0].Of
		}
	}
	left, right := t.x[c.col], t.x[c.col+c.cols]
	pg.Cells = append(pg.Cells, page.Cell{Of: of, Place: page.Rule{X: x + left, Y: y + b.top, W: right - left, H: b.bottom - b.top}})
}

// drawBox draws a cell's lines. They stand in the middle of the box; a text that goes on from or to another part
// stands at the top.
func (t *Table) drawBox(b *box, pg *page.Page, x, y unit.Length, id page.ElemID) {
	c := &t.cells[b.cell]
	n := unit.Length(b.to - b.from)
	if n == 0 {
		return
	}
	pitch := c.pitch()
	if c.Vertical { // as loose as the box allows, up to a quarter of the size between two characters
		pitch = max(pitch, min(c.style.Size*5/4, (b.bottom-b.top-2*t.padY)/n))
	}
	top := b.top + t.padY
	if whole := b.from == 0 && b.to == len(c.lines); whole && !c.Top {
		top = b.top + (b.bottom-b.top-n*pitch)/2
	}
	base := c.style.BaselineIn(pitch)
	for i := b.from; i < b.to; i++ {
		l := &c.lines[i]
		style.Draw(pg, l, x+t.lineX(c, l), y+top+unit.Length(i-b.from)*pitch+base, id)
	}
}

// lineX is where the measure of a cell's line starts. Lines as long as their text are aligned only here.
func (t *Table) lineX(c *cell, l *par.Line) unit.Length {
	left := t.x[c.col] + t.padX
	right := t.x[c.col+c.cols] - t.padX
	indent := c.style.Em(1000 * c.Indent)
	switch {
	case !c.natural:
		return left + indent
	case c.Vertical:
		return left + (right-left-l.Width)/2
	case c.decimal():
		return max(left, right-t.after[c.col]-c.point)
	case c.block > 0 && c.block <= right-left-indent:
		return left + indent + (right-left-indent-c.block)/2 + c.lead
	case c.align == doc.AlignCenter:
		return left + indent + (right-left-indent-l.Width)/2
	case c.align == doc.AlignRight || c.align == doc.AlignDecimal:
		return right - l.Width
	}
	return left + indent
}
