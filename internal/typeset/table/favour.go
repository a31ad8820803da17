package table

import (
	"slices"

	"yusuan/internal/typeset/unit"
)

// favourSteps is how many widths are tried between those that please all columns alike and those that please columns of
// words first.
const favourSteps = 4

// favour moves room from columns of figures to columns of words where the table becomes shorter by it: a name of two lines
// costs a line in its row, and so in many rows, a head of figures one in all. Of widths that make the table equally short
// those nearest to what out has are taken, with columns of figures as wide as each other where that costs no line.
func (t *Table) favour(cols []demand, out []unit.Length, room unit.Length) {
	least := t.tall(out)
	if first := wordsFirst(cols, room); first != nil {
		even, tried := slices.Clone(out), make([]unit.Length, len(out))
		for k := unit.Length(1); k <= favourSteps; k++ {
			for i := range tried {
				tried[i] = even[i] + (first[i]-even[i])*k/favourSteps
			}
			if n := t.tall(tried); n < least {
				least = n
				copy(out, tried)
			}
		}
	}
	if alike := alike(cols, out); t.tall(alike) <= least {
		copy(out, alike)
	}
	for _, w := range out {
		room -= w
	}
	out[len(out)-1] += room // what was rounded off
}

// alike divides what the columns of figures have together among them, as evenly as their figures and heads let it.
func alike(cols []demand, widths []unit.Length) []unit.Length {
	out, room := slices.Clone(widths), unit.Length(0)
	for i := range cols {
		if d := &cols[i]; d.yields() {
			room += out[i] - max(d.min, d.heads)
			out[i] = max(d.min, d.heads)
		}
	}
	if room < 0 {
		return widths
	}
	fill(cols, out, room)
	return out
}

// yields reports whether a column may give its room to words: it holds figures or nothing.
func (d *demand) yields() bool { return !d.words && !d.fixed }

// wordsFirst are the widths when columns of words get what they like, or else all there is, before columns of figures get
// more than they need; nil if no column of words would gain by it.
func wordsFirst(cols []demand, room unit.Length) []unit.Length {
	out, words := make([]unit.Length, len(cols)), slices.Clone(cols)
	want, figures := false, false
	for i := range words {
		d := &words[i]
		if d.yields() {
			d.min = max(d.min, d.heads)
			d.pref, figures = d.min, true
		}
		want = want || d.pref > d.min
		out[i] = d.min
		room -= d.min
	}
	if !want || !figures || room <= 0 {
		return nil
	}
	level(words, out, room)
	for i := range out {
		room -= out[i] - words[i].min
	}
	fill(cols, out, room)
	return out
}

// fill gives the room that is left to the columns of figures, the narrowest first, so that they come out alike.
func fill(cols []demand, out []unit.Length, room unit.Length) {
	water := func(level unit.Length) (need unit.Length) {
		for i := range cols {
			if cols[i].yields() {
				need += max(0, level-out[i])
			}
		}
		return need
	}
	low, high := unit.Length(0), slices.Max(out)+max(room, 0)
	for low < high {
		if mid := (low + high + 1) / 2; water(mid) <= room {
			low = mid
		} else {
			high = mid - 1
		}
	}
	for i := range cols {
		if cols[i].yields() {
			out[i] = max(out[i], low)
		}
	}
}

// headRoom is the least width of a head that still takes its words whole: most are of two characters, so a head of an odd
// number has one of three.
func headRoom(c *cell) unit.Length {
	em := c.style.Size
	n := (c.like + em/2) / em
	return min(c.like, (2+n%2)*em)
}

// tall is about how many lines the rows of the table take at given widths.
func (t *Table) tall(widths []unit.Length) int {
	rows := make([]int, t.rows)
	for i := range t.cells {
		if c := &t.cells[i]; c.rows == 1 {
			rows[c.row] = max(rows[c.row], t.linesOf(c, widths))
		}
	}
	n := 0
	for i := range t.cells {
		if c := &t.cells[i]; c.rows > 1 { // what its rows lack goes to the last
			lacks := t.linesOf(c, widths)
			for _, have := range rows[c.row : c.row+c.rows] {
				lacks -= have
			}
			rows[c.last()] += max(0, lacks)
		}
	}
	for _, lines := range rows {
		n += lines
	}
	return n
}

// linesOf is about how many lines a cell takes.
func (t *Table) linesOf(c *cell, widths []unit.Length) int { return c.linesIn(t.over(c, widths)) }

// linesIn is about how many lines a cell takes in a room. Words are hardly broken, so lines of names are taken to be whole ems.
func (c *cell) linesIn(room unit.Length) int {
	if c.natural || c.Vertical {
		return len(c.lines)
	}
	n := max(1, len(c.Text))
	if c.like <= room {
		return n
	}
	em, indent := c.style.Size, c.style.Em(1000*c.Indent)
	line := max(em, (room-indent)/em*em)
	return max(n, int((c.like-indent+line-1)/line))
}
