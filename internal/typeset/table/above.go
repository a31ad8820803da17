package table

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// The texts of the line above the grid.
const (
	Left = iota
	Right
	continued
)

// above is what stands above the grid of a part, such as 编制部门 and 单位：万元.
type above struct {
	items  []aboveItem
	height unit.Length
}

type aboveItem struct {
	lines []par.Line
	row   int // lines above it
	what  int // Left, Right or continued
}

// setAbove sets the line above the first part, and that above further parts, which adds 续表: at the left when
// nothing stands there, otherwise in the middle, and on a line of its own where the three are too long for one.
func (t *Table) setAbove() {
	s := t.NoteStyle()
	t.line = t.aboveLine(s, "")
	t.more = t.line
	if t.doc.Continued != "" {
		t.more = t.aboveLine(s, t.doc.Continued)
	}
}

func (t *Table) aboveLine(s *style.Text, more string) above {
	var a above
	texts := [...]*doc.Text{Left: t.doc.Left, Right: t.doc.Right, continued: nil}
	var natural [3]unit.Length
	if more != "" {
		texts[continued] = &doc.Text{String: more}
	}
	for what, x := range texts {
		if x != nil {
			for _, l := range t.aboveText(s, *x, endless, par.Left) {
				natural[what] = max(natural[what], l.Width)
			}
		}
	}
	gap := 2 * s.Size
	first := 0
	sides := max(natural[Left], natural[Right])
	switch {
	case more == "":
	case natural[Left] == 0 && natural[continued]+gap+natural[Right] <= t.room.Width:
		a.add(t.aboveText(s, *texts[continued], t.room.Width, par.Left), 0, continued)
	case natural[continued]+2*(gap+sides) <= t.room.Width:
		a.add(t.aboveText(s, *texts[continued], t.room.Width, par.Center), 0, continued)
	default:
		lines := t.aboveText(s, *texts[continued], t.room.Width, par.Center)
		a.add(lines, 0, continued)
		first = len(lines)
	}
	if x := texts[Left]; x != nil {
		room := t.room.Width
		if natural[Right] > 0 && natural[Right]+gap < t.room.Width/2 {
			room -= natural[Right] + gap
		}
		lines := t.aboveText(s, *x, room, par.Left)
		a.add(lines, first, Left)
		if natural[Left]+gap+natural[Right] > t.room.Width && room == t.room.Width {
			first += len(lines)
		}
	}
	if x := texts[Right]; x != nil {
		a.add(t.aboveText(s, *x, t.room.Width, par.Right), first, Right)
	}
	for i := range a.items {
		it := &a.items[i]
		a.height = max(a.height, unit.Length(it.row+len(it.lines))*s.Leading)
	}
	if a.height > 0 {
		a.height += s.After
	}
	return a
}

func (a *above) add(lines []par.Line, row, what int) {
	if len(lines) > 0 {
		a.items = append(a.items, aboveItem{lines, row, what})
	}
}

func (t *Table) aboveText(s *style.Text, x doc.Text, measure unit.Length, align par.Align) []par.Line {
	p := s.Paragraph(measure, s.Span(x.String))
	p.Align, p.FirstIndent, p.Balance = align, 0, false
	res := t.sheet.Setter.Set(p)
	if measure == endless { // once per text: the other settings have the same characters
		t.sheet.Report(s, name(t.doc), res, x)
	}
	return res.Lines
}

// draw puts the line on a page. elem names the element of Left and of Right.
func (a *above) draw(s *style.Text, pg *page.Page, x, y unit.Length, elem [2]page.ElemID) {
	for _, it := range a.items {
		id := page.ArtifactHeader
		if it.what != continued {
			id = elem[it.what]
		}
		for i := range it.lines {
			style.Draw(pg, &it.lines[i], x, y+unit.Length(it.row+i)*s.Leading+s.Baseline(), id)
		}
	}
}
