package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestImportInvents: what no export says of the department is asked for; what they say is marked to be looked at. An import works
// while it is still open.
func TestImportInvents(t *testing.T) {
	for name, c := range map[string]struct {
		file, unit, title string // of the export
		folder            string
		want              []string
	}{
		"no year":             {"导出.txt", "900001-某区档案馆本级", "基本支出预算表", "新的", []string{`year       = "请填"`, `code       = "900"`, "由单位代码而来【请核对】"}},
		"a year in the title": {"导出.txt", "900001-某区档案馆本级", "2027年基本支出预算表", "新的", []string{"year       = 2027", `name       = "某区档案馆"`, "全称：标题和正文用【请核对】"}},
		"a day in the title":  {"导出.txt", "900001-某区档案馆本级", "基本支出预算表（2025年12月8日）", "新的", []string{`year       = "请填"`}},
		"a range of years":    {"导出.txt", "900001-某区档案馆本级", "基本支出预算表（2024-2026年）", "新的", []string{`year       = "请填"`}},
		"a year in the file":  {"2027年预算.txt", "900001-某区档案馆本级", "基本支出预算表", "新的", []string{"year       = 2027"}},
		"the folder's":        {"导出.txt", "900001-某区档案馆本级", "基本支出预算表", "2027/345", []string{"year       = 2027", `code       = "345"`}},
		"the rest of a word":  {"导出.txt", "900001-局本级", "基本支出预算表", "新的", []string{`name       = "请填"`, `short_name = "请填"`}},
		"a line above":        {"导出.txt", "900001-局本级", "基本支出预算表\n主管部门：901-某区档案局　编制日期：1月", "新的", []string{`name       = "某区档案局"`, `code       = "901"`}},
	} {
		t.Run(name, func(t *testing.T) {
			at := t.TempDir()
			dir := filepath.Join(at, filepath.FromSlash(c.folder))
			text := strings.NewReplacer("2026年基本支出预算表", c.title, "900001-某区档案馆本级", c.unit).Replace(basicExport)
			file := writeText(t, filepath.Join(at, c.file), text)
			code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan")
			says(t, name, code, exitGood, stdout+stderr, "已建立")
			says(t, name, 0, 0, tree(t, dir)[filepath.Join(dir, "department.toml")], c.want...)
			code, stdout, stderr = run("import", file, "--into", dir)
			says(t, "again", code, exitGood, stdout+stderr, "没有改动")
		})
	}
}

// TestImportNamesTheLine: where a folder does not say its template, the one line that stops the import is told.
func TestImportNamesTheLine(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	file := writeText(t, filepath.Join(at, "导出.txt"), basicExport)
	if code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan"); code != exitGood {
		t.Fatal(stdout, stderr)
	}
	name := filepath.Join(dir, "department.toml")
	writeText(t, name, strings.Replace(tree(t, dir)[name], `"wuhan"`, `"nowhere"`, 1))
	code, stdout, stderr := run("import", file, "--into", dir)
	says(t, "no template", code, exitData, stdout+stderr, "department.toml:13:14", "先改正这一行")
	if strings.Contains(stderr, "填报-003") {
		t.Errorf("what does not stop it is listed:\n%s", stderr)
	}
}
