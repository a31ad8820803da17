package main

import (
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
)

// TestTyped: a finished document that was typed in lies on paper so that its tables are recognised again, and a wrong number in it
// is noticed.
func TestTyped(t *testing.T) {
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Check(build.Input{Dir: "d", Data: fstest.MapFS{"d/department.toml": {Data: []byte(`
[department]
year     = 2026
code     = "415"
name     = "澜川市水务局"
template = "wuhan"
date     = 2026-02-01
[[stated_table]]
id      = "3"
heading = "表3. 支出总表"
unit    = "万元"
rows    = """
    | 合计             | 444.66 | 321.33 | 123.33
201 | 一般公共服务支出 | 444.66 | 321.33 | 123.33
"""
[[stated_text]]
section = "一、支出情况"
text    = "支出预算444.66万元，其中：基本支出321.33万元，项目支出123.33万元。"
`)}}})
	if err != nil || w.Budget == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	x, found, err := begin(s, &document{name: "typed", read: paperOf(w)}, &options{template: "wuhan"})
	if err != nil || found == nil {
		t.Fatal(err)
	}
	known := 0
	for _, f := range found.Tables {
		if f.Spec != nil {
			known++
		}
	}
	if known != 1 {
		t.Fatalf("%d tables are recognised", known)
	}
	for i := range x.sites {
		x.numbers = append(x.numbers, numbersOf(&x.sites[i], "万元")...)
	}
	for i := range x.numbers {
		if n := &x.numbers[i]; n.text == "321.33" && x.sites[n.site].inTable() {
			for _, c := range changesOf(i, n, "typed") {
				own := clone(x.in.Document)
				if v, err := x.try(own, &c); err != nil || c.kind == tenfold && !v.noticed() {
					t.Errorf("%s→%s: %v %v", n.text, c.with, v, err)
				}
			}
			return
		}
	}
	t.Error("the table has no such number")
}
