package sheet

import (
	"strconv"
	"time"
)

// The library takes numbers as floats. Here alone they become some: each is written with the digits that it came with, or else
// as text.

// number is a decimal as the library writes it, exactly; a text where it would write another.
func number(digits string) any {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return n
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || strconv.FormatFloat(v, 'f', -1, 64) != digits {
		return digits
	}
	return v
}

// length is a width or a height.
func length(n int) float64 { return float64(n) }

// dayOf is a day as spreadsheets count them.
func dayOf(s string) any {
	t, err := time.Parse(time.DateOnly, s)
	if first := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC); err != nil || t.Before(first) {
		return s // before it they count wrong
	}
	return int64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}
