package par

import (
	"yusuan/internal/typeset/linebreak"
	"yusuan/internal/typeset/unit"
)

// Set breaks a paragraph into lines and places its characters. A text without characters has no lines.
//
// Every character of the spans stands in exactly one run, in reading order, except forced breaks, the Missing, and the
// invisible characters that only speak to layout (U+200B, U+2060, U+FEFF and their like), which are obeyed and not
// printed. Blanks at the end of a line hang beyond it: they keep their place in the text and take no room.
func Set(p Paragraph) Result {
	atoms, missing := prepare(&p)
	s := setter{
		p:        &p,
		items:    make([]linebreak.Item, len(atoms)),
		advances: make([]unit.Length, 0, len(atoms)),
	}
	indent := p.FirstIndent
	for start := 0; start < len(atoms); indent = 0 {
		end := segmentEnd(atoms, start)
		s.segment(atoms[start:end], indent)
		start = end + 1
	}
	return Result{Lines: s.lines, Missing: missing}
}

// Extent measures a paragraph: minimum is its widest piece that cannot be broken, maximum its widest line when only
// forced breaks are taken. Long words count with the pieces they may be broken into. At any measure from minimum on no
// line is overfull.
func Extent(p Paragraph) (minimum, maximum unit.Length) {
	atoms, _ := prepare(&p)
	items := make([]linebreak.Item, len(atoms))
	indent := p.FirstIndent
	for start := 0; start < len(atoms); indent = 0 {
		end := segmentEnd(atoms, start)
		if seg, own := atoms[start:end], items[start:end]; len(seg) > 0 {
			itemize(seg, own, p.Tracking)
			keepEnumerator(seg, own)
			openWords(seg, own, longWord*seg[0].size)
			minimum = max(minimum, unit.Length(linebreak.Widest(own, int64(indent))))
			maximum = max(maximum, unit.Length(linebreak.Natural(own))+indent)
		}
		start = end + 1
	}
	return minimum, maximum
}

// segmentEnd finds the forced break at which the segment from start on ends.
func segmentEnd(atoms []atom, start int) int {
	for start < len(atoms) && atoms[start].class != feed {
		start++
	}
	return start
}

// setter collects lines.
type setter struct {
	p        *Paragraph
	items    []linebreak.Item
	lines    []Line
	runs     []Run         // backing of all lines
	advances []unit.Length // backing of all runs
}

// segment sets the text between two forced breaks.
func (s *setter) segment(seg []atom, indent unit.Length) {
	if len(seg) == 0 {
		s.lines = append(s.lines, Line{Forced: true})
		return
	}
	items := s.items[:len(seg)]
	itemize(seg, items, s.p.Tracking)
	l := liner{s: s, seg: seg, items: items, justify: s.p.Align == Justify && !s.p.Balance}
	if unit.Length(linebreak.Natural(items))+indent <= s.p.Measure {
		l.line(0, len(seg), indent)
		return
	}
	from := 0
	for _, to := range s.ends(seg, items, indent) {
		l.line(from, to, indent)
		from, indent = to, 0
	}
}

// ends prices the possible breaks of a segment and chooses among them.
func (s *setter) ends(seg []atom, items []linebreak.Item, indent unit.Length) []int {
	keepEnumerator(seg, items)
	openWords(seg, items, s.p.Measure)
	f := linebreak.Frame{First: int64(s.p.Measure - indent), Measure: int64(s.p.Measure), Em: int64(max(1, seg[0].size))}
	switch {
	case s.p.Balance:
		f.Fit = linebreak.Even
		priceSense(seg, items)
	case s.p.Align == Justify:
		priceLastLine(seg, items)
	default:
		f.Fit = linebreak.Ragged
		priceLastLine(seg, items)
	}
	if s.p.FirstFit {
		return linebreak.FirstFit(items, f)
	}
	return linebreak.Optimal(items, f)
}
