package pack

import (
	"strings"
	"testing"

	"yusuan/internal/doc"
)

const withCharts = small + `
[[part.block]]
charts = ["构成", "比上年", "来去", "项目"]
[[part.block]]
figures = ["total"]
[[part]]
page = "正文"
optional = "一图"
block = [ { prose = "a" } ]
[drawing]
number = "正文"
height = "50mm"
colors = ["#1F3F6E", "#E3A23B"]
[[figure]]
name = "each"
title = "各类"
query = "side=支出"
prior = true
by = "class"
[[chart]]
id = "构成"
kind = "ring"
title = "图1"
others = "0.5%"
most = 6
item = [ { query = "side=支出", each = "kind" }, { figure = "total", label = "总数" } ]
[[chart]]
id = "比上年"
kind = "bars"
title = "图2"
title_at = "above"
labels = "both"
sort = "falling"
unit = "元"
data = true
series = [ { label = "{{.LastYear}}年", last_year = true }, { label = "{{.Year}}年", color = "#102030" } ]
item = [ { figure = "each", label = "{{.N}}、{{.Name}}" } ]
[[chart]]
id = "来去"
kind = "flow"
title = "图3"
source = [ { query = "side=收入", each = "fund" } ]
item = [ { figure = "total", main = true } ]
[[chart]]
id = "项目"
kind = "list"
title = "图4"
item = [ { query = "kind=项目支出", each = "project", note = "{{.Brief}}{{range .Aims}}{{.Third}}{{.Value}}{{end}}" }, { figure = "total", note = "{{.Year}}" } ]
`

func TestChartsLoad(t *testing.T) {
	toml := strings.Replace(withCharts, "years = [2025, 2026]", "years = [2025, 2026]\nshow = [\"一图\"]", 1)
	p, ds := load(t, toml, map[string]string{"prose/a.tmpl": "@chart 构成\n@chart {{.Name}}\n"})
	if len(ds) > 0 {
		t.Fatalf("%+v", ds)
	}
	ring, bars := p.Charts["构成"], p.Charts["比上年"]
	if ring.Kind != ChartRing || !ring.Amount || !ring.Share || ring.Others != "0.5" || ring.Most != 6 || ring.Height != 141732 || len(ring.Series) != 1 || len(ring.Items) != 2 {
		t.Errorf("%+v", ring)
	}
	if bars.Kind != ChartBars || !bars.TitleAbove || !bars.Share || !bars.Falling || !bars.Data || !bars.Series[0].LastYear || *bars.Series[1].Color != (doc.Color{R: 16, G: 32, B: 48}) ||
		bars.Items[0].Each != "class" || bars.Items[0].Figure != "each" || bars.Format.Unit.String() != "元" {
		t.Errorf("%+v", bars)
	}
	flow, list := p.Charts["来去"], p.Charts["项目"]
	if flow.Kind != ChartFlow || !flow.Whole() || !flow.Share || flow.Sources[0].Each != "fund" || !flow.Items[0].Main || !flow.From.IsZero() {
		t.Errorf("%+v", flow)
	}
	if list.Kind != ChartList || list.Share || list.Items[0].Note.IsZero() || list.Items[1].Note.IsZero() || p.Drawing.Name != p.Drawing.Body {
		t.Errorf("%+v", list)
	}
	for _, field := range []string{"project.purpose", "form.indicator[年度].third", "form.indicator[年度].value"} {
		if !p.Prints(field) {
			t.Errorf("%s is printed in a note", field)
		}
	}
	if !p.InProse("构成") || p.InProse("比上年") || len(p.Parts[0].Blocks[1].Charts) != 4 || p.Parts[0].Blocks[2].Figures[0].Name != "total" || p.Show[0] != "一图" || p.Parts[1].Optional != "一图" {
		t.Errorf("%+v %v", p.Parts, p.Show)
	}
}

// TestSlipsOfCharts changes one thing and wants one message, with a suggestion where there is one, at the line changed.
func TestSlipsOfCharts(t *testing.T) {
	for _, c := range []struct{ old, new, rule, says string }{
		{`kind = "ring"`, `kind = "rings"`, "模板-005", "ring"},
		{`charts = ["构成", "比上年", "来去", "项目"]`, `charts = ["构成", "比上"]`, "模板-005", "比上年"},
		{`figures = ["total"]`, `figures = ["totel"]`, "模板-005", "total"},
		{`figures = ["total"]`, `figures = ["each"]`, "模板-005", "total"},
		{`number = "正文"`, `number = "正方"`, "模板-005", "正文"},
		{`figure = "total", label`, `figure = "totel", label`, "模板-005", "total"},
		{`each = "kind"`, `each = "knd"`, "模板-005", "kind"},
		{`title_at = "above"`, `title_at = "abov"`, "模板-005", "above"},
		{`labels = "both"`, `labels = "bot"`, "模板-005", "both"},
		{`sort = "falling"`, `sort = "faling"`, "模板-005", "falling"},
		{`unit = "元"`, `unit = "无"`, "模板-005", "万元"},
		{`height = "50mm"`, `height = "50"`, "模板-003", "50"},
		{`colors = ["#1F3F6E", "#E3A23B"]`, `colors = ["#1F3F6E", "E3A23B"]`, "模板-024", "E3A23B"},
		{`colors = ["#1F3F6E", "#E3A23B"]`, `colors = ["#1F3F6E", "#1F3F70"]`, "模板-025", "黑白"},
		{`others = "0.5%"`, `others = "0.5"`, "模板-024", "3%"},
		{`others = "0.5%"`, `others = ".5%"`, "模板-024", "3%"},
		{`others = "0.5%"`, `others = "100%"`, "模板-024", "小于 100%"},
		{`most = 6`, `most = 1`, "模板-024", "2"},
		{`label = "总数" }`, `query = "side=支出" }`, "模板-024", "一样"},
		{`{ query = "side=支出", each = "kind" }`, `{ query = "side=支出" }`, "模板-024", "label"},
		{`{ query = "side=支出", each = "kind" }`, `{ label = "空" }`, "模板-024", "一样"},
		{`label = "总数" }`, `each = "kind" }`, "模板-024", "by"},
		{`{ figure = "each", label = "{{.N}}、{{.Name}}" }`, `{ figure = "total" }`, "模板-024", "prior"},
		{`{ figure = "each", label = "{{.N}}、{{.Name}}" }`, `{ query = "side=支出", each = "fund" }`, "模板-024", "figure"},
		{`label = "{{.N}}、{{.Name}}"`, `label = "{{.N}}、{{.Nome}}"`, "模板-005", "Name"},
		{`last_year = true }`, `last_year = true, query = "kind=基本支出" }`, "模板-024", "query"},
		{`data = true`, `filter = "kind=基本支出"`, "模板-024", "filter"},
		{`query = "side=支出", each = "kind"`, `query = "function=201", each = "economic-class"`, "模板-008", "构成"},
		{`query = "side=支出", each = "kind"`, `query = "sid=支出", each = "kind"`, "模板-004", "side"},
		{`source = [ { query = "side=收入", each = "fund" } ]`, ``, "模板-024", "来源"},
		{`data = true`, `from = "来"`, "模板-024", "flow"},
		{`{ figure = "each", label = "{{.N}}、{{.Name}}" }`, `{ figure = "each", note = "注" }`, "模板-024", "list"},
		{`{{.Brief}}`, `{{.Breif}}`, "模板-005", "Brief"},
		{`note = "{{.Year}}"`, `note = "{{.Yaer}}"`, "模板-005", "Year"},
		{`each = "kind" }, {`, `each = "kind", main = true }, {`, "模板-024", "main"},
		{`id = "比上年"`, `id = "构成"`, "模板-007", "构成"},
	} {
		toml := strings.Replace(withCharts, c.old, c.new, 1)
		if c.rule == "模板-007" {
			toml = strings.Replace(toml, `charts = ["构成", "比上年", "来去", "项目"]`, `charts = ["构成"]`, 1)
		}
		_, ds := load(t, toml, map[string]string{"prose/a.tmpl": "@chart 构成\n"})
		if len(ds) != 1 || ds[0].Rule != c.rule || !strings.Contains(ds[0].Message+ds[0].Hint, c.says) {
			t.Errorf("%s: %+v", c.new, ds)
			continue
		}
		if at := ds[0].At.Start.Line; at < 1 || !strings.Contains(strings.Split(toml, "\n")[at-1], c.new) {
			t.Errorf("%s is said to stand at line %d", c.new, at)
		}
	}
}

func TestSlipsAboutCharts(t *testing.T) {
	_, ds := load(t, withCharts, map[string]string{"prose/a.tmpl": "一\n@chart 构呈\n"})
	if len(ds) != 1 || ds[0].Rule != "模板-005" || ds[0].At.Start.Line != 2 || !strings.Contains(ds[0].Hint, "构成") {
		t.Errorf("@chart: %+v", ds)
	}
	prose := map[string]string{"prose/a.tmpl": "@chart 构成\n"}
	_, ds = load(t, strings.Replace(withCharts, "years = [2025, 2026]", "years = [2025, 2026]\nshow = [\"一张图\"]", 1), prose)
	if len(ds) != 1 || ds[0].Rule != "模板-005" || !strings.Contains(ds[0].Hint, "一图") {
		t.Errorf("show: %+v", ds)
	}
	_, ds = load(t, strings.Replace(withCharts, "number = \"正文\"\n", "", 1), prose)
	if len(ds) != 1 || ds[0].Rule != "模板-017" {
		t.Errorf("no style: %+v", ds)
	}
	_, ds = load(t, strings.Replace(withCharts, `kind = "bars"`, `kind = "pie"`, 1), prose)
	if len(ds) != 1 || ds[0].Rule != "模板-024" || !strings.Contains(ds[0].Message, "rows") {
		t.Errorf("series of a pie: %+v", ds)
	}
}

// TestPalette: neighbours of the palette that packs get are told apart in black and white, the last from the first too.
func TestPalette(t *testing.T) {
	p := palette()
	for i := range p {
		if d := luma(p[i]) - luma(p[(i+1)%len(p)]); -24 < d && d < 24 {
			t.Errorf("colours %d and %d are %d levels apart", i, i+1, d)
		}
	}
}
