package check

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// pairs: what is paid for pensions, medical care and housing is as much by functional item as by economic group, in each
// unit's basic expenditure from the general public budget. Which codes belong together is data
// of the catalogue.
func pairs(in *Input, l *Report) {
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
			d.Numbers(money.Difference(money.Wan, byFunction.Value, byEconomy.Value))
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
		d.Notes = append(d.Notes, diag.Related{Text: what + " " + money.ToldNumber(x.Amount) + "万元", At: x.At})
	}
}
