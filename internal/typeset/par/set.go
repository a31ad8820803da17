package par

import "yusuan/internal/typeset/unit"

// Set breaks a paragraph into lines and places its characters.
//
// Every character of the spans stands in exactly one run, in order, except forced breaks and the Missing. Blanks at the
// end of a line hang beyond it: they keep their place in the text and take no room.
func Set(p Paragraph) Result {
	atoms, missing := prepare(&p)
	res := Result{Missing: missing}
	s := setter{p: &p, advances: make([]unit.Length, 0, len(atoms))}
	indent := p.FirstIndent
	for start := 0; start <= len(atoms); {
		end := start
		for end < len(atoms) && atoms[end].r != '\n' {
			end++
		}
		if end > start || end < len(atoms) || start == 0 && len(missing) == 0 && len(atoms) > 0 {
			s.segment(atoms[start:end], indent)
		}
		indent = 0
		start = end + 1
	}
	res.Lines = s.lines
	return res
}

// Extent measures a paragraph: minimum is its widest piece that cannot be broken, maximum its widest line when only
// forced breaks are taken. Long words count with the pieces they may be broken into.
func Extent(p Paragraph) (minimum, maximum unit.Length) {
	atoms, _ := prepare(&p)
	for start := 0; start < len(atoms); {
		end := start
		for end < len(atoms) && atoms[end].r != '\n' {
			end++
		}
		if seg := atoms[start:end]; len(seg) > 0 {
			opportunities(seg)
			sums := newSums(seg)
			openLongWords(seg, sums, int64(seg[0].size)*longWord)
			maximum = max(maximum, unit.Length(sums.natural(seg, 0, len(seg)))+p.FirstIndent)
			for from := 0; from < len(seg); {
				to := from + 1
				for to < len(seg) && seg[to].cost == forbidden {
					to++
				}
				minimum = max(minimum, unit.Length(sums.natural(seg, from, to)))
				from = to
			}
		}
		start = end + 1
	}
	return minimum, maximum
}

// longWord is the width, in em, beyond which a word of letters counts as breakable.
const longWord = 8

// setter collects lines.
type setter struct {
	p        *Paragraph
	lines    []Line
	advances []unit.Length // backing of all runs
}

// segment sets the text between two forced breaks.
func (s *setter) segment(seg []atom, indent unit.Length) {
	if len(seg) == 0 {
		s.lines = append(s.lines, Line{Forced: true})
		return
	}
	opportunities(seg)
	b := breaker{p: s.p, seg: seg, sums: newSums(seg), indent: int64(indent), measure: int64(s.p.Measure), size: int64(max(1, seg[0].size))}
	openLongWords(seg, b.sums, b.measure)
	from := 0
	for _, to := range b.lines() {
		start := unit.Length(0)
		if from == 0 {
			start = indent
		}
		s.line(&b, from, to, start)
		from = to
	}
}

// line places the characters of one line.
func (s *setter) line(b *breaker, from, to int, start unit.Length) {
	atoms := b.seg[from:to]
	room := b.room(from) - b.sums.natural(b.seg, from, to)
	end := visibleEnd(b.seg, from, to) - from
	line := Line{Forced: to == len(b.seg)}
	switch {
	case s.p.Align == Justify && room < 0:
		line.Stretch = squeeze(b, from, to, -room)
		room = 0
	case s.p.Align == Justify && room > 0 && !line.Forced:
		line.Stretch = stretch(b, from, to, room)
	case s.p.Align == Center && room > 0:
		start += unit.Length(room / 2)
	case s.p.Align == Right && room > 0:
		start += unit.Length(room)
	}
	// The ends are trimmed last: squeeze counts what they had before.
	atoms[0].gap = 0
	atoms[0].trimL += startTrim(&atoms[0])
	if end > 0 {
		atoms[end-1].trimR += endTrim(&atoms[end-1])
	}
	s.runs(&line, atoms, end, start)
	line.Overfull = max(0, line.Width-s.p.Measure)
	s.lines = append(s.lines, line)
}

// runs turns placed atoms into runs of one face. A glyph starts where its box starts less the blank trimmed at its left.
func (s *setter) runs(line *Line, atoms []atom, end int, x unit.Length) {
	var run *Run
	var next int // byte offset at which the run goes on
	var first int
	var origin unit.Length
	for i := range atoms {
		a := &atoms[i]
		if i > 0 {
			x += a.gap
		}
		o := x - a.trimL
		if run != nil {
			s.advances = append(s.advances, o-origin)
		}
		if run == nil || run.Face != a.face || run.Size != a.size || run.Span != a.span || next != a.at {
			s.close(run, first)
			line.Runs = append(line.Runs, Run{X: o, Face: a.face, Size: a.size, Span: a.span})
			run = &line.Runs[len(line.Runs)-1]
			first, next = len(s.advances), a.at
		}
		size := len(string(a.r))
		text := s.p.Spans[a.span].Text
		run.Text = text[next-len(run.Text) : next+size]
		next += size
		origin = o
		x += a.box()
		if i == end-1 {
			line.Width = x
		}
	}
	if run != nil {
		s.advances = append(s.advances, x-origin)
		s.close(run, first)
	}
}

// close gives a run its advances, which end with the one to where the next run starts.
func (s *setter) close(run *Run, first int) {
	if run != nil {
		run.Advances = s.advances[first:len(s.advances):len(s.advances)]
	}
}

// squeeze takes the excess out of a line, class by class in the standard's order, within a class in proportion to what
// each member can give. It returns the mean squeeze of a gap in thousandths of the size, negative.
func squeeze(b *breaker, from, to int, excess int64) int {
	by, _ := b.sums.shrinkable(b.seg, from, to)
	end := visibleEnd(b.seg, from, to)
	per := 0
	if n := b.sums.stretchGaps(b.seg, from, to); n > 0 {
		per = -int(excess * 1000 / (n * b.size))
	}
	for k := range by {
		take := min(excess, by[k])
		if take > 0 {
			squeezeClass(b.seg[from:end], uint8(k), take, by[k])
		}
		excess -= take
	}
	return per
}

func squeezeClass(atoms []atom, rank uint8, take, have int64) {
	var given, seen int64
	for i := range atoms {
		a := &atoms[i]
		if a.rank != rank {
			continue
		}
		own := int64(usable(a))
		if rank == shrinkGap {
			own = int64(a.gap / 2)
		}
		if i == 0 && (rank == shrinkGap || a.class == opener) || i == len(atoms)-1 && (a.class == closer || a.class == comma) {
			continue // already trimmed by the line's ends
		}
		seen += own
		d := unit.Length(take*min(seen, have)/have - given)
		given += int64(d)
		switch {
		case rank == shrinkGap:
			a.gap -= d
		case a.class == opener:
			a.trimL += d
		case rank == shrinkMiddot:
			a.trimL += d / 2
			a.trimR += d - d/2
		case rank == shrinkSpace:
			a.advance -= d
		default:
			a.trimR += d
		}
	}
}

// stretch spreads room over a line: blanks between words up to half an em, gaps between Han and Latin up to a third,
// then all elastic gaps alike (CLREQ §3.1.6.3). It returns the widest addition in thousandths of the size. A line that
// would be torn apart is left ragged.
func stretch(b *breaker, from, to int, room int64) int {
	end := visibleEnd(b.seg, from, to)
	atoms := b.seg[from:end]
	gaps := b.sums.stretchGaps(b.seg, from, to)
	if gaps == 0 || room*1000 > gaps*b.size*maxStretchTop {
		return 0
	}
	room = grow(atoms, room, func(a *atom) unit.Length {
		if a.class == space {
			return max(0, a.size/2-a.advance)
		}
		return 0
	}, func(a *atom, d unit.Length) { a.advance += d })
	room = grow(atoms, room, func(a *atom) unit.Length {
		if a.rank == shrinkGap && a.gap > 0 {
			return a.size.Milli(333 - quarter)
		}
		return 0
	}, func(a *atom, d unit.Length) { a.gap += d })
	var done, n int64
	for i := 1; i < len(atoms); i++ {
		if atoms[i].elastic {
			n++
			d := room*n/gaps - done
			done += d
			atoms[i].gap += unit.Length(d)
		}
	}
	return int(room * 1000 / (gaps * b.size))
}

// grow gives each atom its equal part of what the class can take, and returns the room that is left.
func grow(atoms []atom, room int64, capacity func(*atom) unit.Length, give func(*atom, unit.Length)) int64 {
	var total int64
	for i := 1; i < len(atoms); i++ {
		total += int64(capacity(&atoms[i]))
	}
	if total == 0 || room == 0 {
		return room
	}
	take := min(room, total)
	var seen, given int64
	for i := 1; i < len(atoms); i++ {
		if c := int64(capacity(&atoms[i])); c > 0 {
			seen += c
			d := take*seen/total - given
			given += d
			give(&atoms[i], unit.Length(d))
		}
	}
	return room - take
}

// Evenness measures how far the gaps of justified lines differ from their natural width: the mean, the 95th percentile
// and the worst of |Stretch|, in thousandths of the size. Lines that end a paragraph are not counted.
func Evenness(lines []Line) (mean, p95, worst int) {
	var counts [maxStretchTop + 1]int
	n, total := 0, 0
	for i := range lines {
		if lines[i].Forced {
			continue
		}
		v := lines[i].Stretch
		if v < 0 {
			v = -v
		}
		v = min(v, maxStretchTop)
		counts[v]++
		n++
		total += v
		worst = max(worst, v)
	}
	if n == 0 {
		return 0, 0, 0
	}
	seen := 0
	for v, k := range counts {
		if seen += k; seen*100 >= n*95 {
			p95 = v
			break
		}
	}
	return total / n, p95, worst
}
