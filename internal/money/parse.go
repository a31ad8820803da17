package money

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"
)

// maxDigits bounds a literal; the national budget in 分 has 15 digits.
const maxDigits = 20

// Reasons why a literal is no amount, in the author's language.
var (
	errEmpty     = errors.New("金额是空的")
	errExponent  = errors.New("金额不能用科学计数法")
	errDigits    = errors.New("金额的数字太多（最多 20 位）")
	errCommas    = errors.New("千分位逗号的位置不对，应每三位一个")
	errPoint     = errors.New("小数点前后都要有数字")
	errFullwidth = errors.New("金额里有全角字符，请改用半角数字和标点")
	errNumber    = errors.New("这不是一个金额")
)

// separators are what authors group digits with.
var separators = strings.NewReplacer(",", "", "_", "")

// Parse reads a decimal literal in the given unit, exactly: "4671.85", "4,671.85", "-3", "1_000". Commas must stand
// at every third digit, underscores between digits. Exponents, infinities and more than 20 digits are refused. The
// error text is Chinese, meant for the author.
func Parse(literal string, u Unit) (Amount, error) {
	body := strings.TrimSpace(literal)
	negative := strings.HasPrefix(body, "-")
	if negative || strings.HasPrefix(body, "+") {
		body = body[1:]
	}
	whole, fraction, point := strings.Cut(body, ".")
	if err := check(body, whole, fraction, point); err != nil {
		return Amount{}, err
	}
	whole = separators.Replace(whole)
	fraction = strings.ReplaceAll(fraction, "_", "")
	digits := strings.TrimLeft(whole+fraction, "0")
	if len(digits) > maxDigits {
		return Amount{}, errDigits
	}
	exp := u.exponent() - len(fraction)
	if len(digits) <= 18 {
		var n int64
		for i := range len(digits) {
			n = n*10 + int64(digits[i]-'0')
		}
		if negative {
			n = -n
		}
		if scale := exp + smallPlaces; scale >= 0 && scale < len(pow10) {
			if v, ok := mul(n, pow10[scale]); ok {
				return Amount{small: v}, nil
			}
		}
		return fromDecimal(decimal.New(n, int32(exp))), nil
	}
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return Amount{}, errNumber
	}
	if negative {
		d = d.Neg()
	}
	return fromDecimal(d.Shift(int32(exp))), nil
}

// plain reports whether s is digits alone.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// check refuses everything that is not digits with separators where they belong.
func check(body, whole, fraction string, point bool) error {
	switch {
	case plain(whole) && (plain(fraction) || !point) && len(body) <= maxDigits:
		return nil
	case body == "":
		return errEmpty
	case strings.ContainsAny(body, "eE") && strings.Trim(body, "0123456789eE+-._,") == "":
		return errExponent
	case strings.ContainsAny(body, "０１２３４５６７８９．，－"):
		return errFullwidth
	case strings.Trim(body, "0123456789.,_") != "" || strings.Contains(fraction, "."):
		return errNumber
	case len(body) > 4*maxDigits:
		return errDigits
	case whole == "" || point && fraction == "":
		return errPoint
	case strings.Contains(fraction, ","):
		return errCommas
	}
	for _, part := range []string{whole, fraction} {
		if strings.HasPrefix(part, "_") || strings.HasSuffix(part, "_") || strings.Contains(part, "__") {
			return errNumber
		}
	}
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(groups) > 1 && (len(g) > 3 || len(g) < 3 && i > 0 || g == "" || strings.Contains(g, "_")) {
			return errCommas
		}
	}
	return nil
}

// pow10 holds the powers of ten that fit into an int64.
var pow10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}
