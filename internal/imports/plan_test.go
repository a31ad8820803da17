package imports

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// folder reads files that are written one after another, each below a line `-- name`.
func folder(t *testing.T, text string) Folder {
	t.Helper()
	f := Folder{Lists: budget.StandardLists(), Forms: []FormKind{{Kind: "项目表", Project: true, Required: []string{"reason"}}, {Kind: "整体表"}}}
	for _, part := range strings.Split(text, "-- ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		x, diags := source.Parse(name, []byte(body))
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		f.Files = append(f.Files, x)
	}
	return f
}

// after is the folder as it is after a plan.
func after(t *testing.T, f Folder, p *Plan) string {
	t.Helper()
	text := map[string]string{}
	for _, x := range f.Files {
		text[x.Path] = string(x.Source)
	}
	for _, x := range p.Edited {
		text[x.Path] = string(x.After)
	}
	names := make([]string, 0, len(text))
	for n := range text {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range names {
		b.WriteString("-- " + n + "\n" + text[n])
	}
	return b.String()
}

func carryOut(t *testing.T, u *Understood, f Folder) (string, *Plan) {
	t.Helper()
	p, diags, err := NewPlan(u, f)
	if err != nil {
		t.Fatal(err)
	}
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	return after(t, f, p), p
}

const freshFolder = `-- basic.toml
# 基本支出
amount_unit = "元"

basic = [
  { function = "2010301", economic = "30101", amount = "请填" }, # 行政运行
]
-- department.toml
[department]
year = 2026
name = "请填"
-- projects.toml
amount_unit = "万元"

[[project]]
name     = "请填"
amount   = "请填"
purpose  = "请填。"
-- units.toml
[[unit]]
code = "001"
name = "请填"
`

// TestImportFresh takes an export into a new folder: nothing is left of its examples, one line stays in its project, funds and
// units that people leave out are left out.
func TestImportFresh(t *testing.T) {
	f := folder(t, freshFolder)
	f.Fresh = true
	got, p := carryOut(t, export(t, twoUnits), f)
	for _, want := range []string{
		`{ unit = "418001", function = "2010301", economic = "30101", amount = 100.1 }, # 行政运行　基本工资`,
		`{ unit = "418002", fund = "事业收入", function = "2010350", economic = "30201", amount = 50.05 }`,
		"name     = \"窗口运维\"\nunit     = \"418001\"\nfunction = \"2010302\"\neconomic = \"30213\"\namount   = 0.1\n",
		"[[project.line]]\nfund     = \"其他收入\"\nfunction = \"2010399\"\neconomic = \"31002\"\namount   = 0.003\n",
		"kind    = \"项目表\"\nproject = \"窗口运维\"\n\n[form.fields]\nreason = \"请填\"\n",
		"name    = \"年度绩效目标1\"\ntext    = \"窗口系统稳定运行，群众办事更加便捷。\"", "goal    = \"年度绩效目标1\"", "headquarters = true", `name = "请填"`, `code = "418"`,
	} {
		if !strings.Contains(squeezed(got), squeezed(want)) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	for _, never := range []string{`"001"`, `amount = "请填"`, `purpose  = "请填。"`, `"一般公共预算"`} {
		if strings.Contains(squeezed(got), squeezed(never)) {
			t.Errorf("%s is left in\n%s", never, got)
		}
	}
	if len(p.Edited) != 5 {
		t.Errorf("%d files are written, want 5", len(p.Edited))
	}
	for _, x := range p.Edited {
		if x.Before != nil {
			t.Errorf("%s is said to be there already", x.Path)
		}
	}
}

// refilled is a folder as an import made it and its author went on with it.
func refilled(t *testing.T, first string) Folder {
	t.Helper()
	f := folder(t, freshFolder)
	f.Fresh = true
	text, _ := carryOut(t, export(t, first), f)
	text = strings.NewReplacer(`reason = "请填"`, `reason = "窗口老旧。" # 已定`, `purpose = "主要用于更新。"`, `purpose = "主要用于更新旧设备。"`, `name = "中心"`, `name = "服务中心"`).Replace(text)
	return folder(t, text)
}

// TestImportAgain takes exports into the folder that an earlier one made. What the author wrote stays.
func TestImportAgain(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		kinds          []ChangeKind
		want           []string // stands there after
	}{
		{"the same", "", "", []ChangeKind{Kept}, nil},
		{"an amount", "economic=30102|津贴补贴 amount=200", "economic=30102|津贴补贴 amount=201.5", []ChangeKind{Changed, Kept}, []string{`economic = "30102", amount = 201.5 }, # 行政运行　津贴补贴`}},
		{"in 万元", "amount=1000", "amount=1200", []ChangeKind{Changed, Kept}, []string{`amount   = 0.12`}},
		{"a line of a project", "fund=其他收入 amount=30", "fund=其他收入 amount=31", []ChangeKind{Kept, Changed}, []string{`amount   = 0.0031`}},
		{"a new row", "# 项目 项目", "unit=418001|局本级 function=2080505 economic=30108 amount=9\n# 项目 项目", []ChangeKind{New, Kept},
			[]string{`economic = "30102", amount = 200 }, # 行政运行　津贴补贴` + "\n" + `  { unit = "418001", function = "2080505", economic = "30108", amount = 9 },` + "\n" + `  { unit = "418002", fund`}},
		{"a row that is gone", "unit=418001|局本级 fund=一般公共预算 function=2010301|行政运行 economic=30102|津贴补贴 amount=200\n", "", []ChangeKind{Gone, Kept}, []string{`amount = 200 }`}},
		{"one line becomes two", "economic=30213 amount=1000", "economic=30213 amount=900\nunit=418001|局本级 name=窗口运维 function=2010302 economic=30227 amount=100", []ChangeKind{New, New, Kept},
			[]string{"name     = \"窗口运维\"\nunit     = \"418001\"\namount   = 0.1\n\n[[project.line]]\nfunction = \"2010302\"\neconomic = \"30213\"\namount   = 0.09\n"}},
		{"an indicator", "value=≥90%", "value=≥95%", []ChangeKind{Kept, Changed}, []string{`"≥95%"`}},
		{"a goal", "窗口系统稳定运行，群众办事更加便捷。", "窗口系统稳定运行，群众办事更快。", []ChangeKind{Kept, Kept}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := refilled(t, twoUnits)
			if !strings.Contains(twoUnits, c.from) {
				t.Fatalf("the export has no %s", c.from)
			}
			text := twoUnits
			if c.from != "" {
				text = strings.ReplaceAll(text, c.from, c.to)
			}
			got, p := carryOut(t, export(t, text), f)
			var kinds []ChangeKind
			for _, x := range p.Changes {
				kinds = append(kinds, x.Kind)
			}
			if !slices.Equal(kinds, c.kinds) {
				t.Errorf("changes %v, want %v: %+v", kinds, c.kinds, p.Changes)
			}
			for _, want := range append(c.want, `reason = "窗口老旧。" # 已定`, `purpose = "主要用于更新旧设备。"`, `name = "服务中心"`) {
				if !strings.Contains(squeezed(got), squeezed(want)) {
					t.Errorf("no %s in\n%s", want, got)
				}
			}
			if c.want == nil && len(p.Edited) > 0 {
				t.Errorf("files are written: %v", p.Edited[0].Patches)
			}
			again, diags, err := NewPlan(export(t, text), folder(t, got))
			if err != nil || diags.HasErrors() || len(again.Edited) > 0 {
				t.Errorf("once more: %v %v %v", err, diags.Sorted(), again.Edited)
			}
		})
	}
}

// squeezed is a text without the blanks that align it.
func squeezed(s string) string {
	return regexp.MustCompile(` +=`).ReplaceAllString(s, " =")
}

// TestAgainst holds sheets of sums against what is taken in: of one fund, of all, of 财政拨款, of all units of a department.
func TestAgainst(t *testing.T) {
	const facts = `
# 基本 基本支出
unit=418001 fund=一般公共预算 function=2010301 economic=30101 amount=100
unit=418001 fund=事业收入 function=2010301 economic=30201 amount=20
unit=418002 fund=一般公共预算 function=2010301 economic=30101 amount=5
# 汇总 支出汇总
`
	for _, c := range []struct {
		row  string
		held bool
	}{
		{"unit=418001 function=2010301 fund=一般公共预算 basic=100", true},
		{"unit=418001 function=2010301 fund=一般公共预算 basic=120", false},
		{"unit=418001 function=2010301 basic=120", true},
		{"unit=418001 function=2010301 basic=100", true},
		{"unit=418001 function=2010301 basic=99.99", false},
		{"unit=418 function=2010301 basic=125", true},
		{"unit=418001 function=2010302 basic=1", false},
	} {
		u := export(t, facts+c.row)
		_, diags, err := NewPlan(u, Folder{Lists: budget.StandardLists()})
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(diags.Sorted(), func(d diag.Diagnostic) bool { return d.Rule == ruleAgainst })
		if noted := len(u.Sheets[1].Notes) > 0; told == c.held || noted != c.held {
			t.Errorf("%s: told %t, noted %t", c.row, told, noted)
		}
	}
}

// TestLacking: codes that the catalogue lacks come with the names that the export gives them; the groups above wait for theirs.
func TestLacking(t *testing.T) {
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	f := folder(t, freshFolder)
	f.Fresh, f.Catalogue = true, cat
	got, _ := carryOut(t, export(t, "# 基本 基本支出\nunit=1 function=2987601|某项支出 economic=30101|基本工资 amount=1\nunit=1 function=2010301|行政运行 economic=30101|基本工资 amount=1"), f)
	for _, want := range []string{"code = \"2987601\"\nname = \"某项支出\"", "code = \"29876\"\nname = \"请填\"", "code = \"298\"\nname = \"请填\""} {
		if !strings.Contains(squeezed(got), want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, `code = "2010301"`) || strings.Contains(got, `code = "30101"`) {
		t.Errorf("a known code is added:\n%s", got)
	}
}

// TestOrigins leads from a folder back to the cells of the export: a value to its own, the rest of its line to that of the amount,
// and nothing once the value is another.
func TestOrigins(t *testing.T) {
	f := folder(t, freshFolder)
	f.Fresh = true
	text, p := carryOut(t, export(t, twoUnits), f)
	raw, err := WritePlaces(nil, p.Places)
	if err != nil {
		t.Fatal(err)
	}
	of := func(text, line, word string) string {
		t.Helper()
		now := folder(t, text)
		o := now.Origins(ReadPlaces(raw))
		for _, x := range now.Files {
			i := strings.Index(string(x.Source), line)
			if i < 0 {
				continue
			}
			at := diag.Range{File: x.Path, Start: diag.Pos{Line: strings.Count(string(x.Source[:i]), "\n") + 1, Column: int32(strings.Index(line, word) + 1)}}
			cell, _ := o.Of(at)
			return cell.String()
		}
		t.Fatal("no ", line)
		return ""
	}
	const line = `  { unit = "418001", function = "2010301", economic = "30101", amount = 100.1 }`
	function, amount, between := of(text, line, `"2010301"`), of(text, line, "100.1"), of(text, line, "function")
	if function == "" || amount == "" || function == amount || between != amount {
		t.Errorf("the function is of %q, the amount of %q, the line of %q", function, amount, between)
	}
	other := strings.Replace(text, "amount = 100.1 }", "amount = 100.2 }", 1)
	if got := of(other, strings.Replace(line, "100.1", "100.2", 1), "100.2"); got == amount {
		t.Errorf("an amount that is another now is of %q", got)
	}
}

// TestQuoted: whatever a cell holds, the mapping file that names it can be read again.
func TestQuoted(t *testing.T) {
	for s, want := range map[string]string{"a\x01b": "a b", "a\u0085b": "a b", `C:\"x"`: `C:\"x"`, "两\r\n行\t列": "两  行 列", "\ufeff代码": " 代码"} {
		f, diags := source.Parse("x.toml", []byte("a = "+quoted(s)+"\n"))
		if v, _ := f.Entries()[0].Value("a"); diags.Len() > 0 || v.Text != want {
			t.Errorf("%q is read as %q: %v", s, v.Text, diags.Sorted())
		}
	}
}
