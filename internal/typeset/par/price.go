package par

// How lines are priced. The unit is such that a justified line whose characters stand n thousandths of an em apart
// costs n², and a line squeezed to the limit costs as much as one stretched by 17 thousandths: squeeze first, then push
// out (CLREQ §3.1.6.3). What an eye sees of a line is how far its Han stand apart.
const (
	costSqueezed = 300
	costFilled   = 150            // blanks between words and between Han and Latin stretched to their limit
	costOrphan   = 60000          // a last line of less than two em
	costLone     = 650_000        // one of one character (孤字), where lines are justified: less than costGaping
	costLine     = 4000           // each line of ragged text: no more lines than needed
	costLength   = 30000          // what a line less, or more, may cost where it is asked for: less than an orphan
	costWide     = 300_000        // a line whose Han stand further apart than wideStretch: rather a number without its unit
	costGaping   = 700_000        // beyond gapingStretch: rather even a last line that begins with the unit
	costUnitLast = 400_000        // such a last line, beside costUnit
	costTorn     = 3_000_000      // a line too loose to justify; a tenth of it may come on top
	costOverfull = int64(1) << 36 // plus the excess: only where nothing else is possible
	raggedUnit   = 120            // times the square of the room left, in em
	costWithin   = 1000           // a break within a word of a short ragged text: less than a line
	costTerm     = 3000           // a break within a term in marks, in longer ragged text
	balanceLine  = 35000          // each line of a title: one more is better than a word broken (senseWithin)
	shortLine    = 12             // em: shorter lines are not justified, few gaps would have to take up much

	// Stretch of all gaps of a line, in thousandths of an em.
	anyStretch    = 0
	evenStretch   = 50 // the most where a length is asked for
	someStretch   = 100
	wideStretch   = 120
	gapingStretch = 200
	maxStretch    = third // beyond this a line is left ragged rather than torn apart
)

// price is the cost of a break, beside that of the line before it.
func (b *breaker) price(at int) int64 {
	if at == len(b.atoms) {
		return 0
	}
	return int64(b.atoms[at].cost)
}

// ragged prices the room that a line leaves that is not justified.
func (b *breaker) ragged(room int64, last bool) int64 {
	switch {
	case b.balance:
		return square(room * 10 / b.size)
	case last:
		return 0
	}
	return raggedUnit * square(room*100/b.size) / 10000
}

// squeezed prices a line from which so much must go of what can go.
func (b *breaker) squeezed(excess, shrink int64) int64 {
	return costSqueezed * square(excess*100/shrink) / 10000
}

// stretched prices a line that is to be stretched by room.
func (b *breaker) stretched(line *sum, room int64) int64 {
	filled := int64(line.words) + int64(line.gaps)
	switch rest := room - filled; {
	case room == 0:
		return 0
	case rest <= 0:
		return costFilled * square(room*100/filled) / 10000
	case b.lack(line, room, maxStretch) > 0:
		return costTorn + costTorn/10*room/max(1, b.measure)
	default:
		return costFilled + b.apart(line, room) + square(rest*1000/(int64(line.elastic)*b.size))
	}
}

// apart is what a line costs beside the square of its stretch when its Han stand so far apart that a number is rather parted
// from its unit.
func (b *breaker) apart(line *sum, room int64) int64 {
	switch {
	case b.lack(line, room, wideStretch) <= 0:
		return 0
	case b.lack(line, room, gapingStretch) <= 0:
		return costWide
	}
	return costGaping
}

// lack is how much of the room a line still leaves, in thousandths, when its gaps have grown by limit: above 0 it is too
// loose.
func (b *breaker) lack(line *sum, room, limit int64) int64 {
	return (room-int64(line.words)-int64(line.gaps))*1000 - int64(line.elastic)*b.size*limit
}

func square(n int64) int64 { return n * n }

// orphan prices a last line that is too short, or begins with the unit of the number before it.
func (b *breaker) orphan(from int) int64 {
	short := from > 0 && from > b.alone
	switch parted := b.justify && from > 0 && partsUnit(b.atoms[from].cost); {
	case parted && (short || b.sums[len(b.atoms)].width-b.sums[from].width < 4*b.size): // 万元。 alone
		return costTorn
	case parted:
		return costUnitLast
	case b.justify && from > b.lone:
		return costLone
	case short:
		return costOrphan
	}
	return 0
}

// findAlone finds where the last line must begin that holds more than one character and, of running text, as much as the
// indent of the next paragraph takes, marks not counted.
func (b *breaker) findAlone() {
	n, room := 0, int64(0)
	b.lone = len(b.atoms) // a text of one character has no other line
	if b.justify {
		room = 2 * b.size
	}
	for b.alone = len(b.atoms); (n < 2 || room > 0) && b.alone > 0; {
		b.alone--
		if a := &b.atoms[b.alone]; !a.class.in(fullMarks | 1<<space | 1<<mark | 1<<point) {
			if n++; n == 2 {
				b.lone = b.alone
			}
			room -= int64(a.box() + a.gap)
		}
	}
	if n < 2 || room > 0 {
		b.alone = -1
	}
}
