package money

import (
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// Rounding is a rule for the last printed digit.
type Rounding int

const (
	HalfAway Rounding = iota // 四舍五入: a half goes away from zero
	HalfEven                 // 四舍六入五成双 (GB/T 8170-2008, 3.2.3 and 3.2.4)
)

// Format is a printed form of amounts.
type Format struct {
	Unit   Unit
	Places int  // decimals in Unit
	Group  bool // commas at every third digit
	// Zero is what an amount of exactly 0 prints; "" means its normal form, such as 0.00. An amount that merely
	// rounds to zero keeps the normal form: something is there.
	Zero      string
	BlankZero bool // an amount of exactly 0 prints nothing
	TrimZeros bool // drops zeros after the last significant decimal, and the point with them
	TrimWhole bool // drops the decimals of whole numbers only: 839, but 867.50
	Rounding  Rounding
}

// String prints a, rounded once from the exact 元. A negative amount that rounds to zero prints without a sign.
func (f Format) String(a Amount) string {
	if a.IsZero() {
		switch {
		case f.BlankZero:
			return ""
		case f.Zero != "":
			return f.Zero
		}
	}
	var buf [40]byte
	digits, negative := f.round(buf[:0], a)
	return f.layout(digits, negative)
}

// Round returns the amount that String prints, so that printed values can be compared and summed.
func (f Format) Round(a Amount) Amount {
	if q, p, negative, ok := f.steps(a); ok {
		if n, fits := mul(int64(q), p); fits {
			if negative {
				n = -n
			}
			return Amount{small: n}
		}
	}
	digits, negative := f.round(nil, a)
	n, ok := new(big.Int).SetString(string(digits), 10)
	if !ok {
		panic("money: rounding made " + string(digits))
	}
	if negative {
		n.Neg(n)
	}
	return fromDecimal(decimal.NewFromBigInt(n, int32(f.Unit.exponent()-f.Places)))
}

// In prints a in a unit with places decimals and no grouping.
func (a Amount) In(u Unit, places int) string {
	return Format{Unit: u, Places: places}.String(a)
}

// String is the exact amount in 元 without grouping, with as many decimals as it has; Parse reads it back.
func (a Amount) String() string {
	if a.wide != nil {
		return a.wide.String()
	}
	return Format{Places: smallPlaces, TrimZeros: true}.String(a)
}

// round appends to dst the decimal digits of |a| in units of 10^-Places of the unit.
func (f Format) round(dst []byte, a Amount) (digits []byte, negative bool) {
	q, _, negative, ok := f.steps(a)
	if !ok {
		return f.roundWide(dst, a)
	}
	return appendUint(dst, q), negative
}

// steps is |a| rounded to a number of steps, each of size 10^-smallPlaces; false where a or the step is beyond int64.
func (f Format) steps(a Amount) (n uint64, size int64, negative, ok bool) {
	drop := smallPlaces + f.Unit.exponent() - f.Places // decimal digits of small that are not printed
	if a.wide != nil || drop < 0 || drop >= len(pow10) {
		return 0, 0, false, false
	}
	m := uint64(a.small)
	if a.small < 0 {
		m = -m
	}
	p := uint64(pow10[drop])
	q, r := m/p, m%p
	if up := r > p-r || r == p-r && (f.Rounding == HalfAway || q%2 == 1); up {
		q++
	}
	return q, int64(p), a.small < 0 && q != 0, true
}

func appendUint(dst []byte, n uint64) []byte {
	var rev [20]byte
	i := len(rev)
	for {
		i--
		rev[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return append(dst, rev[i:]...)
		}
	}
}

func (f Format) roundWide(dst []byte, a Amount) (digits []byte, negative bool) {
	d := a.decimal().Shift(int32(-f.Unit.exponent()))
	if f.Rounding == HalfEven {
		d = d.RoundBank(int32(f.Places))
	} else {
		d = d.Round(int32(f.Places))
	}
	n := d.Shift(int32(f.Places)).BigInt()
	negative = n.Sign() < 0
	return new(big.Int).Abs(n).Append(dst, 10), negative
}

// layout puts sign, commas and point into digits.
func (f Format) layout(digits []byte, negative bool) string {
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + f.Places + 3)
	if negative {
		b.WriteByte('-')
	}
	whole := len(digits) - f.Places
	if whole <= 0 {
		b.WriteByte('0')
	}
	for i := 0; i < whole; i++ {
		if f.Group && i > 0 && (whole-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(digits[i])
	}
	fraction := digits[max(whole, 0):]
	pad := max(-whole, 0)
	if f.TrimZeros {
		for len(fraction) > 0 && fraction[len(fraction)-1] == '0' {
			fraction = fraction[:len(fraction)-1]
		}
		if len(fraction) == 0 {
			pad = 0
		}
	}
	if f.TrimWhole && strings.Trim(string(fraction), "0") == "" {
		return b.String()
	}
	if pad+len(fraction) == 0 {
		return b.String()
	}
	b.WriteByte('.')
	for range pad {
		b.WriteByte('0')
	}
	b.Write(fraction)
	return b.String()
}

// ToleranceOf is how far the sum of n rounded amounts may stand from their rounded sum: half a unit of the last
// printed place for each of the n addends and one for the sum, 0.005·(n+1) with two decimals. The difference is
// explained by rounding alone (尾差) when its magnitude is at most this.
func ToleranceOf(n int, u Unit, places int) Amount {
	halves := 5 * int64(n+1)
	if scale := smallPlaces + u.exponent() - places - 1; scale >= 0 && scale < len(pow10) {
		if small, ok := mul(halves, pow10[scale]); ok {
			return Amount{small: small}
		}
	}
	return fromDecimal(decimal.New(halves, int32(u.exponent()-places-1)))
}
