package sheet

import (
	"fmt"
	"testing"
	"time"

	"yusuan/internal/grid"
)

// A hidden sheet of hundreds of thousands of rows that nobody's workbook has costs seconds at most, and makes no more findings than a
// workbook has sheets and tables.
func TestHostileOwnSheet(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	const rows = 50_000
	for _, kind := range []string{OwnLeft, OwnSheets, OwnWas} {
		b := copied(whole)
		own := sheetOf(t, b, OwnSheet)
		last := own.Rows[len(own.Rows)-1].Number
		for i := range rows {
			cells := []string{kind, fmt.Sprint("项目", i), "project"}
			switch kind {
			case OwnLeft:
				cells = []string{kind, "a.toml", fmt.Sprint("table", i)}
			case OwnWas:
				cells = []string{kind, fmt.Sprintf("projects.toml#project[%d]@0123abcd", i), "name", "项目", "amount", "1"}
			}
			r := grid.Row{Number: last + 1 + i}
			for k, s := range cells {
				r.Cells = append(r.Cells, grid.Cell{Column: k + 1, Kind: grid.Text, Text: s})
			}
			own.Rows = append(own.Rows, r)
		}
		start := time.Now()
		alone, into, _ := bothWays(t, in, b)
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s: %d rows take %v", kind, rows, d)
		}
		if n := alone.Len() + into.Len(); n > 200 {
			t.Errorf("%s: %d findings", kind, n)
		}
	}
}
