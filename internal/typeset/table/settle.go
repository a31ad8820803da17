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
	settleTries  = 24 // what is wanted most easily, each time
)

// want is a row that would be a line shorter, or a term whole, if columns had so much more.
type want struct {
	need []unit.Length // by column
	sum  unit.Length
}

// survey is what the cells make of columns of some widths, about as linesOf counts.
type survey struct {
	widths []unit.Length
	rooms  []unit.Length // of cells, for their texts
	lines  []int         // that they take
	rows   []int         // and the cells of one row, row by row
	cost   int           // of the table: its lines, and half a line for each term that is parted
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
	now, next := new(survey), new(survey)
	t.survey(now, out)
	moved := false
	for range settleRounds {
		if !t.better(now, next, floor) {
			break
		}
		now, next, moved = next, now, true
	}
	copy(out, now.widths)
	return moved
}

// better looks for the first way to pay for what would make the table better that lowers its cost, and makes it next.
func (t *Table) better(now, next *survey, floor []unit.Length) bool {
	wants := t.wants(now)
	if len(wants) == 0 {
		return false
	}
	spare := t.spare(now)
	for i := range wants {
		w := &wants[i]
		free := t.free(now.widths, floor, spare, w)
		for _, tried := range [][]unit.Length{payTogether(now.widths, free, w), payFew(now.widths, free, w)} {
			if tried == nil {
				continue
			}
			if t.survey(next, tried); next.cost < now.cost {
				return true
			}
		}
	}
	return false
}

// survey looks at columns of such widths.
func (t *Table) survey(s *survey, widths []unit.Length) {
	s.widths = append(s.widths[:0], widths...)
	s.rooms, s.lines = slices.Grow(s.rooms[:0], len(t.cells)), slices.Grow(s.lines[:0], len(t.cells))
	s.rows = slices.Grow(s.rows[:0], t.rows)[:t.rows]
	clear(s.rows)
	parted := 0
	for i := range t.cells {
		c := &t.cells[i]
		room := t.over(c, widths)
		lines := c.linesIn(room)
		s.rooms, s.lines = append(s.rooms, room), append(s.lines, lines)
		if c.rows == 1 {
			s.rows[c.row] = max(s.rows[c.row], lines)
		}
		if c.term > room {
			parted++
		}
	}
	s.cost = parted
	for _, n := range s.rows {
		s.cost += 2 * n
	}
	for i := range t.cells {
		if c := &t.cells[i]; c.rows > 1 { // what its rows lack goes to the last
			lacks := s.lines[i] - s.under(c)
			s.cost += 2 * max(0, lacks)
		}
	}
}

// under is how many lines the rows take that a cell spans.
func (s *survey) under(c *cell) (n int) {
	for _, lines := range s.rows[c.row : c.row+c.rows] {
		n += lines
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

// enough is the least room in which a cell takes no more than so many lines, as linesIn counts them.
func (c *cell) enough(lines int) unit.Length {
	if c.natural || c.Vertical || len(c.Text) > 1 {
		return c.like
	}
	em, indent := c.style.Size, c.style.Em(1000*c.Indent)
	n := unit.Length(max(lines, 1))
	each := (c.like - indent + n - 1) / n
	return min(c.like, indent+(each+em-1)/em*em)
}

// spare is how much narrower the room of each cell could be, no row the taller for it, no term parted and no word of a label. A
// label beside several rows may take two lines.
func (t *Table) spare(s *survey) []unit.Length {
	out := make([]unit.Length, len(t.cells))
	for i := range t.cells {
		c := &t.cells[i]
		lines := s.rows[c.row]
		if c.rows > 1 {
			lines = max(s.lines[i], min(s.under(c), 2))
		}
		room := s.rooms[i]
		out[i] = max(0, room-max(c.enough(lines), headRoom(c)))
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

// wants lists what would make the table better, what needs least room first.
func (t *Table) wants(s *survey) (out []want) {
	byRow := make([]want, t.rows)
	for i := range t.cells {
		c := &t.cells[i]
		if n := s.rows[c.row]; c.rows == 1 && n > 1 && s.lines[i] == n {
			byRow[c.row].add(c, c.enough(n-1)-s.rooms[i], t.cols)
		}
		if c.term > s.rooms[i] {
			var w want
			w.add(c, c.term-s.rooms[i], t.cols)
			out = append(out, w)
		}
	}
	for _, w := range byRow {
		if w.sum > 0 {
			out = append(out, w)
		}
	}
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

// settleForm settles columns whose proportions are stated, before their cells are set: how wide texts are is told by their
// characters. It returns nil where the proportions do.
func (t *Table) settleForm(cols []demand, out []unit.Length) []unit.Length {
	wraps := false
	for i := range t.cells {
		c := &t.cells[i]
		if c.natural || c.Vertical {
			c.like, c.term = t.setter.measure(c).min, 0
			continue
		}
		c.like, c.term = c.style.Em(1000*c.Indent+c.halves()*500), 0
		switch {
		case len(c.Text) != 1:
		case c.like > t.over(c, out):
			wraps, c.term = true, max(t.setter.term(c), c.word())
		case strings.ContainsAny(c.Text[0].String, "0123456789"): // a number on one line stays there with its unit
			c.term = c.like
		}
	}
	settled := slices.Clone(out)
	if !wraps || !t.settle(cols, settled) {
		return nil
	}
	return settled
}

// halves is about how wide a text is, in halves of an em, rather more than less: bytes of three are ideographs and their marks,
// and a word of letters or digits has gaps beside it.
func (c *cell) halves() (n int) {
	for i := range c.Text {
		western := false
		for _, b := range []byte(c.Text[i].String) {
			switch {
			case b < 0x80:
				if n++; !western {
					n, western = n+1, true
				}
			case b >= 0xC0:
				n, western = n+2, false
			}
		}
	}
	return n
}

// word is the room in which a short text keeps its words whole: 满意度 is no 满意 with 度 below it. It is 0 for other texts.
func (c *cell) word() unit.Length {
	if c.like > c.style.Em(1000*termLength) {
		return 0
	}
	return headRoom(c)
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

func opens(r rune) bool  { return strings.ContainsRune("“《（〈「〔", r) }
func closes(r rune) bool { return strings.ContainsRune("”》）〉」〕", r) }
