package ofd

import (
	"strconv"

	"yusuan/internal/typeset/unit"
)

// mm is a length in ten-thousandths of a millimetre, rounded half away from zero: a thousandth of a point is 127/36 of one,
// so that each length has a number of its own, from which a reader gets it back exactly.
func mm(l unit.Length) int64 {
	n := int64(l) * 127
	if n < 0 {
		return -((36 - 2*n) / 72)
	}
	return (2*n + 36) / 72
}

// appendNumber writes ten-thousandths as a decimal without needless zeros. A file is full of them.
func appendNumber(b []byte, n int64) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	whole, part := n/10000, n%10000
	if whole < 10 {
		b = append(b, byte('0'+whole))
	} else {
		b = strconv.AppendInt(b, whole, 10)
	}
	if part == 0 {
		return b
	}
	high, low := part/100, part%100
	b = append(b, '.', byte('0'+high/10), byte('0'+high%10), byte('0'+low/10), byte('0'+low%10))
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

// appendNumbers writes numbers with a blank between them.
func appendNumbers(b []byte, list ...int64) []byte {
	for i, n := range list {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendNumber(b, n)
	}
	return b
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
