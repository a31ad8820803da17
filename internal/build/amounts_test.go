package build_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/templates"
)

// packed is a department beside a pack of its own, which inherits another.
func packed(t *testing.T, facts, toml string, files map[string]string) *build.Work {
	t.Helper()
	all := fstest.MapFS{"d/a.toml": {Data: []byte(facts)}, "templates/p/pack.toml": {Data: []byte("[pack]\nid = \"p\"\nname = \"试\"\nversion = \"1\"\ninherits = \"shanghai-department\"\nyears = [2025, 2026]\n" + toml)}}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	in := build.Input{Data: all, Dir: "d"}
	if _, ok := files["2024/a.toml"]; ok {
		in.PriorDir = "2024"
	}
	s := shared(t)
	beside := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(templates.FS, name)
		beside[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range all {
		if own, ok := strings.CutPrefix(name, "templates/"); ok {
			beside[own] = f
		}
	}
	s.Packs = beside
	w, err := s.Check(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			t.Fatalf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	return w
}

// TestAmountsOtherwiseWritten: a table, a column and a sentence have units and decimals of their own.
func TestAmountsOtherwiseWritten(t *testing.T) {
	facts := strings.Replace(wordingHead, "shanghai-department", "p", 1) + ownUnit + strings.Replace(basicOf("730001"), "120000\n", "120000.4\n", 1) + region + "[prior]\nyear = 2024\n[prior.figures]\nfiscal = 2000000.5\n\"item.2010301\" = 2000000.5\n"
	w := packed(t, facts, `
[[figure]]
name = "item"
title = "财政拨款支出"
query = "fund=财政拨款"
prior = true
by = "item"
[[table]]
id = "8"
heading = "甲"
page = "横表"
rows = "economic"
places = 0
total = "合计"
column = [ { head = "名称", field = "name" }, { head = "元" }, { head = "万元", unit = "万元", places = 1 } ]
`, map[string]string{"templates/p/prose/goals.tmpl": `{{with changed "fiscal" "" "元" 0}}共{{amountIn "元" 1 "fiscal"}}，{{.Base}}{{.Last}}，{{.Direction}}{{.Amount}}。{{end}}
{{range by "item" "fund=财政拨款"}}{{with changed (print "item." .Code) ""}}上年{{.Last}}{{end}}，本年{{amountIn "亿元" 4 .Value}}。{{end}}
`})
	all := strings.Join(paragraphsOf(w.Tree), "\n")
	for _, s := range []string{"共1,120,000.4元，预算数2,000,001元，减少880,000元。", "上年200万元，本年0.0112亿元。"} {
		if !strings.Contains(all, s) {
			t.Errorf("does not say %s\n%s", s, all)
		}
	}
	for _, tab := range tablesOf(w.Tree) {
		if tab.ID == "8" {
			if got := cells(tab); len(got) == 0 || strings.Join(got[0], " ") != "合计 1,120,000 112.0" {
				t.Errorf("table: %q", got)
			}
		}
	}
}

func tablesOf(d *doc.Document) (out []*doc.Table) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if x, ok := b.(*doc.Table); ok {
				out = append(out, x)
			}
		}
	}
	return out
}

// TestTwoBases: what is compared with what was carried out last year is what the author states, whatever last year's folder says.
func TestTwoBases(t *testing.T) {
	head := strings.Replace(wordingHead, "shanghai-department", "p", 1) + ownUnit
	facts := head + basicOf("730001") + region + "[prior]\nyear = 2024\n[prior.figures]\ndone = 1000000\n"
	const pack = "[[figure]]\nname = \"done\"\ntitle = \"财政拨款\"\nquery = \"fund=财政拨款\"\nprior = true\nbase = \"执行数\"\n"
	w := packed(t, facts, pack, map[string]string{
		"2024/a.toml":                  strings.Replace(head, "2025", "2024", 1) + strings.ReplaceAll(basicOf("730001"), "1000000", "1880000") + region,
		"templates/p/prose/goals.tmpl": `{{range $i, $x := slice (by "fund" "fund=财政拨款") 0 1}}{{template "比" (changed "fiscal" "")}}{{template "比" (changed "done" "")}}{{end}}{{define "比"}}比上年{{.Base}}{{.Last}}{{.Direction}}{{.Amount}}。{{end}}` + "\n"})
	if all := strings.Join(paragraphsOf(w.Tree), "\n"); !strings.Contains(all, "比上年预算数200万元减少88万元。比上年执行数100万元增加12万元。") {
		t.Error(all)
	}
}
