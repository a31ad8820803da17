package audit

import (
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
