package layout

import (
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/table"
	"yusuan/internal/typeset/unit"
)

// block is a piece of a section that fills room from the top.
type block interface {
	// need is the least room that is worth beginning in.
	need() unit.Length
	// whole is the height of all that is left.
	whole() unit.Length
	// fill draws at the given height of the open page as much as fits the room, and returns the height taken and
	// whether nothing is left. At the top of a page it draws something in any case. empty says that the page holds
	// nothing but headings of this very block, so that going on to the next would strand them.
	fill(l *layouter, y, room unit.Length, empty bool) (unit.Length, bool)
}

// item is a block with the space around it.
type item struct {
	block
	before, after unit.Length
	keepNext      bool
}

// rect is the type area of a page.
type rect struct{ left, top, width, height unit.Length }

// area is the type area of the current page style, grown by half the line gap of its base style at both ends, so
// that the characters of the first and last line, not their leading, reach its edges (GB/T 9704-2012 cl. 5.2.1).
func (l *layouter) area() rect { return l.areaOf(&l.paper) }

func (l *layouter) areaOf(p *doc.PageStyle) rect {
	r := rect{p.Left, p.Top, p.Width - p.Left - p.Right, p.Height - p.Top - p.Bottom}
	if p.Base != "" {
		base := l.sheet.Text(p.Base)
		gap := base.Leading - base.Size
		r.top -= gap / 2
		r.height += gap
	}
	return r
}

// facing is the page style as the next page has it: in a document whose margins are mirrored, a left-hand page is bound at
// its right.
func (l *layouter) facing() doc.PageStyle {
	p := l.paper
	if !l.mirrored || len(l.pages)%2 == 0 {
		return p
	}
	if p.Turned {
		p.Top, p.Bottom = p.Bottom, p.Top
	} else {
		p.Left, p.Right = p.Right, p.Left
	}
	return p
}

// rightHand begins what follows on a right-hand page; a blank one before it counts and bears no number.
func (l *layouter) rightHand() {
	n := len(l.pages)
	if n%2 == 0 {
		return
	}
	l.number++
	l.pages = append(l.pages, page.Page{Width: l.pages[n-1].Width, Height: l.pages[n-1].Height})
}

// openPage is a page being filled.
type openPage struct {
	page.Page
	area    rect
	y       unit.Length // how far the area is filled
	top     bool        // nothing drawn yet
	carried bool        // begun because the one before was full
	empty   bool        // holds nothing but what must stay with what follows
	fills   []fill
	figures []placed
}

// fill is a space that takes a share of what is left of the page. All that was drawn later moves down.
type fill struct {
	weight                                            int
	texts, rules, paths, links, heads, figures, cells int
}

// usualTexts is the number of runs on a page of text, lines of a few runs each, or of a table.
const usualTexts = 128

// usualRules is the number of rules on a page with a table.
const usualRules = 40

func (l *layouter) openPage(carried bool) {
	l.number++
	if cap(l.texts) < usualTexts {
		l.texts = make([]page.Text, 0, 8*usualTexts)
	}
	if cap(l.rules) < usualRules {
		l.rules = make([]page.Rule, 0, 4*usualRules)
	}
	q := l.facing()
	l.open = &openPage{
		Page: page.Page{Width: q.Width, Height: q.Height, Turned: q.Turned, Texts: l.texts, Rules: l.rules},
		area: l.areaOf(&q), top: true, carried: carried, empty: true,
	}
	l.open.Area = page.Rule{X: q.Left, Y: q.Top, W: q.Width - q.Left - q.Right, H: q.Height - q.Top - q.Bottom}
	if q.Turned {
		l.open.Width, l.open.Height = l.open.Height, l.open.Width
	}
}

// closePage finishes the open page, if there is one.
func (l *layouter) closePage() {
	p := l.open
	if p == nil {
		return
	}
	l.open = nil
	l.stretch(p)
	l.boxes(p)
	if l.sect.Numbered {
		l.drawNumber(p)
	} else {
		p.Name = l.pageName()
	}
	p.Texts, l.texts = part(p.Texts)
	p.Rules, l.rules = part(p.Rules)
	l.pages = append(l.pages, p.Page)
}

// part parts a slice from the memory behind it, which serves the next page.
func part[T any](s []T) (full, free []T) { return slices.Clip(s), s[len(s):] }

// stretch divides what is left of the page among its fills.
func (l *layouter) stretch(p *openPage) {
	left := max(p.area.height-p.y, 0)
	weights := 0
	for _, f := range p.fills {
		weights += f.weight
	}
	var down unit.Length
	for i, f := range p.fills {
		add := left * unit.Length(f.weight) / unit.Length(weights)
		left -= add
		weights -= f.weight
		down += add
		end := l.reached(p, 0)
		if i+1 < len(p.fills) {
			end = p.fills[i+1]
		}
		for k := f.texts; k < end.texts; k++ {
			p.Texts[k].Y += down
		}
		for k := f.rules; k < end.rules; k++ {
			p.Rules[k].Y += down
		}
		for k := f.paths; k < end.paths; k++ {
			p.Paths[k].Down(down)
		}
		for k := f.links; k < end.links; k++ {
			p.Links[k].Y += down
		}
		for k := f.heads; k < end.heads; k++ {
			l.places[k].y += down
		}
		for k := f.figures; k < end.figures; k++ {
			p.figures[k].place.Y += down
		}
		for k := f.cells; k < end.cells; k++ {
			p.Cells[k].Place.Y += down
		}
	}
}

// reached is a fill after all that was drawn so far.
func (l *layouter) reached(p *openPage, weight int) fill {
	return fill{weight, len(p.Texts), len(p.Rules), len(p.Paths), len(p.Links), len(l.places), len(p.figures), len(p.Cells)}
}

// flow lays items onto pages. Each goes on a page where it and what it must stay with can begin, if there is one.
func (l *layouter) flow(items []item) {
	planned := 0
	for i := range items {
		if l.open == nil {
			l.openPage(false)
		}
		if i == planned {
			planned = l.plan(items, i)
		}
		l.place(&items[i], need(items[i:], l.open.area.height))
	}
}

// place lays one item, on as many pages as it takes.
func (l *layouter) place(it *item, need unit.Length) {
	for {
		p := l.open
		before := it.before
		if p.top {
			before = 0
		}
		room := p.area.height - p.y - before
		if need > room && !p.empty {
			l.nextPage()
			continue
		}
		h, done := it.fill(l, p.y+before, room, p.empty)
		if h > 0 {
			p.y += before + h
			p.top = false
			p.empty = p.empty && it.keepNext
		}
		if done {
			if !p.top {
				p.y += it.after
			}
			return
		}
		l.nextPage()
		need = 0
	}
}

func (l *layouter) nextPage() {
	l.closePage()
	l.openPage(true)
}

// space is empty room. At the top of a page that follows a full one it is left out.
type space struct {
	height unit.Length
	weight int
}

func (s *space) need() unit.Length  { return 0 }
func (s *space) whole() unit.Length { return s.height }

func (s *space) fill(l *layouter, _, room unit.Length, _ bool) (unit.Length, bool) {
	p := l.open
	if p.top && p.carried {
		return 0, true
	}
	if s.weight > 0 {
		p.fills = append(p.fills, l.reached(p, s.weight))
	}
	return min(s.height, max(room, 0)), true
}

// grid is a table in the flow.
type grid struct {
	table *table.Table
	tail  unit.Length // notes that stay with the last row
	elems *table.Elems
	by    int    // how much it is squeezed
	after []item // up to the next turn
	mate  *turn  // which comes next, below nothing but notes; nil if there is none
}

func (g *grid) need() unit.Length  { return g.table.Need(g.tail) }
func (g *grid) whole() unit.Length { return g.table.Need(g.tail) }

func (g *grid) fill(l *layouter, y, room unit.Length, empty bool) (unit.Length, bool) {
	// Below headings that leave little of the page the table may still do better on the next one.
	empty = empty && (l.open.top || 2*room >= l.open.area.height)
	part := &l.part
	told := l.sheet.Diags
	if !g.table.Fill(part, room, empty, g.tail) {
		return 0, false
	}
	if g.elems == nil && (l.paper.Fill && !g.table.Done() || g.mate != nil) { // begun just now
		l.sheet.Diags = told
		g.table.Restart()
		g.by = l.settle(g, y, room, empty)
		g.table.Squeeze(g.by)
		if !g.table.Fill(part, room, empty, g.tail) {
			return 0, false // so it does best on the next page
		}
	}
	if g.elems == nil {
		g.elems = g.table.Structure(l.tree.current(), l.tree.add)
	}
	p := l.open
	g.table.Draw(part, &p.Page, p.area.left, p.area.top+y, g.elems)
	return part.Height, g.table.Done()
}

// overfull reports a line that is taller than the room it has to stand in.
func (l *layouter) overfull(s *style.Text, begin *diag.Range) {
	var at diag.Range
	if begin != nil {
		at = *begin
	}
	l.sheet.Diags.Warnf(style.RuleTall, at, "样式“%s”的一行高过版心", s.Name)
}
