package check

import (
	"fmt"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// statedPrior are the stated figures of last year with what each asks.
type statedPrior struct {
	space   *box.Space
	figures []source.AmountField
	titles  []string
	boxes   []box.Box
}

func (in *Input) statedPrior() *statedPrior {
	p := &statedPrior{}
	if in.Budget.Facts.Prior == nil {
		return p
	}
	codes := map[string][]string{}
	for _, f := range in.Budget.Facts.Prior.Figures {
		if x := in.Pack.Figure(f.Key.V); x != nil {
			for _, c := range x.Query.Conditions() {
				codes[c.Key] = append(codes[c.Key], c.Values...)
			}
		}
	}
	// A code for all those that nobody stated: some items of last year are not all.
	const others = "其他"
	p.space = box.New(box.Values{Functional: append(codes["function"], others), Economic: append(codes["economic"], others)})
	for _, f := range in.Budget.Facts.Prior.Figures {
		x := in.Pack.Figure(f.Key.V)
		if x == nil {
			continue
		}
		if b, ok := p.space.Of(x.Query); ok {
			p.figures, p.titles, p.boxes = append(p.figures, f), append(p.titles, x.Title), append(p.boxes, b)
		}
	}
	return p
}

// priorParts: stated figures of last year whose scopes make up another's add up to it, the three public expenses above
// all; and none is more than one that it is part of.
func priorParts(in *Input, r *Report) {
	if in.PriorFolder {
		return
	}
	p := in.statedPrior()
	if len(p.figures) == 0 {
		return
	}
	among := p.space.Among(p.boxes)
	for i := range p.figures {
		parts, ok := among.Split(p.boxes[i])
		if ok && len(parts) > 1 {
			p.addUp(r, i, parts)
			continue
		}
		for j := range p.figures {
			if i != j && box.Within(p.boxes[j], p.boxes[i]) && p.figures[j].Value.Cmp(p.figures[i].Value.Amount) > 0 {
				p.exceeds(r, j, i)
			}
		}
	}
}

// addUp holds a figure against its parts. What was published in 万元 may differ as rounding makes it; what is stated
// finer may not.
func (p *statedPrior) addUp(r *Report, whole int, parts []int) {
	total := p.figures[whole].Value
	sum, words, rounded := money.Amount{}, []string(nil), printsWhole(total.Amount)
	for _, j := range parts {
		a := p.figures[j].Value.Amount
		sum, words = sum.Add(a), append(words, p.titles[j]+" "+money.ToldNumber(a))
		rounded = rounded && printsWhole(a)
	}
	diff := sum.Sub(total.Amount).Abs()
	if diff.IsZero() {
		return
	}
	d := diag.Diagnostic{Rule: "上年-007", Level: diag.Warning, At: total.At, Message: "上年的" + diag.Quote(p.titles[whole]) + "不等于各部分之和",
		Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + money.ToldNumber(sum)}}, Hint: "照上年公开的表核对"}
	if bound := money.ToleranceOf(len(parts), money.Wan, 2); rounded && diff.Cmp(bound) <= 0 {
		d.Rule, d.Level = "尾差-001", diag.Note
		d.Message += fmt.Sprintf("，相差在%d项四舍五入的界限之内", len(parts))
		d.Hint = "上年公开的数各自舍入时会这样；照上年公开的表核对"
	}
	d.Numbers(money.Difference(money.Wan, total.Amount, sum))
	r.Add(d)
}

func (p *statedPrior) exceeds(r *Report, part, whole int) {
	d := diag.Diagnostic{Rule: "上年-007", Level: diag.Warning, At: p.figures[part].Value.At, Message: "上年的" + diag.Quote(p.titles[part]) + "大于它所属的" + diag.Quote(p.titles[whole]),
		Notes: []diag.Related{{Text: p.titles[whole] + " " + money.ToldNumber(p.figures[whole].Value.Amount), At: p.figures[whole].Value.At}}, Hint: "照上年公开的表核对，两个数至少有一个填错"}
	d.Numbers(money.Difference(money.Wan, p.figures[part].Value.Amount, p.figures[whole].Value.Amount))
	r.Fold(fmt.Sprint("上年-007", part), d)
}

// printsWhole reports whether an amount is a whole number of 0.01 万元, as documents print it.
func printsWhole(a money.Amount) bool {
	return money.Usual(money.Wan).Round(a).Equal(a)
}
