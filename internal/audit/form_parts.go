package audit

import (
	"cmp"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// The parts of a project's form: where its money comes from, what it is spent on, what is bought.

// part is a note that leads to one of several numbers.
func part(name string, a money.Amount, at diag.Range) diag.Related {
	return diag.Related{Text: prose.Squeeze(name) + " " + money.ToldNumber(a), At: at}
}

// sources: 合计 of the sources of money = this year's budget; one message for all rows that repeat
// the wrong number.
func (f *printedForm) sources(now money.Amount, r *check.Report) {
	var total, parts money.Amount
	addends := 0
	var at diag.Range
	var same, from []diag.Related
	sum := f.called(pack.LabelSources)
	f.partsAbove(r)
	for _, row := range f.under(pack.LabelSources) {
		a, ok := f.amount(row, 1, r)
		switch {
		case !ok:
		case f.is(row[0], pack.LabelSum):
			total, at, sum = a, row[1].at, sum+prose.Squeeze(row[0].text)
		case !f.partAbove(row[0]):
			parts, addends, from = parts.Add(a), addends+1, append(from, part(row[0].text, a, row[1].at))
			fallthrough
		default:
			if a.Cmp(now) > 0 {
				same = append(same, diag.Related{Text: row[0].text + " " + money.ToldNumber(a) + "，也大于当年预算", At: row[1].at})
			}
		}
	}
	switch {
	case at.IsZero():
	case !total.Equal(now):
		d := diag.Diagnostic{Rule: "绩表-004", Level: diag.Error, At: at, Message: f.table.Name() + "的" + sum + "与" + f.called(pack.LabelNow) + "不符", Notes: same,
			Hint: f.yearOnly()}
		d.Numbers(money.Difference(money.Wan, total, now))
		r.Fold(f.cause(total), d)
	case !parts.IsZero() && f.apart(parts, total, addends):
		d := diag.Diagnostic{Rule: "绩表-004", Level: diag.Error, At: at, Message: f.table.Name() + "的" + sum + "不等于各来源之和", Notes: from}
		d.Numbers(money.Difference(money.Wan, total, parts))
		r.Add(d)
	}
}

// itemsOf holds the rows of a group against this year's budget: their sum, and the total that they print.
func (f *printedForm) itemsOf(group pack.LabelRole, what string, col int, now money.Amount, wrong func(int) bool, r *check.Report) {
	var sum money.Amount
	var at diag.Range
	var notes []diag.Related
	addends := 0
	for _, row := range f.under(group) {
		a, ok := f.amount(row, col, r)
		switch {
		case !ok:
		case !f.is(row[0], pack.LabelSum):
			sum, at, addends, notes = sum.Add(a), cmp.Or(at, row[col].at), addends+1, append(notes, part(row[0].text, a, row[col].at))
		case wrong(a.Cmp(now)):
			d := diag.Diagnostic{Rule: "绩表-005", Level: diag.Error, At: row[col].at, Message: f.table.Name() + f.called(group) + "的" + prose.Squeeze(row[0].text) + "与" + f.called(pack.LabelNow) + "不符", Hint: f.yearOnly()}
			d.Numbers(money.Difference(money.Wan, a, now))
			r.Fold(f.cause(a), d)
		}
	}
	if group == pack.LabelPurchases && !wrong(sum.Cmp(now)) {
		f.misprinted(group, col, now, r)
	}
	if !at.IsZero() && wrong(sum.Cmp(now)) && f.apart(sum, now, addends) {
		d := diag.Diagnostic{Rule: "绩表-005", Level: diag.Error, At: at, Message: f.table.Name() + "的" + what, Hint: f.yearOnly(), Notes: notes}
		d.Numbers(money.Difference(money.Wan, sum, now))
		r.Fold(f.cause(sum), d)
	}
}

// partsAbove holds what begins with 其中 against the source above it: no more than that, and not all but it by a misprint.
func (f *printedForm) partsAbove(r *check.Report) {
	var above printedRow
	var whole, sum money.Amount
	var at diag.Range
	quiet := &check.Report{}
	done := func() {
		more := sum.Sub(whole).Cmp(slackOf(2, f.unit)) > 0
		if above != nil && !at.IsZero() && (more || sentence.Near(sum, whole)) {
			d := diag.Diagnostic{Rule: "绩表-010", Level: diag.Warning, At: at, Message: f.table.Name() + "的“" + prose.Squeeze(above[0].text) + "”与其中的数不配",
				Notes: []diag.Related{part(above[0].text, whole, above[1].at)}, Hint: "其中的数不大于上面一行；全部都是的，两数相同"}
			d.Numbers(money.Difference(money.Wan, sum, whole))
			r.Add(d)
		}
	}
	for _, row := range f.under(pack.LabelSources) {
		a, ok := f.amount(row, 1, quiet)
		switch {
		case f.is(row[0], pack.LabelSum) || !ok:
		case !f.partAbove(row[0]):
			done()
			above, whole, sum, at = row, a, money.Amount{}, diag.Range{}
		case row[1].text != "":
			sum, at = sum.Add(a), row[1].at
		}
	}
	done()
}

// misprinted tells of purchases that are nearly all of this year's budget: all of it, but for a misprint.
func (f *printedForm) misprinted(group pack.LabelRole, col int, now money.Amount, r *check.Report) {
	var rows []printedRow
	var sum money.Amount
	quiet := &check.Report{}
	for _, row := range f.under(group) {
		if a, ok := f.amount(row, col, quiet); ok && row[col].text != "" && !f.is(row[0], pack.LabelSum) {
			rows, sum = append(rows, row), sum.Add(a)
		}
	}
	if sum.Equal(now) {
		return
	}
	for _, row := range rows {
		a, _ := f.amount(row, col, quiet)
		want := a.Add(now.Sub(sum))
		if !sentence.Near(a, want) || want.Sign() <= 0 {
			continue
		}
		d := diag.Diagnostic{Rule: "绩表-010", Level: diag.Warning, At: row[col].at, Message: f.table.Name() + f.called(group) + "的“" + prose.Squeeze(row[0].text) + "”看着像印错",
			Notes: []diag.Related{{Text: "这样各项之和就是" + f.called(pack.LabelNow) + " " + money.ToldNumber(now), At: f.placeOf(pack.LabelNow)}}, Hint: "核对这一行的数位和小数点"}
		d.Numbers(money.Difference(money.Wan, a, want))
		r.Add(d)
		return
	}
}
