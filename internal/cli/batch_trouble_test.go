package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/typeset/font"
)

// TestFingerprint changes one thing at a time that all documents of a batch share.
func TestFingerprint(t *testing.T) {
	dir := t.TempDir()
	fontFile := filepath.Join(dir, "a.ttf")
	write(t, fontFile, "font")
	packs := func(text string) fs.FS { return fstest.MapFS{"p/pack.toml": {Data: []byte(text)}} }
	codes := func(text string) fs.FS { return fstest.MapFS{"2026/economic.csv": {Data: []byte(text)}} }
	seen := map[string]string{}
	for _, c := range []struct {
		name             string
		packs, catalogue fs.FS
		fonts            []string
		change           func()
	}{
		{"at first", packs("a"), codes("a"), nil, nil},
		{"pack", packs("b"), codes("a"), nil, nil},
		{"catalogue", packs("a"), codes("b"), nil, nil},
		{"font", packs("a"), codes("a"), []string{"仿宋=" + fontFile}, nil},
		{"font of another role", packs("a"), codes("a"), []string{"楷体=" + fontFile}, nil},
		{"font changed", packs("a"), codes("a"), []string{"仿宋=" + fontFile}, func() { write(t, fontFile, "tnof") }},
	} {
		if c.change != nil {
			c.change()
		}
		a := &app{fonts: c.fonts}
		var sums [2][]byte
		for i := range sums {
			var err error
			if sums[i], err = a.fingerprint(&build.Shared{Fonts: &font.Library{}, Packs: c.packs, Catalogue: c.catalogue}); err != nil {
				t.Fatal(err)
			}
		}
		if string(sums[0]) != string(sums[1]) {
			t.Errorf("%s: two fingerprints of the same", c.name)
		}
		if other, ok := seen[string(sums[0])]; ok {
			t.Errorf("%s: the fingerprint of %s", c.name, other)
		}
		seen[string(sums[0])] = c.name
	}
}

// TestBatchTrouble runs a district among whose folders some are in an odd state.
func TestBatchTrouble(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and odd names need a file system that takes them")
	}
	root, out := writeDistrict(t, 8), t.TempDir()
	at := func(n int, name string) string { return filepath.Join(root, "2026", fmt.Sprintf("%06d", n), name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(at(1, "folder.toml"), 0o777))                  // no file, though its name says so
	must(os.Symlink("/nowhere/at/all.toml", at(2, "gone.toml"))) // a link to nothing
	must(os.Symlink("..", at(3, "loop")))                        // a link to a folder, below which nothing is read
	must(os.Symlink("x.toml", at(8, "x.toml")))                  // a circle
	must(os.Symlink(root, filepath.Join(root, "2026", "again"))) // the whole district once more
	elsewhere := filepath.Join(t.TempDir(), "x")                 // a department that lies somewhere else
	must(os.Rename(at(4, "."), elsewhere))
	must(os.Symlink(elsewhere, at(4, ".")))
	deep := filepath.Join(root, strings.Repeat("d/", 60))
	must(os.MkdirAll(deep, 0o777))
	must(os.Rename(at(5, "."), filepath.Join(deep, "deep")))
	must(os.Rename(at(6, "."), filepath.Join(root, "2026", "\xD6\xD8\xB8\xB4"))) // a folder's name in GBK
	long := strings.Repeat("长", 80)
	text, err := os.ReadFile(at(7, "department.toml"))
	must(err)
	write(t, at(7, "department.toml"), strings.Replace(string(text), "\nname = \"", "\nname = \""+long, 1))

	code, stdout, stderr := run("batch", root, "-o", out)
	if code != exitData {
		t.Errorf("code %d\n%s", code, stderr)
	}
	f, err := os.Open(filepath.Join(out, "summary.json"))
	must(err)
	defer f.Close()
	s, err := batch.ReadSummary(f, nil)
	must(err)
	want := map[string]batch.Status{ // links and a name too long are their author's to mend
		"2026/000002": batch.BadData, "2026/000003": batch.BadData, "2026/000007": batch.BadData, "2026/000008": batch.BadData}
	got := map[string]batch.Record{}
	t.Log(stderr)
	for _, r := range s.Departments {
		got[r.Department] = r
		status, fails := want[r.Department]
		switch {
		case !fails && r.Status != batch.Made:
			t.Errorf("%s: %s %s", r.Department, r.Status, r.Message)
		case fails && (r.Status != status || r.Message == ""):
			t.Errorf("%s: %s %q, want %s", r.Department, r.Status, r.Message, status)
		}
	}
	if _, linked := got["2026/000004"]; len(got) != 8 || !linked {
		t.Errorf("%d departments:\n%s", len(got), stdout)
	}
	for _, line := range strings.Split(stdout, "\n") {
		for name := range want {
			if strings.Contains(line, name) && strings.Contains(line, "数据有误") && strings.ContainsAny(strings.ReplaceAll(line, name, ""), ".") {
				t.Errorf("an amount of a department with errors: %s", line)
			}
		}
	}
	holdsReadable(t, filepath.Join(out, "summary.xlsx"))
}

// holdsReadable holds that the workbook opens: a name that is no UTF-8 must not spoil it.
func holdsReadable(t *testing.T, name string) {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := f.GetRows("部门文件"); err != nil || len(rows) != 9 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}

// TestSummaryTable holds that the terminal shows every failure of many documents, and not every warning.
func TestSummaryTable(t *testing.T) {
	s := &batch.Summary{}
	for i := range 200 {
		r := batch.Record{Department: fmt.Sprintf("2026/%03d", i), Status: batch.Made, Warnings: i % 2}
		if i > 195 {
			r.Status, r.Errors = batch.BadData, 1
		}
		s.Departments = append(s.Departments, r)
	}
	s.Count()
	var b strings.Builder
	showSummary(&b, s)
	out := b.String()
	if n := strings.Count(out, "数据有误"); n != 4+1 || strings.Count(out, "2026/") > longTable+4 || !strings.Contains(out, "另有 38 份只有警告") {
		t.Errorf("%d failures shown:\n%s", n, out)
	}
	if strings.Contains(out, "2026/002 ") || !strings.Contains(out, "200 个部门：已生成 196，数据有误 4") {
		t.Errorf("%s", out)
	}
}
