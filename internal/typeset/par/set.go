package par

import (
	"yusuan/internal/typeset/unit"
)

// Setter sets paragraphs one after the other in the same memory, because a document has thousands of cells of a few
// characters. The zero Setter is ready and serves one goroutine; what it returned it does not write again before Reuse is
// called, and does not depend on what it set before.
type Setter struct {
	Words Words // that titles are broken by

	atoms    []atom
	odd      []int32
	ends     []end // of segments
	segments []segment
	b        breaker

	// Where results stand.
	lines    stock[Line]
	runs     stock[Run]
	advances stock[unit.Length]
}

// stock makes slices, one after the other, in larger pieces of memory.
type stock[T any] struct {
	piece      []T
	from       int   // where the slice being made begins
	full, free [][]T // pieces before this one, and pieces to go on with
}

// add appends a value to the slice being made.
func (s *stock[T]) add(v T) {
	s.grow(1)
	s.piece = append(s.piece, v)
}

// grow makes room for n values more; where the piece has none, the slice being made goes on in another.
func (s *stock[T]) grow(n int) {
	if cap(s.piece)-len(s.piece) >= n {
		return
	}
	const most = 400 // a piece of runs still is a small object
	made := s.piece[s.from:]
	var next []T
	if k := len(s.free) - 1; k >= 0 && cap(s.free[k]) >= len(made)+n {
		next, s.free = s.free[k], s.free[:k]
	} else {
		next = make([]T, 0, max(min(max(16, 2*cap(s.piece)), most), 2*len(made)+n))
	}
	if cap(s.piece) > 0 {
		s.full = append(s.full, s.piece[:0])
	}
	s.piece, s.from = append(next, made...), 0
}

// reuse lets all slices made so far be made again.
func (s *stock[T]) reuse() {
	s.free, s.full = append(s.free, s.full...), s.full[:0]
	s.piece, s.from = s.piece[:0], 0
}

// level is where a stock stands between two slices.
type level struct{ full, used int }

func (s *stock[T]) level() level { return level{len(s.full), len(s.piece)} }

// back lets all slices made since then be made again.
func (s *stock[T]) back(m level) {
	if m.full < len(s.full) { // the piece of that level is full
		s.free = append(append(s.free, s.piece[:0]), s.full[m.full+1:]...)
		s.piece, s.full = s.full[m.full], s.full[:m.full]
	}
	s.piece, s.from = s.piece[:m.used], m.used
}

// cut ends the slice being made.
func (s *stock[T]) cut() []T {
	if s.from == len(s.piece) {
		return nil
	}
	made := s.piece[s.from:len(s.piece):len(s.piece)]
	s.from = len(s.piece)
	return made
}

// take makes a slice of n zero values.
func (s *stock[T]) take(n int) []T {
	s.grow(n)
	s.piece = s.piece[:len(s.piece)+n]
	return s.cut()
}

// Reuse tells that the lines and runs returned so far are done with: their memory serves again. Texts and advances, which
// go on the pages, stay.
func (s *Setter) Reuse() {
	s.lines.reuse()
	s.runs.reuse()
}

// Mark is a moment in the life of a Setter.
type Mark struct{ lines, runs, advances level }

// Mark returns the present moment.
func (s *Setter) Mark() Mark { return Mark{s.lines.level(), s.runs.level(), s.advances.level()} }

// Back tells that all that was returned since a moment is done with, advances and all, as when a table is tried at
// another size. There was no Reuse since.
func (s *Setter) Back(m Mark) {
	s.lines.back(m.lines)
	s.runs.back(m.runs)
	s.advances.back(m.advances)
}

// Set sets one paragraph with a Setter of its own.
func Set(p Paragraph) Result { return new(Setter).Set(&p) }

// Extent measures one paragraph with a Setter of its own.
func Extent(p Paragraph) (minimum, maximum unit.Length) { return new(Setter).Extent(&p) }

// Set breaks a paragraph into lines and places its characters.
//
// Every character of the spans stands in exactly one run, in order, except forced breaks, the Missing, and format
// characters (U+200B, U+2060 and the like), which are obeyed and not printed. Blanks at the end of a line hang beyond
// it: they keep their place in the text and take no room. A line feed ends its line and starts none.
func (s *Setter) Set(p *Paragraph) Result {
	if lines := s.word(p); lines != nil {
		return Result{Lines: lines}
	}
	missing := s.prepare(p)
	s.b.ask(p, &s.Words)
	indent := p.FirstIndent
	for i := range s.segments {
		s.setSegment(p, &s.segments[i], indent)
		indent = 0
	}
	return Result{Lines: s.lines.cut(), Missing: missing, Parted: s.b.parted}
}

// Extent measures a paragraph: minimum is its widest piece that cannot be broken, maximum its widest line when only
// forced breaks are taken. Words of more than eight em count with the pieces they may be broken into.
//
// Set at the minimum has no overfull line, and at the maximum breaks no line.
func (s *Setter) Extent(p *Paragraph) (minimum, maximum unit.Length) {
	s.prepare(p)
	indent := int64(p.FirstIndent)
	for i := range s.segments {
		if s.b.load(&s.segments[i], indent); len(s.b.atoms) > 0 {
			minimum = max(minimum, unit.Length(s.b.widestWord()))
			maximum = max(maximum, unit.Length(width(s.b.atoms)+indent))
		}
		indent = 0
	}
	return minimum, maximum
}

// setSegment sets the text between two forced breaks.
func (s *Setter) setSegment(p *Paragraph, text *segment, indent unit.Length) {
	seg, b := text.atoms, &s.b
	if len(seg) == 0 {
		s.lines.add(Line{Forced: true})
		return
	}
	b.load(text, int64(indent))
	if w := width(seg); w <= b.room(0) {
		s.line(p, seg, visibleEnd(seg, 0, len(seg)), &sum{width: w}, indent, true)
		return
	}
	from, ends := 0, b.lines()
	for _, to := range ends {
		line := b.sums.line(seg, from, to)
		s.line(p, seg[from:to], visibleEnd(seg, from, to)-from, &line, indent, to == len(seg))
		s.lines.piece[len(s.lines.piece)-1].Unit = to < len(seg) && partsUnit(seg[to].cost)
		from, indent = to, 0
	}
}

// shift is how far to the right a line begins that leaves so much room.
func (a Align) shift(room unit.Length) unit.Length {
	switch a {
	case Center:
		return room / 2
	case Right:
		return room
	}
	return 0
}

// word sets a text of printable ASCII characters, such as a figure, that one face has and one line takes: nothing in it is
// trimmed or moved. It returns nil for other texts.
func (s *Setter) word(p *Paragraph) []Line {
	if len(p.Spans) != 1 || p.Tracking != 0 {
		return nil
	}
	span := &p.Spans[0]
	face, width := noFace, unit.Length(0)
	for i := range len(span.Text) {
		c := span.Text[i]
		if c <= ' ' || c > '~' {
			return nil
		}
		d := span.Family.Known(rune(c))
		if d == 0 {
			d = span.Family.Drawing(rune(c))
		}
		if d.Face() < 0 || i > 0 && d.Face() != face {
			return nil
		}
		face = d.Face()
		width += span.Size.Milli(int64(d.Advance()))
	}
	room := p.Measure - p.FirstIndent - width
	if face < 0 || room < 0 {
		return nil
	}
	advances := s.advances.take(len(span.Text))
	for i := range advances {
		advances[i] = span.Size.Milli(int64(span.Family.Known(rune(span.Text[i])).Advance()))
	}
	x := p.FirstIndent + p.Align.shift(room)
	s.runs.add(Run{X: x, Face: span.Family.Face(face), Size: span.Size, Text: span.Text, Advances: advances})
	s.lines.add(Line{Runs: s.runs.cut(), Width: x + width, Natural: width, Forced: true})
	return s.lines.cut()
}

// line places the characters of one line, of which the first so many are visible; the rest are blanks that hang beyond
// its end. measured is the line as it was broken.
func (s *Setter) line(p *Paragraph, atoms []atom, visible int, measured *sum, start unit.Length, ends bool) {
	b := &s.b
	line := Line{Natural: unit.Length(measured.width), Forced: ends}
	room := int64(p.Measure-start) - measured.width
	switch {
	case b.justify && room < 0:
		line.Stretch = b.squeeze(atoms[:visible], measured, -room)
	case p.Align == Justify && room > 0 && !ends:
		if !b.justify || b.lack(measured, room, maxStretch) > 0 {
			line.Loose = unit.Length(room)
		} else {
			line.Stretch, line.Open = b.stretch(atoms[:visible], measured, room)
		}
	case room > 0:
		start += p.Align.shift(unit.Length(room))
	}
	// The ends are trimmed last: squeeze counts what they had before.
	atoms[0].gap = 0
	atoms[0].trimL += startTrim(&atoms[0])
	last := &atoms[visible-1]
	last.trimR += endTrim(last)
	line.Width = s.place(p.Spans, atoms, visible, start)
	line.Overfull = max(0, line.Width-p.Measure)
	line.Runs = s.runs.cut()
	s.lines.add(line)
}

// place turns the atoms of a line into runs of one face from x on, and returns where the visible ones end. A glyph
// starts where its box starts less the blank trimmed at its left and its shift; its advance goes to where the next
// glyph starts.
func (s *Setter) place(spans []Span, atoms []atom, visible int, x unit.Length) (width unit.Length) {
	advances := s.advances.take(len(atoms))
	atoms[0].joined = false
	var begun int          // where the last run begins
	var origin unit.Length // of the last glyph
	for i := range atoms {
		a := &atoms[i]
		if i == visible {
			width = x
		}
		x += a.gap - a.trimL
		at := x - a.shift
		if i > 0 {
			advances[i-1] = at - origin
		}
		if !a.joined {
			if i > 0 {
				s.endRun(spans, atoms[begun:i], advances[begun:i:i])
			}
			s.runs.add(Run{X: at, Face: spans[a.span].Family.Face(a.face), Size: a.size, Span: a.span})
			begun = i
		}
		origin = at
		x += a.advance - a.trimR
	}
	advances[len(atoms)-1] = x - origin
	s.endRun(spans, atoms[begun:], advances[begun:])
	if visible == len(atoms) {
		width = x
	}
	return width
}

// endRun gives the last run its text and advances.
func (s *Setter) endRun(spans []Span, atoms []atom, advances []unit.Length) {
	run := &s.runs.piece[len(s.runs.piece)-1]
	last := &atoms[len(atoms)-1]
	run.At = atoms[0].at
	run.Text = spans[run.Span].Text[run.At : last.at+int32(last.length)]
	run.Advances = advances
}
