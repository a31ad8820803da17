package compose

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/template"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// query parses a query of a test.
func query(t *testing.T, s string) budget.Query {
	t.Helper()
	q, err := budget.ParseQuery(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// charts is a composer over expenditure by function in 元, and last year's amounts by name.
func charts(t *testing.T, lines map[string]string, prior map[string]string) *composer {
	t.Helper()
	amount := func(s string) money.Amount {
		a, err := money.Parse(s, money.Yuan)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	b := &budget.Budget{Facts: &budget.Facts{}}
	for _, code := range slices.Sorted(func(yield func(string) bool) {
		for k := range lines {
			if !yield(k) {
				return
			}
		}
	}) {
		b.Lines = append(b.Lines, budget.Line{Side: budget.Expenditure, View: budget.ByFunction, Fund: budget.FundGeneral, Kind: budget.KindProject,
			Function: code, Amount: amount(lines[code])})
	}
	names := template.Must(template.New("part").Parse("{{.N}}、{{.Name}} {{.Amount}}"))
	c := &composer{templates: names, b: b, view: &view{}, prior: schedule.Prior{Year: 2025, Amounts: map[string]money.Amount{}}}
	for k, v := range prior {
		c.prior.Amounts[k] = amount(v)
	}
	c.p = &pack.Pack{TextFormat: money.Format{Unit: money.Wan, Places: 2, Group: true}, TableFormat: money.Format{Unit: money.Wan, Places: 2},
		Drawing: pack.Drawing{Body: "图注", Heading: "图题", Colors: []doc.Color{{R: 1}, {R: 2}, {R: 3}}},
		Figures: map[string]*pack.Figure{
			"all":   {Name: "all", Title: "支出", Query: query(t, "side=支出"), Prior: true},
			"none":  {Name: "none", Title: "没有的", Query: query(t, "fund=国有资本经营预算")},
			"class": {Name: "class", Title: "各类", Query: query(t, "side=支出"), Prior: true, By: "class"},
		}}
	c.numbers = schedule.New(c.p, b, c.prior, c, nil)
	return c
}

func ask(kind pack.ChartKind, series int, items ...pack.ChartItem) *pack.Chart {
	x := &pack.Chart{ID: "图", Kind: kind, Title: pack.Snippet{Literal: "题"}, Amount: true, Share: kind == pack.ChartRing || kind == pack.ChartPie,
		Format: money.Format{Unit: money.Wan, Places: 2, Group: true}, OtherName: "其他", EmptyNote: pack.Snippet{Literal: "都是零。"}, Items: items}
	for k := range series {
		x.Series = append(x.Series, pack.ChartSeries{Label: pack.Snippet{Literal: fmt.Sprint(2026-k, "年")}, LastYear: k == 1})
	}
	slices.Reverse(x.Series)
	return x
}

func each0(t *testing.T) pack.ChartItem {
	return pack.ChartItem{Query: query(t, "side=支出"), Each: "class"}
}

// told is a chart as text: the items with their labels and measures, the sentence, the data.
func told(blocks []doc.Block) string {
	var b strings.Builder
	table := func(t *doc.Table) {
		for _, rows := range [][]doc.Row{t.Head, t.Body} {
			for i := range rows {
				var row []string
				for k := range rows[i].Cells {
					row = append(row, strings.Join(texts(&rows[i].Cells[k]), "/"))
				}
				b.WriteString(strings.Join(row, "|") + "\n")
			}
		}
	}
	for _, x := range blocks {
		switch x := x.(type) {
		case *doc.Chart:
			fmt.Fprintf(&b, "%d %s %s%s%s .%d\n", x.Kind, x.Unit.String, x.Total.Label, x.Total.Text, x.Total.Unit, x.Decimals)
			for _, s := range x.Series {
				fmt.Fprintf(&b, "[%s %d]", s.Name.String, s.Color.R)
			}
			b.WriteString("\n")
			items := func(head doc.Text, items []doc.ChartItem) {
				if head.String != "" {
					b.WriteString(head.String + "\n")
				}
				for _, it := range items {
					fmt.Fprintf(&b, "%s %d:", it.Label.String, it.Color.R)
					for _, v := range it.Values {
						fmt.Fprintf(&b, " %d %s %v", v.Measure, v.Text, v.Missing)
					}
					if it.Note.String != "" {
						b.WriteString(" （" + it.Note.String + "）")
					}
					b.WriteString("\n")
				}
			}
			items(x.From, x.Sources)
			items(x.To, x.Items)
			b.WriteString(x.Alt + "\n")
			if x.Data != nil {
				table(x.Data)
			}
		case *doc.Table:
			b.WriteString("table\n")
			table(x)
		case *doc.Paragraph:
			b.WriteString(x.Style + " " + x.Spans[0].String + "\n")
		}
	}
	return b.String()
}

func TestCharts(t *testing.T) {
	flow := ask(pack.ChartFlow, 1, each0(t), pack.ChartItem{Figure: "none", Query: query(t, "fund=国有资本经营预算")})
	flow.Sources = []pack.ChartItem{{Query: query(t, "side=支出"), Label: pack.Snippet{Literal: "拨款"}}}
	list := ask(pack.ChartList, 1, each0(t))
	list.Items[0].Note = pack.Snippet{Name: "part"}
	five := map[string]string{"2010101": "1000000", "2080505": "300000.50", "2100101": "5000", "2210201": "4000", "2990101": "0"}
	each := each0(t)
	for name, c := range map[string]struct {
		lines, prior map[string]string
		chart        *pack.Chart
		change       func(*pack.Chart)
		want         string
	}{
		"from and to": {lines: five, chart: flow, change: func(x *pack.Chart) {
			x.Others, x.From, x.To = "0.5", pack.Snippet{Literal: "来"}, pack.Snippet{Literal: "去"}
		}, want: "" +
			"4  合计130.90万元 .8\n[2026年 1]\n来\n拨款 2: 13090005000 130.90万元 false\n去\n" +
			"201 1: 10000000000 100.00万元 false\n208 3: 3000005000 30.00万元 false\n其他 2: 90000000 0.90万元 false\n" +
			"来：合计130.90万元，其中：拨款为130.90万元，占100%。去：合计130.90万元，其中：201为100.00万元，占76.39%；208为30.00万元，占22.92%；其他为0.90万元，占0.69%（包括210为0.50万元，占0.38%、221为0.40万元，占0.31%）。\n" +
			"来、去|项目|2026年|占比\n来|拨款|130.90|100%\n来|合计|130.90|100%\n去|201|100.00|76.39%\n去|208|30.00|22.92%\n去|210|0.50|0.38%\n去|221|0.40|0.31%\n去|合计|130.90|100%\n"},
		"a list with notes": {lines: five, chart: list, change: func(x *pack.Chart) { x.Most, x.Falling = 2, true }, want: "" +
			"5   .8\n[2026年 1]\n201 1: 10000000000 100.00万元 false （1、201 100.00万元）\n其他 2: 3090005000 30.90万元 false\n" +
			"201为100.00万元（1、201 100.00万元）；其他为30.90万元（包括208为30.00万元（2、208 30.00万元）、210为0.50万元（3、210 0.50万元）、221为0.40万元（4、221 0.40万元））。\n" +
			"项目|2026年\n201|100.00\n208|30.00\n210|0.50\n221|0.40\n"},
		"parts of a whole": {lines: five, chart: ask(pack.ChartRing, 1, each, pack.ChartItem{Figure: "none", Query: query(t, "fund=国有资本经营预算")}), want: "" +
			"2  合计130.90万元 .8\n[2026年 1]\n" +
			"201 1: 10000000000 100.00万元，76.39% false\n208 2: 3000005000 30.00万元，22.92% false\n210 3: 50000000 0.50万元，0.38% false\n" +
			"221 1: 40000000 0.40万元，0.31% false\n没有的 2: 0 0.00万元，0% false\n" +
			"合计130.90万元，其中：201为100.00万元，占76.39%；208为30.00万元，占22.92%；210为0.50万元，占0.38%；221为0.40万元，占0.31%；没有的为0.00万元，占0%。\n" +
			"项目|2026年|占比\n201|100.00|76.39%\n208|30.00|22.92%\n210|0.50|0.38%\n221|0.40|0.31%\n没有的|0.00|0%\n合计|130.90|100%\n"},
		"what is zero left out": {lines: five, chart: ask(pack.ChartRing, 1, each, pack.ChartItem{Figure: "none", Query: query(t, "fund=国有资本经营预算")}), change: func(x *pack.Chart) { x.OmitZero = true }, want: "" +
			"2  合计130.90万元 .8\n[2026年 1]\n" +
			"201 1: 10000000000 100.00万元，76.39% false\n208 2: 3000005000 30.00万元，22.92% false\n210 3: 50000000 0.50万元，0.38% false\n" +
			"221 2: 40000000 0.40万元，0.31% false\n" +
			"合计130.90万元，其中：201为100.00万元，占76.39%；208为30.00万元，占22.92%；210为0.50万元，占0.38%；221为0.40万元，占0.31%。\n" +
			"项目|2026年|占比\n201|100.00|76.39%\n208|30.00|22.92%\n210|0.50|0.38%\n221|0.40|0.31%\n没有的|0.00|0%\n合计|130.90|100%\n"},
		"small ones merged, the largest first": {lines: five, chart: ask(pack.ChartRows, 1, each), change: func(x *pack.Chart) { x.Others, x.Falling, x.Data = "0.5", true, true }, want: "" +
			"1 单位：万元  .8\n[2026年 1]\n" +
			"201 1: 10000000000 100.00 false\n208 2: 3000005000 30.00 false\n其他 3: 90000000 0.90 false\n" +
			"201为100.00万元；208为30.00万元；其他为0.90万元（包括210为0.50万元、221为0.40万元）。\n" +
			"table\n项目|2026年\n201|100.00\n208|30.00\n210|0.50\n221|0.40\n"},
		"no more than two": {lines: five, chart: ask(pack.ChartPie, 1, each), change: func(x *pack.Chart) { x.Most, x.Amount = 2, false }, want: "" +
			"3   .8\n[2026年 1]\n" +
			"201 1: 10000000000 76.39% false\n其他 2: 3090005000 23.61% false\n" +
			"合计130.90万元，其中：201为100.00万元，占76.39%；其他为30.90万元，占23.61%（包括208为30.00万元，占22.92%、210为0.50万元，占0.38%、221为0.40万元，占0.31%）。\n" +
			"项目|2026年|占比\n201|100.00|76.39%\n208|30.00|22.92%\n210|0.50|0.38%\n221|0.40|0.31%\n合计|130.90|100%\n"},
		"one small one keeps its name": {lines: map[string]string{"2010101": "1000000", "2080505": "1"}, chart: ask(pack.ChartRows, 1, each), change: func(x *pack.Chart) { x.Others = "1" }, want: "" +
			"1 单位：万元  .8\n[2026年 1]\n201 1: 10000000000 100.00 false\n208 2: 10000 0.00 false\n201为100.00万元；208为0.00万元。\n项目|2026年\n201|100.00\n208|0.00\n"},
		"negative parts are not merged": {lines: map[string]string{"2010101": "1000000", "2080505": "-1", "2100101": "1", "2210201": "2"}, chart: ask(pack.ChartRows, 1, each), change: func(x *pack.Chart) { x.Others, x.Most = "1", 2 }, want: "" +
			"1 单位：万元  .8\n[2026年 1]\n201 1: 10000000000 100.00 false\n208 2: -10000 0.00 false\n210 3: 10000 0.00 false\n221 2: 20000 0.00 false\n" +
			"201为100.00万元；208为0.00万元；210为0.00万元；221为0.00万元。\n项目|2026年\n201|100.00\n208|0.00\n210|0.00\n221|0.00\n"},
		"last year, with a part that is no more and one that is new": {lines: map[string]string{"2010101": "1000000", "2210201": "2"}, prior: map[string]string{"class.201": "900000", "class.208": "10000"},
			chart: ask(pack.ChartBars, 2, pack.ChartItem{Figure: "class", Query: query(t, "side=支出"), Each: "class"}), want: "" +
				"0 单位：万元  .8\n[2025年 140][2026年 1]\n" +
				"201 1: 9000000000 90.00 false 10000000000 100.00 false\n208 2: 100000000 1.00 false 0 0.00 false\n221 3: 0 0.00 false 20000 0.00 false\n" +
				"201：2025年为90.00万元，2026年为100.00万元；208：2025年为1.00万元，2026年为0.00万元；221：2025年为0.00万元，2026年为0.00万元。\n" +
				"项目|2025年|2026年\n201|90.00|100.00\n208|1.00|0.00\n221|0.00|0.00\n"},
		"names from a text of the pack": {lines: map[string]string{"2010101": "1000000"}, prior: map[string]string{"class.208": "10000"},
			chart: ask(pack.ChartRows, 2, pack.ChartItem{Figure: "class", Query: query(t, "side=支出"), Each: "class", Label: pack.Snippet{Name: "part"}}), want: "" +
				"1 单位：万元  .8\n[2025年 140][2026年 1]\n1、201 100.00万元 1: 0 0.00 false 10000000000 100.00 false\n2、208 0.00万元 2: 100000000 1.00 false 0 0.00 false\n" +
				"1、201 100.00万元：2025年为0.00万元，2026年为100.00万元；2、208 0.00万元：2025年为1.00万元，2026年为0.00万元。\n" +
				"项目|2025年|2026年\n1、201 100.00万元|0.00|100.00\n2、208 0.00万元|1.00|0.00\n"},
		"last year known of one": {lines: map[string]string{"2010101": "10000"}, prior: map[string]string{"all": "20000"}, chart: ask(pack.ChartRows, 2,
			pack.ChartItem{Figure: "all", Query: query(t, "side=支出")}, pack.ChartItem{Figure: "none", Query: query(t, "fund=国有资本经营预算"), Label: pack.Snippet{Literal: "无"}}), want: "" +
			"1 单位：万元  .8\n[2025年 140][2026年 1]\n支出 1: 200000000 2.00 false 100000000 1.00 false\n无 2: 0 无上年数 true 0 0.00 false\n" +
			"支出：2025年为2.00万元，2026年为1.00万元；无：2025年无上年数，2026年为0.00万元。\n项目|2025年|2026年\n支出|2.00|1.00\n无||0.00\n"},
		"last year not known": {lines: map[string]string{"2010101": "10000"}, chart: ask(pack.ChartRows, 2, pack.ChartItem{Figure: "all", Query: query(t, "side=支出")}), want: "" +
			"1 单位：万元  .8\n[2026年 1]\n支出 1: 100000000 1.00 false\n支出为1.00万元。\n项目|2026年\n支出|1.00\n"},
		"all zero": {chart: ask(pack.ChartRing, 1, pack.ChartItem{Figure: "all", Query: query(t, "side=支出")}), want: "图题 题\n图注 都是零。\n"},
		"no item":  {chart: ask(pack.ChartBars, 2, each), want: "图题 题\n图注 都是零。\n"},
		"filtered": {lines: five, chart: ask(pack.ChartRows, 1, each), change: func(x *pack.Chart) { x.Filter = query(t, "function=208") }, want: "1 单位：万元  .8\n[2026年 1]\n208 1: 3000005000 30.00 false\n208为30.00万元。\n项目|2026年\n208|30.00\n"},
		"in series": {lines: five, chart: ask(pack.ChartRows, 1, each), change: func(x *pack.Chart) {
			x.Items[0].Query, x.Series[0].Query = query(t, "side=支出 function=201,208"), query(t, "function=201")
		}, want: "1 单位：万元  .8\n[2026年 1]\n201 1: 10000000000 100.00 false\n208 2: 0 0.00 false\n201为100.00万元；208为0.00万元。\n项目|2026年\n201|100.00\n208|0.00\n"},
	} {
		if c.change != nil {
			c.change(c.chart)
		}
		if got := told(charts(t, c.lines, c.prior).chart(c.chart)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestChartsAddUp: where the pack makes printed parts add up, those of a chart do, shares are counted from what is printed,
// and what differs from its own rounding is said.
func TestChartsAddUp(t *testing.T) {
	c := charts(t, map[string]string{"2010101": "50", "2080505": "50", "2100101": "50"}, nil)
	c.p.Adjust = true
	got := told(c.chart(ask(pack.ChartPie, 1, pack.ChartItem{Query: query(t, "side=支出"), Each: "class"})))
	for _, want := range []string{"201 1: 500000 0.01万元，50% false", "210 3: 500000 0.00万元，0% false", "合计0.02万元，其中：201为0.01万元", "210|0.00|0%\n合计|0.02|100%"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if ds := c.diags.Sorted(); len(ds) != 1 || ds[0].Rule != "尾差-002" || !strings.Contains(ds[0].Message, "“题”有1个数") {
		t.Errorf("%+v", ds)
	}
	if got := told([]doc.Block{c.keyFigures([]*pack.Figure{c.p.Figures["all"]})}); got != "table\n支出\n0.02\n" {
		t.Error(got)
	}
}

// TestKeyFigures: numbers with their names and, where last year's are known, their changes.
func TestKeyFigures(t *testing.T) {
	c := charts(t, map[string]string{"2010101": "12345678"}, map[string]string{"all": "10000000"})
	got := told([]doc.Block{c.keyFigures([]*pack.Figure{c.p.Figures["all"], c.p.Figures["none"]})})
	if want := "table\n支出|没有的\n1,234.57|0.00\n比上年增加23.46%|\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if x := c.keyFigures([]*pack.Figure{c.p.Figures["all"]}); x.CellPad.X < int64(c.p.Styles.Texts[c.p.Drawing.Number].Size)/5 {
		t.Errorf("long numbers side by side would touch: padding %d", x.CellPad.X)
	}
	c.numbers.Prior.Amounts = nil
	if got := told([]doc.Block{c.keyFigures([]*pack.Figure{c.p.Figures["all"]})}); got != "table\n支出\n1,234.57\n" {
		t.Errorf("without last year: %s", got)
	}
	// What is stated of last year beside earlier ones serves a figure that the pack calls so.
	c.p.Figures["all"].Past, c.view.LastYear = "basic", 2025
	before := budget.History{Year: source.Int{V: 2025}}
	before.Basic.Amount = c.b.Sum(query(t, "side=支出")).Times("2")
	c.b.Facts.History = []budget.History{{Year: source.Int{V: 2024}}, before}
	if got := told([]doc.Block{c.keyFigures([]*pack.Figure{c.p.Figures["all"]})}); !strings.Contains(got, "比上年减少50%") {
		t.Errorf("last year's amount is stated beside earlier ones: %s", got)
	}
}
