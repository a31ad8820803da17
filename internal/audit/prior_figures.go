package audit

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// PrintedFigure is a figure of the pack that the tables of a finished document print.
type PrintedFigure struct {
	Name   string
	Amount money.Amount
	At     diag.Range
}

// Figures are those figures that next year's document compares with and that the tables print, each as one number or as numbers
// that add up to it: what is rounded in parts is as exact as the paper.
func Figures(p *pack.Pack, b *budget.Budget) []PrintedFigure {
	if len(b.Facts.StatedTables) == 0 {
		return nil
	}
	in := &Input{Pack: p, Budget: b}
	in.printed = readPublished(in, check.NewReport(p))
	var out []PrintedFigure
	add := func(name string, q budget.Query) {
		if c, ok := in.printedSum(q); ok && !c.absent {
			out = append(out, PrintedFigure{name, c.value, c.at})
		}
	}
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		if !f.FromFolder() {
			continue
		}
		d, family := budget.FindDimension(f.By)
		if !family {
			add(name, f.Query)
			continue
		}
		for _, part := range in.parts(d) {
			add(name+"."+part, f.Query.Along(d).Part(d, part))
		}
	}
	return out
}

// parts are what the printed tables tell apart along a dimension: codes cut to its digits.
func (in *Input) parts(d budget.Dimension) (out []string) {
	for _, v := range in.printed.space.Values(d.Key) {
		if d.Digits > 0 {
			v = v[:min(d.Digits, len(v))]
		}
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
