package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/ofd"
	"yusuan/internal/testofd"
	"yusuan/templates"
)

// asPackage writes the document of a folder as OFD.
func asPackage(t *testing.T, root, dir, prior, file string) []byte {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "yusuan " + Version}
	w, err := s.Check(build.Input{Data: os.DirFS(root), Dir: dir, PriorDir: prior})
	if err != nil || w.Diags.HasErrors() {
		t.Fatal(err, w.Diags.Sorted())
	}
	d := w.Typeset()
	if err := w.Attach(d); err != nil {
		t.Fatal(err)
	}
	raw, err := ofd.Write(d, ofd.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, string(raw))
	return raw
}

// TestPackageInside: what takes a PDF for what is inside it takes an OFD as well: verify, extract, new --from, diff.
func TestPackageInside(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	file := filepath.Join(root, "338.ofd")
	raw := asPackage(t, root, "2026/338", "2025/338", file)
	out, _ := good(t, "verify", file)
	if !strings.Contains(out, "338.ofd：一致（") {
		t.Error(out)
	}
	into := filepath.Join(root, "inside")
	good(t, "extract", file, "-o", into)
	inside := filepath.Join(into, "data", "2026", "338")
	for _, name := range []string{"department.toml", "basic.toml"} {
		a, err1 := os.ReadFile(filepath.Join(dir, name))
		b, err2 := os.ReadFile(filepath.Join(inside, name))
		if err1 != nil || err2 != nil || string(a) != string(b) {
			t.Errorf("%s comes out otherwise: %v %v", name, err1, err2)
		}
	}
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
	r := diffJSON(t, exitGood, file, dir)
	if r.Counts.Causes != 1 || r.Counts.Cells != 62 {
		t.Errorf("diff of an OFD: %+v", r.Counts)
	}
	next := filepath.Join(root, "2027", "338")
	if code, out, errs := run("new", next, "--from", file); code != exitGood || !strings.Contains(out+errs, "338.ofd 里面") {
		t.Error(out, errs)
	}
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		if e := &entries[i]; strings.HasPrefix(e.Name, "Doc_0/Pages/") {
			e.Data = []byte(strings.Replace(string(e.Data), "预算</", "决算</", 1))
		}
	}
	bad := filepath.Join(root, "改过.ofd")
	write(t, bad, string(testofd.Packed(entries)))
	if code, out, _ := run("verify", bad); code != exitData || !strings.Contains(out, "文字或数字与数据不一致") {
		t.Error(code, out)
	}
	write(t, bad, string(raw[:len(raw)/2]))
	if code, out, _ := run("verify", bad); code != exitUsage || !strings.Contains(out, "不完整") {
		t.Error(code, out)
	}
	if code, _, errs := run("extract", bad, "-o", filepath.Join(root, "x")); code != exitUsage || !strings.Contains(errs, "不完整") {
		t.Error(code, errs)
	}
}
