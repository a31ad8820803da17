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
		"codes":        {pack.Table{Rows: rowSource(schedule.Functions), Columns: words("code", "name"), Filter: query("fund=一般公共预算")}, "|合计|1|2\n201|一般公共服务支出|1|2", "合计: fund=一般公共预算 [2]; 201 一般公共服务支出: fund=一般公共预算 function=201 [2]"},
		"parted codes": {pack.Table{Rows: rowSource(schedule.Economics), Columns: words("code-class", "code-group", "name")}, "302|01|办公费|1|2", "办公费: economic=30201 [3]"},
		"units":        {pack.Table{Rows: rowSource(schedule.Units), Columns: words("code", "name")}, "415|水务局|1|2\n415001|本级|1|2", "415 水务局:  [2]; 415001 本级: unit=415001 [2]"},
		"projects":     {pack.Table{Rows: rowSource(schedule.Projects), Columns: words("name", "unit")}, "合计||1|2\n水务局||1|2\n本级||1|2\n堤防|本级|1|2\n泵站|本级|1|2\n泵站|中心|1|2", "合计:  [2]; 水务局:  [2]; 本级: project=堤防,本级/泵站 [2]; 堤防: project=堤防 [2]; 泵站: project=本级/泵站 [2]; 泵站: project=中心/泵站 [2]"},
		"nested":       {pack.Table{Rows: rowSource(schedule.Nested), Columns: words("code", "name")}, "201|一般公共服务支出|1|2", ""},
		"a list":       {pack.Table{Rows: rowSource(schedule.List), Columns: words("label"), List: []pack.Row{row("接待费", "economic=30217")}}, "（二）接待费|1|2\n别的|1|2\n|1|2", ": economic=30217 [1]; ?别的"},
		"twice one label": {pack.Table{Rows: rowSource(schedule.Balance), Columns: balance, Income: []pack.Row{row("一般公共预算", "side=收入"), row("一般公共预算", "side=上年结转")}, Outgo: []pack.Row{each}},
			"一、一般公共预算|1|一、教育支出|2\n（一）一般公共预算|1|外星支出|2", "一般公共预算: side=收入 [1]; 教育支出: function=205 [3]; 一般公共预算: side=上年结转 [1]; ?外星支出"},
	} {
		cat, err := classify.Load(data.Catalogue(), 2026)
		if err != nil {
			t.Fatal(err)
		}
		facts := &budget.Facts{}
		facts.Department.Code.V = "415"
		b, _ := budget.New(facts, cat)
		table := statedTable{&budget.StatedTable{}, &c.table, pack.Leaves(c.table.Columns), printedRows(source.String{V: c.rows})}
		f := &finder{pack: &pack.Pack{}, budget: b, projects: &projectList{called: map[string][]projectRow{}}, after: map[string]int{}}
		if schedule.Is(&c.table, schedule.Projects) {
			f.projects.add(&table)
		}
		var got []string
		for i := range table.rows {
			found, strange := f.row(&table, i)
			for _, m := range found {
				got = append(got, fmt.Sprintf("%s: %s %v", m.label, m.query.String(), m.columns))
			}
			for _, s := range strange {
				got = append(got, "?"+s.text)
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
