package audit

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// changes: now ∓ change = last year's figure, and the direction is right.
func (in *Input) changes(t *budget.StatedText, all []prose.Quantity, names []knownName, r *check.Report) {
	s := t.Text.V
	for _, m := range prose.Comparison.FindAllStringIndex(s, -1) {
		way := prose.Direction(s[:m[1]])
		before := slices.IndexFunc(all, func(q prose.Quantity) bool { return q.Start >= m[1] })
		if before < 0 {
			before = len(all)
		}
		now := lastAmount(all[:before])
		if now == nil || way == 0 {
			continue
		}
		last, known := in.priorOf(s, now, names)
		if before == len(all) || all[before].Kind != prose.Amount || strings.TrimSpace(s[m[1]:all[before].Start]) != "" {
			if known {
				in.way(t, m, way, now.Value, last, r) // no amount: the direction alone
			}
			continue
		}
		change := &all[before]
		implied := now.Value.Add(change.Value)
		if way > 0 {
			implied = now.Value.Sub(change.Value)
		}
		in.lastYear(t, now, change, implied, last, known, r)
	}
}

// priorOf is last year's figure of what an amount is called, where it was stated.
func (in *Input) priorOf(s string, now *prose.Quantity, names []knownName) (source.AmountField, bool) {
	n, ok := in.nameBefore(s, now.Start, names)
	p := in.Budget.Facts.Prior
	if !ok || p == nil {
		return source.AmountField{}, false
	}
	for _, f := range p.Figures {
		x := in.Pack.Figure(f.Key.V)
		if x == nil {
			continue
		}
		b, ok := in.printed.space.Of(x.Query)
		if !ok {
			continue
		}
		b = in.printed.space.Balance(b)
		if slices.ContainsFunc(n.cells, func(c cell) bool { return slices.Equal(c.box, b) }) {
			return f, true
		}
	}
	return source.AmountField{}, false
}

func lastAmount(qs []prose.Quantity) *prose.Quantity {
	for i := len(qs) - 1; i >= 0; i-- {
		if qs[i].Kind == prose.Amount {
			return &qs[i]
		}
	}
	return nil
}

// way holds 增加 and 减少 against last year's figure.
func (in *Input) way(t *budget.StatedText, m []int, way int, now money.Amount, last source.AmountField, r *check.Report) {
	if now.Cmp(last.Value.Amount) == way {
		return
	}
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: t.Text.Span(m[0], m[1]), Message: diag.Quote(t.Section.V) + "里的增减方向与上年数不符",
		Notes: []diag.Related{{Text: "上年数 " + money.ToldNumber(last.Value.Amount), At: last.Value.At}}, Hint: "核对今年的数、上年的数和增减"}
	d.Stated, d.Want = t.Text.V[m[0]:m[1]], money.ToldChange(now, last.Value.Amount)
	r.Add(d)
}

// lastYear holds last year's figure that a change implies against the one stated, or where the name is not known, against
// the nearest of all.
func (in *Input) lastYear(t *budget.StatedText, now, change *prose.Quantity, implied money.Amount, last source.AmountField, known bool, r *check.Report) {
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
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: t.Text.Span(change.Start, change.End), Message: diag.Quote(t.Section.V) + "里的变动额" + what,
		Notes: []diag.Related{{Text: "填报的上年数 " + money.ToldNumber(last.Value.Amount), At: last.Value.At}}, Hint: "核对今年的数、上年的数和变动额"}
	if bound := money.ToleranceOf(1, change.Unit, 2); off.Cmp(bound) <= 0 && now.Places > 0 {
		d.Rule, d.Level, d.Message = "尾差-001", diag.Note, d.Message+"，相差在两次四舍五入的界限之内"
		d.Hint = "各数分别舍入时会这样；上年数是准数的，核对变动额"
	}
	d.Numbers(money.Difference(money.Wan, implied, last.Value.Amount))
	r.Add(d)
}

// unchanged: what is said to be as last year is as last year.
func (in *Input) unchanged(t *budget.StatedText, all []prose.Quantity, names []knownName, r *check.Report) {
	for _, m := range prose.AsLast.FindAllStringIndex(t.Text.V, -1) {
		i := slices.IndexFunc(all, func(q prose.Quantity) bool { return q.Start >= m[0] })
		if i < 0 {
			i = len(all)
		}
		now := lastAmount(all[:i])
		if now == nil {
			continue
		}
		last, known := in.priorOf(t.Text.V, now, names)
		if !known || prose.SameAmount(now, last.Value.Amount) {
			continue
		}
		if off := now.Value.Sub(last.Value.Amount).Abs(); off.Cmp(money.ToleranceOf(1, now.Unit, 2)) <= 0 && now.Places > 0 {
			d := diag.Diagnostic{Rule: "尾差-001", Level: diag.Note, At: t.Text.Span(m[0], m[1]), Message: diag.Quote(t.Section.V) + "里说与上年持平，与上年数相差在两次舍入的界限之内",
				Notes: []diag.Related{{Text: "填报的上年数 " + money.ToldNumber(last.Value.Amount), At: last.Value.At}}}
			d.Numbers(money.Difference(money.Wan, now.Value, last.Value.Amount))
			r.Add(d)
			continue
		}
		d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: t.Text.Span(m[0], m[1]), Message: diag.Quote(t.Section.V) + "里说与上年持平，上年数却不同",
			Notes: []diag.Related{{Text: "填报的上年数 " + money.ToldNumber(last.Value.Amount), At: last.Value.At}}, Hint: "写明增加或减少多少，或改正上年数"}
		d.Stated, d.Want = t.Text.V[m[0]:m[1]], money.ToldChange(now.Value, last.Value.Amount)
		r.Add(d)
	}
}
