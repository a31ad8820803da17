package par

import "yusuan/internal/typeset/unit"

// sums are running totals over a segment, so that any line of it is measured in constant time.
type sums struct {
	at []sum
}

type sum struct {
	width   int64                // boxes and gaps of all atoms before this one
	shrink  [shrinkClasses]int64 // by class
	elastic int32                // elastic gaps
	spaces  int32                // blanks between words
	gaps    int32                // gaps between Han and Latin
}

func newSums(seg []atom) *sums {
	s := &sums{at: make([]sum, len(seg)+1)}
	for i := range seg {
		a := &seg[i]
		t := s.at[i]
		t.width += int64(a.box() + a.gap)
		t.shrink[a.rank] += int64(usable(a))
		if a.rank == shrinkGap {
			t.shrink[shrinkGap] += int64(a.gap / 2) // from ¼ to ⅛ em
			t.gaps++
		}
		if a.elastic {
			t.elastic++
		}
		if a.class == space {
			t.spaces++
		}
		s.at[i+1] = t
	}
	return s
}

// usable is how much of an atom's blank is left to squeeze after its trims.
func usable(a *atom) unit.Length {
	if a.class == opener {
		return max(0, a.slack-a.trimL)
	}
	if a.class == closer || a.class == comma {
		return max(0, a.slack-a.trimR)
	}
	return a.slack
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
	if a.full() && a.class != opener {
		return max(0, a.size.Milli(half)-a.trimR)
	}
	return 0
}

// visibleEnd is the end of the line without the blanks that hang beyond it.
func visibleEnd(seg []atom, from, to int) int {
	for to > from+1 && (seg[to-1].class == space || seg[to-1].class == ideoSpace && to < len(seg)) {
		to--
	}
	return to
}

// natural is the width of the line seg[from:to] as set without squeeze or stretch.
func (s *sums) natural(seg []atom, from, to int) int64 {
	if from >= to {
		return 0
	}
	to = visibleEnd(seg, from, to)
	w := s.at[to].width - s.at[from].width - int64(seg[from].gap)
	return w - int64(startTrim(&seg[from])) - int64(endTrim(&seg[to-1]))
}

// shrinkable is how much the line can be squeezed, by class. What the ends lose anyway does not count.
func (s *sums) shrinkable(seg []atom, from, to int) (by [shrinkClasses]int64, total int64) {
	to = visibleEnd(seg, from, to)
	for k := range by {
		by[k] = s.at[to].shrink[k] - s.at[from].shrink[k]
	}
	first, last := &seg[from], &seg[to-1]
	if first.rank == shrinkGap {
		by[shrinkGap] -= int64(first.gap / 2)
	}
	if first.class == opener {
		by[first.rank] -= int64(usable(first))
	}
	if to-1 > from && (last.class == closer || last.class == comma) {
		by[last.rank] -= int64(usable(last))
	}
	for k := range by {
		by[k] = max(0, by[k])
		total += by[k]
	}
	return by, total
}

// stretchGaps counts the gaps of the line that may grow.
func (s *sums) stretchGaps(seg []atom, from, to int) int64 {
	to = visibleEnd(seg, from, to)
	n := int64(s.at[to].elastic - s.at[from].elastic)
	if seg[from].elastic {
		n--
	}
	return n
}
