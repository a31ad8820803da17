package cli

import (
	"io"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/xlsx"
)

// writeWorkbook writes the summary as a workbook: departments, the district's totals, questions between departments.
func writeWorkbook(to io.Writer, s *batch.Summary) error {
	return writeSheets(to, "汇总", s.Date(), departmentSheet(s), totalSheet(s), findingSheet(s))
}

// inSummary is where the rows are that a sheet has no room for.
const inSummary = "在 summary.json 里"

func departmentSheet(s *batch.Summary) xlsx.Sheet {
	return xlsx.Sheet{Name: "汇总", Rest: inSummary, Rows: len(s.Departments), Columns: []xlsx.Column{
		xlsx.Texts("部门", 16), xlsx.Texts("版本", 10), xlsx.Texts("代码", 12), xlsx.Longs("名称", 34), xlsx.Texts("年度", 7),
		xlsx.Texts("结果", 10), xlsx.Texts("页数", 7), xlsx.Amounts("支出总计（元）", 20), xlsx.Texts("错误", 7), xlsx.Texts("警告", 7),
		xlsx.Longs("规则", 18), xlsx.Longs("说明", 60), xlsx.Longs("文件", 44), xlsx.Texts("用时（毫秒）", 13), xlsx.Longs("其他形式", 44),
	}, Row: func(i int) []any {
		r := &s.Departments[i]
		year, total := xlsx.Count(r.Year), number(r.Total.Amount)
		if r.Year == 0 {
			total = nil // nothing is known of it
		}
		return []any{r.Department, editionWord(r.Edition), r.Code, r.Name, year, statusWord(r.Status), xlsx.Count(r.Pages), total,
			xlsx.Count(r.Errors), xlsx.Count(r.Warnings), strings.Join(r.Rules, " "), said(r), r.Output, r.Millis, otherForms(r)}
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

func totalSheet(s *batch.Summary) xlsx.Sheet {
	return xlsx.Sheet{Name: "全区合计", Rest: inSummary, Rows: len(s.Totals), Columns: []xlsx.Column{
		xlsx.Texts("年度", 7), xlsx.Texts("资金性质", 22), xlsx.Texts("功能分类编码", 14), xlsx.Texts("功能分类名称", 30),
		xlsx.Texts("支出类型", 12), xlsx.Texts("部门数", 9), xlsx.Amounts("金额（元）", 22),
	}, Row: func(i int) []any {
		t := &s.Totals[i]
		return []any{t.Year, t.Fund, t.Class, t.Name, t.Kind, t.Departments, number(t.Amount.Amount)}
	}}
}

func findingSheet(s *batch.Summary) xlsx.Sheet {
	return xlsx.Sheet{Name: "部门之间", Rest: inSummary, Rows: len(s.Findings), Columns: []xlsx.Column{
		xlsx.Texts("规则", 11), xlsx.Texts("级别", 7), xlsx.Texts("部门", 16), xlsx.Texts("单位", 14), xlsx.Texts("另一部门", 16), xlsx.Longs("位置", 40), xlsx.Longs("问题", 80),
	}, Row: func(i int) []any {
		x := &s.Findings[i]
		_, unit, _ := strings.Cut(x.Edition, ":")
		return []any{x.Rule, levelWord(x), x.Department, unit, x.Other, x.At, x.Message}
	}}
}
