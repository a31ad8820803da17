package audit

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// yearOfForm is what the overall form prints of a group in one of the last two years.
type yearOfForm struct {
	group pack.LabelRole
	rows  []printedRow // the parts
	sum   money.Amount
	total printedRow // nil without
	whole money.Amount
}

// pastYears: of each of the last two years, 合计 is the sum of the rows above, and what came in what was spent.
func (f *printedForm) pastYears(r *check.Report) {
	for _, col := range []int{3, 4} {
		in, out := f.yearOf(pack.LabelIncome, col, r), f.yearOf(pack.LabelOutgo, col, r)
		both := in.total != nil && out.total != nil
		agree := both && in.whole.Equal(out.whole)
		told := f.yearAddsUp(&in, col, agree, r)
		told = f.yearAddsUp(&out, col, agree, r) || told
		if both && !agree && !told && sentence.Near(in.whole, out.whole) {
			wrong, right := &out, &in
			if !in.whole.Equal(in.sum) && out.whole.Equal(out.sum) {
				wrong, right = &in, &out
			}
			d := diag.Diagnostic{Rule: "绩表-010", Level: diag.Warning, At: wrong.total[col].at, Message: f.table.Name() + "近两年的" + f.called(wrong.group) + "合计与" + f.called(right.group) + "合计只差一点，看着像印错",
				Notes: []diag.Related{part(f.called(right.group)+"合计", right.whole, right.total[col].at)}, Hint: "核对两个合计；收支确实不等的，不必改"}
			d.Numbers(money.Difference(money.Wan, wrong.whole, right.whole))
			r.Add(d)
		}
	}
}

func (f *printedForm) yearOf(group pack.LabelRole, col int, r *check.Report) yearOfForm {
	y := yearOfForm{group: group}
	for _, row := range f.under(group) {
		switch a, ok := f.amount(row, col, r); {
		case !ok:
		case f.is(row[0], pack.LabelSum):
			y.total, y.whole = row, a
		default:
			y.rows, y.sum = append(y.rows, row), y.sum.Add(a)
		}
	}
	return y
}

// yearAddsUp tells of parts that do not make up their total: of the part that is misprinted where the other group has that total,
// else of the total.
func (f *printedForm) yearAddsUp(y *yearOfForm, col int, agree bool, r *check.Report) (told bool) {
	if y.total == nil || y.sum.IsZero() || y.whole.Sub(y.sum).Abs().Cmp(money.ToleranceOf(2, money.Wan, 2)) <= 0 {
		return false
	}
	d := diag.Diagnostic{Rule: "绩表-008", Level: diag.Error, At: y.total[col].at, Message: f.table.Name() + "近两年的" + f.called(y.group) + prose.Squeeze(y.total[0].text) + "不等于各项之和"}
	d.Numbers(money.Difference(money.Wan, y.whole, y.sum))
	for _, row := range y.rows {
		a, _ := f.amount(row, col, &check.Report{})
		if want := a.Add(y.whole).Sub(y.sum); agree && sentence.Near(a, want) {
			d.At, d.Notes = row[col].at, []diag.Related{part(y.total[0].text, y.whole, y.total[col].at)}
			d.Message = f.table.Name() + "近两年的" + f.called(y.group) + "各项之和不等于合计，“" + prose.Squeeze(row[0].text) + "”看着像印错"
			d.Numbers(money.Difference(money.Wan, a, want))
			break
		}
		d.Notes = append(d.Notes, part(row[0].text, a, row[col].at))
	}
	r.Add(d)
	return true
}

// lastYear holds what the overall form says of last year against last year's document. Some forms tell what was spent there, so that
// only what looks like a misprint of the budget is told.
func (in *Input) lastYear(f *printedForm, r *check.Report) {
	if in.Last == nil || in.Last.Input == nil {
		return
	}
	last := *in.Last.Input
	if last.printed == nil {
		last.printed = readPublished(&last, check.NewReport(last.Pack))
	}
	const col = 4
	for _, group := range []pack.LabelRole{pack.LabelIncome, pack.LabelOutgo} {
		for _, row := range f.under(group) {
			query := f.rowQuery(group, row[0])
			a, ok := f.amount(row, col, &check.Report{})
			if query == "" || !ok || toldAt(r, row[col].at) {
				continue
			}
			was, known := last.printedFigure(query)
			if !known || was.absent || f.same(a, was.value) || !sentence.Near(a, was.value) {
				continue
			}
			at := was.at
			if in.Last.Place != nil {
				at = in.Last.Place(at)
			}
			d := diag.Diagnostic{Rule: "绩表-010", Level: diag.Warning, At: row[col].at, Message: f.table.Name() + "上年的“" + prose.Squeeze(row[0].text) + "”与上年公开的表只差一点，看着像印错",
				Notes: []diag.Related{{Text: "上年公开的文件：" + was.name + " " + number(was.value, was.unit), At: at}}, Hint: "照上年公开的改正；填的是执行数的，不必改"}
			d.Numbers(money.Difference(money.Wan, a, was.value))
			r.Add(d)
		}
	}
}

// rowQuery is what a row of a group asks, "" where that is not certain.
func (f *printedForm) rowQuery(group pack.LabelRole, label printedText) string {
	name := prose.Squeeze(label.text)
	switch {
	case f.is(label, pack.LabelSum) && group == pack.LabelIncome:
		return "side=收入,上年结转"
	case f.is(label, pack.LabelSum):
		return "side=支出,年终结转"
	case group == pack.LabelIncome && slices.Contains(append(budget.Funds(), budget.FundGroups()...), name):
		return "side=收入,上年结转 fund=" + name
	case f.is(label, pack.LabelBasic):
		return "kind=" + budget.KindBasic
	case f.is(label, pack.LabelProject):
		return "kind=" + budget.KindProject
	}
	return ""
}
