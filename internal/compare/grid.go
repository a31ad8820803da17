package compare

import (
	"slices"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// gridRow is a row of a form, or of any table that is no schedule.
type gridRow struct {
	cells []*doc.Cell // by column, those that go over it too
	said  string      // all of it
	words []string    // by column
	heads []string    // by column: the head above
	row   *doc.Row
}

func gridRows(t *doc.Table, rows []doc.Row) []gridRow {
	out := make([]gridRow, len(rows))
	heads := headsOf(t)
	for i, cells := range lay(rows, len(t.Columns)) {
		r := gridRow{cells: cells, words: make([]string, len(cells)), heads: heads, row: &rows[i]}
		for x, c := range cells {
			if x > 0 && cells[x-1] == c {
				r.words[x] = r.words[x-1]
				continue
			}
			r.words[x] = cellText(c).s
		}
		r.said = strings.Join(r.words, "\x00")
		out[i] = r
		heads = r.below()
	}
	return out
}

// headsOf are the heads of a table by column: of several, the lowest.
func headsOf(t *doc.Table) []string {
	out := make([]string, len(t.Columns))
	for _, cells := range lay(t.Head, len(t.Columns)) {
		for x := range cells {
			if s := cellText(cells[x]).s; s != "" {
				out[x] = short(s)
			}
		}
	}
	return out
}

// below are the heads of what stands below the row, which may have some itself.
func (r *gridRow) below() []string {
	out := r.heads
	for x, c := range r.cells {
		if c == nil || c.Header != doc.HeaderColumn && c.Header != doc.HeaderBoth || r.words[x] == "" {
			continue
		}
		if &out[0] == &r.heads[0] {
			out = slices.Clone(out) // rows without heads share those above them
		}
		out[x] = short(r.words[x])
	}
	return out
}

// like is how many cells of two rows say the same, in thousandths; blank ones say nothing.
func (r *gridRow) like(o *gridRow) int {
	n, all := 0, 0
	for x := range min(len(r.words), len(o.words)) {
		if r.words[x] == "" && o.words[x] == "" {
			continue
		}
		all++
		if r.words[x] == o.words[x] {
			n++
		}
	}
	if all == 0 {
		return 1000
	}
	return 1000 * n / all
}

// grid compares a form, or any table that is no schedule, row by row.
func (d *differing) grid(a, b *block) {
	seen := map[[2]*doc.Cell]bool{}
	d.gridPart(a, b, gridRows(a.table, a.table.Head), gridRows(b.table, b.table.Head), seen, true)
	d.gridPart(a, b, gridRows(a.table, a.table.Body), gridRows(b.table, b.table.Body), seen, false)
}

func (d *differing) gridPart(a, b *block, old, new []gridRow, seen map[[2]*doc.Cell]bool, head bool) {
	m := newMatched(len(old), len(new))
	m.turned = d.turned
	m.alignBy(func(i int) string { return old[i].said }, func(j int) string { return new[j].said })
	m.byKey(func(i int) string { return old[i].unlike() }, func(j int) string { return new[j].unlike() })
	m.alignBy(func(i int) string { return skeleton(old[i].said) }, func(j int) string { return skeleton(new[j].said) })
	m.similar(func(i, j int) int { return old[i].like(&new[j]) })
	m.evenly()
	first := atBody
	if head {
		first = atHead
	}
	m.merge(func(i, j int) {
		switch {
		case j < 0:
			d.gridRow(b, old, i, ref{a.table, first + i}, true)
		case i < 0:
			d.gridRow(b, new, j, ref{b.table, first + j}, false)
		default:
			line := ref{b.table, first + j}
			if m.moved(j) {
				e := effect{row: &Row{Part: d.partOf(b), Name: new[j].name(), Change: Moved, Spots: new[j].spots()}, was: ref{a.table, first + i}, is: ref{b.table, -first - j}, block: b, line: line}
				d.tracer.cells(&e.causes, new[j].cells, false)
				d.effects = append(d.effects, e)
			}
			d.gridCells(a, b, new, &old[i], &new[j], j, line, seen)
		}
		if j >= 0 {
			if s := rowEnd(new[j].row); s != nil {
				d.last = s
			}
		}
	})
}

// unlike is what a row says if that is something.
func (r *gridRow) unlike() string {
	if strings.Trim(r.said, "\x00") == "" {
		return ""
	}
	return r.said
}

// evenly pairs what is left in a gap of as many old as new.
func (m *matched) evenly() {
	var pairs [][2]int
	m.gaps(func(old, new []int) {
		if len(old) != len(new) {
			return
		}
		for k := range old {
			pairs = append(pairs, [2]int{old[k], new[k]})
		}
	})
	for _, p := range pairs {
		m.pair(p[0], p[1])
	}
}

// name is what a row of a form is called: its own words at the left.
func (r *gridRow) name() string {
	var words []string
	for x, c := range r.cells {
		if c == nil || x > 0 && r.cells[x-1] == c || r.words[x] == "" || c.Number || c.RowSpan > 1 && len(words) == 0 && !r.last(x) {
			continue
		}
		words = append(words, short(r.words[x]))
		const most = 2
		if len(words) == most {
			break
		}
	}
	return strings.Join(words, " ")
}

// last reports whether a column is the last with words.
func (r *gridRow) last(x int) bool {
	for _, s := range r.words[x+1:] {
		if s != "" && s != r.words[x] {
			return false
		}
	}
	return true
}

// short is the beginning of long words.
func short(s string) string {
	const most = 24
	s = strings.ReplaceAll(s, "\n", "")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// spots are the words that begin in a row.
func (r *gridRow) spots() (out []Spot) {
	for k := range r.row.Cells {
		t := cellText(&r.row.Cells[k])
		out = append(out, t.all()...)
	}
	return out
}

// gridRow: a row of a form came or went. The numbers in it are told of.
func (d *differing) gridRow(b *block, rows []gridRow, at int, line ref, gone bool) {
	r := &rows[at]
	if r.unlike() == "" {
		return
	}
	e := effect{row: &Row{Part: d.partOf(b), Name: r.name()}, block: b, line: line}
	if gone {
		e.row.Change, e.row.Spots, e.was = Removed, d.stood(), line
	} else {
		e.row.Change, e.row.Spots, e.is = Added, r.spots(), line
	}
	d.tracer.cells(&e.causes, r.cells, gone)
	d.tracer.narrow(&e.causes)
	d.effects = append(d.effects, e)
	d.rowNumbers(b, rows, at, line, gone)
}

// rowNumbers tells of the numbers in a row that came or went.
func (d *differing) rowNumbers(b *block, rows []gridRow, at int, line ref, gone bool) {
	r, k := &rows[at], 0
	for x, c := range r.cells {
		if k < len(r.row.Cells) && c == &r.row.Cells[k] { // it begins here
			k++
			d.alone(b, c, r.rowOf(x), r.heads[x], line, gone)
		}
	}
}

// alone tells of the number of a cell that came or went with what it is in.
func (d *differing) alone(b *block, c *doc.Cell, row, column string, line ref, gone bool) {
	f := d.new
	if gone {
		f = d.old
	}
	n, ok := f.numberIn(c)
	if !ok {
		return
	}
	if gone {
		d.cell(b, &n, nil, row, column, line)
		return
	}
	d.cell(b, nil, &n, row, column, line)
}

// single is the one number that a cell shows.
type single struct {
	of            int32
	told          *schedule.Told
	printed       string
	before, after string
}

// numberIn is the number of a cell that shows one that the program printed, and no others.
func (f *flat) numberIn(c *doc.Cell) (single, bool) {
	if c == nil || len(c.Text) != 1 {
		return single{}, false
	}
	return f.numberOf(c.Text[0].String, c.Text[0].Marks)
}

func (f *flat) numberOf(s string, m doc.Marks) (single, bool) {
	if f.side.Numbers == nil {
		return single{}, false
	}
	marks := doc.MarksOf(f.side.Tree.Marks, m)
	if len(marks) != 1 {
		return single{}, false
	}
	told := f.side.Numbers.Told(marks[0].Of)
	if told == nil || told.Kind == schedule.ValueWritten {
		return single{}, false
	}
	from, to := marks[0].From, marks[0].To
	return single{of: marks[0].Of, told: told, printed: s[from:to], before: s[:from], after: s[to:]}, true
}

// cell tells of a number of a form or chart; old or new is nil where there is none.
func (d *differing) cell(b *block, old, new *single, row, column string, line ref) {
	w, _ := titled(b)
	c := &Cell{Where: w, Part: d.partOf(b), Row: row, Column: column}
	e := effect{cell: c, block: b, line: line}
	var was, is *schedule.Value
	some := new
	if old != nil {
		v := d.old.side.Numbers.Value(old.told)
		was, c.Old, c.HasOld, e.was = &v, old.printed, true, ref{d.old.side.Tree, int(old.of)}
		c.Name = d.old.side.Numbers.NameAt(old.of)
		d.tracer.value(&e.causes, true, was)
	}
	if new != nil {
		v := d.new.side.Numbers.Value(new.told)
		is, c.New, c.HasNew, e.is = &v, new.printed, true, ref{d.new.side.Tree, int(new.of)}
		c.Name = d.new.side.Numbers.NameAt(new.of)
		c.Spots = []Spot{{Of: new.of}}
		d.tracer.value(&e.causes, false, is)
	} else {
		c.Spots, some = d.stood(), old
	}
	c.measure(was, is, some.told.Format)
	d.effects = append(d.effects, e)
}

// gridCells compares the cells of a row that is in both.
func (d *differing) gridCells(a, b *block, rows []gridRow, old, new *gridRow, at int, line ref, seen map[[2]*doc.Cell]bool) {
	for x := range max(len(old.cells), len(new.cells)) {
		var o, n *doc.Cell
		if x < len(old.cells) {
			o = old.cells[x]
		}
		if x < len(new.cells) {
			n = new.cells[x]
		}
		pair := [2]*doc.Cell{o, n}
		if seen[pair] || o == nil && n == nil {
			continue
		}
		seen[pair] = true
		was, is := cellText(o), cellText(n)
		if was.s == is.s {
			continue
		}
		row, column := "", ""
		if x < len(new.cells) {
			row, column = new.rowOf(x), new.heads[x]
		}
		before := d.last
		if near := new.beside(x); len(near) > 0 {
			d.last = near // where what is gone stood
		}
		if !d.oneNumber(b, o, n, row, column, line) {
			d.words(a, b, joinPlace(row, column), was, is, line)
		}
		d.last = before
	}
}

// beside is behind the words at the left of a cell in its row, or before those at its right.
func (r *gridRow) beside(x int) []Spot {
	var own *doc.Cell
	if x < len(r.cells) {
		own = r.cells[x]
	}
	for k := min(x, len(r.cells)) - 1; k >= 0; k-- {
		if r.words[k] != "" && r.cells[k] != own {
			t := cellText(r.cells[k])
			return t.end()
		}
	}
	for k := x + 1; k < len(r.words); k++ {
		if r.words[k] != "" && r.cells[k] != own {
			return []Spot{{Text: &r.cells[k].Text[0]}}
		}
	}
	return nil
}

// oneNumber tells of a number that a cell shows, if that is all that differs in it.
func (d *differing) oneNumber(b *block, o, n *doc.Cell, row, column string, line ref) bool {
	was, had := d.old.numberIn(o)
	is, has := d.new.numberIn(n)
	switch {
	case had && has && was.before == is.before && was.after == is.after:
		d.cell(b, &was, &is, row, column, line)
	case had && !has && cellText(n).s == "" && was.before+was.after == "":
		d.cell(b, &was, nil, row, column, line)
	case has && !had && cellText(o).s == "" && is.before+is.after == "":
		d.cell(b, nil, &is, row, column, line)
	default:
		return false
	}
	return true
}

// rowOf is what the row of a cell is called: the words at its left.
func (r *gridRow) rowOf(x int) string {
	for k := x - 1; k >= 0; k-- {
		c := r.cells[k]
		if c == nil || c == r.cells[x] || r.words[k] == "" || c.Number {
			continue
		}
		return short(r.words[k])
	}
	return ""
}

// numbersOf tells of all numbers of a block that came or went as a whole.
func (d *differing) numbersOf(b *block, gone bool) {
	f := d.new
	if gone {
		f = d.old
	}
	switch {
	case b.chart != nil:
		d.chartNumbers(b, gone)
	case b.table != nil:
		if p := newPackTable(f, b.table); p != nil {
			d.tableNumbers(b, p, gone)
			return
		}
		rows := gridRows(b.table, b.table.Body)
		for i := range rows {
			d.rowNumbers(b, rows, i, ref{b.table, atBody + i}, gone)
		}
	}
}

func (d *differing) tableNumbers(b *block, p *packTable, gone bool) {
	for i := range p.rows {
		r := &p.rows[i]
		for _, j := range p.s.Sides[r.side].Columns {
			x, ok := p.at(r, j)
			switch {
			case !ok || p.s.Printed(x.ref) == "":
			case gone:
				d.number(b, &x, nil, ref{p.t, atRow + i}, d.stood())
			default:
				d.number(b, nil, &x, ref{p.t, atRow + i}, nil)
			}
		}
	}
}
