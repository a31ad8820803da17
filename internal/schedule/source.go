package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// rowSource is where the rows of a table come from. What lacks a part of it does not compile.
type rowSource interface {
	// sides are the rows of a table, with their sums.
	sides(d *Document, s *Schedule) []Side
	// query is what a row asks of the lines, beside the filter of the table; false for what no query can ask for.
	query(d *Document, s *Schedule, side, row int) (budget.Query, bool)
}

func sourceOf(t *pack.Table) rowSource {
	switch t.Rows {
	case pack.RowsFunction:
		return codes{"function", budget.ByFunction}
	case pack.RowsEconomic:
		return codes{"economic", budget.ByEconomy}
	case pack.RowsUnit:
		return units{}
	case pack.RowsProject:
		return projects{}
	case pack.RowsSingle:
		return single{}
	case pack.RowsList:
		return list{}
	case pack.RowsBalance:
		return balance{}
	case pack.RowsNested:
		return nested{}
	}
	panic("schedule: row source " + string(t.Rows))
}
