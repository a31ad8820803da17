package district

import (
	"cmp"
	"slices"

	"yusuan/internal/batch"
	"yusuan/internal/money"
)

// tables are the tables of a district in the making.
type tables struct {
	*District
	shown   int // departments whose amounts are shown
	levels  map[batch.Level]*level
	names   [2]map[string]string // of functional and economic codes
	classes map[string]int       // where a functional class stands in the rows of the matrix in the making
	packs   map[Used]int
}

func newTables(d *District) *tables {
	t := &tables{District: d, levels: map[batch.Level]*level{}, names: [2]map[string]string{{}, {}}, classes: map[string]int{}, packs: map[Used]int{}}
	d.ThreePublic = make([]Figures, 1, 1+len(d.Departments))
	d.Procurement = make([]Procurement, 1)
	d.Matrix.Rows = make([]MatrixRow, 0, len(d.Departments))
	return t
}

// add adds a department. before is the record of its last year, nil where there is none.
func (t *tables) add(x *Department, f *batch.Facts, before *batch.Record) {
	t.shown++
	var old *batch.Facts
	if before != nil {
		facts := before.Facts()
		old = &facts
	}
	now := cutsOf(f, false)
	t.addSpending(now, lastOf(f, old))
	t.note(f)
	t.addFigures(x, f, old)
	t.addProjects(x, f)
	t.addProcurement(x, f)
	t.addRow(x, now[batch.All].sums[""], now[batch.ByClass].sums)
}

// addRow adds a department's row of the matrix.
func (t *tables) addRow(x *Department, total money.Amount, by map[string]money.Amount) {
	amounts := make([]money.Amount, len(t.classes), len(t.classes)+len(by))
	for class, a := range by {
		at, ok := t.classes[class]
		if !ok {
			at = len(t.classes)
			t.classes[class] = at
		}
		for at >= len(amounts) {
			amounts = append(amounts, money.Amount{})
		}
		amounts[at] = a
	}
	t.Matrix.Rows = append(t.Matrix.Rows, MatrixRow{Code: x.Code, Name: x.Name, Total: total, Amounts: amounts})
}

// note notes the names of codes, the first department's where they differ.
func (t *tables) note(f *batch.Facts) {
	take := func(into map[string]string, code, name string) {
		if into[code] == "" {
			into[code] = name
		}
	}
	for _, p := range f.Parts {
		take(t.names[0], p.Class, p.Name)
	}
	if f.Spending != nil {
		for code, name := range f.Spending.Functions {
			take(t.names[0], code, name)
		}
		for code, name := range f.Spending.Economics {
			take(t.names[1], code, name)
		}
	}
}

// addFigures adds a department's 三公经费.
func (t *tables) addFigures(x *Department, f, old *batch.Facts) {
	out := Figures{Code: x.Code, Name: x.Name}
	for c, role := range batch.DistrictRoles() {
		if r := find(f, role); r != nil {
			out.Now[c] = Known{r.Amount.Amount, true}
			if r.Last != nil {
				out.Last[c] = Known{r.Last.Amount, true}
			}
		}
		if old != nil && !f.Compared() { // the folder of last year is what the document compares with
			if r := find(old, role); r != nil {
				out.Last[c] = Known{r.Amount.Amount, true}
			}
		}
		sum := &t.ThreePublic[0]
		sum.Now[c].Amount = sum.Now[c].Add(out.Now[c].Amount)
		sum.Last[c].Amount = sum.Last[c].Add(out.Last[c].Amount)
		if !out.Last[c].Known {
			t.NoLast[c]++
		}
	}
	t.ThreePublic = append(t.ThreePublic, out)
}

// find is the figure of a role, or of records that have none by role, the figure that years are compared by.
func find(f *batch.Facts, role string) *batch.Role {
	if i := slices.IndexFunc(f.Roles, func(r batch.Role) bool { return r.Role == role }); i >= 0 {
		return &f.Roles[i]
	}
	if i := slices.IndexFunc(f.Figures, func(x batch.Figure) bool { return x.Role == role }); i >= 0 {
		return &batch.Role{Role: role, Amount: f.Figures[i].Amount}
	}
	return nil
}

// addProjects adds a department's projects from the threshold on.
func (t *tables) addProjects(x *Department, f *batch.Facts) {
	for _, p := range f.Projects {
		if p.Amount.Cmp(t.Threshold) < 0 {
			t.Left++
			continue
		}
		unit := p.Unit
		if i := slices.IndexFunc(f.Units, func(u batch.Unit) bool { return u.Code == p.Unit && p.Unit != "" }); i >= 0 {
			unit = f.Units[i].Name
		}
		t.Projects = append(t.Projects, Project{Department: x.Name, Code: x.Code, Unit: unit, Name: p.Name, Amount: p.Amount.Amount, Goals: p.Goals})
	}
}

// addProcurement adds a department's procurement budget.
func (t *tables) addProcurement(x *Department, f *batch.Facts) {
	if len(f.Procurement) == 0 {
		return
	}
	row := Procurement{Code: x.Code, Name: x.Name}
	for _, p := range f.Procurement {
		for _, to := range []*Procurement{&row, &t.Procurement[0]} {
			of := &to.Other
			switch p.Class {
			case batch.Goods:
				of = &to.Goods
			case batch.Works:
				of = &to.Works
			case batch.Services:
				of = &to.Services
			}
			*of = of.Add(p.Amount.Amount)
			to.Total = to.Total.Add(p.Amount.Amount)
			if p.Reserved != "" {
				to.Reserved = to.Reserved.Add(p.Amount.Amount)
			}
		}
	}
	t.Procurement = append(t.Procurement, row)
}

// settle makes the tables of what was added.
func (t *tables) settle() {
	sum := &t.ThreePublic[0]
	sum.Name = "合计"
	for c := range Columns {
		sum.Now[c].Known, sum.Last[c].Known = true, t.NoLast[c] == 0
		if !sum.Last[c].Known {
			sum.Last[c] = Known{}
		}
	}
	t.Procurement[0].Name = "合计"
	if len(t.Procurement) == 1 {
		t.Procurement = nil
	}
	t.Views = t.views()
	for u, n := range t.packs {
		u.Documents = n
		t.Packs = append(t.Packs, u)
	}
	slices.SortFunc(t.Packs, func(a, b Used) int { return cmp.Or(cmp.Compare(a.Pack, b.Pack), cmp.Compare(a.Version, b.Version)) })
	slices.SortStableFunc(t.Projects, func(a, b Project) int { return b.Amount.Cmp(a.Amount) })
	t.matrix()
}

// matrix is departments by functional classes.
func (t *tables) matrix() {
	for _, l := range t.Views[functional].Lines {
		if l.Level == 1 {
			t.Matrix.Classes = append(t.Matrix.Classes, l)
		}
	}
	t.Matrix.Classes = slices.DeleteFunc(t.Matrix.Classes, func(l Line) bool { return l.Departments == 0 })
	order := make([]money.Amount, len(t.Matrix.Classes))
	for i := range t.Matrix.Rows {
		r := &t.Matrix.Rows[i]
		for k, c := range t.Matrix.Classes {
			order[k] = money.Amount{}
			if at := t.classes[c.Code]; at < len(r.Amounts) {
				order[k] = r.Amounts[at]
			}
		}
		r.Amounts = append(r.Amounts[:0], order...)
	}
}

// byCode orders codes; what has none stands last.
func byCode(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
