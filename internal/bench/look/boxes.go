package main

import (
	"fmt"
	"maps"
	"slices"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// box is the room between two rules between columns, measured from the left of the type area.
type box struct{ from, to unit.Length }

// boxes are the columns of the tables of a document, as their rules show them.
type boxes struct {
	pages [][]page.Rule // by page: the rules that stand upright, from left to right
	areas []page.Rule
	use   map[page.ElemID]map[box]use // by table
	pad   map[page.ElemID]unit.Length // from a rule to the text, by table
	elems []page.Elem
}

// use is what stands in a column.
type use struct {
	body  bool        // something other than heads does
	width unit.Length // the longest line
}

func newBoxes(d *document, cells []passage) *boxes {
	b := &boxes{elems: d.pages.Elems, use: map[page.ElemID]map[box]use{}, pad: map[page.ElemID]unit.Length{}}
	for i := range d.pages.Pages {
		p := &d.pages.Pages[i]
		var rules []page.Rule
		for _, r := range p.Rules {
			if r.H > r.W {
				rules = append(rules, r)
			}
		}
		slices.SortStableFunc(rules, func(x, y page.Rule) int { return int(x.X - y.X) })
		b.pages, b.areas = append(b.pages, rules), append(b.areas, p.Area)
	}
	for i := range cells {
		b.note(&cells[i])
	}
	return b
}

// note notes what a cell takes of its column.
func (b *boxes) note(p *passage) {
	table := b.table(p.elem)
	if b.use[table] == nil {
		b.use[table] = map[box]use{}
	}
	head := b.elems[p.elem].Kind == page.KindTH && b.elems[p.elem].Scope != page.ScopeRow
	for i := range p.lines {
		l := &p.lines[i]
		x, ok := b.of(l)
		if !ok {
			continue
		}
		u := b.use[table][x]
		u.body = u.body || !head
		u.width = max(u.width, l.end()-l.start())
		b.use[table][x] = u
		left := l.start() - b.areas[l.page].X - x.from
		if have, ok := b.pad[table]; left > 0 && (!ok || left < have) {
			b.pad[table] = left
		}
	}
}

// table is the table that an element belongs to.
func (b *boxes) table(e page.ElemID) page.ElemID {
	for e > 0 && b.elems[e].Kind != page.KindTable {
		e = b.elems[e].Parent
	}
	return e
}

// row is the row that an element belongs to.
func (b *boxes) row(e page.ElemID) page.ElemID {
	for e > 0 && b.elems[e].Kind != page.KindTR {
		e = b.elems[e].Parent
	}
	return e
}

// across are the columns at the height of a line.
func (b *boxes) across(l *line) []box {
	var out []box
	last := unit.Length(-1)
	y := l.y - l.glyphs[0].size/3
	for _, r := range b.pages[l.page] {
		if y < r.Y || y > r.Y+r.H {
			continue
		}
		at := r.X + r.W/2 - b.areas[l.page].X
		if last >= 0 && at > last {
			out = append(out, box{last, at})
		}
		last = max(at, 0)
	}
	return out
}

// of is the column in which a line stands.
func (b *boxes) of(l *line) (box, bool) {
	x := l.start() - b.areas[l.page].X
	for _, c := range b.across(l) {
		if c.from <= x && x < c.to {
			return c, true
		}
	}
	return box{}, false
}

// most is the number of line ends that a cell may have of its own.
const most = 4

// tall looks for rows made tall by a cell whose text would take fewer lines if columns beside it gave it their room.
func (r *report) tall(d *document, cells []passage, b *boxes) {
	told := map[page.ElemID]bool{}
	for i := range cells {
		p := &cells[i]
		row := b.row(p.elem)
		if p.source == nil || p.source.vertical || d.pages.Elems[p.elem].RowSpan > 1 || told[row] || p.wraps() < most {
			continue
		}
		l := &p.lines[len(p.lines)/2]
		own, ok := b.of(l)
		if !ok {
			continue
		}
		if room, what := b.room(p, l, own); room > 0 {
			told[row] = true
			r.add(tallRows, d, l.page, fmt.Sprintf("%d lines in %s pt beside %s: %s", len(p.lines), own.to-own.from, what, shown(p)))
		}
	}
}

// wraps counts the line ends that are not the author's.
func (p *passage) wraps() (n int) {
	for i := range p.lines {
		if !p.lines[i].ends {
			n++
		}
	}
	return n
}

// room is the most that a column beside a cell can give: one that is empty but for its head all that the head leaves, if that
// is a character or more, any other when it uses less than half of its width.
func (b *boxes) room(p *passage, l *line, own box) (most unit.Length, what string) {
	table := b.table(p.elem)
	pad := b.pad[table]
	for _, c := range b.across(l) {
		inner := c.to - c.from - 2*pad
		u := b.use[table][c]
		left := inner - u.width
		switch {
		case c == own || left <= most:
		case !u.body && left >= l.glyphs[0].size:
			most, what = left, fmt.Sprintf("an empty column of %s pt", c.to-c.from)
		case u.body && 2*u.width < inner:
			most, what = left, fmt.Sprintf("a column of %s pt with lines of %s pt", c.to-c.from, u.width)
		}
	}
	return most, what
}

// sizes looks at the sizes in which the texts of tables are set, heads aside: that of most lines of each.
func (r *report) sizes(d *document, cells []passage, b *boxes) {
	type count map[unit.Length]int
	tables, order := map[page.ElemID]count{}, []page.ElemID{}
	first := map[page.ElemID]int{}
	for i := range cells {
		p := &cells[i]
		if d.pages.Elems[p.elem].Kind != page.KindTD {
			continue
		}
		t := b.table(p.elem)
		if tables[t] == nil {
			tables[t], first[t] = count{}, p.lines[0].page
			order = append(order, t)
		}
		tables[t][p.lines[0].glyphs[0].size] += len(p.lines)
	}
	of := map[unit.Length][]page.ElemID{}
	for _, t := range order {
		var size unit.Length
		for _, s := range slices.Sorted(maps.Keys(tables[t])) {
			if tables[t][s] > tables[t][size] {
				size = s
			}
		}
		of[size] = append(of[size], t)
	}
	for _, s := range slices.Sorted(maps.Keys(of)) {
		title := ""
		if l := d.pages.Elems[of[s][0]].Label; l != nil {
			title = l.Title
		}
		r.add(sizes, d, first[of[s][0]], fmt.Sprintf("%s pt in %d tables, first %s", s, len(of[s]), title))
	}
}
