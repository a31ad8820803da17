package leaves

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// part is a leaf that has an amount.
type part struct {
	*leaf
	amount money.Amount
	remark string // where it was read, and what is doubtful in it
	sure   bool
}

// parts are the leaves of kinds that have an amount, in the order of their values.
func (f *finder) parts(kinds ...leafKind) []part {
	m := f.model
	if f.remarks == nil {
		f.remarks = make([]string, len(m.leaves))
		for j := range m.leaves {
			if m.amount[j] != 0 {
				f.remarks[j] = f.remark(j)
			}
		}
	}
	var out []part
	for j := range m.leaves {
		if !slices.Contains(kinds, m.leaves[j].kind) || m.amount[j] == 0 {
			continue
		}
		p := part{leaf: &m.leaves[j], amount: money.FromFen(m.amount[j]), sure: m.sure[j]}
		p.remark = f.remarks[j]
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b part) int { return slices.Compare(f.order(a.leaf), f.order(b.leaf)) })
	return out
}

// order is how leaves are listed: by unit, project, fund and codes.
func (f *finder) order(l *leaf) []int {
	m := f.model
	return []int{l.value[m.unit], l.value[m.project], l.value[m.fund], l.value[m.nature], l.value[m.function], l.value[m.economic], -l.value[m.carried]}
}

// remark is where the amount of a leaf is printed, and what of it nobody printed.
func (f *finder) remark(j int) string {
	m := f.model
	best, least, fewest := none, 0, 0
	for i := range m.cells {
		if m.of[j][i] != 1 || m.cells[i].value == 0 || m.made[m.cells[i].from].Row < 0 {
			continue
		}
		n, may := 0, 0
		for k := range m.leaves {
			if m.of[k][i] != 0 {
				may++
				n += boolInt(m.amount[k] != 0)
			}
		}
		if best == none || n < least || n == least && (may < fewest || may == fewest && m.cells[i].last >= m.cells[best].last) {
			best, least, fewest = i, n, may
		}
	}
	if best == none {
		return "由" + renew.Paper + "的各表推算" + source.Review
	}
	c := &m.made[m.cells[best].from]
	out := cmp.Or(f.place(c.At), renew.Paper+c.Name)
	switch {
	case least > 1:
		return out + "的一部分，由各表推算" + source.Review
	case m.cells[best].value != m.amount[j]:
		return out + "，印的是" + c.Text + c.Unit.String() + "，与各表的合计有尾差" + source.Review
	case !m.sure[j] && m.leaves[j].kind == byFunction:
		return out + "，人员经费还是公用经费没有印" + source.Review
	case !m.sure[j]:
		return out + "，由各表推算" + source.Review
	}
	return out
}

// unitOf is the code of a leaf's unit.
func (f *finder) unitOf(l *leaf) string {
	if u := f.model.name(f.model.unit, l.value[f.model.unit]); u != "" {
		return u
	}
	return cmp.Or(f.sole, f.firstUnit())
}

func (f *finder) firstUnit() string {
	for i := range f.facts.Units {
		if u := &f.facts.Units[i]; u.Within.V == "" {
			return u.Code.V
		}
	}
	return ""
}

// unitField is unit = "…", where a department has several.
func (f *finder) unitField(l *leaf) string {
	if f.sole != "" {
		return ""
	}
	return f.unitOf(l)
}

// fundField is the fund, where it is not what none means.
func (f *finder) fundField(l *leaf) string {
	if s := f.model.name(f.model.fund, l.value[f.model.fund]); s != budget.FundGeneral {
		return s
	}
	return ""
}

// inline is { a = "…", b = … }.
func inline(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+" = "+pairs[i+1])
		}
	}
	return "{ " + strings.Join(out, ", ") + " }"
}

// basicFile writes basic expenditure by its two margins.
func (f *finder) basicFile() renew.File {
	w := f.file("基本支出", "表里只有功能科目、经济科目各自的合计，按两张清单填。")
	w.money()
	for _, list := range []struct {
		kind leafKind
		name string
		dim  int
		key  string
	}{{byFunction, "basic_by_function", f.model.function, "function"}, {byEconomic, "basic_by_economic", f.model.economic, "economic"}} {
		parts := f.parts(list.kind)
		if len(parts) == 0 {
			continue
		}
		w.line("\n%s = [", list.name)
		for _, group := range f.rows(parts, list.dim) {
			l, w1 := group[0].leaf, map[string]string{}
			var remarks []string
			code := f.model.name(list.dim, l.value[list.dim])
			for _, p := range group {
				nature := map[string]string{budget.NaturePersonnel: "personnel", budget.NaturePublic: "public"}[f.model.name(f.model.nature, p.value[f.model.nature])]
				w1[nature] = f.amount(p.amount)
				remarks = append(remarks, p.remark)
			}
			if list.kind == byEconomic && len(w1) == 1 && classify.NatureKnown(code) {
				nature := map[bool]string{true: "personnel", false: "public"}[classify.Nature(code) == budget.NaturePersonnel]
				if a := w1[nature]; a != "" {
					w1 = map[string]string{"amount": a}
				}
			}
			w.n++
			w.line("  %s, # %s", inline("unit", text(f.unitField(l)), "fund", text(f.fundField(l)), list.key, text(code),
				"personnel", w1["personnel"], "public", w1["public"], "amount", w1["amount"]), oneLine(f.codeName(list.key, code)+"　"+joined(remarks)))
		}
		w.line("]")
	}
	return w.done("basic.toml")
}

// joined are remarks without doubles.
func joined(remarks []string) string {
	var out []string
	review := ""
	for _, r := range remarks {
		if s, ok := strings.CutSuffix(r, source.Review); ok {
			r, review = s, source.Review
		}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return strings.Join(out, "；") + review
}

// rows are parts of one unit, fund and code together.
func (f *finder) rows(parts []part, dim int) [][]part {
	at := map[[3]int]int{}
	var out [][]part
	for _, p := range parts {
		k := [3]int{p.value[f.model.unit], p.value[f.model.fund], p.value[dim]}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], p)
	}
	slices.SortStableFunc(out, func(a, b []part) int {
		x, y := a[0].value, b[0].value
		return cmp.Or(x[f.model.unit]-y[f.model.unit], x[f.model.fund]-y[f.model.fund], x[dim]-y[dim])
	})
	return out
}

func (f *finder) codeName(key, code string) string {
	if name := f.names[key][code]; name != "" {
		return name
	}
	tree := f.budget.Functional
	if key == "economic" {
		tree = f.budget.Economic
	}
	name, _ := tree.Name(code)
	return name
}

// codesFile writes the codes of the document that the catalogue of its year has not.
func (f *finder) codesFile() renew.File {
	w := f.file("补充科目", "")
	for _, x := range []struct {
		key, kind string
		tree      *classify.Tree
	}{{"function", "功能", &f.budget.Functional}, {"economic", "经济", &f.budget.Economic}} {
		for _, code := range slices.Sorted(maps.Keys(f.names[x.key])) {
			if _, ok := x.tree.Name(code); ok {
				continue
			}
			w.entry("code")
			w.set("kind", text(x.kind), "")
			w.set("code", text(code), "科目目录里没有"+source.Review)
			w.set("name", text(f.names[x.key][code]), "")
		}
	}
	for i := range f.facts.Codes {
		c := &f.facts.Codes[i]
		w.entry("code")
		w.set("kind", text(c.Kind.V), "")
		w.set("code", text(c.Code.V), "")
		w.set("name", text(c.Name.V), "")
	}
	return w.done("codes.toml")
}

// projectsFile writes what is neither basic expenditure nor carried.
func (f *finder) projectsFile() renew.File {
	w := f.file("项目支出", "")
	w.money()
	var ofProjects []part
	var others []part
	for _, p := range f.parts(spent) {
		if f.model.name(f.model.nature, p.value[f.model.nature]) == budget.KindProject {
			ofProjects = append(ofProjects, p)
		} else {
			others = append(others, p)
		}
	}
	for _, group := range f.byProject(ofProjects) {
		f.project(w, group)
	}
	for _, p := range others {
		w.entry("other")
		w.set("kind", text(f.model.name(f.model.nature, p.value[f.model.nature])), p.remark)
		w.set("unit", text(f.unitField(p.leaf)), "")
		w.set("fund", text(f.fundField(p.leaf)), "")
		w.set("function", text(f.model.name(f.model.function, p.value[f.model.function])), "")
		w.set("economic", text(f.model.name(f.model.economic, p.value[f.model.economic])), "")
		w.set("amount", f.amount(p.amount), "")
	}
	return w.done("projects.toml")
}

// byProject puts together what is of one project: as the document prints it or, where it prints none, of one unit and item.
func (f *finder) byProject(parts []part) [][]part {
	at := map[[3]int]int{}
	var out [][]part
	for _, p := range parts {
		k := [3]int{p.value[f.model.project], p.value[f.model.unit]}
		if f.projectName(p.leaf) == "" {
			k[2] = p.value[f.model.function] + 1
		} else {
			k[1] = 0
		}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], p)
	}
	return out
}

// projectName is the name of a leaf's project, without the unit that a key may begin with.
func (f *finder) projectName(l *leaf) string {
	return f.bareProject(f.model.name(f.model.project, l.value[f.model.project]))
}

func (f *finder) bareProject(name string) string {
	if unit, rest, ok := strings.Cut(name, "/"); ok && slices.ContainsFunc(f.facts.Units, func(u budget.Unit) bool { return u.Code.V == unit }) {
		return rest
	}
	return name
}

func (f *finder) project(w *writer, group []part) {
	m, first := f.model, group[0].leaf
	name, remark := f.projectName(first), ""
	if name == "" {
		name, remark = f.codeName("function", m.name(m.function, first.value[m.function]))+"项目", renew.Paper+"的表里没有项目名称，每个功能科目合作一个项目"+source.Review
	}
	w.entry("project")
	w.set("name", text(name), remark)
	w.set("unit", text(f.unitField(first)), "")
	w.set("group", text(f.groups[m.name(m.project, first.value[m.project])]), "")
	w.set("goals", f.goals(), "")
	f.projectSays(w, name, group)
	fields := func(p part) (fund, function, economic, carried string) {
		if m.name(m.carried, p.value[m.carried]) == "是" {
			carried = "true"
		}
		return text(f.fundField(p.leaf)), text(m.name(m.function, p.value[m.function])), text(m.name(m.economic, p.value[m.economic])), carried
	}
	write := func(p part) {
		fund, function, economic, carried := fields(p)
		w.set("fund", fund, "")
		w.set("function", function, "")
		w.set("economic", economic, "")
		w.set("carried", carried, "")
		w.set("amount", f.amount(p.amount), p.remark)
	}
	if len(group) == 1 {
		write(group[0])
		return
	}
	for _, p := range group {
		w.line("\n[[project.line]]")
		write(p)
	}
}

// projectSays writes what the forms say of a project.
func (f *finder) projectSays(w *writer, name string, group []part) {
	says := f.says[name]
	if x, ok := says["TotalBudget"]; ok {
		var sum money.Amount
		for _, p := range group {
			sum = sum.Add(p.amount)
		}
		if q := prose.Quantities(x.text); len(q) == 1 && !q[0].In(f.unit).Equal(sum) {
			w.set("total_budget", f.amount(q[0].In(f.unit)), f.place(x.at))
		}
	}
	for _, k := range [][2]string{{"start_year", "Start"}, {"end_year", "End"}} {
		if x := says[k[1]].text; len(x) == 4 && strings.Trim(x, "0123456789") == "" {
			w.set(k[0], x, f.place(says[k[1]].at))
		}
	}
	w.set("use", text(says["Use"].text), f.place(says["Use"].at))
}

// goals is whether projects have performance goals, where all have or none has.
func (f *finder) goals() string {
	for _, name := range f.Pack.FigureNames {
		x, ok := f.heard.amounts[name]
		q := f.Pack.Figures[name].Query
		if !ok || only(q, "goals") != "是" || len(q.Keys()) != 2 || only(q, "kind") != budget.KindProject {
			continue
		}
		var sum money.Amount
		for _, p := range f.parts(spent) {
			if f.model.name(f.model.nature, p.value[f.model.nature]) == budget.KindProject {
				sum = sum.Add(p.amount)
			}
		}
		switch {
		case x.amount.IsZero():
			return "false"
		case x.amount.Sub(sum).Abs().Cmp(money.FromFen(5000)) <= 0:
			return "true"
		}
	}
	return ""
}

// revenueFile writes what is carried; revenue follows from it.
func (f *finder) revenueFile() renew.File {
	w := f.file("结转结余", "收入不用填，由支出和结转推算。")
	w.money()
	at := map[[2]string]int{}
	type carry struct{ in, out part }
	var list []carry
	var keys [][2]string
	for _, p := range f.parts(carriedIn, carriedOut) {
		k := [2]string{f.unitField(p.leaf), f.fundField(p.leaf)}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list, keys = append(list, carry{}), append(keys, k)
		}
		if p.kind == carriedIn {
			list[i].in = p
		} else {
			list[i].out = p
		}
	}
	for i, c := range list {
		w.entry("carryover")
		w.set("unit", text(keys[i][0]), "")
		w.set("fund", text(keys[i][1]), "")
		if c.in.leaf != nil {
			w.set("in", f.amount(c.in.amount), c.in.remark)
		}
		if c.out.leaf != nil {
			w.set("out", f.amount(c.out.amount), c.out.remark)
		}
	}
	return w.done("revenue.toml")
}
