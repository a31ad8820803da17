package layout

import (
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// mend changes one paragraph that begins on the page before a spot, on the page at it, or next, the one that leaves least
// amiss; and what is left of a last page of two lines gets lines from the page before. It reports whether it changed anything.
func (p *planner) mend(before, at, next spot) bool {
	changed := p.changeOne(before, next)
	if at, ok := p.after(before, at); ok {
		if next, _, full := p.page(at); full && p.tail(next) <= twoLines {
			changed = p.hold(at) || changed
		}
	}
	return changed
}

// after is where the page goes on now that began at a spot, the one before it beginning at another.
func (p *planner) after(before, at spot) (spot, bool) {
	if before == at {
		return at, true
	}
	next, _, full := p.page(before)
	return next, full
}

// begun are the paragraphs, from and to, that begin from a spot on up to another.
func (p *planner) begun(start, end spot) (from, to int) {
	from = start.item
	if start.line > 0 {
		from++
	}
	return from, min(end.item+1, p.to)
}

// pullBack sets paragraphs a line shorter that begin on so many pages from a spot on, the last first, until the last page,
// which begins at another, has gone.
func (p *planner) pullBack(start spot, pages int, last spot) bool {
	from, to := p.begun(start, last)
	_, was := p.flaws(start, pages+1)
	var undo []way
	for i := to - 1; i >= from; i-- {
		if w := (way{i, -1}); p.lines(w) != nil {
			p.swap(w)
			undo = append(undo, w)
			if _, now := p.flaws(start, pages+1); now <= was-flawFew {
				for _, w := range undo {
					p.keep(w)
				}
				return true
			}
		}
	}
	for _, w := range undo {
		p.swap(w)
	}
	return false
}

// changeOne sets the one paragraph a line longer or shorter that leaves least amiss, if one is of use.
func (p *planner) changeOne(start, end spot) bool {
	const pages = 4 // two more may change for it
	from, to := p.begun(start, end)
	best := way{}
	was, least := p.flaws(start, pages)
	for i := from; i < to; i++ {
		for _, by := range []int{-1, 1} {
			w := way{i, by}
			if p.lines(w) == nil {
				continue
			}
			p.swap(w)
			if hard, all := p.flaws(start, pages); hard < was && all <= least {
				best, least = w, all-1 // of equals the first
			}
			p.swap(w)
		}
	}
	if best.by == 0 {
		return false
	}
	p.swap(best)
	p.keep(best)
	return true
}

// lines are those of a paragraph that is set a line longer or shorter; nil where it cannot be, or not evenly.
func (p *planner) lines(w way) []par.Line {
	if p.set[w.item] {
		return nil
	}
	if made, ok := p.other[w]; ok {
		return made
	}
	if p.other == nil {
		p.other, p.set = map[way][]par.Line{}, map[int]bool{}
	}
	var made []par.Line
	if b, ok := p.items[w.item].block.(*lines); ok && b.text != nil && b.may(w.by) {
		if made = p.l.again(b, w.by); len(made) != len(b.lines)+w.by {
			made = nil
		}
	}
	p.other[w] = made
	return made
}

// may reports whether it is worth while to set a paragraph longer or shorter: every line can give or take but little.
func (b *lines) may(by int) bool {
	n := len(b.lines)
	room := b.lines[n-1].Width // to be gained
	if by > 0 {
		room = b.measure - room
	}
	return n > 1 && room <= unit.Length(2*n)*b.style.Size
}

// again sets a paragraph a line longer or shorter, if that leaves its lines even.
func (l *layouter) again(b *lines, by int) []par.Line {
	l.spans = l.spans[:0]
	for _, x := range l.piecesOf(b.text, b.style) {
		l.spans = append(l.spans, x.style.Span(x.text))
	}
	ask := b.style.Paragraph(b.measure, l.spans...)
	ask.Longer = by
	return l.sheet.Setter.Set(&ask).Lines
}

// swap sets a paragraph otherwise, or as it was.
func (p *planner) swap(w way) {
	b := p.items[w.item].block.(*lines)
	b.lines, p.other[w] = p.other[w], b.lines
}

// keep lets a paragraph be as it is now.
func (p *planner) keep(w way) { p.set[w.item] = true }

// hold gives lines of the page at a spot to the last page, which follows and has two at most, until it has three.
func (p *planner) hold(at spot) (held bool) {
	for range fewLines {
		last, _, full := p.page(at)
		if !full || p.tail(last) > twoLines || !p.bring(last, fewLines-p.tail(last)) {
			return held
		}
		held = true
	}
	return held
}

// bring lets the page that begins at a spot begin so many lines earlier, or a few more.
func (p *planner) bring(s spot, n int) bool {
	i := s.item
	if s.line == 0 {
		i--
		s.line = -1
	}
	if i < p.from {
		return false
	}
	b, ok := p.items[i].block.(*lines)
	switch {
	case !ok:
		return false
	case s.line < 0 && len(b.lines) >= 2*par.Few && !b.solid: // of the paragraph before, two lines
		b.turn = len(b.lines) - par.Few
	case s.line < 0: // or all
		p.items[i].keepNext, b.solid = true, true
	case s.line-n >= par.Few:
		b.turn = s.line - n
	default:
		b.turn, b.solid = 0, true
	}
	return true
}
