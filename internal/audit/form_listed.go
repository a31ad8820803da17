package audit

import (
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// The projects that the overall form lists, each held against the table of projects and against its own form. Names are shared
// by projects of several units, cut, or others than in the table: only a row of which one can be said what it is, is held.

// listedProject is a row of the list.
type listedProject struct {
	row        printedRow // name, type, total, this year's
	total, now money.Amount
	priced     bool // it says this year's
}

// The columns of the list.
const listedTotal, listedNow = 2, 3

func (f *printedForm) listed() (out []listedProject) {
	quiet := &check.Report{}
	for _, row := range f.under(pack.LabelProjects) {
		if f.is(row[0], pack.LabelSum) {
			continue
		}
		x := listedProject{row: row}
		if x.now, x.priced = f.amount(row, listedNow, quiet); !x.priced {
			continue
		}
		x.total, _ = f.amount(row, listedTotal, quiet)
		out = append(out, x)
	}
	return out
}

// eachListed holds each row against the project that it is.
func (in *Input) eachListed(f *printedForm, list []listedProject, projects []printedProject, r *check.Report) {
	for i, want := range f.meant(list, projects) {
		x := &list[i]
		if want == nil || f.same(x.now, want.amount) {
			continue
		}
		f.right[x.row[listedNow].at] = want.amount
		d := diag.Diagnostic{Rule: "绩表-009", Level: diag.Error, At: x.row[listedNow].at, Message: f.table.Name() + "里项目“" + prose.Squeeze(x.row[0].text) + "”的本年度预算与项目支出表不符",
			Notes: []diag.Related{{Text: "项目支出表：" + want.title + " " + money.ToldNumber(want.amount), At: want.at}}, Hint: "核对两处，以项目支出表为准改正"}
		d.Numbers(money.Difference(money.Wan, x.now, want.amount))
		r.Add(d)
	}
}

// meant are the projects that rows are, nil where that is not certain: as many rows as projects of a name, one row for all
// units' projects of a name, or the one row and the one project that are left and look alike.
func (f *printedForm) meant(list []listedProject, projects []printedProject) []*printedProject {
	out := make([]*printedProject, len(list))
	rows, of := map[string][]int{}, map[string][]int{}
	for i := range list {
		n := prose.Squeeze(list[i].row[0].text)
		rows[n] = append(rows[n], i)
	}
	for k := range projects {
		n := prose.Squeeze(projects[k].name)
		of[n] = append(of[n], k)
	}
	var strange, unlisted []int
	for i := range list {
		n := prose.Squeeze(list[i].row[0].text)
		switch here := of[n]; {
		case len(here) == 0:
			strange = append(strange, i)
		case rows[n][0] != i: // done with the first
		case len(here) == len(rows[n]):
			f.pairUp(list, projects, rows[n], here, out)
		case len(rows[n]) == 1:
			out[i] = f.ofUnits(&list[i], projects, here)
		}
	}
	for k := range projects {
		if len(rows[prose.Squeeze(projects[k].name)]) == 0 {
			unlisted = append(unlisted, k)
		}
	}
	strange, unlisted = f.unequal(list, projects, strange, unlisted)
	if len(strange) == 1 && len(unlisted) == 1 && sentence.Near(list[strange[0]].now, projects[unlisted[0]].amount) {
		out[strange[0]] = &projects[unlisted[0]]
	}
	return out
}

// pairUp pairs rows with as many projects of their name: those of one amount, then the one that is left.
func (f *printedForm) pairUp(list []listedProject, projects []printedProject, rows, of []int, out []*printedProject) {
	rows, of = f.unequal(list, projects, rows, of)
	if len(rows) == 1 && len(of) == 1 {
		out[rows[0]] = &projects[of[0]]
	}
}

// unequal are the rows and projects that are left when those of one amount are taken away in pairs.
func (f *printedForm) unequal(list []listedProject, projects []printedProject, rows, of []int) (left, others []int) {
	others = slices.Clone(of)
	for _, i := range rows {
		if k := slices.IndexFunc(others, func(k int) bool { return f.same(list[i].now, projects[k].amount) }); k >= 0 {
			others = slices.Delete(others, k, k+1)
			continue
		}
		left = append(left, i)
	}
	return left, others
}

// ofUnits is what a row of a name is that several units have projects of: all of them, or one; nil where it is like none.
func (f *printedForm) ofUnits(x *listedProject, projects []printedProject, of []int) *printedProject {
	all := projects[of[0]]
	all.title, all.amount = "“"+all.name+"”（各单位合计）", money.Amount{}
	for _, k := range of {
		if f.same(x.now, projects[k].amount) {
			return nil
		}
		all.amount = all.amount.Add(projects[k].amount)
	}
	if f.same(x.now, all.amount) || !sentence.Near(x.now, all.amount) {
		return nil
	}
	return &all
}

// listedTotals holds the totals over the years against those of the projects' own forms.
func (in *Input) listedTotals(f *printedForm, list []listedProject, r *check.Report) {
	forms := map[string][]*printedForm{}
	for i := range in.forms {
		if n := prose.Squeeze(in.forms[i].table.Project.V); n != "" {
			forms[n] = append(forms[n], &in.forms[i])
		}
	}
	names := map[string]int{}
	for i := range list {
		names[prose.Squeeze(list[i].row[0].text)]++
	}
	for i := range list {
		x := &list[i]
		now := x.now
		if right, ok := f.right[x.row[listedNow].at]; ok {
			now = right
		}
		switch n := prose.Squeeze(x.row[0].text); {
		case x.total.IsZero() || x.total.Equal(x.now) && !now.Equal(x.now): // one slip
		case x.total.Cmp(now) < 0:
			f.totalOff(x, now, "小于本年度预算", x.row[listedNow].at, "绩表-009", r)
		case len(forms[n]) == 1 && names[n] == 1 && f.totalOfForm(x, now, forms[n][0], r):
		case x.total.Cmp(now.Times("1.1")) < 0 && sentence.Near(x.total, now):
			f.totalOff(x, now, "与本年度预算只差一点，看着像印错", x.row[listedNow].at, "绩表-010", r)
		}
	}
}

// totalOfForm holds the total of a row against that of the project's form, whose place is told where the list is right: there it
// is this year's. It reports whether the form says a total.
func (f *printedForm) totalOfForm(x *listedProject, now money.Amount, own *printedForm, r *check.Report) bool {
	quiet := &check.Report{}
	total, ok := own.single(pack.LabelWhole, quiet)
	this, known := own.single(pack.LabelNow, quiet)
	switch {
	case !ok:
		return false
	case own.same(total, x.total) || known && total.Cmp(this) < 0: // told of the form
	case x.total.Equal(now) && !total.Equal(this):
		d := diag.Diagnostic{Rule: "绩表-009", Level: diag.Error, At: own.placeOf(pack.LabelWhole), Message: own.table.Name() + "的" + own.called(pack.LabelWhole) + "与" + f.table.Name() + "不符",
			Notes: []diag.Related{part(x.row[0].text, x.total, x.row[listedTotal].at)}, Hint: "两处的总预算应相同，核对后改正"}
		d.Numbers(money.Difference(money.Wan, total, x.total))
		r.Add(d)
	default:
		f.totalOff(x, total, "与项目的绩效目标表不符", own.placeOf(pack.LabelWhole), "绩表-009", r)
	}
	return true
}

func (f *printedForm) totalOff(x *listedProject, want money.Amount, what string, at diag.Range, rule string, r *check.Report) {
	d := diag.Diagnostic{Rule: rule, Level: diag.Error, At: x.row[listedTotal].at, Message: f.table.Name() + "里项目“" + prose.Squeeze(x.row[0].text) + "”的总预算" + what,
		Notes: []diag.Related{{Text: "这里是 " + money.ToldNumber(want), At: at}}, Hint: "核对小数点和数位；项目总预算不小于本年度预算，与项目的绩效目标表相同"}
	d.Numbers(money.Difference(money.Wan, x.total, want))
	if rule == "绩表-010" {
		d.Level = diag.Warning // it may be so
	}
	r.Add(d)
}

// listedProjects: the projects that the overall form lists make up project expenditure.
func (in *Input) listedProjects(f *printedForm, projects []printedProject, r *check.Report) {
	list := f.listed()
	in.eachListed(f, list, projects, r)
	in.listedTotals(f, list, r)
	want, known := in.printedFigure("kind=项目支出")
	if len(list) == 0 || !known {
		return
	}
	in.listedSum(f, list, projects, &want, r)
	for _, row := range f.under(pack.LabelProjects) {
		a, ok := f.amount(row, listedNow, &check.Report{})
		if ok && f.is(row[0], pack.LabelSum) && row[listedNow].text != "" && !f.same(a, want.value) {
			d := diag.Diagnostic{Rule: "绩表-003", Level: diag.Error, At: row[listedNow].at, Message: f.table.Name() + f.called(pack.LabelProjects) + "的合计不等于项目支出",
				Notes: []diag.Related{{Text: want.name + " " + number(want.value, want.unit), At: want.at}}}
			d.Numbers(money.Difference(money.Wan, a, want.value))
			r.Add(d)
		}
	}
}

// listedSum adds up the list, each row as it is told that it should be.
func (in *Input) listedSum(f *printedForm, list []listedProject, projects []printedProject, want *cell, r *check.Report) {
	var sum money.Amount
	var words, missing []string
	var notes []diag.Related
	seen := make([]bool, len(projects))
	for _, x := range list {
		a := x.now
		if right, ok := f.right[x.row[listedNow].at]; ok {
			a = right
		}
		sum, notes = sum.Add(a), append(notes, part(x.row[0].text, a, x.row[listedNow].at))
		words = append(words, money.ToldNumber(a))
		if i, ok := match(projects, x.row[0].text, a, seen); ok {
			seen[i] = true
		}
	}
	if sum.Sub(want.value).Abs().Cmp(money.ToleranceOf(len(words), money.Wan, 2)) <= 0 {
		return
	}
	d := diag.Diagnostic{Rule: "绩表-003", Level: diag.Error, At: list[0].row[0].at, Message: f.table.Name() + "所列项目之和不等于项目支出",
		Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + money.ToldNumber(sum)}, {Text: want.name + " " + number(want.value, want.unit), At: want.at}}}
	d.Numbers(money.Difference(money.Wan, sum, want.value))
	for i, p := range projects {
		if !seen[i] {
			missing = append(missing, p.title+" "+money.ToldNumber(p.amount))
		}
	}
	if len(missing) > 0 {
		d.Hint = "没有列入的项目：" + strings.Join(missing, "、")
	}
	d.Notes = append(d.Notes, notes...)
	r.Add(d)
}
