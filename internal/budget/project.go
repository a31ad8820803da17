package budget

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// What a project is are its unit and its name: two units may each have a 信息化运维费. Queries, addresses and messages name
// the unit where the name alone is not enough.

// register finds projects by what others call them.
type register struct {
	units map[string]string     // code or name of a unit with a budget → code
	only  string                // the unit of what names none
	named map[string][]*Project // one a unit
	forms map[string][]*Form    // by the name of the project that they name
}

func newRegister(f *Facts) *register {
	r := &register{named: map[string][]*Project{}, forms: map[string][]*Form{}}
	for i := range f.Forms {
		x := &f.Forms[i]
		r.forms[x.Project.V] = append(r.forms[x.Project.V], x)
	}
	r.units, r.only = f.unitKeys()
	for i := range f.Projects {
		p := &f.Projects[i]
		if r.in(r.unit(p.Unit), p.Name.V) == nil {
			r.named[p.Name.V] = append(r.named[p.Name.V], p)
		}
	}
	return r
}

// unitKeys are the units with budgets by code and by name, and the code of the only one.
func (f *Facts) unitKeys() (byKey map[string]string, only string) {
	byKey = map[string]string{}
	n := 0
	for i := range f.Units {
		u := &f.Units[i]
		if u.Within.V != "" || u.Code.V == "" {
			continue
		}
		if _, dup := byKey[u.Code.V]; !dup {
			n, only = n+1, u.Code.V
		}
		byKey[u.Code.V], byKey[u.Name.V] = u.Code.V, u.Code.V
	}
	if n > 1 {
		only = ""
	}
	return byKey, only
}

// unit is the code of the unit that s names, "" for one that is not known.
func (r *register) unit(s source.String) string {
	if s.V == "" {
		return r.only
	}
	return r.units[s.V]
}

// in is the unit's project of that name, nil when it has none.
func (r *register) in(unit, name string) *Project {
	list := r.named[name]
	if i := slices.IndexFunc(list, func(p *Project) bool { return r.unit(p.Unit) == unit }); i >= 0 {
		return list[i]
	}
	return nil
}

// find are the projects that a name means, with the unit beside it or without.
func (r *register) find(unit, name source.String) []*Project {
	if unit.V == "" {
		return r.named[name.V]
	}
	if p := r.in(r.unit(unit), name.V); p != nil {
		return []*Project{p}
	}
	return nil
}

// unitOf is the unit of the only project of a name, for what does not say it itself.
func (r *register) unitOf(name source.String) source.String {
	if list := r.named[name.V]; len(list) == 1 && name.V != "" {
		return list[0].Unit
	}
	return source.String{}
}

// betweenUnitAndName stands in the key of a project whose name alone is not enough.
const betweenUnitAndName = "/"

// key is what queries call a project: its name, with the unit's code before it where several units have one of that name.
func (r *register) key(unit, name string) string {
	if len(r.named[name]) > 1 {
		return unit + betweenUnitAndName + name
	}
	return name
}

// projectKey is the key of a line's project with its unit's code, whether that is needed or not.
func (l *Line) projectKey() string { return l.Unit + betweenUnitAndName + l.Project }

// isProject reports whether a key with a unit's code is that of the line's project.
func (l *Line) isProject(key string) bool {
	unit, ok := strings.CutSuffix(key, l.Project)
	return ok && l.Project != "" && len(unit) == len(l.Unit)+len(betweenUnitAndName) && unit == l.Unit+betweenUnitAndName
}

// register of a budget that nobody made with New, as tests have them, is made anew.
func (b *Budget) register() *register {
	if b.projects != nil {
		return b.projects
	}
	return newRegister(b.Facts)
}

// BareProject is the name in a project's key.
func BareProject(key string) string {
	if unit, name, ok := strings.Cut(key, betweenUnitAndName); ok && unit != "" && strings.Trim(unit, "0123456789") == "" {
		return name
	}
	return key
}

// UnitOf is the code of the unit in whose budget a project stands.
func (b *Budget) UnitOf(p *Project) string { return b.register().unit(p.Unit) }

// ProjectKey is what queries call the project: project=信息化运维费, or project=338002/信息化运维费 where several units have
// one of that name.
func (b *Budget) ProjectKey(p *Project) string {
	r := b.register()
	return r.key(r.unit(p.Unit), p.Name.V)
}

// ProjectNamed finds projects by what people call them: by name, of which several units may have one; or by the unit's code
// or name and the project's name, 338002/信息化运维费.
func (b *Budget) ProjectNamed(name string) []*Project {
	r := b.register()
	if list := r.named[name]; len(list) > 0 {
		return list
	}
	if unit, rest, ok := strings.Cut(name, betweenUnitAndName); ok {
		return r.find(source.String{V: unit}, source.String{V: rest})
	}
	return nil
}

// ProjectOf is the project whose performance form f is. It is nil where f is of none, or does not say of which.
func (b *Budget) ProjectOf(f *Form) *Project {
	if list := b.register().find(f.Unit, f.Project); len(list) == 1 {
		return list[0]
	}
	return nil
}

// OfProject asks for the lines of a project.
func (b *Budget) OfProject(p *Project) Query { return OfProjects(b.ProjectKey(p)) }

// OfProjects asks for the lines of some projects by what queries call them.
func OfProjects(keys ...string) Query { return Query{}.Where("project", keys...) }

// ProjectTitle is what messages call a project: “信息化运维费”, or “信息化运维费”（338002 某中心） where several units have one.
func (b *Budget) ProjectTitle(p *Project) string {
	return b.TitleOfProject(b.register().unit(p.Unit), p.Name.V)
}

// TitleOfProject is ProjectTitle of the project of a line.
func (b *Budget) TitleOfProject(unit, name string) string {
	title := diag.Quote(name)
	if r := b.register(); r.key(unit, name) != name {
		title += "（" + b.unitTitle(unit) + "）"
	}
	return title
}

// UnitName is the name of the unit of a code, "" for one that is not known.
func (b *Budget) UnitName(code string) string {
	for i := range b.Facts.Units {
		if u := &b.Facts.Units[i]; u.Code.V == code && u.Within.V == "" {
			return u.Name.V
		}
	}
	return ""
}

// unitTitle is a unit's code and name.
func (b *Budget) unitTitle(code string) string {
	return strings.TrimSpace(code + " " + b.UnitName(code))
}

// HasGoals reports whether performance goals are set for a project: it says so, or has a form of them.
func (b *Budget) HasGoals(p *Project) bool { return p.Goals.V || b.FormOf(p) != nil }

// FormOf is the performance form of a project, nil when it has none.
func (b *Budget) FormOf(p *Project) *Form {
	r := b.register()
	for _, f := range r.forms[p.Name.V] {
		if slices.ContainsFunc(r.find(f.Unit, f.Project), func(o *Project) bool { return r.unit(o.Unit) == r.unit(p.Unit) }) {
			return f
		}
	}
	return nil
}

// GoalsStated reports whether the author says which projects have performance goals: by a form, or by goals, be it false.
// Or else nothing is known of them.
func (b *Budget) GoalsStated() bool {
	for i := range b.Facts.Projects {
		if p := &b.Facts.Projects[i]; p.Goals.Set || b.HasGoals(p) {
			return true
		}
	}
	return false
}

// whose reports a name that several units have a project of, where it is to mean one: the message says which they are.
func (l *loader) whose(name source.String, what string, list []*Project) {
	d := diag.Diagnostic{Rule: "项目-009", Level: diag.Error, At: name.At}
	var units []string
	for _, p := range list {
		code := l.b.projects.unit(p.Unit)
		units = append(units, l.b.unitTitle(code))
		d.Notes = append(d.Notes, diag.Related{Text: l.b.unitTitle(code) + "的在这里", At: p.Name.At})
	}
	d.Message = what + "的项目“" + name.V + "”，" + strings.Join(units, "、") + "都有，没有写明是哪一个单位的"
	d.Hint = "在 project 下面写上 unit = \"" + cmp.Or(l.b.projects.unit(list[0].Unit), "单位代码") + "\" 这样的单位代码"
	l.diags.Add(d)
}

// forms: a form says whose project it is about.
func (l *loader) forms() {
	for i := range l.b.Facts.Forms {
		f := &l.b.Facts.Forms[i]
		if f.Unit.V != "" {
			l.unit(f.Unit, f.At)
		}
		if list := l.b.projects.find(f.Unit, f.Project); f.Project.V != "" && len(list) > 1 {
			l.whose(f.Project, "绩效表", list)
		}
	}
}
