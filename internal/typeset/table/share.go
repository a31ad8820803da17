package table

// paragraph is one paragraph of a cell: where it ends among the cell's lines, and whether it stays with the next.
type paragraph struct {
	end  int
	keep bool
}

// share is how many of the lines still to be drawn stay when only fit of them can: two at least, and two for the other
// side, no first or last line of a paragraph alone, and no heading without what it is over; 0 where that cannot be.
func (c *cell) share(fit int) int {
	left := len(c.lines) - c.done
	for n := min(fit, left-2); n >= 2; n-- {
		if c.parts(c.done + n) {
			return n
		}
	}
	return 0
}

// most is how many lines stay on an empty page where they cannot be shared well: all that fit, one at least.
func (c *cell) most(fit int) int { return max(1, min(fit, len(c.lines)-c.done)) }

// first is the least number of the lines still to be drawn that may stand on a part of their own: all, if they cannot
// be shared.
func (c *cell) first() int {
	left := len(c.lines) - c.done
	for n := 2; n <= left-2; n++ {
		if c.parts(c.done + n) {
			return n
		}
	}
	return left
}

// parts reports whether the cell may be parted before a line.
func (c *cell) parts(at int) bool {
	start := 0
	for _, p := range c.paras {
		switch {
		case at == p.end:
			return !p.keep
		case at < p.end:
			return !p.keep && at-start >= 2 && p.end-at >= 2
		}
		start = p.end
	}
	return true
}
