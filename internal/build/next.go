package build

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// priorFigures are the figures of a budget that the document of a pack for the next year compares with, by the names of [prior.figures]. A
// figure of 人员经费 or 公用经费 is not known where the budget holds money of which nobody said which of the two it is, nor a
// family by codes where money stands under a stand-in for undisclosed codes.
func priorFigures(p *pack.Pack, b *budget.Budget) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		q := f.Last
		if !f.FromFolder() || guesses(b, q) {
			continue
		}
		if d, family := budget.FindDimension(f.By); family {
			if undisclosed(b, q, d) {
				continue
			}
			for part, sum := range b.SumBy(q, d) {
				out[name+"."+part] = sum
			}
			continue
		}
		out[name] = b.Sum(q)
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

// LastSum is last year's amount of a query: of last year's folder, or as stated for a figure that asks the same; not known where
// neither says it.
func (w *Work) LastSum(q budget.Query) (money.Amount, bool) {
	if last := w.Prior.Last; last != nil {
		for _, name := range w.Pack.FigureNames {
			f := w.Pack.Figures[name]
			if f.By == "" && f.Query.String() == q.String() && f.Last.String() != q.String() {
				q = f.Last // the same was asked otherwise
				break
			}
		}
		return last.Sum(q), !guesses(last, q)
	}
	for _, name := range w.Pack.FigureNames {
		if f := w.Pack.Figures[name]; f.By == "" && f.Base == pack.BaseBudget && f.Query.String() == q.String() {
			if a, ok := w.Prior.Amounts[name]; ok {
				return a, true
			}
		}
	}
	return money.Amount{}, false
}

// LastDivided reports whether last year's folder divides all of its expenditure along a dimension: not where money stands under a
// stand-in for codes that nobody published.
func (w *Work) LastDivided(d budget.Dimension) bool {
	return w.Prior.Last != nil && !undisclosed(w.Prior.Last, budget.Query{}, d)
}
