package check

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// pairs: what is paid for pensions, medical care and housing is as much by functional item as by economic group, in each
// unit's basic expenditure from the general public budget. Which codes belong together is data
// of the catalogue.
func pairs(in *Input, l *report) {
	for _, u := range in.Budget.ListedUnits() {
		base := budget.Query{}.Where("unit", u.Code.V).Where("fund", budget.FundGeneral).Where("kind", budget.KindBasic)
		for i := range in.Budget.Pairs {
			p := &in.Budget.Pairs[i]
			byFunction := in.Budget.Figure(base.Where("function", p.Functional...))
			byEconomy := in.Budget.Figure(base.Where("economic", p.Economic...))
			if byFunction.Value.Equal(byEconomy.Value) {
				continue
			}
			d := diag.Diagnostic{Rule: "勾稽-013", Level: diag.Warning, At: u.At,
				Message: "单位" + u.Code.V + "的" + p.Name + "，功能科目" + strings.Join(p.Functional, "、") + "的基本支出与经济科目" + strings.Join(p.Economic, "、") + "的不符",
				Hint:    "同一笔支出的两种科目应相配；口径确有不同时不必改"}
			both(&d, byFunction.Value, byEconomy.Value)
			in.oddLines(&d, p, byFunction.Lines, byEconomy.Lines)
			l.Add(d)
		}
	}
}

// oddLines points to the lines that have the one code and not the other.
func (in *Input) oddLines(d *diag.Diagnostic, p *classify.Pair, byFunction, byEconomy []int) {
	lines := slices.Compact(slices.Sorted(slices.Values(slices.Concat(byFunction, byEconomy))))
	first := true
	for _, i := range lines {
		x := &in.Budget.Lines[i]
		if x.View == budget.ByFunction|budget.ByEconomy && slices.Contains(p.Functional, x.Function) && slices.Contains(p.Economic, x.Economic) {
			continue
		}
		if first {
			d.At, first = x.At, false
		}
		name, _ := in.Budget.Functional.Name(x.Function)
		other, _ := in.Budget.Economic.Name(x.Economic)
		what := strings.TrimSpace(strings.TrimSpace(x.Function+" "+name) + " " + strings.TrimSpace(x.Economic+" "+other))
		d.Notes = append(d.Notes, diag.Related{Text: what + " " + number(x.Amount) + "万元", At: x.At})
	}
}

// publishedPairs is the same of the printed tables by functional item and by economic group.
func publishedPairs(in *Input, r *report) {
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
		if a.Sub(b).Abs().Cmp(slack) <= 0 || !in.printsBy(pack.RowsFunction, base) || !in.printsBy(pack.RowsEconomic, base) {
			continue
		}
		d := diag.Diagnostic{Rule: "勾稽-013", Level: diag.Warning, At: all[0].at, Message: p.Name + "，按功能科目印的基本支出与按经济科目印的不符",
			Hint: "同一笔支出的两种科目应相配；口径确有不同时不必改"}
		for _, c := range all {
			d.Notes = append(d.Notes, diag.Related{Text: c.name + " " + number(c.value), At: c.at})
		}
		both(&d, a, b)
		r.Add(d)
	}
}

// printsBy reports whether a printed table divides what a query asks by a classification.
func (in *Input) printsBy(rows pack.RowSource, query string) bool {
	whole, ok := in.printedFigure(query)
	return ok && slices.ContainsFunc(in.printed.cells, func(c cell) bool { return c.table.Rows == rows && slices.Equal(c.box, whole.box) })
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
