package changes_test

import (
	"strings"
	"testing"
	"time"

	"yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/doc"
)

// tree is a document with as much style as a notice takes.
func tree() *doc.Document {
	return &doc.Document{Title: "某馆2026年部门预算", Author: "某馆", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Styles: &doc.StyleSheet{Pages: map[string]doc.PageStyle{"竖": {}}, Texts: map[string]doc.TextStyle{"标题": {}, "正文": {}, "表": {}}},
		Sections: []doc.Section{{Page: "竖", Blocks: []doc.Block{&doc.Heading{Style: "标题", Level: 1},
			&doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: "很长的正文"}}}}, &doc.Table{Of: 1, Style: "表", HeadStyle: "表"}}}}}
}

// rowsOf are the rows of a notice's table, and all its texts.
func rowsOf(d *doc.Document) (rows []string, all string) {
	var b strings.Builder
	doc.Walk(d, func(t doc.Text, _ string) { b.WriteString(t.String + "\n") })
	for _, x := range d.Sections[0].Blocks {
		if t, ok := x.(*doc.Table); ok {
			for _, r := range t.Body {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text[0].String)
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
		}
	}
	return rows, b.String()
}

// TestNotice: what was corrected stands in the order of the document; where not all can, rows that came go before numbers, and it
// is said how many are left.
func TestNotice(t *testing.T) {
	r := small()
	d, all := r.Notice(tree(), 100)
	rows, text := rowsOf(d)
	want := []string{
		"1|表3　部门支出总表|合计 · 合计|100.00 万元|101.00 万元", "2|表3　部门支出总表|2012601 行政运行 · 合计|1,000.50 万元|（空）", "3|表4|=占比 · 占比|33.33 %|33.34 %",
		"4|表9|新项目 · 金额|没有|5.00 万元", "5|表9|新项目|无|增加一行", "6|正文|附注|有|删去整段",
	}
	if len(rows) != all || all != 8 || strings.Join(rows[:6], "\n") != strings.Join(want, "\n") {
		t.Errorf("%d of %d\n%s", len(rows), all, strings.Join(rows, "\n"))
	}
	for _, want := range []string{"更正说明", "某馆公开的《某馆2026年部门预算》（2026年1月20日）", "支出总计由100.00万元更正为101.00万元", "2026年3月1日", "以更正后公开的文件为准"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	d, _ = r.Notice(tree(), 3)
	rows, text = rowsOf(d)
	if len(rows) != 3 || !strings.Contains(rows[1], "新项目|无") || !strings.Contains(text, "另有5处随之更正") {
		t.Errorf("%q\n%s", rows, text)
	}
	for _, name := range []string{"甲", "乙", "丙"} {
		r.Rows = append(r.Rows, compare.Row{Part: "表3　部门支出总表", Name: name + "局（本级）", Old: name + "局本级", Causes: []int{1}})
	}
	d, _ = r.Notice(tree(), 4)
	if rows, _ := rowsOf(d); !strings.Contains(strings.Join(rows, "\n"), "1,000.50") || strings.Contains(strings.Join(rows, "\n"), "局本级") {
		t.Errorf("names of rows go before numbers: %q", rows)
	}
	if d, _ := r.Notice(tree(), 0); len(d.Sections[0].Blocks) < 4 || d.Subject != changes.NoticeTitle {
		t.Error("nothing listed, nothing said")
	}
}

// TestNoticeOfManyTotals: of more totals than are named it is said how many more there are.
func TestNoticeOfManyTotals(t *testing.T) {
	r := small()
	for len(r.Totals) < 10 {
		r.Totals = append(r.Totals, r.Totals[0])
	}
	d, _ := r.Notice(tree(), 3)
	if _, text := rowsOf(d); strings.Count(text, "由100.00万元更正为") != 6 || !strings.Contains(text, "，另有3项总额随之更正。") {
		t.Error(text)
	}
}
