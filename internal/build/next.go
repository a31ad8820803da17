package build

import (
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// priorFigures are the figures of a budget that next year's document compares with, by the names of [prior.figures].
func priorFigures(p *pack.Pack, b *budget.Budget) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		if !f.Prior {
			continue
		}
		if d, _, family := budget.FindDimension(f.By); family {
			for part, sum := range b.SumBy(f.Query, d) {
				out[name+"."+part] = sum
			}
			continue
		}
		out[name] = b.Sum(f.Query)
	}
	return out
}

// AsPrior are the figures that next year's document compares with, by the names of [prior.figures].
func (w *Work) AsPrior() map[string]money.Amount { return priorFigures(w.Pack, w.Budget) }
