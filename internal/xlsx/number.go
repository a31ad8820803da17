// Package xlsx is what all workbooks need that the program writes: numbers as they are written, parts in one order.
package xlsx

import (
	"fmt"
	"strconv"
)

// The library takes numbers as floats. Here alone they become some: each is written with the digits that it came with, or else
// as text.

// Number is a decimal as the library writes it, exactly; a text where it would write another.
func Number(digits string) any {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return n
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || strconv.FormatFloat(v, 'f', -1, 64) != digits {
		return digits
	}
	return v
}

// Length is a width or a height.
func Length(n int) float64 { return float64(n) }

// Tenths is a width or a height in tenths.
func Tenths(n int) float64 { return float64(n) / 10 }

// Inches are a length in thousandths of a point as paper is measured.
func Inches(n int64) float64 { return float64(n) / 72000 }

// Amount is an amount in 元 with two decimals as spreadsheets hold it. Their floats are exact to the 分 up to 90 万亿元.
func Amount(digits string) any {
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return digits
	}
	return v
}

// digitsOf is what a cell holds as it is written: a number by its digits, everything else as text.
func digitsOf(v any) (s string, isNumber bool) {
	switch v := v.(type) {
	case nil:
		return "", false
	case string:
		return v, false
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	panic(fmt.Sprintf("xlsx: a cell of %T", v))
}
