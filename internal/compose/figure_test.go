package compose_test

import (
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/compose"
	"yusuan/internal/pack"
	"yusuan/internal/source"
	"yusuan/templates"
)

const figureData = `
[department]
year = 2026
code = "101"
name = "水务局"
template = "wuhan"
date = 2026-02-01
[[unit]]
code = "101001"
name = "水务局本级"
kind = "行政"
[[basic]]
function = "2010301"
economic = "30101"
amount = 100
[[basic]]
function = "2010301"
economic = "30217"
amount = 20
[[project]]
name = "堤防"
function = "2010399"
amount = 5
`

func TestFigureAt(t *testing.T) {
	f, diags := source.Parse("a.toml", []byte(figureData))
	facts, more := budget.Read([]*source.File{f}, nil, nil)
	diags.Append(more)
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil || diags.Len() > 0 {
		t.Fatal(err, diags.Sorted())
	}
	b, _ := budget.New(facts, cat)
	p, packDiags, err := pack.Load(templates.FS, "wuhan")
	if err != nil || packDiags.HasErrors() {
		t.Fatal(err, packDiags.Sorted())
	}
	for path, want := range map[string]struct {
		value string
		lines int
	}{
		"total": {"125", 3}, "T3.2010301.basic": {"120", 2}, "3.201.项目支出": {"5", 1}, "表3": {"125", 3}, "T3.合计.3": {"5", 1},
		"T6.302.公用经费": {"20", 1}, "T7..公务接待费": {"20", 1}, "T10.堤防": {"5", 1}, "T5-2.101001.人员经费": {"100", 1}, "T1.收入总计": {"125", 1},
		"支出总预算": {"125", 3}, "“三公”经费": {"20", 1}, "三公经费": {"20", 1}, "\"三公\" 经费": {"20", 1}, "因公出国(境)费": {"0", 0}, "general_basic": {"120", 2},
	} {
		got, err := compose.FigureAt(p, b, path)
		if err != nil || got.Figure.Value.String() != want.value || len(got.Figure.Lines) != want.lines || got.Title == "" {
			t.Errorf("%s = %s of %d lines, %v; want %s of %d", path, got.Figure.Value, len(got.Figure.Lines), err, want.value, want.lines)
		}
	}
	for wrong, near := range map[string]string{"支出总預算": "是不是 支出总预算", "totla": "是不是 total", "“三公”经": "三公经费"} {
		if _, err := compose.FigureAt(p, b, wrong); err == nil || !strings.Contains(err.Error(), near) {
			t.Errorf("%q: %v, want %q", wrong, err, near)
		}
	}
	// Rows that the table would have if there were such money: the answer is that it has none, and no 0.00.
	for _, absent := range []string{"T3.2010302.基本支出", "T3.213.合计", "T6.30299.合计", "T8.2010301.合计"} {
		if got, err := compose.FigureAt(p, b, absent); err == nil || !strings.Contains(err.Error(), "这一行") {
			t.Errorf("%s = %s, %v; want that the table has no such row", absent, got.Figure.Value, err)
		}
	}
	for _, wrong := range []string{"totle", "T99.1.2", "T3.2010301.基本", "T1.收入统计", "", "T3.2019301.基本支出", "T6.3020.合计", "T5-2.101002", "T10.堤坊", "表33"} {
		if got, err := compose.FigureAt(p, b, wrong); err == nil {
			t.Errorf("%q found %s", wrong, got.Title)
		}
	}
}

// TestEveryFigureHasItsTitle: in each pack, the title of a figure leads to the figure of that name, so that no two of a
// pack share one.
func TestEveryFigureHasItsTitle(t *testing.T) {
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	b := &budget.Budget{Facts: &budget.Facts{}}
	n := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, diags, err := pack.Load(templates.FS, e.Name())
		if err != nil || diags.HasErrors() {
			t.Fatal(e.Name(), err, diags.Sorted())
		}
		for _, name := range p.FigureNames {
			n++
			byName, err := compose.FigureAt(p, b, name)
			byTitle, err2 := compose.FigureAt(p, b, p.Figures[name].Title)
			if err != nil || err2 != nil || byName.Query.String() != byTitle.Query.String() || byName.Title != byTitle.Title {
				t.Errorf("%s: %s asks %q, %s asks %q (%v, %v)", e.Name(), name, byName.Query, p.Figures[name].Title, byTitle.Query, err, err2)
			}
		}
	}
	if n < 100 {
		t.Errorf("%d figures only", n)
	}
}
