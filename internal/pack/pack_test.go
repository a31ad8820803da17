package pack

import (
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/diag"
	"yusuan/templates"
)

const small = `
[pack]
id = "p"
name = "试"
version = "1"
years = [2025, 2026]
title = "{{.Name}}预算"
[[page]]
name = "正文"
width = "210mm"
height = "297mm"
top = "37mm"
bottom = "35mm"
left = "28mm"
right = "26mm"
[[style]]
name = "正文"
family = "仿宋"
size = "三号"
leading = "29pt"
[grid]
body = "正文"
head = "正文"
note = "正文"
heading = "正文"
[[figure]]
name = "total"
title = "合计"
query = "side=支出"
[[table]]
id = "1"
heading = "表1"
page = "正文"
rows = "function"
[[table.column]]
head = "编码"
field = "code"
[[table.column]]
head = "金额"
[[part]]
page = "正文"
[[part.block]]
tables = ["1"]
`

func load(t *testing.T, toml string, more map[string]string) (*Pack, []diag.Diagnostic) {
	t.Helper()
	m := fstest.MapFS{"p/pack.toml": &fstest.MapFile{Data: []byte(toml)}}
	for name, s := range more {
		m["p/"+name] = &fstest.MapFile{Data: []byte(s)}
	}
	p, l, err := loadAll(m, "p")
	if err != nil {
		t.Fatal(err)
	}
	return p, l.Sorted()
}

func TestSmallPackLoads(t *testing.T) {
	p, ds := load(t, small, nil)
	if len(ds) > 0 {
		t.Fatalf("%+v", ds)
	}
	if p.ID != "p" || p.FirstYear != 2025 || p.LastYear != 2026 || len(p.Tables["1"].Columns) != 2 || p.Title.Name == "" {
		t.Errorf("%+v", p)
	}
}

func TestTurnedPage(t *testing.T) {
	for _, turned := range []bool{false, true} {
		toml := small
		if turned {
			toml = strings.Replace(small, "right = \"26mm\"\n", "right = \"26mm\"\nturned = true\n", 1)
		}
		if p, ds := load(t, toml, nil); len(ds) > 0 || p.Styles.Pages["正文"].Turned != turned {
			t.Errorf("turned %v: %+v %+v", turned, p.Styles.Pages, ds)
		}
	}
}

// TestSlipsOfPackAuthors changes one thing and wants one message with a suggestion, at the line changed.
func TestSlipsOfPackAuthors(t *testing.T) {
	for _, c := range []struct{ old, new, rule, says string }{
		{`rows = "function"`, `rows = "functon"`, "模板-005", "function"},
		{`field = "code"`, `field = "cod"`, "模板-005", "code"},
		{`query = "side=支出"`, `query = "sid=支出"`, "模板-004", "side"},
		{`tables = ["1"]`, `tables = ["2"]`, "模板-005", "1"},
		{`body = "正文"`, `body = "正方"`, "模板-005", "正文"},
		{`size = "三号"`, `size = "三耗"`, "模板-003", "三耗"},
		{`title = "{{.Name}}预算"`, `title = "{{.Name}预算"`, "模板-002", ""},
		{`title = "{{.Name}}预算"`, `title = "{{nome}}预算"`, "模板-002", "nome"},
		{`years = [2025, 2026]`, `years = [2025]`, "模板-006", ""},
		{`tables = ["1"]`, `prose = "没有"`, "模板-010", "没有"},
		{`tables = ["1"]`, `prose = "../../.."`, "模板-015", "不写路径"},
		{`tables = ["1"]`, `prose = ".."`, "模板-015", "不写路径"},
		{`tables = ["1"]`, `prose = 'C:\x'`, "模板-015", "不写路径"},
		{`tables = ["1"]`, `glossary = "没有"`, "模板-005", "正文"},
		{"right = \"26mm\"\n", "right = \"26mm\"; wide = \"正方\"\n", "模板-005", "正文"},
		{"right = \"26mm\"\n", "right = \"26mm\"; wide = \"正文\"\n", "模板-016", "正文"},
	} {
		c.new = strings.ReplaceAll(c.new, "; ", "\n") // two lines: the slip is in the second
		_, ds := load(t, strings.Replace(small, c.old, c.new, 1), nil)
		if len(ds) != 1 || ds[0].Rule != c.rule || !strings.Contains(ds[0].Message+ds[0].Hint, c.says) {
			t.Errorf("%s: %+v", c.new, ds)
			continue
		}
		lines := strings.Split(strings.Replace(small, c.old, c.new, 1), "\n")
		slip := strings.Split(strings.TrimSpace(c.new), "\n")
		if at := ds[0].At.Start.Line; c.rule != "模板-006" && (at < 1 || !strings.Contains(lines[at-1], slip[len(slip)-1])) {
			t.Errorf("%s is said to stand at line %d", c.new, at)
		}
	}
}

func TestProseErrorsHaveTheirLine(t *testing.T) {
	_, ds := load(t, small, map[string]string{"prose/a.tmpl": "一\n二\n{{if}}\n"})
	if len(ds) != 1 || ds[0].Rule != "模板-002" || ds[0].At.File != "p/prose/a.tmpl" || ds[0].At.Start.Line != 3 {
		t.Errorf("%+v", ds)
	}
}

// TestEmbeddedPacksLoad holds that every pack of the program is without fault.
func TestEmbeddedPacksLoad(t *testing.T) {
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		_, l, err := loadAll(templates.FS, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range l.Sorted() {
			t.Errorf("%s: %s %s %s", d.At, d.Rule, d.Message, d.Hint)
		}
	}
}

// TestCellsOfOneText: what prints one text alone is told from what a template has to make.
func TestCellsOfOneText(t *testing.T) {
	for text, want := range map[string][2]string{
		"{{.Item.Name}}": {"Name", ""}, "{{ .Item.Name }}": {"Name", ""}, `{{field "basis"}}`: {"", "basis"}, `{{ field "a.b" }}`: {"", "a.b"},
		"{{.Item.name}}": {}, "{{.Item.A.B}}": {}, "x{{.Item.Name}}": {}, `{{field "a"}}。`: {}, "{{field .Name}}": {}, `{{field "a\n"}}`: {}, `{{field "a" | plain}}`: {},
	} {
		got := [2]string{}
		if m := alone.FindStringSubmatch(text); m != nil {
			got = [2]string{m[1], m[2]}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
