package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// units lists the department and its units that have budgets of their own.
type units struct{ given }

func (units) Word() pack.Entry {
	return pack.Entry{Name: "unit", Text: "部门一行，单列预算的单位各一行", Example: `rows = "unit"`}
}

func (units) Fields() []pack.Entry {
	return []pack.Entry{{Name: "code", Text: "编码"}, {Name: "name", Text: "名称"}, {Name: "kind", Text: "单位性质"}}
}

func (units) Keys(*pack.Table) []string { return []string{"unit"} }

func (units) Made(field string) []string {
	switch field {
	case "code":
		return []string{"department.code", "unit.code"}
	case "name":
		return []string{"department.short_name", "department.name", "unit.name"}
	case "kind":
		return []string{"unit.kind"}
	}
	return nil
}

// departmentKey is the key of the department's row among those of its units; it cannot be a code.
const departmentKey = "部门"

func (units) sides(d *Document, s *Schedule) []Side {
	m := d.matrix(s, 0, func(keys []string, l *budget.Line) []string {
		return append(keys, totalKey, departmentKey, "单位"+l.Unit)
	})
	x := s.oneSide()
	x.total(s, m)
	x.take(Row{Kind: Heading, Own: departmentKey, Texts: []Text{plain("code", d.Budget.Facts.Department.Code.V), textOf("name", d.Budget.ShortName())}}, m, departmentKey)
	for _, u := range d.units {
		x.take(Row{Own: u.Code.V, Sole: true, Level: 1, Texts: []Text{plain("code", u.Code.V), textOf("name", u.Name), textOf("kind", u.Kind)}}, m, "单位"+u.Code.V)
	}
	nest(x.Rows)
	return []Side{x}
}

func (units) query(_ *Document, s *Schedule, _, row int) (q budget.Query, ok bool) {
	if r := &s.Sides[0].Rows[row]; r.Kind == Plain {
		q = q.Where("unit", r.Own)
	}
	return q, true
}

// UnitOf is the unit whose budget holds the project.
func (d *Document) UnitOf(p *budget.Project) *budget.Unit {
	switch u := d.unitNamed(p.Unit.V); {
	case u != nil:
		return u
	case p.Unit.V == "" && len(d.units) == 1:
		return d.units[0]
	}
	return nil
}

// unitNamed finds a unit that has a budget of its own by its code or its name.
func (d *Document) unitNamed(name string) *budget.Unit {
	if d.unitAt == nil {
		d.unitAt = map[string]*budget.Unit{}
		for _, u := range d.units {
			for _, key := range []string{u.Code.V, u.Name.V} {
				if d.unitAt[key] == nil {
					d.unitAt[key] = u
				}
			}
		}
	}
	return d.unitAt[name]
}

// read finds the unit by its code or, where codes are not printed, by its name.
func (units) read(r *Reading, t *Printed, i int) []Found {
	f, code, name := t.row(i, "code", "name"), t.code(i), t.field(i, "name")
	department := &r.Budget.Facts.Department
	if t.column("code") < 0 && name != "" && name != t.Table.Total {
		code = r.units[name]
		switch {
		case name == r.Budget.ShortName().V || name == department.Name.V:
			code = department.Code.V
		case code == "":
			return []Found{f.unread(name, t.column("name"), "不是填报的单位")}
		}
	}
	switch code {
	case "":
		return []Found{f.total()}
	case department.Code.V:
		t.below(&f, "", openRow{own: departmentKey})
	default:
		f.Query = f.Query.Where("unit", code)
		t.below(&f, "", openRow{level: 1, own: code, sole: true})
	}
	return []Found{f}
}

func (units) silent() bool { return false }
