package par

import "yusuan/internal/typeset/unit"

// sums are running totals over a segment, so that any line of it is measured in constant time.
type sums []sum

// sum leaves all but the width to wrap around in very long segments: only differences within a line are used.
type sum struct {
	width   int64                // boxes and gaps of all atoms before this one
	shrink  [shrinkClasses]int32 // what they can give, by class
	words   int32                // what blanks between words can take
	gaps    int32                // what gaps between Han and Latin can take
	elastic int32                // how many gaps can grow
}

// fill measures a segment; s has one entry more than the segment.
func (s sums) fill(seg []atom) {
	var t sum
	for i := range seg {
		s[i] = t
		a := &seg[i]
		t.width += int64(a.box() + a.gap)
		t.shrink[a.rank] += int32(a.slack)
		if a.rank == shrinkGap {
			t.gaps += int32(a.reach)
		} else {
			t.words += int32(a.reach)
		}
		if a.elastic {
			t.elastic++
		}
	}
	s[len(seg)] = t
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
func fixedAtEnd(a *atom) bool { return a.class == closer || a.class == comma }

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

// natural is the width of the line seg[from:to] as set without squeeze or stretch.
func (s sums) natural(seg []atom, from, to int) int64 {
	if from >= to {
		return 0
	}
	to = visibleEnd(seg, from, to)
	w := s[to].width - s[from].width - int64(seg[from].gap)
	return w - int64(startTrim(&seg[from])) - int64(endTrim(&seg[to-1]))
}

// shrinkable is how much the line can be squeezed, by class.
func (s sums) shrinkable(seg []atom, from, to int) (by [shrinkClasses]int64, total int64) {
	to = visibleEnd(seg, from, to)
	for k := range by {
		by[k] = int64(s[to].shrink[k] - s[from].shrink[k])
		total += by[k]
	}
	first, last := &seg[from], &seg[to-1]
	if fixedAtStart(first) {
		by[first.rank] -= int64(first.slack)
		total -= int64(first.slack)
	}
	if fixedAtEnd(last) {
		by[last.rank] -= int64(last.slack)
		total -= int64(last.slack)
	}
	return by, total
}

// stretchable is what the blanks between words and the gaps between Han and Latin can take, and the number of gaps that
// may grow after that.
func (s sums) stretchable(seg []atom, from, to int) (words, gaps, elastic int64) {
	to = visibleEnd(seg, from, to)
	words, gaps, elastic = int64(s[to].words-s[from].words), int64(s[to].gaps-s[from].gaps), int64(s[to].elastic-s[from].elastic)
	first := &seg[from]
	if first.rank == shrinkGap {
		gaps -= int64(first.reach)
	} else {
		words -= int64(first.reach)
	}
	if first.elastic {
		elastic--
	}
	return words, gaps, elastic
}
