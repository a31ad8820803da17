package budget

import (
	"slices"

	"yusuan/internal/source"
)

// ForUnit projects the department's facts on one of its units, for the unit's own document: the same leaves, those of
// the other units left out. What is stated for the department as a whole (last year's figures, history, the
// performance of the whole, stated sums) belongs to the unit only when no other unit has a budget; what the unit states
// itself goes first. ok is false when no unit with a budget of its own has the code.
func (f *Facts) ForUnit(code string) (unit *Facts, ok bool) {
	var u *Unit
	others := false
	for i := range f.Units {
		x := &f.Units[i]
		switch {
		case x.Within.V != "":
		case x.Code.V == code:
			u = x
		default:
			others = true
		}
	}
	if u == nil {
		return nil, false
	}
	p := projection{u: u, sole: !others}
	out := *f
	out.OfUnit = true
	p.department(&out)
	out.Units = keep(f.Units, func(x *Unit) source.String {
		if x.Within.V != "" {
			return x.Within
		}
		return x.Code
	}, p.mine)
	out.Basic = keep(f.Basic, func(x *BasicLine) source.String { return x.Unit }, p.mine)
	out.ByFunction = keep(f.ByFunction, func(x *FunctionMargin) source.String { return x.Unit }, p.mine)
	out.ByEconomic = keep(f.ByEconomic, func(x *EconomicMargin) source.String { return x.Unit }, p.mine)
	out.Others = keep(f.Others, func(x *OtherLine) source.String { return x.Unit }, p.mine)
	out.Projects = keep(f.Projects, func(x *Project) source.String { return x.Unit }, p.mine)
	named := newRegister(f)
	out.Purchases = keep(f.Purchases, func(x *Purchase) source.String { return or(x.Unit, named.unitOf(x.Project)) }, p.mine)
	out.Revenue = keep(f.Revenue, func(x *Revenue) source.String { return x.Unit }, p.mine)
	out.Carry = keep(f.Carry, func(x *Carry) source.String { return x.Unit }, p.mine)
	p.assets(f, &out)
	out.Forms = p.forms(f.Forms, named)
	p.whole(&out)
	return &out, true
}

// projection is the unit whose facts are kept; sole when the department has no other with a budget.
type projection struct {
	u    *Unit
	sole bool
}

func (p projection) mine(unit source.String) bool {
	return unit.V == "" && p.sole || unit.V != "" && (unit.V == p.u.Code.V || unit.V == p.u.Name.V)
}

func keep[T any](all []T, unit func(*T) source.String, mine func(source.String) bool) []T {
	var out []T
	for i := range all {
		if mine(unit(&all[i])) {
			out = append(out, all[i])
		}
	}
	return out
}

// department puts the unit in the department's place.
func (p projection) department(f *Facts) {
	d := &f.Department
	d.Code, d.Name, d.ShortName = p.u.Code, or(p.u.FullName, p.u.Name), p.u.Name
	d.Institutions = p.u.Institutions
	if p.u.Duties != nil || !p.u.Own.V && !p.sole {
		d.Duties = p.u.Duties
	}
	d.Tasks = nil
}

// assets keeps the unit's. Where some are of nobody in particular, it is not known which the unit has.
func (p projection) assets(f, out *Facts) {
	nobodys := slices.ContainsFunc(f.Vehicles, func(x Vehicle) bool { return x.Unit.V == "" }) ||
		slices.ContainsFunc(f.Equipment, func(x Equipment) bool { return x.Unit.V == "" })
	if nobodys && !p.sole {
		out.Vehicles, out.Equipment, out.Department.AssetsAsOf = nil, nil, source.Date{}
		return
	}
	out.Vehicles = keep(f.Vehicles, func(x *Vehicle) source.String { return x.Unit }, p.mine)
	out.Equipment = keep(f.Equipment, func(x *Equipment) source.String { return x.Unit }, p.mine)
}

// forms keeps those of the unit's projects. One that several units could have is an error of the department's.
func (p projection) forms(all []Form, named *register) []Form {
	var out []Form
	for _, x := range all {
		has := slices.ContainsFunc(named.find(x.Unit, x.Project), func(y *Project) bool { return p.mine(y.Unit) })
		if has || x.Project.V == "" && p.sole {
			out = append(out, x)
		}
	}
	return out
}

// whole decides on what is stated for the department as a whole.
func (p projection) whole(f *Facts) {
	if !p.sole {
		f.Prior, f.History, f.Stated, f.Text = nil, nil, nil, nil
	}
	if p.u.Prior != nil {
		f.Prior = &Prior{Place: p.u.Place, Year: source.Int{V: f.Department.Year.V - 1, Set: true, At: p.u.At}, Figures: p.u.Prior}
	}
	text := slices.Clone(p.u.Text)
	for _, x := range f.Text {
		if _, own := p.u.Text.Get(x.Key.V); !own {
			text = append(text, x)
		}
	}
	f.Text = text
}
