package build

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// editionUnit begins the name of a unit's own edition: unit:338001.
const editionUnit = "unit:"

// edition is the budget that the document is about: the department's, or that of one unit, made of the same facts. It
// is nil when there is no such edition.
func (s *Shared) edition(b *budget.Budget, name string, l *diag.List) (*budget.Budget, error) {
	if name == "" || name == "department" {
		return b, nil
	}
	at := b.Facts.Department.At
	code, ok := strings.CutPrefix(name, editionUnit)
	if !ok {
		l.Errorf("版本-001", at, "不认识的版本“%s”，应为 department 或 unit:单位代码", name)
		return nil, nil
	}
	f, ok := b.Facts.ForUnit(code)
	if !ok {
		var codes []string
		for _, u := range b.ListedUnits() {
			codes = append(codes, u.Code.V)
		}
		d := diag.Diagnostic{Rule: "版本-002", Level: diag.Error, At: at, Message: "没有单列预算的单位“" + code + "”"}
		if near, ok := diag.Closest(code, codes); ok {
			d.Hint = diag.Meant(code, near)
		}
		l.Add(d)
		return nil, nil
	}
	unit, _ := budget.New(f, b.Catalogue) // what is wrong with the facts has been said of the department's
	return unit, nil
}

// UnitEditions lists the editions of the units, by code. A unit without a budget of its own (不单列预算) has none. The
// budget of a sole unit is the department's, and one document says it, unless the department names a template for units.
func (w *Work) UnitEditions() []string {
	if w.Budget == nil {
		return nil
	}
	units := w.Budget.ListedUnits()
	if len(units) == 1 && w.Budget.Facts.Department.TemplateUnit.V == "" {
		return nil
	}
	var out []string
	for _, u := range units {
		out = append(out, editionUnit+u.Code.V)
	}
	return slices.Compact(out) // a code stated twice is told as an error
}

// template is the pack of the edition: as the caller demands, else as the department states.
func (in *Input) template(d *budget.Department) source.String {
	switch {
	case in.Template != "":
		return source.String{V: in.Template, At: d.Template.At}
	case strings.HasPrefix(in.Edition, editionUnit) && d.TemplateUnit.V != "":
		return d.TemplateUnit
	}
	return d.Template
}
