package cli

import (
	"io"
	"strings"

	"yusuan/internal/batch"
)

// writeWorkbook writes the summary as a workbook: departments, the district's totals, questions between departments.
func writeWorkbook(to io.Writer, s *batch.Summary) error {
	return writeSheets(to, "汇总", s.Date(), departmentSheet(s), totalSheet(s), findingSheet(s))
}

// inSummary is where the rows are that a sheet has no room for.
const inSummary = "在 summary.json 里"

func departmentSheet(s *batch.Summary) sheet {
	return sheet{name: "汇总", rest: inSummary, rows: len(s.Departments), columns: []column{
		{"部门", 16, textColumn}, {"版本", 10, textColumn}, {"代码", 12, textColumn}, {"名称", 34, longColumn}, {"年度", 7, textColumn},
		{"结果", 10, textColumn}, {"页数", 7, textColumn}, {"支出总计（元）", 20, amountColumn}, {"错误", 7, textColumn}, {"警告", 7, textColumn},
		{"规则", 18, longColumn}, {"说明", 60, longColumn}, {"文件", 44, longColumn}, {"用时（毫秒）", 13, textColumn}, {"其他形式", 44, longColumn},
	}, row: func(i int) []any {
		r := &s.Departments[i]
		year, total := countCell(r.Year), number(r.Total.Amount)
		if r.Year == 0 {
			total = nil // nothing is known of it
		}
		return []any{r.Department, editionWord(r.Edition), r.Code, r.Name, year, statusWord(r.Status), countCell(r.Pages), total,
			countCell(r.Errors), countCell(r.Warnings), strings.Join(r.Rules, " "), said(r), r.Output, r.Millis, otherForms(r)}
	}}
}

// said is what there is to know of a document.
func said(r *batch.Record) string {
	if r.Message == "" && len(r.Replaces) > 0 {
		return "取代 " + strings.Join(r.Replaces, "、")
	}
	return r.Message
}

func editionWord(edition string) string {
	if edition == "" {
		return "部门预算"
	}
	return "单位预算"
}

func totalSheet(s *batch.Summary) sheet {
	return sheet{name: "全区合计", rest: inSummary, rows: len(s.Totals), columns: []column{
		{"年度", 7, textColumn}, {"资金性质", 22, textColumn}, {"功能分类编码", 14, textColumn}, {"功能分类名称", 30, textColumn},
		{"支出类型", 12, textColumn}, {"部门数", 9, textColumn}, {"金额（元）", 22, amountColumn},
	}, row: func(i int) []any {
		t := &s.Totals[i]
		return []any{t.Year, t.Fund, t.Class, t.Name, t.Kind, t.Departments, number(t.Amount.Amount)}
	}}
}

func findingSheet(s *batch.Summary) sheet {
	return sheet{name: "部门之间", rest: inSummary, rows: len(s.Findings), columns: []column{
		{"规则", 11, textColumn}, {"级别", 7, textColumn}, {"部门", 16, textColumn}, {"单位", 14, textColumn}, {"另一部门", 16, textColumn}, {"位置", 40, longColumn}, {"问题", 80, longColumn},
	}, row: func(i int) []any {
		x := &s.Findings[i]
		_, unit, _ := strings.Cut(x.Edition, ":")
		return []any{x.Rule, levelWord(x), x.Department, unit, x.Other, x.At, x.Message}
	}}
}
