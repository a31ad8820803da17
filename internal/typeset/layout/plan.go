package layout

import (
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// Pages of running text are looked at before they are laid, where their style asks for full ones. A page of a line or two, a last page of three, and two blank
// lines or more at the foot are avoided by setting paragraphs a line longer or shorter, where that leaves their lines even;
// for the first also by turning the page earlier.

// fewLines is how many lines of text do not stand on the last page alone where that can be helped, and twoLines how many
// never do.
const (
	fewLines = 3
	twoLines = 2
)

// backPages is how many pages before a short last page may give it room.
const backPages = 6

// What flaws cost, in the order in which they are avoided.
const (
	flawTwo   = 1000
	flawFew   = 300
	flawBlank = 100 // for each blank line at the foot beyond the first
)

// spot is a place in the flow, and how the page stands there.
type spot struct {
	item, line          int
	y                   unit.Length
	lines               int // of text on the page
	top, carried, empty bool
}

// planner lays out pages of running text without drawing them.
type planner struct {
	l      *layouter
	items  []item // of the whole flow
	from   int    // the first that is running text
	to     int    // and the one after the last
	height unit.Length
	other  map[way][]par.Line // lines of paragraphs that are set otherwise, nil for those that cannot be
	set    map[int]bool       // the paragraphs that are, by item
}

// way is a paragraph, by item, and by how many lines it is to be longer.
type way struct{ item, by int }

// plan looks ahead over the running text that begins with an item, and returns the item after it.
func (l *layouter) plan(items []item, from int) int {
	to := from
	for to < len(items) && flows(items[to].block) {
		to++
	}
	if to == from {
		return from + 1
	}
	o := l.open
	at := spot{item: from, y: o.y, top: o.top, carried: o.carried, empty: o.empty}
	if !o.top {
		at.lines = fewLines // there is something else
	}
	if !l.paper.Fill {
		return to
	}
	p := planner{l: l, items: items, from: from, to: to, height: o.area.height}
	p.pages(at)
	return to
}

// flows reports whether a block is running text, or room in it.
func flows(b block) bool {
	switch b := b.(type) {
	case *lines:
		return true
	case *space:
		return b.weight == 0
	}
	return false
}

// pages goes through the pages and mends what is amiss, by what stands on the page and on the one before.
func (p *planner) pages(at spot) {
	starts := []spot{at} // of the last few pages
	for before := at; ; {
		next, blank, full := p.page(at)
		if !full {
			return
		}
		if p.tail(next) <= fewLines && p.pullBack(starts[0], len(starts), next) {
			return
		}
		if tail := p.tail(next); (blank > 1 || tail <= fewLines) && p.mend(before, at, next) {
			if before != at {
				if at, _, full = p.page(before); !full {
					return
				}
			}
			if next, _, full = p.page(at); !full {
				return
			}
		}
		before, at = at, next
		starts = append(starts, next)
		starts = starts[max(0, len(starts)-backPages):]
	}
}

// page lays what goes on from a spot to the end of its page. It returns where the next page goes on and how many blank lines
// stay at the foot, but before what must stay with what it is over; or, if nothing goes on, the end and false.
func (p *planner) page(s spot) (next spot, blank int, full bool) {
	for s.item < p.to {
		it := &p.items[s.item]
		before := it.before
		if s.top {
			before = 0
		}
		room := p.height - s.y - before
		h, done := unit.Length(0), false
		if s.line > 0 || s.empty || need(p.items[s.item:], p.height) <= room {
			h, done = s.take(it, room)
		}
		if h > 0 {
			s.y += before + h
			s.top, s.empty = false, s.empty && it.keepNext
		}
		if !done {
			if b, ok := it.block.(*lines); ok && (s.line > 0 || !it.keepNext) {
				blank = int((room - h) / b.style.Leading)
			}
			return spot{item: s.item, line: s.line, top: true, carried: true, empty: true}, blank, true
		}
		if !s.top {
			s.y += it.after
		}
		s.item, s.line = s.item+1, 0
	}
	return s, 0, false
}

// take is fill of a block, without the page.
func (s *spot) take(it *item, room unit.Length) (unit.Length, bool) {
	b, ok := it.block.(*lines)
	if !ok {
		if s.top && s.carried {
			return 0, true
		}
		return min(it.whole(), max(room, 0)), true
	}
	n := b.stay(s.line, room, s.empty, s.top)
	s.line += n
	if !blank(b.lines) {
		s.lines += n
	}
	return unit.Length(n) * b.style.Leading, s.line == len(b.lines)
}

// tail is the number of lines from a spot on, where that is the top of the last page; else it is many.
func (p *planner) tail(s spot) int {
	if p.to < len(p.items) {
		return fewLines + 1 // a table, or the like, stands below
	}
	if end, _, full := p.page(s); !full && end.lines > 0 {
		return end.lines
	}
	return fewLines + 1
}

// flaws is what is amiss on the pages from a spot on that a change near it can mend. Hard leaves out last pages of three
// lines: four are hardly better.
func (p *planner) flaws(s spot, pages int) (hard, all int) {
	for range pages {
		next, blank, full := p.page(s)
		if !full {
			break
		}
		hard += flawBlank * max(0, blank-1)
		switch tail := p.tail(next); {
		case tail <= twoLines:
			hard += flawTwo
		case tail <= fewLines:
			all += flawFew
		}
		s = next
	}
	return hard, hard + all
}
