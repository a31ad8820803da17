package par

import (
	"math"
	"slices"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// atom is one character ready for breaking. Its box is what is left of the glyph's advance when the blanks of marks
// are trimmed; the gap stands before the box and vanishes at the start of a line.
type atom struct {
	r            rune
	cost         int32 // of breaking before this atom; forbidden when it may not
	class        class
	length       uint8 // bytes in the source
	rank         uint8 // which shrink class slack and reach belong to
	hint         hint  // what a format character before it asks for
	elastic      bool  // the gap before may stretch when a line is justified
	wide         bool  // drawn an em wide
	face         int16 // index in the Setter's faces
	span         int32
	at           int32 // byte offset in the span's text
	size         unit.Length
	advance      unit.Length // of the glyph
	trimL, trimR unit.Length // blank taken away on either side, wherever the line breaks
	shift        unit.Length // how far the glyph is drawn left of its place
	gap          unit.Length // before the box: ¼ em between Han and Latin (CLREQ §3.2.2), or tracking
	slack        unit.Length // how much may go when a line is squeezed
	reach        unit.Length // how much may come before all gaps are stretched alike
}

// hint is what a format character asks of the break after it.
type hint uint8

const (
	noHint hint = iota
	mayBreak
	mustNotBreak
)

// forbidden is the cost of a break that may not be.
const forbidden int32 = 1 << 30

// Shrink classes in the order in which they are used up (CLREQ §3.1.6.3). Middots are half an em from the start, and
// 。？！ are not squeezed.
const (
	shrinkSpace = iota
	shrinkBracket
	shrinkComma
	shrinkGap
	shrinkClasses
)

// Shares of an em in thousandths.
const (
	half    = 500
	third   = 333
	quarter = 250
	eighth  = 125
	wide    = 900 // from this advance on a character counts as one of an em
)

// box is the room the atom takes within a line, its gap not included.
func (a *atom) box() unit.Length { return a.advance - a.trimL - a.trimR }

// full reports whether the atom is a Chinese mark drawn an em wide, so that half of it is blank. Quotation marks are
// shared with Latin text: they are Chinese when their face says so.
func (a *atom) full() bool { return a.wide && a.class.fullMark() }

// prepare turns a paragraph into atoms. Format characters leave a hint to the next atom and are gone; what no face has
// is reported and gone.
func (s *Setter) prepare(p *Paragraph) (missing []Missing) {
	s.ends = s.ends[:0]
	atoms, pending := s.atoms[:0], noHint
	for i := range p.Spans {
		text, family, size := p.Spans[i].Text, p.Spans[i].Family, p.Spans[i].Size
		for at, length := 0, 0; at < len(text); at += length {
			var r rune
			r, length = decode(text[at:])
			n := len(atoms)
			atoms = append(atoms, atom{})
			a := &atoms[n]
			a.r, a.class, a.size, a.span, a.at, a.length = r, classOf(r), size, int32(i), int32(at), uint8(length)
			switch {
			case a.class == format:
				pending = hintOf(r, pending)
				atoms = atoms[:n]
				continue
			case a.class == feed:
				pending = noHint
				s.ends = append(s.ends, n)
			case r == utf8.RuneError && length == 1 || !s.draw(a, family):
				missing = append(missing, Missing{Rune: r, Span: i, At: at})
				atoms = atoms[:n]
				continue
			}
			a.hint, pending = pending, noHint
		}
	}
	if n := len(atoms); n > 0 && atoms[n-1].class != feed {
		s.ends = append(s.ends, n)
	}
	s.atoms = atoms
	for i := range s.ends {
		settle(s.text(i), p.Tracking)
	}
	return missing
}

// decode is utf8.DecodeRuneInString, quicker for characters of three bytes, which are most.
func decode(s string) (rune, int) {
	if len(s) >= 3 && s[0]&0xF0 == 0xE0 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		if r := rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F); r >= 0x800 && r < 0xD800 {
			return r, 3
		}
	}
	return utf8.DecodeRuneInString(s)
}

// text returns the atoms between two forced breaks, counted from 0.
func (s *Setter) text(i int) []atom {
	start := 0
	if i > 0 {
		start = s.ends[i-1] + 1
	}
	return s.atoms[start:s.ends[i]]
}

// hintOf reads a format character; had is what those before it ask for.
func hintOf(r rune, had hint) hint {
	switch r {
	case 0x200B: // zero width space
		return mayBreak
	case 0x200D, 0x2060, 0xFEFF: // joiners
		return mustNotBreak
	}
	return had
}

// drawing is how a family draws a character. A Setter keeps the latest: asking the faces of a chain takes longer than all
// else that is done with a character.
type drawing struct {
	family *font.Family
	r      rune
	face   int16 // index in the Setter's faces; -1 where no face has the character
	milli  int16 // advance in thousandths of the size
}

// draw finds an atom's face and width.
func (s *Setter) draw(a *atom, f *font.Family) bool {
	g := &s.drawings[uint32(a.r)%uint32(len(s.drawings))]
	if g.r != a.r || g.family != f {
		*g = s.find(f, a.r)
	}
	a.face = g.face
	if a.class != mark {
		a.advance, a.wide = a.size.Milli(int64(g.milli)), g.milli >= wide
		if a.wide && (a.r == '？' || a.r == '！') {
			a.shift = a.size.Milli(offCentre(s.faces[g.face], a.r))
		}
	}
	return g.face >= 0
}

// find asks the faces of a family for a character.
func (s *Setter) find(f *font.Family, r rune) drawing {
	face, id := f.Find(r)
	if face == nil {
		return drawing{f, r, -1, 0}
	}
	i := slices.Index(s.faces, face)
	if i < 0 {
		i, s.faces = len(s.faces), append(s.faces, face)
	}
	return drawing{f, r, int16(i), int16(min(face.Advance(id), math.MaxInt16))}
}

// offCentre is how far a face draws ？ or ！ right of where it belongs, in thousandths of an em: these marks stand at the
// left of their cell (GB/T 15834-2011 §5.1.1), so that its right half can be taken away; some faces centre them.
func offCentre(f *font.Face, r rune) int64 {
	var o font.Outline
	f.AppendOutline(&o, f.Glyph(r))
	if len(o.Points) == 0 {
		return 0
	}
	left, right := o.Points[0].X, o.Points[0].X
	for _, p := range o.Points {
		left, right = min(left, p.X), max(right, p.X)
	}
	em := int64(f.Metrics().UnitsPerEm)
	if int64(right)*1000 <= half*em {
		return 0
	}
	return max(0, int64(left+right)*500/em-quarter)
}

// settle gives the atoms of one segment their classes by context, then their trims, gaps and give. A mark is looked
// through: it is part of the character before it.
func settle(seg []atom, tracking int) {
	var edge atom
	edge.class = space
	l, a := &edge, &edge // the two characters before
	for i := range seg {
		if r := &seg[i]; r.class != mark {
			if a.class != han {
				a.resolve(l, r)
			}
			l, a = a, r
		}
	}
	a.resolve(l, &edge)

	l = nil
	for i := range seg {
		r := &seg[i]
		if r.class == mark {
			continue
		}
		if l != nil {
			if l.class == han && r.class == han { // most often
				r.elastic = true
			} else {
				pair(l, r)
			}
			if tracking != 0 {
				r.gap += r.size.Milli(int64(tracking))
			}
		}
		l = r
	}
	loosen(seg)
}

// resolve decides what an atom is between its neighbours; the one before is resolved, the one after is not.
func (a *atom) resolve(l, r *atom) {
	switch a.class {
	case opener:
		if !a.wide { // a mark of Latin text
			a.class = bracket
		}
	case closer, comma, stop:
		if !a.wide {
			a.class = point
		}
	case dash: // a lone — joins two names or dates, and never begins a line
		if (a.r == '—' || a.r == '―') && l.r != a.r && r.r != a.r {
			a.class = connector
		}
	case operator:
		switch {
		case a.r == '\'' || a.r == '"' || a.r == '+':
		case r.class == digit && !l.class.inWord(): // a sign: 增长 -5.2%, ≥95%
			a.class = prefix
		case (a.r == '-' || a.r == '‐') && !(l.class.inWord() && r.class.inWord()): // 甲-乙
			a.class = connector
		}
	}
}

// pair settles two neighbours of one line: two marks take one em and a half together (CLREQ §3.1.6.1), Han and Latin
// stand a quarter of an em apart, and a blank typed there counts as that gap.
func pair(l, r *atom) {
	switch {
	case l.full() && r.full():
		switch {
		case l.class == opener && r.class == opener:
			r.trimL = min(r.size.Milli(half), l.box())
		case l.class == stop && r.class == stop && l.trimR == 0 && l.r != '。' && r.r != '。':
			l.trimR, r.trimR = l.size.Milli(half), r.size.Milli(half) // ？！ take one em, three of them two (GB/T 15834-2011 §5.1.3)
		case l.class != opener && l.trimR == 0:
			l.trimR = l.size.Milli(half)
		}
	case l.class == han && r.class == space:
		r.blankGap()
	case l.class == space && r.class == han:
		l.blankGap()
	case l.class == han && r.western() && r.class != suffix && r.class != point,
		l.western() && l.class != bracket && l.class != prefix && r.class == han:
		r.gap, r.rank = min(l.size, r.size).Milli(quarter), shrinkGap
	}
	r.elastic = elastic(l.class, r.class)
}

// blankGap makes a typed blank the gap between Han and Latin.
func (a *atom) blankGap() {
	a.advance, a.rank = a.size.Milli(quarter), shrinkGap
}

// western reports whether an atom takes a gap beside Han: it belongs to Latin text and is not drawn an em wide.
func (a *atom) western() bool {
	switch a.class {
	case digit, letter, suffix, prefix, bracket, point:
		return !a.wide
	}
	return false
}

// elastic reports whether the gap between two neighbours may grow: not within words and numbers, not within —— and ……,
// not around connectors (CLREQ §3.1.6.3).
func elastic(l, r class) bool {
	return !(l.rigid() || r.rigid() || l == dash && r == dash || l.inWord() && r.inWord())
}

// loosen makes sure that no glyph starts before the one on its left, and says how much each atom can give and take when
// its line is justified.
func loosen(seg []atom) {
	var l *atom
	for i := range seg {
		a := &seg[i]
		if a.class == han && a.rank != shrinkGap { // most often
			l = a
			continue
		}
		if l != nil && a.shift > 0 {
			a.shift = min(a.shift, max(0, l.box()-l.slack))
		}
		switch {
		case a.rank == shrinkGap:
			a.slack, a.reach = a.size.Milli(eighth), a.size.Milli(third-quarter)
			if a.class != space {
				a.slack = min(a.slack, a.gap)
			}
		case a.class == space:
			a.slack, a.reach = max(0, a.advance-a.size.Milli(quarter)), max(0, a.size.Milli(half)-a.advance)
		case a.class == middot && a.wide: // takes half an em, GB/T 15834-2011 §5.1.7
			a.trimL, a.trimR = a.size.Milli(quarter), a.size.Milli(quarter)
		case !a.full():
		case a.class == opener:
			a.rank, a.slack = shrinkBracket, max(0, a.size.Milli(half)-a.trimL)
			if l != nil {
				a.slack = min(a.slack, max(0, l.box()-l.slack))
			}
		case a.class == closer:
			a.rank, a.slack = shrinkBracket, max(0, a.size.Milli(half)-a.trimR)
		case a.class == comma:
			a.rank, a.slack = shrinkComma, max(0, a.size.Milli(half)-a.trimR)
		}
		l = a
	}
}
