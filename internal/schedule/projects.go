package schedule

import (
	"cmp"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// projects lists projects below their group, their unit and the department.
type projects struct{ given }

func (projects) Word() pack.Entry {
	return pack.Entry{Name: "project", Text: "项目：部门、单位、项目类别、项目四级", Example: `rows = "project"`}
}

func (projects) Fields() []pack.Entry {
	return []pack.Entry{{Name: "name", Text: "名称"}, {Name: "unit", Text: "项目单位"}}
}

func (projects) Keys(*pack.Table) []string { return []string{"unit", "project"} }

func (projects) Made(field string) []string {
	switch field {
	case "":
		return []string{"project.group"}
	case "name":
		return []string{"department.short_name", "department.name", "unit.name", "project.name"}
	case "unit":
		return []string{"unit.name"}
	}
	return nil
}

// What the keys of rows begin with, lest one be taken for another's.
const unit, group, project = "单位", "类别", "项目"

// projectLevel is how far projects are set in; what is set in less is a heading.
const unitLevel, groupLevel, projectLevel = 1, 2, 3

func (projects) sides(d *Document, s *Schedule) []Side {
	groups, byUnit := map[string]string{}, map[string][]*budget.Project{} // by the key of the project, by the unit's code
	for i := range d.Budget.Facts.Projects {
		p := &d.Budget.Facts.Projects[i]
		groups[d.Budget.ProjectKey(p)] = cmp.Or(p.Group.V, s.Table.Group)
		if u := d.UnitOf(p); u != nil {
			byUnit[u.Code.V] = append(byUnit[u.Code.V], p)
		}
	}
	dim, _ := budget.FindDimension("project")
	m := d.matrix(s, 0, func(keys []string, l *budget.Line) []string {
		key := d.Budget.PartOf(dim, l)
		return append(keys, totalKey, departmentKey, unit+l.Unit, group+l.Unit+"\x00"+groups[key], project+key)
	})
	x := s.oneSide()
	if len(m.order) == 0 {
		return []Side{x}
	}
	x.Rows = make([]Row, 0, len(m.order)+1)
	x.total(s, m)
	x.take(Row{Kind: Heading, Own: departmentKey, Texts: []Text{textOf("name", d.Budget.ShortName())}}, m, departmentKey)
	for _, u := range d.units {
		if m.sums[unit+u.Code.V] == nil {
			continue
		}
		x.take(Row{Kind: Heading, Own: u.Code.V, Level: unitLevel, Texts: []Text{textOf("name", u.Name)}}, m, unit+u.Code.V)
		order, members := d.grouped(m, groups, byUnit[u.Code.V])
		for _, g := range order {
			if g != "" {
				x.take(Row{Kind: Heading, Own: g, Level: groupLevel, Texts: []Text{plain("name", g)}}, m, group+u.Code.V+"\x00"+g)
			}
			for _, p := range members[g] {
				key := d.Budget.ProjectKey(p)
				x.take(Row{Own: key, Named: p.Name.V, Level: projectLevel, Texts: []Text{textOf("name", p.Name), textOf("unit", u.Name)}}, m, project+key)
			}
		}
	}
	nest(x.Rows)
	return []Side{x}
}

// grouped are the projects of a unit that have a line, by group, and the groups in the order of the author's projects. Those
// without a group come first: below a group they would look like its own.
func (d *Document) grouped(m *matrix, groups map[string]string, projects []*budget.Project) (order []string, members map[string][]*budget.Project) {
	members = map[string][]*budget.Project{}
	for _, p := range projects {
		key := d.Budget.ProjectKey(p)
		if m.sums[project+key] == nil {
			continue
		}
		g := groups[key]
		switch {
		case members[g] != nil:
		case g == "":
			order = slices.Insert(order, 0, g)
		default:
			order = append(order, g)
		}
		members[g] = append(members[g], p)
	}
	return order, members
}

func (projects) query(_ *Document, s *Schedule, _, row int) (q budget.Query, ok bool) {
	rows := s.Sides[0].Rows
	switch r := &rows[row]; {
	case r.Kind == Plain:
		q = budget.OfProjects(r.Own)
	case r.Level == unitLevel:
		q = q.Where("unit", r.Own)
	case r.Level == groupLevel:
		var members []string
		for j := row + 1; j < len(rows) && rows[j].Level == projectLevel; j++ {
			members = append(members, rows[j].Own)
		}
		q = budget.OfProjects(members...).Where("unit", rows[r.Parent].Own)
	}
	return q, true
}

// A printed project is told from others by its name, and by its unit where others have one of that name.

// PrintedProject is a project as its table prints it.
type PrintedProject struct{ Unit, Name string }

// printedProjects are the projects of a finished document.
type printedProjects struct {
	rows   []PrintedProject
	called map[string][]PrintedProject // by name
}

// learn notes the rows that have a unit: those without are headings.
func (projects) learn(r *Reading, t *Printed) {
	l := &r.projects
	if l.called == nil {
		l.called = map[string][]PrintedProject{}
	}
	name, unit := t.column("name"), t.column("unit")
	for i, row := range t.Rows {
		if name < 0 || max(name, unit) >= len(row) || t.cell(i, unit) == "" {
			continue
		}
		if p := (PrintedProject{row[unit], row[name]}); !slices.Contains(l.called[p.Name], p) {
			l.rows, l.called[p.Name] = append(l.rows, p), append(l.called[p.Name], p)
		}
	}
}

// Projects are the projects that the document prints.
func (r *Reading) Projects() []PrintedProject { return r.projects.rows }

// ProjectKey is what queries call a printed project.
func (r *Reading) ProjectKey(p PrintedProject) string {
	if len(r.projects.called[p.Name]) > 1 {
		return cmp.Or(r.units[p.Unit], p.Unit) + "/" + p.Name
	}
	return p.Name
}

// read finds a project by its name and its unit. What names no unit stands for the projects below it: the total and the
// department for all, a unit for its own, a group for those up to the next heading.
func (projects) read(r *Reading, t *Printed, i int) []Found {
	f := t.row(i, "code", "name")
	name, unit, total := t.field(i, "name"), t.field(i, "unit"), t.totalAt()
	department := 0
	if total == 0 {
		department = 1
	}
	switch {
	case t.column("name") < 0 || t.column("unit") < 0:
		return nil
	case unit != "":
		key := r.ProjectKey(PrintedProject{unit, name})
		f.Query = f.Query.Where("project", key)
		t.below(&f, "", openRow{level: projectLevel, own: key})
	case i == total:
		return []Found{f.total()}
	case i == department:
		t.below(&f, "", openRow{own: departmentKey})
	default:
		level, members := r.headed(t, i)
		if len(members) == 0 {
			if name == "" && !t.some(i, f.Cells) {
				return nil // a blank row
			}
			return []Found{f.unread(cmp.Or(name, t.nth(i)), t.column("name"), "下面没有项目")}
		}
		f.Query = f.Query.Where("project", members...)
		own := name
		if level == unitLevel {
			own = cmp.Or(r.units[name], name)
		}
		t.below(&f, "", openRow{level: level, own: own})
	}
	return []Found{f}
}

func (projects) silent() bool { return false }

// headed are the projects that a heading stands for: all of the unit that it names, else those up to the next heading.
func (r *Reading) headed(t *Printed, i int) (level int, members []string) {
	heading := t.field(i, "name")
	var ofUnit, next []string
	open := true
	for k := i + 1; k < len(t.Rows); k++ {
		p := PrintedProject{t.field(k, "unit"), t.field(k, "name")}
		switch {
		case max(t.column("name"), t.column("unit")) >= len(t.Rows[k]):
		case p.Unit == "":
			open = false
		default:
			key := r.ProjectKey(p)
			if p.Unit == heading {
				ofUnit = append(ofUnit, key)
			}
			if open {
				next = append(next, key)
			}
		}
	}
	if len(ofUnit) > 0 {
		return unitLevel, ofUnit
	}
	return groupLevel, next
}
