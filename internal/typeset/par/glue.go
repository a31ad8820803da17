package par

import (
	"yusuan/internal/typeset/linebreak"
	"yusuan/internal/typeset/unit"
)

// pairing walks over the characters of a segment and settles what stands between two neighbours: l is the character
// before, ll the one before that; blanks and weightless characters between l and the next are counted.
type pairing struct {
	l, ll       *atom
	blanks      int
	blankWidth  unit.Length
	wideBlank   bool // one of them was U+3000
	allow, deny bool // U+200B or U+2060 and their like stood between
	shouts      int  // length of the run of ？！ that ends with l
	tracking    int64
}

// itemize fills items, one for each atom of a segment (no forced breaks in it), with boxes, glue and penalties. Blanks
// become glue before the next character; those that begin the segment are the author's indent and stay boxes.
func itemize(seg []atom, items []linebreak.Item, tracking int) {
	p := pairing{tracking: int64(tracking)}
	for i := range seg {
		a, it := &seg[i], &items[i]
		*it = linebreak.Item{Penalty: linebreak.Never}
		switch {
		case weightless.has(a.class):
			p.instruct(a.r)
			continue
		case a.class == blank && p.l == nil:
			it.Width = int64(a.body)
			continue
		case a.class == blank:
			p.blanks++
			p.blankWidth += a.body
			p.wideBlank = p.wideBlank || a.r == 0x3000
			continue
		}
		it.Width = int64(a.body)
		if p.l != nil {
			p.join(a, it)
			it.Penalty = p.penalty(a)
		}
		p.next(a)
	}
}

// instruct heeds the characters that speak to layout alone.
func (p *pairing) instruct(r rune) {
	switch r {
	case 0x200B: // zero width space
		p.allow = true
	case 0x200D, 0x2060, 0xFEFF: // zero width joiner, word joiner
		p.deny = true
	}
}

func (p *pairing) next(a *atom) {
	shouts := 0
	if a.r == '？' || a.r == '！' {
		shouts = 1
		if p.blanks == 0 {
			shouts += p.shouts
		}
	}
	*p = pairing{l: a, ll: p.l, shouts: shouts, tracking: p.tracking}
}

// join fills in the glue between l and a.
func (p *pairing) join(a *atom, it *linebreak.Item) {
	em := min(p.l.size, a.size)
	var width, shrink, own unit.Length // own: how far it may grow before all others do
	a.rank = rankNone
	switch {
	case p.gap(a):
		width, shrink, own = em.Milli(quarter), em.Milli(eighth), em.Milli(third-quarter)
		a.rank = rankGap
	case p.blanks > 0:
		width = p.blankWidth + max(p.l.right, a.left)
		if !p.wideBlank {
			shrink, own = max(0, p.blankWidth-em.Milli(quarter)), max(0, em.Milli(half)-p.blankWidth)
			a.rank = rankWord
		}
	default:
		width, shrink = p.markBlank(a)
	}
	a.elastic = p.elastic(a)
	if a.elastic {
		own += em.Milli(third)
	}
	it.Glue = int64(width + a.size.Milli(p.tracking))
	it.Shrink, it.Stretch = int64(shrink), int64(own)
}

// gap reports whether l and a stand a quarter of an em apart: Han beside Western characters (CLREQ §3.2.2). A space typed
// there is that gap.
func (p *pairing) gap(a *atom) bool {
	if p.blanks > 1 || p.wideBlank || p.deny {
		return false
	}
	switch {
	case p.l.class == han:
		return western.has(a.class) && a.class != point && !a.isWide()
	case a.class == han:
		return western.has(p.l.class) && p.l.class != bracket && !p.l.isWide()
	}
	return false
}

// markBlank is the blank of the marks l and a. Two marks share one half, so that they take an em and a half together;
// marks that close or open one after the other need none (CLREQ §3.1.6.1).
func (p *pairing) markBlank(a *atom) (width, shrink unit.Length) {
	l := p.l
	closing := l.full() && l.class != opener
	switch {
	case a.full() && a.class == opener:
		if l.full() && l.class == opener {
			return 0, 0
		}
		a.rank = rankBracket
		return max(a.left, l.right), max(a.left, l.right)
	case !closing, a.full(), p.shouts == 2: // ？！ take one cell together, GB/T 15834-2011 §5.1
		return 0, 0
	case l.class == closer:
		a.rank = rankBracket
		return l.right, l.right
	case l.class == comma:
		a.rank = rankComma
		return l.right, l.right
	}
	return l.right, 0
}

// elastic reports whether the glue before a may grow like that between Han: not within words and numbers, not within
// —— and ……, not around connectors and solidi (CLREQ 行内调整).
func (p *pairing) elastic(a *atom) bool {
	switch {
	case p.deny, rigid.has(p.l.class), rigid.has(a.class):
		return false
	case p.blanks > 0:
		return true
	case p.l.class == dash && a.class == dash:
		return false
	case a.class == point, p.l.class == bracket:
		return false
	}
	return !inWord.has(p.l.class) || !inWord.has(a.class)
}
