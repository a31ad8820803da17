package sheet

import (
	"time"
)

// dayOf is a day as spreadsheets count them.
func dayOf(s string) any {
	t, err := time.Parse(time.DateOnly, s)
	if first := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC); err != nil || t.Before(first) {
		return s // before it they count wrong
	}
	return int64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}
