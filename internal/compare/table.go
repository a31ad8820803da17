package compare

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// tableRow is a row of a side of a table of the pack.
type tableRow struct {
	side, row int
	key       string
	above     int    // of the list, -1 for none
	name      string // as people call it
	code      string
	numbers   string // all that it prints, "" where it prints none
	y         int    // where it is printed
}

// twin is how the key of a row ends that has another's key, but for its number.
var twin = regexp.MustCompile(`#\d+`)

// says is all that a row says, with its key but for the numbers of twins: they are told apart by what they say first.
func (r *tableRow) says() string {
	key := r.key
	if strings.Contains(key, "#") {
		key = twin.ReplaceAllString(key, "")
	}
	return key + "\x00" + r.name + "\x00" + r.numbers
}

// packTable is a table of the pack with where its cells stand.
type packTable struct {
	s    *schedule.Schedule
	t    *doc.Table
	grid [][]*doc.Cell
	rows []tableRow
	cols map[string]int // by key
	seen map[*doc.Cell]bool
}

func newPackTable(f *flat, t *doc.Table) *packTable {
	if t.Of == 0 || f.side.Numbers == nil {
		return nil
	}
	s := f.side.Numbers.TableOf(t)
	if s == nil {
		return nil
	}
	p := &packTable{s: s, t: t, grid: lay(t.Body, len(t.Columns)), cols: map[string]int{}, seen: map[*doc.Cell]bool{}}
	for j := range s.Leaves {
		p.cols[s.ColumnKey(j)] = j
	}
	for k := range s.Sides {
		first := len(p.rows)
		for i := range s.Sides[k].Rows {
			p.rows = append(p.rows, p.row(k, i, first))
		}
	}
	return p
}

func (p *packTable) row(side, i, first int) tableRow {
	x := &p.s.Sides[side]
	r := &x.Rows[i]
	out := tableRow{side: side, row: i, key: p.s.RowKey(side, i), above: -1, name: r.Name(), code: r.Text("code").String}
	if out.name == "" && r.Kind == schedule.Total {
		out.name = p.s.Table.Total
	}
	if r.Parent >= 0 {
		out.above = first + r.Parent
	}
	var numbers []string
	any := false
	for _, j := range x.Columns {
		if ref := (schedule.Ref{Side: side, Row: i, Column: j}); p.s.Numbered(ref) {
			printed := p.s.Printed(ref)
			any = any || strings.ContainsAny(printed, "123456789")
			numbers = append(numbers, printed)
		}
	}
	if any {
		out.numbers = strings.Join(numbers, "\x00")
	}
	out.y, _ = p.s.Place(schedule.Ref{Side: side, Row: i, Column: x.Columns[0]})
	return out
}

// lay says which cell covers each place of rows.
func lay(rows []doc.Row, columns int) [][]*doc.Cell {
	out := make([][]*doc.Cell, len(rows))
	all := make([]*doc.Cell, len(rows)*columns)
	for i := range out {
		out[i] = all[i*columns : (i+1)*columns]
	}
	for i := range rows {
		x := 0
		for k := range rows[i].Cells {
			c := &rows[i].Cells[k]
			for x < columns && out[i][x] != nil {
				x++
			}
			for y := i; y < min(i+max(c.RowSpan, 1), len(rows)); y++ {
				for n := x; n < min(x+max(c.ColSpan, 1), columns); n++ {
					out[y][n] = c
				}
			}
			x += max(c.ColSpan, 1)
		}
	}
	return out
}

// table compares a table that is in both documents.
func (d *differing) table(a, b *block) {
	d.above(a, b)
	old, new := newPackTable(d.old, a.table), newPackTable(d.new, b.table)
	if old == nil || new == nil {
		d.grid(a, b)
	} else {
		d.heads(a, b, old, new)
		d.tableRows(a, b, old, new)
		d.rest(a, b, old, new)
	}
	d.notes(a, b)
}

// matchRows says which row of the new table was which of the old: by their keys, and below those that are one, rows that print
// the same numbers and are called otherwise.
func (d *differing) matchRows(old, new *packTable) *matched {
	m := newMatched(len(old.rows), len(new.rows))
	m.turned = d.turned
	m.byKey(func(i int) string { return old.rows[i].says() }, func(j int) string { return new.rows[j].says() })
	m.byKey(func(i int) string { return old.rows[i].key }, func(j int) string { return new.rows[j].key })
	const depth = 4 // of rows below rows
	for range depth {
		before := slices.Clone(m.was)
		m.similar(func(i, j int) int { return d.sameRow(old, new, m, i, j) })
		if slices.Equal(before, m.was) {
			break
		}
	}
	return m
}

// sameRow is how likely two rows are one that is called otherwise, in thousandths.
func (d *differing) sameRow(old, new *packTable, m *matched, i, j int) int {
	a, b := &old.rows[i], &new.rows[j]
	if a.side != b.side || (a.above < 0) != (b.above < 0) || a.above >= 0 && m.was[b.above] != a.above || a.code != "" && b.code != "" && a.code != b.code {
		return 0
	}
	spec := old.s.Sides[a.side].Rows[a.row].Spec != nil && new.s.Sides[b.side].Rows[b.row].Spec != nil
	switch {
	case a.name == b.name && a.name != "":
		return 1000
	case a.numbers == b.numbers && a.numbers != "":
		return 700
	case d.renamed[a.name] == b.name && b.name != "":
		return 900
	case spec:
		return bagOf(a.name).like(bagOf(b.name))
	}
	return 0
}

func (d *differing) tableRows(a, b *block, old, new *packTable) {
	m := d.matchRows(old, new)
	moved := movedSiblings(old, new, m)
	texts := map[[2]*doc.Cell]bool{}
	m.merge(func(i, j int) {
		switch {
		case j < 0:
			d.rowGone(b, old, i)
		case i < 0:
			d.rowCame(b, new, j)
		default:
			d.rowBoth(a, b, old, new, i, j, moved[j], texts)
		}
		if j >= 0 {
			if s := rowEnd(&b.table.Body[new.rows[j].y]); s != nil {
				d.last = s
			}
		}
	})
}

// movedSiblings are the rows that stand elsewhere among those below the same row.
func movedSiblings(old, new *packTable, m *matched) map[int]bool {
	type parent struct{ side, above int }
	below, order := map[parent][]int{}, []parent{}
	for j, i := range m.was {
		if i < 0 || old.rows[i].side != new.rows[j].side {
			continue
		}
		p := parent{new.rows[j].side, new.rows[j].above}
		if below[p] == nil {
			order = append(order, p)
		}
		below[p] = append(below[p], j)
	}
	out := map[int]bool{}
	for _, p := range order {
		list := below[p]
		was := make([]int, len(list))
		for k, j := range list {
			was[k] = m.was[j]
			out[j] = true
		}
		for _, k := range m.rising(was) {
			delete(out, list[k])
		}
	}
	return out
}

// place is a number of a table.
type place struct {
	p   *packTable
	ref schedule.Ref
	of  int32
}

func (p *packTable) at(r *tableRow, column int) (place, bool) {
	ref := schedule.Ref{Side: r.side, Row: r.row, Column: column}
	if !p.s.Numbered(ref) {
		return place{}, false
	}
	y, x := p.s.Place(ref)
	return place{p, ref, p.t.Of + int32(y*len(p.s.Leaves)+x)}, true
}

func (d *differing) rowGone(b *block, p *packTable, i int) {
	r := &p.rows[i]
	line := ref{p.t, atRow + i}
	e := effect{row: &Row{Part: d.partOf(b), Name: r.name, Change: Removed, Spots: d.stood()}, was: line, block: b, line: line}
	d.tracer.row(&e.causes, p, r, true)
	d.tracer.narrow(&e.causes)
	if r.name != "" || r.numbers != "" {
		d.effects = append(d.effects, e)
	}
	for _, j := range p.s.Sides[r.side].Columns {
		if x, ok := p.at(r, j); ok && p.s.Printed(x.ref) != "" {
			d.number(b, &x, nil, line, d.stood())
		}
	}
	d.see(p, r)
}

func (d *differing) rowCame(b *block, p *packTable, j int) {
	r := &p.rows[j]
	line := ref{p.t, atRow + j}
	e := effect{row: &Row{Part: d.partOf(b), Name: r.name, Change: Added, Spots: p.rowSpots(r)}, is: line, block: b, line: line}
	d.tracer.row(&e.causes, p, r, false)
	d.tracer.narrow(&e.causes)
	if r.name != "" || r.numbers != "" {
		d.effects = append(d.effects, e)
	}
	for _, k := range p.s.Sides[r.side].Columns {
		if x, ok := p.at(r, k); ok && p.s.Printed(x.ref) != "" {
			d.number(b, nil, &x, line, nil)
		}
	}
	d.see(p, r)
}

// see notes that the words of a row have been gone through.
func (d *differing) see(p *packTable, r *tableRow) {
	for _, c := range p.words(r) {
		p.seen[c.cell] = true
	}
}

type wordCell struct {
	cell   *doc.Cell
	column int
}

// words are the cells of a row that hold words.
func (p *packTable) words(r *tableRow) (out []wordCell) {
	if r.y >= len(p.grid) {
		return nil
	}
	for _, j := range p.s.Sides[r.side].Columns {
		if j >= len(p.grid[r.y]) {
			continue
		}
		if _, number := p.at(r, j); number {
			continue
		}
		c := p.grid[r.y][j]
		if c == nil || c.Number || len(out) > 0 && out[len(out)-1].cell == c {
			continue
		}
		out = append(out, wordCell{c, j})
	}
	return out
}

// rowSpots are the words that a row is called by, and where it has none, its first number. What stands beside rows above it, too,
// is not the row's own.
func (p *packTable) rowSpots(r *tableRow) (out []Spot) {
	for _, c := range p.words(r) {
		if r.y > 0 && c.column < len(p.grid[r.y-1]) && p.grid[r.y-1][c.column] == c.cell {
			continue
		}
		t := cellText(c.cell)
		out = append(out, t.all()...)
	}
	if len(out) == 0 {
		for _, j := range p.s.Sides[r.side].Columns {
			if x, ok := p.at(r, j); ok {
				return []Spot{{Of: x.of}}
			}
		}
	}
	return out
}

func (d *differing) rowBoth(a, b *block, old, new *packTable, i, j int, moved bool, texts map[[2]*doc.Cell]bool) {
	x, y := &old.rows[i], &new.rows[j]
	was, is := ref{old.t, atRow + i}, ref{new.t, atRow + j}
	if moved {
		e := effect{row: &Row{Part: d.partOf(b), Name: y.name, Change: Moved, Spots: new.rowSpots(y)}, was: was, is: ref{new.t, -atRow - j}, block: b, line: is}
		d.tracer.row(&e.causes, new, y, false)
		d.effects = append(d.effects, e)
	}
	if x.name != y.name {
		e := effect{row: &Row{Part: d.partOf(b), Name: y.name, Old: x.name, Change: Altered, Spots: new.rowSpots(y)}, was: was, is: is, block: b, line: is}
		d.tracer.called(&e.causes, old, x, true)
		d.tracer.called(&e.causes, new, y, false)
		d.effects = append(d.effects, e)
	}
	d.rowWords(a, b, old, new, x, y, is, texts)
	for _, k := range new.s.Sides[y.side].Columns {
		n, ok := new.at(y, k)
		o, had := place{}, false
		if at, known := old.cols[new.s.ColumnKey(k)]; known && slices.Contains(old.s.Sides[x.side].Columns, at) {
			o, had = old.at(x, at)
		}
		switch {
		case ok && had:
			if old.s.Printed(o.ref) != new.s.Printed(n.ref) {
				d.number(b, &o, &n, is, nil)
			}
		case ok && new.s.Printed(n.ref) != "":
			d.number(b, nil, &n, is, nil)
		case had && old.s.Printed(o.ref) != "":
			d.number(b, &o, nil, is, new.rowSpots(y))
		}
	}
	for _, k := range old.s.Sides[x.side].Columns {
		if _, known := new.cols[old.s.ColumnKey(k)]; known {
			continue
		}
		if o, had := old.at(x, k); had && old.s.Printed(o.ref) != "" {
			d.number(b, &o, nil, is, new.rowSpots(y))
		}
	}
}

// rowWords compares the words of a row that is in both tables. A cell that goes over several rows is compared once.
func (d *differing) rowWords(a, b *block, old, new *packTable, x, y *tableRow, line ref, texts map[[2]*doc.Cell]bool) {
	was := map[string]*doc.Cell{}
	for _, c := range old.words(x) {
		was[old.s.ColumnKey(c.column)] = c.cell
		old.seen[c.cell] = true
	}
	compare := func(o, c *doc.Cell, column string) {
		at := [2]*doc.Cell{o, c}
		if texts[at] {
			return
		}
		texts[at] = true
		d.words(a, b, joinPlace(y.name, column), cellText(o), cellText(c), line)
	}
	done := map[string]bool{}
	for _, c := range new.words(y) {
		key := new.s.ColumnKey(c.column)
		done[key] = true
		new.seen[c.cell] = true
		if o := was[key]; o != nil && cellText(o).s == cellText(c.cell).s {
			continue
		}
		compare(was[key], c.cell, strings.Join(new.s.Heads(c.column), " · "))
	}
	for _, c := range old.words(x) {
		if key := old.s.ColumnKey(c.column); !done[key] && len(c.cell.Text) > 0 {
			compare(c.cell, nil, strings.Join(old.s.Heads(c.column), " · "))
		}
	}
}

func joinPlace(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " · ")
}
