package money

import "github.com/shopspring/decimal"

// Measures are amounts as whole numbers for drawing: of 10^-decimals of the unit, the same for all, exact unless they are
// beyond any budget. Their magnitudes sum to less than 2^60.
func Measures(amounts []Amount, u Unit) (measures []int64, decimals int) {
	const most = 1 << 60
	var sum decimal.Decimal
	for _, a := range amounts {
		sum = sum.Add(a.decimal().Abs())
	}
	decimals = smallPlaces + u.exponent()
	scale := int32(smallPlaces)
	for sum.Shift(scale).GreaterThanOrEqual(decimal.NewFromInt(most)) {
		scale, decimals = scale-1, decimals-1
	}
	for _, a := range amounts {
		measures = append(measures, a.decimal().Shift(scale).Round(0).IntPart())
	}
	return measures, decimals
}
