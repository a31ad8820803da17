package classify

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
)

func csvFiles(texts ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(texts); i += 2 {
		out[texts[i]] = &fstest.MapFile{Data: []byte(texts[i+1])}
	}
	return out
}

// TestLayers: a bureau's list of a year goes before the program's, and what it does not have is filled in from it; what the
// program says of other years is not said of the bureau's list.
func TestLayers(t *testing.T) {
	const head = "code,name,seen\n"
	above := csvFiles("2026/functional.csv", head+"201,一般公共服务,\n20103,政府事务,\n", "2023/functional.csv", head+"201,甲,\n", "2030/economic.csv", head+"301,薪酬,\n", "2027/x.txt", "")
	l := Layers{{"本级", above}, {"", data.Catalogue()}}
	for _, x := range []struct {
		year, folder int
		own          bool
		functional   string // the name of 201
		economic     string // of 301
		items        bool   // 2010301 is there
	}{
		{2026, 2026, true, "一般公共服务", "工资福利支出", false}, // the bureau's alone
		{2025, 2023, false, "甲", "工资福利支出", false},     // no list of the year, and the bureau's of 2023 says nothing of 2025
		{2019, 2019, true, "一般公共服务支出", "工资福利支出", false},
		{2030, 2030, true, "一般公共服务支出", "薪酬", true}, // the functional codes of the program's last year
		{2029, 2026, false, "一般公共服务", "工资福利支出", false},
	} {
		c, err := Load(l, x.year)
		if err != nil {
			t.Fatal(x.year, err)
		}
		f, _ := c.Functional.Name("201")
		e, _ := c.Economic.Name("301")
		_, items := c.Functional.Name("2010301")
		if c.Year != x.folder || c.Own != x.own || f != x.functional || e != x.economic || items != x.items {
			t.Errorf("%d: folder %d, own %v, %s, %s, items %v", x.year, c.Year, c.Own, f, e, items)
		}
		if len(c.Funds) == 0 {
			t.Errorf("%d: no funds of the program's list", x.year)
		}
	}
	if got := l.Shown("2026/functional.csv"); got != "本级/2026/functional.csv" {
		t.Errorf("shown as %s", got)
	}
	if _, err := Load(Layers{{"", csvFiles("2027/x.txt", "")}}, 2027); !errors.Is(err, ErrNoCatalogue) {
		t.Errorf("a folder without a list: %v", err)
	}
	if _, err := fs.Stat(l, "2031/functional.csv"); err == nil {
		t.Error("a file of a year that nobody has")
	}
}

// TestFaultsHaveLines: what is wrong with a file that a bureau wrote is told at its line.
func TestFaultsHaveLines(t *testing.T) {
	for name, x := range map[string]struct {
		text, what string
		line       int
	}{
		"no parent": {"code,name,seen\n# 注\n201,甲,\n2010101,乙,\n", "上一级20101", 4},
		"twice":     {"code,name,seen\n201,甲,\n201,乙,\n", "写了两次", 3},
		"no name":   {"code,name,seen\n201,,\n", "没有名称", 2},
		"columns":   {"code,name,seen\n201,甲\n", "列数不对", 2},
		"head":      {"编码,名称,年度\n", "第一行要写", 1},
		"quotes":    {"code,name,seen\n201,\"甲,\n", "引号", 2},
		"GBK":       {"code,name,seen\n201,\xd2\xbb\xb0\xe3,\n", "UTF-8", 0},
		"empty":     {"", "空的", 0},
	} {
		_, err := Load(csvFiles("2026/functional.csv", x.text, "2026/economic.csv", "code,name,seen\n301,a,\n"), 2026)
		var f *Fault
		if !errors.As(err, &f) || f.Line != x.line || !strings.Contains(f.What, x.what) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load(csvFiles("2026/functional.csv", "\ufeffcode,name,seen\n201,甲,\n", "2026/economic.csv", "code,name,seen\n301,a,\n"), 2026); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
}

// TestEarlierNames: a year that a later list serves has the names that documents of it printed.
func TestEarlierNames(t *testing.T) {
	for year, want := range map[int]string{2019: "资源勘探信息等支出", 2020: "资源勘探信息等支出", 2021: "资源勘探工业信息等支出", 2025: "资源勘探工业信息等支出"} {
		if got, _ := shipped(t, year).Functional.Name("215"); got != want {
			t.Errorf("%d: %s", year, got)
		}
	}
}

// TestHints: what is not printed and helps with a code that is missing; no list has a name from it.
func TestHints(t *testing.T) {
	c := shipped(t, 2026)
	h := c.Hints()
	if got := h.Unverified(true, "2111101"); got != "生态环境监测与信息" {
		t.Errorf("unverified %q", got)
	}
	if r, ok := h.Retired(true, "2080504"); !ok || r.Last != 2019 || r.Next != "2080501" {
		t.Errorf("retired %v", r)
	}
	if names := c.NamesOf(true, "2070204"); len(names) != 1 || names[0].Last != 2009 || names[0].Years() != "2007—2009年" && names[0].Years() != "2009年" {
		t.Errorf("names %v", names)
	}
	if names := c.NamesOf(true, "20805"); len(names) != 2 || names[0].Last != 2019 || names[1].Year != 2023 || names[1].Last != 2026 {
		t.Errorf("names %v", names)
	}
	for _, year := range []int{2017, 2018, 2019, 2023, 2026} {
		tree := shipped(t, year).Functional
		for code := range h.unverified[0] {
			if name, ok := tree.Name(code); ok {
				t.Errorf("%d: %s %s is printed and not verified", year, code, name)
			}
		}
	}
}
