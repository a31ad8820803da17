package tablebook

import (
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// FormulaOf is a query as a formula, and what the columns hold that it asks of.
func FormulaOf(d *schedule.Document, q budget.Query) (formula string, columns map[string][]string) {
	l := newLedger(d, "")
	formula = l.sum(nameAmount, q)
	columns = map[string][]string{}
	for _, c := range l.shown() {
		if c.used {
			columns[c.name] = c.words
		}
	}
	return formula, columns
}

// RoundingOf is a formula for an amount of a cell as a format rounds it.
func RoundingOf(f money.Format, cell string) string { return (&proof{f: f}).rounding(cell) }
