// Package leaves leads from a finished document back to data that it may have been made of: what its tables print is solved for
// leaves (基本支出, 项目, 结转 …), its texts go to the keys that the pack has for them, and each value is written with the place
// that it was read from. What the paper does not tell is marked 【请核对】. So a past year can be made again from what was
// published of it, and a newcomer begins with last year's document.
//
// No table is known here. What a printed number counts is a query (schedule), what queries have in common is a box (box), and the
// leaves are what the boxes cut each other into: amounts none below zero whose sums are the printed numbers (program.go).
package leaves

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Input is a finished document as somebody would type it.
type Input struct {
	Pack      *pack.Pack
	Facts     *budget.Facts // with what is stated: the tables and the texts
	Catalogue *classify.Catalogue
	// Place is where on paper a stretch of the facts stands, in words: 第9页 表5 第3行; "" or a nil Place for unknown.
	Place func(diag.Range) string
	From  string // what the document is called
}

// finder goes from the facts of a document to those of a folder.
type finder struct {
	*Input
	facts  *budget.Facts // with the units that the tables print
	budget *budget.Budget
	model  *model
	sole   string       // code of the only unit, "" where there are several
	names  namesPrinted // of codes
	unit   money.Unit   // in which amounts are written
	places int
	tables []readTable
	specs  []*pack.Table     // of the stated tables
	groups map[string]string // of projects by key
	owners map[string]string // units of projects by key
	heard  *heard
	// heardForms are the performance forms, and says what they say of projects.
	heardForms []heardForm
	says       map[string]map[string]told
	remarks    []string // of leaves
}

// readTable is a stated table with what its rows are.
type readTable struct {
	stated *budget.StatedTable
	spec   *pack.Table
	paper  *schedule.Printed
	leaves []*pack.Column
	found  [][]schedule.Found
	places []diag.Range // of its rows
}

// namesPrinted are the names of codes as the document prints them: by function and economic.
type namesPrinted map[string]map[string]string

// Of finds a folder for a document. Its files come in the order of their paths.
func Of(in Input) []renew.File {
	f := &finder{Input: &in, groups: map[string]string{}, owners: map[string]string{}}
	f.read()
	space, cells := audit.Cells(&audit.Input{Pack: in.Pack, Budget: f.budget})
	f.model = newModel(f.budget, space, cells)
	f.model.owner = f.owners
	f.model.solve()
	f.measure(cells)
	f.heard = f.listen()
	f.says = map[string]map[string]told{}
	f.heardForms = f.forms()
	out := slices.DeleteFunc(append(f.formFiles(),
		f.departmentFile(), f.unitsFile(), f.codesFile(), f.basicFile(), f.projectsFile(), f.revenueFile(), f.procurementFile(), f.priorFile(), f.textFile(), f.assetsFile()),
		func(x renew.File) bool { return x.Data == nil })
	slices.SortFunc(out, func(a, b renew.File) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// read finds what the rows of the tables are.
func (f *finder) read() {
	facts := *f.Input.Facts
	facts.Units = slices.Clone(facts.Units)
	f.facts = &facts
	f.addUnits()
	f.budget, _ = budget.New(f.facts, f.Catalogue)
	f.names = namesPrinted{"function": {}, "economic": {}}
	var papers []*schedule.Printed
	for i := range facts.StatedTables {
		s := &facts.StatedTables[i]
		t := f.spec(s)
		if t == nil {
			continue
		}
		x := readTable{stated: s, spec: t, paper: schedule.NewPrinted(t, audit.Rows(s)), leaves: pack.Leaves(t.Columns), places: audit.RowPlaces(s)}
		papers, f.tables = append(papers, x.paper), append(f.tables, x)
	}
	r := schedule.NewReading(f.Pack, f.budget, papers)
	f.owned(r)
	for i := range f.tables {
		x := &f.tables[i]
		for k := range x.paper.Rows {
			found := r.Read(x.paper, k)
			x.found = append(x.found, found)
			f.learn(x, k, found)
		}
	}
}

// owned notes whose each printed project is.
func (f *finder) owned(r *schedule.Reading) {
	for _, p := range r.Projects() {
		for _, u := range f.facts.Units {
			if p.Unit == u.Name.V || p.Unit == u.Code.V {
				f.owners[r.ProjectKey(p)] = u.Code.V
			}
		}
	}
}

// learn notes the name of a code, and the group of projects, that a row prints.
func (f *finder) learn(t *readTable, i int, found []schedule.Found) {
	name := t.field(i, "name")
	for _, x := range found {
		for _, c := range x.Query.Conditions() {
			switch {
			case len(c.Values) == 1 && x.Own == c.Values[0] && f.names[c.Key] != nil && name != "":
				if f.names[c.Key][x.Own] == "" {
					f.names[c.Key][x.Own] = schedule.Bare(name)
				}
			case c.Key == "project" && t.has("unit") && t.field(i, "unit") == "" && x.Unread == "" && !f.isUnit(name):
				for _, p := range c.Values {
					f.groups[p] = name
				}
			}
		}
	}
}

func (f *finder) isUnit(name string) bool {
	return slices.ContainsFunc(f.facts.Units, func(u budget.Unit) bool { return u.Name.V == name || u.Code.V == name })
}

func (t *readTable) has(field string) bool {
	return slices.ContainsFunc(t.leaves, func(c *pack.Column) bool { return c.Field == field })
}

// field is what a row prints in the column of a field.
func (t *readTable) field(i int, field string) string {
	j := slices.IndexFunc(t.leaves, func(c *pack.Column) bool { return c.Field == field })
	if j < 0 || j >= len(t.paper.Rows[i]) {
		return ""
	}
	return t.paper.Rows[i][j]
}

// addUnits adds the units that tables print and nobody has stated; where there is none, the department itself is one.
func (f *finder) addUnits() {
	facts := f.facts
	d := &facts.Department
	add := func(code, name string, at diag.Range) {
		if code == d.Code.V || name == d.Name.V && code == "" || name == d.ShortName.V && code == "" || code+name == "" {
			return
		}
		for _, u := range facts.Units {
			if code != "" && u.Code.V == code || code == "" && u.Name.V == name {
				return
			}
		}
		if code == "" {
			code = nextUnit(facts)
		}
		facts.Units = append(facts.Units, budget.Unit{Place: source.Place{At: at}, Code: source.String{V: code, At: at}, Name: source.String{V: cmp.Or(name, code), At: at}})
	}
	for i := range facts.StatedTables {
		s := &facts.StatedTables[i]
		t := f.spec(s)
		if t == nil || !slices.Contains(t.Rows.Keys(t), "unit") {
			continue
		}
		x := readTable{stated: s, spec: t, leaves: pack.Leaves(t.Columns), paper: schedule.NewPrinted(t, audit.Rows(s))}
		f.department(&x)
		for k := range x.paper.Rows {
			switch {
			case x.has("code"):
				if code := x.field(k, "code"); code != "" {
					add(code, x.field(k, "name"), s.Rows.At)
				}
			case x.has("unit"):
				add("", x.field(k, "unit"), s.Rows.At)
			}
		}
	}
	if !slices.ContainsFunc(facts.Units, func(u budget.Unit) bool { return u.Within.V == "" }) {
		facts.Units = append(facts.Units, budget.Unit{Code: source.String{V: nextUnit(facts)}, Name: d.Name, Own: source.Bool{V: true, Set: true}})
	}
	if d.Code.V != "" && len(facts.Units) > 1 { // the department's own row is no unit
		facts.Units = slices.DeleteFunc(facts.Units, func(u budget.Unit) bool { return u.Code.V == d.Code.V })
	}
	f.kinds()
	if listed := slices.DeleteFunc(slices.Clone(facts.Units), func(u budget.Unit) bool { return u.Within.V != "" }); len(listed) == 1 {
		f.sole = listed[0].Code.V
	}
}

// kinds guesses the kind of the headquarters, where nobody has stated one: it is an office of the government, and so spends what such
// offices spend on running.
func (f *finder) kinds() {
	var listed []*budget.Unit
	for i := range f.facts.Units {
		if u := &f.facts.Units[i]; u.Within.V == "" {
			listed = append(listed, u)
		}
	}
	for _, u := range listed {
		own := u.Own.V || len(listed) == 1 || strings.Contains(u.Name.V, "本级") || strings.Contains(u.Name.V, "机关") || u.Name.V == f.facts.Department.Name.V
		if u.Kind.V == "" && own {
			u.Kind.V = "行政"
		}
	}
}

// department is the row of the department itself among those of its units: its code begins theirs, or it bears its name.
func (f *finder) department(t *readTable) {
	d := &f.facts.Department
	if d.Code.V != "" || !t.has("code") {
		return
	}
	for i := range t.paper.Rows {
		code := t.field(i, "code")
		below := func(row []string) bool {
			return slices.ContainsFunc(row, func(s string) bool { return s != code && strings.HasPrefix(s, code) })
		}
		if code != "" && strings.Trim(code, "0123456789") == "" && slices.ContainsFunc(t.paper.Rows[i+1:], below) {
			d.Code = source.String{V: code, At: audit.RowPlaces(t.stated)[i]}
			return
		}
	}
}

// nextUnit is a code below the department's that no unit has.
func nextUnit(facts *budget.Facts) string {
	base := strings.TrimFunc(cmp.Or(facts.Department.Code.V, noCode), func(r rune) bool { return r < '0' || r > '9' })
	for n := 1; ; n++ {
		code := base + digits3(n)
		if !slices.ContainsFunc(facts.Units, func(u budget.Unit) bool { return u.Code.V == code }) {
			return code
		}
	}
}

func digits3(n int) string {
	return string([]byte{'0' + byte(n/100%10), '0' + byte(n/10%10), '0' + byte(n%10)})
}

// measure finds the unit in which most amounts were printed.
func (f *finder) measure(cells []audit.Cell) {
	count := map[money.Unit]int{}
	for i := range cells {
		if cells[i].Text != "" {
			count[cells[i].Unit]++
		}
	}
	for u := money.Yuan; u <= money.Yi; u++ {
		if count[u] > count[f.unit] {
			f.unit = u
		}
	}
	f.places = 2
}
