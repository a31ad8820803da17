package par

import "yusuan/internal/typeset/unit"

// squeeze takes the excess out of a line, class by class in the standard's order, within a class in proportion to what
// each member can give. It returns the mean squeeze of a gap in thousandths of the size, negative. atoms are the visible
// ones of the line.
func (b *breaker) squeeze(atoms []atom, line *sum, excess int64) int {
	if excess > int64(line.shrink) { // overfull all the same: a line of crushed marks that sticks out would be worse
		return 0
	}
	mean := 0
	if line.elastic > 0 {
		mean = -int(excess * 1000 / (int64(line.elastic) * b.size))
	}
	var have [shrinkClasses]int64
	for i := range atoms {
		if gives(atoms, i) {
			have[atoms[i].rank] += int64(atoms[i].slack)
		}
	}
	for k, have := range have {
		take := min(excess, have)
		if take > 0 {
			squeezeClass(atoms, uint8(k), take, have)
		}
		excess -= take
	}
	return mean
}

// gives reports whether the atom at i can be squeezed on a line of the atoms.
func gives(atoms []atom, i int) bool {
	a := &atoms[i]
	return a.slack != 0 && !(i == 0 && fixedAtStart(a)) && !(i == len(atoms)-1 && fixedAtEnd(a))
}

// squeezeClass takes so much of what the members of a class have together.
func squeezeClass(atoms []atom, rank uint8, take, have int64) {
	var given, seen int64
	for i := range atoms {
		a := &atoms[i]
		if a.rank != rank || !gives(atoms, i) {
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

// stretch spreads room over a line: blanks between words up to half an em, gaps between Han and Latin as far,
// then all elastic gaps alike (CLREQ §3.1.6.3). It returns the widest addition to a gap in thousandths of the size,
// blanks between words not counted, and what
// every gap got.
func (b *breaker) stretch(atoms []atom, line *sum, room int64) (widest, open int) {
	take := min(room, int64(line.words))
	reach(atoms, false, take, int64(line.words))
	room -= take
	take = min(room, int64(line.gaps))
	joint := int64(reach(atoms, true, take, int64(line.gaps)))
	if room -= take; room == 0 {
		return int(joint * 1000 / b.size), 0
	}
	elastic := int64(line.elastic)
	each, rest, over := room/elastic, room%elastic, int64(0)
	for i := 1; i < len(atoms); i++ {
		if !atoms[i].elastic {
			continue
		}
		atoms[i].gap += unit.Length(each)
		if over += rest; over >= elastic { // the rest goes to as many gaps, evenly
			over -= elastic
			atoms[i].gap++
		}
	}
	return int((joint + each) * 1000 / b.size), int(each * 1000 / b.size)
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
