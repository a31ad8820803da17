package check

import "yusuan/internal/diag"

// workbookRules describe what reading workbooks, exports of budget systems and finished documents finds. Tests of the packages that find them hold
// them: there is no data folder yet.
func workbookRules() []family {
	return []family{{rules: ownWorkbook(), workbooks: true}, {rules: takingOver(), workbooks: true}, {rules: documentRules(), workbooks: true}, {rules: codelistRules(), workbooks: true}}
}

// filledIn is the source of rules of our own workbook.
const filledIn = "填报表的写法"

// ownWorkbook are the rules of reading our own workbook.
func ownWorkbook() []Rule {
	e, w, n := diag.Error, diag.Warning, diag.Note
	return []Rule{
		{"表格-001", e, "格子看得懂", "填报表里的每一格合它那一列的写法：金额和整数只有数，日期是日期，是否填是或否，公式算出了结果，各项照表上的名称写", filledIn, "金额写“约十万”"},
		{"表格-002", e, "编码与名称相符", "科目和单位的编码与名称写在一起的，名称是这个编码的；只写名称的，只有一个编码叫这个名称", filledIn, "2010301 机关服务"},
		{"表格-003", n, "代码不丢开头的 0", "代码填成文字；填成数的，照已有的代码补上开头的 0，并给出提示", filledIn, "单位代码 0101 成了数 101"},
		{"表格-004", w, "每一列认得", "有内容的列，表头是填报表里有的，并且只有一列", filledIn, "自己加了一列“核对”，表头不是填报表的"},
		{"表格-005", w, "每张工作表认得", "有内容的工作表是填报表里有的；同一种只有一张（多出来的一张按错误报）", filledIn, "一张叫“草稿”的工作表"},
		{"表格-006", w, "内容都在表里", "填的都在有表头的列里、在写明是哪一项的行里", filledIn, "表右边空了一列写的计算"},
		{"表格-007", e, "工作表和列都还在", "导出时有内容的工作表和列还在，找得到表头，必填的列也在；带回数据目录时，没有内容丢失的按警告报", filledIn, "删去了工作表“车辆”"},
		{"表格-008", e, "明细有所属", "资金明细的项目、单位文字的单位，在项目和单位的表里有，并且只有一个", filledIn, "资金明细写了没有的项目"},
		{"表格-009", e, "一项只填一遍", "一行写一项的，每项只有一行有内容", filledIn, "“年度”有两行"},
		{"表格-010", w, "填报表放得下", "数据目录里的内容填报表都放得下；成文的表和文字、字体不在填报表里，太长的文字也不在（按错误报）", filledIn, "数据目录里有 [[font]]"},
		{"表格-011", e, "合计由程序算", "填报表里没有合计、小计、总计的行；有的不读", filledIn, "基本支出下面加了一行“合计”"},
		{"表格-012", n, "看不见的也算", "填了的工作表、行和列没有隐藏，也没有筛选掉；有的照样读、照样算，并给出提示", filledIn, "不要的一行隐藏了，没有删去"},
	}
}

// codelistRules are the rules of reading the list of codes of a year (package codelist).
func codelistRules() []Rule {
	e, w := diag.Error, diag.Warning
	const list = "科目表的写法"
	return []Rule{
		{"目录-001", e, "科目表认得", "表里有表头是编码、名称的两列（编码可以分类、款、项三列），下面是科目", list, "给的是部门的支出表"},
		{"目录-002", e, "编码、名称写得对", "编码只有数字，类 3 位、款 5 位、项 7 位；每个编码有名称", list, "2010301 的名称空着"},
		{"目录-003", e, "上一级在表里", "每个款的类、每个项的款都在表里", list, "有 2010301 而没有 20103"},
		{"目录-004", e, "一个编码一个名称", "同一个编码写了几次的，名称相同", list, "两年的科目表一起给了"},
		{"目录-005", w, "都带得进", "表里没有划掉的、隐藏的、没有编码的行，没有收入分类、政府预算支出经济分类和项以下的科目；有的告诉哪些没有带入", list, "表里有 501 开头的科目"},
		{"目录-006", w, "是这一年的", "表上写的年度＝--year 写的年度", list, "给了上一年的科目表"},
	}
}

// exported is the source of rules of what exports say.
const exported = "导出表的写法"

// takingOver are the rules of putting exports together and taking them over into a data folder.
func takingOver() []Rule {
	e, w, n := diag.Error, diag.Warning, diag.Note
	return []Rule{
		{"表格-035", e, "同一笔只有一个数", "两张导出表里的同一笔，数相同，只带入一次；几行写同一项的，写的一样，不一样的给出警告", exported, "两张表里的基本工资差 100 元"},
		{"表格-036", e, "部门汇总等于各单位之和", "同时导入部门的表和各单位的表时，部门的每一笔等于各单位之和；部门的数不再带入", exported, "少给了一个单位的文件"},
		{"表格-037", w, "有分单位的数", "要分单位填的，导出表里不能只有整个部门的合计", exported, "收入表只有部门合计"},
		{"表格-038", w, "合计表等于逐笔的数", "同一个单位、同一种资金，按功能科目、按经济科目的合计等于逐笔的基本支出；带入逐笔的", exported, "两张表不是同一天导出的"},
		{"表格-039", n, "认得的都有地方放", "导出表里认得的内容，模板里有放的地方", exported, "模板没有绩效目标表"},
		{"表格-040", e, "单位有代码", "导出表里的每个单位知道是哪个代码", exported, "导出表里只写了“服务中心”"},
		{"表格-043", w, "写了“是”的有类别", "导出表里写着是政府采购、是政府购买服务的钱，数据里有它的类别，或者在采购表里", exported, "是否有政府购买服务写“是”，没有写哪一类"},
		{"表格-042", w, "汇总表、绩效表与带入的数相等", "绩效目标表里写的金额等于项目的数；只有合计的支出表里，每个功能科目的基本支出、项目支出等于带入的数", exported, "少给了一张项目表"},
	}
}
