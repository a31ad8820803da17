package audit

import (
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// What the texts of a project's form reckon. Lists there lie within each other and leave things out, so that what does not add up is
// told where one number would have to be but a little other.

// spokenSums: a total in the basis of an estimate is the sum of the amounts before it.
func (f *printedForm) spokenSums(text string, offset int, now money.Amount, r *check.Report) {
	var parts []prose.Quantity
	for _, q := range prose.Sums(prose.Quantities(text)) {
		if !check.Announced(text, &q) {
			parts = append(parts, q)
			continue
		}
		var sum money.Amount
		for i := range parts {
			sum = sum.Add(parts[i].Value)
		}
		if len(parts) >= 2 && !prose.SameAmount(&q, sum) && !strings.Contains(text[parts[0].Start:q.Start], "其中") {
			f.spokenSum(text, offset, parts, &q, sum, prose.SameAmount(&q, now), r)
		}
		parts = nil
	}
}

// spokenSum tells of a total, or where that is this year's budget of the part that is misprinted.
func (f *printedForm) spokenSum(text string, offset int, parts []prose.Quantity, total *prose.Quantity, sum money.Amount, budgeted bool, r *check.Report) {
	at := func(q *prose.Quantity) diag.Range { return f.table.Rows.Span(offset+q.Start, offset+q.End) }
	tell := func(q *prose.Quantity, want money.Amount, other *prose.Quantity) {
		var words []string
		for i := range parts {
			words = append(words, parts[i].Literal)
		}
		d := diag.Diagnostic{Rule: "测算-002", Level: diag.Warning, At: at(q), Message: f.table.Name() + "的测算依据里，合计不等于所列各项之和",
			Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + money.ToldNumber(sum) + "，合计 " + total.Literal, At: at(other)}},
			Hint:  "核对各项和合计；合计另含别的内容的，写明是什么"}
		d.Numbers(money.Difference(money.Wan, q.Value, want))
		r.Add(d)
	}
	if !budgeted && sentence.Near(total.Value, sum) {
		tell(total, sum, &parts[0])
		return
	}
	for i := range parts {
		if want := parts[i].Value.Add(total.Value).Sub(sum); sentence.Near(parts[i].Value, want) {
			tell(&parts[i], want, total)
			return
		}
	}
}

// asLast: what a form says that this year's budget is as before, is this year's budget.
func (f *printedForm) asLast(now money.Amount, r *check.Report) {
	for _, row := range f.rows {
		if len(row) != 2 || !strings.Contains(row[1].text, "持平") {
			continue
		}
		q := prose.Sums(prose.Quantities(row[1].text))
		offset := strings.Index(f.table.Rows.V, row[1].text)
		if len(q) != 1 || offset < 0 || prose.SameAmount(&q[0], now) || !sentence.Near(q[0].Value, now) {
			continue
		}
		d := diag.Diagnostic{Rule: "绩表-010", Level: diag.Warning, At: f.table.Rows.Span(offset+q[0].Start, offset+q[0].End),
			Message: f.table.Name() + "的“" + prose.Squeeze(row[0].text) + "”说与上年持平，数与当年预算不同", Hint: "核对两个数"}
		d.Numbers(money.Difference(money.Wan, q[0].Value, now))
		r.Add(d)
	}
}
