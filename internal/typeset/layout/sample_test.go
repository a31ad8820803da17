package layout

import (
	"fmt"
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// fixed draws Han characters one em wide and ASCII half an em; it lacks 龘.
func fixed(role string) (*font.Family, bool) {
	if role == "没有" {
		return nil, false
	}
	return font.NewFixed(role, func(r rune) int {
		switch {
		case r == '龘':
			return 0
		case r < 0x80:
			return 500
		}
		return 1000
	}), true
}

// sheet is page and type after GB/T 9704-2012.
func sheet() *doc.StyleSheet {
	number := doc.NumberStyle{Style: "页码", Before: "— ", After: " —", Drop: 19843, Place: "outer"}
	upright := doc.PageStyle{
		Width: unit.A4Width, Height: unit.A4Height,
		Top: 104882, Bottom: 99213, Left: 79370, Right: 73701, Number: number, Base: "正文",
	}
	wide := upright
	wide.Width, wide.Height = upright.Height, upright.Width
	body := doc.TextStyle{Family: "仿宋", Size: 15750, Leading: 29620, FirstIndent: 2000, Align: doc.AlignJustify}
	plain := body
	plain.FirstIndent = 0
	head := plain
	head.Family, head.KeepNext, head.Before, head.Align = "黑体", true, 14810, doc.AlignCenter
	cell := doc.TextStyle{Family: "宋体", Size: 10500, Leading: 14000}
	return &doc.StyleSheet{
		Pages: map[string]doc.PageStyle{"直": upright, "横": wide},
		Texts: map[string]doc.TextStyle{
			"正文": body, "顶格": plain, "标题": head, "表身": cell, "表头": cell, "表注": cell,
			"页码":  {Family: "宋体", Size: 14000, Leading: 20000},
			"封面":  {Family: "小标宋", Size: 36000, Leading: 50000, Align: doc.AlignCenter},
			"目录":  {Family: "仿宋", Size: 14000, Leading: 24000},
			"目录二": {Family: "仿宋", Size: 12000, Leading: 22000, Indent: 2000},
		},
	}
}

func text(s string) doc.Text {
	return doc.Text{String: s, Origin: diag.Range{File: "a.toml", Start: diag.Pos{Line: 1}}}
}

func para(s string) *doc.Paragraph {
	return &doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: text(s)}}}
}

// budgetTable is a table with a head of two levels and the given number of rows.
func budgetTable(rows int) *doc.Table {
	right := text("单位：万元")
	cell := func(s string, cols, rows int) doc.Cell {
		return doc.Cell{Text: []doc.Text{text(s)}, ColSpan: cols, RowSpan: rows}
	}
	t := &doc.Table{
		ID: "1", Caption: text("收支总表"), Right: &right, Continued: "表 1（续）",
		Columns: []doc.Column{{Share: 1}, {Align: doc.AlignDecimal}, {Align: doc.AlignDecimal}, {Align: doc.AlignDecimal}},
		Head: []doc.Row{
			{Cells: []doc.Cell{cell("项目", 1, 2), cell("合计", 1, 2), cell("其中", 2, 1)}},
			{Cells: []doc.Cell{cell("基本支出", 1, 1), cell("项目支出", 1, 1)}},
		},
		Notes: []doc.Text{text("注：本表为空时仍然公开。")},
		Style: "表身", HeadStyle: "表头", NoteStyle: "表注",
		CellPad: doc.CellPad{X: 3000, Y: 2000}, RuleWidth: 500, FrameWidth: 1000, MinRow: 20000,
	}
	for i := range rows {
		number := func(n int) doc.Cell {
			return doc.Cell{Text: []doc.Text{text(fmt.Sprintf("%d.%02d", n*n, n%100))}, Number: true}
		}
		name := cell(fmt.Sprintf("第%d项", i), 1, 1)
		name.Header = doc.HeaderRow
		t.Body = append(t.Body, doc.Row{Cells: []doc.Cell{name, number(i), number(i * 7), number(i + 3)}})
	}
	return t
}

// sample is a small document with one of everything.
func sample() *doc.Document {
	h := func(level int, s string) *doc.Heading {
		return &doc.Heading{Text: text(s), Style: "标题", Level: level, Contents: s, Bookmark: s}
	}
	return &doc.Document{
		Title: "某局2026年部门预算", Author: "某局", Date: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Styles: sheet(),
		Sections: []doc.Section{
			{Page: "直", Title: "封面", Blocks: []doc.Block{
				&doc.Space{Fill: 1},
				&doc.Paragraph{Style: "封面", Spans: []doc.Span{{Text: text("某局\n2026年部门预算")}}},
				&doc.Space{Fill: 2},
				&doc.Paragraph{Style: "顶格", Spans: []doc.Span{{Text: text("2026年2月")}}},
			}},
			{Page: "直", Title: "目录", Blocks: []doc.Block{
				&doc.Paragraph{Style: "标题", Level: 1, Spans: []doc.Span{{Text: text("目录")}}},
				&doc.Contents{Styles: []string{"目录", "目录二"}},
			}},
			{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{
				h(1, "第一部分 概况"), h(2, "一、部门主要职责"),
				para("贯彻执行党和国家关于行政审批的方针政策，研究拟定区行政审批制度改革的总体规划。"),
				h(2, "二、机构设置"), para("本部门无下属单位。"),
				&doc.PageBreak{Page: "横"},
				h(2, "三、收支总表"), budgetTable(24),
			}},
			{Page: "直", Numbered: true, Blocks: []doc.Block{h(1, "第二部分 名词解释"), para("财政拨款：略。")}},
		},
	}
}
