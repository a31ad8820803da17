package budget

import (
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// others adds expenditure that is neither basic nor a project.
func (l *loader) others() {
	for i := range l.b.Facts.Others {
		x := &l.b.Facts.Others[i]
		l.code(x.Function, l.b.Functional, "功能科目", 7)
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		l.add(Line{Side: Expenditure, View: ByFunction | ByEconomy, Unit: l.unit(x.Unit, x.At), Fund: fundOf(x.Fund), Kind: x.Kind.V,
			Function: x.Function.V, Economic: x.Economic.V, Amount: x.Amount.Amount, At: x.Amount.At})
	}
}

// HasGoals reports whether performance goals are set for a project: it says so, or has a form of them.
func (f *Facts) HasGoals(p *Project) bool {
	return p.Goals.V || slices.ContainsFunc(f.Forms, func(x Form) bool { return x.Project.V == p.Name.V })
}

// GoalsStated reports whether the author says which projects have performance goals: by a form, or by goals, be it false.
// Or else nothing is known of them.
func (f *Facts) GoalsStated() bool {
	return slices.ContainsFunc(f.Projects, func(p Project) bool { return p.Goals.Set || f.HasGoals(&p) })
}

// AssetsStated reports whether the author says what assets there are: the day on which they were counted, or some of them.
// Then what is not listed is not there; or else nothing is known of it.
func (f *Facts) AssetsStated() bool {
	return f.Department.AssetsAsOf.Set || len(f.Vehicles) > 0 || len(f.Equipment) > 0
}

// purchases adds the procurement budget. It stands beside expenditure: the same money, seen by what is bought.
func (l *loader) purchases() {
	var claims []source.Amount
	for i := range l.b.Facts.Purchases {
		x := &l.b.Facts.Purchases[i]
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		l.add(Line{Side: Purchases, View: ByFunction | ByEconomy, Unit: l.unit(x.Unit, x.At), Fund: fundOf(x.Fund), Project: x.Project.V,
			Economic: x.Economic.V, Procure: x.Class.V, Item: x.Item.V, Organize: x.Organization.V, Reserved: x.Reserved.V,
			Amount: x.Amount.Amount, At: x.Amount.At})
		claims = append(claims, x.Amount)
	}
	if all, bought := l.b.Sum(Query{}), ClaimOf(claims...); len(l.b.Facts.Purchases) > 0 && bought.Sum.Cmp(all) > 0 {
		d := diag.Diagnostic{Rule: "采购-003", Level: diag.Error, At: l.b.Facts.Purchases[0].At,
			Message: "政府采购预算之和大于本年支出", Hint: "采购的钱都列在支出里；核对采购清单"}
		bought.Settle(&d, money.Yuan, all)
		d.Want = "不大于 " + d.Want
		l.diags.Add(d)
	}
}
