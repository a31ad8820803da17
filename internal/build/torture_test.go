package build_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// tortureRoot holds a pack and a department with what is hard to typeset. Each case says in its own text what must be
// seen; the golden dump holds where everything stands.
const tortureRoot = "../../testdata/torture"

func torture(t testing.TB, more map[string]string) (*build.Work, *page.Document) {
	t.Helper()
	s := shared(t)
	s.Packs = os.DirFS(tortureRoot + "/pack")
	const dir = "2026/900"
	data := fstest.MapFS{}
	files, err := filepath.Glob(tortureRoot + "/" + dir + "/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	forms, err := filepath.Glob(tortureRoot + "/" + dir + "/performance/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, forms...) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(tortureRoot, name)
		if err != nil {
			t.Fatal(err)
		}
		data[filepath.ToSlash(rel)] = &fstest.MapFile{Data: raw}
	}
	for name, text := range more {
		data[dir+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	w, err := s.Check(build.Input{Data: data, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if w.Tree == nil {
		t.Fatalf("no document: %v", w.Diags.Sorted())
	}
	return w, w.Typeset()
}

func TestTorture(t *testing.T) {
	w, pages := torture(t, nil)
	var b strings.Builder
	for _, d := range w.Diags.Sorted() {
		fmt.Fprintf(&b, "%v %s %s\n", d.Level, d.Rule, d.Message)
	}
	b.WriteString(layout.Dump(pages))
	name := tortureRoot + "/torture.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got, golden := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range got {
		if i >= len(golden) || got[i] != golden[i] {
			t.Fatalf("%s line %d: got %q; run make golden and look at the difference", name, i+1, got[i])
		}
	}
	if len(got) != len(golden) {
		t.Fatalf("%s has %d more lines", name, len(golden)-len(got))
	}
}

// manyProjects is a file of n projects, each on a row of its own in the table of 25 columns.
func manyProjects(n int) map[string]string {
	var b strings.Builder
	b.WriteString("amount_unit = \"元\"\n")
	for i := range n {
		fmt.Fprintf(&b, "\n[[project]]\nname = \"P%05d\"\nfunction = \"2019999\"\namount = %d\n", i, 100*(i+1))
	}
	return map[string]string{"many.toml": b.String()}
}

// TestThousandRows holds that of a table of 1,000 rows and 25 columns every row is printed once, in order, and that
// every part has the head.
func TestThousandRows(t *testing.T) {
	const n = 1000
	_, pages := torture(t, manyProjects(n))
	next, parts := 0, 0
	for i := range pages.Pages {
		p := &pages.Pages[i]
		if !slices.ContainsFunc(p.Texts, func(x page.Text) bool { return x.Text == "一般公共预算各类资金" }) {
			continue // the other tables
		}
		rows, head := 0, 0
		for _, x := range p.Texts {
			if len(x.Text) == 6 && x.Text[0] == 'P' {
				if want := fmt.Sprintf("P%05d", next); x.Text != want {
					t.Fatalf("page %d has %s where %s should be", i, x.Text, want)
				}
				next++
				rows++
			}
			if x.Text == "合计" && x.Y < p.Height/2 {
				head++
			}
		}
		if parts++; head == 0 || rows == 0 && next > 0 {
			t.Errorf("page %d has %d rows and %d heads", i, rows, head)
		}
	}
	if next != n {
		t.Errorf("%d rows of %d", next, n)
	}
	if parts < n/40 || parts > n/10 {
		t.Errorf("%d rows on %d pages", n, parts)
	}
}
