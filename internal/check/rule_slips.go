package check

import "yusuan/internal/diag"

// slipRules are about slips that leave every sum right: two things that a line says do not go together.
func slipRules() []family {
	w := diag.Warning
	const codes = "《政府收支分类科目》"
	return []family{
		{find: fundCodes, rules: []Rule{{"填报-021", w, "资金性质与功能科目相配", "政府性基金预算、国有资本经营预算的支出列在它们自己的功能科目里，一般公共预算的不列在里面（data/catalogue 的 funds.csv）", codes, "2120803 的项目没有写 fund，印在一般公共预算里"}}},
		{find: carriedLines, rules: []Rule{{"填报-024", w, "标作上年结转的与结转结余相符", "逐单位、逐资金，Σ标作 carried 的支出≤上年结转结余", practice, "项目写 carried = true 而没有填 [[carryover]]：项目表有上年结转，收支总表是 0"}}},
		{find: natures, rules: []Rule{{"填报-025", w, "经费性质与经济科目相配", "工资福利支出不写公用经费，三公经费不写人员经费", codes, "基本工资写作公用经费"}}},
		{find: kindsOfUnits, rules: []Rule{{"填报-026", w, "单位性质与科目相配", "有行政运行的是行政、参公单位，有事业运行、事业收入的不是；别的单位的预算列在其中的除外", practice, "机关写成 kind = \"公益一类\"，印成“没有安排机关运行经费”"}}},
		{find: departmentNames, rules: []Rule{{"填报-027", w, "部门的名称前后一致", "部门全称里没有年度、“部门预算”；简称的字都在全称里；部门本级的全称＝部门全称", practice, "全称写成“行政审判局”，units.toml 里是“行政审批局”"}}},
		{find: plainNames, rules: []Rule{{"填报-031", diag.Note, "名称写成名称", "部门、单位、科目的名称里，汉字之间没有空格；这些和项目的名称里没有句号、分号、叹号、问号", practice, "单位名称“局 本 级”，各表都印成这样"}}},
		{find: longProjects, rules: []Rule{{"填报-028", w, "跨年的项目有总预算", "模板印项目总预算的，起止年度跨年的项目填了 total_budget", practice, "2025—2027 年的项目没有填总预算，印成只有本年的数"}}},
		{find: countedAssets, rules: []Rule{{"填报-029", w, "资产的日期和购置数量合理", "资产统计日期不早于上年；车辆的本年购置数量≤现有数量", practice, "沿用了三年前的统计日期"}}},
	}
}
