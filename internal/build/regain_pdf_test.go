package build_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/prose"
)

// TestRegainedFromPages: of a PDF of ours nothing but its pages is read; the folder found for it prints its tables again, and has its
// performance forms, field by field.
func TestRegainedFromPages(t *testing.T) {
	s := shared(t)
	for _, dir := range []string{"data/2026/338", "testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := w.PDF(w.Typeset(), nil)
		if err != nil {
			t.Fatal(err)
		}
		read, err := s.Finished(build.FinishedInput{Name: "x.pdf", Document: readPDF(t, raw)})
		if err != nil || read.Typed == nil {
			t.Fatal(dir, err)
		}
		m := fstest.MapFS{}
		for _, f := range read.Typed.Files {
			m[path.Join("d", f.Path)] = &fstest.MapFile{Data: f.Data}
		}
		paper, err := s.Check(build.Input{Data: m, Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		x, err := s.Regain(paper, "x.pdf", nil)
		if err != nil {
			t.Fatal(err)
		}
		if a := x.Agreement; !a.Whole() || a.Numbers() < 150 {
			t.Errorf("%s: %s", dir, a.Text(nil))
		}
		for _, d := range x.Work.Diags.Sorted() {
			if d.Level.String() == "错误" && !strings.Contains(d.Message, "region") {
				t.Errorf("%s: %s %s %s (%s, %s)", dir, d.At, d.Rule, d.Message, d.Stated, d.Want)
			}
		}
		forms(t, dir, w.Budget.Facts, x.Work.Budget.Facts)
	}
}

func forms(t *testing.T, dir string, was, now *budget.Facts) {
	t.Helper()
	plain := func(s string) string { return strings.ReplaceAll(prose.Squeeze(s), "\n", "") }
	for i := range was.Forms {
		a := &was.Forms[i]
		k := slices.IndexFunc(now.Forms, func(b budget.Form) bool { return b.Kind.V == a.Kind.V && b.Project.V == a.Project.V })
		if k < 0 {
			t.Errorf("%s: no form %s of %s", dir, a.Kind.V, a.Project.V)
			continue
		}
		b := &now.Forms[k]
		for _, f := range a.Fields { // the day stands above the form, in no row of it
			if v, _ := b.Fields.Get(f.Key.V); f.Key.V != "declared_on" && plain(v.V) != plain(f.Value.V) {
				t.Errorf("%s: %s of %s %s is %q, not %q", dir, f.Key.V, a.Kind.V, a.Project.V, v.V, f.Value.V)
			}
		}
		if len(a.Goals) != len(b.Goals) || len(a.Indicators) != len(b.Indicators) || len(a.Details) != len(b.Details) || len(a.Procurement) != len(b.Procurement) {
			t.Errorf("%s: %s of %s has %d goals, %d indicators, %d details, %d items, not %d, %d, %d, %d", dir, a.Kind.V, a.Project.V,
				len(b.Goals), len(b.Indicators), len(b.Details), len(b.Procurement), len(a.Goals), len(a.Indicators), len(a.Details), len(a.Procurement))
			continue
		}
		for j := range a.Indicators {
			if x, y := &a.Indicators[j], &b.Indicators[j]; plain(x.Third.V) != plain(y.Third.V) || plain(x.Value.V) != plain(y.Value.V) || x.Horizon.V != y.Horizon.V {
				t.Errorf("%s: indicator %q %q %q, not %q %q %q", dir, y.Horizon.V, y.Third.V, y.Value.V, x.Horizon.V, x.Third.V, x.Value.V)
			}
		}
	}
}
