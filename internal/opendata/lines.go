package opendata

import (
	"cmp"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
)

// directions are what the sides of a budget are called by programs, in the order of the lines.
var directions = [...]struct {
	side budget.Side
	word string
}{{budget.Expenditure, "expenditure"}, {budget.RevenueSide, "revenue"}, {budget.CarryIn, "carry-over-in"}, {budget.CarryOut, "carry-over-out"}}

func directionOf(s budget.Side) int {
	for i := range directions {
		if directions[i].side == s {
			return i
		}
	}
	return len(directions)
}

// Columns that several files have.
var (
	departmentCode  = column{name: "department_code", title: "部门代码", kind: text, fiscal: "administrative-classification:generic:level1:code", about: "编制这份文件的部门；单位预算里是单位", required: true}
	departmentLabel = column{name: "department_label", title: "部门代码和名称", kind: text, fiscal: "administrative-classification:generic:level1:label", required: true}
	unitCode        = column{name: "unit_code", title: "单位代码", kind: text, fiscal: "administrative-classification:generic:level2:code", required: true}
	unitLabel       = column{name: "unit_label", title: "单位代码和名称", kind: text, fiscal: "administrative-classification:generic:level2:label", required: true}
	yearColumn      = column{name: "year", title: "年度", kind: whole, fiscal: "date:fiscal-year", required: true}
	fundColumn      = column{name: "fund", title: "资金性质", kind: text, fiscal: "fin-source:generic:code", required: true}
	kindColumn      = column{name: "kind", title: "支出类别", kind: text, fiscal: "expenditure-type:code", about: "基本支出、项目支出等；只有支出有"}
	natureColumn    = column{name: "nature", title: "经费性质", kind: text, about: "人员经费或公用经费；只有基本支出有"}
	economicCodes   = []column{
		{name: "economic_class_code", title: "部门经济分类类级编码", kind: text, fiscal: "economic-classification:generic:level1:code"},
		{name: "economic_class_name", title: "部门经济分类类级名称", kind: text, fiscal: "economic-classification:generic:level1:label"},
		{name: "economic_group_code", title: "部门经济分类款级编码", kind: text, fiscal: "economic-classification:generic:level2:code"},
		{name: "economic_group_name", title: "部门经济分类款级名称", kind: text, fiscal: "economic-classification:generic:level2:label"},
	}
	functionCodes = []column{
		{name: "function_class_code", title: "功能科目类级编码", kind: text, fiscal: "functional-classification:generic:level1:code", about: "只有支出有"},
		{name: "function_class_name", title: "功能科目类级名称", kind: text, fiscal: "functional-classification:generic:level1:label"},
		{name: "function_group_code", title: "功能科目款级编码", kind: text, fiscal: "functional-classification:generic:level2:code"},
		{name: "function_group_name", title: "功能科目款级名称", kind: text, fiscal: "functional-classification:generic:level2:label"},
		{name: "function_item_code", title: "功能科目项级编码", kind: text, fiscal: "functional-classification:generic:level3:code"},
		{name: "function_item_name", title: "功能科目项级名称", kind: text, fiscal: "functional-classification:generic:level3:label"},
	}
	projectID    = column{name: "project_id", title: "项目识别名", kind: text, fiscal: "activity:generic:project:code"}
	projectName  = column{name: "project_name", title: "项目名称", kind: text, fiscal: "activity:generic:project:label"}
	amountColumn = column{name: "amount", title: "金额（元）", kind: decimal, fiscal: "value", about: "没有四舍五入", required: true}
	currency     = column{name: "currency", title: "币种", kind: text, fiscal: "value-currency:code", required: true, words: []string{"CNY"}}
	sourceColumn = column{name: "source", title: "出处", kind: text, about: "部门数据目录里的文件和行"}
)

// References that several files have.
var (
	toUnits     = ref{[]string{"department_code", "unit_code"}, "units", []string{"department_code", "code"}}
	toFunctions = ref{[]string{"function_item_code"}, "functions", []string{"code"}}
	toEconomics = ref{[]string{"economic_group_code"}, "economics", []string{"code"}}
	toFunds     = ref{[]string{"fund"}, "funds", []string{"name"}}
	toProjects  = ref{[]string{"project_id"}, "projects", []string{"project_id"}}
)

// identity is the column that tells the rows of a file apart.
func identity(name, title, fiscal string) column {
	return column{name: name, title: title, kind: text, fiscal: fiscal, required: true, unique: true}
}

// lines are all leaves of the budget, each once.
func (w *writer) lines() *sheet {
	var words []string
	for i := range directions {
		words = append(words, directions[i].word)
	}
	t := newSheet("lines", "收支明细", "预算的每一笔，每笔一行，各行不重复：按 direction 相加就是部门的支出、收入、上年结转和年终结转，收入＋上年结转＝支出＋年终结转。", slices.Concat([]column{
		identity("line_id", "识别名", "budget-line-id"), yearColumn,
		{name: "phase", title: "阶段", kind: text, fiscal: "phase:id", about: "approved：经批准的预算", required: true, words: []string{"approved"}},
		{name: "direction", title: "收支", kind: text, fiscal: "direction", about: "expenditure 支出，revenue 收入，carry-over-in 上年结转，carry-over-out 年终结转", required: true, words: words},
		departmentCode, departmentLabel, unitCode, unitLabel, kindColumn, natureColumn, fundColumn}, functionCodes, economicCodes, []column{projectID, projectName,
		{name: "procurement", title: "政府采购类别", kind: text, about: "这一笔全部用于采购时填；采购清单见 procurement.csv"},
		{name: "service_purchase", title: "政府购买服务类别", kind: text},
		{name: "carried", title: "上年结转安排", kind: truth, about: "true：用上年结转的钱", required: true},
		amountColumn, currency,
		{name: "derived", title: "推算", kind: truth, about: "true：部门没有填报，由支出和结转推算的收入", required: true}, sourceColumn}))
	t.key, t.refs = []string{"line_id"}, []ref{toUnits, toFunctions, toEconomics, toFunds, toProjects}
	n := 0
	for _, l := range w.sorted(func(l *budget.Line) bool { return l.View&budget.ByFunction != 0 && l.Side != budget.Purchases }) {
		n++
		t.put(w.id("", 4, n), w.year, "approved", directions[directionOf(l.Side)].word, w.code, w.label, l.Unit, w.unitLabels[l.Unit], l.Kind, l.Nature, l.Fund)
		t.put(w.levels(&w.Budget.Functional, l.Function, 3)...)
		t.put(w.levels(&w.Budget.Economic, l.Economic, 2)...)
		t.put(w.projectIDs[projectKey(l.Unit, l.Project)], l.Project, l.Procure, l.Purchase, yes(l.Carried), money.ToldData(l.Amount), "CNY")
		reckoned, place := w.Budget.Reckoned(l), w.place(l.At)
		if reckoned {
			place = ""
		}
		t.put(yes(reckoned), place).end()
	}
	return t
}

// economicLines are those that say basic expenditure again, by economic class.
func (w *writer) economicLines() *sheet {
	t := newSheet("lines_by_economic", "按经济分类填报的基本支出", "部门分开填报功能科目和经济科目时，lines.csv 里是按功能科目的一份，这里是按经济科目的同一笔钱，不与 lines.csv 相加。没有分开填报的没有行。",
		slices.Concat([]column{identity("line_id", "识别名", "budget-line-id"), yearColumn, departmentCode, departmentLabel, unitCode, unitLabel, kindColumn, natureColumn, fundColumn},
			economicCodes, []column{amountColumn, currency, sourceColumn}))
	t.key, t.refs = []string{"line_id"}, []ref{toUnits, toEconomics, toFunds}
	for i, l := range w.sorted(func(l *budget.Line) bool { return l.View == budget.ByEconomy }) {
		t.put(w.id("E", 4, i+1), w.year, w.code, w.label, l.Unit, w.unitLabels[l.Unit], l.Kind, l.Nature, l.Fund)
		t.put(w.levels(&w.Budget.Economic, l.Economic, 2)...)
		t.put(money.ToldData(l.Amount), "CNY", w.place(l.At)).end()
	}
	return t
}

// procurement is the procurement budget, which is part of the expenditure.
func (w *writer) procurement() *sheet {
	t := newSheet("procurement", "政府采购预算", "采购的钱都在 lines.csv 的支出里，不与它相加。",
		slices.Concat([]column{identity("procurement_id", "识别名", ""), yearColumn, departmentCode, departmentLabel, unitCode, unitLabel,
			{name: "class", title: "政府采购类别", kind: text, required: true}, fundColumn}, economicCodes, []column{projectID, projectName,
			{name: "item", title: "采购物品名称", kind: text}, {name: "organization", title: "采购组织形式", kind: text},
			{name: "reserved", title: "预留对象", kind: text}, amountColumn, currency, sourceColumn}))
	t.key, t.refs = []string{"procurement_id"}, []ref{toUnits, toEconomics, toFunds, toProjects}
	for i, l := range w.sorted(func(l *budget.Line) bool { return l.Side == budget.Purchases }) {
		t.put(w.id("C", 4, i+1), w.year, w.code, w.label, l.Unit, w.unitLabels[l.Unit], l.Procure, l.Fund)
		t.put(w.levels(&w.Budget.Economic, l.Economic, 2)...)
		t.put(w.projectIDs[projectKey(l.Unit, l.Project)], l.Project, l.Item, l.Organize, l.Reserved, money.ToldData(l.Amount), "CNY", w.place(l.At)).end()
	}
	return t
}

// sorted are the lines of a file by what they say, so that their order does not depend on that of the files they were typed in.
func (w *writer) sorted(of func(*budget.Line) bool) []*budget.Line {
	var out []*budget.Line
	for i := range w.Budget.Lines {
		if l := &w.Budget.Lines[i]; of(l) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b *budget.Line) int {
		return cmp.Or(cmp.Compare(directionOf(a.Side), directionOf(b.Side)), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Function, b.Function),
			cmp.Compare(a.Economic, b.Economic), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Nature, b.Nature), cmp.Compare(a.Project, b.Project),
			cmp.Compare(a.Fund, b.Fund), cmp.Compare(a.Procure, b.Procure), cmp.Compare(a.Purchase, b.Purchase), cmp.Compare(a.Item, b.Item),
			cmp.Compare(a.Organize, b.Organize), cmp.Compare(a.Reserved, b.Reserved), cmp.Compare(yes(a.Carried), yes(b.Carried)), a.Amount.Cmp(b.Amount))
	})
	return out
}

// levels are the codes and names of a code and of those above it, from the class down. What is longer than a classification
// has levels is its last.
func (w *writer) levels(t *classify.Tree, code string, n int) []string {
	out := make([]string, 2*n)
	for i, c := range w.path(t, code) {
		i = min(i, n-1)
		out[2*i], out[2*i+1] = c.Code, c.Name
	}
	return out
}

func (w *writer) path(t *classify.Tree, code string) []classify.Code {
	if code == "" {
		return nil
	}
	return t.Path(code)
}
