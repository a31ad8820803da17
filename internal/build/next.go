package build

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// priorFigures are the figures of a budget that next year's document compares with, by the names of [prior.figures]. A
// figure of 人员经费 or 公用经费 is not known where the budget holds money of which nobody said which of the two it is, nor a
// family by codes where money stands under a stand-in for undisclosed codes.
func priorFigures(p *pack.Pack, b *budget.Budget) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		if !f.Prior || guesses(b, f.Query) {
			continue
		}
		if d, family := budget.FindDimension(f.By); family {
			if undisclosed(b, f.Query, d) {
				continue
			}
			for part, sum := range b.SumBy(f.Query, d) {
				out[name+"."+part] = sum
			}
			continue
		}
		out[name] = b.Sum(f.Query)
	}
	return out
}

// guesses reports whether the sum of q rests on a nature that was guessed.
func guesses(b *budget.Budget, q budget.Query) bool {
	if !q.Mentions("nature") {
		return false
	}
	whole := q.Without("nature")
	return slices.ContainsFunc(b.Lines, func(l budget.Line) bool { return l.Guessed && !l.Amount.IsZero() && whole.Match(&l) })
}

// undisclosed reports whether q sums money whose part along d is not known.
func undisclosed(b *budget.Budget, q budget.Query, d budget.Dimension) bool {
	for _, c := range b.Facts.Codes {
		if c.Undisclosed.V && (c.Kind.V == "功能") == (d.Key == "function") && d.Digits > 0 && !b.Sum(q.Along(d).Where(d.Key, c.Code.V)).IsZero() {
			return true
		}
	}
	return false
}

// AsPrior are the figures that next year's document compares with, by the names of [prior.figures].
func (w *Work) AsPrior() map[string]money.Amount { return priorFigures(w.Pack, w.Budget) }
