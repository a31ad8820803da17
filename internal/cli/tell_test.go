package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// kindTold is what a file or folder is told to be, in a word.
func kindTold(t *testing.T, name string) string {
	t.Helper()
	g, err := tellGiven(name)
	switch {
	case err != nil:
		return inChinese(err)
	case g.folder != nil:
		return "folder"
	case g.raw != nil:
		return "document"
	}
	return "data"
}

// TestCheckTellsByContent: what is given to check is told by its content, whatever it is called: data, a finished document, a folder
// of such; what this program makes for other purposes is called by its name.
func TestCheckTellsByContent(t *testing.T) {
	root, dir := t.TempDir(), department(t, clean)
	made := func(args ...string) string {
		t.Helper()
		good(t, args...)
		return args[len(args)-1]
	}
	at := func(name string) string { return filepath.Join(root, name) }
	copied := func(from, to string) string {
		t.Helper()
		raw, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, at(to), string(raw))
		return at(to)
	}
	other := department(t, strings.Replace(clean, "1000000", "1000100", 1))
	pdf := made("build", dir, "-o", at("公开.pdf"))
	sheet := made("sheet", dir, "-o", at("填报.xlsx"))
	tables := made("build", dir, "-o", at("表.xlsx"))
	changed := made("diff", dir, other, "-o", at("变动.xlsx"))
	marked := made("diff", dir, other, "-o", at("对照.pdf"))
	if code, _, errs := run("check", other, "--xlsx", at("清单.xlsx")); code == exitUsage {
		t.Fatal(errs)
	}
	write(t, at("空.pdf"), "")
	write(t, at("说明.docx"), "%PDF-1.4 …")
	for _, c := range []struct{ name, is string }{
		{dir, "data"},
		{sheet, "data"},
		{copied(sheet, "改名.pdf"), "data"},
		{pdf, "document"},
		{copied(pdf, "改名.xlsx"), "document"},
		{tables, "document"},
		{at("说明.docx"), "document"},
		{made("build", dir, "-o", at("网页.html")), "document"},
		{made("build", dir, "-o", at("网页-正文.html")), "document"},
		{root, "folder"},
		{made("build", dir, "-o", at("数据.zip")), "是开放数据包"},
		{changed, "是本程序做的变动对照表，给人看的，不是公开文件"},
		{marked, "这是对照稿，不是公开文件"},
		{at("清单.xlsx"), "是本程序做的问题清单一类的表格"},
		{at("空.pdf"), "是空文件"},
		{filepath.Join(dir, "department.toml"), "是数据目录里的一个文件；要给的是它所在的目录"},
	} {
		if got := kindTold(t, c.name); !strings.Contains(got, c.is) {
			t.Errorf("%s is told to be %q, not %q", filepath.Base(c.name), got, c.is)
		}
	}
}

// TestFoldersOfDocuments: of a folder all that may be a document is found, also in folders in it, in the order of names; data in it
// and files of other kinds are counted, what is hidden is nobody's.
func TestFoldersOfDocuments(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"乙/公开.pdf": "%PDF-1.7", "甲.docx": "PK\x03\x04", "丙.txt": "文本", "丁": "\n%PDF-1.4", "戊.htm": "<html>", "~$甲.docx": "x", ".git/x.pdf": "x",
		"数据/department.toml": "[department]", "数据/a.pdf": "%PDF-1.7", "图.png": "\x89PNG", "旧.wps": "?",
	} {
		write(t, filepath.Join(root, filepath.FromSlash(name)), text)
	}
	p, err := papersIn(root)
	if err != nil {
		t.Fatal(err)
	}
	short := func(names []string) (out []string) {
		for _, n := range names {
			rel, _ := filepath.Rel(root, n)
			out = append(out, filepath.ToSlash(rel))
		}
		return out
	}
	if got, want := short(p.files), []string{"丁", "乙/公开.pdf", "戊.htm", "旧.wps", "甲.docx"}; !slices.Equal(got, want) {
		t.Errorf("documents %q, want %q", got, want)
	}
	if got := short(p.data); !slices.Equal(got, []string{"数据"}) || p.others != 2 {
		t.Errorf("folders of data %q and %d other files", got, p.others)
	}
	write(t, filepath.Join(root, "a.toml"), "")
	if got := kindTold(t, root); got != "data" {
		t.Errorf("with TOML in it, it is told to be %s", got)
	}
}
