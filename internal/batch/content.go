package batch

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Role is a figure by what it is, whatever the pack calls it: this year's, and last year's where it is known.
type Role struct {
	Role   string `json:"role"`
	Amount Yuan   `json:"amount"`
	Last   *Yuan  `json:"last,omitempty"`
}

// Project is a project of the department.
type Project struct {
	Unit   string `json:"unit,omitempty"` // code
	Name   string `json:"name"`
	Amount Yuan   `json:"amount"`
	Goals  bool   `json:"goals,omitempty"` // performance goals are set
}

// Procured is the procurement budget of one class, and for whom it is reserved.
type Procured struct {
	Class    string `json:"class"`
	Reserved string `json:"reserved,omitempty"`
	Amount   Yuan   `json:"amount"`
}

// The classes of procurement that all of China has; packs may have others.
const (
	Goods    = "货物"
	Works    = "工程"
	Services = "服务"
)

// Performance is how many performance forms there are, of those that the pack prints.
type Performance struct {
	Have int `json:"have"`
	Due  int `json:"due"`
}

// DistrictRoles are the roles of figures that the tables of whole districts have.
func DistrictRoles() []string {
	var out []string
	for _, r := range districtRoles() {
		out = append(out, string(r))
	}
	return out
}

func districtRoles() []pack.FigureRole {
	return []pack.FigureRole{pack.FigureThreePublic, pack.FigureOverseas, pack.FigureVehicles, pack.FigureVehiclePurchase,
		pack.FigureVehicleRunning, pack.FigureReception, pack.FigureOperating}
}

// takeContent notes what the district asks of a document beside its expenditure.
func (f *Facts) takeContent(w *build.Work) {
	f.Pack, f.PackVersion = w.Pack.ID, w.Pack.Version
	f.takePerformance(w)
	if last := w.Prior.Last; last != nil {
		f.LastTotal = &Yuan{totalOf(last)}
	} else if a, ok := w.LastSum(w.Pack.RoleQuery(pack.FigureTotal)); ok {
		f.LastTotal = &Yuan{a}
	}
	for _, role := range districtRoles() {
		q := w.Pack.RoleQuery(role)
		x := Role{Role: string(role), Amount: Yuan{w.Budget.Sum(q)}}
		if a, ok := w.LastSum(q); ok {
			x.Last = &Yuan{a}
		}
		f.Roles = append(f.Roles, x)
	}
	f.sumLast(pack.FigureVehicles, pack.FigureVehiclePurchase, pack.FigureVehicleRunning)
	f.sumLast(pack.FigureThreePublic, pack.FigureOverseas, pack.FigureVehicles, pack.FigureReception)
}

// sumLast is last year's amount of a role whose parts are known where it is not itself, if the parts are all of it this year.
func (f *Facts) sumLast(whole pack.FigureRole, of ...pack.FigureRole) {
	at := func(r pack.FigureRole) *Role {
		return &f.Roles[slices.IndexFunc(f.Roles, func(x Role) bool { return x.Role == string(r) })]
	}
	w := at(whole)
	var now, last money.Amount
	for _, r := range of {
		x := at(r)
		if x.Last == nil || w.Last != nil {
			return
		}
		now, last = now.Add(x.Amount.Amount), last.Add(x.Last.Amount)
	}
	if now.Equal(w.Amount.Amount) {
		w.Last = &Yuan{last}
	}
}

// totalOf is what a document calls its total: expenditure and what is carried out.
func totalOf(b *budget.Budget) (sum money.Amount) {
	for i := range b.Lines {
		if l := &b.Lines[i]; l.Side == budget.CarryOut || inTables(l) {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// takePerformance counts the forms of the whole and of projects; a unit has none of the whole.
func (f *Facts) takePerformance(w *build.Work) {
	p, b := w.Pack, w.Budget
	var n Performance
	if p.PrintsForms(pack.ScopeWhole) && !b.Facts.OfUnit {
		n.Due++
		if slices.ContainsFunc(b.Facts.Forms, func(x budget.Form) bool {
			spec := p.Forms[x.Kind.V]
			return spec != nil && spec.Scope == pack.ScopeWhole
		}) {
			n.Have++
		}
	}
	if p.PrintsForms(pack.ScopeProject) {
		for i := range b.Facts.Projects {
			n.Due++
			if b.FormOf(&b.Facts.Projects[i]) != nil {
				n.Have++
			}
		}
	}
	f.Performance = &n
}

// takeProjects notes projects and the procurement budget.
func (f *Facts) takeProjects(b *budget.Budget) {
	byKey, sums := map[string]int{}, map[Procured]money.Amount{}
	for i := range b.Lines {
		l := &b.Lines[i]
		switch {
		case l.Side == budget.Purchases:
			k := Procured{Class: l.Procure, Reserved: l.Reserved}
			sums[k] = sums[k].Add(l.Amount)
		case l.Project != "" && inTables(l):
			key := l.Unit + "\x00" + l.Project
			at, ok := byKey[key]
			if !ok {
				at = len(f.Projects)
				byKey[key], f.Projects = at, append(f.Projects, Project{Unit: l.Unit, Name: l.Project, Goals: l.Goals})
			}
			x := &f.Projects[at]
			x.Amount.Amount = x.Amount.Add(l.Amount)
		}
	}
	for k, a := range sums {
		k.Amount = Yuan{a}
		f.Procurement = append(f.Procurement, k)
	}
	slices.SortFunc(f.Procurement, func(a, b Procured) int { return strings.Compare(a.Class+"\x00"+a.Reserved, b.Class+"\x00"+b.Reserved) })
}
