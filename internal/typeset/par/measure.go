package par

import "yusuan/internal/typeset/unit"

// sum is what a stretch of atoms measures. Taken from the start of a segment on, sums measure any line of it in
// constant time: the sum where the line ends less that where it starts. All but the width may wrap around in very long
// segments; their differences within a line do not.
type sum struct {
	width   int64 // boxes and gaps
	shrink  int32 // what can go when the line is squeezed
	words   int32 // what blanks between words can take
	gaps    int32 // what gaps between Han and Latin can take
	elastic int32 // how many gaps can grow after that
}

func (s *sum) minus(t *sum) sum {
	return sum{s.width - t.width, s.shrink - t.shrink, s.words - t.words, s.gaps - t.gaps, s.elastic - t.elastic}
}

// give counts what the gap before an atom can take before others do.
func (s *sum) give(a *atom) {
	if a.rank == shrinkGap {
		s.gaps += int32(a.reach)
	} else {
		s.words += int32(a.reach)
	}
}

// sums are those from the start of a segment to each atom, and to its end.
type sums []sum

// fill measures a segment; s has one entry more than the segment. It returns the most that an atom takes once the gap
// before it has grown as it may before others do.
func (s sums) fill(seg []atom) (widest int64) {
	var t sum
	s = s[:len(seg)+1]
	for i := range seg {
		s[i] = t
		a := &seg[i]
		box := int64(a.box() + a.gap)
		t.width += box
		if a.slack|a.reach != 0 { // rarely
			t.shrink += int32(a.slack)
			box += int64(a.reach)
			t.give(a)
		}
		if a.elastic {
			t.elastic++
		}
		widest = max(widest, box)
	}
	s[len(seg)] = t
	return widest
}

// start is what a line that starts with atom i does without: all before it, the gap, and the blank of an opening mark.
func (s sums) start(seg []atom, i int) sum {
	t, a := s[i], &seg[i]
	if a.elastic {
		t.elastic++
	}
	t.width += int64(a.gap)
	if a.class != han || a.rank == shrinkGap { // or else it is an ideograph after another
		t.width += int64(startTrim(a))
		if fixedAtStart(a) {
			t.shrink += int32(a.slack)
		}
		t.give(a)
	}
	return t
}

// end is what all up to the end of a line measures, seg[end-1] being the last that is visible on it.
func (s sums) end(seg []atom, end int) sum {
	t := s[end]
	if a := &seg[end-1]; a.full() {
		t.width -= int64(endTrim(a))
		if fixedAtEnd(a) {
			t.shrink -= int32(a.slack)
		}
	}
	return t
}

// line measures the line seg[from:to] as set without squeeze or stretch.
func (s sums) line(seg []atom, from, to int) sum {
	end, start := s.end(seg, visibleEnd(seg, from, to)), s.start(seg, from)
	return end.minus(&start)
}

// startTrim is what an opening mark loses at the start of a line: it stands flush (CLREQ §3.1.6.1).
func startTrim(a *atom) unit.Length {
	if a.class == opener && a.full() {
		return max(0, a.size.Milli(half)-a.trimL)
	}
	return 0
}

// endTrim is what a mark loses at the end of a line, where it takes half a cell (GB/T 15834-2011 §5.1.10).
func endTrim(a *atom) unit.Length {
	if a.class != opener && a.full() {
		return max(0, a.size.Milli(half)-a.trimR)
	}
	return 0
}

// fixedAtStart reports whether the first atom of a line has lost what it could give: its gap is gone, or it stands flush.
func fixedAtStart(a *atom) bool { return a.rank == shrinkGap && a.class != space || a.class == opener }

// fixedAtEnd reports the same of the last atom.
func fixedAtEnd(a *atom) bool { return a.class == closer || a.class == comma || a.class == stop }

// visibleEnd is the end of the line without the blanks that hang beyond it.
func visibleEnd(seg []atom, from, to int) int {
	end := to
	for end > from && (seg[end-1].class == space || seg[end-1].class == ideoSpace && to < len(seg)) {
		end--
	}
	if end == from { // nothing but blanks
		return to
	}
	return end
}

// width is the natural width of a whole segment on one line.
func width(seg []atom) int64 {
	end := visibleEnd(seg, 0, len(seg))
	w := -seg[0].gap - startTrim(&seg[0]) - endTrim(&seg[end-1])
	for i := range seg[:end] {
		w += seg[i].box() + seg[i].gap
	}
	return int64(w)
}
