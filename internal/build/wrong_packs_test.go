package build_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/templates"
)

// overlaid are the program's packs with one text of one file replaced, once.
func overlaid(t *testing.T, name, old, with string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(templates.FS, name)
		m[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f := m[name]
	if f == nil || !strings.Contains(string(f.Data), old) {
		t.Fatalf("%s does not have %q", name, old)
	}
	f.Data = []byte(strings.Replace(string(f.Data), old, with, 1))
	return m
}

// TestWrongPacks makes one slip at a time in a pack and reads what its author is told: the rule, the words that help, and
// the line that was changed.
func TestWrongPacks(t *testing.T) {
	const pack, tables, style, text, overview, cover, form, project = "central-department/pack.toml", "central-department/tables.toml", "central-department/style.toml",
		"central-department/prose/explanation.tmpl", "central-department/prose/overview.tmpl", "central-department/prose/cover.tmpl", "wuhan/forms/overall.toml",
		"wuhan/forms/project-general.toml"
	lib := shared(t).Fonts
	for _, c := range []struct{ file, old, with, rule, says string }{
		// names that nothing has
		{tables, `left = "{{`, `lft = "{{`, "填报-001", "left"},
		{pack, `[[part]]`, `[[prat]]`, "填报-001", "part"},
		{tables, `field = "code"`, `field = "cod"`, "模板-005", "code"},
		{tables, `rows = "function"`, `rows = "functions"`, "模板-005", "function"},
		{tables, `side = "income"`, `side = "incom"`, "模板-005", "income"},
		{tables, `each = "class"`, `each = "clas"`, "模板-005", "class"},
		{pack, `by = "item"`, `by = "items"`, "模板-005", "item"},
		{pack, `style = "部分标题"`, `style = "部份标题"`, "模板-005", "部分标题"},
		{pack, `"8", "9"`, `"8", "99"`, "模板-005", "9"},
		{pack, `when_changed = "general"`, `when_changed = "genral"`, "模板-005", "general"},
		{pack, `role = "支出总预算"`, `role = "支出总算"`, "模板-005", "支出总预算"},
		{pack, `role = "支出总预算"`, `role = "收入总预算"`, "模板-007", "收入总预算"},
		{form, `role = "收入构成"`, `role = "收入的构成"`, "模板-005", "收入构成"},
		{form, `role = "收入构成"`, `role = "项目资金来源"`, "模板-005", "scope"},
		{form, `{ text = "{{.Name}}", span`, `{ text = "{{.Name}}", role = "合计", span`, "模板-005", "固定的文字"},
		{project, `role = "测算依据"`, `role = "测算"`, "模板-005", "测算依据"},
		{pack, `prose = "overview"`, `prose = "overveiw"`, "模板-010", "overview"},
		{style, `family = "仿宋"`, `family = "仿宋体"`, "版式-001", "仿宋"},
		{pack, `kind     = "部门预算"`, `inherits = "wuhann"`, "模板-015", "wuhan"},
		{pack, `id       = "central-department"`, `id       = "central"`, "模板-019", "文件夹"},
		{form, `scope = "部门"`, `scope = "部们"`, "模板-005", "部门"},
		// texts
		{text, `{{amount "total"}}`, `{{amount "totl"}}`, "模板-005", "total"},
		{text, `{{amount "general"}}`, `{{amount "general_item"}}`, "模板-005", "general_item.分项"},
		{text, `(print "general_item." .Code)`, `(print "general_itm." .Code)`, "模板-005", "general_item"},
		{text, `"reason_reception"`, `"reason_recpetion"`, "模板-005", "reason_reception"},
		{text, `by "class" ""`, `by "clas" ""`, "模板-005", "class"},
		{text, `{{template "科目" .Path}}`, `{{template "科木" .Path}}`, "模板-005", "科目"},
		{text, `{{amount "total"}}`, `{{amout "total"}}`, "模板-002", "amount"},
		{text, `{{amount "total"}}`, `{{amount "total"}`, "模板-002", "}"},
		{text, `{{.Year}}年收支总预算{{amount "total"}}。`, `{{if .Year}}年收支总预算{{amount "total"}}。`, "模板-002", "{{end}}"},
		{text, `{{amount "total"}}`, `{{amount}}`, "模板-011", "1 项"},
		{text, `{{index . 2}}`, `{{index . 3}}`, "模板-011", "index"},
		{overview, `{{if .Subordinates}}`, `{{if .Subordinate}}`, "模板-005", "Subordinates"},
		{overview, `{{range .Duties}}`, `{{range .Date}}`, "模板-011", "清单"},
		{text, `{{$.Year}}年预算数为`, `{{.Year}}年预算数为`, "模板-011", "$.Year"},
		{tables, `heading = "{{.Edition}}收支总表"`, `heading = "{{.Editoin}}收支总表"`, "模板-005", "Edition"},
		{tables, `empty_note = "注：{{.Name}}`, `empty_note = "注：{{.Nmae}}`, "模板-005", "Name"},
		{tables, `、{{.Name}}" } ]`, `、{{.Nam}}" } ]`, "模板-005", "Name"},
		{cover, `@封面单位`, `@封页单位`, "模板-005", "封面单位"},
		{cover, `@fill 5`, `@fill5`, "模板-005", "fill"},
		{cover, `@fill 5`, `@fill 五`, "模板-012", "@fill 3"},
		{cover, `"年月"`, `"年-月"`, "模板-011", "年月日"},
		{cover, `{{.Name}}`, `{{phrase "称"}}`, "模板-005", "用语"},
		{cover, `@fill 5`, `@fill -5`, "模板-012", "0 到 1000"},
		{cover, `@fill 5`, `@space -500mm`, "模板-012", "0mm 到 2000mm"},
		{cover, `@fill 5`, `@space 99999mm`, "模板-012", "2000mm"},
		// queries
		{tables, `filter = "fund=一般公共预算"`, `filter = "fnd=一般公共预算"`, "模板-004", "fund"},
		{tables, `filter = "fund=一般公共预算"`, `filter = "fund=一般公共预"`, "模板-004", "一般公共预算"},
		{tables, `query = "kind=基本支出"`, `query = "基本支出"`, "模板-004", "名称=值"},
		{text, `by "class" ""`, `by "class" "kind=基本支处"`, "模板-004", "基本支出"},
		{pack, `economic=30212"`, `economic=3O212"`, "模板-004", "数字"},
		{tables, `{ head = "基本支出", query = "kind=基本支出", min = "66pt" }`, `{ head = "基本支出", query = "side=收入", min = "66pt" }`, "模板-022", "fund"},
		// kinds of values, what is missing, what is twice
		{tables, `share = 3`, `share = "3"`, "填报-002", "整数"},
		{tables, `share = 3`, `share = -3`, "模板-020", "0 到"},
		{pack, `places = 2`, `places = -1`, "模板-020", "0 到 6"},
		{style, `left = "28mm"`, `left = "280mm"`, "版式-002", "版心"},
		{style, `"37mm"`, `"37 毫米"`, "模板-003", "28mm"},
		{style, `leading = "29.62pt"`, `leading = "-29pt"`, "模板-003", "4pt 到 500mm"},
		{style, `leading = "29.62pt"`, `leading = "0.001pt"`, "模板-003", "4pt 到 500mm"},
		{style, `height = "297mm"`, `height = "99999mm"`, "模板-003", "2000mm"},
		{form, `span = 5, align`, `span = 2000000000, align`, "模板-020", "100"},
		{form, `widths = [615, `, `widths = [0, `, "模板-020", "1 到 1000"},
		{tables, `share = 3`, `share = 9223372036854775807`, "模板-020", "100"},
		{tables, `heading = "{{.Edition}}支出总表"`, ``, "填报-003", "heading"},
		{pack, `years    = [2021, 2027]`, `years    = [2027, 2021]`, "模板-006", "首年"},
		{pack, `name = "carry_in"`, `name = "carry_out"`, "模板-007", "重复"},
		{tables, `total = "合计"`, `total = 合计`, "文件-007", `"合计"`},
		{pack, `{ prose = "cover" }`, `{ prose = "cover", glossary = "正文" }`, "模板-018", "2 样"},
		{style, `name = "一级标题"`, `name = "甲级标题"`, "模板-017", "一级标题"},
		{style, `number = "表号"`, ``, "模板-017", "grid"},
		// rows and columns
		{tables, `prior = "general_item", min`, `prior = "general", min`, "模板-023", `by = "item"`},
		{tables, `{ head = "收入", side = "income"`, `{ head = "收入", query = "kind=基本支出", side = "income"`, "模板-021", "里面的列"},
		{tables, `{ head = "收入", side = "income"`, `{ head = "收入", side = "outgo"`, "模板-021", "没有 income 一侧"},
		{tables, `{ head = "收入", side = "income"`, `{ head = "收入", side = "use"`, "模板-021", "没有 income 一侧"},
		{tables, `{ head = "项目", field = "label", share = 3 }`, `{ head = "项目", field = "label", share = 3, side = "outgo" }`, "模板-021", "依次相连"},
		{form, `span = 5, align`, `span = 6, align`, "模板-021", "占 15 列，应占 14 列"},
		{tables, "min = \"130pt\", share = 3, indent = true },\n  ] },\n  { head = \"{{.Year}}年基本支出\"", "min = \"600pt\", share = 3, indent = true },\n  ] },\n  { head = \"{{.Year}}年基本支出\"", "版式-009", "横页"},
	} {
		m := overlaid(t, c.file, c.old, c.with)
		s := &build.Shared{Fonts: lib, Packs: m, Catalogue: shared(t).Catalogue}
		folder, _, _ := strings.Cut(c.file, "/")
		w, err := s.Gallery(folder)
		if err != nil {
			t.Fatalf("%s: %v", c.with, err)
		}
		if w.Tree != nil && !w.Diags.HasErrors() {
			w.Typeset()
		}
		list := w.Diags.Sorted()
		found := false
		for _, d := range list {
			if d.Rule != c.rule || !strings.Contains(d.Message+d.Hint, c.says) {
				continue
			}
			found = true
			if !strings.HasPrefix(d.At.File, folder+"/") || d.At.Start.Line == 0 {
				t.Errorf("%s: %s is said to stand at %q", c.with, d.Rule, d.At)
				continue
			}
			lines := strings.Split(string(m[d.At.File].Data), "\n")
			if line := lines[d.At.Start.Line-1]; c.with != "" && d.At.File == c.file && atTheSlip[c.rule] && !strings.Contains(line, c.with) {
				t.Errorf("%s: said of the line %q", c.with, line)
			}
		}
		if !found {
			t.Errorf("%s: no %s with %q in %v", c.with, c.rule, c.says, list)
		}
		if len(list) > 8 {
			t.Errorf("%s: %d messages for one slip", c.with, len(list))
		}
	}
}

// atTheSlip are rules whose place is the line with the slip; others speak of the row, the table or the use.
var atTheSlip = map[string]bool{"模板-003": true, "模板-004": true, "模板-005": true, "模板-010": true, "填报-001": true, "填报-002": true,
	"模板-012": true, "模板-023": true, "文件-007": true, "模板-015": true}
