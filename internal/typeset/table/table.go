package table

import (
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// Table is a table measured and set for one width. Fill takes it apart into parts; it remembers how far it came.
type Table struct {
	grid
	doc    *doc.Table
	sheet  *style.Sheet
	memory *Memory
	setter *setter

	start      par.Mark // before the first attempt: what it sets is given up with it, or that of every size tried would stay in memory
	room       Room
	chosen     int           // which of the rooms it was offered: layout turns the page by it
	narrow     bool          // none is wide enough: text is told to stick out once, not cell by cell
	x          []unit.Length // middles of the rules between columns, one more than columns
	before     []unit.Length // by column: room left of the decimal points
	after      []unit.Length // and right of them
	padX, padY unit.Length   // from the middle of a rule to the text
	rule       unit.Length   // thickness of inner rules
	frame      unit.Length   // and of outer ones
	minRow     unit.Length   // at the table's scale
	squeezed   int           // by how much: see Squeeze
	least      []unit.Length // by row: its height without the text of cells of one row

	line   above // the line above the grid, on the first part
	more   above // and on further parts
	repeat int   // head rows drawn on every part; 0 where head and row would not go on one page
	heads  []int // rows of the body that are heads and can be drawn again
	next   int   // the row filling goes on with
	begun  bool  // and whether it was cut: its least height holds no more, and it is not told again
	parts  int   // filled so far: the first alone has the table's own line above
}

// Room is the type area of a page: what a line of it holds and what it holds below each other.
type Room struct{ Width, Height unit.Length }

// Set measures and sets a table for the first of the rooms that it fits at one of its sizes, or else for the last.
// Trouble goes to the sheet.
func Set(d *doc.Table, sheet *style.Sheet, m *Memory, rooms ...Room) *Table {
	t := &Table{doc: d, sheet: sheet, memory: m}
	t.grid = newGrid(d, m, &sheet.Diags)
	t.rule, t.frame = thickness(d.RuleWidth), thickness(d.FrameWidth)
	widths := t.choose(rooms)
	t.x = make([]unit.Length, t.cols+1)
	t.x[0] = t.frame / 2
	for i, w := range widths {
		t.x[i+1] = t.x[i] + w
	}
	alignCentred(&t.grid)
	for i := range t.cells {
		c := &t.cells[i]
		t.setter.set(d, c, t.inner(c))
	}
	t.reportFigures()
	t.setLabels()
	t.setHeads()
	t.setLeast()
	t.setAbove()
	t.setRepeat()
	return t
}

// Chosen is the number of the room that Set chose.
func (t *Table) Chosen() int { return t.chosen }

// inner is the room for a cell's text.
func (t *Table) inner(c *cell) unit.Length {
	return t.x[c.col+c.cols] - t.x[c.col] - 2*t.padX
}

// NoteStyle is the style of the line above the grid and of the notes below: as small as the table, though never below
// the least size of its text.
func (t *Table) NoteStyle() *style.Text {
	s := t.sheet.Text(t.doc.NoteStyle)
	size := min(s.Size, max(t.scale(s.Size), t.leastSize()))
	if size == s.Size {
		return s
	}
	return s.Scaled(size, s.Size)
}

// leastSize is the smallest size that the table may be set in.
func (t *Table) leastSize() unit.Length {
	if t.doc.MinSize > 0 {
		return unit.Length(t.doc.MinSize)
	}
	return style.LeastSize
}

// scale is a distance at the table's scale.
func (t *Table) scale(l unit.Length) unit.Length { return l * t.setter.num / t.setter.den }

// choose finds the room and the column widths: at the set size or a smaller one, in the first room that can hold the
// table (GB/T 9704 knows tables along the long side of a sheet, cl. 8).
func (t *Table) choose(rooms []Room) []unit.Length {
	size := t.sheet.Text(t.doc.Style).Size
	t.start = t.sheet.Setter.Mark()
	for t.chosen = 0; ; t.chosen++ {
		t.room = rooms[t.chosen]
		widths, now, over := t.fit(size)
		last := t.chosen == len(rooms)-1
		switch {
		case over > 0 && last:
			t.narrow = true
			t.reportNarrow(now, over, widths)
		case over > 0:
			t.reportWide(now, over, widths)
			continue
		case now < size:
			t.reportReduced(now, size)
		}
		return widths
	}
}

// fit finds column widths, setting the table smaller by half points until its least width fits the room. It returns the
// size it came to and by how much the table is too wide even so.
func (t *Table) fit(size unit.Length) (widths []unit.Length, now, over unit.Length) {
	least := t.leastSize()
	room := t.room.Width - t.frame
	for now = size; ; {
		widths, need := t.attempt(now, size, room)
		if need <= room || now <= least {
			return widths, now, need - room
		}
		// Widths go with the size, so most steps that cannot be enough are left out.
		now = max(least, min(now-500, (now*room/need+499)/500*500))
	}
}

// attempt measures the table at the scale of now to size.
func (t *Table) attempt(now, size, room unit.Length) ([]unit.Length, unit.Length) {
	t.sheet.Setter.Back(t.start) // to where an attempt before this one began
	t.setter = newSetter(t.doc, t.sheet, t.memory, now, size)
	rule := max(t.rule, t.frame)
	t.padX = t.scale(unit.Length(t.doc.CellPad.X)) + rule/2
	t.padY = t.scale(unit.Length(t.doc.CellPad.Y)) + rule/2
	t.minRow = t.scale(unit.Length(t.doc.MinRow))
	for i := range t.cells {
		t.setter.prepare(t.doc, &t.cells[i])
	}
	t.before, t.after = alignDecimals(&t.grid)
	return t.widths(room)
}

// setLabels decides which cells are drawn again on every part they reach, and sets tall vertical labels in two
// columns. A text that is long and may break goes on instead. What stands first in a row that breaks names the row, even
// where nobody says it is its head.
func (t *Table) setLabels() {
	var heights []unit.Length
	for i := range t.cells {
		c := &t.cells[i]
		if c.Vertical {
			if heights == nil {
				heights = t.naturalHeights()
			}
			t.setter.widen(c, heights[c.last()+1]-heights[c.row]-2*t.padY, t.inner(c))
		}
		row := t.row(c.row)
		limit := t.room.Height / 2
		if row.Splittable && !c.Vertical {
			limit = 4*c.style.Leading + 2*t.padY
		}
		repeats := c.head || row.HeadOf > 0 || c.Vertical || c.rows > 1 || c.Header == doc.HeaderRow || c.Header == doc.HeaderBoth || row.Splittable && c.col == 0
		c.label = repeats && t.height(c, len(c.lines)) <= limit
	}
}

// setHeads finds the rows of the body that are heads, as far as they can be drawn again.
func (t *Table) setHeads() {
	for r := t.head; r < t.rows; r++ {
		if t.row(r).HeadOf == 0 {
			continue
		}
		whole := true
		t.eachIn(r, func(c *cell) { whole = whole && (c.label || c.row < r) })
		if whole {
			t.heads = append(t.heads, r)
		}
	}
}

// naturalHeights adds up the rows' heights from the top, vertical labels and cells over several rows left out. The sums are
// good until it is called again.
func (t *Table) naturalHeights() []unit.Length {
	sums := slices.Grow(t.memory.heights[:0], t.rows+1)[:t.rows+1]
	t.memory.heights, sums[0] = sums, 0
	for r := range t.rows {
		sums[r+1] = t.emptyRow(r)
	}
	for i := range t.cells {
		if c := &t.cells[i]; c.rows == 1 && !c.Vertical {
			sums[c.row+1] = max(sums[c.row+1], t.height(c, len(c.lines)))
		}
	}
	for r := range t.rows {
		sums[r+1] += sums[r]
	}
	return sums
}

// emptyRow is the height of a row without text: of one line at least, so that a row whose cells all span down still is
// one; in the body also what the table states.
func (t *Table) emptyRow(r int) unit.Length {
	line := t.setter.body.Leading + 2*t.padY
	if r < t.head {
		return line
	}
	return max(line, t.minRow)
}

// setLeast finds the least heights of rows. What a cell over several rows needs beyond them is spread over all of
// them; only a text that will go on over several parts finds its room where it ends.
func (t *Table) setLeast() {
	t.least = slices.Grow(t.least[:0], t.rows)[:t.rows]
	for r := range t.least {
		t.least[r] = t.emptyRow(r)
	}
	spans := t.memory.spans[:0]
	for i := range t.cells {
		c := &t.cells[i]
		if h := t.height(c, len(c.lines)); (c.rows > 1 || c.Vertical) && h <= t.room.Height/2 {
			spans = append(spans, c)
		}
	}
	t.memory.spans = spans
	if len(spans) == 0 {
		return
	}
	slices.SortStableFunc(spans, func(a, b *cell) int { return a.rows - b.rows })
	heights := t.naturalHeights()
	for r := range t.rows {
		heights[r] = heights[r+1] - heights[r]
	}
	for _, c := range spans {
		rows := heights[c.row : c.row+c.rows]
		need := t.height(c, len(c.lines))
		for _, h := range rows {
			need -= h
		}
		for i := range rows {
			if need <= 0 {
				break
			}
			add := need / unit.Length(len(rows)-i)
			rows[i] += add
			need -= add
			t.least[c.row+i] = rows[i]
		}
	}
}

// height is the room that a number of lines of the cell takes, padding included.
func (t *Table) height(c *cell, lines int) unit.Length {
	return unit.Length(lines)*c.pitch() + 2*t.padY
}

// pitch is the least distance from line to line of the cell.
func (c *cell) pitch() unit.Length {
	if c.Vertical {
		return c.style.Size
	}
	return c.style.Leading
}

// row is the source of a row of the grid.
func (t *Table) row(r int) *doc.Row {
	if r < t.head {
		return &t.doc.Head[r]
	}
	return &t.doc.Body[r-t.head]
}

// setRepeat lets every part repeat the head, unless head and the tallest piece of a row that must stay together
// would not go on one page.
func (t *Table) setRepeat() {
	t.repeat = t.head
	if t.head == 0 {
		return
	}
	var tallest unit.Length
	room := t.room.Height - t.frame - max(t.line.height, t.more.height)
	for r := t.head; r < t.rows; r++ {
		if h := t.piece(r); h <= room {
			tallest = max(tallest, h)
		}
	}
	if t.headHeight()+tallest <= room {
		t.next = t.head
		for i := range t.cells {
			c := &t.cells[i]
			c.label = c.label || c.head
		}
		return
	}
	t.repeat = 0
	t.sheet.Diags.Warnf(style.RuleHead, t.doc.Caption.Origin, "%s的表头太高，与一行表身合起来超过一页，续表不再重复表头", name(t.doc))
}

// piece is the height of the first piece of a row that may not be parted.
func (t *Table) piece(r int) unit.Length {
	h := t.least[r]
	cut := t.splittable(r)
	if cut {
		h = 0
	}
	t.eachIn(r, func(c *cell) {
		n := len(c.lines) - c.done
		if cut && !c.label {
			n = c.first()
		}
		if c.rows == 1 || c.label && c.row == r {
			h = max(h, t.height(c, n))
		}
	})
	return h
}

// splittable reports whether a row may break between its lines.
func (t *Table) splittable(r int) bool { return t.row(r).Splittable && !t.doc.KeepRows }
