package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownCodes writes a catalogue of a year that names 20103 in its own way, into a folder of catalogues.
func ownCodes(t *testing.T, dir, year, name string) {
	t.Helper()
	text := "code,name,seen\n201,一般公共服务支出,\n20103," + name + ",\n2010301,行政运行,\n2010302,一般行政管理事务,\n2010350,事业运行,\n2010399,其他,\n20199,其他一般公共服务支出,\n2019999,其他一般公共服务支出,\n"
	for _, code := range []string{"208,社会保障和就业支出", "20805,行政事业单位养老支出", "2080501,行政单位离退休", "2080505,养老缴费", "2080506,年金缴费", "2080599,其他养老", "210,卫生健康支出",
		"21011,行政事业单位医疗", "2101101,行政单位医疗", "2101103,公务员医疗补助", "221,住房保障支出", "22102,住房改革支出", "2210201,住房公积金", "2210202,提租补贴", "2210203,购房补贴"} {
		text += code + ",\n"
	}
	writeBelow(t, filepath.Join(dir, year, "functional.csv"), text)
}

func writeBelow(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// saidOf20103 is what check says of the code 20103, which the data call otherwise: it tells the name of the catalogue.
func saidOf20103(t *testing.T, args ...string) string {
	t.Helper()
	_, stdout, stderr := run(append([]string{"check"}, args...)...)
	for _, line := range strings.Split(stdout+stderr, "\n") {
		if strings.Contains(line, "科目-008") && strings.Contains(line, "20103") {
			return line
		}
	}
	return ""
}

// TestCatalogueOrder: the catalogue that is named goes before that of the pack, which goes before the one beside the data, which goes
// before the program's.
func TestCatalogueOrder(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	writeBelow(t, filepath.Join(dir, "own.toml"), "[[code]]\nkind = \"功能\"\ncode = \"20103\"\nname = \"另叫的\"\n")
	pack := filepath.Join(t.TempDir(), "wuhan")
	if err := os.CopyFS(pack, os.DirFS("../../templates/wuhan")); err != nil {
		t.Fatal(err)
	}
	named := t.TempDir()
	ownCodes(t, named, "2026", "选项里的事务")
	for _, x := range []struct {
		what  string
		args  []string
		begin func()
	}{
		{"政府办公厅（室）及相关机构事务", nil, func() {}},
		{"旁边的事务", nil, func() { ownCodes(t, filepath.Join(root, "catalogue"), "2026", "旁边的事务") }},
		{"模板里的事务", []string{"--template", pack}, func() { ownCodes(t, filepath.Join(pack, "catalogue"), "2026", "模板里的事务") }},
		{"选项里的事务", []string{"--template", pack, "--catalogue", named}, func() {}},
		{"选项里的事务", []string{"--catalogue", filepath.Join(named, "2026")}, func() {}},
	} {
		x.begin()
		if said := saidOf20103(t, append(x.args, dir)...); !strings.Contains(said, x.what) {
			t.Errorf("%v: want %s: %s", x.args, x.what, said)
		}
	}
	if code, _, stderr := run("check", "--catalogue", t.TempDir(), dir); code != exitUsage || !strings.Contains(stderr, "functional.csv") {
		t.Errorf("a folder without a catalogue: %d %s", code, stderr)
	}
}

// TestCatalogueTravels: a document is verified by the catalogue inside it, whatever lies beside it by then.
func TestCatalogueTravels(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	catalogue := filepath.Join(root, "catalogue")
	ownCodes(t, catalogue, "2026", "政府的事务")
	out := filepath.Join(root, "out.pdf")
	if code, stdout, stderr := run("build", dir, "-o", out); code != exitGood {
		t.Fatal(code, stdout, stderr)
	}
	if err := os.RemoveAll(catalogue); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run("verify", out); code != exitGood {
		t.Fatal(code, stdout, stderr)
	}
	there := filepath.Join(root, "there")
	if code, stdout, stderr := run("extract", out, "-o", there); code != exitGood {
		t.Fatal(code, stdout, stderr)
	}
	raw, err := os.ReadFile(filepath.Join(there, "catalogue", "2026", "functional.csv"))
	if err != nil || !strings.Contains(string(raw), "政府的事务") {
		t.Errorf("%v: %s", err, raw)
	}
	again := filepath.Join(root, "again.pdf") // what was taken out is built with what lies beside it
	if code, stdout, stderr := run("build", filepath.Join(there, "data", "2026", "338"), "-o", again); code != exitGood {
		t.Fatal(code, stdout, stderr)
	}
	if code, stdout, stderr := run("diff", out, again); code != exitGood || strings.Contains(stdout, "政府的事务") {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
}

// TestYearWithoutCatalogue: where no list serves the year, it is told what to put where; once it is there the year is served.
func TestYearWithoutCatalogue(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	old := filepath.Join(root, "2015", "338")
	if err := os.CopyFS(old, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(old, "department.toml")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeBelow(t, name, strings.Replace(string(raw), "= 2026\n", "= 2015\n", 1))
	code, stdout, stderr := run("check", old)
	if all := stdout + stderr; code != exitData || !strings.Contains(all, "填报-010") || !strings.Contains(all, "yusuan codes") || !strings.Contains(all, "data/catalogue/2015") {
		t.Errorf("%d %s", code, all)
	}
	ownCodes(t, filepath.Join(root, "catalogue"), "2015", "旧的事务")
	writeBelow(t, filepath.Join(root, "catalogue", "2015", "economic.csv"), "code,name,seen\n301,甲,\n30101,乙,\n")
	if _, stdout, stderr := run("check", old); strings.Contains(stdout+stderr, "填报-010") {
		t.Errorf("%s%s", stdout, stderr)
	}
	writeBelow(t, filepath.Join(root, "catalogue", "2015", "economic.csv"), "code,name,seen\n30101,乙,\n")
	if code, stdout, stderr := run("check", old); code != exitData || !strings.Contains(stdout+stderr, "catalogue/2015/economic.csv:2") || !strings.Contains(stdout+stderr, "科目-011") {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
}
