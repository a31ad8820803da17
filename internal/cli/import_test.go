package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// basicExport is an export of basic expenditure as tabs; the place of its first amount is E4.
const basicExport = "2026年基本支出预算表\n单位：元\n预算单位\t支出功能分类\t经济科目\t资金性质\t预算金额\n" +
	"900001-某区档案馆本级\t2010301-行政运行\t30101-基本工资\t一般公共预算资金\t1,200.50\n" +
	"900001-某区档案馆本级\t2010301-行政运行\t30201-办公费\t一般公共预算资金\t300\n" +
	"合计\t\t\t\t1500.5\n"

func writeText(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// tree are the files of a folder, what begins with a point left out.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") {
			return filepath.SkipDir
		}
		if !e.IsDir() {
			raw, err := os.ReadFile(name)
			out[name] = string(raw)
			return err
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

func sameTree(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d files, want %d", what, len(got), len(want))
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: %s is another", what, name)
		}
	}
}

func says(t *testing.T, what string, code, want int, text string, words ...string) {
	t.Helper()
	if code != want {
		t.Errorf("%s: exit %d, want %d\n%s", what, code, want, text)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s: no %q in\n%s", what, w, text)
		}
	}
}

// TestImport goes the whole way with one export: a new folder, the same again, changed, with rows that are gone.
func TestImport(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	file := writeText(t, filepath.Join(at, "导出.txt"), basicExport)

	code, _, stderr := run("import", file, "--into", dir)
	says(t, "without a template", code, exitUsage, stderr, "--template")
	code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan", "--dry-run")
	says(t, "dry run", code, exitGood, stdout+stderr, "认得 2 行", "跳过合计 1 行（相符 1）", "导出表合计 ＝ 带入（1,500.50元）", "新增基本支出 2 条，合计 1,500.50元", "没有写")
	if len(tree(t, dir)) != 0 {
		t.Error("a dry run has written")
	}
	code, stdout, stderr = run("import", file, "--into", dir, "--template", "wuhan")
	says(t, "new", code, exitGood, stdout+stderr, "已建立")
	first := tree(t, dir)
	says(t, "new", 0, 0, first[filepath.Join(dir, "basic.toml")], `function = "2010301", economic = "30101", amount = 1200.5 }, # 行政运行　基本工资`)
	says(t, "new", 0, 0, first[filepath.Join(dir, "units.toml")], `code         = "900001"`, `headquarters = true`)
	says(t, "new", 0, 0, first[filepath.Join(dir, "department.toml")], `name       = "某区档案馆"`, "year       = 2026")

	code, stdout, stderr = run("import", file, "--into", dir)
	says(t, "again", code, exitGood, stdout+stderr, "没有改动")
	sameTree(t, "again", tree(t, dir), first)

	writeText(t, file, strings.NewReplacer("300\n", "310\n", "1500.5", "1510.5").Replace(basicExport))
	code, stdout, stderr = run("import", file, "--into", dir)
	says(t, "changed", code, exitGood, stdout+stderr, "金额：300.00元 → 310.00元", "E5", "已改")
	want := map[string]string{}
	for name, text := range first {
		want[name] = strings.Replace(text, `economic = "30201", amount = 300 }`, `economic = "30201", amount = 310 }`, 1)
	}
	sameTree(t, "changed", tree(t, dir), want)

	writeText(t, file, strings.NewReplacer("900001-某区档案馆本级\t2010301-行政运行\t30201-办公费\t一般公共预算资金\t300\n", "", "1500.5", "1200.5").Replace(basicExport))
	code, stdout, stderr = run("import", file, "--into", dir)
	says(t, "gone", code, exitGood, stdout+stderr, "导出表里没有了，没有删", "30201 310.00元", "没有改动")
	sameTree(t, "gone", tree(t, dir), want)
	code, stdout, stderr = run("import", file, "--into", dir, "--delete-gone")
	says(t, "deleted", code, exitGood, stdout+stderr, "导出表里没有了，删去")
	if text := tree(t, dir)[filepath.Join(dir, "basic.toml")]; strings.Contains(text, "30201") || !strings.Contains(text, "30101") {
		t.Errorf("deleted:\n%s", text)
	}
	code, stdout, stderr = run("restore", dir)
	says(t, "restore", code, exitGood, stdout+stderr, "由 导出.txt 带入")
}

// TestImportRefuses: what cannot be taken in is told by what it is, and nothing is written.
// TestImportVast: a file is refused by its size before it is read, and the others are told of, too.
func TestImportVast(t *testing.T) {
	at := t.TempDir()
	vast := writeText(t, filepath.Join(at, "很大.xlsx"), "PK")
	if err := os.Truncate(vast, 1<<30); err != nil {
		t.Fatal(err)
	}
	empty := writeText(t, filepath.Join(at, "空.xlsx"), "")
	code, stdout, stderr := run("import", vast, empty, "--into", filepath.Join(at, "2026", "900"), "--template", "wuhan")
	says(t, "import", code, exitUsage, stdout+stderr, "很大.xlsx：文件太大", "空.xlsx：这是空文件")
	code, stdout, stderr = run("check", vast)
	says(t, "check", code, exitUsage, stdout+stderr, "太大，不像公开文件")
}

func TestImportRefuses(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	good := writeText(t, filepath.Join(at, "导出.txt"), basicExport)
	copied := writeText(t, filepath.Join(at, "副本.txt"), basicExport)
	for _, c := range []struct {
		name, text string
		code       int
		words      []string
	}{
		{"没有单位.txt", strings.Replace(basicExport, "单位：元\n", "", 1), exitData, []string{"表格-023", "什么也没有写"}},
		{"合计不符.txt", strings.Replace(basicExport, "1500.5", "1600.5", 1), exitData, []string{"表格-027", "1,600.50元", "什么也没有写"}},
		{"公开.pdf", "%PDF-1.7\n", exitUsage, []string{"公开.pdf", "PDF"}},
		{"别的表.txt", "姓名\t电话\n甲\t乙\n", exitData, []string{"没有认得的、能带入的数据", "什么也没有写"}},
		{"三公.txt", "“三公”经费预算表\n单位：元\n因公出国(境)费\t公务接待费\n0\t100\n", exitData, []string{"没有可以带入的数，什么也没有写：三公.txt 表是三公经费，只用来核对，不带入"}},
		{"全是零.txt", strings.NewReplacer("1,200.50", "0", "300", "0", "1500.5", "0").Replace(basicExport), exitData, []string{"是基本支出，没有能带入的行"}},
		{"空.xlsx", "", exitUsage, []string{"空.xlsx", "空文件"}},
	} {
		name := writeText(t, filepath.Join(at, c.name), c.text)
		code, stdout, stderr := run("import", name, "--into", dir, "--template", "wuhan")
		says(t, c.name, code, c.code, stdout+stderr, c.words...)
		if told := strings.Contains(stderr, "没有认得的"); told != (c.name == "别的表.txt") {
			t.Errorf("%s: it says %v that no table is known:\n%s", c.name, told, stderr)
		}
		if len(tree(t, dir)) != 0 {
			t.Fatalf("%s: something is written", c.name)
		}
	}
	code, stdout, stderr := run("import", good, copied, "--into", dir, "--template", "wuhan")
	says(t, "twice", code, exitGood, stdout+stderr, "内容完全相同，只算一次", "合计 1,500.50元")
	other := writeText(t, filepath.Join(at, "又一张.txt"), strings.Replace(basicExport, "基本支出预算表", "基本支出预算明细表", 1))
	code, stdout, stderr = run("import", good, other, "--into", filepath.Join(at, "2026", "901"), "--template", "wuhan", "--dry-run")
	says(t, "in two sheets", code, exitGood, stdout+stderr, "导出表合计 1,500.50元，带入 0.00元，相差 1,500.50元：另一张表里也有，只算一次 1,500.50元", "导出表合计 ＝ 带入（1,500.50元）")
	form := filepath.Join(at, "填报.xlsx")
	if code, _, stderr := run("sheet", dir, "-o", form); code != exitGood {
		t.Fatal(stderr)
	}
	code, stdout, stderr = run("import", form, "--into", dir)
	says(t, "our workbook", code, exitUsage, stdout+stderr, "是本程序的填报表", "yusuan sheet")
	code, stdout, stderr = run("import", good, "--into", dir, "--template", "wuhan")
	says(t, "a template of its own", code, exitUsage, stdout+stderr, "不用 --template")
}

// TestImportAsks writes a mapping file for a unit without a code, and reads the answer from it; next time nobody is asked.
func TestImportAsks(t *testing.T) {
	at := t.TempDir()
	dir, m := filepath.Join(at, "2026", "900"), filepath.Join(at, "对照.toml")
	file := writeText(t, filepath.Join(at, "导出.txt"), strings.ReplaceAll(basicExport, "900001-某区档案馆本级", "馆本级"))
	code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan", "--map", m)
	says(t, "asked", code, exitData, stdout+stderr, "表格-040", "“馆本级”", "对照.toml:", "要填")
	raw, err := os.ReadFile(m)
	if err != nil || len(tree(t, dir)) != 0 {
		t.Fatal("the mapping file alone is to be written", err)
	}
	writeText(t, m, strings.Replace(string(raw), `code = ""`, `code = "900001"`, 1)+"# 我的话\n")
	code, stdout, stderr = run("import", file, "--into", dir, "--template", "wuhan", "--map", m)
	says(t, "answered", code, exitGood, stdout+stderr, "已建立")
	if now, _ := os.ReadFile(m); !strings.HasSuffix(string(now), "# 我的话\n") {
		t.Errorf("the mapping file is another:\n%s", now)
	}
	code, stdout, stderr = run("import", file, "--into", dir)
	says(t, "next week", code, exitGood, stdout+stderr, "没有改动")
}

// TestImportGuesses: what the program guessed about a unit is no answer: it stays asked until somebody says that it is right.
func TestImportGuesses(t *testing.T) {
	at := t.TempDir()
	dir, m := filepath.Join(at, "2026", "900"), filepath.Join(at, "对照.toml")
	first := writeText(t, filepath.Join(at, "导出.txt"), basicExport)
	code, stdout, stderr := run("import", first, "--into", dir, "--template", "wuhan")
	says(t, "the folder", code, exitGood, stdout+stderr, "已建立")
	short := writeText(t, filepath.Join(at, "又一次.txt"), strings.ReplaceAll(basicExport, "900001-某区档案馆本级", "馆本级"))
	for _, when := range []string{"guessed", "guessed again"} {
		code, stdout, stderr = run("import", short, "--into", dir, "--map", m)
		says(t, when, code, exitGood, stdout+stderr, "“馆本级”当作 900001 某区档案馆本级（85 分）", "对照.toml:7 是猜的")
	}
	raw, err := os.ReadFile(m)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "the proposal", 0, 0, string(raw), "name = \"馆本级\"\n# code = \"900001\"   # 85 分，请核对；对的，去掉行首的 #\n")
	writeText(t, m, strings.Replace(string(raw), `# code = "900001"`, `code = "900001"`, 1))
	code, stdout, stderr = run("import", short, "--into", dir, "--map", m)
	says(t, "confirmed", code, exitGood, stdout+stderr, "没有改动")
	if strings.Contains(stdout+stderr, "当作") || strings.Contains(stdout+stderr, "是猜的") {
		t.Errorf("asked although it is confirmed:\n%s%s", stdout, stderr)
	}
}

// TestImportedFrom leads from findings and numbers to the cells that the data came of, until somebody changes the data.
func TestImportedFrom(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	file := writeText(t, filepath.Join(at, "导出.txt"), strings.ReplaceAll(basicExport, "30201-办公费", "30250"))
	if code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan"); code != exitGood {
		t.Fatal(stdout, stderr)
	}
	code, stdout, stderr := run("figure", dir, "total")
	says(t, "figure", code, exitGood, stdout+stderr, "（导入自 导出.txt", "E4）", "E5）")
	code, stdout, stderr = run("figure", dir, "total", "--format", "json")
	says(t, "figure as JSON", code, exitGood, stdout+stderr, `"origin": "导出.txt`)
	name := filepath.Join(dir, "basic.toml")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, name, strings.Replace(string(raw), "1200.5 }", "1200.51 }", 1))
	code, stdout, stderr = run("figure", dir, "total")
	says(t, "changed since", code, exitGood, stdout+stderr, "E5）")
	if strings.Contains(stdout, "E4）") {
		t.Errorf("a changed amount is said to be imported:\n%s", stdout)
	}
	fill := strings.NewReplacer(`"请填"`, `"0"`, `kind         = "0"`, `kind         = "行政"`, "请填。", "管理档案。")
	for n, text := range tree(t, dir) {
		writeText(t, n, strings.Replace(fill.Replace(text), `kind         = "0"`, `kind         = "行政"`, 1))
	}
	code, stdout, stderr = run("check", dir)
	says(t, "check", code, exitData, stdout+stderr, "30250", "导出.txt C5: 由这一格导入")
}
