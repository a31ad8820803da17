package par

import "math"

// How lines are priced. The unit is such that a justified line whose characters stand n thousandths of an em apart
// costs n², and a line squeezed to the limit costs as much as one stretched by 59 thousandths: squeeze first, then push
// out (CLREQ §3.1.6.3), but a line full of crushed commas is no better than one slightly open.
const (
	costSqueezed = 3500
	costFilled   = 150            // blanks between words and between Han and Latin stretched to their limit
	costOrphan   = 60000          // a last line of one character (孤字)
	costLine     = 4000           // each line of ragged text: no more lines than needed
	costTorn     = 1_000_000      // a line too loose to justify; a tenth of it may come on top
	costOverfull = int64(1) << 36 // plus the excess: only where nothing else is possible
	raggedUnit   = 120            // times the square of the room left, in em
	balanceLine  = int64(1) << 24
	maxStretch   = third // thousandths of an em: beyond this a line is left ragged rather than torn apart
)

// breaker finds the lines of one segment. Its slices serve segment after segment.
type breaker struct {
	p       *Paragraph
	seg     []atom
	sums    sums
	indent  int64 // of the first line
	size    int64 // of the largest type, for relative costs
	measure int64
	nodes   []node
	ends    []int
}

// node is a place where a line may end and the next start, and the best way there.
type node struct {
	at   int32
	back int32 // the node at which the line starts
	best int64
	head int64 // what a line that starts here does without: all before it, the gap, the blank of an opening mark
}

// load takes up a segment.
func (b *breaker) load(seg []atom, indent int64) {
	b.seg, b.indent, b.size = seg, indent, 1
	for i := range seg {
		b.size = max(b.size, int64(seg[i].size))
	}
}

// measureAll finds where the segment may be broken and sums its widths.
func (b *breaker) measureAll() {
	n := len(b.seg) + 1
	if cap(b.sums) < n {
		b.sums = make(sums, n)
	}
	b.sums = b.sums[:n]
	opportunities(b.seg)
	b.sums.fill(b.seg)
}

func (b *breaker) room(from int) int64 {
	if from == 0 {
		return b.measure - b.indent
	}
	return b.measure
}

// lines returns the ends of the lines, when the segment needs more than one. They hold until the next call.
func (b *breaker) lines() []int {
	b.ends = b.ends[:0]
	b.measureAll()
	openLongWords(b.seg, b.sums, b.room(0), b.measure)
	if b.p.Balance {
		priceSense(b.seg)
	}
	b.findNodes()
	if b.p.FirstFit {
		b.firstFit()
	} else {
		b.optimal()
	}
	return b.ends
}

// findNodes lists the places where a line may start or end.
func (b *breaker) findNodes() {
	n := 2
	for i := 1; i < len(b.seg); i++ {
		if b.seg[i].cost < forbidden {
			n++
		}
	}
	if cap(b.nodes) < n {
		b.nodes = make([]node, 0, n)
	}
	b.nodes = b.nodes[:0]
	for i := range b.seg {
		if a := &b.seg[i]; i == 0 || a.cost < forbidden {
			b.nodes = append(b.nodes, node{at: int32(i), head: b.sums[i].width + int64(a.gap) + int64(startTrim(a))})
		}
	}
	b.nodes = append(b.nodes, node{at: int32(len(b.seg))})
}

// firstFit takes as much on each line as goes on it, without squeezing.
func (b *breaker) firstFit() {
	from := 0
	for i := 1; i < len(b.nodes); i++ {
		at, before := int(b.nodes[i].at), int(b.nodes[i-1].at)
		if before > from && b.sums.natural(b.seg, from, at) > b.room(from) {
			b.ends = append(b.ends, before)
			from = before
		}
	}
	b.ends = append(b.ends, len(b.seg))
}

// optimal finds the breaks with the least total cost (Knuth and Plass 1981, by dynamic programming over the legal
// breaks). A line reaches back no further than the measure, so the work is linear in the text.
func (b *breaker) optimal() {
	justify, last := b.p.Align == Justify && !b.p.Balance, len(b.nodes)-1
	for j := 1; j < len(b.nodes); j++ {
		to := &b.nodes[j]
		to.best = math.MaxInt64
		end := visibleEnd(b.seg, 0, int(to.at))
		tail := b.sums[end].width - int64(endTrim(&b.seg[end-1]))
		for i := j - 1; i >= 0; i-- {
			from := &b.nodes[i]
			room := b.room(int(from.at)) - (tail - from.head)
			if end <= int(from.at) { // nothing but blanks
				room = b.room(int(from.at)) - b.sums.natural(b.seg, int(from.at), int(to.at))
			}
			if justify && j < last && b.tooLoose(int(from.at), end, room) {
				if c := from.best + b.tornCost(room) + int64(b.seg[to.at].cost); c < to.best {
					to.best, to.back = c, int32(i)
				}
				continue
			}
			cost, fits := b.cost(int(from.at), int(to.at), room)
			if !fits && i < j-1 {
				break
			}
			if c := from.best + cost; c < to.best {
				to.best, to.back = c, int32(i)
			}
			if !fits { // the shortest line there is, and it sticks out
				break
			}
		}
	}
	for j := int32(len(b.nodes) - 1); j > 0; j = b.nodes[j].back {
		b.ends = append(b.ends, int(b.nodes[j].at))
	}
	for i, j := 0, len(b.ends)-1; i < j; i, j = i+1, j-1 {
		b.ends[i], b.ends[j] = b.ends[j], b.ends[i]
	}
}

// cost prices the line seg[from:to], which falls short by room; fits is false when it is too long even squeezed.
func (b *breaker) cost(from, to int, room int64) (cost int64, fits bool) {
	last := to == len(b.seg)
	switch {
	case room < 0 && b.p.Align == Justify && !b.p.Balance:
		_, slack := b.sums.shrinkable(b.seg, from, to)
		if -room > slack {
			return costOverfull - room, false
		}
		cost = costSqueezed * square(-room*100/slack) / 10000
	case room < 0:
		return costOverfull - room, false
	case b.p.Balance:
		return b.balance(from, to, room) + b.orphan(from, to), true
	case b.p.Align != Justify:
		cost = costLine
		if !last {
			cost += raggedUnit * square(room*100/b.size) / 10000
		}
	case !last:
		cost = b.stretched(from, to, room)
	}
	if !last {
		return cost + int64(b.seg[to].cost), true
	}
	return cost + b.orphan(from, to), true
}

// stretched prices a line that is to be stretched by room.
func (b *breaker) stretched(from, to int, room int64) int64 {
	words, gaps, elastic := b.sums.stretchable(b.seg, from, to)
	rest := room - words - gaps
	if rest <= 0 {
		if room == 0 {
			return 0
		}
		return costFilled * square(room*100/(words+gaps)) / 10000
	}
	if elastic == 0 || rest*1000 > elastic*b.size*maxStretch {
		return b.tornCost(room)
	}
	return costFilled + square(rest*1000/(elastic*b.size))
}

// tooLoose tells most lines that are too loose to justify at little cost, from upper bounds of what they can take.
func (b *breaker) tooLoose(from, end int, room int64) bool {
	l, r := &b.sums[from], &b.sums[end]
	return (room-int64(r.words-l.words)-int64(r.gaps-l.gaps))*1000 > int64(r.elastic-l.elastic)*b.size*maxStretch
}

func (b *breaker) tornCost(room int64) int64 { return costTorn + costTorn/10*room/max(1, b.measure) }

func square(n int64) int64 { return n * n }

// orphan prices a last line of one character, marks not counted.
func (b *breaker) orphan(from, to int) int64 {
	if to != len(b.seg) || from == 0 {
		return 0
	}
	n := 0
	for i := from; i < to && n < 2; i++ {
		switch c := b.seg[i].class; {
		case c.fullMark(), c == space, c == mark, c == point:
		default:
			n++
		}
	}
	if n < 2 {
		return costOrphan
	}
	return 0
}

// balance prices a line of a title: as few lines as possible, of like length, broken at sense units. All in em².
func (b *breaker) balance(from, to int, room int64) int64 {
	cost := balanceLine + square(room*10/b.size)
	if to < len(b.seg) {
		cost += int64(b.seg[to].cost)
	}
	return cost
}
