package table

import "yusuan/internal/typeset/unit"

// Most is how much of the white between the rows of a table may be taken, or be given more, in thousandths, where that saves a
// page, or fills one.
const Most = 150

// Squeeze sets the rows of a table that is not begun so many thousandths of the white between the characters of two rows
// closer than its style says, 0 as it says, or wider below 0. Leading within cells is not touched.
func (t *Table) Squeeze(part int) {
	if part == t.squeezed {
		return
	}
	t.squeezed = part
	rule := max(t.rule, t.frame) / 2
	pad := t.scale(unit.Length(t.doc.CellPad.Y)) + rule
	least := t.scale(unit.Length(t.doc.MinRow))
	size := t.setter.body.Size
	white := t.setter.body.Leading - size + 2*pad
	t.padY = max(rule, pad-white.Milli(int64(part))/2) // characters of vertical labels have no more
	t.minRow = least - max(0, least-size).Milli(int64(part))
	t.setLeast()
}

// Ahead is how a table that is not begun would go on pages.
type Ahead struct {
	Parts int
	Rows  int         // on the last part, heads that are drawn again not counted; a row that is begun or goes on there is one
	Here  bool        // it begins in the room that it was offered first
	Last  unit.Length // height of the last part
	Told  bool        // something does not fit
}

// Try looks ahead: it fills the room that is offered first and then whole pages, and leaves the table as it was. p gives its
// memory.
func (t *Table) Try(p *Part, room unit.Length, empty bool, tail unit.Length) Ahead {
	told := t.sheet.Diags // nothing of what is only tried is told
	a := Ahead{Here: true}
	p.ahead = true
	for !t.Done() {
		from := t.next
		if t.Fill(p, room, empty, tail) {
			a.Parts++
			a.Rows, a.Last = t.next-from, p.Height
		} else {
			a.Here = false
		}
		room, empty = t.room.Height, true
	}
	a.Told = t.sheet.Diags.Len() > told.Len()
	p.ahead = false
	t.Restart()
	t.sheet.Diags = told
	return a
}

// Restart takes back all parts that were filled. What was drawn of them is not to stay.
func (t *Table) Restart() {
	t.next, t.begun, t.parts = 0, false, 0
	if t.repeat > 0 {
		t.next = t.head
	}
	for i := range t.cells {
		t.cells[i].done, t.cells[i].shown = 0, false
	}
}
