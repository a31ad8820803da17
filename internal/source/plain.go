package source

import (
	"strconv"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Files that people fill in are made of tables, texts, plain numbers, dates, true and false, all of which the two parsers
// read alike. Such a file needs no second parser: BurntSushi takes several times as long as the one that gives places.
// Fuzzing holds them in agreement.

// plainValue is the value of a leaf in one of the usual forms; false for all others.
func plainValue(e *unstable.Node) (value any, plain bool) {
	switch e.Kind {
	case unstable.String:
		return string(e.Data), true
	case unstable.Bool:
		return string(e.Data) == "true", true
	case unstable.Integer:
		if whole, fraction := plainDigits(e.Data); whole && !fraction {
			n, err := strconv.ParseInt(string(e.Data), 10, 64)
			return n, err == nil
		}
	case unstable.Float:
		if whole, fraction := plainDigits(e.Data); whole && fraction {
			x, err := strconv.ParseFloat(string(e.Data), 64)
			return x, err == nil
		}
	case unstable.LocalDate:
		t, err := time.Parse(time.DateOnly, string(e.Data))
		return t, err == nil
	}
	return nil, false
}

// plainDigits tells whether a number is written in digits alone, without a zero in front, and whether it has a fraction.
func plainDigits(b []byte) (whole, fraction bool) {
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		b = b[1:]
	}
	n := digits(b)
	if n == 0 || n > 1 && b[0] == '0' {
		return false, false
	}
	if n == len(b) {
		return true, false
	}
	b = b[n:]
	return b[0] == '.' && len(b) > 1 && digits(b[1:]) == len(b)-1, true
}

// digits is how many digits b begins with.
func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}
