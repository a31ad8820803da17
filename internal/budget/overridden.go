package budget

import (
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Overridden calls visit for what is stated of a whole and stated otherwise of each of its parts, so that nothing is made of
// it; field is named by the keys that lead to it.
func (f *Facts) Overridden(visit func(field string, at, entry diag.Range, why string)) {
	const byLines = "各笔资金明细（[[project.line]]）都另写了"
	for i := range f.Projects {
		p := &f.Projects[i]
		for _, x := range []struct {
			field string
			whole source.String
			part  func(*ProjectLine) source.String
		}{
			{"project.fund", p.Fund, func(l *ProjectLine) source.String { return l.Fund }},
			{"project.function", p.Function, func(l *ProjectLine) source.String { return l.Function }},
			{"project.economic", p.Economic, func(l *ProjectLine) source.String { return l.Economic }},
			{"project.procurement", p.Procure, func(l *ProjectLine) source.String { return l.Procure }},
			{"project.service_purchase", p.Purchase, func(l *ProjectLine) source.String { return l.Purchase }},
		} {
			if x.whole.V != "" && all(p.Lines, func(l *ProjectLine) bool { return x.part(l).V != "" }) {
				visit(x.field, x.whole.At, p.At, byLines)
			}
		}
		if p.Carried.Set && all(p.Lines, func(l *ProjectLine) bool { return l.Carried.Set }) {
			visit("project.carried", p.Carried.At, p.At, byLines)
		}
	}
	for i := range f.ByEconomic {
		if x := &f.ByEconomic[i]; x.Amount.Set && (x.Personnel.Set || x.Public.Set) {
			visit("basic_by_economic.amount", x.Amount.At, x.At, "写了人员经费（personnel）或公用经费（public），按它们算")
		}
	}
}

// all reports whether there are parts, and all are so.
func all(list []ProjectLine, so func(*ProjectLine) bool) bool {
	for i := range list {
		if !so(&list[i]) {
			return false
		}
	}
	return len(list) > 0
}
