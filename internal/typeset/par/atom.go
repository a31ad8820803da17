package par

import (
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// atom is one character ready for breaking. Its box is what is left of the glyph's advance when the blanks of marks
// are trimmed; the gap stands before the box and vanishes at the start of a line.
type atom struct {
	r            rune
	class        class
	face         *font.Face
	size         unit.Length
	span         int
	at           int         // byte offset in the span's text
	advance      unit.Length // of the glyph
	trimL, trimR unit.Length // blank taken away on either side, wherever the line breaks
	gap          unit.Length // before the box: ¼ em between Han and Latin (CLREQ §3.2.2), or tracking
	elastic      bool        // the gap before may stretch when a line is justified
	rank         uint8       // which shrink class the atom's blank belongs to
	slack        unit.Length // how much of its blank may go when a line is squeezed
	cost         int32       // of breaking before this atom; forbidden when it may not
}

// forbidden is the cost of a break that may not be.
const forbidden int32 = 1 << 30

// Shrink classes in the order in which they are used up (CLREQ §3.1.6.3; 。？！ are not squeezed).
const (
	shrinkSpace = iota
	shrinkMiddot
	shrinkBracket
	shrinkComma
	shrinkGap
	shrinkClasses
)

const (
	quarter = 250 // thousandths of an em
	half    = 500
	eighth  = 125
)

// box is the room the atom takes within a line, its gap not included.
func (a *atom) box() unit.Length { return a.advance - a.trimL - a.trimR }

// full reports whether the atom is a Chinese mark drawn a full em wide, so that half of it is blank. Quotation marks are
// shared with Latin text: they are Chinese when their face says so.
func (a *atom) full() bool {
	return a.class.fullMark() && a.advance >= a.size.Milli(900)
}

// prepare turns a paragraph into atoms. Forced breaks are atoms of the character '\n' and no class of their own.
func prepare(p *Paragraph) ([]atom, []Missing) {
	n := 0
	for _, s := range p.Spans {
		n += len(s.Text)
	}
	atoms := make([]atom, 0, n)
	var missing []Missing
	for i, s := range p.Spans {
		for at, r := range s.Text {
			a := atom{r: r, size: s.Size, span: i, at: at}
			if r == '\n' {
				atoms = append(atoms, a)
				continue
			}
			a.class = classOf(r)
			if a.face = s.Family.Pick(r); a.face == nil {
				missing = append(missing, Missing{Rune: r, Span: i, At: at})
				continue
			}
			if a.class != mark {
				a.advance = s.Size.Milli(int64(a.face.RuneAdvance(r)))
			}
			atoms = append(atoms, a)
		}
	}
	for i := range atoms {
		adjust(atoms, i, p)
	}
	return atoms, missing
}

// adjust gives atom i its class by context, its trims, gap, elasticity and slack.
func adjust(atoms []atom, i int, p *Paragraph) {
	a := &atoms[i]
	if a.r == '\n' {
		return
	}
	if a.class.fullMark() && !a.full() { // a mark of Latin text
		if a.class == opener {
			a.class = bracket
		} else {
			a.class = point
		}
	}
	if i > 0 && atoms[i-1].r != '\n' {
		pair(&atoms[i-1], a)
		if p.Tracking != 0 {
			a.gap += a.size.Milli(int64(p.Tracking))
		}
	}
	switch {
	case a.class == space:
		a.rank, a.slack = shrinkSpace, max(0, a.advance-a.size.Milli(quarter*3/5))
	case a.class == middot && a.advance >= a.size.Milli(900):
		a.rank, a.slack = shrinkMiddot, a.size.Milli(half)
	case a.full() && (a.class == opener || a.class == closer):
		a.rank, a.slack = shrinkBracket, a.size.Milli(half)
	case a.full() && a.class == comma:
		a.rank, a.slack = shrinkComma, a.size.Milli(half)
	}
}

// pair settles two neighbours of one line: two marks take one em and a half together (CLREQ §3.1.6.1), Han and Latin
// stand a quarter of an em apart, and a blank typed there counts as that gap.
func pair(l, r *atom) {
	switch {
	case l.full() && r.full():
		switch {
		case l.class == opener && r.class == opener:
			r.trimL = r.size.Milli(half)
		case l.class != opener:
			l.trimR = l.size.Milli(half)
		}
	case l.class == han && r.class == space, l.class == space && r.class == han:
		blank := r
		if l.class == space {
			blank = l
		}
		blank.advance = blank.size.Milli(quarter)
	case l.class == han && r.class.western() && r.class != point,
		l.class.western() && l.class != bracket && r.class == han:
		r.gap, r.rank = min(l.size, r.size).Milli(quarter), shrinkGap
	}
	r.elastic = elastic(l, r)
}

// elastic reports whether the gap between two neighbours may grow: not within words and numbers, not within —— and ……,
// not around connectors.
func elastic(l, r *atom) bool {
	if r.class == mark || l.class == dash && r.class == dash {
		return false
	}
	for _, c := range [...]class{l.class, r.class} {
		switch c {
		case solidus, tilde, middot:
			return false
		}
	}
	return !(inWord(l.class) && inWord(r.class))
}

func inWord(c class) bool {
	switch c {
	case digit, letter, suffix, prefix, point, bracket, solidus, mark:
		return true
	}
	return false
}
