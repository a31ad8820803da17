package chart

import (
	"math/bits"
	"strconv"
	"strings"

	"yusuan/internal/typeset/unit"
)

// mulDiv is a·b/c for a, b ≥ 0 and c > 0, rounded to the nearest. The product may be larger than an int64; the result
// must not.
func mulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	lo, carry := bits.Add64(lo, uint64(c)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(c))
	return int64(q)
}

// angles cuts a turn at the bounds of parts of a whole, the first at 0: n+1 angles. Each bound is rounded from the sum
// of all parts before it, so that the angles sum to the turn whatever the parts.
func angles(parts []int64, whole int64) []int64 {
	out := make([]int64, len(parts)+1)
	var sum int64
	for i, p := range parts {
		sum += p
		out[i+1] = mulDiv(sum, turn, whole)
	}
	return out
}

// scale maps measures to lengths.
type scale struct {
	measure int64 // as long as
	length  unit.Length
}

// of is the length of a measure, with its sign.
func (s scale) of(m int64) unit.Length {
	l := unit.Length(mulDiv(abs(m), int64(s.length), s.measure))
	if m < 0 {
		return -l
	}
	return l
}

// seen is the length of a bar: what is not zero is long enough to be seen.
func (s scale) seen(m int64) unit.Length {
	switch l := s.of(m); {
	case m > 0:
		return max(l, hairline)
	case m < 0:
		return min(l, -hairline)
	}
	return 0
}

// axis is the round numbers along an axis that reaches from low ≤ 0 to high ≥ 0.
type axis struct {
	step        int64
	first, last int64 // in steps
	decimals    int   // of the printed unit
}

// maxTicks is how many steps an axis has at most on the longer side of zero.
const maxTicks = 5

// ticks chooses the least step of 1, 2 or 5 times a power of ten with which the longer side needs no more steps than
// most. Measures count 10^-decimals of the printed unit.
func ticks(low, high int64, decimals, most int) axis {
	far := max(high, -low, 1)
	step, exponent := int64(1), 0
	for n := 0; (far-1)/step+1 > int64(most); n++ {
		switch n % 3 {
		case 0: // 1 to 2
			step *= 2
		case 1: // 2 to 5
			step = step / 2 * 5
		case 2: // 5 to 10
			step *= 2
			exponent++
		}
	}
	return axis{step: step, first: -((-low + step - 1) / step), last: (high + step - 1) / step, decimals: max(decimals-exponent, 0)}
}

// text is the number at a tick in the printed unit.
func (a axis) text(tick int64, decimals int, group bool) string {
	v := abs(tick * a.step)
	for range decimals - a.decimals {
		v /= 10
	}
	digits := strconv.FormatInt(v, 10)
	for len(digits) <= a.decimals {
		digits = "0" + digits
	}
	digits += strings.Repeat("0", max(-decimals, 0))
	whole, fraction := digits[:len(digits)-a.decimals], digits[len(digits)-a.decimals:]
	var b strings.Builder
	if tick < 0 {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if group && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return b.String()
}
