package check

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// What sentences say of last year's budget; of what was spent (执行数, 决算) the stated figures know nothing.
var (
	comparison = regexp.MustCompile(`(?:比|较)\s*(?:\d{4}\s*年(?:度)?|上年(?:度)?|去年)(?:部门)?(?:预算)?(?:数)?\s*(增加|增长|上升|减少|下降|降低)?`)
	same       = regexp.MustCompile(`(?:与|和|同)\s*(?:\d{4}\s*年(?:度)?|上年(?:度)?|去年)(?:部门)?(?:预算)?(?:数)?(?:相比)?\s*(?:持平|相同|一致|无变化|没有变化|没有增减)`)
	upward     = regexp.MustCompile(`(?:增加|增长|上升)\s*$`)
	downward   = regexp.MustCompile(`(?:减少|下降|降低)\s*$`)
)

// direction is what the words right before a quantity say: 1 more, -1 less, 0 nothing.
func direction(before string) int {
	switch {
	case upward.MatchString(before):
		return 1
	case downward.MatchString(before):
		return -1
	}
	return 0
}

// changes: now ∓ change = last year's figure, change over last year's figure = the rate, and the direction is right.
func (in *Input) changes(t *budget.StatedText, all []quantity, names []knownName, r *report) {
	s := t.Text.V
	for _, m := range comparison.FindAllStringIndex(s, -1) {
		way := direction(s[:m[1]])
		before := slices.IndexFunc(all, func(q quantity) bool { return q.start >= m[1] })
		if before < 0 {
			before = len(all)
		}
		now := lastAmount(all[:before])
		if now == nil || way == 0 {
			continue
		}
		last, known := in.priorOf(s, now, names)
		if before == len(all) || all[before].kind != amountOfMoney || strings.TrimSpace(s[m[1]:all[before].start]) != "" {
			if known {
				in.way(t, m, way, now.value, last, r) // no amount: the direction alone
			}
			continue
		}
		change := &all[before]
		implied := now.value.Add(change.value)
		if way > 0 {
			implied = now.value.Sub(change.value)
		}
		rate(t, all, before, way, implied, r)
		in.lastYear(t, now, change, implied, last, known, r)
	}
}

// priorOf is last year's figure of what an amount is called, where it was stated.
func (in *Input) priorOf(s string, now *quantity, names []knownName) (source.AmountField, bool) {
	n, ok := nameBefore(s, now.start, names)
	p := in.Budget.Facts.Prior
	if !ok || p == nil {
		return source.AmountField{}, false
	}
	for _, f := range p.Figures {
		x := in.Pack.Figure(f.Key.V)
		if x == nil {
			continue
		}
		b, ok := in.printed.space.boxOf(x.Query)
		if !ok {
			continue
		}
		b = in.printed.space.balance(b)
		if slices.ContainsFunc(n.cells, func(c cell) bool { return slices.Equal(c.box, b) }) {
			return f, true
		}
	}
	return source.AmountField{}, false
}

func lastAmount(qs []quantity) *quantity {
	for i := len(qs) - 1; i >= 0; i-- {
		if qs[i].kind == amountOfMoney {
			return &qs[i]
		}
	}
	return nil
}

// way holds 增加 and 减少 against last year's figure.
func (in *Input) way(t *budget.StatedText, m []int, way int, now money.Amount, last source.AmountField, r *report) {
	if now.Cmp(last.Value.Amount) == way {
		return
	}
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: span(t.Text, m[0], m[1]), Message: diag.Quote(t.Section.V) + "里的增减方向与上年数不符",
		Notes: []diag.Related{{Text: "上年数 " + number(last.Value.Amount), At: last.Value.At}}, Hint: "核对今年的数、上年的数和增减"}
	d.Stated, d.Want = t.Text.V[m[0]:m[1]], changeOf(now, last.Value.Amount)
	r.Add(d)
}

// changeOf says how now differs from before: 增加10.00万元.
func changeOf(now, before money.Amount) string {
	diff := now.Sub(before)
	by, _, _ := money.Difference(money.Wan, diff.Abs(), money.Amount{}) // never 0.00
	switch diff.Sign() {
	case 0:
		return "持平"
	case 1:
		return "增加" + by
	default:
		return "减少" + by
	}
}

// rate checks the percentage behind a change, and that both go the same way.
func rate(t *budget.StatedText, all []quantity, i, way int, last money.Amount, r *report) {
	if i+1 >= len(all) || all[i+1].kind != percentage || strings.ContainsAny(t.Text.V[all[i].end:all[i+1].start], "。；") {
		return
	}
	q, rate := &all[i], &all[i+1]
	if verb := direction(t.Text.V[all[i].end:rate.start]); verb == -way {
		r.Add(diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: span(t.Text, q.end, rate.end), Message: diag.Quote(t.Section.V) + "里变动额与变动率的方向相反",
			Stated: squeeze(t.Text.V[q.end:rate.end]), Notes: []diag.Related{{Text: "变动额在这里", At: span(t.Text, q.start, q.end)}}, Hint: "增加对上升，减少对下降"})
		return
	}
	if shareWithin(q.value, last, money.ToleranceOf(1, money.Wan, 2), rate) { // last follows from two rounded numbers
		return
	}
	want, _ := money.Share(q.value, last, 2)
	r.Add(diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: span(t.Text, rate.start, rate.end), Message: diag.Quote(t.Section.V) + "里的变动率不对",
		Stated: t.Text.V[rate.start:rate.end], Want: want + "%", Diff: difference(rate, want),
		Notes: []diag.Related{{Text: number(q.value) + " ÷ " + number(last) + " ＝ " + want + "%", At: span(t.Text, q.start, q.end)}}})
}

// lastYear holds last year's figure that a change implies against the one stated, or where the name is not known, against
// the nearest of all.
func (in *Input) lastYear(t *budget.StatedText, now, change *quantity, implied money.Amount, last source.AmountField, known bool, r *report) {
	p := in.Budget.Facts.Prior
	if p == nil || len(p.Figures) == 0 {
		return
	}
	what := "推算出的上年数与填报的上年数不符"
	if !known {
		last, what = p.Figures[0], "推算出的上年数，不是任何一个上年数"
		for _, f := range p.Figures {
			if f.Value.Sub(implied).Abs().Cmp(last.Value.Sub(implied).Abs()) < 0 {
				last = f
			}
		}
	}
	off := last.Value.Sub(implied).Abs()
	if off.IsZero() {
		return
	}
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: span(t.Text, change.start, change.end), Message: diag.Quote(t.Section.V) + "里的变动额" + what,
		Notes: []diag.Related{{Text: "填报的上年数 " + number(last.Value.Amount), At: last.Value.At}}, Hint: "核对今年的数、上年的数和变动额"}
	if bound := money.ToleranceOf(1, change.unit, 2); off.Cmp(bound) <= 0 && now.places > 0 {
		d.Rule, d.Level, d.Message = "尾差-001", diag.Note, d.Message+"，相差在两次四舍五入的界限之内"
		d.Hint = "各数分别舍入时会这样；上年数是准数的，核对变动额"
	}
	both(&d, implied, last.Value.Amount)
	r.Add(d)
}

// unchanged: what is said to be as last year is as last year.
func (in *Input) unchanged(t *budget.StatedText, all []quantity, names []knownName, r *report) {
	for _, m := range same.FindAllStringIndex(t.Text.V, -1) {
		i := slices.IndexFunc(all, func(q quantity) bool { return q.start >= m[0] })
		if i < 0 {
			i = len(all)
		}
		now := lastAmount(all[:i])
		if now == nil {
			continue
		}
		last, known := in.priorOf(t.Text.V, now, names)
		if !known || sameAmount(now, last.Value.Amount) {
			continue
		}
		if off := now.value.Sub(last.Value.Amount).Abs(); off.Cmp(money.ToleranceOf(1, now.unit, 2)) <= 0 && now.places > 0 {
			d := diag.Diagnostic{Rule: "尾差-001", Level: diag.Note, At: span(t.Text, m[0], m[1]), Message: diag.Quote(t.Section.V) + "里说与上年持平，与上年数相差在两次舍入的界限之内",
				Notes: []diag.Related{{Text: "填报的上年数 " + number(last.Value.Amount), At: last.Value.At}}}
			both(&d, now.value, last.Value.Amount)
			r.Add(d)
			continue
		}
		d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: span(t.Text, m[0], m[1]), Message: diag.Quote(t.Section.V) + "里说与上年持平，上年数却不同",
			Notes: []diag.Related{{Text: "填报的上年数 " + number(last.Value.Amount), At: last.Value.At}}, Hint: "写明增加或减少多少，或改正上年数"}
		d.Stated, d.Want = t.Text.V[m[0]:m[1]], changeOf(now.value, last.Value.Amount)
		r.Add(d)
	}
}
