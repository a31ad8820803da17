// Package money is exact amounts of 元 and their printed forms.
//
// An amount is never a float and never rounded until it is printed, and then once, from the exact 元 (GB/T 8170-2008
// clause 3.3 forbids rounding in steps). The package is the only one that knows the decimal library.
package money

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Amount is an exact amount in 元. The zero Amount is 0. Compare with Equal, not ==.
//
// Budgets are sums of hundreds of thousands of amounts with two decimals, so an amount lives in one machine word as
// long as it is a whole number of 1/10000 元 below about 922 万亿元; only what does not fit becomes a decimal.
type Amount struct {
	small int64            // in 1/10000 元; meaningless when wide is set
	wide  *decimal.Decimal // in 元; set only when small cannot hold the value
}

// smallPlaces is the number of decimals of 元 that fit into Amount.small.
const smallPlaces = 4

// FromFen makes an amount from a number of 分 (1/100 元).
func FromFen(fen int64) Amount {
	if n, ok := mul(fen, 100); ok {
		return Amount{small: n}
	}
	return fromDecimal(decimal.New(fen, -2))
}

// fromDecimal picks the representation, so that equal amounts are represented alike.
func fromDecimal(d decimal.Decimal) Amount {
	if c := d.Shift(smallPlaces); c.IsInteger() && c.BigInt().IsInt64() {
		return Amount{small: c.BigInt().Int64()}
	}
	return Amount{wide: &d}
}

func (a Amount) decimal() decimal.Decimal {
	if a.wide != nil {
		return *a.wide
	}
	return decimal.New(a.small, -smallPlaces)
}

// Add returns a + b.
func (a Amount) Add(b Amount) Amount {
	if a.wide == nil && b.wide == nil {
		// Two's complement addition overflowed iff both operands differ in sign from the sum.
		if s := a.small + b.small; (a.small^s)&(b.small^s) >= 0 {
			return Amount{small: s}
		}
	}
	return fromDecimal(a.decimal().Add(b.decimal()))
}

// Sub returns a - b.
func (a Amount) Sub(b Amount) Amount {
	if a.wide == nil && b.wide == nil {
		if s := a.small - b.small; (a.small^b.small)&(a.small^s) >= 0 {
			return Amount{small: s}
		}
	}
	return fromDecimal(a.decimal().Sub(b.decimal()))
}

// Neg returns -a.
func (a Amount) Neg() Amount { return Amount{}.Sub(a) }

// Abs returns the magnitude of a.
func (a Amount) Abs() Amount {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a
}

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	switch {
	case a.wide != nil:
		return a.wide.Sign()
	case a.small < 0:
		return -1
	case a.small > 0:
		return 1
	}
	return 0
}

// IsZero reports whether a is exactly 0.
func (a Amount) IsZero() bool { return a.Sign() == 0 }

// Cmp is -1, 0 or 1 as a is less than, equal to or greater than b.
func (a Amount) Cmp(b Amount) int {
	if a.wide != nil || b.wide != nil {
		return a.decimal().Cmp(b.decimal())
	}
	switch {
	case a.small < b.small:
		return -1
	case a.small > b.small:
		return 1
	}
	return 0
}

// Equal reports whether a and b are the same amount.
func (a Amount) Equal(b Amount) bool { return a.Cmp(b) == 0 }

// Sum returns the sum of amounts, 0 for none.
func Sum(amounts ...Amount) Amount {
	var s Amount
	for _, a := range amounts {
		s = s.Add(a)
	}
	return s
}

// mul multiplies a by a positive b and reports whether the product fits.
func mul(a, b int64) (int64, bool) {
	neg := a < 0
	m := uint64(a)
	if neg {
		m = -m
	}
	hi, lo := bits.Mul64(m, uint64(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if neg {
		return -int64(lo), true
	}
	return int64(lo), true
}

// Times returns a times a decimal literal such as "2.4", exactly. A literal that is no number counts as 0.
func (a Amount) Times(literal string) Amount {
	d, err := decimal.NewFromString(literal)
	if err != nil || len(literal) > 4*maxDigits {
		return Amount{}
	}
	return fromDecimal(a.decimal().Mul(d))
}
