package check

import "yusuan/internal/diag"

// lineRules are about lines as a whole: codes and their names, rows and units that are not there.
func lineRules() []family {
	e, w, n := diag.Error, diag.Warning, diag.Note
	const codes = "《政府收支分类科目》"
	return []family{
		{find: extraCodes, rules: []Rule{
			{"科目-008", w, "目录里的科目用目录里的名称", "[[code]] 里目录已有的编码，名称与当年或别的年度的目录相同（括号、标点、“的”“费”等写法不计）", codes, "单位自己的 2010308 叫“大厅运转”，目录里是别的名称"},
			{"科目-009", e, "单位自己的科目不占用要取数的编码", "模板、对应表、核对规则按编码取数的科目，[[code]] 不改作别的科目", codes, "30212 改作“退休人员活动费”，三公经费多出 0.5 万元"},
			{"科目-012", w, "补充的科目是本年的", "[[code]] 补充的编码、名称不是别的年度的；有当年完整的科目目录的，补充的编码在目录里", codes, "2026 年的预算用 [[code]] 补充 20805“行政事业单位离退休”，那是 2019 年以前的名称"}}},
		{find: ownList, rules: []Rule{{"科目-010", n, "科目名称是当年的", "预算年度有自己的科目目录；借用别的年度的，名称要核对", codes, "2021 年的预算印 2023 年的科目名称"},
			{"科目-013", w, "科目名称当年是哪个要知道", "借用别的年度的科目目录时，用到的科目在前后的目录里名称相同；不同的，当年的名称与当年的目录核对", codes, "20805 在 2019 年的目录里叫“行政事业单位离退休”，2023 年的叫“行政事业单位养老支出”，2021 年的预算印了后一个"}}},
		{find: headquarters, rules: []Rule{{"单位-009", e, "部门本级只有一个", "至多一个 [[unit]] 写 headquarters = true", practice, "复制 [[unit]] 时忘了删去 headquarters"}}},
		{find: bareUnits, rules: []Rule{{"单位-010", n, "单位有基本支出", "有的单位有基本支出时，单列预算的单位都有；上年也没有的除外", practice, "一个单位的基本支出整段漏了"},
			{"填报-030", w, "部门有基本支出", "至少有一笔基本支出", practice, "basic.toml 没有复制过来，基本支出印成 0.00"}}},
		{find: lostRows, rules: []Rule{{"上年-008", n, "上年有的行本年还在", "上年数据目录里的单位、项目、单位的功能科目（逐支出类别）、基本支出的经济科目，本年都有；上年已到终止年度的项目除外", practice, "漏了一行购房补贴"}}},
		{find: formEntries, rules: []Rule{
			{"绩效-014", w, "指标有值", "每个指标写明指标值（value）", goalRules, "指标“办件及时率”没有写值"},
			{"绩效-015", w, "支出明细的经济科目认得", "支出明细测算的 economic 是科目目录里的编码、名称，或由 [[code]] 补充；编码与名称相符", codes, "economic = \"99999\""}}},
	}
}
