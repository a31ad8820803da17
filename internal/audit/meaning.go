package audit

import (
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// What the rows of a document are is found by package schedule, and nothing is judged there: who judges (read.go) sees meanings
// only, so that another way to find them can take the place of this one.

// meanings are what the rows of a table are.
func (t *statedTable) meanings(r *schedule.Reading) {
	t.found = make([][]schedule.Found, len(t.rows))
	for i := range t.rows {
		t.found[i] = r.Read(t.printed, i)
	}
}

// cells are the texts of rows.
func cells(rows []printedRow) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		for j := range row {
			out[i] = append(out[i], row[j].text)
		}
	}
	return out
}

// sums reports whether a column prints sums of this year's lines: no words, and nothing of last year's.
func sums(l *pack.Column) bool { return l.Field == "" && l.Prior == "" }
