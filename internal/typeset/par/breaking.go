package par

import "math"

// How lines are priced. The unit is such that a justified line whose characters stand n thousandths of an em apart
// costs n², and a line squeezed to the limit costs as much as one stretched by 34 thousandths: squeeze first, then push
// out (CLREQ §3.1.6.3).
const (
	costSqueezed  = 1200
	costOrphan    = 60000      // a last line of one character (孤字)
	costLine      = 4000       // each line of ragged text: no more lines than needed
	costOverfull  = int64(1e9) // plus the excess: only where nothing else is possible
	raggedUnit    = 120        // times the square of the room left, in em
	balanceLine   = int64(1e7)
	senseBonus    = 200 // em²: a title breaks best at an em space
	senseYear     = 30  // before a year
	senseOther    = 120
	maxStretchTop = 500 // thousandths of an em: beyond this a line is left ragged rather than torn apart
)

// breaker finds the lines of one segment.
type breaker struct {
	p       *Paragraph
	seg     []atom
	sums    *sums
	indent  int64 // of the first line
	size    int64 // of the type, for relative costs
	measure int64
}

func (b *breaker) room(from int) int64 {
	if from == 0 {
		return b.measure - b.indent
	}
	return b.measure
}

// lines returns the ends of the lines.
func (b *breaker) lines() []int {
	n := len(b.seg)
	if b.sums.natural(b.seg, 0, n) <= b.room(0) {
		return []int{n}
	}
	if b.p.FirstFit {
		return b.firstFit()
	}
	return b.optimal()
}

func (b *breaker) legal(i int) bool { return i == len(b.seg) || b.seg[i].cost < forbidden }

// firstFit takes as much on each line as goes on it, without squeezing.
func (b *breaker) firstFit() []int {
	var ends []int
	for from := 0; from < len(b.seg); {
		end := -1
		for to := from + 1; to <= len(b.seg); to++ {
			if !b.legal(to) {
				continue
			}
			if end >= 0 && b.sums.natural(b.seg, from, to) > b.room(from) {
				break
			}
			end = to
		}
		ends = append(ends, end)
		from = end
	}
	return ends
}

// optimal finds the breaks with the least total cost (Knuth and Plass 1981, by dynamic programming over the legal
// breaks). A line reaches back no further than the measure, so the work is linear in the text.
func (b *breaker) optimal() []int {
	n := len(b.seg)
	best := make([]int64, n+1)
	back := make([]int32, n+1)
	for to := 1; to <= n; to++ {
		best[to] = math.MaxInt64
		if !b.legal(to) {
			continue
		}
		tried := false
		for from := to - 1; from >= 0; from-- {
			if best[from] == math.MaxInt64 || !b.legal(from) && from > 0 {
				continue
			}
			cost, fits := b.cost(from, to)
			if !fits && tried {
				break
			}
			tried = true
			if c := best[from] + cost; c < best[to] {
				best[to], back[to] = c, int32(from)
			}
			if !fits {
				break
			}
		}
	}
	var ends []int
	for to := n; to > 0; to = int(back[to]) {
		ends = append(ends, to)
	}
	for i, j := 0, len(ends)-1; i < j; i, j = i+1, j-1 {
		ends[i], ends[j] = ends[j], ends[i]
	}
	return ends
}

// cost prices the line seg[from:to]; fits is false when it is too long even squeezed.
func (b *breaker) cost(from, to int) (cost int64, fits bool) {
	last := to == len(b.seg)
	if !last {
		cost = int64(b.seg[to].cost)
	}
	room := b.room(from) - b.sums.natural(b.seg, from, to)
	switch {
	case b.p.Balance:
		return b.balance(from, to, room)
	case b.p.Align != Justify:
		if room < 0 {
			return costOverfull - room, false
		}
		cost += costLine
		if !last {
			cost += raggedUnit * square(room*100/b.size) / 10000
		}
		return cost + b.orphan(from, to), true
	case room < 0:
		_, slack := b.sums.shrinkable(b.seg, from, to)
		if -room > slack {
			return costOverfull - room, false
		}
		return cost + costSqueezed*square(-room*100/max(1, slack))/10000 + b.orphan(from, to), true
	case last:
		return cost + b.orphan(from, to), true
	}
	gaps := b.sums.stretchGaps(b.seg, from, to)
	if gaps == 0 {
		return cost + 1000*1000, true
	}
	return cost + min(square(room*1000/(gaps*b.size)), 1e8), true
}

func square(n int64) int64 { return n * n }

// orphan prices a last line of one character, marks not counted.
func (b *breaker) orphan(from, to int) int64 {
	if to != len(b.seg) || from == 0 {
		return 0
	}
	n := 0
	for i := from; i < to; i++ {
		if c := b.seg[i].class; !c.fullMark() && c != space && c != mark {
			n++
		}
	}
	if n <= 1 {
		return costOrphan
	}
	return 0
}

// balance prices a line of a title: as few lines as possible, of like length, broken at sense units. All in em².
func (b *breaker) balance(from, to int, room int64) (int64, bool) {
	if room < 0 {
		return costOverfull - room, false
	}
	cost := balanceLine + square(room*10/b.size)
	if to < len(b.seg) {
		switch {
		case b.seg[to-1].class == ideoSpace:
			cost -= senseBonus * 100
		case b.seg[to].class == digit:
			cost += senseYear * 100
		default:
			cost += (senseOther + int64(b.seg[to].cost)/100) * 100
		}
	}
	return cost + b.orphan(from, to), true
}
