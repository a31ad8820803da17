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
	shortLine    = 12             // em: shorter lines are not justified, few gaps would have to take up much

	// Stretch of all gaps of a line, in thousandths of an em.
	anyStretch  = 0
	someStretch = 100
	maxStretch  = third // beyond this a line is left ragged rather than torn apart
)

// breaker finds the lines of one segment. Its slices serve segment after segment.
type breaker struct {
	balance  bool
	firstFit bool
	asked    bool // to justify lines
	justify  bool // those of this segment: the measure is long enough
	measure  int64
	words    *Words

	seg    []atom
	indent int64 // of the first line
	size   int64 // of the largest type, for relative costs
	sums   sums
	nodes  []node
	starts []start // in order
	ends   []int
}

// node is a place where a line may end and the next start.
type node struct {
	at   int32
	back int32 // the node at which the best line that ends here starts
}

// start is a node that can be reached, as the start of a line.
type start struct {
	node int32
	cost int64 // of the best way there
	sum  sum   // what a line that starts here does without
}

const unreachable = int64(1) << 60

// ask takes up a paragraph.
func (b *breaker) ask(p *Paragraph, words *Words) {
	b.words = words
	b.balance, b.firstFit, b.measure = p.Balance, p.FirstFit, int64(p.Measure)
	b.asked = p.Align == Justify && !p.Balance
}

// load takes up a segment.
func (b *breaker) load(seg []atom, indent int64) {
	b.seg, b.indent, b.size = seg, indent, max(1, int64(seg[0].size))
	if seg[0].span != seg[len(seg)-1].span { // or else all of one size
		for i := range seg {
			b.size = max(b.size, int64(seg[i].size))
		}
	}
	b.justify = b.asked && b.measure >= shortLine*b.size
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
		b.words.priceSense(b.seg)
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
			b.nodes = append(b.nodes, node{at: int32(i)})
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

// takeBest takes the breaks with the least total cost. There are far more loose lines than tight ones and hardly a text
// needs one, so they are looked at only where the rest costs as much as one of them.
func (b *breaker) takeBest() {
	switch {
	case !b.justify:
		b.search(anyStretch)
	case b.search(someStretch) < costFilled+square(someStretch):
	case b.search(maxStretch) < costTorn:
	default:
		b.search(anyStretch)
	}
	for j := int32(len(b.nodes) - 1); j > 0; j = b.nodes[j].back {
		b.ends = append(b.ends, int(b.nodes[j].at))
	}
	slices.Reverse(b.ends)
}

// search finds the best way to each node (Knuth and Plass 1981, by dynamic programming over the legal breaks) and
// returns the cost of that to the end. A line reaches back no further than the measure, so the work is linear in the
// text. Of ways that cost the same, the one with the shortest last line is taken. Lines that must be stretched by more
// than limit are left out.
func (b *breaker) search(limit int64) int64 {
	nodes, starts, last := b.nodes, append(b.starts[:0], start{sum: b.sums.start(b.seg, 0)}), len(b.nodes)-1
	starts[0].sum.width -= b.indent
	first, loose := 0, 0 // lines from before first are too long, those from loose on are too loose
	var best int64       // cost of the way to the node at hand
	for j := 1; j <= last; j++ {
		to := &nodes[j]
		best = unreachable
		if first == loose && limit != anyStretch && j < last { // most often: too near even to the first of them
			if first == len(starts) {
				continue
			}
			line := b.sums[to.at].minus(&starts[first].sum)
			if b.looser(&line, b.measure-line.width, limit) {
				continue
			}
		}
		end := b.sums.end(b.seg, visibleEnd(b.seg, 0, int(to.at)))
		for ; loose < len(starts); loose++ {
			line := end.minus(&starts[loose].sum)
			if limit != anyStretch && j < last && b.looser(&line, b.measure-line.width, limit) {
				break
			}
		}
		for k := first; k < loose; k++ {
			from := &starts[k]
			if from.cost > best {
				continue
			}
			line := end.minus(&from.sum)
			cost, fits := b.cost(&line, j == last)
			switch {
			case fits && j == last:
				cost += b.orphan(int(nodes[from.node].at))
			case fits:
				cost += int64(b.seg[to.at].cost)
			case int(from.node) < j-1: // unless it is the shortest there is
				first = k + 1
				continue
			}
			if cost += from.cost; cost <= best {
				best, to.back = cost, from.node
			}
		}
		if best < unreachable && j < last {
			starts = append(starts, start{int32(j), best, b.sums.start(b.seg, int(to.at))})
		}
	}
	b.starts = starts
	return best
}

// cost prices a line; fits is false when it is too long even squeezed.
func (b *breaker) cost(line *sum, last bool) (cost int64, fits bool) {
	room := b.measure - line.width
	switch {
	case room < 0 && (!b.justify || -room > int64(line.shrink)):
		return costOverfull - room, false
	case room < 0:
		return costSqueezed * square(-room*100/int64(line.shrink)) / 10000, true
	case b.balance && b.measure < shortTitle*b.size:
		return balanceShort + square(room*10/b.size), true
	case b.balance: // a title: as few lines as possible, of like length
		return balanceLine + square(room*10/b.size), true
	case last && b.justify:
		return 0, true
	case last:
		return costLine, true
	case b.justify:
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
	case b.looser(line, room, maxStretch):
		return costTorn + costTorn/10*room/max(1, b.measure)
	default:
		return costFilled + square(rest*1000/(int64(line.elastic)*b.size))
	}
}

// looser reports whether all gaps of a line must grow by more than limit for it to take up the room.
func (b *breaker) looser(line *sum, room, limit int64) bool {
	rest := room - int64(line.words) - int64(line.gaps)
	return rest > 0 && rest*1000 > int64(line.elastic)*b.size*limit
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
