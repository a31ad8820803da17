package layout

import (
	"yusuan/internal/typeset/table"
	"yusuan/internal/typeset/unit"
)

// turn starts a new page unless what follows goes whole on the page that is open.
type turn struct {
	mates []item // up to the next turn, or all
	gap   unit.Length
}

func (t *turn) need() unit.Length  { return 0 }
func (t *turn) whole() unit.Length { return 0 }

func (t *turn) fill(l *layouter, _, room unit.Length, _ bool) (unit.Length, bool) {
	if l.open.top || len(t.mates) == 0 {
		return 0, true
	}
	if by, ok := l.squeezed(t.mates, 0, room-t.gap); ok {
		for i := range t.mates {
			if g, ok := t.mates[i].block.(*grid); ok {
				g.table.Squeeze(by)
				g.by = by
			}
		}
		return t.gap, true
	}
	l.closePage()
	l.openPage(false)
	return 0, true
}

// squeezeSteps are how much closer the rows of tables may be set to save a page.
func squeezeSteps() []int {
	return []int{0, table.Most / 3, 2 * table.Most / 3, table.Most}
}

// squeezed finds by how much tables must be squeezed, by from at least, so that the items go on a height.
func (l *layouter) squeezed(items []item, from int, height unit.Length) (by int, ok bool) {
	for _, by := range squeezeSteps() {
		if by >= from && l.height(items, by) <= height {
			return by, true
		}
	}
	return 0, false
}

// height is what items take together, below others, their tables squeezed by so much.
func (l *layouter) height(items []item, by int) unit.Length {
	var h unit.Length
	for i := range items {
		it := &items[i]
		h += it.before + it.after
		g, ok := it.block.(*grid)
		if !ok {
			h += it.whole()
			continue
		}
		g.table.Squeeze(by)
		if a := g.table.Try(&l.part, endless, true, 0); a.Parts == 1 {
			h += a.Last
		} else {
			h += endless
		}
		g.table.Squeeze(g.by)
	}
	return h
}

// endless is more than any page holds.
const endless = 1_000_000 * unit.Pt

// join tells tables and turns what follows them.
func join(items []item) {
	next, mates := len(items), items[len(items):]
	for i := len(items) - 1; i >= 0; i-- {
		switch b := items[i].block.(type) {
		case *turn:
			b.mates = items[i+1 : next]
			b.gap = gapOf(b.mates)
			next, mates = i, items[i:]
		case *grid:
			b.after = items[i+1 : next]
			b.mate = nil
			if len(mates) > 0 && onlyLines(b.after) {
				b.mate = mates[0].block.(*turn)
			}
		}
	}
}

func onlyLines(items []item) bool {
	for i := range items {
		if _, ok := items[i].block.(*lines); !ok {
			return false
		}
	}
	return true
}

// gapOf is a line of what items begin with.
func gapOf(items []item) unit.Length {
	if len(items) > 0 {
		if b, ok := items[0].block.(*lines); ok {
			return b.style.Leading
		}
	}
	return 0
}

// fewRows is how many rows of a table do not stand on a page of their own where they could be saved.
const fewRows = 3

// wellFilled is how far down a last page should be filled, in thousandths: else it is saved, or its rows are set wider for that,
// where that is enough.
const wellFilled = 400

// settle finds how much closer than its style says the rows of a table are to be set that is about to begin: where that
// spares it a last page that has few rows or is hardly filled, or lets the next table on its last page. Rows are set wider, which
// is less than 0, where that fills the last page well. Else it is 0, or what was found before.
func (l *layouter) settle(g *grid, y, room unit.Length, empty bool) int {
	try := func(by int) table.Ahead {
		g.table.Squeeze(by)
		return g.table.Try(&l.part, room, empty, g.tail)
	}
	now := try(g.by)
	if g.mate != nil {
		for _, by := range squeezeSteps() {
			if by < g.by {
				continue
			}
			a := try(by)
			foot := a.Last + l.height(g.after, 0)
			if a.Parts == 1 && a.Here {
				foot += y
			}
			if foot+g.mate.gap+l.height(g.mate.mates, by) <= l.open.area.height {
				return by
			}
		}
	}
	if !l.paper.Fill || now.Parts == 1 {
		return g.by
	}
	full := l.open.area.height.Milli(wellFilled)
	if now.Rows > fewRows && now.Last >= full {
		return g.by
	}
	for _, by := range squeezeSteps() {
		if by > g.by && try(by).Parts < now.Parts {
			return by
		}
	}
	if now.Last >= full || g.by > 0 || now.Told {
		return g.by
	}
	for _, by := range squeezeSteps() {
		if a := try(-by); a.Parts == now.Parts && a.Last >= full && !a.Told {
			return -by
		}
	}
	return g.by
}
