package compose

import (
	"slices"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// view is what templates see as the dot. Strings that the author typed carry their origin marks.
type view struct {
	Edition               string // whose document it is: 部门 or 单位
	Name, ShortName, Code string
	Year                  int
	LastYear              int
	BeforeLastYear        int
	Date                  time.Time
	GoalsStated           bool
	AssetsStated          bool
	AssetsAsOf            *time.Time
	Institutions          string
	Tasks                 []dutyView
	Duties                []dutyView
	Units                 []unitView // all, with those that have no budget of their own
	Listed                []unitView // those with a budget of their own
	Subordinates          []unitView // all but the headquarters
	Projects              []*projectView
	Vehicles              []countView
	VehicleCount          pack.Count
	VehicleBought         pack.Count
	Equipment             []countView
	EquipmentCount        pack.Count
	EquipmentBought       pack.Count

	// Set while a form is filled.
	Number  int // of the form among those of its scope
	Project *projectView
	Item    any // what a repeated row shows
}

type dutyView struct {
	N    int
	Text string
}

type unitView struct {
	N          int
	Name, Code string
	Kind       string
	Within     string // name of the unit in whose budget it stands
	Last       bool
}

type countView struct {
	Name   string
	Count  pack.Count
	Bought pack.Count // this year
}

type projectView struct {
	N           int
	Name, Unit  string
	Type        string // 政府采购、政府购买服务, from its tags
	Brief       string // its purpose without the final full stop, for use within a sentence
	Use         string // short form
	Value       figure
	TotalBudget figure
	Start, End  int
	Goals       bool // performance goals are set
	project     *budget.Project
	use         source.String // Use without its origin mark
	c           *composer
}

// aimView is an indicator of a project's goals for the year.
type aimView struct{ First, Second, Third, Value string }

// Aims are the indicators of the year in the project's form, none where it has no form.
func (p *projectView) Aims() (out []aimView) {
	f, mark := p.c.b.FormOf(p.project), p.c.origins.mark
	for i := 0; f != nil && i < len(f.Indicators); i++ {
		if a := &f.Indicators[i]; a.Horizon.V == budget.HorizonYear {
			out = append(out, aimView{mark(a.First), mark(a.Second), mark(a.Third), mark(a.Value)})
		}
	}
	return out
}

// Amount is the value as running text prints it.
func (p *projectView) Amount() string { return p.c.textAmount(p.Value, p.c.b.ProjectTitle(p.project)) }

func (c *composer) newView() *view {
	d := &c.b.Facts.Department
	v := &view{Edition: "部门", Name: c.origins.mark(d.Name), ShortName: c.origins.mark(c.b.ShortName()), Code: d.Code.V, Year: d.Year.V,
		LastYear: d.Year.V - 1, BeforeLastYear: d.Year.V - 2, Date: d.Date.Time, Institutions: c.origins.mark(d.Institutions),
		GoalsStated: c.b.GoalsStated(), AssetsStated: c.b.Facts.AssetsStated()}
	if c.b.Facts.OfUnit {
		v.Edition = "单位"
	}
	if d.AssetsAsOf.Set {
		v.AssetsAsOf = &d.AssetsAsOf.Time
	}
	for i, s := range d.Duties {
		v.Duties = append(v.Duties, dutyView{i + 1, c.origins.mark(s)})
	}
	for i, s := range d.Tasks {
		v.Tasks = append(v.Tasks, dutyView{i + 1, c.origins.mark(s)})
	}
	c.viewUnits(v)
	for i := range c.b.Facts.Projects {
		v.Projects = append(v.Projects, c.viewProject(i))
	}
	for _, x := range c.b.Facts.Vehicles {
		v.Vehicles = append(v.Vehicles, countView{c.origins.mark(x.Use), pack.Count(x.Count.V), pack.Count(x.Bought.V)})
		v.VehicleCount += pack.Count(x.Count.V)
		v.VehicleBought += pack.Count(x.Bought.V)
	}
	for _, x := range c.b.Facts.Equipment {
		v.Equipment = append(v.Equipment, countView{c.origins.mark(x.Name), pack.Count(x.Count.V), pack.Count(x.Bought.V)})
		v.EquipmentCount += pack.Count(x.Count.V)
		v.EquipmentBought += pack.Count(x.Bought.V)
	}
	return v
}

func (c *composer) viewUnits(v *view) {
	names := map[string]string{}
	for i := range c.b.Facts.Units {
		u := &c.b.Facts.Units[i]
		names[u.Code.V] = c.origins.mark(u.Name)
	}
	sole := len(c.b.Facts.Units) == 1 // is the department itself
	for i := range c.b.Facts.Units {
		u := &c.b.Facts.Units[i]
		full := u.FullName
		if full.V == "" {
			full = u.Name
		}
		x := unitView{N: i + 1, Name: c.origins.mark(full), Code: u.Code.V, Kind: u.Kind.V, Last: i == len(c.b.Facts.Units)-1}
		if w := u.Within.V; w != "" {
			if x.Within = names[w]; x.Within == "" {
				x.Within = c.origins.mark(u.Within)
			}
		} else {
			v.Listed = append(v.Listed, x)
		}
		if !u.Own.V && !sole {
			v.Subordinates = append(v.Subordinates, x)
		}
		v.Units = append(v.Units, x)
	}
}

func (c *composer) viewProject(i int) *projectView {
	p := &c.b.Facts.Projects[i]
	value := c.sum(c.b.OfProject(p))
	x := &projectView{N: i + 1, Name: c.origins.mark(p.Name), Value: value, c: c, TotalBudget: value,
		Start: p.Start.V, End: p.End.V, Goals: c.b.HasGoals(p), project: p}
	if p.Total.Set {
		x.TotalBudget = figure{schedule.Number{Exact: p.Total.Amount, At: &p.Total.At}}
	}
	brief := p.Purpose
	brief.V = trimStop(brief.V)
	x.Brief = c.origins.mark(brief)
	use := p.Use
	if use.V == "" {
		use = brief
	}
	x.Use, x.use = c.origins.mark(use), use
	procured, services := c.buys(p)
	if procured {
		x.Type = "政府采购"
	}
	if services {
		if x.Type != "" {
			x.Type += "、"
		}
		x.Type += "政府购买服务"
	}
	if u := c.numbers.UnitOf(p); u != nil {
		x.Unit = c.origins.mark(u.Name)
	}
	return x
}

// buys reports whether some of a project's money is for procurement, and whether some is for services that are purchased.
func (c *composer) buys(p *budget.Project) (procured, services bool) {
	of := c.b.OfProject(p)
	c.b.Each(of.Where("side", string(budget.Purchases)), func(int) { procured = true })
	c.b.Each(of, func(i int) { services = services || c.b.Lines[i].Purchase != "" })
	return procured, services
}

func trimStop(s string) string {
	r := []rune(s)
	for len(r) > 0 && slices.Contains([]rune("。；;\n "), r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	return string(r)
}
