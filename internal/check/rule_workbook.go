package check

import "yusuan/internal/diag"

// workbookRules describe what reading workbooks and exports of budget systems finds. Tests of the packages that find them hold
// them: there is no data folder yet.
func workbookRules() []family {
	return []family{{rules: takingOver(), workbooks: true}}
}

// exported is the source of rules of what exports say.
const exported = "导出表的写法"

// takingOver are the rules of putting exports together and taking them over into a data folder.
func takingOver() []Rule {
	e, w, n := diag.Error, diag.Warning, diag.Note
	return []Rule{
		{"表格-035", e, "同一笔只有一个数", "两张导出表里的同一笔，数相同，只带入一次", exported, "两张表里的基本工资差 100 元"},
		{"表格-036", e, "部门汇总等于各单位之和", "同时导入部门的表和各单位的表时，部门的每一笔等于各单位之和；部门的数不再带入", exported, "少给了一个单位的文件"},
		{"表格-037", w, "有分单位的数", "要分单位填的，导出表里不能只有整个部门的合计", exported, "收入表只有部门合计"},
		{"表格-038", w, "合计表等于逐笔的数", "同一个单位、同一种资金，按功能科目、按经济科目的合计等于逐笔的基本支出；带入逐笔的", exported, "两张表不是同一天导出的"},
		{"表格-039", n, "认得的都有地方放", "导出表里认得的内容，模板里有放的地方", exported, "模板没有绩效目标表"},
		{"表格-040", e, "单位有代码", "导出表里的每个单位知道是哪个代码", exported, "导出表里只写了“服务中心”"},
	}
}
