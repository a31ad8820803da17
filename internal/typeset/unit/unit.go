// Package unit holds the one length type of the typesetting wing.
//
// All geometry is integer, so that the same input gives the same bytes on every machine: Go may fuse float
// operations on some architectures, and a fused result can differ in the last bit.
package unit

import (
	"fmt"
	"strconv"
	"strings"
)

// Length is a distance in thousandths of a point (1 pt = 1/72 inch). PDF numbers with three decimals hold it exactly.
type Length int64

// Pt is one point.
const Pt Length = 1000

// A4 paper, ISO 216: 210 mm × 297 mm.
const (
	A4Width  Length = 595276
	A4Height Length = 841890
)

// Milli returns n thousandths of l, rounded half away from zero. Advances and gaps are stated in thousandths of
// the type size, so Milli(size, advance) is the width of a glyph.
func (l Length) Milli(n int64) Length {
	v := int64(l) * n
	if v < 0 {
		return Length(-((-v + 500) / 1000))
	}
	return Length((v + 500) / 1000)
}

// String prints l in points, for dumps and messages.
func (l Length) String() string {
	s := strconv.FormatInt(int64(l), 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for len(s) < 4 {
		s = "0" + s
	}
	s = strings.TrimRight(s[:len(s)-3]+"."+s[len(s)-3:], "0")
	s = strings.TrimSuffix(s, ".")
	if neg && s != "0" {
		s = "-" + s
	}
	return s
}

// sizes are the named type sizes (字号) in thousandths of a point: the values of common software, with the
// metal-type value for 三号, because 28 characters of it fill the 156 mm of GB/T 9704-2012 cl. 5.2.1 and 28
// characters of 16 pt do not.
func named(s string) (Length, bool) {
	switch s {
	case "初号":
		return 42000, true
	case "小初":
		return 36000, true
	case "一号":
		return 26000, true
	case "小一":
		return 24000, true
	case "二号":
		return 22000, true
	case "小二":
		return 18000, true
	case "三号":
		return 15750, true
	case "小三":
		return 15000, true
	case "四号":
		return 14000, true
	case "小四":
		return 12000, true
	case "五号":
		return 10500, true
	case "小五":
		return 9000, true
	case "六号":
		return 7500, true
	case "小六":
		return 6500, true
	}
	return 0, false
}

// Parse reads a length such as "28mm", "2.5cm", "10.5pt" or a type size such as "三号".
func Parse(s string) (Length, error) {
	s = strings.TrimSpace(s)
	if l, ok := named(s); ok {
		return l, nil
	}
	for _, u := range [...]struct {
		suffix   string
		num, den int64 // thousandths of a point per unit = num/den
	}{{"mm", 360000000, 127000}, {"cm", 3600000000, 127000}, {"pt", 1000, 1}} {
		if !strings.HasSuffix(s, u.suffix) {
			continue
		}
		n, scale, err := decimal(strings.TrimSpace(strings.TrimSuffix(s, u.suffix)))
		if err != nil {
			return 0, fmt.Errorf("length %q: %w", s, err)
		}
		v, d := n*u.num, scale*u.den
		if v < 0 {
			return Length(-((-v + d/2) / d)), nil
		}
		return Length((v + d/2) / d), nil
	}
	return 0, fmt.Errorf("length %q: want a number with mm, cm or pt, or a type size such as 三号", s)
}

// decimal reads "12.345" as 12345/1000; at most four decimals keep the products within int64.
func decimal(s string) (n, scale int64, err error) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > 4 || len(whole) > 6 {
		return 0, 0, fmt.Errorf("%q has too many digits", s)
	}
	n, err = strconv.ParseInt(whole+frac, 10, 64)
	scale = 1
	for range frac {
		scale *= 10
	}
	return n, scale, err
}
