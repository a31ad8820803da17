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
	settleRounds = 12 // how often room is moved at most
	settleTries  = 8  // what is wanted most easily, each time
)

// want is a row that would be a line shorter, or a term whole, if columns had so much more.
type want struct {
	need []unit.Length // by column
	sum  unit.Length
}

// settler moves room between the columns of a table. Its memory serves all rounds and all tables.
type settler struct {
	*Table
	now, next survey
	floor     []unit.Length // what columns keep
	spare     []unit.Length // of columns, for their own cells
	wide      []spare       // of cells over several columns
	free      []unit.Length // of columns
	needed    []unit.Length
	byRow     []want
	wants     []want
	need      []unit.Length // of wants, one after the other
}

// spare is how much narrower the columns from col up to end could be together.
type spare struct {
	col, end int
	room     unit.Length
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
	s := &t.memory.settler
	s.Table, s.floor = t, s.floor[:0]
	for i := range out {
		s.floor = append(s.floor, max(cols[i].min, out[i]/2))
		if cols[i].fixed {
			s.floor[i] = out[i]
		}
	}
	t.survey(&s.now, out)
	moved := false
	for range settleRounds {
		if !s.better() {
			break
		}
		s.now, s.next, moved = s.next, s.now, true
	}
	copy(out, s.now.widths)
	s.Table = nil // the memory outlives it
	return moved
}

// better looks for the first way to pay for what would make the table better that lowers its cost, and makes it next.
func (s *settler) better() bool {
	s.list()
	if len(s.wants) == 0 {
		return false
	}
	s.spared()
	for i := range s.wants {
		w := &s.wants[i]
		s.freed(w)
		for _, pay := range [](func(widths, free []unit.Length, w *want) []unit.Length){payTogether, payFew} {
			tried := pay(s.now.widths, s.free, w)
			if tried == nil {
				continue
			}
			if s.survey(&s.next, tried); s.next.cost < s.now.cost {
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
		room := widths[c.col] - 2*t.padX
		if c.cols > 1 {
			room = t.over(c, widths)
		}
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

// spared is how much narrower the room of cells could be, no row the taller for it, no term parted and no word of a label. A
// label beside several rows may take two lines.
func (s *settler) spared() {
	s.wide, s.spare = s.wide[:0], s.spare[:0]
	for i, width := range s.now.widths {
		s.spare = append(s.spare, max(0, width-s.floor[i]))
	}
	for i := range s.cells {
		c := &s.cells[i]
		if c.cols == 1 && s.spare[c.col] == 0 {
			continue
		}
		lines := s.now.rows[c.row]
		if c.rows > 1 {
			lines = max(s.now.lines[i], min(s.now.under(c), 2))
		}
		keeps := max(c.enough(lines), headRoom(c))
		if s.now.rooms[i] >= c.term {
			keeps = max(keeps, c.term)
		}
		room := max(0, s.now.rooms[i]-keeps)
		if c.cols == 1 {
			s.spare[c.col] = min(s.spare[c.col], room)
		} else {
			s.wide = append(s.wide, spare{c.col, c.col + c.cols, room})
		}
	}
}

// freed is how much each column could do without for what is wanted, were it the only one. What needs room gives none.
func (s *settler) freed(w *want) {
	s.free, s.needed = append(s.free[:0], s.spare...), append(s.needed[:0], 0)
	for i, need := range w.need {
		s.needed = append(s.needed, s.needed[i]+need)
		if need > 0 {
			s.free[i] = 0
		}
	}
	for _, over := range s.wide {
		room := over.room + s.needed[over.end] - s.needed[over.col]
		for k := over.col; k < over.end; k++ {
			s.free[k] = min(s.free[k], room)
		}
	}
}

// list says what would make the table better, what needs least room first.
func (s *settler) list() {
	s.wants, s.need = s.wants[:0], s.need[:0]
	s.byRow = slices.Grow(s.byRow[:0], s.rows)[:s.rows]
	clear(s.byRow)
	for i := range s.cells {
		c := &s.cells[i]
		if n := s.now.rows[c.row]; c.rows == 1 && n > 1 && s.now.lines[i] == n {
			s.ask(&s.byRow[c.row], c, c.enough(n-1)-s.now.rooms[i])
		}
		if c.term > s.now.rooms[i] {
			var w want
			s.ask(&w, c, c.term-s.now.rooms[i])
			s.wants = append(s.wants, w)
		}
	}
	for _, w := range s.byRow {
		if w.sum > 0 {
			s.wants = append(s.wants, w)
		}
	}
	slices.SortStableFunc(s.wants, func(a, b want) int { return cmp.Compare(a.sum, b.sum) })
	s.wants = s.wants[:min(len(s.wants), settleTries)]
}

// ask wants more room for a cell, of all its columns alike.
func (s *settler) ask(w *want, c *cell, more unit.Length) {
	if w.need == nil {
		from := len(s.need)
		s.need = slices.Grow(s.need, s.Table.cols)[:from+s.Table.cols]
		w.need = s.need[from:len(s.need):len(s.need)]
		clear(w.need)
	}
	for _, n := range w.need[c.col : c.col+c.cols] {
		more -= n
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

func opens(r rune) bool {
	switch r {
	case '“', '《', '（', '〈', '「', '〔':
		return true
	}
	return false
}

func closes(r rune) bool {
	switch r {
	case '”', '》', '）', '〉', '」', '〕':
		return true
	}
	return false
}
