// Package budget is the model of one department's budget: the facts its author states, the lines they amount to, and
// the figures computed from lines.
//
// Only leaves are stated. A line is one leaf with everything known of it; a figure is the sum of the lines that a
// query selects; tables and sentences name queries. So a number printed twice cannot differ, and every number leads
// back to lines of TOML.
package budget

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Budget is one department's budget for one year. Read-only after New.
type Budget struct {
	Facts      *Facts
	Catalogue  *classify.Catalogue // of the year, without the codes that the department adds
	Functional classify.Tree
	Economic   classify.Tree
	Pairs      []classify.Pair
	Kinds      map[string]string // of expenditure, by the name of an item
	Lines      []Line

	projects *register
	lines    lineIndex
}

// New turns facts into lines and reports all that is wrong with them. The Budget is usable even when there are
// errors, so that later checks can report theirs as well.
func New(f *Facts, cat *classify.Catalogue) (*Budget, diag.List) {
	b := &Budget{Facts: f, Catalogue: cat, Functional: cat.Functional, Economic: cat.Economic, Pairs: cat.Pairs, Kinds: cat.Kinds}
	l := &loader{b: b}
	l.extraCodes()
	l.units()
	b.projects = newRegister(f)
	l.basic()
	l.margins()
	l.others()
	l.projects()
	l.forms()
	l.revenue()
	l.purchases()
	l.offer()
	b.lines = newLineIndex(b.Lines)
	return b, l.diags
}

// loader carries what is known of the units while lines are made.
type loader struct {
	b     *Budget
	diags diag.List
	byKey map[string]string // code or name → code
	kinds map[string]string // unit code → its kind
	only  string            // the unit of lines that name none

	lacking lacking
	inside  map[string]string      // name or code of a unit without a budget of its own → the unit in whose budget it stands
	known   *diag.Names            // names and codes of units, once one was not among them
	ofUnit  map[string]*diag.Names // names of projects, once a purchase was of none
}

func (l *loader) extraCodes() {
	var functional, economic []classify.Code
	for _, c := range l.b.Facts.Codes {
		code := classify.Code{Code: c.Code.V, Name: c.Name.V}
		switch c.Kind.V {
		case "功能":
			functional = append(functional, code)
		case "经济":
			economic = append(economic, code)
		}
	}
	l.b.Functional = l.b.Functional.With(functional)
	l.b.Economic = l.b.Economic.With(economic)
}

func (l *loader) units() {
	l.byKey, l.only = l.b.Facts.unitKeys()
	l.kinds = map[string]string{}
	named := map[string]string{} // code by name
	seen := map[string]diag.Range{}
	for i := range l.b.Facts.Units {
		u := &l.b.Facts.Units[i]
		key := cmp.Or(u.Code.V, u.Name.V)
		if at, dup := seen[key]; dup {
			l.diags.Add(diag.Diagnostic{Rule: "单位-001", Level: diag.Error, At: u.At,
				Message: "单位“" + key + "”重复填报", Notes: []diag.Related{{Text: "先前填报在这里", At: at}},
				Hint: "删去其中一处，或改正单位代码"})
			continue
		}
		seen[key] = u.At
		if u.Within.V != "" {
			continue
		}
		if u.Code.V == "" {
			if !l.b.Facts.Published() { // a finished document need not print it
				l.diags.Errorf("单位-002", u.At, "单列预算的单位“%s”没有单位代码（code）", u.Name.V)
			}
			continue
		}
		if other := named[u.Name.V]; other != "" && u.Name.V != "" {
			l.diags.Add(diag.Diagnostic{Rule: "单位-001", Level: diag.Error, At: u.Name.At,
				Message: "单位" + u.Code.V + "与" + other + "的名称都是“" + u.Name.V + "”", Hint: "改正其中一个的名称（name）"})
		}
		named[u.Name.V] = u.Code.V
		l.kinds[u.Code.V] = u.Kind.V
	}
	for i := range l.b.Facts.Units {
		u := &l.b.Facts.Units[i]
		if u.Within.V != "" && l.byKey[u.Within.V] == "" {
			l.diags.Add(l.unitNames().NotKnown("单位-003", u.Within.At, "预算列入单位", u.Within.V))
		}
	}
	l.assets()
	if len(l.byKey) == 0 && !l.b.Facts.Published() {
		l.diags.Errorf("单位-004", l.b.Facts.Department.At, "没有单列预算的单位，至少要有部门本级（[[unit]]）")
	}
}

// assets belong to units that there are, those without a budget of their own among them. Whose they are need not be said.
func (l *loader) assets() {
	of := func(s source.String) {
		if s.V != "" && l.byKey[s.V] == "" && l.within(s.V) == "" {
			l.diags.Add(l.unitNames().NotKnown("单位-003", s.At, "单位", s.V))
		}
	}
	for i := range l.b.Facts.Vehicles {
		of(l.b.Facts.Vehicles[i].Unit)
	}
	for i := range l.b.Facts.Equipment {
		of(l.b.Facts.Equipment[i].Unit)
	}
}

// unitNames are the names and codes of all units, once they are known.
func (l *loader) unitNames() *diag.Names {
	if l.known == nil {
		l.known = diag.NewNames(slices.Sorted(maps.Keys(l.byKey)))
	}
	return l.known
}

func (l *loader) unit(s source.String, at diag.Range) string {
	if s.V == "" {
		if l.only == "" && len(l.b.Facts.Units) > 0 {
			l.diags.Errorf("单位-005", at, "部门有多个单位，这里要写明单位（unit）")
		}
		return l.only
	}
	code, ok := l.byKey[s.V]
	if ok {
		return code
	}
	if within := l.within(s.V); within != "" {
		l.diags.Add(diag.Diagnostic{Rule: "单位-003", Level: diag.Error, At: s.At, Message: "单位“" + s.V + "”不单列预算，收支列入 " + within,
			Hint: "写成 unit = \"" + within + "\"；单列预算的，删去 [[unit]] 里的 budget_within"})
	} else {
		l.diags.Add(l.unitNames().NotKnown("单位-003", s.At, "单位", s.V))
	}
	return code
}

// within is the unit in whose budget the named one stands, "" for one that has its own or is not known.
func (l *loader) within(name string) string {
	if l.inside == nil {
		l.inside = map[string]string{}
		for i := range l.b.Facts.Units {
			u := &l.b.Facts.Units[i]
			for _, key := range []string{u.Name.V, u.Code.V} {
				if u.Within.V != "" && key != "" && l.inside[key] == "" {
					l.inside[key] = u.Within.V
				}
			}
		}
	}
	return l.inside[name]
}

func fundOf(s source.String) string { return cmp.Or(s.V, FundGeneral) }

// maxCodes is how many codes a message lists.
const maxCodes = 12

// codeMeant suggests what to write for something that is no code: the same without blanks, the codes of that name, or
// the codes below a class or group.
func codeMeant(s string, t classify.Tree, digits int) string {
	if c := strings.Join(strings.Fields(s), ""); c != s && len(c) == digits {
		return "编码里有空格，写成 \"" + c + "\""
	}
	var list []string
	for _, c := range t.Codes() {
		name, _ := t.Name(c)
		if len(c) == digits && (name == s || len(s) >= 3 && strings.HasPrefix(c, s)) {
			list = append(list, c+" "+name)
		}
	}
	if len(list) == 0 {
		return ""
	}
	if len(list) > maxCodes {
		list = append(list[:maxCodes], "……")
	}
	meant := "是不是 " + strings.Join(list, "、")
	if name, ok := t.Name(s); ok && len(s) < digits { // on paper a row of it adds up those below
		meant += "；这是上一级的“" + name + "”，从别的表粘来的小计行要删去"
	}
	return meant
}

func (l *loader) nature(s source.String, economic string, at diag.Range) string {
	switch s.V {
	case NaturePersonnel, NaturePublic:
		return s.V
	case "":
		l.natureGuessed(economic, at)
	}
	return classify.Nature(economic)
}

// guessed reports whether the economic class does not tell whether its money is 人员经费 or 公用经费.
func guessed(economic string) bool {
	return economic != "" && economic[0] <= '9' && !classify.NatureKnown(economic)
}

// natureGuessed warns where an economic class does not tell whether its money is 人员经费 or 公用经费.
func (l *loader) natureGuessed(economic string, at diag.Range) {
	if !guessed(economic) {
		return
	}
	l.diags.Add(diag.Diagnostic{Rule: "科目-005", Level: diag.Warning, At: at,
		Message: "经济科目" + economic + "分不出人员经费还是公用经费，按公用经费算", Hint: "写明 nature = \"人员经费\" 或 nature = \"公用经费\""})
}

func (l *loader) basic() {
	for i := range l.b.Facts.Basic {
		x := &l.b.Facts.Basic[i]
		l.code(x.Function, l.b.Functional, "功能科目", 7)
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		l.add(Line{Side: Expenditure, View: ByFunction | ByEconomy, Unit: l.unit(x.Unit, x.At), Fund: fundOf(x.Fund),
			Kind: KindBasic, Nature: l.nature(x.Nature, x.Economic.V, x.At), Function: x.Function.V, Economic: x.Economic.V,
			Guessed: x.Nature.V == "" && guessed(x.Economic.V), Carried: x.Carried.V, Amount: x.Amount.Amount, At: x.At})
	}
}

func (l *loader) add(x Line) {
	x.UnitKind = l.kinds[x.Unit]
	l.b.Lines = append(l.b.Lines, x)
}

// margins adds the two lists of margins. Each answers the questions of its own view only; check compares them.
func (l *loader) margins() {
	for i := range l.b.Facts.ByFunction {
		x := &l.b.Facts.ByFunction[i]
		l.code(x.Function, l.b.Functional, "功能科目", 7)
		base := Line{Side: Expenditure, View: ByFunction, Unit: l.unit(x.Unit, x.At), Fund: fundOf(x.Fund), Kind: KindBasic,
			Function: x.Function.V, At: x.At}
		l.margin(base, x.Personnel, x.Public)
	}
	for i := range l.b.Facts.ByEconomic {
		x := &l.b.Facts.ByEconomic[i]
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		base := Line{Side: Expenditure, View: ByEconomy, Unit: l.unit(x.Unit, x.At), Fund: fundOf(x.Fund), Kind: KindBasic,
			Economic: x.Economic.V, At: x.At}
		if parts := x.Personnel.Amount.Add(x.Public.Amount); x.Amount.Set && (x.Personnel.Set || x.Public.Set) && !x.Amount.Equal(parts) {
			d := diag.Diagnostic{Rule: "填报-023", Level: diag.Error, At: x.Amount.At,
				Message: "经济科目" + x.Economic.V + "的金额（amount）不等于人员经费与公用经费之和，表里印的是后两个的和", Hint: "写了 personnel、public 的，不写 amount"}
			both(&d, x.Amount.Amount, parts)
			l.diags.Add(d)
		}
		if !x.Personnel.Set && !x.Public.Set {
			l.natureGuessed(x.Economic.V, x.At)
			base.Nature, base.Guessed, base.Amount = classify.Nature(x.Economic.V), guessed(x.Economic.V), x.Amount.Amount
			l.add(base)
			continue
		}
		l.margin(base, x.Personnel, x.Public)
	}
}

func (l *loader) margin(base Line, personnel, public source.Amount) {
	for _, m := range []struct {
		nature string
		amount source.Amount
	}{{NaturePersonnel, personnel}, {NaturePublic, public}} {
		if !m.amount.Set {
			continue
		}
		base.Nature, base.Amount, base.At = m.nature, m.amount.Amount, m.amount.At
		l.add(base)
	}
}

func (l *loader) projects() {
	for i := range l.b.Facts.Projects {
		p := &l.b.Facts.Projects[i]
		if first := l.b.projects.in(l.b.projects.unit(p.Unit), p.Name.V); first != p {
			d := diag.Diagnostic{Rule: "项目-001", Level: diag.Error, At: p.Name.At,
				Message: "项目" + l.b.ProjectTitle(p) + "重复填报", Notes: []diag.Related{{Text: "先前填报在这里", At: first.Name.At}}}
			if l.only == "" {
				d.Hint = "一个单位里项目名称不能相同；是另一个单位的，改正 unit"
			}
			l.diags.Add(d)
			continue
		}
		l.project(p)
	}
}

func (l *loader) project(p *Project) {
	base := Line{Side: Expenditure, View: ByFunction | ByEconomy, Unit: l.unit(p.Unit, p.At), Kind: KindProject, Project: p.Name.V,
		Goals: l.b.HasGoals(p)}
	lines := slices.Clone(p.Lines) // what it has from the project is not the line's own
	if len(lines) == 0 {
		if p.Amount.At.IsZero() { // what is there and no amount has been reported
			l.diags.Errorf("项目-002", p.At, "项目%s没有本年预算（amount 或 [[project.line]]）", l.b.ProjectTitle(p))
			return
		}
		lines = []ProjectLine{{Place: p.Place, Amount: p.Amount}}
	}
	var sum money.Amount
	for i := range lines {
		x := &lines[i]
		x.Fund, x.Function, x.Economic = or(x.Fund, p.Fund), or(x.Function, p.Function), or(x.Economic, p.Economic)
		if !x.Carried.Set {
			x.Carried = p.Carried
		}
		if x.Function.V == "" {
			l.diags.Errorf("项目-003", x.At, "项目%s没有功能科目（function）", l.b.ProjectTitle(p))
		}
		l.code(x.Function, l.b.Functional, "功能科目", 7)
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		n := base
		n.Fund, n.Function, n.Economic, n.Carried = fundOf(x.Fund), x.Function.V, x.Economic.V, x.Carried.V
		n.Procure, n.Purchase = or(x.Procure, p.Procure).V, or(x.Purchase, p.Purchase).V
		l.denied(p, x)
		n.Amount, n.At = x.Amount.Amount, x.Amount.At
		l.add(n)
		sum = sum.Add(x.Amount.Amount)
	}
	if p.Amount.Set && !sum.Equal(p.Amount.Amount) {
		d := diag.Diagnostic{Rule: "项目-004", Level: diag.Error, At: p.Amount.At,
			Message: "项目" + l.b.ProjectTitle(p) + "的本年预算与资金明细之和不符", Hint: "删去 amount，由程序按明细求和，或改正明细"}
		ClaimOf(p.Amount).Settle(&d, money.Yuan, sum)
		l.diags.Add(d)
	}
}

func or(a, b source.String) source.String {
	if a.V != "" {
		return a
	}
	return b
}

// both prints two amounts and their difference, in 元.
func both(d *diag.Diagnostic, stated, want money.Amount) {
	d.Numbers(money.Difference(money.Yuan, stated, want))
}
