package audit

import (
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// TestDecimals: a table prints as many decimals as the most of its amounts; few amounts, zeros and shares do not say that it has
// fewer than the pack.
func TestDecimals(t *testing.T) {
	column := pack.Column{Format: money.Format{Unit: money.Yuan, Places: 2}}
	for rows, want := range map[string]int{
		"12 | 13 | 14":               0,
		"12 | 13 |":                  2, // two amounts say nothing
		"12 | 13 | 0":                2, // nor does a zero
		"1% | 2% | 3%":               2,
		"12.5 | 13 | 14 / 1 | 2 | 3": 1,
		"12.5 | 13 |":                2,
		"1.125 | 2 |":                3,
	} {
		x := &statedTable{leaves: []*pack.Column{&column, &column, &column}}
		for line := range strings.SplitSeq(rows, "/") {
			var row printedRow
			for cell := range strings.SplitSeq(line, "|") {
				row = append(row, printedText{text: strings.TrimSpace(cell)})
			}
			x.rows = append(x.rows, row)
		}
		if got := decimals(x); got != want {
			t.Errorf("%s: %d decimals, want %d", rows, got, want)
		}
	}
}

// TestUnitOf: a table that prints no unit is read in that of the pack's table, a form in 万元.
func TestUnitOf(t *testing.T) {
	spec := &pack.Table{Columns: []pack.Column{{Field: "name"}, {Format: money.Format{Unit: money.Yuan}}}}
	says := &budget.StatedTable{}
	says.Unit.V = "亿元"
	for _, x := range []struct {
		stated *budget.StatedTable
		spec   *pack.Table
		want   money.Unit
	}{{says, spec, money.Yi}, {&budget.StatedTable{}, spec, money.Yuan}, {&budget.StatedTable{}, nil, money.Wan}} {
		if got := unitOf(x.stated, x.spec); got != x.want {
			t.Errorf("%q is read in %s, want %s", x.stated.Unit.V, got, x.want)
		}
	}
}
