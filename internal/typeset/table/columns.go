package table

import (
	"slices"

	"yusuan/internal/typeset/unit"
)

// widths finds the column widths for a room, padding included; they add up to the room. The second result is the
// least room the content needs.
//
// Fixed columns take their width and all columns their minimum. Of what is left,
//   - columns without a share take what their text would like, those with a share divide the rest by share; or,
//   - where not all texts can be as wide as they like, the room goes to the columns that want it, those that want
//     little first, and words before the heads of figures as far as that saves lines. If every column has a share, the shares
//     state a form's proportions.
//
// Then room goes from columns that do not need it where that saves lines or keeps a term whole (settle).
func (t *Table) widths(room unit.Length) ([]unit.Length, unit.Length) {
	if out := t.proportions(room); out != nil {
		return out, room
	}
	cols := t.demands()
	t.breathe(cols, room)
	var least, liked unit.Length
	for i := range cols {
		least += cols[i].min
		liked += cols[i].pref
	}
	out := make([]unit.Length, len(cols))
	for i := range cols {
		out[i] = cols[i].min
	}
	switch {
	case least >= room:
		shrink(out, room)
	case allShared(cols):
		byShare(cols, out, room)
		t.settle(cols, out)
	case liked <= room:
		for i := range cols {
			out[i] = cols[i].pref
		}
		byShare(cols, out, room)
	default:
		level(cols, out, room-least)
		t.favour(cols, out, room)
		t.settle(cols, out)
	}
	return out, least
}

// proportions are the widths of a form, all of whose columns have a share, when its texts fit them. Then the texts need
// not be measured: they are set at once. It returns nil for other tables and where a text wants its column wider.
func (t *Table) proportions(room unit.Length) []unit.Length {
	cols := t.stated()
	if !allShared(cols) {
		return nil
	}
	out := make([]unit.Length, len(cols))
	var least unit.Length
	for i := range cols {
		out[i] = cols[i].min
		least += out[i]
	}
	if least >= room {
		return nil
	}
	byShare(cols, out, room)
	if settled := t.settleForm(cols, out); settled != nil && t.fitAll(settled) {
		return settled
	}
	if !t.fitAll(out) {
		return nil
	}
	return out
}

// fitAll sets all cells in columns of such widths and reports whether they fit.
func (t *Table) fitAll(widths []unit.Length) bool {
	for i := range t.cells {
		if c := &t.cells[i]; !t.setter.fits(c, t.over(c, widths)) {
			return false
		}
	}
	return true
}

// demand is what one column asks for, padding included.
type demand struct {
	min, pref unit.Length
	figures   unit.Length // what a column of figures would like to be as wide as the others; 0 for other columns
	heads     unit.Length // what its heads need at least to look well
	words     bool        // its cells hold words; or else figures or nothing
	share     int64
	fixed     bool
}

// stated is what columns ask for without regard to words: their figures, and what the table says of them.
func (t *Table) stated() []demand {
	cols := make([]demand, t.cols)
	pad := 2 * t.padX
	// A column that only wide cells cover still is one: its rules stay apart.
	least := t.setter.body.Em(500)
	for i := range cols {
		d := &cols[i]
		d.min = max(t.figures(i), least) + pad
		if i < len(t.doc.Columns) {
			c := &t.doc.Columns[i]
			d.share = int64(c.Share)
			d.min = max(d.min, t.scale(unit.Length(c.Min)))
			if c.Fixed > 0 {
				*d = demand{min: unit.Length(c.Fixed), fixed: true}
			}
		}
		d.pref = d.min
	}
	return cols
}

// demands collects what the cells of each column ask for, and spreads what cells over several columns still lack.
func (t *Table) demands() []demand {
	cols := t.stated()
	pad := 2 * t.padX
	var wide []*cell
	for i := range t.cells {
		c := &t.cells[i]
		if c.cols > 1 {
			wide = append(wide, c)
			continue
		}
		d := &cols[c.col]
		if d.fixed {
			continue
		}
		e := t.wish(c)
		d.min = max(d.min, e.min+pad)
		d.pref = max(d.pref, e.pref+pad, d.min)
		switch {
		case c.natural:
		case c.head:
			d.heads = max(d.heads, headRoom(c)+pad)
		default:
			d.words = d.words || e.pref > 0
		}
	}
	t.likeFigures(cols)
	for _, c := range wide {
		under := cols[c.col : c.col+c.cols]
		if !slices.ContainsFunc(under, func(d demand) bool { return !d.fixed }) {
			continue
		}
		e := t.wish(c)
		spread(under, e.min+pad, func(d *demand) *unit.Length { return &d.min })
		for i := range under {
			under[i].pref = max(under[i].pref, under[i].min)
		}
		if c.head {
			spread(under, e.pref+pad, func(d *demand) *unit.Length { return &d.pref })
		}
	}
	return cols
}

// likeFigures lets columns of figures like the width of the widest of them, so that columns of one kind come out alike
// where there is room.
func (t *Table) likeFigures(cols []demand) {
	var like unit.Length
	for i := range cols {
		like = max(like, t.figures(i)+2*t.padX)
	}
	for i := range cols {
		if d := &cols[i]; t.figures(i) > 0 && !d.fixed && d.share == 0 {
			d.figures, d.pref = like, max(d.pref, like)
		}
	}
}

// breathe gives columns of figures an em to breathe, if no text is the narrower for it.
func (t *Table) breathe(cols []demand, room unit.Length) {
	like := func(d *demand) unit.Length { return max(d.pref, d.figures+t.setter.body.Size) }
	for i := range cols {
		if cols[i].figures > 0 {
			room -= like(&cols[i])
		} else {
			room -= cols[i].pref
		}
	}
	for i := range cols {
		if room >= 0 && cols[i].figures > 0 {
			cols[i].pref = like(&cols[i])
		}
	}
}

// wish is the width a cell asks for. A long head is content with two lines, so that it does not take the room of
// the column's neighbours, though not with lines of one character; a cell over several body columns takes what they give it.
func (t *Table) wish(c *cell) extent {
	e := t.setter.measure(c)
	c.like, c.term = e.pref, t.setter.term(c)
	if c.head && !c.natural {
		e.min = max(e.min, min(e.pref, c.style.Em(2000)))
		e.pref = max(e.min, min(e.pref, max(c.style.Em(6000), e.pref/2+c.style.Size)))
	}
	return e
}

// spread raises the widths under a cell that spans them to the width it needs: the fixed ones stay.
func spread(under []demand, need unit.Length, width func(*demand) *unit.Length) {
	var n unit.Length
	for i := range under {
		need -= *width(&under[i])
		if !under[i].fixed {
			n++
		}
	}
	for i := range under {
		if under[i].fixed || need <= 0 {
			continue
		}
		add := need / n
		*width(&under[i]) += add
		need -= add
		n--
	}
}

// shrink makes widths that are too wide fit in proportion; texts will stick out of the widest cells.
func shrink(out []unit.Length, room unit.Length) {
	var sum unit.Length
	for _, w := range out {
		sum += w
	}
	for i, w := range out {
		if sum <= 0 {
			break
		}
		out[i] = w * room / sum
		sum -= w
		room -= out[i]
	}
}

// allShared reports whether every column that may change has a share.
func allShared(cols []demand) bool {
	n := 0
	for i := range cols {
		if !cols[i].fixed {
			n++
			if cols[i].share == 0 {
				return false
			}
		}
	}
	return n > 0
}

// byShare hands the room to columns with a share so that they stand in proportion to their shares, though none
// below what it has in out. Without any share the preferred widths are the shares; if all columns are fixed, they
// grow in proportion, because a table fills its measure.
func byShare(cols []demand, out []unit.Length, room unit.Length) {
	weight := make([]int64, len(cols))
	var total int64
	for i := range cols {
		weight[i] = cols[i].share
		total += weight[i]
	}
	for i := range cols {
		if total == 0 && !cols[i].fixed {
			weight[i] = int64(cols[i].pref)
		}
	}
	if total == 0 {
		for _, w := range weight {
			total += w
		}
	}
	if total == 0 {
		shrink(out, room)
		return
	}
	free, members := room, total
	settled := make([]bool, len(cols))
	for i := range cols {
		if weight[i] == 0 {
			settled[i] = true
			free -= out[i]
		}
	}
	// A column whose least width is above its proportion keeps it and leaves the division.
	for again := true; again; {
		again = false
		for i := range cols {
			if !settled[i] && int64(out[i])*members > int64(free)*weight[i] {
				settled[i], again = true, true
				free -= out[i]
				members -= weight[i]
			}
		}
	}
	for i := range cols {
		if !settled[i] {
			out[i] = unit.Length(int64(free) * weight[i] / members)
			free -= out[i]
			members -= weight[i]
		}
	}
}

// level adds extra room to the columns that would like it: all get the same, in proportion to the root of their
// wish, until a column has all it likes. The root keeps one very long text from starving the rest.
func level(cols []demand, out []unit.Length, extra unit.Length) {
	type claim struct {
		col    int
		weight int64
	}
	open := make([]claim, 0, len(cols))
	for i := range cols {
		if w := root(int64(cols[i].pref - cols[i].min)); w > 0 {
			if cols[i].share > 0 {
				w *= 2
			}
			open = append(open, claim{i, w})
		}
	}
	for len(open) > 0 {
		var sum int64
		for _, c := range open {
			sum += c.weight
		}
		rest := open[:0:0]
		given := unit.Length(0)
		for _, c := range open {
			if want := cols[c.col].pref - out[c.col]; int64(want)*sum <= int64(extra)*c.weight {
				out[c.col] += want
				given += want
			} else {
				rest = append(rest, c)
			}
		}
		extra -= given
		if len(rest) == len(open) {
			for _, c := range open {
				add := unit.Length(int64(extra) * c.weight / sum)
				out[c.col] += add
				extra -= add
				sum -= c.weight
			}
			return
		}
		open = rest
	}
}

// root is the integer square root.
func root(n int64) int64 {
	if n <= 0 {
		return 0
	}
	x := n
	for y := (x + 1) / 2; y < x; y = (x + n/x) / 2 {
		x = y
	}
	return x
}
