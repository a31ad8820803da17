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
	shift unit.Length // of a single line, to the place it is aligned to
	row   int         // lines above it
	what  int         // Left, Right or continued
}

// setAbove sets the line above the first part, and that above further parts, which adds 续表: in the middle, as the title it
// stands for, and on a line of its own where the three are too long for one.
func (t *Table) setAbove() {
	m := aboveMaker{t: t, style: t.NoteStyle()}
	m.set(Left, t.doc.Left)
	m.set(Right, t.doc.Right)
	t.line = m.line()
	t.more = t.line
	if again := t.doc.LeftAgain; again != nil {
		if m.set(Left, again); again.String == "" {
			m.set(Left, nil)
		}
		t.more = m.line()
	}
	if t.doc.Continued != "" {
		m.set(continued, &doc.Text{String: t.doc.Continued})
		t.more = m.line()
	}
}

// aboveMaker makes the lines above the grid of their texts.
type aboveMaker struct {
	t     *Table
	style *style.Text
	texts [3]*doc.Text
	lines [3][]par.Line // of the texts, however long
	width [3]unit.Length
	above
}

// set sets a text however long, if there is one.
func (m *aboveMaker) set(what int, x *doc.Text) {
	m.lines[what], m.width[what] = nil, 0
	if m.texts[what] = x; x == nil {
		return
	}
	res := m.wrap(x, endless, par.Left)
	if !res.Sound() {
		m.t.sheet.Report(m.style, name(m.t.doc), res, *x)
	}
	m.lines[what] = res.Lines
	for i := range res.Lines {
		m.width[what] = max(m.width[what], res.Lines[i].Width)
	}
}

func (m *aboveMaker) wrap(x *doc.Text, measure unit.Length, align par.Align) par.Result {
	p := m.t.setter.asked(m.style, x.String, measure)
	p.Align, p.FirstIndent, p.Balance = align, 0, measure != endless // a name of several lines as a title
	return m.t.sheet.Setter.Set(p)
}

// line makes the line of the texts that are set.
func (m *aboveMaker) line() above {
	m.above = above{}
	gap, room := 2*m.style.Size, m.t.room.Width
	first := 0
	if m.texts[continued] != nil {
		sides := max(m.width[Left], m.width[Right])
		if n := m.add(continued, room, par.Center, 0); m.width[continued]+2*(gap+sides) > room && sides > 0 {
			first = n
		}
	}
	if m.texts[Left] != nil {
		left := room
		// What fits on one line is not broken after “部门：” to stand beside 单位：万元, which goes below.
		whole := m.width[Left] <= room && m.width[Left]+gap+m.width[Right] > room
		if m.width[Right] > 0 && m.width[Right]+gap < room/2 && !whole {
			left -= m.width[Right] + gap
		}
		n := m.add(Left, left, par.Left, first)
		if m.width[Left]+gap+m.width[Right] > room && left == room {
			first += n
		}
	}
	if m.texts[Right] != nil {
		m.add(Right, room, par.Right, first)
	}
	for i := range m.items {
		it := &m.items[i]
		m.height = max(m.height, unit.Length(it.row+len(it.lines))*m.style.Leading)
	}
	if m.height > 0 {
		m.height += m.style.After
	}
	return m.above
}

// add puts a text on lines of the measure, so many lines below the first, and returns how many they are.
func (m *aboveMaker) add(what int, measure unit.Length, align par.Align, row int) int {
	it := aboveItem{lines: m.lines[what], row: row, what: what}
	switch room := measure - m.width[what]; {
	case len(it.lines) == 0:
		return 0
	case len(it.lines) > 1 || room < 0:
		it.lines = m.wrap(m.texts[what], measure, align).Lines
	case align == par.Center:
		it.shift = room / 2
	case align == par.Right:
		it.shift = room
	}
	m.items = append(m.items, it)
	return len(it.lines)
}

// draw puts the line on a page. elem names the element of Left and of Right.
func (a *above) draw(t *Table, first bool, pg *page.Page, x, y unit.Length, elem [2]page.ElemID) {
	s := t.NoteStyle()
	for _, it := range a.items {
		id := page.ArtifactHeader
		if it.what != continued {
			id = elem[it.what]
		}
		for i := range it.lines {
			style.Draw(pg, &it.lines[i], x+it.shift, y+unit.Length(it.row+i)*s.Leading+s.Baseline(), id)
			if (first || t.sheet.Places) && it.what != continued {
				t.sheet.Mark(pg, &it.lines[i], style.SourceOf(t.aboveText(it.what, first)))
			}
		}
	}
}

// aboveText is the text of the tree that stands at the left or right above the first part, or above further ones.
func (t *Table) aboveText(what int, first bool) *doc.Text {
	switch {
	case what == Right:
		return t.doc.Right
	case !first && t.doc.LeftAgain != nil:
		return t.doc.LeftAgain
	}
	return t.doc.Left
}
