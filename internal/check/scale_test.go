package check_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/source"
	"yusuan/internal/testdept"
	"yusuan/templates"
)

// scaled is a department whose amounts can be changed.
type scaled struct {
	name string
	in   check.Input
	cat  *classify.Catalogue
}

// departments are those at hand, and some that do not exist.
func departments(t *testing.T) []scaled {
	t.Helper()
	s := &build.Shared{Packs: templates.FS, Catalogue: data.Catalogue()}
	var out []scaled
	add := func(name string, in build.Input) {
		w, err := s.Check(in)
		if err != nil || w.Budget == nil {
			t.Fatal(name, err)
		}
		cat, err := classify.Load(data.Catalogue(), w.Budget.Facts.Department.Year.V)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, scaled{name, check.Input{Pack: w.Pack, Budget: w.Budget, Prior: w.Prior, Numbers: w.Numbers, PriorFolder: w.Prior.Last != nil}, cat})
	}
	root := os.DirFS("../..")
	add("338 of 2026 and 2025", build.Input{Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338"})
	for _, dir := range []string{"data/2026/338", "data/2025/338", "testdata/departments/2018/101", "testdata/departments/2025/010",
		"testdata/departments/2026/415", "testdata/departments/2026/501"} {
		add(dir, build.Input{Data: root, Dir: dir})
	}
	for seed := range uint64(8) {
		files := fstest.MapFS{}
		for name, text := range testdept.Files(seed) {
			files["d/"+name] = &fstest.MapFile{Data: text}
		}
		add(fmt.Sprintf("testdept %d", seed), build.Input{Data: files, Dir: "d"})
	}
	return out
}

// leaf is an amount of expenditure, with the place where it is told of.
type leaf struct {
	*source.Amount
	at diag.Range
}

func (s *scaled) leaves() []leaf {
	f := s.in.Budget.Facts
	var out []leaf
	for i := range f.Basic {
		out = append(out, leaf{&f.Basic[i].Amount, f.Basic[i].At})
	}
	for i := range f.ByFunction {
		x := &f.ByFunction[i]
		out = append(out, leaf{&x.Personnel, x.Personnel.At}, leaf{&x.Public, x.Public.At})
	}
	for i := range f.ByEconomic {
		x := &f.ByEconomic[i]
		out = append(out, leaf{&x.Personnel, x.Personnel.At}, leaf{&x.Public, x.Public.At}, leaf{&x.Amount, x.At})
	}
	for i := range f.Others {
		out = append(out, leaf{&f.Others[i].Amount, f.Others[i].At})
	}
	for i := range f.Projects {
		p := &f.Projects[i]
		if len(p.Lines) == 0 {
			out = append(out, leaf{&p.Amount, p.Amount.At})
		}
		for k := range p.Lines {
			out = append(out, leaf{&p.Lines[k].Amount, p.Lines[k].Amount.At})
		}
	}
	return slices.DeleteFunc(out, func(a leaf) bool { return a.Sign() <= 0 })
}

// with finds what is said when some amounts are so many times what they are.
func (s *scaled) with(list []leaf, times string) []diag.Diagnostic {
	was := make([]source.Amount, len(list))
	for i, a := range list {
		was[i] = *a.Amount
		a.Amount.Amount = a.Times(times)
	}
	in := s.in
	in.Budget, _ = budget.New(s.in.Budget.Facts, s.cat)
	found := check.Magnitudes(&in)
	for i, a := range list {
		*a.Amount = was[i]
	}
	return found
}

// at reports whether something is said at a place, or of its file.
func at(found []diag.Diagnostic, place diag.Range) bool {
	return slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
		return d.At.File == place.File && (d.At.Start.Line == place.Start.Line || d.Rule == "量级-004")
	})
}

// TestNoMagnitudeOfDepartments: nothing is said of the departments as they are.
func TestNoMagnitudeOfDepartments(t *testing.T) {
	for _, s := range departments(t) {
		if found := s.with(nil, "1"); len(found) > 0 {
			t.Errorf("%s: %v", s.name, found)
		}
	}
}

// TestSlipsOfOneLine: of single amounts that somebody wrote in 元 for 万元, or the other way round, nearly all are told of,
// at their line, and nothing else is. What is missed are the smallest lines of departments with few of their kind.
func TestSlipsOfOneLine(t *testing.T) {
	for _, times := range []string{"10000", "0.0001"} {
		found, all := map[bool]int{}, map[bool]int{}
		for _, s := range departments(t) {
			invented := strings.HasPrefix(s.name, "testdept")
			for _, a := range s.leaves() {
				all[invented]++
				list := s.with([]leaf{a}, times)
				if at(list, a.at) {
					found[invented]++
				}
				if len(list) > 1 {
					t.Errorf("%s, %s元×%s: one slip, %d findings: %v", s.name, a.Amount, times, len(list), list)
				}
			}
		}
		for invented, n := range all {
			if share := found[invented] * 1000 / n; share < 960 || n < 200 {
				t.Errorf("×%s (invented %v): %d of %d are told of", times, invented, found[invented], n)
			}
		}
	}
}

// TestSlipsOfTwoLines: two lines that stand together, both mistyped, do not hide each other.
func TestSlipsOfTwoLines(t *testing.T) {
	for _, times := range []string{"10000", "0.0001"} {
		found, all := 0, 0
		for _, s := range departments(t) {
			list := s.leaves()
			for i := range len(list) - 1 {
				a, b := list[i], list[i+1]
				if len(list) < 10 || a.at.File != b.at.File {
					continue
				}
				all++
				if told := s.with([]leaf{a, b}, times); at(told, a.at) && at(told, b.at) {
					found++
				}
			}
		}
		if found*1000/all < 940 || all < 500 {
			t.Errorf("×%s: both of %d in %d pairs are told of", times, found, all)
		}
	}
}

// TestSlipsOfFiles: a whole file in the other unit is told of once, for the file.
func TestSlipsOfFiles(t *testing.T) {
	told, all := 0, 0
	for _, s := range departments(t) {
		files := map[string][]leaf{}
		for _, a := range s.leaves() {
			files[a.at.File] = append(files[a.at.File], a)
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			list := files[name]
			for _, times := range []string{"10000", "0.0001"} {
				if len(list) < 5 {
					continue
				}
				all++
				found := s.with(list, times)
				if len(found) == 1 && found[0].Rule == "量级-004" && found[0].At.File == name {
					told++
					continue
				}
				if len(found) == 0 || len(found) > 3 {
					t.Errorf("%s ×%s: %d findings %v", name, times, len(found), found)
				}
				t.Logf("%s %s ×%s: %d findings %v", s.name, name, times, len(found), found)
			}
		}
	}
	if told != all || all < 30 {
		t.Errorf("%d of %d files are told of once", told, all)
	}
}

// TestSlipsOfLastYear: of last year's figures in the other unit one thing is said, at their table; of a single one, for an
// item or an economic group, at the figure.
func TestSlipsOfLastYear(t *testing.T) {
	for _, s := range departments(t) {
		p := s.in.Budget.Facts.Prior
		if p == nil || s.in.PriorFolder || strings.HasPrefix(s.name, "testdept") { // where last year is drawn by lot
			continue
		}
		scaled := func(times string, which func(name string) bool) []diag.Diagnostic {
			in := s
			in.in.Prior.Amounts = maps.Clone(s.in.Prior.Amounts)
			for name, a := range in.in.Prior.Amounts {
				if which(name) {
					in.in.Prior.Amounts[name] = a.Times(times)
				}
			}
			return in.with(nil, "1")
		}
		for _, times := range []string{"10000", "0.0001"} {
			found := scaled(times, func(string) bool { return true })
			few := len(s.leaves()) < 10 // then it is not known which of the two is wrong
			if len(found) == 0 || !few && (len(found) != 1 || found[0].Rule != "量级-004" || found[0].At != p.At) {
				t.Errorf("%s, all of last year ×%s: %v", s.name, times, found)
			}
			for _, f := range p.Figures {
				if f.Value.IsZero() || few {
					continue
				}
				found := scaled(times, func(name string) bool { return name == f.Key.V })
				// Revenue follows from what is spent, so it is known as a total alone.
				if len(found) != 1 || found[0].At != f.Value.At && found[0].Rule != "量级-002" {
					t.Errorf("%s, last year's %s of %s元 ×%s: %v", s.name, f.Key.V, f.Value, times, found)
				}
			}
		}
	}
}
