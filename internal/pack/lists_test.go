package pack

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/templates"
)

const withLists = small + `
[[list]]
name  = "政府购买服务类别"
words = ["技术性服务", "法律服务"]
[[figure]]
name = "law"
title = "法律服务"
query = "purchase=法律服务"
[[figure]]
name = "goods"
title = "货物"
query = "procurement!=无 procurement=货物"
`

const boxes = `
kind = "项目表"
scope = "项目"
heading = "项目表"
page = "正文"
widths = [1]
[[field]]
key = "type"
title = "项目类型"
options = ["部门项目", "公共项目"]
[[item]]
cell = [ { text = '{{if eq (field "type" | plain) "部门项目"}}☑{{else}}☐{{end}}{{if eq (plain (field "type")) "公共项目"}}☑{{end}}' } ]
`

// lists loads the pack with lists, boxes and a sentence about cars and units.
func lists(t *testing.T, toml, form, prose string) (*Pack, []string) {
	t.Helper()
	toml = strings.Replace(toml, `title = "{{.Name}}预算"`, "title = \"{{.Name}}预算\"\nprocurement_classes = [\"服务\", \"货物\"]", 1)
	p, ds := load(t, toml, map[string]string{"forms/f.toml": form, "prose/a.tmpl": prose})
	var out []string
	for _, d := range ds {
		out = append(out, d.Rule+" "+d.Message+" "+d.Hint)
	}
	return p, out
}

const carsAndUnits = `{{range vehicles "警车" "其他用车"}}{{.Name}}{{end}}{{len (units "行政" "参公")}}{{range vehicles "警车" "班车"}}{{end}}` + "\n"

// TestPackListsAreTheDepartments: what a pack writes, names and compares is all that its departments may fill in.
func TestPackListsAreTheDepartments(t *testing.T) {
	p, ds := lists(t, withLists, boxes, carsAndUnits)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	for name, want := range map[string][]string{
		budget.ListProcurement: {"服务", "货物"}, budget.ListPurchase: {"技术性服务", "法律服务"}, budget.ListVehicles: {"警车", "其他用车", "班车"},
	} {
		if l := p.Lists().Of(name); l.Open || !slices.Equal(l.Words, want) {
			t.Errorf("%s: open %v, %v", name, l.Open, l.Words)
		}
	}
	if l := p.Lists().Of(budget.ListFirst); !l.Open {
		t.Errorf("nothing says %v", l.Words)
	}
	plain, _ := load(t, small, nil)
	if l := plain.Lists().Of(budget.ListProcurement); l.Open || len(l.Words) != 3 {
		t.Errorf("a pack without classes: %v", l.Words)
	}
}

// TestSlipsOfLists changes one thing and wants one message.
func TestSlipsOfLists(t *testing.T) {
	for _, c := range []struct{ old, new, rule, says string }{
		{`name  = "政府购买服务类别"`, `name  = "购买服务类别"`, "模板-005", "政府购买服务类别"},
		{`name  = "政府购买服务类别"`, `name  = "政府采购类别"`, "模板-005", "可用的有"},
		{`name  = "政府购买服务类别"`, `name  = "单位性质"`, "模板-005", "可用的有"},
		{`words = ["技术性服务", "法律服务"]`, `words = ["法律服务", "法律服务"]`, "模板-007", "法律服务"},
		{`words = ["技术性服务", "法律服务"]`, `words = []`, "模板-006", "政府购买服务类别"},
		{`purchase=法律服务`, `purchase=法律`, "模板-005", "法律服务"},
		{`procurement=货物`, `procurement=工程`, "模板-005", "服务、货物"},
		{`procurement=货物`, `unitkind=行政单位`, "模板-004", "行政"},
		{`options = ["部门项目", "公共项目"]`, ``, "模板-005", "options"},
		{`"type" | plain) "部门项目"`, `"type" | plain) "部门"`, "模板-005", "部门项目"},
		{`(plain (field "type")) "公共项目"`, `(plain (field "type")) "公用项目"`, "模板-005", "公共项目"},
		{`units "行政" "参公"`, `units "行政" "参公单位"`, "模板-005", "参公"},
	} {
		change := func(s string) string { return strings.Replace(s, c.old, c.new, 1) }
		_, ds := lists(t, change(withLists), change(boxes), change(carsAndUnits))
		if len(ds) != 1 || !strings.HasPrefix(ds[0], c.rule) || !strings.Contains(ds[0], c.says) {
			t.Errorf("%s: %q", c.new, ds)
		}
	}
	named := withLists + "[[list]]\nname = \"车辆用途\"\nwords = [\"警车\", \"班车\"]\n"
	if _, ds := lists(t, named, boxes, carsAndUnits); len(ds) != 1 || !strings.Contains(ds[0], "其他用车") {
		t.Errorf("vehicles that the list lacks: %q", ds)
	}
}

// TestBoxesCloseTheirField: a form of before lists were asked for still makes documents; what its boxes are compared with is all
// that may be filled in.
func TestBoxesCloseTheirField(t *testing.T) {
	p, ds := lists(t, withLists, strings.Replace(boxes, `options = ["部门项目", "公共项目"]`, ``, 1), carsAndUnits)
	if len(ds) != 1 || !strings.Contains(ds[0], "部门项目、公共项目") {
		t.Errorf("%q", ds)
	}
	fields := p.Forms["项目表"].Fields
	if i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == "type" }); i < 0 || !slices.Equal(fields[i].Options, []string{"部门项目", "公共项目"}) {
		t.Errorf("%+v", fields)
	}
}

// TestShippedBoxesHaveOptions: every form of the program that compares a field says what the field may have (pack check
// demands it), and one does.
func TestShippedBoxesHaveOptions(t *testing.T) {
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	options := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, ds, err := loadAll(templates.FS, e.Name())
		if err != nil || ds.HasErrors() || slices.ContainsFunc(ds.Sorted(), func(d diag.Diagnostic) bool { return strings.Contains(d.Hint, "options") }) {
			t.Fatal(e.Name(), err, ds.Sorted())
		}
		for _, f := range p.Forms {
			for _, x := range f.Fields {
				options += len(x.Options)
			}
		}
	}
	if options == 0 {
		t.Error("no field has options")
	}
}

// TestHeirsReplaceLists: a pack that inherits another has its lists, or its own in their place.
func TestHeirsReplaceLists(t *testing.T) {
	const heir = "[pack]\nid = \"q\"\nname = \"继\"\nversion = \"1\"\ninherits = \"p\"\nyears = [2025, 2026]\n"
	for list, want := range map[string][]string{
		"": {"技术性服务", "法律服务"},
		"[[list]]\nname = \"政府购买服务类别\"\nwords = [\"法律服务\", \"评估服务\"]\n": {"法律服务", "评估服务"},
	} {
		m := fstest.MapFS{"p/pack.toml": {Data: []byte(withLists)}, "q/pack.toml": {Data: []byte(heir + list)}}
		p, ds, err := loadAll(m, "q")
		if err != nil || ds.Len() > 0 {
			t.Fatal(err, ds.Sorted())
		}
		if got := p.Lists().Of(budget.ListPurchase).Words; !slices.Equal(got, want) {
			t.Errorf("%q: %v", list, got)
		}
	}
}
