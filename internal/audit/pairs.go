package audit

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// publishedPairs is the same of the printed tables by functional item and by economic group.
func publishedPairs(in *Input, r *check.Report) {
	if in.printed == nil {
		return
	}
	base := "fund=" + budget.FundGeneral + " kind=" + budget.KindBasic
	for i := range in.Budget.Pairs {
		p := &in.Budget.Pairs[i]
		left, a := in.printedCodes(base+" function=", p.Functional)
		right, b := in.printedCodes(base+" economic=", p.Economic)
		all := slices.Concat(left, right)
		slack := money.ToleranceOf(max(1, len(all)-1), money.Wan, 2) // two numbers may have been made to fit into two tables
		if a.Sub(b).Abs().Cmp(slack) <= 0 || !in.printsBy(budget.ByFunction, base) || !in.printsBy(budget.ByEconomy, base) {
			continue
		}
		d := diag.Diagnostic{Rule: "勾稽-013", Level: diag.Warning, At: all[0].at, Message: p.Name + "，按功能科目印的基本支出与按经济科目印的不符",
			Hint: "同一笔支出的两种科目应相配；口径确有不同时不必改"}
		for _, c := range all {
			d.Notes = append(d.Notes, diag.Related{Text: c.name + " " + number(c.value, c.unit), At: c.at})
		}
		d.Numbers(money.Difference(money.Wan, a, b))
		r.Add(d)
	}
}

// printsBy reports whether a printed table divides what a query asks by a classification.
func (in *Input) printsBy(view budget.View, query string) bool {
	whole, ok := in.printedFigure(query)
	return ok && slices.ContainsFunc(in.printed.cells, func(c cell) bool { return c.table.Rows.View() == view && slices.Equal(c.box, whole.box) })
}

// printedCodes are the numbers of codes, those of rows that the table leaves out among them, and their sum.
func (in *Input) printedCodes(query string, codes []string) (cells []cell, sum money.Amount) {
	for _, code := range codes {
		if c, ok := in.printedFigure(query + code); ok {
			cells, sum = append(cells, c), sum.Add(c.value)
		}
	}
	return cells, sum
}
