package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
)

// endless are texts of a pack that would run without end, fill the memory, or do what nobody counts; with the rule that
// ends them and what it says.
var endless = []struct{ text, rule, says string }{
	{`{{range 9223372036854775807}}{{end}}`, "模板-011", "执行不完"},
	{`{{range $i := 100000}}{{range 100000}}{{range 100000}}{{end}}{{end}}{{end}}`, "模板-011", "执行不完"},
	{`{{range 999999999}}{{if 1}}{{continue}}{{else}}{{break}}{{end}}{{end}}`, "模板-011", "执行不完"},
	{`{{range 99999999}}甲{{end}}`, "模板-011", "限额"},
	{"{{range 9999999}}甲\n{{end}}", "模板-011", "限额"},
	{"{{range 99999}}@page\n{{end}}", "模板-011", "限额"},
	{"{{range 9999999}}@fill 1\n{{end}}", "模板-011", "限额"},
	{`{{$x := "甲乙丙丁"}}{{range 60}}{{$x = print $x $x}}{{end}}`, "模板-011", "没有止境"},
	{`{{$x := "甲乙丙丁"}}{{range 60}}{{$x = printf "%s%s" $x $x}}{{end}}`, "模板-011", "没有止境"},
	{`{{$x := "甲乙丙丁"}}{{range 60}}{{$x = println $x $x}}{{end}}`, "模板-011", "没有止境"},
	{`{{printf "%0900000d" 1}}`, "模板-011", "1000"},
	{`{{printf "%*d" 900000 1}}`, "模板-011", "*"},
	{`{{range 900000}}{{$y := printf "%0999d" 1}}{{end}}`, "模板-011", "没有止境"},
	{`{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}`, "模板-011", "100 层"},
	{`{{define "r"}}{{if lt (len .) 60}}{{template "r" (print . "a")}}{{template "r" (print . "a")}}{{end}}{{end}}{{template "r" "a"}}`, "模板-011", "限额"},
	{`{{$x := print "a"}}{{range 20}}{{$x = print $x $x}}{{end}}{{range 9999999}}{{if eq $x $x}}{{end}}{{end}}`, "模板-011", "执行不完"},
	{`{{$x := print "a"}}{{range 20}}{{$x = print $x $x}}{{end}}{{range 9999999}}{{if eq $x ""}}{{end}}{{end}}`, "模板-011", "执行不完"},
	{`{{$x := print "a"}}{{range 20}}{{$x = print $x "\x0e"}}{{end}}{{range 18}}{{$x = print $x $x}}{{end}}{{range 9999999}}{{$n := len $x}}{{end}}`, "模板-011", "限额"},
	{`{{range 9999999}}{{amount (sum "side=支出")}}{{end}}`, "模板-011", "限额"},
	{`{{range 9999999}}{{len (by "item" "side=支出")}}{{end}}`, "模板-011", "执行不完"},
	{`{{range 9999999}}{{if sum "function=201,208 economic!=301"}}{{end}}{{end}}`, "模板-011", "执行不完"},
	{`{{html .Name}}`, "模板-002", "html"},
	{`{{call .Name}}`, "模板-002", "call"},
	{`{{.Date.Format "2006年1月"}}`, "模板-002", ".Date.Format"},
	{`{{"2006年1月" | .Date.Format}}`, "模板-002", ".Date.Format"},
	{`{{print .Projects}}`, "模板-011", "文字或数字"},
	{`{{if eq .Name .Year}}{{end}}`, "模板-011", "比较"},
}

// onlyProse is the smallest pack with one text of prose before its table.
func onlyProse(text string) fstest.MapFS {
	return fstest.MapFS{
		"mini/pack.toml": {Data: []byte(strings.Replace(pack.SmallestPack, `block = [ { tables`, `block = [ { prose = "text" }, { tables`, 1))},
		// The text stands on the second line.
		"mini/prose/text.tmpl": {Data: []byte("甲\n" + text + "\n")},
	}
}

// TestTemplatesEnd: whatever the texts of a pack ask for, making a document ends soon, and the author is told why and at
// which line.
func TestTemplatesEnd(t *testing.T) {
	lib := shared(t)
	for _, c := range endless {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			w, err := (&build.Shared{Fonts: lib.Fonts, Packs: onlyProse(c.text), Catalogue: lib.Catalogue}).Gallery("mini")
			if err != nil {
				t.Fatal(err)
			}
			list := w.Diags.Sorted()
			for _, d := range list {
				if d.Rule == c.rule && strings.Contains(d.Message, c.says) {
					if d.At.File != "mini/prose/text.tmpl" || d.At.Start.Line > 3 {
						t.Errorf("said of %s", d.At)
					}
					return
				}
			}
			t.Errorf("no %s with %q in %v", c.rule, c.says, list)
		})
	}
}

// TestTemplatesCount: what honest packs use is left as it was.
func TestTemplatesCount(t *testing.T) {
	const text = `{{range $i, $x := .Projects}}{{if gt $i 0}}、{{end}}{{$x.N}}{{end}}
{{printf "%03d|%s|%.1s" .Year "乙" "丙丁"}} {{print 1 2 "三" 4}} {{eq 2 1 2}} {{ne "a" "b"}} {{le 2 2}} {{ge 1 2}} {{and 1 0}}`
	lib := shared(t)
	w, err := (&build.Shared{Fonts: lib.Fonts, Packs: onlyProse(text), Catalogue: lib.Catalogue}).Gallery("mini")
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	var b strings.Builder
	doc.Walk(w.Tree, func(x doc.Text, _ string) { b.WriteString(x.String + "\n") })
	got := b.String()
	for _, want := range []string{"1、2", "|乙|丙 1 2三4 true true true false 0"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// FuzzTemplates runs any text as the prose of a pack: it ends, without a panic.
func FuzzTemplates(f *testing.F) {
	for _, c := range endless {
		f.Add(c.text)
	}
	for _, s := range []string{"@space 20mm", "## {{.Name}}", `{{slice .Name 1 4}}`, "{{\"\\x0e9\\x0f\"}}甲", `{{range .Units}}{{.Name}}{{break}}{{end}}`, `{{with changed "total" ""}}{{.Amount}}{{end}}`,
		`{{block "x" .}}{{end}}`, `{{if not .Duties}}{{else with .Date}}{{end}}`, `{{date .Date "年月"}}{{past 1 "basic"}}{{index .Units 0 | print}}`} {
		f.Add(s)
	}
	lib := shared(f)
	f.Fuzz(func(t *testing.T, text string) {
		w, err := (&build.Shared{Fonts: lib.Fonts, Packs: onlyProse(text), Catalogue: lib.Catalogue}).Gallery("mini")
		if err == nil && w.Tree != nil && !w.Diags.HasErrors() && len(text) < 1000 {
			w.Typeset()
		}
	})
}
