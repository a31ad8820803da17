package opendata

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// units are all units of the department, with budgets of their own or without.
func (w *writer) units() *sheet {
	t := newSheet("units", "预算单位", "部门的各个单位；单位预算里只有这个单位。", []column{
		identity("unit_id", "识别名", ""), departmentCode, departmentLabel,
		{name: "code", title: "单位代码", kind: text, fiscal: "administrative-classification:generic:level2:code", about: "不单列预算的单位可以没有"},
		{name: "label", title: "单位代码和名称", kind: text, fiscal: "administrative-classification:generic:level2:label", required: true},
		{name: "name", title: "单位名称", kind: text, required: true},
		{name: "full_name", title: "单位全称", kind: text, about: "与名称相同的空着"},
		{name: "kind", title: "单位性质", kind: text},
		{name: "headquarters", title: "本级", kind: truth, required: true},
		{name: "budget_within_code", title: "预算列入单位代码", kind: text, about: "不单列预算的单位，它的收支在这个单位里"},
		{name: "budget_within_label", title: "预算列入单位代码和名称", kind: text}, sourceColumn})
	t.key = []string{"unit_id"}
	all := w.Budget.Facts.Units
	order := make([]*budget.Unit, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortStableFunc(order, func(a, b *budget.Unit) int {
		return cmp.Or(cmp.Compare(a.Within.V, b.Within.V), cmp.Compare(a.Code.V, b.Code.V), cmp.Compare(a.Name.V, b.Name.V))
	})
	for i, u := range order {
		t.put(w.id("U", 3, i+1), w.code, w.label, u.Code.V, labelled(u.Code.V, u.Name.V), u.Name.V, u.FullName.V, u.Kind.V, yes(u.Own.V)).put(w.within(u)...).put(w.place(u.At)).end()
	}
	return t
}

// within is the unit in whose budget another stands: its code and its label, "" for one that has its own.
func (w *writer) within(u *budget.Unit) []string {
	of := u.Within.V
	if of == "" {
		return []string{"", ""}
	}
	if label := w.unitLabels[of]; label != "" {
		return []string{of, label}
	}
	for _, x := range w.Budget.ListedUnits() { // named by its name
		if of == x.Name.V {
			return []string{x.Code.V, w.unitLabels[x.Code.V]}
		}
	}
	return []string{"", of}
}

func (w *writer) functions() *sheet {
	return w.codes(newSheet("functions", "功能科目", "支出功能分类科目中用到的编码和它们的上级。", codeColumns("functional-classification:generic:code", "functional-classification:generic:label")),
		&w.Budget.Functional, func(l *budget.Line) string { return l.Function }, "类", "款", "项")
}

func (w *writer) economics() *sheet {
	return w.codes(newSheet("economics", "部门预算支出经济分类科目", "用到的编码和它们的上级。", codeColumns("economic-classification:generic:code", "economic-classification:generic:label")),
		&w.Budget.Economic, func(l *budget.Line) string { return l.Economic }, "类", "款")
}

func codeColumns(code, label string) []column {
	return []column{{name: "code", title: "编码", kind: text, fiscal: code, required: true}, {name: "name", title: "名称", kind: text, fiscal: label},
		{name: "level", title: "级次", kind: whole, about: "类是 1，款是 2，项是 3"}, {name: "level_name", title: "级次名称", kind: text}, {name: "parent", title: "上级编码", kind: text}}
}

// codes are the codes of a classification that lines have, with those above them.
func (w *writer) codes(t *sheet, tree *classify.Tree, of func(*budget.Line) string, levels ...string) *sheet {
	t.key, t.refs = []string{"code"}, []ref{{[]string{"parent"}, "", []string{"code"}}}
	names, parents := map[string]string{}, map[string]string{}
	for i := range w.Budget.Lines {
		above := ""
		for _, c := range w.path(tree, of(&w.Budget.Lines[i])) {
			names[c.Code], parents[c.Code] = c.Name, above
			above = c.Code
		}
	}
	for _, code := range slices.Sorted(maps.Keys(names)) {
		level, word := "", ""
		if n := tree.Level(code); n > 0 && n <= len(levels) && strings.Trim(code, "0123456789") == "" {
			level, word = strconv.Itoa(n), levels[n-1]
		}
		t.put(code, names[code], level, word, parents[code]).end()
	}
	return t
}

// funds are the sources of money in the order of the official tables.
func (w *writer) funds() *sheet {
	t := newSheet("funds", "资金性质", "资金的来源，依官方表样的次序。", []column{
		{name: "name", title: "名称", kind: text, fiscal: "fin-source:generic:code", required: true},
		{name: "order", title: "次序", kind: whole, required: true},
		{name: "group", title: "所属", kind: text, about: "财政拨款或单位资金；财政专户管理资金两个都不是"}})
	t.key = []string{"name"}
	names := budget.Funds()
	for i := range w.Budget.Lines {
		if f := w.Budget.Lines[i].Fund; !slices.Contains(names, f) {
			names = append(names, f)
		}
	}
	slices.Sort(names[len(budget.Funds()):])
	for i, name := range names {
		t.put(name, strconv.Itoa(i+1), budget.FundGroup(name)).end()
	}
	return t
}

// projectKey tells the projects of a department apart.
func projectKey(unit, name string) string { return unit + "/" + name }

// listProjects gives the projects their identities: by unit and name.
func (w *writer) listProjects() {
	w.projectIDs = map[string]string{}
	all := w.Budget.Facts.Projects
	for i := range all {
		w.listed = append(w.listed, &all[i])
	}
	slices.SortStableFunc(w.listed, func(a, b *budget.Project) int {
		return cmp.Or(cmp.Compare(w.Budget.UnitOf(a), w.Budget.UnitOf(b)), cmp.Compare(a.Name.V, b.Name.V))
	})
	for i, p := range w.listed {
		w.projectIDs[projectKey(w.Budget.UnitOf(p), p.Name.V)] = w.id("P", 3, i+1)
	}
}

func (w *writer) projects() *sheet {
	t := newSheet("projects", "项目", "部门的各个项目；金额是本年预算，由 lines.csv 里的各笔相加。", []column{
		identity("project_id", "识别名", "activity:generic:project:code"), yearColumn, departmentCode, departmentLabel, unitCode, unitLabel,
		{name: "name", title: "项目名称", kind: text, fiscal: "activity:generic:project:label", required: true},
		{name: "group", title: "项目类别", kind: text}, {name: "start_year", title: "起始年度", kind: whole}, {name: "end_year", title: "终止年度", kind: whole},
		amountColumn,
		{name: "total_budget", title: "项目总预算（元）", kind: decimal, about: "各年合计；没有填报的空着"},
		{name: "purpose", title: "主要用途", kind: text}, {name: "procurement", title: "政府采购类别", kind: text},
		{name: "service_purchase", title: "政府购买服务类别", kind: text}, {name: "goals", title: "编报绩效目标", kind: truth, required: true}, sourceColumn})
	t.key, t.refs = []string{"project_id"}, []ref{toUnits}
	sums := map[string]money.Amount{}
	for i := range w.Budget.Lines {
		if l := &w.Budget.Lines[i]; l.Side == budget.Expenditure && l.Project != "" {
			key := projectKey(l.Unit, l.Project)
			sums[key] = sums[key].Add(l.Amount)
		}
	}
	for i, p := range w.listed {
		unit := w.Budget.UnitOf(p)
		t.put(w.id("P", 3, i+1), w.year, w.code, w.label, unit, w.unitLabels[unit], p.Name.V, p.Group.V, number(p.Start), number(p.End),
			money.ToldData(sums[projectKey(unit, p.Name.V)]), amount(p.Total), p.Purpose.V, p.Procure.V, p.Purchase.V, yes(w.Budget.HasGoals(p)), w.place(p.At)).end()
	}
	return t
}

// number is a whole number that the author states, "" for none.
func number(n source.Int) string {
	if !n.Set {
		return ""
	}
	return strconv.FormatInt(int64(n.V), 10)
}

// amount is an amount that the author states, "" for none.
func amount(a source.Amount) string {
	if !a.Set {
		return ""
	}
	return money.ToldData(a.Amount)
}

// formColumns are those that say of which form something is.
func formColumns() []column {
	return []column{{name: "form", title: "表样", kind: text, about: "部门数据里绩效表的表样名", required: true}, projectID, projectName,
		{name: "horizon", title: "期限", kind: text, about: "长期或年度", required: true}}
}

// goals are the performance goals of all forms.
func (w *writer) goals() *sheet {
	t := newSheet("goals", "绩效目标", "各张绩效表的目标，依填报的次序。", slices.Concat([]column{identity("goal_id", "识别名", ""), yearColumn, departmentCode, departmentLabel}, formColumns(),
		[]column{{name: "name", title: "目标名称", kind: text, required: true}, {name: "text", title: "目标说明", kind: text, required: true}, sourceColumn}))
	t.key, t.refs = []string{"goal_id"}, []ref{toProjects}
	n := 0
	for i := range w.Budget.Facts.Forms {
		f := &w.Budget.Facts.Forms[i]
		for k := range f.Goals {
			x := &f.Goals[k]
			n++
			t.put(w.id("G", 3, n), w.year, w.code, w.label, f.Kind.V, w.projectOf(f), f.Project.V, x.Horizon.V, x.Name.V, x.Text.V, w.place(x.At)).end()
		}
	}
	return t
}

// projectOf is the identity of the project that a form is of, "" for none.
func (w *writer) projectOf(f *budget.Form) string {
	if p := w.Budget.ProjectOf(f); p != nil {
		return w.projectIDs[projectKey(w.Budget.UnitOf(p), p.Name.V)]
	}
	return ""
}

// indicators are the performance indicators of all forms.
func (w *writer) indicators() *sheet {
	t := newSheet("indicators", "绩效指标", "各张绩效表的指标，依填报的次序。", slices.Concat([]column{
		identity("indicator_id", "识别名", ""), yearColumn, departmentCode, departmentLabel}, formColumns(), []column{
		{name: "goal", title: "目标名称", kind: text},
		{name: "first", title: "一级指标", kind: text}, {name: "second", title: "二级指标", kind: text}, {name: "third", title: "三级指标", kind: text, required: true},
		{name: "value", title: "指标值", kind: text}, {name: "last", title: "上年指标值", kind: text}, {name: "before_last", title: "前年指标值", kind: text},
		{name: "basis", title: "指标值确定依据", kind: text},
		{name: "target", title: "指标和各年的值", kind: text, about: "三级指标：指标值（上年…；前年…）；前面几列的值在 Excel、WPS 里可能显示成日期，这一列不会", required: true}, sourceColumn}))
	t.key, t.refs = []string{"indicator_id"}, []ref{toProjects}
	n := 0
	for i := range w.Budget.Facts.Forms {
		f := &w.Budget.Facts.Forms[i]
		for k := range f.Indicators {
			x := &f.Indicators[k]
			n++
			t.put(w.id("I", 4, n), w.year, w.code, w.label, f.Kind.V, w.projectOf(f), f.Project.V, x.Horizon.V, x.Goal.V, x.First.V, x.Second.V, x.Third.V,
				x.Value.V, x.Last.V, x.BeforeLast.V, x.Basis.V, target(x), w.place(x.At)).end()
		}
	}
	return t
}

// target is an indicator with its values in words.
func target(x *budget.Indicator) string {
	out := x.Third.V + "：" + cmp.Or(x.Value.V, "（没有填）")
	var before []string
	if x.Last.V != "" {
		before = append(before, "上年 "+x.Last.V)
	}
	if x.BeforeLast.V != "" {
		before = append(before, "前年 "+x.BeforeLast.V)
	}
	if len(before) > 0 {
		out += "（" + strings.Join(before, "；") + "）"
	}
	return out
}
