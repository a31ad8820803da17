package par

import "slices"

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
	balanceLine  = int64(1) << 24 // each line of a title, and
	balanceShort = 35000          // where lines are short: one more is better than a word broken (senseWithin)
	shortTitle   = 8              // em
	maxStretch   = third          // thousandths of an em: beyond this a line is left ragged rather than torn apart
)

// breaker finds the lines of one segment. Its slices serve segment after segment.
type breaker struct {
	align    Align
	balance  bool
	firstFit bool
	measure  int64

	seg    []atom
	indent int64 // of the first line
	size   int64 // of the largest type, for relative costs
	sums   sums
	nodes  []node
	ends   []int
}

// node is a place where a line may end and the next start, and the best way there.
type node struct {
	at    int32
	back  int32 // the node at which the line starts
	best  int64 // unreachable where no line ends here
	start sum   // what a line that starts here does without
}

const unreachable = int64(1) << 60

// ask takes up a paragraph.
func (b *breaker) ask(p *Paragraph) {
	b.align, b.balance, b.firstFit, b.measure = p.Align, p.Balance, p.FirstFit, int64(p.Measure)
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
	if b.balance {
		priceSense(b.seg)
	}
	b.findNodes()
	if b.firstFit {
		b.takeFirstFit()
	} else {
		b.takeBest()
	}
	return b.ends
}

// findNodes lists the places where a line may start or end.
func (b *breaker) findNodes() {
	b.nodes = b.nodes[:0]
	for i := range b.seg {
		if i == 0 || b.seg[i].cost < forbidden {
			b.nodes = append(b.nodes, node{at: int32(i), start: b.sums.start(b.seg, i)})
		}
	}
	b.nodes = append(b.nodes, node{at: int32(len(b.seg))})
}

// takeFirstFit takes as much on each line as goes on it, without squeezing.
func (b *breaker) takeFirstFit() {
	from := 0
	for i := 1; i < len(b.nodes); i++ {
		at, before := int(b.nodes[i].at), int(b.nodes[i-1].at)
		if before > from && b.sums.line(b.seg, from, at).width > b.room(from) {
			b.ends = append(b.ends, before)
			from = before
		}
	}
	b.ends = append(b.ends, len(b.seg))
}

// takeBest takes the breaks with the least total cost. Lines too loose to justify are looked at only where the rest
// costs as much as one of them: there are far more of them than of good lines, and hardly a text needs one.
func (b *breaker) takeBest() {
	torn := b.align != Justify || b.balance
	if b.search(torn) >= costTorn && !torn {
		b.search(true)
	}
	for j := int32(len(b.nodes) - 1); j > 0; j = b.nodes[j].back {
		b.ends = append(b.ends, int(b.nodes[j].at))
	}
	slices.Reverse(b.ends)
}

// search finds the best way to each node (Knuth and Plass 1981, by dynamic programming over the legal breaks) and
// returns the cost of that to the end. A line reaches back no further than the measure, so the work is linear in the
// text. Of ways that cost the same, the one with the shortest last line is taken. torn admits lines too loose to justify.
func (b *breaker) search(torn bool) int64 {
	first, last := 0, len(b.nodes)-1 // no line from before first fits
	for j := 1; j <= last; j++ {
		to := &b.nodes[j]
		to.best = unreachable
		end := visibleEnd(b.seg, 0, int(to.at))
		sum := b.sums.end(b.seg, end)
		for i := first; i < j; i++ {
			from := &b.nodes[i]
			if from.best == unreachable || from.best > to.best {
				continue
			}
			line := sum.minus(from.start)
			room := b.room(int(from.at)) - line.width
			if !torn && j < last && b.tooLoose(&line, room) {
				break // and so are all shorter ones
			}
			cost, fits := b.cost(&line, room, j == last)
			if !fits && i < j-1 { // unless it is the shortest there is
				first = i + 1
				continue
			}
			switch cost += from.best; {
			case !fits: // whatever follows
			case j == last:
				cost += b.orphan(int(from.at))
			default:
				cost += int64(b.seg[to.at].cost)
			}
			if cost <= to.best {
				to.best, to.back = cost, int32(i)
			}
		}
	}
	return b.nodes[last].best
}

// cost prices a line that falls short by room; fits is false when it is too long even squeezed.
func (b *breaker) cost(line *sum, room int64, last bool) (cost int64, fits bool) {
	justify := b.align == Justify && !b.balance
	switch {
	case room < 0 && (!justify || -room > int64(line.shrink)):
		return costOverfull - room, false
	case room < 0:
		return costSqueezed * square(-room*100/int64(line.shrink)) / 10000, true
	case b.balance && b.measure < shortTitle*b.size:
		return balanceShort + square(room*10/b.size), true
	case b.balance: // a title: as few lines as possible, of like length
		return balanceLine + square(room*10/b.size), true
	case last && justify:
		return 0, true
	case last:
		return costLine, true
	case justify:
		return b.stretched(line, room), true
	}
	return costLine + raggedUnit*square(room*100/b.size)/10000, true
}

// stretched prices a line that is to be stretched by room.
func (b *breaker) stretched(line *sum, room int64) int64 {
	filled := int64(line.words) + int64(line.gaps)
	switch rest := room - filled; {
	case room == 0:
		return 0
	case rest <= 0:
		return costFilled * square(room*100/filled) / 10000
	case b.tooLoose(line, room):
		return costTorn + costTorn/10*room/max(1, b.measure)
	default:
		return costFilled + square(rest*1000/(int64(line.elastic)*b.size))
	}
}

// tooLoose reports whether room is more than the gaps of a line can take without being torn apart.
func (b *breaker) tooLoose(line *sum, room int64) bool {
	rest := room - int64(line.words) - int64(line.gaps)
	return rest > 0 && rest*1000 > int64(line.elastic)*b.size*maxStretch
}

func square(n int64) int64 { return n * n }

// orphan prices a last line of one character, marks not counted.
func (b *breaker) orphan(from int) int64 {
	if from == 0 {
		return 0
	}
	n := 0
	for i := from; i < len(b.seg) && n < 2; i++ {
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
