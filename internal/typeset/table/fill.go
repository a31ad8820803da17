package table

import (
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// Part is as much of a table as stands on one page. Its memory serves part after part, so it is drawn before the next is
// filled.
type Part struct {
	Height unit.Length   // with the line above and the frame: layout goes on below it
	first  bool          // the line above is the table's own, and no ornament
	rows   []slice       // heads drawn again among them: rules are drawn between these
	boxes  []box         // in the order in which they are drawn and read
	tops   []unit.Length // the filler's y, kept here for its memory alone
	ahead  bool          // it is only tried, and not drawn
}

// slice is a row, or as much of it as stands on the part. Places are of the middles of its rules, from the top of
// the grid.
type slice struct {
	row         int
	top, bottom unit.Length
}

// box is a cell on a part, with the lines of its text that stand there.
type box struct {
	cell        int32
	top, bottom unit.Length
	from, to    int
	repeat      bool // drawn on an earlier part: an ornament here
}

// filler is the state of filling one part. Nothing of the table but the tops and takes of its cells is changed before
// finish, so that a part that is given up leaves it as it was.
type filler struct {
	*Table
	room  unit.Length   // for the rows, down to the middle of the last rule: heights of rows are from middle to middle
	start int           // first row of the body on this part
	end   int           // the row after the last whole one; backOff takes it back
	y     []unit.Length // tops of the rows from start on, and the bottom of the last: a row taken back needs no measuring
	cut   bool          // row end is begun on this part, and the next goes on with it
}

// Done reports whether all rows are drawn.
func (t *Table) Done() bool { return t.next >= t.rows && t.parts > 0 }

// Fill puts as many rows as fit the room on a part, or reports that none does. On an empty page it always makes
// progress: what fits no page is cut between lines, or sticks out at the foot, and is reported. tail is room that
// must be left below the last row.
func (t *Table) Fill(p *Part, room unit.Length, empty bool, tail unit.Length) bool {
	f := filler{Table: t, start: t.next, end: t.next}
	up := t.above().height + t.frame/2
	f.room = room - up - (t.frame - t.frame/2)
	*p = Part{first: t.parts == 0, rows: p.rows[:0], boxes: p.boxes[:0], tops: p.tops, ahead: p.ahead}
	f.y = p.tops[:0]
	y := f.innerHeads(p, f.headRows(p))
	f.reach(y, tail)
	if f.end < t.rows && !f.cutRow(false) {
		f.backOff()
		few := f.end == f.start || t.parts == 0 && f.end == f.start+1 && t.rows-f.start > 2
		switch {
		case few && !empty:
			return false
		case f.end == f.start:
			f.cutRow(true)
		}
	}
	f.finish(p)
	p.tops = f.y
	p.Height = up + p.bottom() + t.frame - t.frame/2
	t.parts++
	return true
}

// above is the line above the grid of the part that comes next.
func (t *Table) above() *above {
	if t.parts == 0 {
		return &t.line
	}
	return &t.more
}

// bottom is the middle of the lowest rule.
func (p *Part) bottom() unit.Length {
	if len(p.rows) == 0 {
		return 0
	}
	return p.rows[len(p.rows)-1].bottom
}

// headRows lays out the rows that every part repeats, and returns where they end.
func (f *filler) headRows(p *Part) unit.Length {
	var y unit.Length
	for r := range f.repeat {
		f.enter(r, y)
		h := f.rowHeight(r, r+1, y)
		p.rows = append(p.rows, slice{r, y, y + h})
		y += h
	}
	return y
}

// innerHeads lays out again the rows that are heads of the row the part begins with, unless they leave it too little room,
// and lets the cells that come down from an earlier part start. It returns where the rows of the part start.
func (f *filler) innerHeads(p *Part, y unit.Length) unit.Length {
	if f.next >= f.rows {
		return y
	}
	above, n, top := f.repeat-1, len(p.rows), y
	heads := append(f.headsOf(f.next), f.next)
	for i, r := range heads[:len(heads)-1] {
		f.carry(r, above, y)
		h := f.rowHeight(r, heads[i+1], y)
		p.rows = append(p.rows, slice{r, y, y + h})
		above, y = r, y+h
	}
	if y-top > f.room/3 || y > top && y+f.piece(f.next) > f.room {
		p.rows, above, y = p.rows[:n], f.repeat-1, top
	}
	f.carry(f.next, above, y)
	return y
}

// headsOf lists the rows of the body that are heads of a row.
func (t *Table) headsOf(r int) []int {
	var out []int
	for _, h := range t.heads {
		if h >= r {
			break
		}
		if r <= h+t.row(h).HeadOf {
			out = append(out, h)
		}
	}
	return out
}

// carry lets the cells of a row start at y that do not come down from the row drawn above it.
func (t *Table) carry(r, above int, y unit.Length) {
	t.eachIn(r, func(c *cell) {
		if c.row > above {
			c.top = y
		}
	})
}

// enter lets the cells of a row start at y.
func (t *Table) enter(r int, y unit.Length) {
	t.eachIn(r, func(c *cell) {
		if c.row == r {
			c.top = y
		}
	})
}

// left is the number of lines a cell still has to draw.
func (c *cell) left() int {
	if c.label {
		return len(c.lines)
	}
	return len(c.lines) - c.done
}

// rowHeight is what a row that starts at y needs: the cells that do not go on in the row drawn below it.
func (t *Table) rowHeight(r, below int, y unit.Length) unit.Length {
	h := t.least[r]
	if t.begun && r == t.next {
		h = 0
	}
	t.eachIn(r, func(c *cell) {
		if c.last() < below {
			h = max(h, c.top+t.height(c, c.left())-y)
		}
	})
	return h
}

// floor is how far down the part must reach when it ends after row r, so that labels that go on below are whole.
func (t *Table) floor(r int) unit.Length {
	var y unit.Length
	if r+1 < t.rows {
		t.eachIn(r, func(c *cell) {
			if c.last() > r && c.label {
				y = max(y, c.top+t.height(c, len(c.lines)))
			}
		})
	}
	return y
}

// reach finds how many whole rows fit. Each further row can only take more room, so the first that does not fit
// ends the search.
func (f *filler) reach(y, tail unit.Length) {
	for r := f.start; r < f.rows; r++ {
		f.enter(r, y)
		f.y = append(f.y, y)
		y += f.rowHeight(r, r+1, y)
		room := f.room
		if r == f.rows-1 {
			room -= tail
		}
		if max(y, f.floor(r)) > room {
			return
		}
		f.end = r + 1
	}
	f.y = append(f.y, y)
}

// cutRow begins the row that did not fit if it may break between lines and each cell can leave two lines on both
// sides. By force, on an empty page, it takes what it can.
func (f *filler) cutRow(force bool) bool {
	r := f.end
	top := f.y[r-f.start]
	h := f.rowHeight(r, r+1, top)
	begun := f.begun && r == f.start
	if !force && !begun && !f.splittable(r) && !(f.row(r).Splittable && h > f.capacity()) {
		return false
	}
	bottom, cut, ok := f.takeLines(r, force)
	// A cell over several rows whose lines all stay above the row begins nothing of it.
	if !force && (!ok || !cut || bottom > f.room || bottom <= top) {
		return false
	}
	if force && !begun && (cut && !f.row(r).Splittable || !cut && max(bottom, top+h) > f.room) {
		f.sheet.Diags.Warnf(style.RuleTall, origin(f.doc, f.row(r)), "%s有一行比整页还高，%s", name(f.doc), outcome(cut))
	}
	if !cut { // nothing in it can be cut: the whole row stands on the page and sticks out
		f.end++
		f.y = append(f.y[:r+1-f.start], max(bottom, top+h))
		return true
	}
	f.cut = true
	f.y = append(f.y[:r+1-f.start], bottom)
	return true
}

// takeLines finds how many lines each cell that ends with row r can leave on the part, and how far down they reach: cut says
// that some cell cannot leave all, ok that each can leave some.
func (f *filler) takeLines(r int, force bool) (bottom unit.Length, cut, ok bool) {
	ok = true
	f.eachIn(r, func(c *cell) {
		c.take = c.left()
		if c.last() > r && !c.label { // it ends further down
			return
		}
		if fit := f.fits(c, f.room-c.top); !c.label && fit < c.take {
			c.take, cut = c.share(fit), true
			if force && c.take == 0 {
				c.take = c.most(fit)
			}
			ok = ok && c.take > 0
		}
		bottom = max(bottom, c.top+f.height(c, c.take))
	})
	return bottom, cut, ok
}

// fits is how many lines of a cell a height takes, padding included; less than none where it does not take the padding.
func (t *Table) fits(c *cell, height unit.Length) int { return int((height - 2*t.padY) / c.pitch()) }

func outcome(cut bool) string {
	if cut {
		return "已在行内断开"
	}
	return "超出了版心"
}

// capacity is the height of the rows that an empty page takes below the head.
func (f *filler) capacity() unit.Length {
	return f.Table.room.Height - f.more.height - f.frame - f.y[0]
}

// fewRows is what a last part has at least where the part before it can do without: a head with a row or two looks
// lost.
const fewRows = 3

// backOff gives rows to the next part: titles of groups that stand last, one of a group that would have but one, and as many as keep the last part from
// looking lost while twice as many stay here, or else one. Nothing is given when that would leave no row here.
func (f *filler) backOff() {
	end := f.end
	switch left := f.rows - end; {
	case left < fewRows && end-f.start >= 3*fewRows-left:
		end = f.rows - fewRows
	case left == 1 && end-f.start >= 3:
		end--
	}
	for end > f.start && (f.keepsNext(end-1) || f.hangs(end) || f.leavesOne(end)) {
		end--
	}
	if end > f.start {
		f.end = end
	}
}

// keepsNext reports whether a row stays with the next.
func (t *Table) keepsNext(r int) bool { return t.row(r).KeepNext || t.row(r).HeadOf > 0 }

// hangs reports whether a row has no cell of its own: a part that begins with it would say nothing new.
func (t *Table) hangs(r int) bool {
	own := false
	t.eachIn(r, func(c *cell) { own = own || c.row == r })
	return !own
}

// leavesOne reports whether a part that ends before a row leaves one row of a labelled group alone: its first here, or its
// last, 合计, on the next part although more than two stand here.
func (f *filler) leavesOne(end int) bool {
	one := false
	f.eachIn(end-1, func(c *cell) {
		if c.label && c.last() >= end {
			one = one || c.row == end-1 && c.row > f.start || c.last() == end && end-max(c.row, f.start) > 2
		}
	})
	return one
}

// usualBoxes is the number of cells on a page of a table.
const usualBoxes = 300

// finish turns the rows found into slices and boxes, and moves the table on.
func (f *filler) finish(p *Part) {
	last := f.end - 1
	if f.cut {
		last = f.end
	}
	for r := f.start; r <= last; r++ {
		s := slice{r, f.y[r-f.start], f.y[r+1-f.start]}
		if r == last {
			s.bottom = max(s.bottom, f.floor(r))
		}
		p.rows = append(p.rows, s)
	}
	if p.boxes == nil {
		p.boxes = make([]box, 0, usualBoxes)
	}
	if !p.ahead || f.end < f.rows { // where cells go on is told by their boxes
		f.boxes(p, f.cut)
	}
	f.next, f.begun = f.end, f.cut
}

// boxes draws the cells of the part; cut says that its last row is not the end of that row. Rows of the part need not
// follow each other in the table: a cell begins with the first of them that it covers.
func (f *filler) boxes(p *Part, cut bool) {
	above := -1
	for i := range p.rows {
		r := p.rows[i].row
		for col := 0; col < f.cols; {
			id := f.at(r, col)
			c := &f.cells[id]
			col = c.col + c.cols
			if c.row > above {
				p.boxes = append(p.boxes, f.box(id, p.rows[i:], cut))
			}
		}
		above = r
	}
}

// box draws a cell that begins with the first of rows, the last of which is the last of the part: it reaches as far as they
// reach down within it.
func (f *filler) box(id int32, rows []slice, cut bool) box {
	c, end := &f.cells[id], 0
	for end+1 < len(rows) && rows[end+1].row <= c.last() {
		end++
	}
	b := box{cell: id, top: rows[0].top, bottom: rows[end].bottom, to: len(c.lines), repeat: c.shown && c.label}
	c.shown = true
	if c.label {
		return b
	}
	b.from = c.done
	switch last := rows[len(rows)-1].row; {
	case c.last() > last:
		b.to = b.from + c.onward(f.fits(c, b.bottom-b.top))
	case c.last() == last && cut:
		b.to = b.from + c.take
	}
	c.done = b.to
	return b
}

// Need is the least room in which Fill draws something worth the place: the head and two rows, or one that may be
// cut, with the titles that stay with them.
func (t *Table) Need(tail unit.Length) unit.Length {
	h := t.above().height + t.frame + t.headHeight()
	for r, n := t.next, 0; r < t.rows && n < 2; r++ {
		h += t.piece(r)
		if !t.keepsNext(r) {
			n++
		}
		if t.splittable(r) {
			break
		}
		if r == t.rows-1 {
			h += tail
		}
	}
	return min(h, t.room.Height)
}

// headHeight is the height of the rows that every part repeats.
func (t *Table) headHeight() unit.Length {
	var y unit.Length
	for r := range t.repeat {
		t.enter(r, y)
		y += t.rowHeight(r, r+1, y)
	}
	return y
}
