package district

import (
	"cmp"
	"path"
	"slices"
	"strconv"

	"yusuan/internal/batch"
	"yusuan/internal/money"
)

// DefaultThreshold is from which amount on projects are listed where the roster does not say.
func DefaultThreshold() money.Amount { return money.FromFen(100_0000_00) }

// Make makes the districts of a batch, one a year, the newest first. reviews are those of departments by their folders, last
// records of last year's batch, which say what a department's own folder of last year does not; roster and both may be nil.
func Make(s *batch.Summary, roster *Roster, reviews map[string]Review, last []batch.Record) []*District {
	m := &maker{Summary: s, roster: roster, reviews: reviews, last: map[key]*batch.Record{}}
	for i := range last {
		if r := &last[i]; r.Sound() {
			m.last[key{r.Year, r.Code, r.Edition}] = r
		}
	}
	m.years = m.yearsOf()
	var out []*District
	for _, year := range m.years {
		out = append(out, m.district(year))
	}
	return out
}

// key is what a document is known by from year to year.
type key struct {
	year          int
	code, edition string
}

// maker makes districts.
type maker struct {
	*batch.Summary
	roster  *Roster
	reviews map[string]Review
	last    map[key]*batch.Record
	years   []int // the newest first
}

// yearsOf are the years of the data and of the roster, the newest first; 0 alone where nothing tells of any.
func (m *maker) yearsOf() (years []int) {
	for i := range m.Departments {
		if y := toldYear(&m.Departments[i]); y != 0 {
			years = append(years, y)
		}
	}
	if m.roster.Lists() && m.roster.Year != 0 {
		years = append(years, m.roster.Year)
	}
	slices.SortFunc(years, func(a, b int) int { return cmp.Compare(b, a) })
	if years = slices.Compact(years); years == nil {
		years = []int{0}
	}
	return years
}

// toldYear is the year of a document, or of the folder that it lies in where it cannot be read.
func toldYear(r *batch.Record) int {
	if r.Year != 0 {
		return r.Year
	}
	const digits = 4
	dir := path.Base(path.Dir(r.Department))
	if y, err := strconv.Atoi(dir); err == nil && len(dir) == digits {
		return y
	}
	return 0
}

// yearOf is the year that a record is shown in: what tells of none stands with the newest.
func (m *maker) yearOf(r *batch.Record) int { return cmp.Or(toldYear(r), m.years[0]) }

// district makes the district of a year.
func (m *maker) district(year int) *District {
	d := &District{Year: year, Program: m.Program, Threshold: DefaultThreshold()}
	if r := m.roster; r != nil {
		d.Name = r.Name
		if r.Threshold.Sign() > 0 {
			d.Threshold = r.Threshold
		}
		if r.Year == year {
			d.Approved, d.Deadline = r.Approved, r.Deadline
		}
	}
	m.departments(d)
	m.problems(d)
	m.findings(d)
	t := newTables(d)
	for i := range d.Departments {
		m.complete(&d.Departments[i], t, false)
	}
	for i := range d.Units {
		m.complete(&d.Units[i], t, true)
	}
	t.settle()
	d.count()
	return d
}

// departments lists who there is, in the order of their codes; one whose code cannot be read stands where its folder's name would.
func (m *maker) departments(d *District) {
	there := map[string]bool{}
	d.Departments = make([]Department, 0, m.count(d.Year, false))
	if n := m.count(d.Year, true); n > 0 {
		d.Units = make([]Department, 0, n)
	}
	for i := range m.Summary.Departments {
		r := &m.Summary.Departments[i]
		if m.yearOf(r) != d.Year {
			continue
		}
		x := Department{Record: r, Code: r.Code, Name: r.Name}
		if base := path.Base(r.Department); x.Code == "" && m.roster.Of(base, d.Year) != nil {
			x.Code = base
		}
		if l := m.roster.Of(x.Code, d.Year); l != nil {
			x.Name, x.Section = cmp.Or(x.Name, l.Name), l.Section
		}
		x.Name = cmp.Or(x.Name, r.Department)
		if r.Errors+r.Warnings > 0 || stateOf(&x) == Faulty {
			x.Report = r.Report()
		}
		x.Review = m.reviews[r.Department]
		x.State = stateOf(&x)
		if r.Edition != "" {
			d.Units = append(d.Units, x)
			continue
		}
		there[x.Code] = true
		d.Departments = append(d.Departments, x)
	}
	if m.roster.Lists() && m.roster.Year == d.Year {
		for _, l := range m.roster.Departments {
			if l.Code != "" && !there[l.Code] {
				d.Departments = append(d.Departments, Department{Code: l.Code, Name: l.Name, Section: l.Section, State: Absent})
			}
		}
	}
	for _, list := range [][]Department{d.Departments, d.Units} {
		slices.SortStableFunc(list, func(a, b Department) int {
			return cmp.Or(cmp.Compare(named(&a), named(&b)), cmp.Compare(place(&a), place(&b)))
		})
	}
}

// count is how many records of a year there are: there is memory for as many, and no more.
func (m *maker) count(year int, units bool) (n int) {
	for i := range m.Summary.Departments {
		if r := &m.Summary.Departments[i]; m.yearOf(r) == year && (r.Edition != "") == units {
			n++
		}
	}
	return n
}

// named is a department's code, or the name of its folder.
func named(x *Department) string {
	if x.Code == "" && x.Record != nil {
		return path.Base(x.Record.Department)
	}
	return x.Code
}

// place tells departments of one code apart, and the documents of units of one department.
func place(x *Department) string {
	if x.Record == nil {
		return ""
	}
	return x.Record.Department + "\x00" + x.Record.Edition
}

// stateOf is how far a department is that has data.
func stateOf(x *Department) State {
	r, v := x.Record, &x.Review
	switch {
	case r.Status == batch.NotDone:
		return Waiting
	case !r.Sound():
		return Faulty
	case v.Published.Done():
		return Published
	case v.Given && !(v.Confidential.Done() && v.Signed.Done()):
		return Waiting
	}
	return Ready
}

// complete notes what the facts of a document say, those of a department in the tables of the district.
func (m *maker) complete(x *Department, t *tables, isUnit bool) {
	if x.Record == nil || !x.Record.Sound() || x.Record.Year == 0 {
		return
	}
	r := x.Record
	f := r.Facts()
	before := m.last[key{r.Year - 1, r.Code, r.Edition}]
	x.Shown = true
	x.Total = Known{r.Total.Amount, true}
	switch {
	case f.LastTotal != nil && (before == nil || f.Compared()):
		x.Last = Known{f.LastTotal.Amount, true}
	case before != nil:
		x.Last = Known{before.Total.Amount, true}
	}
	if f.Performance != nil {
		x.Forms = FormCount(*f.Performance)
	}
	if f.Pack != "" {
		t.packs[Used{Pack: f.Pack, Version: f.PackVersion}]++
	}
	if !isUnit {
		t.add(x, &f, before)
	}
}

// problems are those of the roster, which every year has, and of the year's reviews.
func (m *maker) problems(d *District) {
	if m.roster != nil {
		d.Problems = append(d.Problems, m.roster.Problems...)
	}
	for i := range d.Departments {
		d.Problems = append(d.Problems, d.Departments[i].Review.Problems...)
	}
	if m.roster != nil && m.roster.Year == d.Year {
		d.Problems = append(d.Problems, m.roster.Against(m.Summary.Departments, m.reviews)...)
	}
	d.Problems = sorted(d.Problems)
}

// findings are those of the year's departments; of one that is not there they stand with the newest.
func (m *maker) findings(d *District) {
	of := map[string]int{}
	for i := range m.Summary.Departments {
		r := &m.Summary.Departments[i]
		of[r.Department] = m.yearOf(r)
	}
	for _, f := range m.Findings {
		if y, ok := of[f.Department]; y == d.Year || !ok && d.Year == m.years[0] {
			d.Findings = append(d.Findings, f)
		}
	}
}

// count counts states and rules, and what is in no sum.
func (d *District) count() {
	states, rules := map[State]int{}, map[string]int{}
	for i := range d.Departments {
		x := &d.Departments[i]
		states[x.State]++
		if !x.Shown {
			d.Missing++
		}
		if x.Record != nil {
			for _, r := range x.Record.Rules {
				rules[r]++
			}
		}
	}
	for _, s := range States() {
		d.States = append(d.States, StateCount{s, states[s]})
	}
	for r, n := range rules {
		d.Rules = append(d.Rules, RuleCount{r, batch.RuleTitle(r), n})
	}
	slices.SortFunc(d.Rules, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(b.Departments, a.Departments), cmp.Compare(a.Rule, b.Rule))
	})
}
