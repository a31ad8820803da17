package build_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"yusuan/internal/money"

	"yusuan/internal/build"
)

// unheld is what is not regained of a document: numbers of a table, and a code that no list has.
type unheld struct {
	table, code string
	lost        int
}

// unheldOf: paper does not say of which kind units are, and one table asks for some kinds alone, of projects too, whose economic codes
// nothing else tells.
func unheldOf(name string) unheld {
	if name == "testdata/departments/2017/101" {
		return unheld{"机关运行经费", "30212", 11}
	}
	return unheld{}
}

// TestRegained: the folder that is found for what each document prints makes its tables again, number by number.
func TestRegained(t *testing.T) {
	s := shared(t)
	numbers, n := 0, 0
	everyDocument(t, s, "", func(name string, w *build.Work) {
		if n++; n%3 != 0 && n <= 40 {
			return // generated
		}
		x, paper := regained(t, s, w, name)
		a := x.Agreement
		numbers += a.Numbers()
		known, lost := unheldOf(name), slices.Concat(a.Differ, a.Gone)
		if !a.Whole() && (len(lost) != known.lost || slices.ContainsFunc(lost, func(d build.Difference) bool { return !strings.Contains(d.Name, known.table) })) {
			t.Errorf("%s: %s", name, a.Text(nil))
		}
		if a.Numbers() < stated(paper) {
			t.Errorf("%s: %d numbers are compared, %d are printed", name, a.Numbers(), stated(paper))
		}
		for _, d := range x.Work.Diags.Sorted() {
			if d.Rule == "科目-001" && known.code != "" && strings.Contains(d.Message, known.code) {
				continue // nobody else's list has it either
			}
			if d.Rule != "文字-002" && d.Level.String() == "错误" || strings.HasPrefix(d.Rule, "量级") { // required texts are what no table tells
				t.Errorf("%s: %s %s %s (%s, %s)", name, d.At, d.Rule, d.Message, d.Stated, d.Want)
			}
		}
	})
	if numbers < 8000 {
		t.Errorf("%d numbers", numbers)
	}
}

func regained(t *testing.T, s *build.Shared, w *build.Work, name string) (x *build.Regained, paper *build.Work) {
	t.Helper()
	typed := asPublished(w)
	f := typed["d/all.toml"]
	f.Data = regexp.MustCompile(`(?s)\[prior\].*?\n\[\[`).ReplaceAll(f.Data, []byte("[[")) // what is printed tells it
	paper, err := s.Check(build.Input{Data: typed, Dir: "d"})
	if err != nil || paper.Budget == nil {
		t.Fatal(name, err, paper.Diags.Sorted())
	}
	if x, err = s.Regain(paper, name, nil); err != nil {
		t.Fatal(name, err)
	}
	return x, paper
}

// stated is how many numbers the tables of a finished document print.
func stated(w *build.Work) (n int) {
	for _, t := range w.Numbers.Tables() {
		for i := range w.Budget.Facts.StatedTables {
			if x := &w.Budget.Facts.StatedTables[i]; x.ID.V == t.ID {
				for _, c := range strings.FieldsFunc(x.Rows.V, func(r rune) bool { return r == '|' || r == '\n' }) {
					if c = strings.TrimSpace(c); strings.Contains(c, ".") && strings.Trim(c, "0123456789.,-") == "" {
						n++
					}
				}
			}
		}
	}
	return n
}

// TestRegainedTwice: the same document is the same folder, byte by byte.
func TestRegainedTwice(t *testing.T) {
	s := shared(t)
	m, dir := generated(7)
	w, err := s.Check(build.Input{Data: m, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := regained(t, s, w, dir)
	b, _ := regained(t, s, w, dir)
	for i := range a.Files {
		if !bytes.Equal(a.Files[i].Data, b.Files[i].Data) {
			t.Errorf("%s differs", a.Files[i].Path)
		}
	}
}

// TestRegainedWords: the author's texts, last year's figures, duties and vehicles come back from the sentences that print them.
func TestRegainedWords(t *testing.T) {
	s := shared(t)
	for dir, lost := range map[string][]string{"data/2026/338": nil, "testdata/departments/2026/501": nil,
		"testdata/departments/2025/010": {"project_overview", "project_basis", "project_body", "project_plan", "project_period", "project_money", "project_goal"}, // no table names projects
		"testdata/departments/2026/415": nil, "testdata/departments/2018/101": nil} {
		w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		x, _ := regained(t, s, w, dir)
		was, now := w.Budget.Facts, x.Work.Budget.Facts
		var missing []string
		for _, f := range was.Text {
			if v, ok := now.Text.Get(f.Key.V); !ok || strings.TrimSuffix(v.V, "。") != strings.TrimSuffix(f.Value.V, "。") {
				family, _, _ := strings.Cut(f.Key.V, ".")
				if !slices.Contains(missing, family) {
					missing = append(missing, family)
				}
			}
		}
		if p := was.Prior; p != nil {
			for _, f := range p.Figures {
				if now.Prior == nil {
					t.Fatal(dir, "no figures of last year")
				}
				if v, ok := now.Prior.Figures.Get(f.Key.V); !ok || v.Sub(f.Value.Amount).Abs().Cmp(money.FromFen(10000)) > 0 {
					missing = append(missing, f.Key.V)
				}
			}
		}
		if len(now.Department.Duties) != len(was.Department.Duties) {
			missing = append(missing, "duties")
		}
		if len(now.Vehicles) != len(was.Vehicles) {
			missing = append(missing, "vehicles")
		}
		if !slices.Equal(missing, lost) {
			t.Errorf("%s: lost are %q, not %q", dir, missing, lost)
		}
	}
}
