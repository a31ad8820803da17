package redline

import (
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// hit is where on a page something shows that changed, measured as items of the page are.
type hit struct {
	*stretch
	x, w  unit.Length // of the stretch
	next  unit.Length // where the text behind it goes on
	base  unit.Length // its baseline
	size  unit.Length
	cell  *page.Cell // that it stands in, nil outside of tables
	empty bool       // the cell is printed empty
	long  bool       // the cell has many lines, or many rows beside it
}

// find lists what of a page changed, in the order of its texts.
func (m *marker) find(pg *page.Page) []hit {
	var out []hit
	shown := map[int32]bool{}
	for i := range pg.Marks {
		k := &pg.Marks[i]
		s := m.stretch(k.Of)
		if s == nil {
			continue
		}
		shown[k.Of] = true
		h := hitOf(&pg.Texts[k.Text], k)
		h.stretch = s
		h.cell = cellAt(pg, h.x+h.w/2, h.base-h.size/3)
		h.long = h.cell != nil && (manyRows(pg, h.cell) || manyLines(pg, h.cell, h.size))
		out = append(out, h)
	}
	for i := range pg.Cells {
		c := &pg.Cells[i]
		s := m.stretch(c.Of)
		if s == nil || shown[c.Of] {
			continue
		}
		const small = 9000
		size := min(small, c.Place.H/2)
		h := hit{stretch: s, cell: c, x: c.Place.X + c.Place.W/2, base: c.Place.Y + c.Place.H/2 + size/3, size: size, empty: true}
		out = append(out, h)
	}
	return out
}

// stretch is what a mark stands for, nil for what did not change.
func (m *marker) stretch(of int32) *stretch {
	if i := int(of - m.base); of >= m.base && i < len(m.stretches) {
		return &m.stretches[i]
	}
	if effects := m.numbers[of]; of > 0 && len(effects) > 0 {
		return &stretch{under: effects, number: true}
	}
	return nil
}

// hitOf is where a stretch of a text stands. Room behind its last character is none of it.
func hitOf(t *page.Text, k *page.Mark) hit {
	h := hit{x: t.X, base: t.Y + t.Size.Milli(int64(t.Face.Rise())), size: t.Size}
	n, x := 0, t.X
	for at, r := range t.Text {
		a := t.Advances[n]
		switch {
		case at < int(k.From):
			h.x = x + a
		case at < int(k.To):
			h.w, h.next = x+min(a, t.Size.Milli(int64(t.Face.RuneAdvance(r))))-h.x, x+a
		}
		n, x = n+1, x+a
	}
	return h
}

// cellAt is the cell at a place, nil for none.
func cellAt(pg *page.Page, x, y unit.Length) *page.Cell {
	for i := range pg.Cells {
		c := &pg.Cells[i]
		if p := c.Place; p.X <= x && x < p.X+p.W && p.Y <= y && y < p.Y+p.H {
			return c
		}
	}
	return nil
}

// manyRows reports whether a cell stands beside several rows.
func manyRows(pg *page.Page, c *page.Cell) bool {
	for i := range pg.Cells {
		if y := pg.Cells[i].Place.Y; c.Place.Y < y && y < c.Place.Y+c.Place.H {
			return true
		}
	}
	return false
}

// manyLines reports whether a cell has many lines of this size: a bar beside all of them would say little.
func manyLines(pg *page.Page, c *page.Cell, size unit.Length) bool {
	const many = 4
	if c.Place.H < many*size {
		return false
	}
	lines := map[unit.Length]bool{}
	for i := range pg.Texts {
		t := &pg.Texts[i]
		if p := c.Place; !t.Upright && p.X <= t.X && t.X < p.X+p.W && p.Y <= t.Y && t.Y < p.Y+p.H {
			lines[t.Y] = true
		}
	}
	return len(lines) >= many
}

// band is the height that a hit takes of its page: the row of a cell, but in one of many lines the line, as elsewhere.
func (h *hit) band(effects []int) band {
	const rule = 1000
	if c := h.cell; c != nil && !h.long {
		return band{c.Place.Y, c.Place.Y + c.Place.H, rule, effects}
	}
	return band{h.base - h.size.Milli(880), h.base + h.size.Milli(120), h.size.Milli(950), effects}
}
