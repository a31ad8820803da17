package par

import "yusuan/internal/typeset/unit"

// squeeze takes the excess out of a line, class by class in the standard's order, within a class in proportion to what
// each member can give. It returns the mean squeeze of a gap in thousandths of the size, negative.
func (b *breaker) squeeze(from, to int, excess int64) int {
	by, total := b.sums.shrinkable(b.seg, from, to)
	atoms := b.seg[from:visibleEnd(b.seg, from, to)]
	if excess > total { // overfull all the same: a line of crushed marks that sticks out would be worse
		return 0
	}
	mean := 0
	if _, _, n := b.sums.stretchable(b.seg, from, to); n > 0 {
		mean = -int(excess * 1000 / (n * b.size))
	}
	for k, have := range by {
		take := min(excess, have)
		if take > 0 {
			squeezeClass(atoms, uint8(k), take, have)
		}
		excess -= take
	}
	return mean
}

// squeezeClass takes so much of what the members of a class have together.
func squeezeClass(atoms []atom, rank uint8, take, have int64) {
	var given, seen int64
	for i := range atoms {
		a := &atoms[i]
		if a.rank != rank || a.slack == 0 || i == 0 && fixedAtStart(a) || i == len(atoms)-1 && fixedAtEnd(a) {
			continue
		}
		seen += int64(a.slack)
		d := unit.Length(take*seen/have - given)
		given += int64(d)
		switch {
		case a.class == space:
			a.advance -= d
		case rank == shrinkGap:
			a.gap -= d
		case a.class == opener:
			a.trimL += d
		default:
			a.trimR += d
		}
	}
}

// stretch spreads room over a line: blanks between words up to half an em, gaps between Han and Latin up to a third,
// then all elastic gaps alike (CLREQ §3.1.6.3). It returns the widest addition to a gap in thousandths of the size,
// blanks between words not counted.
func (b *breaker) stretch(from, to int, room int64) int {
	words, gaps, elastic := b.sums.stretchable(b.seg, from, to)
	atoms := b.seg[from:visibleEnd(b.seg, from, to)]
	take := min(room, words)
	reach(atoms, false, take, words)
	room -= take
	take = min(room, gaps)
	widest := reach(atoms, true, take, gaps)
	if room -= take; room == 0 {
		return int(int64(widest) * 1000 / b.size)
	}
	var done, n int64
	for i := 1; i < len(atoms); i++ {
		if atoms[i].elastic {
			n++
			d := room*n/elastic - done
			done += d
			atoms[i].gap += unit.Length(d)
		}
	}
	return int((int64(widest) + room/elastic) * 1000 / b.size)
}

// torn reports whether room is more than the gaps of a line can take.
func (b *breaker) torn(from, to int, room int64) bool {
	words, gaps, elastic := b.sums.stretchable(b.seg, from, to)
	rest := room - words - gaps
	return rest > 0 && rest*1000 > elastic*b.size*maxStretch
}

// reach gives each member its part of what the blanks between words, or the gaps between Han and Latin, take together,
// and returns the widest part.
func reach(atoms []atom, gaps bool, take, total int64) (widest unit.Length) {
	if take == 0 {
		return 0
	}
	var seen, given int64
	for i := 1; i < len(atoms); i++ {
		a := &atoms[i]
		if a.reach == 0 || gaps != (a.rank == shrinkGap) {
			continue
		}
		seen += int64(a.reach)
		d := unit.Length(take*seen/total - given)
		given += int64(d)
		widest = max(widest, d)
		if a.class == space {
			a.advance += d
		} else {
			a.gap += d
		}
	}
	return widest
}
