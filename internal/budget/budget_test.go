package budget

import (
	"slices"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

const head = `
[department]
year = 2026
code = "900"
name = "某区某局"
template = "x"
date = 2026-02-01
[[unit]]
code = "900001"
name = "本级"
kind = "行政"
`

// load makes a budget of TOML and returns what is wrong with it.
func load(t *testing.T, toml string) (*Budget, []diag.Diagnostic) {
	t.Helper()
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	f, l := source.Parse("a.toml", []byte(toml))
	facts, more := Read([]*source.File{f}, nil, nil)
	l.Append(more)
	b, more := New(facts, cat)
	l.Append(more)
	return b, l.Sorted()
}

func rules(ds []diag.Diagnostic) (out []string) {
	for _, d := range ds {
		out = append(out, d.Rule)
	}
	return out
}

func sum(t *testing.T, b *Budget, query string) string {
	t.Helper()
	q, err := ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return b.Sum(q).String()
}

func TestRevenueIsDerived(t *testing.T) {
	b, ds := load(t, head+`
[[basic]]
function = "2010301"
economic = "30101"
amount = 1000
[[project]]
name = "甲"
function = "2010302"
[[project.line]]
amount = 500
carried = true
[[project.line]]
fund = "事业收入"
amount = 70.5
[[carryover]]
in = 600
out = 100
[[revenue]]
source = "一般公共预算拨款收入"
amount = 1000
`)
	if len(ds) > 0 {
		t.Fatalf("%+v", ds)
	}
	for query, want := range map[string]string{
		"side=收入 fund=一般公共预算":    "1000", // 1,000 + 500 spent, 100 carried out, 600 carried in
		"side=收入 fund=事业收入":      "70.5",
		"side=收入,上年结转":           "1670.5",
		"side=支出,年终结转":           "1670.5",
		"fund=一般公共预算 carried=是":  "500",
		"nature=人员经费":            "1000",
		"side=收入,上年结转 fund=财政拨款": "1600",
	} {
		if got := sum(t, b, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	for _, l := range b.Lines {
		if l.Side == RevenueSide && len(l.From) == 0 {
			t.Errorf("revenue of %s does not lead back to lines", l.Fund)
		}
	}
}

// TestWhatIsWrong gives one slip and the rule it must bring up, at the line it stands on.
func TestWhatIsWrong(t *testing.T) {
	const line = "[[basic]]\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 1\n"
	for _, c := range []struct {
		toml, rule, at string
	}{
		{line + "unit = \"900002\"\n", "单位-003", "unit ="},
		{line + "fund = \"一般预算\"\n", "资金-001", "fund ="},
		{line + "nature = \"办公\"\n", "科目-004", "nature ="},
		{strings.Replace(line, "2010301", "2019901", 1), "科目-001", "function ="},
		{strings.Replace(line, "2010301", "20103", 1), "科目-003", "function ="},
		{strings.Replace(line, "30101", "30191", 1), "科目-001", "economic ="},
		{strings.Replace(line, "30101", "30799", 1) + "[[code]]\nkind = \"经济\"\ncode = \"30799\"\nname = \"其他\"\n", "科目-005", "[[basic]]"},
		{line + "[[unit]]\ncode = \"900001\"\nname = \"又一个\"\n", "单位-001", ""},
		{line + "[[unit]]\nname = \"中心\"\nbudget_within = \"900009\"\n", "单位-003", "budget_within"},
		{line + "[[unit]]\ncode = \"900002\"\nname = \"二\"\n", "单位-005", "[[basic]]"},
		{line + "[[code]]\nkind = \"收入\"\ncode = \"101\"\nname = \"税\"\n", "科目-002", "kind ="},
		{line + "[[revenue]]\nsource = \"一般公共预算\"\namount = 2\n", "勾稽-001", "amount = 2"},
		{line + "[[carryover]]\nin = 5\n", "勾稽-002", "[[carryover]]"},
		{line + "[[project]]\nname = \"甲\"\nfunction = \"2010302\"\n", "项目-002", "[[project]]"},
		{line + "[[project]]\nname = \"甲\"\namount = 3\n", "项目-003", "[[project]]"},
		{line + "[[project]]\nname = \"甲\"\nfunction = \"2010302\"\namount = 3\n[[project.line]]\namount = 2\n", "项目-004", "amount = 3"},
		{line + strings.Repeat("[[project]]\nname = \"甲\"\nfunction = \"2010302\"\namount = 3\n", 2), "项目-001", "name ="},
	} {
		_, ds := load(t, head+c.toml)
		i := slices.IndexFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == c.rule })
		if i < 0 {
			t.Errorf("%s\nwant %s, got %v", c.toml, c.rule, rules(ds))
			continue
		}
		if len(ds) != 1 {
			t.Errorf("%s\none slip, %d messages: %v", c.toml, len(ds), rules(ds))
		}
		text := strings.Split(head+c.toml, "\n")
		if n := ds[i].At.Start.Line; n < 1 || n > len(text) || !strings.Contains(text[n-1], c.at) {
			t.Errorf("%s\n%s is said to stand at line %d", c.toml, c.rule, n)
		}
	}
}

// TestHintsNameWhatWasMeant holds what is suggested for values that are nearly right.
func TestHintsNameWhatWasMeant(t *testing.T) {
	const line = "[[basic]]\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 1\n"
	const centre = "[[unit]]\nname = \"中心\"\nbudget_within = \"900001\"\n"
	for _, c := range []struct{ toml, hint string }{
		{line + "fund = \"基金\"\n", "是不是“政府性基金预算”"},
		{line + "fund = \"一般公共预算经费\"\n", "是不是“一般公共预算”；可填：一般公共预算、政府性基金预算、"},
		{line + "fund = \"拨款\"\n", "可填：一般公共预算、政府性基金预算、"},
		{line + "unit = \"中心\"\n" + centre, "写成 unit = \"900001\""},
		{strings.Replace(line, "2010301", "2010 301", 1), "写成 \"2010301\""},
		{strings.Replace(line, "2010301", "其他政府办公厅（室）及相关机构事务支出", 1), "是不是 2010399 其他政府办公厅（室）及相关机构事务支出"},
		{strings.Replace(line, "30101", "基本工资", 1), "是不是 30101 基本工资"},
		{strings.Replace(line, "30101", "303", 1), "是不是 30301 离休费、30302 退休费、"},
	} {
		_, ds := load(t, head+c.toml)
		if len(ds) != 1 || !strings.Contains(ds[0].Hint, c.hint) {
			t.Errorf("%s\n%v\nwant the hint %s", c.toml, ds, c.hint)
		}
	}
}

func TestExtraCodesAreKnown(t *testing.T) {
	b, ds := load(t, head+"[[code]]\nkind = \"功能\"\ncode = \"2019901\"\nname = \"补充\"\n[[basic]]\nfunction = \"2019901\"\neconomic = \"30101\"\namount = 1\n")
	if len(ds) > 0 {
		t.Fatalf("%v", rules(ds))
	}
	if name, _ := b.Functional.Name("2019901"); name != "补充" {
		t.Errorf("its name is %q", name)
	}
}
