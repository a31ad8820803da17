package district_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// query is what a line asks of a budget.
func (p part) query(t *testing.T) budget.Query {
	t.Helper()
	words := map[batch.Level]string{batch.All: "side=支出", batch.ByFund: "fund=", batch.ByKind: "kind=", batch.ByClass: "function=", batch.ByGroup: "function=",
		batch.ByItem: "function=", batch.ByEconomy: "economic=", batch.ByEconomyPart: "economic="}
	q, err := budget.ParseQuery(words[p.level] + p.part)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// years are the departments of one year.
func years(m fstest.MapFS, year string) fstest.MapFS {
	m = maps.Clone(m)
	maps.DeleteFunc(m, func(name string, _ *fstest.MapFile) bool { return !strings.HasPrefix(name, year+"/") })
	return m
}

// TestLastYear: last year's numbers are those of last year's folders, and of stated figures where they say the whole of a line; what
// is not known of one department is not known of the district, and how many they are is said.
func TestLastYear(t *testing.T) {
	m := members(20)
	s := run(t, years(m, "2026"), batch.Shard{})
	if s.Counts[batch.Made] != 20 {
		t.Fatalf("%v", s.Counts)
	}
	known := run(t, m, batch.Shard{})
	d := district.Make(known, nil, nil, nil)[0]
	var works []*build.Work
	for i := range d.Departments {
		w, err := shared().Check(inputOf(m, d.Departments[i].Record.Department))
		if err != nil {
			t.Fatal(err)
		}
		works = append(works, w)
	}
	folders := 0
	for k, l := range lines(d) {
		var want money.Amount
		unknown := 0
		for _, w := range works {
			stated, there := w.Prior.Amounts["general"]
			switch general := (k == part{batch.ByFund, "一般公共预算"}); {
			case w.Prior.Last != nil:
				want = want.Add(w.Prior.Last.Sum(k.query(t)))
				folders++
			case general && there:
				want = want.Add(stated)
			default:
				unknown++
			}
		}
		if l.Unknown != unknown || !l.Like.Last.Equal(want) || l.Last.Known != (unknown == 0) || l.Last.Known && !l.Last.Equal(want) {
			t.Errorf("%v: last year %+v, unknown of %d, like %s; want %s, unknown of %d", k, l.Last, l.Unknown, l.Like.Last, want, unknown)
		}
	}
	if folders == 0 {
		t.Error("no department has a folder of last year")
	}
	holdsFigures(t, d, works)
	if l := lines(d)[part{batch.ByFund, "一般公共预算"}]; !l.Last.Known {
		t.Error("the general fund of last year is stated by all, and not known")
	}

	// Last year's batch says what the folders say.
	last := run(t, years(m, "2025"), batch.Shard{})
	with := district.Make(s, nil, nil, last.Departments)[0]
	for k, l := range lines(d) {
		if x := lines(with)[k]; k.level != batch.ByFund && (!x.Like.Last.Equal(l.Like.Last) || x.Unknown != l.Unknown) {
			t.Errorf("%v: last year's batch says %+v, the folders %+v", k, x, l)
		}
	}
	for i := range d.Departments {
		if a, b := d.Departments[i], with.Departments[i]; a.Last != b.Last {
			t.Errorf("%s: last year %v of its folder, %v of last year's batch", a.Code, a.Last, b.Last)
		}
		for c := range district.Columns {
			if a, b := d.ThreePublic[i+1].Last[c], with.ThreePublic[i+1].Last[c]; a != b {
				t.Errorf("%s: column %d of last year %v of its folder, %v of last year's batch", d.Departments[i].Code, c, a, b)
			}
		}
	}
}

// holdsFigures holds 三公经费 and 机关运行经费 against what the documents' figures are by role.
func holdsFigures(t *testing.T, d *district.District, works []*build.Work) {
	t.Helper()
	var sums [district.Columns]money.Amount
	for i, w := range works {
		f := d.ThreePublic[i+1]
		for c, role := range batch.DistrictRoles() {
			for _, name := range w.Pack.FigureNames {
				x := w.Pack.Figures[name]
				if string(x.Role) != role {
					continue
				}
				want, known := w.Prior.Amounts[name]
				if !f.Now[c].Equal(w.Budget.Sum(x.Query)) || known && (!f.Last[c].Known || !f.Last[c].Equal(want)) {
					t.Errorf("%s %s: %v and last year %v, its document has %s and %s", f.Code, role, f.Now[c], f.Last[c], w.Budget.Sum(x.Query), want)
				}
			}
			sums[c] = sums[c].Add(f.Now[c].Amount)
		}
	}
	for c, want := range sums {
		all := d.ThreePublic[0]
		if !all.Now[c].Equal(want) || all.Last[c].Known != (d.NoLast[c] == 0) {
			t.Errorf("column %d: together %v, last year %v, not known of %d; want %s", c, all.Now[c], all.Last[c], d.NoLast[c], want)
		}
	}
}

// newFields are those that summaries of earlier versions have not.
var newFields = []string{"pack", "pack_version", "spending", "last_total", "roles", "projects", "procurement", "performance"}

// earlierVersion is a summary as an earlier version wrote it.
func earlierVersion(t *testing.T, s *batch.Summary) *batch.Summary {
	t.Helper()
	var b bytes.Buffer
	if err := s.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	for _, r := range all["departments"].([]any) {
		for _, name := range newFields {
			if _, there := r.(map[string]any)[name]; !there && name == "spending" {
				t.Fatalf("no %s in %v", name, r)
			}
			delete(r.(map[string]any), name)
		}
	}
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	out, err := batch.ReadSummary(bytes.NewReader(raw), nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEarlierSummaries: a summary of an earlier version says of last year what it knows, classes, funds and kinds, and of the rest
// nothing is claimed.
func TestEarlierSummaries(t *testing.T) {
	m := members(10)
	s, last := run(t, years(m, "2026"), batch.Shard{}), run(t, years(m, "2025"), batch.Shard{})
	maps.DeleteFunc(m, func(name string, _ *fstest.MapFile) bool { return path.Dir(path.Dir(name)) == "2025" })
	want := lines(district.Make(s, nil, nil, last.Departments)[0])
	got := lines(district.Make(s, nil, nil, earlierVersion(t, last).Departments)[0])
	for k, l := range got {
		w := want[k]
		switch k.level {
		case batch.ByGroup, batch.ByItem, batch.ByEconomy, batch.ByEconomyPart:
			if l.Last.Known || !l.Like.Last.IsZero() || l.Unknown != 10 {
				t.Errorf("%v: last year %+v of a summary that does not have it", k, l)
			}
		default:
			if !l.Like.Last.Equal(w.Like.Last) || l.Unknown != w.Unknown {
				t.Errorf("%v: %+v, want %+v", k, l, w)
			}
		}
	}
	if old := district.Make(earlierVersion(t, s), nil, nil, nil)[0]; !old.Views[0].Lines[0].Now.Equal(want[part{batch.All, ""}].Now) || old.Departments[0].Forms.Due != 0 {
		t.Errorf("of this year: %+v", old.Views[0].Lines[0])
	}
	if d := district.Make(again(t, s), nil, nil, nil); !reflect.DeepEqual(lines(d[0]), lines(district.Make(s, nil, nil, nil)[0])) {
		t.Error("a summary that is read again makes another district")
	}
}

// TestStates: how far a department is, by roster, data and review.
func TestStates(t *testing.T) {
	day := func(d int) district.Step {
		return district.Step{Date: time.Date(2026, 2, d, 0, 0, 0, 0, time.UTC), Who: "甲"}
	}
	record := func(code string, status batch.Status) batch.Record {
		return batch.Record{Department: "2026/" + code, Code: code, Name: "部门" + code, Year: 2026, Status: status}
	}
	unread := batch.Record{Department: "2026/107", Status: batch.BadData, Errors: 1}
	s := &batch.Summary{Departments: []batch.Record{record("101", batch.Made), record("102", batch.Unchanged), record("103", batch.Made), record("104", batch.Made),
		record("105", batch.BadData), record("106", batch.Crashed), unread, record("108", batch.Checked), record("110", batch.Refused), {Department: "2026/111", Status: batch.NotDone}}}
	roster := &district.Roster{File: "district.toml", Name: "槐安区", Year: 2026, Approved: time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC), Departments: []district.Listed{
		{Code: "101", Name: "部门101", Section: "行政科"}, {Code: "107", Name: "部门107"}, {Code: "109", Name: "部门109", Section: "农业科"}}}
	reviews := map[string]district.Review{
		"2026/102": {Given: true, Confidential: day(1)},
		"2026/103": {Given: true, Confidential: day(1), Signed: day(2)},
		"2026/104": {Given: true, Confidential: day(1), Signed: day(2), Published: day(3)},
		"2026/105": {Given: true, Confidential: day(1), Signed: day(2), Published: day(3)},
	}
	d := district.Make(s, roster, reviews, nil)
	if len(d) != 1 {
		t.Fatalf("%d districts", len(d))
	}
	want := map[string]district.State{"101": district.Ready, "102": district.Waiting, "103": district.Ready, "104": district.Published, "105": district.Faulty,
		"106": district.Faulty, "107": district.Faulty, "108": district.Ready, "109": district.Absent, "110": district.Faulty, "": district.Waiting}
	got := map[string]district.State{}
	var codes []string
	for _, x := range d[0].Departments {
		got[x.Code], codes = x.State, append(codes, x.Code)
	}
	if !maps.Equal(got, want) {
		t.Errorf("states %v, want %v", got, want)
	}
	if !slices.Equal(codes, []string{"101", "102", "103", "104", "105", "106", "107", "108", "109", "110", ""}) { // whose folder is 111
		t.Errorf("in the order %v", codes)
	}
	if x := d[0].Departments[4]; !x.Review.Published.Done() || x.Shown || x.Total.Known {
		t.Errorf("published, with errors now: %+v", x)
	}
	if x := d[0].Departments; x[0].Section != "行政科" || x[6].Name != "部门107" || x[8].Section != "农业科" || d[0].Missing != 6 {
		t.Errorf("%d missing; of the roster: %+v", d[0].Missing, x)
	}
	counts := map[district.State]int{}
	for _, c := range d[0].States {
		counts[c.State] = c.Count
	}
	if !maps.Equal(counts, map[district.State]int{district.Absent: 1, district.Faulty: 4, district.Waiting: 2, district.Ready: 3, district.Published: 1}) {
		t.Errorf("counts %v", d[0].States)
	}
}

// TestFiguresByRole: packs call figures what they like and state last year's in parts; the district knows them by role, and the sum of
// last year's parts where all of them are known.
func TestFiguresByRole(t *testing.T) {
	fsys := os.DirFS("../../testdata/departments")
	s := run(t, fsys, batch.Shard{})
	packs := map[string]bool{}
	for _, d := range district.Make(s, nil, nil, nil) {
		for i := range d.Departments {
			x := &d.Departments[i]
			if !x.Shown {
				t.Fatalf("%s: %s", x.Record.Department, x.Record.Message)
			}
			w, err := shared().Check(inputOf(fsys, x.Record.Department))
			if err != nil {
				t.Fatal(err)
			}
			packs[w.Pack.ID] = true
			f := d.ThreePublic[i+1]
			for c, role := range batch.DistrictRoles() {
				q := w.Pack.RoleQuery(pack.FigureRole(role))
				if !f.Now[c].Known || !f.Now[c].Equal(w.Budget.Sum(q)) {
					t.Errorf("%s %s: %v, its document has %s", x.Code, role, f.Now[c], w.Budget.Sum(q))
				}
			}
			if parts := money.Sum(f.Last[district.Overseas].Amount, f.Last[district.Vehicles].Amount, f.Last[district.Reception].Amount); f.Last[district.ThreePublicTotal].Known &&
				!parts.Equal(f.Last[district.ThreePublicTotal].Amount) {
				t.Errorf("%s: last year's parts are %s, their sum is %s", x.Code, parts, f.Last[district.ThreePublicTotal])
			}
			if figure := w.Pack.RoleFigure(pack.FigureOverseas); figure != nil && figure.Prior {
				if _, stated := w.Prior.Amounts[figure.Name]; stated && !f.Last[district.ThreePublicTotal].Known {
					t.Errorf("%s: the parts of last year are stated, and their sum is not known", x.Code)
				}
			}
		}
		addsUp(t, d)
	}
	if len(packs) < 3 {
		t.Errorf("of %d packs alone: %v", len(packs), packs)
	}
}

// TestUndisclosedLastYear: where last year's money stands under a stand-in for codes that nobody published, no class knows its last
// year, and the whole does.
func TestUndisclosedLastYear(t *testing.T) {
	d := district.Make(run(t, os.DirFS("../../data"), batch.Shard{}), nil, nil, nil)[0]
	got := lines(d)
	if len(d.Departments) != 1 || len(got) < 20 || !got[part{batch.All, ""}].Last.Known || !got[part{batch.ByKind, "基本支出"}].Last.Known {
		t.Fatalf("%+v", got[part{batch.All, ""}])
	}
	for k, l := range got {
		switch k.level {
		case batch.ByClass, batch.ByGroup, batch.ByItem, batch.ByEconomy, batch.ByEconomyPart:
			if l.Last.Known || l.Unknown != 1 || !l.Like.Last.IsZero() {
				t.Errorf("%v: last year %+v, which nobody published", k, l)
			}
		}
	}
}
