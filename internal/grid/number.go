package grid

import (
	"strconv"
	"strings"
)

// digits is how many significant digits spreadsheets show and promise; what a stored number has beyond is the noise of floating
// point: 4671.8500000000004.
const digits = 15

// longest is the longest spelling of a number that is read: 1E-308 in plain digits.
const longest = 400

// decimal is a number in plain decimal digits, rounded to 15 significant ones: 4671.8500000000004 is 4671.85, 1.2E3 is 1200. A
// number spelled as a whole one has no noise and keeps all its digits: programs write long codes so. No floating point is
// involved.
func decimal(raw string) (string, bool) {
	if len(raw) > longest {
		return "", false
	}
	s, negative := raw, false
	switch {
	case strings.HasPrefix(s, "-"):
		s, negative = s[1:], true
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(s), "e")
	power := 0
	if scaled {
		var err error
		if power, err = strconv.Atoi(exponent); err != nil || power > longest || power < -longest {
			return "", false
		}
	}
	whole, fraction, pointed := strings.Cut(mantissa, ".")
	all := whole + fraction
	if all == "" || strings.Trim(all, "0123456789") != "" {
		return "", false
	}
	point := len(whole) + power // digits before the point
	kept := strings.TrimLeft(all, "0")
	point -= len(all) - len(kept)
	if (pointed || scaled) && len(kept) > digits {
		var carried bool
		if kept, carried = rounded(kept); carried {
			point++
		}
	}
	return plain(strings.TrimRight(kept, "0"), point, negative), true
}

// rounded keeps 15 digits; carried is that there is one more before them now.
func rounded(all string) (kept string, carried bool) {
	b := []byte(all[:digits])
	if all[digits] < '5' {
		return string(b), false
	}
	for i := len(b) - 1; i >= 0; i-- {
		if b[i]++; b[i] <= '9' {
			return string(b), false
		}
		b[i] = '0'
	}
	return "1" + string(b), true
}

// plain sets significant digits, of which so many stand before the point.
func plain(kept string, point int, negative bool) string {
	if kept == "" {
		return "0"
	}
	var text string
	switch {
	case point <= 0:
		text = "0." + strings.Repeat("0", -point) + kept
	case point >= len(kept):
		text = kept + strings.Repeat("0", point-len(kept))
	default:
		text = kept[:point] + "." + kept[point:]
	}
	if negative {
		return "-" + text
	}
	return text
}

// hundredth is the hundredth part of a decimal number.
func hundredth(text string) string {
	if t, ok := decimal(text + "e-2"); ok {
		return t
	}
	return text
}
