package budget

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

// AssetsStated reports whether the author says what assets there are: the day on which they were counted, or some of them.
// Then what is not listed is not there; or else nothing is known of it.
func (f *Facts) AssetsStated() bool {
	return f.Department.AssetsAsOf.Set || len(f.Vehicles) > 0 || len(f.Equipment) > 0
}
