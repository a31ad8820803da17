package money

import "strings"

// floatDigits is how many significant digits a spreadsheet computes with: what a number has beyond them, nobody typed.
const floatDigits = 15

// Fen is a to the nearest 分, halves away from zero, and the whole numbers of 分 below and above a, which are the same
// where a is one.
func (a Amount) Fen() (nearest, below, above Amount) {
	f := Format{Unit: Yuan, Places: 2}
	nearest, below = f.Round(a), f.floor(a)
	if above = below; !below.Equal(a) {
		above = below.Add(f.Step())
	}
	return nearest, below, above
}

// Noise reports whether an amount differs from its 分 by what computing with binary fractions leaves, such as
// 1250049.9999999998: the literal has more digits than a spreadsheet is sure of, and 分 is nearer than a thousandth of one.
func Noise(literal string, a Amount) bool {
	nearest, _, _ := a.Fen()
	digits, _ := Digits(literal)
	return digits > floatDigits && a.Sub(nearest).Abs().Cmp(FromFen(1).Times("0.001")) < 0
}

// Digits counts the significant digits of a literal that Parse takes, and those behind its point.
func Digits(literal string) (significant, decimals int) {
	whole, fraction, _ := strings.Cut(separators.Replace(strings.TrimLeft(strings.TrimSpace(literal), "+-")), ".")
	return len(strings.TrimLeft(whole+fraction, "0")), len(fraction)
}

// WholeFen is a in 分, false where it has less than one or is beyond what fits.
func (a Amount) WholeFen() (int64, bool) {
	if a.wide != nil || a.small%100 != 0 {
		return 0, false
	}
	return a.small / 100, true
}
