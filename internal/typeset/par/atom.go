package par

import (
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

const (
	half    = 500 // thousandths of an em
	third   = 333
	quarter = 250
	eighth  = 125
	wide    = 900 // from this advance on a character counts as one of an em
)

// rank is the order in which the blank before a character is used up when a line is squeezed (CLREQ 行内调整, the
// order of its list). 。？！ are not squeezed.
type rank uint8

const (
	rankNone rank = iota
	rankWord
	rankBracket
	rankComma
	rankGap
)

// atom is one character. Its body is what is left of the advance when the blank half of a mark is cut off; that blank
// is glue, which vanishes where a line starts or ends. So a mark at the end of a line takes half an em (GB/T 15834-2011
// §5.1.10) and an opening mark stands flush at the start of one.
type atom struct {
	r           rune
	class       class
	length      uint8 // bytes of the character
	rank        rank  // of the glue before
	elastic     bool  // the glue before grows with all others when a line is stretched
	span        int32
	at          int32 // byte offset in the span's text
	face        *font.Face
	size        unit.Length
	left, right unit.Length // blank cut off on either side
	body        unit.Length // the rest of the advance
}

func (a *atom) advance() unit.Length { return a.left + a.body + a.right }

// full reports whether the atom is a mark drawn an em wide. Quotation marks are shared with Latin text: they are
// Chinese when their face says so.
func (a *atom) full() bool { return fullMarks.has(a.class) }

func (a *atom) isWide() bool { return a.advance() >= a.size.Milli(wide) }

// prepare turns a paragraph into atoms. A character without a face stays as an atom without room, so that what it says
// about breaking is heard.
func prepare(p *Paragraph) ([]atom, []Missing) {
	n := 0
	for i := range p.Spans {
		n += utf8.RuneCountInString(p.Spans[i].Text)
	}
	atoms := make([]atom, 0, n)
	var missing []Missing
	for i := range p.Spans {
		s := &p.Spans[i]
		for at := 0; at < len(s.Text); {
			r, length := utf8.DecodeRuneInString(s.Text[at:])
			a := atom{r: r, class: classOf(r), length: uint8(length), size: s.Size, span: int32(i), at: int32(at)}
			if a.class != feed && a.class != control && !a.draw(s) {
				missing = append(missing, Missing{Rune: r, Span: i, At: at})
			}
			atoms = append(atoms, a)
			at += length
		}
	}
	settle(atoms)
	return atoms, missing
}

// draw finds the face of an atom and cuts the blank halves off marks.
func (a *atom) draw(s *Span) bool {
	if a.face = s.Family.Pick(a.r); a.face == nil {
		a.class = mark
		return false
	}
	if a.class == mark {
		return true
	}
	a.body = s.Size.Milli(int64(a.face.RuneAdvance(a.r)))
	if !a.isWide() {
		return true
	}
	switch a.class {
	case opener:
		a.cut(a.size.Milli(half), 0)
	case closer, comma, stop:
		a.cut(0, a.size.Milli(half))
	case middot: // 间隔号 takes half a cell, GB/T 15834-2011 §5.1
		a.cut(a.size.Milli(quarter), a.size.Milli(quarter))
	}
	return true
}

// cut divides the advance anew.
func (a *atom) cut(left, right unit.Length) {
	a.body = a.advance() - left - right
	a.left, a.right = left, right
}

// settle gives the characters their classes by context. Weightless characters between two others are looked through.
func settle(atoms []atom) {
	none := atom{class: blank}
	l, a := &none, &none
	quoted := false
	for i := range atoms {
		r := &atoms[i]
		switch {
		case weightless.has(r.class):
			continue
		case r.class == feed:
			settleOne(l, a, &none, &quoted)
			l, a, quoted = &none, &none, false
		default:
			settleOne(l, a, r, &quoted)
			l, a = a, r
		}
	}
	settleOne(l, a, &none, &quoted)
}

// settleOne decides what a is between l, which is settled, and r. quoted tells whether a straight quotation mark is open.
func settleOne(l, a, r *atom, quoted *bool) {
	switch a.class {
	case opener:
		if !a.isWide() {
			a.class = bracket
		}
	case closer, comma, stop:
		if a.r == '’' && l.class == letter && r.class == letter { // an apostrophe
			a.cut(0, 0)
			a.class = letter
		} else if !a.isWide() {
			a.class = point
		}
	case dash:
		if a.r == '—' && l.r != '—' && r.r != '—' { // 连接号, one em long
			a.class = connector
		}
	case quote:
		a.class = bracket
		if *quoted {
			a.class = point
		}
		*quoted = !*quoted
	case hyphen:
		switch {
		case inWord.has(l.class) && word.has(r.class):
			a.class = letter
		case r.class == digit:
			a.class = prefix // a sign
		default:
			a.class = connector
		}
	}
}
