package grid

import "strings"

// Printed is a cell as it is printed: as Shown, with the separators of thousands and the zeros at the end that its number format
// writes, and with what the format says of nothing: a blank, a dash.
func (c Cell) Printed() string {
	text, _ := c.Shown()
	if c.Kind != Number || c.Format == "" || c.Format == "@" || general(c.Format) {
		return text
	}
	if none, ok := nothing(c); ok {
		return none
	}
	f := parseFormat(c.Format)
	if f.other || f.scaled {
		return text
	}
	number := strings.TrimSuffix(strings.TrimPrefix(text, f.before), f.after+strings.Repeat("%", f.percent))
	whole, fraction, _ := strings.Cut(number, ".")
	minus := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		minus, whole = "-", rest
	}
	fraction += strings.Repeat("0", max(f.least-len(fraction), 0))
	if f.grouped {
		whole = thousands(whole)
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return minus + f.before + whole + f.after + strings.Repeat("%", f.percent)
}

// nothing is what a number format writes for zero, if it has a part for that.
func nothing(c Cell) (string, bool) {
	if strings.Trim(c.Text, "-0.") != "" {
		return "", false
	}
	_, rest, _ := cutSection(c.Format)
	_, rest, ok := cutSection(rest)
	if !ok {
		return "", false
	}
	f := parseFormat(rest)
	if f.written {
		return "", false
	}
	return strings.TrimSpace(f.before + f.after), true
}

// thousands has a separator between every three digits.
func thousands(whole string) string {
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}
