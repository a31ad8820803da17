package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCodes: a bureau's list is brought in, goes before the program's, and is not overwritten silently.
func TestCodes(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	ownCodes(t, filepath.Join(root, "made"), "2026", "政府综合事务") // has all that the department uses
	raw, err := os.ReadFile(filepath.Join(root, "made", "2026", "functional.csv"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "某市2026年科目.csv")
	list := "2026年支出功能分类科目,,\n" + strings.Replace(string(raw), "code,name,seen", "科目编码,科目名称,说明", 1)
	writeBelow(t, file, list)
	out := filepath.Join(root, "catalogue", "2026")
	code, stdout, stderr := run("codes", file, "--year", "2026", "-o", out, "--dry-run")
	says(t, "a try", code, exitGood, stdout+stderr, "支出功能分类：", "20103 是“政府综合事务”", "部门预算支出经济分类：没有给", "没有写")
	if _, err := os.Stat(out); err == nil {
		t.Error("written by a try")
	}
	code, stdout, stderr = run("codes", file, "--year", "2026", "-o", out)
	says(t, "brought in", code, exitGood, stdout+stderr, "已写在")
	code, stdout, stderr = run("check", dir)
	says(t, "checked", code, exitGood, stdout+stderr)
	writeBelow(t, filepath.Join(dir, "own.toml"), "[[code]]\nkind = \"功能\"\ncode = \"20103\"\nname = \"另叫的\"\n")
	if said := saidOf20103(t, dir); !strings.Contains(said, "政府综合事务") {
		t.Errorf("the list does not go first: %s", said)
	}
	code, stdout, stderr = run("codes", file, "--year", "2026", "-o", out)
	says(t, "the same again", code, exitGood, stdout+stderr)
	writeBelow(t, file, strings.Replace(list, "政府综合事务", "政府其他事务", 1))
	code, stdout, stderr = run("codes", file, "--year", "2026", "-o", out)
	says(t, "another list", code, exitUsage, stdout+stderr, "没有覆盖", "--replace")
	code, stdout, stderr = run("codes", file, "--year", "2026", "-o", out, "--replace")
	says(t, "replaced", code, exitGood, stdout+stderr)
	economic := filepath.Join(root, "经济.csv")
	writeBelow(t, economic, "编码,名称\n301,工资福利支出\n30101,基本工资\n")
	code, stdout, stderr = run("codes", economic, "--year", "2026", "-o", out)
	says(t, "the economic codes after the functional", code, exitGood, stdout+stderr)
	origin, err := os.ReadFile(filepath.Join(out, "origin.csv"))
	if s := string(origin); err != nil || !strings.Contains(s, "功能,某市2026年科目.csv") || !strings.Contains(s, "经济,经济.csv") {
		t.Errorf("%v %s", err, origin)
	}
}

// TestCodesRefuses: nothing is written of a list with faults, and wrong usage is told.
func TestCodesRefuses(t *testing.T) {
	root := t.TempDir()
	file, out := filepath.Join(root, "表.csv"), filepath.Join(root, "catalogue", "2026")
	writeBelow(t, file, "编码,名称\n201,甲\n2010101,乙\n")
	code, stdout, stderr := run("codes", file, "--year", "2026", "-o", out)
	says(t, "a level is missing", code, exitData, stdout+stderr, "目录-003", "没有写")
	if _, err := os.Stat(out); err == nil {
		t.Error("written with faults")
	}
	for _, x := range []struct {
		args []string
		want string
	}{
		{[]string{"codes"}, "要给科目表"}, {[]string{"codes", file}, "--year"}, {[]string{"codes", file, "--year", "2026", "-o", root}, "最后一级要是年度"},
		{[]string{"codes", filepath.Join(root, "没有.xlsx"), "--year", "2026", "-o", out}, "没有.xlsx"}, {[]string{"codes", root, "--year", "2026", "-o", out}, "是目录"},
	} {
		code, stdout, stderr := run(x.args...)
		says(t, strings.Join(x.args[1:], " "), code, exitUsage, stdout+stderr, x.want)
	}
}
