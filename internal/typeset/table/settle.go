package table

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/typeset/unit"
)

const (
	termLength   = 10 // characters of a term that is kept whole, marks counted
	settleRounds = 32 // how often room is moved at most
	settleTries  = 64 // how many rows are tried each time
)

// want is a row that would be a line shorter, or a term whole, if columns had so much more.
type want struct {
	need []unit.Length // by column
	sum  unit.Length
}

// settle moves room from columns whose cells can do with less, to those that make rows tall or part a term in quotation
// marks or brackets. None gives more than half of what it has. It reports whether it moved any.
func (t *Table) settle(cols []demand, out []unit.Length) bool {
	floor := make([]unit.Length, len(out))
	for i := range out {
		floor[i] = max(cols[i].min, out[i]/2)
		if cols[i].fixed {
			floor[i] = out[i]
		}
	}
	cost, moved := t.cost(out), false
	for range settleRounds {
		tried := t.better(out, floor, &cost)
		if tried == nil {
			break
		}
		copy(out, tried)
		moved = true
	}
	return moved
}

// better is the first way to pay for what would make the table better that lowers its cost; nil if there is none.
func (t *Table) better(widths, floor []unit.Length, cost *int) []unit.Length {
	rows := t.heights(widths)
	spare := t.spare(widths, rows)
	for _, w := range t.wants(widths, rows) {
		free := t.free(widths, floor, spare, &w)
		for _, tried := range [][]unit.Length{payTogether(widths, free, &w), payFew(widths, free, &w)} {
			if tried == nil {
				continue
			}
			if c := t.cost(tried); c < *cost {
				*cost = c
				return tried
			}
		}
	}
	return nil
}

// cost is what a table of such widths costs: its lines, and half a line for each term that is parted.
func (t *Table) cost(widths []unit.Length) int {
	n := 2 * t.tall(widths)
	for i := range t.cells {
		if c := &t.cells[i]; c.term > t.over(c, widths) {
			n++
		}
	}
	return n
}

// over is the room for the text of a cell in columns of such widths.
func (t *Table) over(c *cell, widths []unit.Length) unit.Length {
	room := -2 * t.padX
	for _, w := range widths[c.col : c.col+c.cols] {
		room += w
	}
	return room
}

// heights is how many lines the cells of one row take, row by row.
func (t *Table) heights(widths []unit.Length) []int {
	rows := make([]int, t.rows)
	for i := range t.cells {
		if c := &t.cells[i]; c.rows == 1 {
			rows[c.row] = max(rows[c.row], t.linesOf(c, widths))
		}
	}
	return rows
}

// enough is the least room in which a cell takes no more than so many lines, as linesOf counts them.
func (c *cell) enough(lines int) unit.Length {
	if c.natural || c.Vertical || len(c.Text) > 1 {
		return c.like
	}
	em, indent := c.style.Size, c.style.Em(1000*c.Indent)
	n := unit.Length(max(lines, 1))
	each := (c.like - indent + n - 1) / n
	return min(c.like, indent+(each+em-1)/em*em)
}

// spare is how much narrower the room of each cell could be, no row the taller for it and no term parted.
func (t *Table) spare(widths []unit.Length, rows []int) []unit.Length {
	out := make([]unit.Length, len(t.cells))
	for i := range t.cells {
		c := &t.cells[i]
		room := t.over(c, widths)
		out[i] = max(0, room-c.enough(t.may(c, widths, rows)))
		if room >= c.term {
			out[i] = min(out[i], room-c.term)
		}
	}
	return out
}

// free is how much each column could do without for what is wanted, were it the only one.
func (t *Table) free(widths, floor, spare []unit.Length, w *want) []unit.Length {
	free, needed := make([]unit.Length, len(widths)), make([]unit.Length, len(widths)+1)
	for i := range free {
		needed[i+1] = needed[i] + w.need[i]
		if w.need[i] == 0 {
			free[i] = max(0, widths[i]-floor[i])
		}
	}
	for i := range t.cells {
		c := &t.cells[i]
		end := c.col + c.cols
		for k := c.col; k < end; k++ {
			free[k] = min(free[k], spare[i]+needed[end]-needed[c.col])
		}
	}
	return free
}

// may is how many lines a cell may take, no row the taller for it: a label beside several rows two.
func (t *Table) may(c *cell, widths []unit.Length, rows []int) int {
	if c.rows == 1 {
		return rows[c.row]
	}
	have := 0
	for _, n := range rows[c.row : c.row+c.rows] {
		have += n
	}
	return max(t.linesOf(c, widths), min(have, 2))
}

// wants lists what would make the table better, what needs least room first.
func (t *Table) wants(widths []unit.Length, rows []int) []want {
	byRow := make([]want, t.rows)
	var terms []want
	for i := range t.cells {
		c := &t.cells[i]
		room := t.over(c, widths)
		if c.rows == 1 && rows[c.row] > 1 && t.linesOf(c, widths) == rows[c.row] {
			byRow[c.row].add(c, c.enough(rows[c.row]-1)-room, len(widths))
		}
		if c.term > room {
			var w want
			w.add(c, c.term-room, len(widths))
			terms = append(terms, w)
		}
	}
	out := slices.DeleteFunc(append(byRow, terms...), func(w want) bool { return w.sum <= 0 })
	slices.SortStableFunc(out, func(a, b want) int { return cmp.Compare(a.sum, b.sum) })
	return out[:min(len(out), settleTries)]
}

// add asks for more room for a cell, of all its columns alike.
func (w *want) add(c *cell, more unit.Length, cols int) {
	if w.need == nil {
		w.need = make([]unit.Length, cols)
	}
	for k := c.col; k < c.col+c.cols; k++ {
		more -= w.need[k]
	}
	for k := range c.cols {
		if more <= 0 {
			break
		}
		part := more / unit.Length(c.cols-k)
		w.need[c.col+k] += part
		w.sum += part
		more -= part
	}
}

// payTogether returns the widths when the columns that are free give what is wanted, each in proportion to what it can do
// without; nil if they have not so much.
func payTogether(widths, free []unit.Length, w *want) []unit.Length {
	var have unit.Length
	for i := range free {
		have += free[i]
	}
	if have < w.sum {
		return nil
	}
	out, owed := slices.Clone(widths), w.sum
	for i := range out {
		out[i] += w.need[i]
		if free[i] > 0 {
			part := owed * free[i] / have
			out[i] -= part
			owed -= part
			have -= free[i]
		}
	}
	return out
}

// payFew is payTogether for as few columns as can give what is wanted: those that can do without most.
func payFew(widths, free []unit.Length, w *want) []unit.Length {
	few, have := make([]unit.Length, len(free)), unit.Length(0)
	for have < w.sum {
		most := -1
		for i := range free {
			if few[i] == 0 && free[i] > 0 && (most < 0 || free[i] > free[most]) {
				most = i
			}
		}
		if most < 0 {
			return nil
		}
		few[most] = min(free[most], w.sum-have)
		have += few[most]
	}
	return payTogether(widths, few, w)
}

// settleForm settles columns whose proportions are stated and whose cells are set: what they would like is known from their
// lines. It leaves the proportions where a piece of a text would stick out.
func (t *Table) settleForm(out []unit.Length) {
	wraps := false
	for i := range t.cells {
		c := &t.cells[i]
		c.like, c.term = c.style.Em(1000*c.Indent), 0
		for k := range c.lines {
			c.like += c.lines[k].Natural
		}
		switch {
		case c.natural || c.Vertical:
			c.like = t.setter.measure(c).min
		case len(c.lines) > len(c.Text):
			wraps, c.term = true, t.setter.term(c)
		}
	}
	stated := slices.Clone(out)
	if wraps && t.settle(t.stated(), out) && !t.fitAll(out) {
		copy(out, stated)
	}
}

// term is the width of the longest term in quotation marks or brackets, of those that a reader takes at a glance.
func (s *setter) term(c *cell) (widest unit.Length) {
	if c.natural || c.Vertical {
		return 0
	}
	for i := range c.Text {
		text := c.Text[i].String
		for from := strings.IndexFunc(text, opens); from >= 0; from = strings.IndexFunc(text, opens) {
			text = text[from:]
			end := strings.IndexFunc(text, closes)
			if end < 0 {
				break
			}
			_, size := utf8.DecodeRuneInString(text[end:])
			if term := text[:end+size]; utf8.RuneCountInString(term) <= termLength {
				_, pref := s.sheet.Setter.Extent(s.paragraph(c, term, endless))
				widest = max(widest, pref+c.style.Em(1000*c.Indent))
			}
			text = text[end+size:]
		}
	}
	return widest
}

func opens(r rune) bool  { return strings.ContainsRune("“《（〈「", r) }
func closes(r rune) bool { return strings.ContainsRune("”》）〉」", r) }
