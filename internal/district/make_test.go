package district_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/batch"
	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/font"
	"yusuan/templates"
)

var shared = sync.OnceValue(func() *build.Shared {
	lib, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test",
		OwnFonts: func(o []font.Override) (*font.Library, error) { return fonts.Library(o...) }}
})

// members are n departments of 2026. Every fifth has a folder of last year, with amounts and units of its own; the others state
// what they know of it.
func members(n int) fstest.MapFS {
	m := fstest.MapFS{}
	for i := range n {
		dir, files := testdept.Member(i)
		for name, text := range files {
			if i%5 == 0 && name == "prior.toml" {
				text, _, _ = bytes.Cut(text, []byte("[prior]"))
			}
			m[path.Join(dir, name)] = &fstest.MapFile{Data: text}
		}
		if i%5 == 0 {
			other, files := testdept.Member(i + 1000)
			for name, text := range files {
				text = bytes.ReplaceAll(text, []byte(path.Base(other)), []byte(path.Base(dir)))
				m[path.Join("2025", path.Base(dir), name)] = &fstest.MapFile{Data: earlier(text)}
			}
			var codes strings.Builder // that the catalogue of last year has not
			for _, c := range []string{"20199", "2019999", "21208", "2120803"} {
				fmt.Fprintf(&codes, "[[code]]\nkind = \"功能\"\ncode = %q\nname = \"去年的%s\"\n", c, c)
			}
			m[path.Join("2025", path.Base(dir), "codes.toml")] = &fstest.MapFile{Data: []byte(codes.String())}
		}
	}
	return m
}

// earlier is a file a year earlier.
func earlier(text []byte) []byte {
	for y := testdept.Year - 2; y <= testdept.Year+1; y++ {
		text = bytes.ReplaceAll(text, []byte(strconv.Itoa(y)), []byte(strconv.Itoa(y-1)))
	}
	return text
}

// inputOf is where a department's data lie.
func inputOf(fsys fs.FS, department string) build.Input {
	in := build.Input{Data: fsys, Dir: department}
	if year, code := path.Split(department); year == "2026/" {
		in.PriorDir = "2025/" + code
	}
	return in
}

// run makes a batch of all departments below the root of fsys. No file is kept.
func run(t testing.TB, fsys fs.FS, shard batch.Shard) *batch.Summary {
	t.Helper()
	all, err := batch.Find(fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	b := &batch.Batch{Shared: shared(), Departments: shard.Take(all), All: all, Editions: batch.OfDepartment, Workers: 2, Machine: batch.Machine{
		Input: func(d string) (build.Input, error) { return inputOf(fsys, d), nil },
		Write: func(files []batch.Content) ([]batch.Stamp, error) { return make([]batch.Stamp, len(files)), nil },
		Stamp: func(string) (batch.Stamp, bool) { return batch.Stamp{}, false }, Remove: func(string) error { return nil },
		Append: func([]byte) error { return nil }, Full: func(error) bool { return false }, Clock: func() time.Duration { return 0 },
	}}
	records, err := b.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &batch.Summary{Program: "test", Departments: records, Editions: batch.OfDepartment}
	if shard.Of > 1 {
		s.Shard = fmt.Sprintf("%d/%d", shard.Index, shard.Of)
	}
	s.Count()
	return s
}

// forty is a district of forty departments of 2026 of which five cannot be made, each for another reason.
func forty(t *testing.T) (fstest.MapFS, []string) {
	t.Helper()
	m := members(40)
	spoil := func(file, from, to string) {
		f := m[file]
		if f == nil || !strings.Contains(string(f.Data), from) {
			t.Fatalf("%s has no %q", file, from)
		}
		f.Data = []byte(strings.Replace(string(f.Data), from, to, 1))
	}
	spoil("2026/000002/department.toml", "[department]", "[department")
	spoil("2026/000009/department.toml", "template = \"", "template = \"没有")
	spoil("2026/000013/basic.toml", "economic = \"301", "economic = \"999")
	spoil("2026/000021/prior.toml", "amount = ", "amount = 1")
	spoil("2026/000031/department.toml", "name = \"", "name = \"\U0003134A")
	return m, []string{"2026/000002", "2026/000009", "2026/000013", "2026/000021", "2026/000031"}
}

// identity is what a printed number asks of the expenditure, whatever table it stands in: one fund, kind or code, or all.
func identity(q budget.Query) (batch.Level, string, bool) {
	level, part := batch.All, ""
	for _, c := range q.Conditions() {
		switch {
		case c.Key == "side" && slices.Equal(c.Values, []string{"支出"}):
			continue
		case c.Not || len(c.Values) != 1 || level != batch.All:
			return "", "", false
		}
		part = c.Values[0]
		switch c.Key + fmt.Sprint(len(part)) {
		case "function3":
			level = batch.ByClass
		case "function5":
			level = batch.ByGroup
		case "function7":
			level = batch.ByItem
		case "economic3":
			level = batch.ByEconomy
		case "economic5":
			level = batch.ByEconomyPart
		default:
			switch c.Key {
			case "fund":
				level = batch.ByFund
			case "kind":
				level = batch.ByKind
			default:
				return "", "", false
			}
		}
	}
	return level, part, true
}

type part struct {
	level batch.Level
	part  string
}

// printed are the numbers that a department's tables print, by what they ask.
func printed(t *testing.T, fsys fs.FS, department string) (out map[part]money.Amount, w *build.Work) {
	t.Helper()
	w, err := shared().Check(inputOf(fsys, department))
	if err != nil {
		t.Fatal(err)
	}
	out = map[part]money.Amount{}
	for _, table := range w.Numbers.Tables() {
		s := w.Numbers.Table(table.ID)
		s.Each(func(ref schedule.Ref) {
			v := s.Value(ref)
			if v.Kind != schedule.ValueSum || len(v.Sums) != 1 {
				return
			}
			level, name, ok := identity(v.Sums[0])
			if !ok {
				return
			}
			k := part{level, name}
			if old, there := out[k]; there && !old.Equal(v.Exact) {
				t.Errorf("%s: %v is printed as %s and as %s", department, k, old, v.Exact)
			}
			out[k] = v.Exact
		})
	}
	return out, w
}

// lines are the lines of a district's views by what they ask.
func lines(d *district.District) map[part]district.Line {
	out := map[part]district.Line{}
	for i, levels := range [][]batch.Level{{batch.ByFund}, {batch.ByClass, batch.ByGroup, batch.ByItem}, {batch.ByEconomy, batch.ByEconomyPart}, {batch.ByKind}} {
		for _, l := range d.Views[i].Lines {
			switch {
			case l.Level == 0:
				out[part{batch.All, ""}] = l
			case len(levels) == 1:
				out[part{levels[0], l.Name}] = l
			case l.Code != "":
				out[part{levels[l.Level-1], l.Code}] = l
			}
		}
	}
	return out
}

// levelOf is what a line of the economic view asks.
func levelOf(l district.Line) part {
	return part{[]batch.Level{batch.All, batch.ByEconomy, batch.ByEconomyPart}[l.Level], l.Code}
}

// TestDistrictIsTheDocuments: what the district's tables say is the sum of what the tables of its documents print, number by number
// by what they ask; what could not be made is in no sum.
func TestDistrictIsTheDocuments(t *testing.T) {
	m, broken := forty(t)
	s := run(t, m, batch.Shard{})
	all := district.Make(s, nil, nil, nil)
	if len(all) != 2 || all[0].Year != 2026 || all[1].Year != 2025 {
		t.Fatalf("%d districts", len(all))
	}
	for _, d := range all {
		sums := map[part]money.Amount{}
		seen := map[batch.Level]int{}
		for i := range d.Departments {
			x := &d.Departments[i]
			if bad := slices.Contains(broken, x.Record.Department); bad == x.Shown || bad != (x.State == district.Faulty) {
				t.Errorf("%s: %s, shown %v: %s", x.Record.Department, x.State, x.Shown, x.Record.Message)
			}
			if !x.Shown {
				if x.Total.Known || x.Last.Known {
					t.Errorf("%s has errors and shows %v %v", x.Record.Department, x.Total, x.Last)
				}
				continue
			}
			own, w := printed(t, m, x.Record.Department)
			for k, a := range own {
				sums[k] = sums[k].Add(a)
			}
			for _, l := range d.Views[2].Lines[1:] { // no table prints the economy of all expenditure
				if k := levelOf(l); l.Code != "" {
					q, err := budget.ParseQuery("economic=" + l.Code)
					if err != nil {
						t.Fatal(err)
					}
					sums[k] = sums[k].Add(w.Budget.Sum(q))
				}
			}
			if total := w.Budget.Sum(w.Pack.Figures["total"].Query); !total.Equal(x.Total.Amount) {
				t.Errorf("%s: total %s, its document %s", x.Code, x.Total, total)
			}
		}
		got := lines(d)
		for k, want := range sums {
			seen[k.level]++
			if l := got[k]; !l.Now.Equal(want) {
				t.Errorf("%d %v: the district has %s, the documents together %s", d.Year, k, l.Now, want)
			}
		}
		for _, l := range batch.Levels() {
			if seen[l] == 0 {
				t.Errorf("%d: no table prints a number by %s", d.Year, l)
			}
		}
		addsUp(t, d)
	}
	if d := all[0]; d.Missing != len(broken) || len(d.Departments) != 40 {
		t.Errorf("%d missing of %d", d.Missing, len(d.Departments))
	}
	holdsTotals(t, all, s)
}

// addsUp holds that all views say the same, and each level what the level above says.
func addsUp(t *testing.T, d *district.District) {
	t.Helper()
	for _, v := range d.Views {
		if a, b := v.Lines[0], d.Views[0].Lines[0]; !a.Now.Equal(b.Now) {
			t.Errorf("%d %s: %s, %s by %s", d.Year, v.By, a.Now, b.Now, d.Views[0].By)
		}
		sums := map[int]money.Amount{}
		var above [4]district.Line
		close := func(level int) {
			for l := 3; l > level; l-- {
				if a, there := sums[l]; there {
					if !a.Equal(above[l-1].Now) {
						t.Errorf("%d %s: below %v is %s", d.Year, v.By, above[l-1], a)
					}
					delete(sums, l)
				}
			}
		}
		for _, l := range v.Lines {
			close(l.Level)
			sums[l.Level] = sums[l.Level].Add(l.Now)
			above[l.Level] = l
		}
		close(0)
	}
	var rows money.Amount
	columns := make([]money.Amount, len(d.Matrix.Classes))
	for _, r := range d.Matrix.Rows {
		rows = rows.Add(r.Total)
		if sum := money.Sum(r.Amounts...); !sum.Equal(r.Total) {
			t.Errorf("%d %s: the row of the matrix is %s, its total %s", d.Year, r.Code, sum, r.Total)
		}
		for i, a := range r.Amounts {
			columns[i] = columns[i].Add(a)
		}
	}
	for i, c := range d.Matrix.Classes {
		if !columns[i].Equal(c.Now) {
			t.Errorf("%d: the column %s of the matrix is %s, not %s", d.Year, c.Code, columns[i], c.Now)
		}
	}
	if all := d.Views[0].Lines[0].Now; !rows.Equal(all) {
		t.Errorf("%d: the matrix sums to %s, the views to %s", d.Year, rows, all)
	}
}

// holdsTotals holds the views against district.csv.
func holdsTotals(t *testing.T, all []*district.District, s *batch.Summary) {
	t.Helper()
	for _, d := range all {
		sums := map[part]money.Amount{}
		for _, x := range s.Totals {
			if x.Year != d.Year {
				continue
			}
			for _, k := range []part{{batch.All, ""}, {batch.ByFund, x.Fund}, {batch.ByKind, x.Kind}, {batch.ByClass, x.Class}} {
				sums[k] = sums[k].Add(x.Amount.Amount)
			}
		}
		got := lines(d)
		for k, want := range sums {
			if l := got[k]; !l.Now.Equal(want) {
				t.Errorf("%d %v: %s, district.csv %s", d.Year, k, l.Now, want)
			}
		}
	}
}

// again writes a summary and reads it.
func again(t *testing.T, s *batch.Summary) *batch.Summary {
	t.Helper()
	var b bytes.Buffer
	if err := s.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	out, err := batch.ReadSummary(&b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
