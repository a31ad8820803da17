package par

import (
	"sync"

	"yusuan/internal/typeset/unit"
)

// scratch is the memory that a call works in. It goes from call to call, because a document sets thousands of cells of a
// few characters; nothing in it outlives the call.
type scratch struct {
	atoms []atom
	b     breaker
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// take lends scratch memory for one paragraph, which release gives back.
func take(p *Paragraph) (*scratch, []Missing) {
	c := scratches.Get().(*scratch)
	var missing []Missing
	c.atoms, missing = prepare(p, c.atoms)
	c.b.p = p
	return c, missing
}

func (c *scratch) release() {
	c.b.p, c.b.seg = nil, nil
	scratches.Put(c)
}

// Set breaks a paragraph into lines and places its characters.
//
// Every character of the spans stands in exactly one run, in order, except forced breaks, the Missing, and format
// characters (U+200B, U+2060 and the like), which are obeyed and not printed. Blanks at the end of a line hang beyond
// it: they keep their place in the text and take no room. A line feed ends its line and starts none.
func Set(p Paragraph) Result {
	c, missing := take(&p)
	defer c.release()
	atoms := c.atoms
	s := setter{p: &p, b: &c.b, advances: make([]unit.Length, 0, len(atoms))}
	s.b.measure = int64(p.Measure)
	s.runs = make([]Run, 0, faceChanges(atoms)+1)
	indent := p.FirstIndent
	for start := 0; start < len(atoms); {
		end := start
		for end < len(atoms) && atoms[end].class != feed {
			end++
		}
		s.segment(atoms[start:end], indent)
		indent = 0
		start = end + 1
	}
	return Result{Lines: s.finish(), Missing: missing}
}

// faceChanges counts where one run must end and the next begin, line ends apart.
func faceChanges(atoms []atom) int {
	n := 0
	for i := 1; i < len(atoms); i++ {
		if atoms[i].face != atoms[i-1].face || atoms[i].span != atoms[i-1].span {
			n++
		}
	}
	return n
}

// Extent measures a paragraph: minimum is its widest piece that cannot be broken, maximum its widest line when only
// forced breaks are taken. Words of more than eight em count with the pieces they may be broken into.
//
// Set at the minimum has no overfull line, and at the maximum breaks no line.
func Extent(p Paragraph) (minimum, maximum unit.Length) {
	c, _ := take(&p)
	defer c.release()
	atoms, b := c.atoms, &c.b
	indent := int64(p.FirstIndent)
	var lo, hi int64
	for start := 0; start < len(atoms); {
		end := start
		for end < len(atoms) && atoms[end].class != feed {
			end++
		}
		if seg := atoms[start:end]; len(seg) > 0 {
			b.load(seg, indent)
			b.measureAll()
			hi = max(hi, width(seg)+indent)
			limit := longWord * b.size
			openLongWords(seg, b.sums, limit, limit)
			for from := 0; from < len(seg); {
				to := from + 1
				for to < len(seg) && seg[to].cost == forbidden {
					to++
				}
				lo = max(lo, b.sums.natural(seg, from, to)+indent)
				from, indent = to, 0
			}
		}
		start, indent = end+1, 0
	}
	return unit.Length(lo), unit.Length(hi)
}

// setter collects lines.
type setter struct {
	p        *Paragraph
	b        *breaker
	lines    []Line
	starts   []int // the first run of each line
	runs     []Run
	advances []unit.Length // backing of all runs
}

// finish hands each line its runs.
func (s *setter) finish() []Line {
	for i, from := range s.starts {
		to := len(s.runs)
		if i+1 < len(s.starts) {
			to = s.starts[i+1]
		}
		if from < to {
			s.lines[i].Runs = s.runs[from:to:to]
		}
	}
	return s.lines
}

// segment sets the text between two forced breaks.
func (s *setter) segment(seg []atom, indent unit.Length) {
	if len(seg) == 0 {
		s.starts = append(s.starts, len(s.runs))
		s.lines = append(s.lines, Line{Forced: true})
		return
	}
	s.b.load(seg, int64(indent))
	if w := width(seg); w <= s.b.room(0) {
		s.reserve(1)
		s.line(0, len(seg), indent, s.b.room(0)-w)
		return
	}
	ends := s.b.lines()
	s.reserve(len(ends))
	from := 0
	for _, to := range ends {
		s.line(from, to, indent, s.b.room(from)-s.b.sums.natural(seg, from, to))
		from, indent = to, 0
	}
}

// reserve makes room for the first lines.
func (s *setter) reserve(lines int) {
	if s.lines == nil {
		s.lines, s.starts = make([]Line, 0, lines), make([]int, 0, lines)
	}
}

// line places the characters of one line, which falls short by room.
func (s *setter) line(from, to int, start unit.Length, room int64) {
	b := s.b
	atoms := b.seg[from:to]
	end := visibleEnd(b.seg, from, to)
	line := Line{Forced: to == len(b.seg)}
	switch {
	case s.p.Align == Justify && room < 0:
		line.Stretch = b.squeeze(from, to, -room)
	case s.p.Align == Justify && room > 0 && !line.Forced:
		if b.torn(from, to, room) {
			line.Loose = unit.Length(room)
		} else {
			line.Stretch = b.stretch(from, to, room)
		}
	case s.p.Align == Center && room > 0:
		start += unit.Length(room / 2)
	case s.p.Align == Right && room > 0:
		start += unit.Length(room)
	}
	// The ends are trimmed last: squeeze counts what they had before.
	atoms[0].gap = 0
	atoms[0].trimL += startTrim(&atoms[0])
	last := &b.seg[end-1]
	last.trimR += endTrim(last)
	s.starts = append(s.starts, len(s.runs))
	line.Width = s.place(atoms, end-from, start)
	line.Overfull = max(0, line.Width-s.p.Measure)
	s.lines = append(s.lines, line)
}

// place turns atoms into runs of one face from x on, and returns where the visible ones end. A glyph starts where its
// box starts less the blank trimmed at its left and its shift; its advance goes to where the next glyph starts.
func (s *setter) place(atoms []atom, visible int, x unit.Length) (width unit.Length) {
	var origin unit.Length
	base := len(s.advances)
	var run *Run
	for i := range atoms {
		a := &atoms[i]
		x += a.gap
		o := x - a.trimL - a.shift
		if i > 0 {
			s.advances = append(s.advances, o-origin)
		}
		begin, end := int(a.at), int(a.at)+int(a.length)
		if run == nil || run.Face != a.face || run.Size != a.size || run.Span != int(a.span) || begin != int(atoms[i-1].at)+int(atoms[i-1].length) {
			if run != nil {
				run.Advances = s.advances[base:len(s.advances):len(s.advances)]
				base = len(s.advances)
			}
			s.runs = append(s.runs, Run{X: o, Face: a.face, Size: a.size, Span: int(a.span)})
			run = &s.runs[len(s.runs)-1]
		}
		text := s.p.Spans[a.span].Text
		run.Text = text[end-len(run.Text)-int(a.length) : end]
		origin = o
		x += a.box()
		if i == visible-1 {
			width = x
		}
	}
	s.advances = append(s.advances, x-origin)
	s.runs[len(s.runs)-1].Advances = s.advances[base:len(s.advances):len(s.advances)]
	return width
}
