package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// printedForm is a performance form of a finished document: rows of a group, a label and values, as far as the standard
// forms (财预〔2015〕88号) have them.
type printedForm struct {
	table  *budget.StatedTable
	rows   []printedRow
	words  labelWords
	unit   money.Unit
	places int // decimals of its amounts

	right map[diag.Range]money.Amount // what numbers should be that are told to be wrong: what follows of them is no fault
}

// labelWords are the words that labels of each role may have, without blanks: of the pack's forms, then the usual ones.
type labelWords map[pack.LabelRole][]string

func (in *Input) labelWords() labelWords {
	out := labelWords{}
	for _, role := range pack.LabelRoles() {
		for _, w := range in.Pack.LabelWords(role) {
			out[role] = append(out[role], prose.Squeeze(w))
		}
	}
	return out
}

// readForms are the stated tables that are no tables of the template: the overall form, and those of projects.
func (in *Input) readForms() []printedForm {
	var out []printedForm
	words := in.labelWords()
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if in.specs[i].Spec == nil && in.isForm(s, words) {
			rows := printedRows(s.Rows)
			out = append(out, printedForm{table: s, rows: rows, words: words, unit: unitOf(s, nil), places: decimalsOf(rows), right: map[diag.Range]money.Amount{}})
		}
	}
	return out
}

// is reports whether a label is what role says.
func (f *printedForm) is(label printedText, role pack.LabelRole) bool {
	return slices.Contains(f.words[role], prose.Squeeze(label.text))
}

// called is how the form calls a label of the role, or else how the pack does.
func (f *printedForm) called(role pack.LabelRole) string {
	for _, row := range f.rows {
		if f.is(row[0], role) {
			return prose.Squeeze(row[0].text)
		}
	}
	return f.words[role][0]
}

// same reports whether two amounts are one, as fine as the form prints.
func (f *printedForm) same(a, b money.Amount) bool {
	return a.Sub(b).Abs().Cmp(money.ToleranceOf(0, f.unit, f.places)) <= 0
}

// decimalsOf are the decimals that the amounts of rows have at most, no more than budgets print.
func decimalsOf(rows []printedRow) int {
	const usual = 2
	most := 0
	for _, row := range rows {
		for _, c := range row[1:] {
			if q := prose.Quantities(c.text); len(q) == 1 && q[0].Start == 0 && q[0].End == len(c.text) && q[0].Kind != prose.Percentage {
				most = max(most, q[0].Places)
			}
		}
	}
	return min(most, usual)
}

// under are the rows of a group without the group's cell.
func (f *printedForm) under(group pack.LabelRole) []printedRow {
	var out []printedRow
	for _, row := range f.rows {
		if len(row) > 1 && f.is(row[0], group) {
			out = append(out, row[1:])
		}
	}
	return out
}

// amount reads cell i of a row; ok is false when there is none.
func (f *printedForm) amount(row printedRow, i int, r *check.Report) (money.Amount, bool) {
	if i >= len(row) || row[i].text == "" {
		return money.Amount{}, false
	}
	return printedAmount(f.unit, f.table.ID.V, row[i], r, f.table.Name()+"的“"+row[0].text+"”")
}

// publishedForms checks the printed performance forms.
func publishedForms(in *Input, r *check.Report) {
	projects := in.printedProjects()
	seen := make([]bool, len(projects))
	some := false
	for _, f := range in.forms {
		if f.table.Project.V == "" {
			in.overallForm(&f, projects, r)
			continue
		}
		some = true
		in.projectForm(&f, projects, seen, r)
	}
	for i, p := range projects {
		if some && !seen[i] {
			r.Add(diag.Diagnostic{Rule: "绩表-006", Level: diag.Warning, At: p.at, Message: "项目" + p.title + "没有绩效目标表", Stated: money.ToldNumber(p.amount) + "万元",
				Hint: "补上这个项目的绩效目标表"})
		}
	}
}

func (in *Input) overallForm(f *printedForm, projects []printedProject, r *check.Report) {
	in.against(f, pack.LabelIncome, pack.LabelSum, "side=收入,上年结转", r)
	in.against(f, pack.LabelOutgo, pack.LabelBasic, "kind=基本支出", r)
	in.against(f, pack.LabelOutgo, pack.LabelProject, "kind=项目支出", r)
	in.against(f, pack.LabelOutgo, pack.LabelSum, "side=支出,年终结转", r)
	in.fundsAgainst(f, r)
	for _, group := range []pack.LabelRole{pack.LabelIncome, pack.LabelOutgo} {
		f.composed(group, r)
		printedShares(f, group, r)
	}
	f.pastYears(r)
	in.lastYear(f, r)
	in.listedProjects(f, projects, r)
}

// against holds a form's numbers of a label against that of the tables.
func (in *Input) against(f *printedForm, group, label pack.LabelRole, query string, r *check.Report) {
	for _, row := range f.under(group) {
		if f.is(row[0], label) {
			in.rowAgainst(f, group, row, query, r)
		}
	}
}

// fundsAgainst holds the rows of income that bear the name of a fund, or of several together, against the tables.
func (in *Input) fundsAgainst(f *printedForm, r *check.Report) {
	for _, row := range f.under(pack.LabelIncome) {
		if name := prose.Squeeze(row[0].text); len(row) > 1 && row[1].text != "" && slices.Contains(append(budget.Funds(), budget.FundGroups()...), name) {
			in.rowAgainst(f, pack.LabelIncome, row, "side=收入,上年结转 fund="+name, r)
		}
	}
}

func (in *Input) rowAgainst(f *printedForm, group pack.LabelRole, row printedRow, query string, r *check.Report) {
	name := f.table.Name() + f.called(group) + "的" + prose.Squeeze(row[0].text)
	want, known := in.printedFigure(query)
	if qs := prose.Quantities(row[min(1, len(row)-1)].text); known && len(qs) == 1 && qs[0].Kind == prose.Percentage {
		r.Add(diag.Diagnostic{Rule: "格式-003", Level: diag.Error, At: row[1].at, Message: name + "应是金额，印的是百分比",
			Stated: row[1].text, Want: money.ToldNumber(want.value), Hint: "多半是格子串位，核对这一行各格",
			Notes: []diag.Related{{Text: want.name + " " + number(want.value, want.unit), At: want.at}}})
		return
	}
	got, ok := f.amount(row, 1, r)
	if !ok || !known || got.Equal(want.value) {
		return
	}
	f.right[row[1].at] = want.value
	d := diag.Diagnostic{Rule: "绩表-001", Level: diag.Error, At: row[1].at, Message: name + "与" + want.name + "不符",
		Notes: []diag.Related{{Text: want.name + " " + number(want.value, want.unit), At: want.at}}, Hint: "以预算表为准改正"}
	d.Numbers(money.Difference(money.Wan, got, want.value))
	r.Add(d)
}

// composed: the parts of a group are its total, each as it is told that it should be.
func (f *printedForm) composed(group pack.LabelRole, r *check.Report) {
	var sum, whole money.Amount
	var total *printedText
	var notes []diag.Related
	for _, row := range f.under(group) {
		a, ok := f.should(row, 1)
		switch {
		case !ok:
			return // told already
		case f.is(row[0], pack.LabelSum):
			whole, total = a, &row[1]
		case row[1].text != "":
			sum, notes = sum.Add(a), append(notes, part(row[0].text, a, row[1].at))
		}
	}
	if total == nil || len(notes) == 0 || !f.apart(sum, whole, len(notes)) {
		return
	}
	d := diag.Diagnostic{Rule: "绩表-001", Level: diag.Error, At: total.at, Message: f.table.Name() + f.called(group) + "的合计不等于各行之和", Notes: notes}
	d.Numbers(money.Difference(money.Wan, whole, sum))
	r.Add(d)
}

// should is the amount in cell i of a row as it should be, where it is told to be wrong.
func (f *printedForm) should(row printedRow, i int) (money.Amount, bool) {
	if i < len(row) {
		if a, ok := f.right[row[i].at]; ok {
			return a, true
		}
	}
	if i < len(row) && row[i].text == "" {
		return money.Amount{}, true
	}
	return f.amount(row, i, &check.Report{})
}

// printedShares checks 占比 of a group: part over the group's total, each as it is printed or as it is told that it should be.
func printedShares(f *printedForm, group pack.LabelRole, r *check.Report) {
	quiet := &check.Report{}
	var printed, whole money.Amount
	for _, row := range f.under(group) {
		if f.is(row[0], pack.LabelSum) {
			printed, _ = f.amount(row, 1, quiet)
			whole, _ = f.should(row, 1)
		}
	}
	for _, row := range f.under(group) {
		if len(row) < 3 || whole.IsZero() {
			continue
		}
		was, _ := f.amount(row, 1, quiet)
		part, ok := f.should(row, 1)
		qs := prose.Quantities(row[2].text)
		if !ok || len(qs) != 1 || qs[0].Kind != prose.Percentage || shareFits(part, whole, &qs[0]) || shareFits(was, printed, &qs[0]) {
			continue
		}
		share, _ := money.Share(part, whole, 2)
		r.Add(diag.Diagnostic{Rule: "绩表-002", Level: diag.Error, At: row[2].at, Message: f.table.Name() + "的" + row[0].text + "占比不对",
			Stated: row[2].text, Want: share + "%", Diff: prose.PointsApart(&qs[0], share),
			Notes: []diag.Related{{Text: money.ToldNumber(part) + " ÷ " + money.ToldNumber(whole) + " ＝ " + share + "%", At: row[1].at}}})
	}
}

// shareFits reports whether a printed percentage can be part of whole, both rounded to 0.01 万元.
func shareFits(part, whole money.Amount, q *prose.Quantity) bool {
	return shareWithin(part, whole, money.ToleranceOf(0, money.Wan, 2), q)
}

// shareWithin is shareFits where the whole is known no better than by slack.
func shareWithin(part, whole, slack money.Amount, q *prose.Quantity) bool {
	if whole.Sign() <= 0 {
		return true
	}
	half := money.ToleranceOf(0, money.Wan, 2)
	most, least := whole.Add(slack), whole.Sub(slack)
	if part.Sign() < 0 { // what is less than last year
		most, least = least, most
	}
	low, _ := money.Share(part.Sub(half), most, q.Places)
	high, ok := money.Share(part.Add(half), least, q.Places)
	a, errA := money.Parse(low, money.Yuan)
	b, errB := money.Parse(high, money.Yuan)
	return !ok || errA != nil || errB != nil || a.Cmp(q.Value) <= 0 && q.Value.Cmp(b) <= 0
}

func (in *Input) projectForm(f *printedForm, projects []printedProject, seen []bool, r *check.Report) {
	now, known := f.single(pack.LabelNow, r)
	total, knownTotal := f.single(pack.LabelWhole, r)
	i, ok := match(projects, f.table.Project.V, now, seen)
	if ok {
		seen[i] = true
		if known && !now.Equal(projects[i].amount) {
			f.differ("绩表-007", f.called(pack.LabelNow)+"与项目支出表不符", f.placeOf(pack.LabelNow), now, projects[i].amount, r)
		}
	}
	if !known {
		return
	}
	if knownTotal && now.Cmp(total) > 0 {
		f.differ("绩表-007", f.called(pack.LabelNow)+"大于"+f.called(pack.LabelWhole), f.placeOf(pack.LabelNow), now, total, r, part(f.called(pack.LabelWhole), total, f.placeOf(pack.LabelWhole)))
	}
	f.sources(now, r)
	f.itemsOf(pack.LabelDetails, f.called(pack.LabelDetails)+"之和与"+f.called(pack.LabelNow)+"不符", 1, now, func(c int) bool { return c != 0 }, r)
	f.itemsOf(pack.LabelPurchases, "采购金额之和大于"+f.called(pack.LabelNow), 2, now, func(c int) bool { return c > 0 }, r)
	in.printedBasis(f, now, projects, r)
	f.asLast(now, r)
}

// single is the value of a row that has a label and one value.
func (f *printedForm) single(label pack.LabelRole, r *check.Report) (money.Amount, bool) {
	for _, row := range f.rows {
		if len(row) == 2 && f.is(row[0], label) {
			return f.amount(row, 1, r)
		}
	}
	return money.Amount{}, false
}

func (f *printedForm) placeOf(label pack.LabelRole) diag.Range {
	for _, row := range f.rows {
		if f.is(row[0], label) {
			return row[len(row)-1].at
		}
	}
	return f.table.At
}

func (f *printedForm) differ(rule, what string, at diag.Range, got, want money.Amount, r *check.Report, notes ...diag.Related) {
	d := diag.Diagnostic{Rule: rule, Level: diag.Error, At: at, Message: f.table.Name() + what, Notes: notes}
	d.Numbers(money.Difference(money.Wan, got, want))
	r.Add(d)
}

// apart reports whether the sum of so many numbers differs from a number by more than rounding makes.
func (f *printedForm) apart(sum, of money.Amount, addends int) bool {
	return sum.Sub(of).Abs().Cmp(slackOf(addends, f.unit)) > 0
}

// slackOf is what rounding can make between a number and the sum of so many: nothing of one.
func slackOf(addends int, u money.Unit) money.Amount {
	if addends < 2 {
		return money.Amount{}
	}
	return money.ToleranceOf(addends, u, 2)
}

// partAbove reports whether a row is a part of the row above it. Those that say so begin with 其中 whatever the pack.
func (f *printedForm) partAbove(label printedText) bool {
	return strings.HasPrefix(prose.Squeeze(label.text), "其中") || f.is(label, pack.LabelPart)
}

// yearOnly tells which of a project's two amounts the form is about.
func (f *printedForm) yearOnly() string {
	return "表里填当年的数；多年总额填在" + f.called(pack.LabelWhole)
}

// cause is the key of the same wrong number in several rows of one form.
func (f *printedForm) cause(wrong money.Amount) string {
	return "绩表" + f.table.ID.V + wrong.String()
}

// printedBasis adds up the basis of an estimate and holds its rents against projects that pay rent.
func (in *Input) printedBasis(f *printedForm, now money.Amount, projects []printedProject, r *check.Report) {
	for _, row := range f.under(pack.LabelEstimation) {
		text := row[0]
		offset := strings.Index(f.table.Rows.V, text.text)
		check.Estimate(r, f.table.Rows, text.text, prose.Quantities(text.text), offset, now, money.ToleranceOf(0, f.unit, 2), f.table.Name())
		f.spokenSums(text.text, offset, now, r)
		rents(r, f.table.Rows, text.text, offset, projects)
	}
}

// rents multiplies prices per ㎡ and month with the area that the text names, and looks for the project they belong to.
func rents(r *check.Report, typed source.String, text string, offset int, projects []printedProject) {
	if strings.Contains(text, "另列") {
		return
	}
	qs := prose.Quantities(text)
	area := slices.IndexFunc(qs, func(q prose.Quantity) bool { return q.Kind == prose.Plain && q.Measure == "㎡" })
	if area < 0 {
		return
	}
	for i := range qs {
		q := &qs[i]
		if q.Rate != "㎡/月" || !strings.HasSuffix(prose.Squeeze(text[prose.LastBreak(text[:q.Start]):q.Start]), "租金") {
			continue
		}
		total := q.Value.Times(qs[area].Literal).Times("12")
		for _, x := range projects {
			near := total.Sub(x.amount).Abs()
			if !strings.Contains(x.name, "租") || near.IsZero() || near.Times("20").Cmp(x.amount) > 0 {
				continue
			}
			d := diag.Diagnostic{Rule: "测算-003", Level: diag.Note, At: typed.Span(offset+q.Start, offset+q.End),
				Message: fmt.Sprintf("按文中单价和面积，租金为%s×%s㎡×12月，与项目“%s”相近而不相等", text[q.Start:q.End], qs[area].Literal, x.name),
				Notes:   []diag.Related{{Text: "项目在这里", At: x.at}}, Hint: "核对面积、单价，或说明差额"}
			d.Numbers(money.Difference(money.Wan, total, x.amount))
			r.Add(d)
		}
	}
}
