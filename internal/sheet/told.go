package sheet

import (
	"strings"

	"yusuan/internal/budget"
)

// The schema explains tables and fields to those who write TOML. Officers with a workbook read the same words in their own
// terms: a row for an entry, 是 for true, sheets for files.

// ownWords are what is said of a table or field in a workbook where the schema's words are about its files.
var ownWords = map[string]string{
	"basic":             "基本支出，功能科目与经济科目交叉的每一笔一行",
	"unit":              "预算单位，每个单位一行",
	"code":              "科目目录里没有的科目，每个一行；目录里有的编码不要改作别的科目",
	"project.line":      "一个项目有几种资金、几个科目，或者只有一部分用于采购的，在这里逐笔填；“项目”表里填过的不再填",
	"project.amount":    "在“项目资金明细”里逐笔填了的，填它们的合计，也可以不填",
	"procurement":       "政府采购清单，采购的每样东西一行；这里的钱已经在支出里，只说明其中多少用于采购。“项目”表里填了政府采购类别（全部采购）的不再填",
	"prior":             "上年数，照上年公开的部门预算填，没有的填 0；有上年的数据目录时不用填",
	"text":              "情况说明里的文字，只写原因和内容，不写金额和百分比，这些由程序算出后印在前面；没有的不填",
	"form":              "绩效目标表，每张表一个工作表；表样和栏目由模板定",
	"form.fields":       "表里的各个栏目",
	"stated":            "合计核对，手里已有的合计每个一行，与按明细求出的不相符就报错；只核对，不印",
	"department":        "部门的基本信息，一项一行",
	"department.duties": "一条职责一行，序号由程序编排", "department.tasks": "一条任务一行，序号由程序编排", "department.show": "模板里平常不印、这次要印的部分，一个一行",
	"department.template": "按哪个地方的样式编", "department.strip_comments": "选“是”的，公开的 PDF 所带的数据里没有备注",
	"unit.duties": "单位预算用，一条一行；本级不填，用部门的", "unit.code": "单列预算的单位都要填",
	"unit.text": "单位预算的文字说明", "unit.prior": "单位预算的上年数",
	"form.indicator.goal": "属于哪个目标，写目标名称",
}

var ofFiles = strings.NewReplacer("每个一段", "每个一行", "每笔一段", "每笔一行", "一年一段", "一年一行", "每种用途一段", "每种用途一行", "每种设备一段", "每种设备一行", "一种用途一段", "一种用途一行",
	"每种资金一段", "每种资金一行", "每个来源一段", "每个来源一行", "每个项目一段", "每个项目一行", "每个科目一段", "每个科目一行", "每个科目一项", "每个科目一行", "每个单位一段", "每个单位一行",
	"每个目标一段", "每个目标一行", "每个三级指标一段", "每个三级指标一行", "每项一段", "每项一行", "每样东西一段", "每样东西一行", "每个名词一段", "每个名词一行", "模板没有的名词每个一段", "模板没有的名词每个一行",
	"写 true，没有编的写 false", "选“是”，没有编的选“否”", "写 true", "选“是”", "写 false", "选“否”", "都要写", "都要填", "要写", "要填", "才写", "才填", "不用写", "不用填", "不写", "不填", "写了", "填了")

// inWorkbook is what an officer reads of a table or field.
func inWorkbook(name, what string) string {
	if own, ok := ownWords[name]; ok {
		return own
	}
	return ofFiles.Replace(what)
}

// retold are the tables of the schema with their explanations for workbooks.
func retold() []budget.Table {
	tables := budget.Tables()
	for i := range tables {
		t := &tables[i]
		t.What = inWorkbook(t.Name, t.What)
		for j := range t.Fields {
			t.Fields[j].What = inWorkbook(t.Fields[j].Name, t.Fields[j].What)
		}
	}
	return tables
}
