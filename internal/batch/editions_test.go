package batch

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/testdept"
)

// withUnits is a district of three departments: one with units, of which one has no budget of its own, one whose only
// unit with a budget is itself, one small.
func withUnits(t *testing.T) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	for file, f := range districtOf(2, testdept.Member) {
		if strings.HasPrefix(file, "data/2026/000002/") {
			m[file] = f
		}
	}
	for file, f := range district(1) {
		m[file] = f
	}
	const units = "data/2026/000002/units.toml"
	m[units].Data = append(m[units].Data, "\n[[unit]]\nname = \"槐安区第2档案分馆\"\nkind = \"公益一类\"\nbudget_within = \"000002001\"\n"...)
	return m
}

func editionsOf(t *testing.T, m fstest.MapFS, d *disk, e Editions) *Batch {
	b := batchOf(t, m, d)
	b.Editions = e
	return b
}

func TestEditions(t *testing.T) {
	m, d := withUnits(t), newDisk()
	plain := &Summary{Departments: run1(t, editionsOf(t, m, d, OfDepartment))}
	plain.Count()
	if n := len(plain.Departments); n != 2 || plain.Counts[Made] != 2 {
		t.Fatalf("departments alone: %d records, %v", n, plain.Counts)
	}
	all := &Summary{Departments: run1(t, editionsOf(t, m, d, OfAll))}
	all.Count()
	units := 0
	for i := range all.Departments {
		if r := &all.Departments[i]; r.Edition != "" {
			units++
			holdsItsOwn(t, m, d, r)
		}
	}
	if units < 2 || all.Counts[Made] != units || all.Counts[Unchanged] != 2 || len(d.pdfs()) != 2+units {
		t.Errorf("all editions: %d units, %v, files %v", units, all.Counts, d.pdfs())
	}
	if !reflect.DeepEqual(plain.Totals, all.Totals) {
		t.Errorf("totals with units\n%v\nwithout\n%v", all.Totals, plain.Totals)
	}

	// The units alone, into another folder: the same files and the same totals.
	own := newDisk()
	for again := range 2 {
		s := &Summary{Departments: run1(t, editionsOf(t, m, own, OfUnits))}
		s.Count()
		if s.Counts[Checked] != 2 || s.Counts[Made]+s.Counts[Unchanged] != units || again == 1 && s.Counts[Made] > 0 {
			t.Errorf("units alone, run %d: %v", again, s.Counts)
		}
		if !reflect.DeepEqual(plain.Totals, s.Totals) {
			t.Errorf("totals of units alone, run %d\n%v\nwant\n%v", again, s.Totals, plain.Totals)
		}
	}
	for _, name := range own.pdfs() {
		if !bytes.Equal(own.files[name], d.files[name]) {
			t.Errorf("%s differs by what else is asked for", name)
		}
	}
	if got := statuses(run1(t, editionsOf(t, m, own, OfAll))); got[Made] != 2 || got[Unchanged] != units {
		t.Errorf("departments after units: %v", got)
	}
}

// holdsItsOwn holds that a unit's document is what a build of its edition alone makes.
func holdsItsOwn(t *testing.T, m fstest.MapFS, d *disk, r *Record) {
	t.Helper()
	w, err := sharedOnce().Check(build.Input{Data: m, Dir: "data/" + r.Department, PriorDir: "data/2025/000002", Edition: r.Edition})
	if err != nil {
		t.Fatal(err)
	}
	want, err := w.PDF(w.Typeset(), nil)
	if err != nil || !bytes.Equal(want, d.files[r.Output]) {
		t.Errorf("%s, %s: not the document of a build (%v)", r.Title(), r.Output, err)
	}
	if !strings.HasSuffix(r.Output, "年单位预算.pdf") || r.Total.IsZero() || r.Name == "" {
		t.Errorf("%s: %+v", r.Title(), r)
	}
}

// TestEditionsAnew changes what some editions depend on.
func TestEditionsAnew(t *testing.T) {
	m, d := withUnits(t), newDisk()
	records := run1(t, editionsOf(t, m, d, OfAll))
	units := len(records) - 2
	unit := records[slices.IndexFunc(records, func(r Record) bool { return r.Edition != "" })]

	delete(d.stamps, unit.Output)
	if got := statuses(run1(t, editionsOf(t, m, d, OfAll))); got[Made] != 1 || got[Unchanged] != units+1 {
		t.Errorf("a unit's file gone: %v", got)
	}
	if got := statuses(run1(t, editionsOf(t, m, d, OfAll))); got[Unchanged] != units+2 {
		t.Errorf("after that: %v", got)
	}

	// A unit that lists its duties with a character that no font has fails with its department, and alone of the units.
	f := m["data/2026/000002/units.toml"]
	good := f.Data
	f.Data = bytes.Replace(good, []byte("code = \""+unit.unit()+"\""), []byte("duties = [\"\U0003134A\"]\ncode = \""+unit.unit()+"\""), 1)
	got := run1(t, editionsOf(t, m, d, OfAll))
	for i := range got {
		r := &got[i]
		bad := r.Edition == unit.Edition && r.Department == unit.Department
		if bad != (r.Status == BadData) {
			t.Errorf("%s: %s %s", r.Title(), r.Status, r.Message)
		}
	}
	report := Reports + "/2026/000002/" + unit.unit() + ".txt"
	if !bytes.Contains(d.files[report], []byte("字形-001")) {
		t.Errorf("no report of the unit among %v", keys(d.files))
	}
	f.Data = good
	run1(t, editionsOf(t, m, d, OfAll))
	if bytes.Contains(d.files[report], []byte("字形-001")) {
		t.Error("the report of a mended unit stays")
	}
}

func keys(m map[string][]byte) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// TestClaims holds whose document keeps a name and what the others are told.
func TestClaims(t *testing.T) {
	c := claims{byName: map[string]*claim{}}
	write := func() ([]Stamp, error) { return nil, nil }
	files := []placed{{FormFile: FormFile{Output: "n"}}}
	for _, x := range []struct {
		o    owner
		fail string
	}{{owner{"2026/b", "unit:1"}, ""}, {owner{"2026/b", ""}, ""}, {owner{"2026/b", "unit:0"}, "单位的文件与部门或另一单位的文件同名"}, {owner{"2026/c", ""}, "两个部门的名称和年度相同"}, {owner{"2026/a", ""}, ""}} {
		_, err := c.place(files, x.o, write)
		if (err == nil) != (x.fail == "") || err != nil && !strings.Contains(err.Error(), x.fail) {
			t.Errorf("%v: %v, want %q", x.o, err, x.fail)
		}
	}
}

// TestRenamed gives a department a new name: its document of the old name goes, unless somebody changed it.
func TestRenamed(t *testing.T) {
	for _, touched := range []bool{false, true} {
		m, d := district(2), newDisk()
		before := run1(t, batchOf(t, m, d))[0].Output
		if touched {
			d.stamps[before] = Stamp{1, 1}
		}
		f := m["data/2026/000001/department.toml"]
		f.Data = bytes.ReplaceAll(f.Data, []byte("第1档案馆"), []byte("第一档案馆"))
		after := run1(t, batchOf(t, m, d))[0].Output
		if _, stays := d.files[before]; stays != touched || after == before || d.files[after] == nil {
			t.Errorf("touched %v: before %s, after %s, files %v", touched, before, after, d.pdfs())
		}
	}
}

func TestShardsOfEditions(t *testing.T) {
	m, whole, d := withUnits(t), newDisk(), newDisk()
	one := &Summary{Program: "test", Editions: OfAll, Departments: run1(t, editionsOf(t, m, whole, OfAll))}
	one.Count()
	var parts []*Summary
	for i := 1; i <= 3; i++ {
		shard := Shard{i, 3}
		b := editionsOf(t, m, d, OfAll)
		b.Departments = shard.Take(b.Departments)
		s := &Summary{Program: "test", Editions: OfAll, Shard: []string{"1/3", "2/3", "3/3"}[i-1], Departments: run1(t, b)}
		back, err := ReadSummary(strings.NewReader(text(s)), nil)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, back)
	}
	merged, err := Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	merged.Count()
	if a, b := text(one), text(merged); a != b {
		t.Errorf("one run:\n%s\nmerged:\n%s", a, b)
	}
	if !reflect.DeepEqual(d.files, whole.files) {
		t.Error("files differ")
	}
	parts[0].Editions = OfUnits
	if _, err := Merge(parts); err == nil {
		t.Error("shards of different editions were merged")
	}
}
