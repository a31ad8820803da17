package build

import (
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Serving is the pack of the same place and kind of document that is for a year: the pack itself where it is, else the first by
// name of those that go back to the same pack as it. There may be none.
func (s *Shared) Serving(id string, year int) (string, *pack.Pack) {
	p, diags, err := s.pack(id)
	if err != nil || !s.usable(p, diags) {
		return "", nil
	}
	serves := func(x *pack.Pack) bool { return x.FirstYear <= year && year <= x.LastYear }
	if serves(p) {
		return id, p.Of(year)
	}
	for _, other := range s.PackNames() {
		x, diags, err := s.pack(other)
		if err == nil && s.usable(x, diags) && serves(x) && x.SamePlace(p) {
			return other, x.Of(year)
		}
	}
	return "", nil
}

// Next is the pack by which next year's document is made where this year's is made by a pack; that one itself where no other is.
func (w *Work) Next(id string) (string, *pack.Pack) {
	if other, p := w.shared.Serving(id, w.Budget.Facts.Department.Year.V+1); p != nil {
		return other, p
	}
	return id, w.Pack
}

// AsPrior are the figures that next year's document compares with, by the names of [prior.figures].
func (w *Work) AsPrior() map[string]money.Amount {
	_, p := w.Next(w.packID)
	return priorFigures(p, w.Budget)
}
