package check

import "yusuan/internal/diag"

const (
	practice   = "部门预算编制通例"
	law        = "《预算法》第十四条"
	disclosure = "财预〔2016〕143号《地方预决算公开操作规程》"
	goalRules  = "财预〔2015〕88号《中央部门预算绩效目标管理办法》"
	rounding   = "GB/T 8170-2008 第3.2、3.3条"
)

// identityRules are about what the author states: leaves, assertions, last year.
func identityRules() []family {
	e, w, n := diag.Error, diag.Warning, diag.Note
	return []family{
		{find: margins, rules: []Rule{{"勾稽-010", e, "两张清单合计相等", "Σ按功能科目＝Σ按经济科目，逐单位、逐资金、逐经费性质", practice, "按功能科目合计 120 万元，按经济科目合计 119 万元"}}},
		{find: amountsOf, rules: []Rule{
			{"量级-001", n, "一笔金额的量级合理", "项目≥1万元，基本支出一笔≥100元", practice, "单位是元的文件里写 732.4，意思是万元"},
			{"量级-002", w, "合计的量级与上年相近", "合计与上年的合计相差不到百倍", practice, "一个文件的 amount_unit 写错，总预算成了上年的一万倍"},
			{"支出-002", w, "一笔支出只填一次", "单位、资金、经费性质、功能科目、经济科目都相同的，只有一笔", practice, "印刷费一行复制了两遍"},
			{"支出-003", w, "金额不是负数", "支出、采购的金额≥0", practice, "amount = -300000"}}},
		{find: usualKinds, rules: []Rule{{"科目-006", n, "功能科目与支出类别相配", "名称说明支出类别的项，列这一类支出（data/catalogue 的 kinds.csv）", "《政府收支分类科目》", "基本支出列在一般行政管理事务里"}}},
		{find: unitCodes, rules: []Rule{{"单位-007", n, "单位代码以部门代码开头", "单列预算的单位代码＝部门代码＋序号", practice, "部门 338 的单位写成 388001"}}},
		{find: unitKinds, rules: []Rule{{"单位-008", w, "单位写明性质", "模板按单位性质取数（机关运行经费、行政单位个数）的，每个单位都有 kind", disclosure, "没有写 kind 的机关，印成“没有安排机关运行经费”"}}},
		{find: publication, rules: []Rule{{"日期-003", w, "公开日期在预算年度里", "预算年度前一年12月≤公开日期≤预算年度12月", disclosure, "2026 年预算的公开日期写成 2025-02-10"}}},
		{find: spans, rules: []Rule{{"项目-007", w, "项目起止年度包括本年", "起始年度≤预算年度≤终止年度", practice, "2026 年的项目写 2025 年止"}}},
		{find: cars, rules: []Rule{{"资产-001", w, "有运行费就有车辆", "公务用车运行维护费＞0 的，填报了车辆", practice, "运行维护费 17.5 万元，没有车辆，印成“没有车辆”"}}},
		{find: boughtCars, rules: []Rule{{"资产-002", w, "有购置费就有购置的车", "模板印本年购置车辆数的，公务用车购置费＞0 时，[[vehicle]] 的 bought 之和＞0", disclosure, "购置费 20 万元，印成“没有安排购置车辆”"}}},
		{find: twins, rules: []Rule{{"项目-008", w, "项目没有填成两个", "没有名称只差一两个字、金额又相同的两个项目", practice, "堤防维护、堤防维修，都是 50 万元"}}},
		{find: pairs, rules: []Rule{{"勾稽-013", w, "功能科目与经济科目相配", "一般公共预算基本支出里，养老保险缴费等各项按功能科目的数＝按经济科目的数，逐单位（data/catalogue 的 pairs.csv）", practice, "2080505 养老保险缴费 96.30 万元，30108 只有 69.30 万元"}}},
		{find: stated, rules: []Rule{
			{"勾稽-011", e, "填报合计等于计算数", "[[stated]] 的金额＝程序按明细求的和，按填报的位数（只差舍入的，是尾差-001）", practice, "填报三公经费 18.2 万元，明细之和 18.19 万元"},
			{"勾稽-012", e, "填报合计的名称认得", "[[stated]] 的 figure 是模板里的数字名称、它的中文名称，或者 表号.行.列", "本程序的填报格式", "figure = \"totle\""}}},
		{find: projects, rules: []Rule{
			{"项目-005", e, "本年预算不大于项目总预算", "项目本年预算≤项目总预算", goalRules, "总预算 100 万元，本年 120 万元"},
			{"项目-006", e, "终止年度不早于起始年度", "起始年度≤终止年度", practice, "2026 年起，2025 年止"}}},
		{find: priors, rules: []Rule{
			{"上年-001", e, "上年数的名称认得", "[prior.figures] 的键是模板里有上年数的数字", "本程序的填报格式", "totle = 100"},
			{"上年-002", w, "上年数齐全", "模板要比较的数字都有上年数", disclosure, "没有上年的公务接待费"},
			{"上年-003", e, "上年数与上年数据相符", "填报的上年数＝由上年数据目录算出的数", practice, "填 2538.83，上年数据算得 2538.38"}}},
		{find: history, rules: []Rule{{"上年-004", w, "近年收支与上年数相符", "上年基本支出＋项目支出＝上年总预算", practice, "1503.03＋1035.80≠2538.38"}}},
		{find: priorParts, rules: []Rule{{"上年-007", w, "上年数的部分与合计相合", "范围互补的上年数，部分之和＝合计；部分≤整体", disclosure, "三公经费合计 18.22，各部分之和 18.20"}}},
		{find: years, rules: []Rule{
			{"年度-001", e, "模板适用于本年度", "模板首年≤预算年度≤模板末年", "本程序的模板格式", "用 2026 年的模板做 2022 年的预算"},
			{"年度-002", e, "上年数是上年的", "上年数的年度＝预算年度－1", practice, "2026 年预算填 2024 年的数作上年数"},
			{"年度-003", e, "近年收支是往年的", "近年收支的年度＜预算年度", practice, "近年收支里有 2026 年"}}},
		{find: dates, rules: []Rule{{"日期-001", e, "统计日期已经过去", "资产统计日期≤公开日期", practice, "2026 年 2 月公开，写“截至2026年12月31日”"}}},
	}
}

// formRules are about texts and performance forms.
func formRules() []family {
	e, w := diag.Error, diag.Warning
	return []family{
		{find: texts, rules: []Rule{
			{"文字-001", e, "文字栏认得", "[text] 的键是模板里的文字栏", "本程序的填报格式", "reason_totle"},
			{"文字-002", e, "必填的文字填了", "模板要求的文字都在", "本程序的填报格式", "没有机构设置说明"},
			{"文字-003", w, "变动写明原因", "今年与上年不同的数字有原因说明", disclosure, "公务接待费减少而没有原因"}}},
		{find: forms, rules: []Rule{
			{"绩效-001", e, "表样认得", "kind 是模板里的表样", "本程序的填报格式", "kind = \"整体\""},
			{"绩效-002", e, "栏目认得", "[form.fields] 的键是表样里的栏目", "本程序的填报格式", "resaon = …"},
			{"绩效-003", w, "必填栏目填了", "表样要求的栏目都填了", goalRules, "没有项目申请理由"},
			{"绩效-004", e, "绩效表的项目存在", "project 是 [[project]] 里的项目", practice, "表里叫“外包费”，项目叫“外包经费”"},
			{"绩效-007", w, "指标属于已填的目标", "指标的目标名称在 [[form.goal]] 里", goalRules, "指标属于“长期目标2”而没有这个目标"},
			{"绩效-008", e, "每个项目一张绩效表", "一个项目至多一张绩效表", goalRules, "两个文件填了同一项目"}}},
		{find: formMoney, rules: []Rule{
			{"绩效-006", e, "支出明细之和等于本年预算", "Σ支出明细＝项目本年预算", goalRules, "明细填了多年总额 1,384.79，本年 123.46"},
			{"绩效-010", e, "采购金额不大于本年预算", "Σ采购≤项目本年预算", practice, "采购填了多年总额"}}},
		{find: missingForms, rules: []Rule{{"绩效-005", w, "每个项目都有绩效表", "[[project]]→[[form]] 一一对应", goalRules, "项目支出表列有办公用房租赁项目，没有它的绩效表"}}},
		{find: statedGoals, rules: []Rule{{"绩效-013", w, "绩效目标编报没有，写明", "部门填了整体支出绩效目标表；没有项目绩效表的模板，项目写明 goals 是 true 还是 false", goalRules, "各项目都没有写 goals，文中不知道写什么"}}},
		{find: indicators, rules: []Rule{
			{"绩效-011", w, "指标写明一级指标", "每个指标有一级指标（first）", goalRules, "一级指标是空的"},
			{"绩效-012", diag.Note, "同一指标长期、年度口径一致", "同名指标的长期值和年度值，一个为 0 时另一个不为 100%", practice, "“事故零发生”长期 100%，年度 0"}}},
	}
}
