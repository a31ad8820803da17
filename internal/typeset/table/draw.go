package table

import (
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
		if t.sheet.Marking && !b.repeat {
			t.mark(b, pg, first)
		}
	}
	t.drawRules(p, pg, x, y)
}

// mark notes what the texts of a box are that was just drawn.
func (t *Table) mark(b *box, pg *page.Page, first int) {
	c := &t.cells[b.cell]
	whole := int32(0)
	if t.doc.Of > 0 && c.Number && !c.head {
		whole = t.doc.Of + int32((c.row-t.head)*t.cols+c.col)
	}
	t.sheet.MarkCell(pg, c.lines, b.from, b.to, first, c.Text, whole)
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
