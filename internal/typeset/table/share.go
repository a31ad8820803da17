package table

import "yusuan/internal/typeset/par"

// paragraph is one paragraph of a cell: where it ends among the cell's lines, and whether it stays with the next.
type paragraph struct {
	end  int
	keep bool
}

// share is how many of the lines still to be drawn stay when only fit of them can, as of any paragraph, and no heading
// without what it is over; 0 where that cannot be.
func (c *cell) share(fit int) int {
	return par.Share(len(c.lines)-c.done, fit, func(n int) bool { return c.parts(c.done + n) })
}

// most is how many lines stay on an empty page where they cannot be shared well: all that fit, one at least.
func (c *cell) most(fit int) int { return max(1, min(fit, len(c.lines)-c.done)) }

// onward is how many lines of a cell that goes on below the part stay when fit of them can: where they cannot be shared, all
// that fit, since its rows are drawn in any case.
func (c *cell) onward(fit int) int {
	if n := c.share(fit); n > 0 {
		return n
	}
	return max(0, min(fit, len(c.lines)-c.done))
}

// first is the least number of the lines still to be drawn that may stand on a part of their own: all, if they cannot
// be shared.
func (c *cell) first() int {
	left := len(c.lines) - c.done
	for n := par.Few; n <= left-par.Few; n++ {
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
			return !p.keep && at-start >= par.Few && p.end-at >= par.Few
		}
		start = p.end
	}
	return true
}
