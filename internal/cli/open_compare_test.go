package cli

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/cli/store"
	"yusuan/internal/desk"
	"yusuan/internal/typeset/page"
	"yusuan/internal/web"
)

// deskOf is the desk of a folder on the disk, with what compares it.
func deskOf(t *testing.T, dir string) (*desk.Desk, web.Compare) {
	t.Helper()
	a := &app{out: os.Stderr, err: os.Stderr}
	s, err := a.shared()
	if err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	f.World.Shared, f.World.Now, f.World.Draw = s, time.Now, func(*page.Page) []byte { return nil }
	d, err := desk.Open(f.World)
	if err != nil {
		t.Fatal(err)
	}
	return d, a.openCompare(s)
}

// moreOffice makes the office costs 10,000 元 more, and says which row has them.
func moreOffice(t *testing.T, d *desk.Desk) (row string) {
	t.Helper()
	s, err := d.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range s.Tables {
		for _, r := range table.Rows {
			if i := slices.IndexFunc(r.Values, func(v desk.Value) bool { return v.Key == "amount" && v.Text == "1671540" }); i >= 0 && table.Name == "basic" {
				row = r.ID
			}
		}
	}
	if o := d.Edit([]desk.Change{{Op: desk.Set, Row: row, Key: "amount", Text: "1681540", Was: "1671540"}}); !o.Done() {
		t.Fatalf("%+v", o)
	}
	return row
}

// oneCause holds a comparison to what 10,000 元 of office costs do, on both sides, and where they are typed.
func oneCause(t *testing.T, what string, c *web.Comparison, err error, row string) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if r := c.Report; len(r.Causes) != 1 || len(r.Cells) != 62 || r.New.Name != nowTyped || strings.Contains(strings.Join(r.Notes, ""), "yusuan ") {
		t.Errorf("%s: %d causes, %d numbers, %v", what, len(r.Causes), len(r.Cells), r.Notes)
		return
	}
	if c.Fields[0] != (web.FieldAt{Row: row, Key: "amount"}) {
		t.Errorf("%s: the cause is typed at %+v", what, c.Fields[0])
	}
	if strings.Contains(c.Report.Causes[0].OldAt.File, os.TempDir()) && !strings.Contains(what, "here") {
		t.Errorf("%s: it is told to stand in %s", what, c.Report.Causes[0].OldAt.File)
	}
	for side, s := range []*web.ComparedPages{&c.Old, &c.New} {
		seen := map[string]bool{}
		for i := range s.Pages {
			for _, p := range s.Places[i] {
				for _, e := range p.Effects {
					seen[e] = true
				}
			}
		}
		if len(seen) != len(c.Report.Cells)+len(c.Report.Sentences) {
			t.Errorf("%s: %d effects have a place on side %d", what, len(seen), side)
		}
	}
}

// TestCompareInWindow: what is typed is compared with all that may be at hand or be handed in, each time with the same result.
func TestCompareInWindow(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	pdf := filepath.Join(root, "2026", "公开.pdf")
	alone := filepath.Join(root, "2026", "送审.ofd") // and one beside the PDF of its name, which is the same document
	good(t, "build", dir, "-o", pdf, "-o", strings.TrimSuffix(pdf, ".pdf")+".ofd", "-o", alone)
	if old := time.Now().Add(-time.Hour); os.Chtimes(alone, old, old) != nil {
		t.Fatal("no times here")
	}
	workbook := filepath.Join(root, "338.xlsx")
	good(t, "sheet", dir, "-o", workbook)
	if err := dataFolder(dir).Put("试", []store.File{{Path: "zz.toml", After: []byte("# 空\n")}}); err != nil {
		t.Fatal(err)
	}
	d, compare := deskOf(t, dir)
	row := moreOffice(t, d)
	list, err := compare.Earlier(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, x := range list {
		ids = append(ids, x.ID)
		if x.Title == "" || x.Group == "" {
			t.Errorf("%+v", x)
		}
	}
	if want := []string{"saved", "opened", "made:公开.pdf", "made:送审.ofd", "state:1", "last"}; !slices.Equal(ids, want) {
		t.Fatal(ids, "instead of", want)
	}
	for _, id := range ids[:5] {
		c, err := compare.With(dir, d, id)
		oneCause(t, id+" here", c, err, row)
	}
	if c, err := compare.With(dir, d, "last"); err != nil || c.Report.Old.Year != 2025 || len(c.Report.Cells) < 100 {
		t.Error(c, err)
	}
	for _, name := range []string{pdf, alone, workbook} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := compare.Given(dir, d, []web.Given{{Name: path.Base(filepath.ToSlash(name)), Content: raw}})
		oneCause(t, filepath.Base(name), c, err, row)
	}
	var folder []web.Given
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(name, ".toml") {
			raw, err := fs.ReadFile(os.DirFS(root), name)
			folder = append(folder, web.Given{Name: "送审/" + name, Content: raw})
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := compare.Given(dir, d, folder)
	oneCause(t, "folder", c, err, row)
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "yusuan-*", "送审")); len(left) > 0 {
		t.Error("what was handed in is left:", left)
	}
	for what, make := range map[string]func() ([]byte, error){"xlsx": c.Book, "pdf": c.Marked} {
		if raw, err := make(); err != nil || what == "xlsx" && !isChangeBook(raw) || what == "pdf" && !isMarked(raw) {
			t.Error(what, err)
		}
	}
}

// TestGivenNames: names of what is handed in lead nowhere, and which of it is meant is clear or asked.
func TestGivenNames(t *testing.T) {
	of := func(names ...string) (files []web.Given) {
		for _, n := range names {
			files = append(files, web.Given{Name: n, Content: []byte("x")})
		}
		return files
	}
	for _, c := range []struct {
		files []web.Given
		meant string
		wrong string
	}{
		{of("a.pdf"), "a.pdf", ""},
		{of("338/department.toml", "338/basic.toml"), "338", ""},
		{of("x/2025/338/department.toml", "x/2026/338/department.toml"), "x/2026/338", ""},
		{of("x/2026/337/department.toml", "x/2026/338/department.toml"), "", "选其中一个"},
		{of("x/a.toml", "x/b.toml"), "", "不是部门的数据文件夹"},
		{of("../a.pdf"), "", "不能作文件名"},
		{of("/etc/a.pdf"), "", "不能作文件名"},
		{of(`..\a.pdf`), "", "不能作文件名"},
		{of("a/../../a.pdf"), "", "不能作文件名"},
		{of(""), "", "不能作文件名"},
	} {
		root := t.TempDir()
		inside := filepath.Join(root, "in")
		if err := os.Mkdir(inside, 0o777); err != nil {
			t.Fatal(err)
		}
		meant, err := layDown(inside, c.files, "2026")
		if meant != c.meant || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%v: %q, %v", c.files[0].Name, meant, err)
		}
		if left, _ := os.ReadDir(root); len(left) != 1 {
			t.Errorf("%v: %v lies outside", c.files[0].Name, left)
		}
	}
}
