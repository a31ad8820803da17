package check

import (
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// texts: keys are the template's; what it demands is there; a change has its reason (财预〔2016〕143号: 三公 changes
// are explained).
func texts(in *Input, l *Report) {
	var keys []string
	for _, s := range in.Pack.Slots {
		keys = append(keys, s.Key)
	}
	given := map[string]bool{}
	for _, f := range in.Budget.Facts.Text {
		given[f.Key.V] = f.Value.V != ""
		if in.Pack.Slot(f.Key.V) == nil && !in.elsewhere(func(p *pack.Pack) bool { return p.Slot(f.Key.V) != nil }) {
			l.Add(diag.NotKnown("文字-001", f.Key.At, "文字栏", f.Key.V, keys))
		}
	}
	at := in.Budget.Facts.Department.At
	for _, s := range in.Pack.Slots {
		if given[s.Key] {
			continue
		}
		if s.Required {
			l.Add(diag.Diagnostic{Rule: "文字-002", Level: diag.Error, At: at, Message: fmt.Sprintf("[text] 缺少“%s”（%s）", s.Title, s.Key), Missing: "text." + s.Key})
		}
		before, known := in.Prior.Amounts[s.Changed]
		if s.Changed == "" || s.By != "" || !known {
			continue
		}
		if now := in.Budget.Sum(in.Pack.Figures[s.Changed].Query); !in.Pack.TextFormat.Round(now.Sub(before)).IsZero() { // as printed
			this, last := money.ToldApart(now, before)
			l.Add(diag.Diagnostic{Rule: "文字-003", Level: diag.Warning, At: at,
				Message: diag.Quote(in.Pack.Figures[s.Changed].Title) + "本年" + this + "，上年" + last + "，没有写" + s.Title,
				Hint:    "在 [text] 里填写 " + s.Key, Missing: "text." + s.Key})
		}
	}
}

// forms: the kind and its fields are the template's, the project is one of the department's, indicators belong to a
// stated goal.
func forms(in *Input, l *Report) {
	var kinds []string
	for k := range in.Pack.Forms {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	seen := map[*budget.Project]diag.Range{}
	for i := range in.Budget.Facts.Forms {
		f := &in.Budget.Facts.Forms[i]
		spec := in.Pack.Forms[f.Kind.V]
		if spec == nil && in.elsewhere(func(p *pack.Pack) bool { return p.Forms[f.Kind.V] != nil }) {
			continue
		}
		if spec == nil && f.Kind.V == "" {
			continue // that it is missing is told
		}
		if spec == nil {
			l.Add(diag.NotListed("绩效-001", f.Kind.At, "表样", f.Kind.V, kinds))
			continue
		}
		in.fields(f, spec, l)
		in.goals(f, l)
		if spec.Scope != pack.ScopeProject {
			continue
		}
		p := in.Budget.ProjectOf(f)
		if p == nil {
			in.formOfNone(f, l)
			continue
		}
		if at, dup := seen[p]; dup {
			l.Add(diag.Diagnostic{Rule: "绩效-008", Level: diag.Error, At: f.At, Message: "项目" + in.Budget.ProjectTitle(p) + "有两张绩效表",
				Notes: []diag.Related{{Text: "先前一张在这里", At: at}}})
		}
		seen[p] = f.At
	}
}

// blankInName reports, at the one that has it, a blank in which the name of a form's project and a project's own differ.
func blankInName(in *Input, f *budget.Form, l *Report) bool {
	if in.unblank == nil {
		in.unblank = map[string][]int{}
		for i := range in.Budget.Facts.Projects {
			key := character.Unblanked(in.Budget.Facts.Projects[i].Name.V)
			in.unblank[key] = append(in.unblank[key], i)
		}
	}
	for _, i := range in.unblank[character.Unblanked(f.Project.V)] {
		name := in.Budget.Facts.Projects[i].Name
		var own, other source.String // who has the blank
		what, there := "绩效表的项目", "[[project]] 里的名称"
		switch character.BlankIn(f.Project.V, name.V) {
		case -1:
			own, other = f.Project, name
		case 1:
			own, other, what, there = name, f.Project, "项目", "绩效表"
		default:
			continue
		}
		l.Add(diag.Diagnostic{Rule: "绩效-004", Level: diag.Error, At: own.At, Message: what + diag.Quote(own.V) + "与" + there + "只差一处" + diag.Mark(own.V, other.V),
			Stated: own.V, Want: other.V, Notes: []diag.Related{{Text: there + "在这里", At: other.At}}, Hint: "两处写得一样，多半是这里多打了空格"})
		return true
	}
	return false
}

// formOfNone reports a form of a project that is not there. That several units have it has been said.
func (in *Input) formOfNone(f *budget.Form, l *Report) {
	list := in.Budget.ProjectNamed(f.Project.V)
	switch {
	case f.Unit.V == "" && len(list) > 1:
		return
	case f.Unit.V != "" && len(list) > 0:
		l.Add(diag.Diagnostic{Rule: "绩效-004", Level: diag.Error, At: f.Unit.At, Message: "单位“" + f.Unit.V + "”没有项目“" + f.Project.V + "”",
			Notes: []diag.Related{{Text: "这个名称的项目在这里", At: list[0].Name.At}}, Hint: "改正 unit，或改正 project"})
		return
	}
	if !blankInName(in, f, l) {
		l.Add(in.projectNames().NotKnown("绩效-004", or(f.Project.At, f.At), "项目", f.Project.V))
	}
}

// projectNames are the names of all projects: made ready once, as there may be as many forms of none.
func (in *Input) projectNames() *diag.Names {
	if in.known == nil {
		var names []string
		for i := range in.Budget.Facts.Projects {
			names = append(names, in.Budget.Facts.Projects[i].Name.V)
		}
		in.known = diag.NewNames(names)
	}
	return in.known
}

func or(a, b diag.Range) diag.Range {
	if a.IsZero() {
		return b
	}
	return a
}

func (in *Input) fields(f *budget.Form, spec *pack.Form, l *Report) {
	var keys []string
	given := map[string]source.String{}
	for _, x := range spec.Fields {
		keys = append(keys, x.Key)
	}
	for _, x := range f.Fields {
		given[x.Key.V] = x.Value
		if !slices.Contains(keys, x.Key.V) {
			l.Add(diag.NotKnown("绩效-002", x.Key.At, "栏目", x.Key.V, keys))
		}
	}
	for _, x := range spec.Fields {
		if x.Required && given[x.Key].V == "" {
			l.Add(diag.Diagnostic{Rule: "绩效-003", Level: diag.Warning, At: f.At, Missing: "form.fields." + x.Key,
				Message: fmt.Sprintf("%s没有填写“%s”（%s）", in.formName(f), x.Title, x.Key)})
		}
	}
}

func (in *Input) formName(f *budget.Form) string {
	switch p := in.Budget.ProjectOf(f); {
	case p != nil:
		return "项目" + in.Budget.ProjectTitle(p) + "的绩效表"
	case f.Project.V != "":
		return "项目" + diag.Quote(f.Project.V) + "的绩效表"
	}
	return f.Kind.V + "表"
}

func (in *Input) goals(f *budget.Form, l *Report) {
	var names []string
	for _, g := range f.Goals {
		names = append(names, g.Name.V)
	}
	for i := range f.Indicators {
		x := &f.Indicators[i]
		if x.Goal.V != "" && !slices.Contains(names, x.Goal.V) {
			d := diag.Diagnostic{Rule: "绩效-007", Level: diag.Warning, At: x.Goal.At,
				Message: in.formName(f) + "的指标“" + x.Third.V + "”所属目标“" + x.Goal.V + "”没有填写"}
			if near, ok := diag.Closest(x.Goal.V, names); ok {
				d.Hint = diag.Meant(x.Goal.V, near)
			}
			l.Add(d)
		}
	}
}

// formMoney: Σ estimate = Σ procured = this year's budget of the project.
func formMoney(in *Input, l *Report) {
	for i := range in.Budget.Facts.Forms {
		f := &in.Budget.Facts.Forms[i]
		p := in.Budget.ProjectOf(f)
		if p == nil {
			continue
		}
		now := in.Budget.Sum(in.Budget.OfProject(p))
		var details, items []source.Amount
		for j := range f.Details {
			details = append(details, f.Details[j].Amount)
		}
		for j := range f.Procurement {
			items = append(items, f.Procurement[j].Amount)
		}
		addsUp(l, "绩效-006", in.formName(f)+"的支出明细之和与本年预算不符", details, now, func(c int) bool { return c != 0 })
		addsUp(l, "绩效-010", in.formName(f)+"的采购金额之和大于本年预算", items, now, func(c int) bool { return c > 0 })
	}
}

func addsUp(l *Report, rule, message string, amounts []source.Amount, want money.Amount, wrong func(int) bool) {
	var at diag.Range
	for _, a := range amounts {
		if a.Set {
			at = or(at, a.At)
		}
	}
	claim := budget.ClaimOf(amounts...)
	if at.IsZero() || !wrong(claim.Sum.Cmp(want)) {
		return
	}
	d := diag.Diagnostic{Rule: rule, Level: diag.Error, At: at, Message: message, Hint: "表里填当年的数；多年总额填在项目总预算"}
	claim.Settle(&d, money.Wan, want)
	l.Add(d)
}

// missingForms: every project has its performance form.
func missingForms(in *Input, l *Report) {
	if !in.Pack.PrintsForms(pack.ScopeProject) {
		return
	}
	named := map[string]bool{} // by forms of no project, without blanks, which blankInName tells of
	for i := range in.Budget.Facts.Forms {
		if name := in.Budget.Facts.Forms[i].Project.V; len(in.Budget.ProjectNamed(name)) == 0 {
			named[character.Squeeze(name)] = true
		}
	}
	for i := range in.Budget.Facts.Projects {
		p := &in.Budget.Facts.Projects[i]
		if in.Budget.FormOf(p) == nil && !named[character.Squeeze(p.Name.V)] {
			l.Warnf("绩效-005", p.Name.At, "项目%s没有填报绩效目标表", in.Budget.ProjectTitle(p))
		}
	}
}

// statedGoals: what a document says of goals that are not set, the author has said. Whether a project has its form
// missingForms asks; a unit has no form of the whole.
func statedGoals(in *Input, l *Report) {
	f := in.Budget.Facts
	whole := slices.ContainsFunc(f.Forms, func(x budget.Form) bool {
		spec := in.Pack.Forms[x.Kind.V]
		return spec != nil && spec.Scope == pack.ScopeWhole
	})
	if in.Pack.PrintsForms(pack.ScopeWhole) && !whole && !f.OfUnit {
		l.Add(diag.Diagnostic{Rule: "绩效-013", Level: diag.Warning, At: f.Department.At, Message: "没有填报部门整体支出绩效目标表",
			Hint: "在 performance 文件夹里填一张整体支出绩效目标表"})
	}
	if len(f.Projects) == 0 || in.Budget.GoalsStated() || in.Pack.PrintsForms(pack.ScopeProject) || !in.Pack.Prints("project.goals") || !in.Pack.Asks("goals", "是") {
		return
	}
	l.Add(diag.Diagnostic{Rule: "绩效-013", Level: diag.Warning, At: f.Projects[0].At, Message: "各项目都没有写明编报绩效目标没有，文中不写",
		Hint: "编报的项目写 goals = true；确实没有编报的，在一个项目里写 goals = false"})
}
