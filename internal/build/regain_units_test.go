package build_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
)

// TestRegainedFormsOfOneName: two units have a project of one name, with a form each. No form prints whose it is; the money does, whatever
// the order of the forms.
func TestRegainedFormsOfOneName(t *testing.T) {
	const dir, other = "testdata/departments/2026/415", `name             = "网络文化市场巡查"`
	files := fstest.MapFS{}
	names, err := filepath.Glob(filepath.Join("../..", dir, "*"))
	below, err2 := filepath.Glob(filepath.Join("../..", dir, "*", "*.toml"))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for _, name := range append(names, below...) {
		raw, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		text := strings.Replace(string(raw), other, `name             = "“䶮山雅集”文化交流活动"`, 1)
		if strings.HasSuffix(name, "2-exchange.toml") {
			text = strings.Replace(text, "\n[form.fields]", "unit = \"415001\"\n\n[form.fields]", 1)
			second := strings.Replace(text[:strings.Index(text, "[[form.detail]]")], "415001\"\n\n", "415002\"\n\n", 1) + text[strings.Index(text, "[[form.goal]]"):]
			files[path.Join(dir, "performance/0-second.toml")] = &fstest.MapFile{Data: []byte(strings.Replace(second, "合计86.55万元", "", 1))}
		}
		files[filepath.ToSlash(strings.TrimPrefix(name, filepath.Join("../..")+string(filepath.Separator)))] = &fstest.MapFile{Data: []byte(text)}
	}
	s := shared(t)
	w, err := s.Check(build.Input{Data: files, Dir: dir})
	if err != nil || w.Numbers == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	raw, err := w.PDF(w.Typeset(), nil)
	if err != nil {
		t.Fatal(err)
	}
	read, err := s.Finished(build.FinishedInput{Name: "x.pdf", Document: readPDF(t, raw)})
	if err != nil || read.Typed == nil {
		t.Fatal(err)
	}
	typed := fstest.MapFS{}
	for _, f := range read.Typed.Files {
		typed[path.Join("d", f.Path)] = &fstest.MapFile{Data: f.Data}
	}
	paper, err := s.Check(build.Input{Data: typed, Dir: "d"})
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Regain(paper, "x.pdf", nil)
	if err != nil {
		t.Fatal(err)
	}
	units := func(w *build.Work) (out []string) {
		for _, f := range w.Budget.Facts.Forms {
			if strings.Contains(f.Project.V, "雅集") {
				out = append(out, f.Unit.V)
			}
		}
		return out
	}
	was, now := units(w), units(x.Work)
	if strings.Join(was, " ") != "415002 415001" || strings.Join(now, " ") != strings.Join(was, " ") {
		t.Errorf("the forms are of %v, and were of %v", now, was)
	}
	for _, d := range x.Work.Diags.Sorted() {
		if d.Rule == "项目-009" {
			t.Errorf("%s %s", d.At, d.Message)
		}
	}
}
