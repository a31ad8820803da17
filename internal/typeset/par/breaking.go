package par

import "slices"

// breaker finds the lines of one segment. Its slices serve segment after segment.
type breaker struct {
	balance  bool
	firstFit bool
	length   int64 // what each line costs or saves for the length that is asked for
	parts    bool  // numbers from their units
	asked    bool  // to justify lines
	centred  bool
	justify  bool // those of this segment: the measure is long enough
	measure  int64
	parted   bool // a word is open that is not to be broken
	words    *Words
	roles    map[rune]role // of their characters

	segment
	indent int64 // of the first line
	size   int64 // of the largest type, for relative costs
	least  int64 // what a line costs at least
	alone  int   // a last line that begins after this atom is too short
	lone   int   // one that begins after this atom has one character
	sums   sums
	widest int64   // what one atom adds to a line at most, gaps stretched as far as CLREQ lets them
	starts []start // in order
	ends   []int
}

// start is a place that can be reached, as the start of a line.
type start struct {
	at     int32
	back   int32 // the start of the best line that ends here
	cost   int64 // of the best way there
	before sum   // what a line that starts here does without
}

const unreachable = int64(1) << 60

// ask takes up a paragraph.
func (b *breaker) ask(p *Paragraph, words *Words) {
	b.words = words
	b.balance, b.firstFit, b.parts, b.measure = p.Balance, p.FirstFit, p.PartUnits, int64(p.Measure)
	b.asked, b.centred = p.Align == Justify && !p.Balance, p.Align == Center
	b.length = -costLength * int64(p.Longer)
	b.parted = false
}

// load takes up a segment.
func (b *breaker) load(s *segment, indent int64) {
	seg := s.atoms
	b.segment, b.indent, b.size = *s, indent, 1
	if len(seg) == 0 {
		return
	}
	b.size = max(1, int64(seg[0].size))
	if seg[0].span != seg[len(seg)-1].span { // or else all of one size
		for i := range seg {
			b.size = max(b.size, int64(seg[i].size))
		}
	}
	b.justify = b.asked && b.measure >= shortLine*b.size
	switch {
	case b.justify:
		b.least = b.length
	case b.balance: // a title: few lines, of like length
		b.least = balanceLine
	default:
		b.least = costLine
	}
}

// measureAll finds where the segment may be broken and sums its widths.
func (b *breaker) measureAll() {
	n := len(b.atoms) + 1
	if cap(b.sums) < n {
		b.sums = make(sums, max(n, usual))
	}
	b.sums = b.sums[:n]
	b.opportunities()
	if b.parts {
		b.freeUnits()
	}
	b.widest = b.sums.fill(b.atoms)
	for i := 1; b.indent < 0 && i < len(b.atoms) && b.sums[i].width <= -b.indent; i++ { // what hangs is not parted from the rest
		b.atoms[i].cost = forbidden
	}
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
	if b.openLongWords(b.sums, b.room(0), b.measure) {
		b.parted = true
	}
	switch {
	case b.balance:
		b.priceSense(b.words, b.characters(), b.centred)
		b.keepNames()
	case !b.justify && len(b.atoms) <= fewCharacters:
		b.priceWords(b.words, b.characters())
	case !b.justify:
		b.priceTerms()
	}
	if b.firstFit {
		b.takeFirstFit()
	} else {
		b.takeBest()
	}
	return b.ends
}

// characters is what characters do, asked for once.
func (b *breaker) characters() map[rune]role {
	if b.roles == nil {
		b.roles = b.words.roles()
	}
	return b.roles
}

// widestWord is the width of the widest piece of the segment that cannot be broken.
func (b *breaker) widestWord() (widest int64) {
	indent := b.indent
	if len(b.odd) == 0 { // ideographs only: a line may end anywhere
		for i := range b.atoms {
			widest, indent = max(widest, int64(b.atoms[i].box())+indent), 0
		}
		return widest
	}
	b.measureAll()
	limit := longWord * b.size
	b.openLongWords(b.sums, limit, limit)
	for from := 0; from < len(b.atoms); {
		to := from + 1
		for !b.open(to) {
			to++
		}
		if b.sums[to].width-b.sums[from].width-int64(b.atoms[from].gap)+indent > widest { // or else it is no wider when trimmed
			widest = max(widest, b.sums.line(b.atoms, from, to).width+indent)
		}
		from, indent = to, 0
	}
	return widest
}

// open reports whether a line may end before the atom at i, or with the last.
func (s segment) open(i int) bool { return i == len(s.atoms) || s.atoms[i].cost < forbidden }

// openBefore is the last place before i where a line may start.
func (s segment) openBefore(i int) int {
	for i--; i > 0 && !s.open(i); i-- {
	}
	return i
}

// takeFirstFit takes as much on each line as goes on it, without squeezing.
func (b *breaker) takeFirstFit() {
	from, before := 0, 0
	for to := 1; to <= len(b.atoms); to++ {
		if !b.open(to) {
			continue
		}
		if before > from && b.sums.line(b.atoms, from, to).width > b.room(from) {
			b.ends = append(b.ends, before)
			from = before
		}
		before = to
	}
	b.ends = append(b.ends, len(b.atoms))
}

// takeBest takes the breaks with the least total cost. Of justified lines far more are loose than tight and hardly a text
// needs a loose one, so they are looked at only where the rest costs as much as one of them.
func (b *breaker) takeBest() {
	b.findAlone()
	if b.justify && b.least != 0 && (b.search(evenStretch) == unreachable || b.partsUnits()) {
		b.least = 0 // not at that price
	}
	switch {
	case !b.justify:
		b.searchRagged()
	case b.least != 0: // found
	case b.search(someStretch) < costFilled+square(someStretch):
	case b.search(maxStretch) < costTorn:
	default:
		b.search(anyStretch)
	}
	for k := int32(len(b.starts) - 1); k > 0; k = b.starts[k].back {
		b.ends = append(b.ends, int(b.starts[k].at))
	}
	slices.Reverse(b.ends)
}

// partsUnits reports whether the way found parts a number from its unit.
func (b *breaker) partsUnits() bool {
	for k := int32(len(b.starts) - 1); k > 0; k = b.starts[k].back {
		if at := int(b.starts[k].at); at < len(b.atoms) && partsUnit(b.atoms[at].cost) {
			return true
		}
	}
	return false
}

// search finds the best way to each place where a justified line may end (Knuth and Plass 1981, by dynamic programming
// over the legal breaks) and returns the cost of that to the end, which it adds to the starts. A line reaches back no
// further than the measure, so the work is linear in the text. Of ways that cost the same, the one with the shortest last
// line is taken. Lines that must be stretched by more than limit are left out.
func (b *breaker) search(limit int64) int64 {
	b.begin()
	first, loose := 0, 0 // lines from before first are too long, those from loose on are too loose
	for to := 1; first < len(b.starts); to++ {
		if !b.open(to) {
			continue
		}
		last := to == len(b.atoms)
		strict := limit != anyStretch && !last
		if strict && first == loose { // most often: too near even to the first of them
			line := b.sums[to].minus(&b.starts[first].before)
			if lack := b.lack(&line, b.measure-line.width, limit); lack > 0 { // no atom makes up for more than so much of it
				to = min(to+int((lack-1)/(1000*b.widest+limit*b.size)), len(b.atoms)-1)
				continue
			}
		}
		end := b.end(to)
		for ; loose < len(b.starts); loose++ {
			if line := end.minus(&b.starts[loose].before); strict && b.lack(&line, b.measure-line.width, limit) > 0 {
				break
			}
		}
		best := start{at: int32(to), cost: unreachable}
		first = b.bestLine(&best, &end, first, loose)
		if last {
			b.starts = append(b.starts, best)
			return best.cost
		}
		if best.cost < unreachable {
			best.before = b.sums.start(b.atoms, to)
			b.starts = append(b.starts, best)
		}
	}
	return unreachable
}

// begin makes the beginning of the segment the only start.
func (b *breaker) begin() {
	b.starts = append(b.starts[:0], start{before: b.sums.start(b.atoms, 0)})
	b.starts[0].before.width -= b.indent
}

// end is what all up to a place where a line may end measures.
func (b *breaker) end(to int) sum {
	if b.atoms[to-1].class.in(fullMarks | blank) {
		return b.sums.end(b.atoms, visibleEnd(b.atoms, 0, to))
	}
	return b.sums[to] // nothing is taken away there
}

// bestLine finds the best line to a place among those that begin at some of the starts. It returns the first of these
// that a longer line need be tried from.
func (b *breaker) bestLine(best *start, end *sum, first, loose int) int {
	to := int(best.at)
	last, price := to == len(b.atoms), b.price(to)
	if !last {
		price += b.least
	}
	for k := first; k < loose; k++ {
		from := &b.starts[k]
		if from.cost+price > best.cost {
			continue
		}
		room, cost := b.measure-end.width+from.before.width, from.cost
		switch {
		case room >= 0 && last:
			cost += b.orphan(int(from.at))
		case room >= 0:
			line := end.minus(&from.before)
			cost += price + b.stretched(&line, room)
		case -room <= int64(end.shrink-from.before.shrink):
			cost += b.squeezed(-room, int64(end.shrink-from.before.shrink))
			if last {
				cost += b.orphan(int(from.at))
			} else {
				cost += price
			}
		case int(from.at) < b.openBefore(to): // unless it is the shortest there is
			first = k + 1
			continue
		default:
			cost += costOverfull - room
		}
		if cost <= best.cost {
			best.cost, best.back = cost, int32(k)
		}
	}
	return first
}

// searchRagged is search for lines that are not justified: of these only the widths count.
func (b *breaker) searchRagged() {
	b.begin()
	first := 0
	for to := 1; to <= len(b.atoms); to++ {
		if !b.open(to) {
			continue
		}
		last, price := to == len(b.atoms), b.price(to)+b.least
		if !last && partsUnit(b.atoms[to].cost) {
			price = b.price(to)/raggedPart + b.least
		}
		best, end := start{at: int32(to), cost: unreachable}, b.measure-b.sums[to].width
		if b.atoms[to-1].class.in(fullMarks | blank) {
			end = b.measure - b.end(to).width
		}
		for k := first; k < len(b.starts); k++ {
			from := &b.starts[k]
			if from.cost+price > best.cost {
				continue
			}
			room, cost := end+from.before.width, from.cost
			switch {
			case room >= 0:
				cost += price + b.ragged(room, last)
				if last {
					cost += b.orphan(int(from.at))
				}
			case int(from.at) < b.openBefore(to): // unless it is the shortest there is
				first = k + 1
				continue
			default:
				cost += costOverfull - room
			}
			if cost <= best.cost {
				best.cost, best.back = cost, int32(k)
			}
		}
		if !last {
			a := &b.atoms[to]
			best.before.width = b.sums[to].width + int64(a.gap+startTrim(a))
		}
		b.starts = append(b.starts, best)
	}
}
