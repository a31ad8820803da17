package testofd

import (
	"regexp"
	"strconv"
	"strings"
)

// units is a decimal in ten-thousandths, which is as fine as anything is written.
func units(s string) (n int64, ok bool) {
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+(part + "0000")[:4], 10, 64)
	return n, err == nil && len(part) <= 4
}

func unitsOf(s string) (out []int64) {
	for _, f := range strings.Fields(s) {
		n, _ := units(f)
		out = append(out, n)
	}
	return out
}

// simple are the types of values, each in the one way that this program writes it: no exponents, no needless zeros or signs,
// one blank between numbers.
func simple() map[string]*regexp.Regexp {
	const (
		natural = `(0|[1-9][0-9]{0,9})`
		integer = `(0|-?[1-9][0-9]{0,9})`
		decimal = `(0|-?[1-9][0-9]{0,9}|-?(0|[1-9][0-9]{0,9})\.[0-9]{0,3}[1-9])`
		extent  = `([1-9][0-9]{0,9}|(0|[1-9][0-9]{0,9})\.[0-9]{0,3}[1-9])`
		date    = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	)
	out := map[string]*regexp.Regexp{}
	for name, p := range map[string]string{
		"string": `(?s).*`, "count": natural, "id": natural, "int": integer, "decimal": decimal, "boolean": `true|false`, "byte": `25[0-5]|2[0-4][0-9]|1?[0-9]{1,2}`,
		"array": decimal + `( ` + decimal + `)*`, "box": decimal + ` ` + decimal + ` ` + extent + ` ` + extent, "matrix": decimal + `( ` + decimal + `){5}`,
		"date": date, "dateTime": date + `T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-][0-1][0-9]:[0-5][0-9])?`, "hash": `[0-9a-f]{32}`, "word": `[A-Za-z_][A-Za-z0-9_.-]*`,
		"folder": `[!-~]+`, "res": `[!-~]+`, "loc": `[!-~]+`, "ref": natural,
	} {
		out[name] = regexp.MustCompile(`^(?:` + p + `)$`)
	}
	return out
}
