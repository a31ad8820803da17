package pack

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// usesOf are the fields that a text of a small pack uses, beside those that every document does.
func usesOf(t *testing.T, text string) []string {
	t.Helper()
	own := strings.Replace(basePack, `{ prose = "b" }, { tables = ["1", "2"] }`, `{ prose = "b" }`, 1) + `
[[figure]]
name = "fund"
title = "政府性基金"
query = "fund=政府性基金预算"
prior = true
[[figure]]
name = "item"
title = "各项"
query = "nature=公用经费"
by = "item"
prior = true
[[figure]]
name = "public"
title = "公用经费"
query = "nature=公用经费"
prior = true
[[text]]
key = "use"
title = "用途"
by = "item"
[[text]]
key = "reason"
title = "原因"
`
	p, diags, err := loadAll(fstest.MapFS{"base/pack.toml": {Data: []byte(own)}, "base/prose/a.tmpl": {Data: []byte("")}, "base/prose/b.tmpl": {Data: []byte(text)}}, "base")
	if err != nil || diags.HasErrors() {
		t.Fatal(text, err, diags.Sorted())
	}
	uses := p.Uses()
	if len(uses) != 1 {
		t.Fatalf("%d uses", len(uses))
	}
	return uses[0].Fields()
}

// TestUsesOfTexts: which fields of the facts a text uses, however it comes by them.
func TestUsesOfTexts(t *testing.T) {
	type list = []string
	for _, c := range []struct {
		text     string
		has, not list
	}{
		{`{{.Institutions}}`, list{"department.institutions"}, list{"department.duties", "basic.amount"}},
		{`{{range .Projects}}{{.Use}}{{end}}`, list{"project.use", "project.purpose"}, list{"project.start_year", "unit.kind"}},
		{`{{range $i, $p := .Projects}}{{if $i}}、{{end}}{{$p.Start}}{{end}}`, list{"project.start_year"}, list{"project.use"}},
		{`{{with .Units}}{{(index . 0).Kind}}{{end}}`, list{"unit.kind"}, list{"unit.name"}},
		{`{{range .Units}}{{$.Institutions}}{{end}}`, list{"department.institutions"}, list{"unit.name"}},
		{`{{define "甲"}}{{range .}}{{.Kind}}{{end}}{{end}}{{template "甲" .Units}}`, list{"unit.kind"}, list{"department.duties"}},
		{`{{define "甲"}}{{.Institutions}}{{end}}`, nil, list{"department.institutions"}}, // nobody calls it
		{`{{range vehicles "其他用车"}}{{.Count}}{{end}}`, list{"vehicle.use", "vehicle.count"}, list{"vehicle.bought", "equipment.count"}},
		{`{{range units "行政"}}{{.Name}}{{end}}`, list{"unit.kind", "unit.full_name"}, list{"unit.budget_within"}},
		{`{{amount "fund"}}`, list{"basic.fund", "basic.amount", "project.line.fund", "project.fund"}, list{"basic_by_economic.fund", "procurement.fund", "prior.figures.fund", "basic.nature"}},
		{`{{with changed "fund" "reason"}}{{.Amount}}{{end}}`, list{"prior.figures.fund", "text.reason", "basic.fund"}, list{"prior.figures.item", "text.use"}},
		{`{{with changed (print "item." .Year) (print "use." .Year)}}{{.Amount}}{{end}}`, list{"prior.figures.item", "text.use", "basic.nature", "basic.function"}, list{"text.reason", "prior.figures.fund"}},
		{`{{amount (sum "kind=项目支出 carried=是")}}`, list{"project.carried", "project.line.carried"}, list{"basic.carried", "basic.amount"}},
		{`{{"side=政府采购 reserved!=无" | sum | amount}}`, list{"procurement.amount", "procurement.reserved"}, list{"procurement.fund", "basic.amount"}},
		{`{{range by "economic-group" "kind=基本支出"}}{{.Name}}{{end}}`, list{"basic.economic", "basic_by_economic.economic", "code.name"}, list{"basic_by_function.function", "project.economic"}},
		{`{{range by "class" ""}}{{range by "item" (print "fund=事业收入 function=" .Code)}}{{.Amount}}{{end}}{{end}}`, list{"basic.fund", "basic.function"}, list{"basic.economic", "basic.carried"}},
		{`{{len (by "project" "goals=是")}}`, list{"project.goals", "project.name"}, list{"basic.fund", "project.use"}},
		{`{{past 1 "basic"}}{{past 2 "total"}}`, list{"history[1].basic", "history[2].basic", "history[2].project"}, list{"history[1].project", "history[2].fiscal"}},
		{`{{with text "reason"}}{{.}}{{end}}`, list{"text.reason"}, list{"text.use"}},
		// What is meant cannot be told: all that it may be is used.
		{`{{$x := "fund"}}{{amount $x}}`, list{"basic.fund", "basic.nature"}, list{"basic.carried"}},
		{`{{$q := "carried=是"}}{{amount (sum $q)}}`, list{"basic.carried", "procurement.item"}, list{"department.duties"}},
		{`{{$d := "fund"}}{{len (by $d "")}}`, list{"basic.fund", "project.service_purchase"}, list{"department.duties"}},
		{`{{with or .Vehicles .Equipment}}{{range .}}{{.Bought}}{{end}}{{end}}`, list{"vehicle.bought", "equipment.bought"}, list{"vehicle.count"}},
		{`{{text (print "us" "e.1")}}`, list{"text.use", "text.reason"}, nil},
		{`{{range .Duties}}{{.}}{{end}}`, list{"department.duties"}, list{"department.tasks"}},
	} {
		got := usesOf(t, c.text)
		for _, f := range c.has {
			if !slices.Contains(got, f) {
				t.Errorf("%s is said not to use %s: %v", c.text, f, got)
			}
		}
		for _, f := range c.not {
			if slices.Contains(got, f) {
				t.Errorf("%s is said to use %s", c.text, f)
			}
		}
	}
}
