package audit

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// TestMeaning: what the rows of a printed table are, by the words on the paper.
func TestMeaning(t *testing.T) {
	query := func(s string) budget.Query {
		q, err := budget.ParseQuery(s)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	words := func(fields ...string) (out []pack.Column) {
		for _, f := range fields {
			out = append(out, pack.Column{Field: f})
		}
		return append(out, pack.Column{Query: query("kind=基本支出")}, pack.Column{Prior: "total", Show: "last"})
	}
	row := func(label, ask string) pack.Row {
		return pack.Row{Label: pack.Snippet{Literal: label}, Query: query(ask), Amount: true}
	}
	each := pack.Row{Label: pack.Snippet{Literal: "各类"}, Each: "class"}
	balance := []pack.Column{{Field: "label", Side: "income"}, {Side: "income"}, {Field: "label", Side: "outgo"}, {Side: "outgo"}}
	for name, c := range map[string]struct {
		table pack.Table
		rows  string
		want  string // label, query and columns of each meaning; ? before what is strange
	}{
		"codes":        {pack.Table{Rows: rowSource("function"), Columns: words("code", "name"), Filter: query("fund=一般公共预算")}, "|合计|1|2\n201|一般公共服务支出|1|2", "合计: fund=一般公共预算 [2]; 201 一般公共服务支出: fund=一般公共预算 function=201 [2]"},
		"parted codes": {pack.Table{Rows: rowSource("economic"), Columns: words("code-class", "code-group", "name")}, "302|01|办公费|1|2", "办公费: economic=30201 [3]"},
		"units":        {pack.Table{Rows: rowSource("unit"), Columns: words("code", "name")}, "415|水务局|1|2\n415001|本级|1|2", "415 水务局:  [2]; 415001 本级: unit=415001 [2]"},
		"projects":     {pack.Table{Rows: rowSource("project"), Total: "合计", Columns: words("name", "unit")}, "合计||1|2\n水务局||1|2\n本级||1|2\n堤防|本级|1|2\n泵站|本级|1|2\n泵站|中心|1|2", "合计:  [2]; 水务局:  [2]; 本级: project=堤防,415002/泵站 [2]; 堤防: project=堤防 [2]; 泵站: project=415002/泵站 [2]; 泵站: project=中心/泵站 [2]"},
		"nested": {pack.Table{Rows: rowSource("nested"), Total: "合计", Levels: [][]string{{"procurement"}, {"project", "economic"}, {"item"}}, Labels: map[string]string{"货物": "一、货物A"}, Columns: words("procurement", "project", "economic", "item")},
			"合计||||1|2\n一、货物A||||1|2\n|堤防|办公费||1|2\n|||纸|1|2\n||办公设备购置||1|2\n|||计算机|1|2\n服务||||1|2\n|||纸|1|2\n||无此科目||1|2\n一、货物A|||纸|1|2\n货物||||1|2\n||||1|2\n|||||",
			"合计:  [4]; 一、货物A: procurement=货物 [4]; 堤防 办公费: procurement=货物 project=堤防 economic=30201 [4]; 纸: procurement=货物 project=堤防 economic=30201 item=纸 [4]; ?办公设备购置; ?计算机; 服务: procurement=服务 [4]; ?纸; ?无此科目; ?一、货物A 纸; ?货物; :  [4]"},
		"headings":      {pack.Table{Rows: rowSource("project"), Total: "合计", TotalLast: true, Columns: words("name", "unit")}, "水务局||1|2\n防汛||1|2\n堤防|本级|1|2\n空的||1|2\n||\n合计||1|2", "水务局:  [2]; 防汛: project=堤防 [2]; 堤防: project=堤防 [2]; ?空的; 合计:  [2]"},
		"units by name": {pack.Table{Rows: rowSource("unit"), Total: "合计", Columns: words("name")}, "合计|1|2\n本级|1|2\n外星局|1|2", "合计:  [1]; 本级: unit=415002 [1]; ?外星局"},
		"a list":        {pack.Table{Rows: rowSource("list"), Columns: words("label"), List: []pack.Row{row("接待费", "economic=30217")}}, "（二）接待费|1|2\n别的|1|2\n|1|2", ": economic=30217 [1]; ?别的; ?第3行"},
		"twice one label": {pack.Table{Rows: rowSource("balance"), Columns: balance, Income: []pack.Row{row("一般公共预算", "side=收入"), row("一般公共预算", "side=上年结转")}, Outgo: []pack.Row{each}},
			"一、一般公共预算|1|一、教育支出|2\n（一）一般公共预算|1|外星支出|2", "一般公共预算: side=收入 [1]; 教育支出: function=205 [3]; 一般公共预算: side=上年结转 [1]; ?外星支出"},
	} {
		cat, err := classify.Load(data.Catalogue(), 2026)
		if err != nil {
			t.Fatal(err)
		}
		facts := &budget.Facts{}
		facts.Department.Code.V = "415"
		facts.Units = []budget.Unit{{Code: source.String{V: "415001"}, Name: source.String{V: "市本级"}}, {Code: source.String{V: "415002"}, Name: source.String{V: "本级"}}}
		b, _ := budget.New(facts, cat)
		rows := printedRows(source.String{V: c.rows})
		paper := schedule.NewPrinted(&c.table, cells(rows))
		table := statedTable{StatedTable: &budget.StatedTable{}, spec: &c.table, leaves: pack.Leaves(c.table.Columns), rows: rows, printed: paper}
		table.meanings(schedule.NewReading(&pack.Pack{}, b, []*schedule.Printed{paper}))
		var got []string
		for i := range table.found {
			for _, f := range table.found[i] {
				if f.Unread != "" {
					got = append(got, "?"+f.Label)
					continue
				}
				var columns []int
				for _, x := range f.Cells {
					if sums(table.leaves[x.Column]) {
						columns = append(columns, x.Column)
					}
				}
				got = append(got, fmt.Sprintf("%s: %s %v", f.Label, f.Query.String(), columns))
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, s, c.want)
		}
	}
}

// rowSource is the row source of a word.
func rowSource(word string) pack.RowSource {
	for _, r := range schedule.Sources() {
		if r.Word().Name == word {
			return r
		}
	}
	return nil
}
