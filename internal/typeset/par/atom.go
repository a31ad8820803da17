package par

import (
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
	joined       bool  // goes on the run of the atom before it, on the same line
	face         int16 // number in its family
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

// Shrink classes in the order in which they are used up (CLREQ §3.1.6.3; GB/T 15834-2011 §5.1.11 lets marks be squeezed).
// Middots are half an em from the start.
const (
	shrinkSpace = iota
	shrinkBracket
	shrinkComma
	shrinkGap
	shrinkStop
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

// segment is the text between two forced breaks. Most of it is ideographs: between two of them a line may end at no
// cost and the gap may grow, and that is all there is to say of them. The odd atoms are all others, by index, and
// ideographs that a format character stands before; context is looked at only around them.
type segment struct {
	atoms []atom
	odd   []int32
}

// common reports whether a character is an ideograph of the block that was coded first.
func common(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// prepare turns a paragraph into atoms. Format characters leave a hint to the next atom and are gone; what no face has
// is reported and gone.
func (s *Setter) prepare(p *Paragraph) []Missing {
	if s.atoms == nil {
		s.atoms = make([]atom, 0, usual)
	}
	s.atoms, s.odd, s.ends = s.atoms[:0], s.odd[:0], s.ends[:0]
	m := maker{Setter: s, last: space}
	for i := range p.Spans {
		m.span, m.index, m.face = &p.Spans[i], i, noFace
		for at := 0; at < len(m.span.Text); {
			n := 0
			if c := m.span.Text[at]; c >= 0xE4 && c <= 0xE9 && m.pending == noHint {
				n = m.ideographs(at)
			}
			if n == 0 {
				n = m.character(at)
			}
			at += n
		}
	}
	if len(s.atoms) > m.begun.atoms {
		m.endSegment()
	}
	s.segments = s.segments[:0]
	var from end
	for _, to := range s.ends {
		seg := segment{s.atoms[from.atoms:to.atoms], s.odd[from.odd:to.odd]}
		seg.settle(p.Tracking)
		s.segments, from = append(s.segments, seg), to
	}
	return m.missing
}

// usual is the number of characters of a long paragraph.
const usual = 500

// maker makes the atoms of a paragraph.
type maker struct {
	*Setter
	span    *Span
	index   int
	begun   end   // where the segment begins
	last    class // of the character before
	pending hint
	face    int16 // of the atom that ends where the next character begins
	missing []Missing
}

// noFace is the number of no face.
const noFace int16 = -1

// character turns the character at a place of the span into an atom and returns its length.
func (m *maker) character(at int) int {
	r, length := rune(m.span.Text[at]), 1
	if r >= utf8.RuneSelf {
		r, length = utf8.DecodeRuneInString(m.span.Text[at:])
	}
	class := classOf(r)
	switch class {
	case format:
		m.pending, m.face = hintOf(r, m.pending), noFace
		return length
	case feed:
		m.endSegment()
		return length
	}
	d := m.span.Family.Known(r)
	if d == 0 {
		d = m.span.Family.Drawing(r)
	}
	if d.Face() < 0 || r == utf8.RuneError && length == 1 {
		m.missing, m.face = append(m.missing, Missing{Rune: r, Span: m.index, At: at}), noFace
		return length
	}
	m.odd = append(m.odd, int32(len(m.atoms)-m.begun.atoms))
	m.atoms = append(m.atoms, atom{})
	a := &m.atoms[len(m.atoms)-1]
	a.r, a.class, a.length, a.hint, a.size, a.span, a.at = r, class, uint8(length), m.pending, m.span.Size, int32(m.index), int32(at)
	a.draw(d)
	a.joined = a.face == m.face
	m.face, m.pending = a.face, noHint
	if class == mark { // takes no room
		a.advance, a.wide = 0, false
		return length
	}
	if a.wide && (r == '？' || r == '！') {
		a.shift = a.size.Milli(offCentre(m.span.Family.Face(a.face), r))
	}
	a.elastic, m.last = class == han && m.last == han, class
	return length
}

// ideographs makes atoms of the common ideographs at a place of the span, as far as there are any, and returns their
// length.
func (m *maker) ideographs(at int) int {
	text, family, begun, atoms := m.span.Text, m.span.Family, at, m.atoms
	a := atom{class: han, length: 3, elastic: m.last == han, span: int32(m.index), size: m.span.Size}
	var drawn font.Drawing
	for ; at+2 < len(text); at += 3 {
		r := rune(text[at])<<12 + rune(text[at+1])<<6 + rune(text[at+2]) - (0xE0<<12 + 0x80<<6 + 0x80)
		if !common(r) || text[at+1]^0x80 >= 0x40 || text[at+2]^0x80 >= 0x40 {
			break
		}
		d := family.Known(r)
		if d == 0 {
			d = family.Drawing(r)
		}
		if d != drawn { // rarely: most are an em wide and drawn by one face
			if d.Face() < 0 {
				break
			}
			drawn = d
			a.draw(d)
			a.joined = a.face == m.face
			m.face, m.last = a.face, han
		}
		a.r, a.at = r, int32(at)
		atoms = append(atoms, a)
		a.elastic, a.joined = true, true
	}
	m.atoms = atoms
	return at - begun
}

func (m *maker) endSegment() {
	m.begun = end{len(m.atoms), len(m.odd)}
	m.ends = append(m.ends, m.begun)
	m.pending, m.last, m.face = noHint, space, noFace
}

// draw gives an atom its face and width.
func (a *atom) draw(d font.Drawing) {
	a.face, a.advance, a.wide = d.Face(), a.size.Milli(int64(d.Advance())), d.Advance() >= wide
}

// end is where a segment ends among the atoms and the odd ones.
type end struct{ atoms, odd int }

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
