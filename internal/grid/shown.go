package grid

import (
	"strconv"
	"strings"
)

// Shown is a cell as people see it, where its number format says more than the number that is stored: 0.95 that is shown as 95%,
// a day, a number with words around it. Exact reports whether it says all that is stored: a third may be shown as 33%.
// Separators of thousands and zeros at the end are left out.
func (c Cell) Shown() (text string, exact bool) {
	switch c.Kind {
	case Date:
		return shownDay(c.Text, c.Format), true
	case Number:
		return shownNumber(c.Text, c.Format)
	}
	return c.Text, true
}

// numberFormat is what a number format makes of a number.
type numberFormat struct {
	before, after string // words that it writes
	percent       int
	decimals      int  // how many it shows at most
	least         int  // and at least, with zeros at the end
	grouped       bool // with separators of thousands
	written       bool // it has a place that shows a digit even where there is none
	scaled        bool // by thousands, which nothing beside the number says
	other         bool // fractions, powers, parts of numbers: shown in a way of its own
}

// formatReader goes through the part of a number format that is for positive numbers.
type formatReader struct {
	numberFormat
	code                 string
	digits, point, comma bool
}

func parseFormat(code string) numberFormat {
	code, _, _ = cutSection(code)
	f := formatReader{code: code}
	for i := 0; i < len(code); {
		i += f.step(i)
		f.scaled = f.scaled || f.comma && (i >= len(code) || !strings.ContainsRune("0#?", rune(code[i])))
	}
	f.other = f.other || !f.digits
	return f.numberFormat
}

// cutSection parts a format at the first semicolon that is not quoted.
func cutSection(code string) (first, rest string, found bool) {
	quoted := false
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			quoted = !quoted
		case !quoted && code[i] == '\\':
			i++
		case !quoted && code[i] == ';':
			return code[:i], code[i+1:], true
		}
	}
	return code, "", false
}

// word notes what the format writes before or behind the digits.
func (f *formatReader) word(s string) {
	if f.digits {
		f.after += s
	} else {
		f.before += s
	}
}

// step reads what stands at a place of the format and returns its length.
func (f *formatReader) step(i int) int {
	rest := f.code[i+1:]
	switch c := f.code[i]; c {
	case '"', '[':
		text, _, ok := strings.Cut(rest, map[byte]string{'"': `"`, '[': "]"}[c])
		if !ok {
			f.other = true
			return len(f.code) - i
		}
		if c == '"' {
			f.word(text)
		} else if money, ok := strings.CutPrefix(text, "$"); ok { // [$¥-804]
			money, _, _ = strings.Cut(money, "-")
			f.word(money)
		}
		return len(text) + 2
	case '\\', '!':
		f.word(firstRune(rest))
		return 1 + len(firstRune(rest))
	case '_', '*': // room as wide as the next character, or filled with it
		return 1 + len(firstRune(rest))
	case '%':
		f.percent++
	case '0', '#', '?':
		f.other = f.other || f.digits && f.after != "" // 0!.0: words among the digits
		f.grouped = f.grouped || f.comma && !f.point
		f.digits, f.comma = true, false
		if f.point {
			f.decimals++
			if c == '0' {
				f.least = f.decimals
			}
		}
		f.written = f.written || c == '0'
	case '.':
		f.point = true
	case ',':
		f.comma = f.digits
	case 'E', 'e', '/':
		f.other = true
	case ' ', '@':
	default:
		f.word(firstRune(f.code[i:]))
		return len(firstRune(f.code[i:]))
	}
	return 1
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// shownNumber is a number as its format shows it.
func shownNumber(text, code string) (string, bool) {
	if code == "" || code == "@" || general(code) {
		return text, true
	}
	f := parseFormat(code)
	if f.other || f.scaled {
		return text, !f.scaled
	}
	for range f.percent {
		text = hundredfold(text)
	}
	rounded, ok := roundTo(text, f.decimals)
	return f.before + rounded + f.after + strings.Repeat("%", f.percent), ok
}

// hundredfold is a hundred times a plain decimal number.
func hundredfold(text string) string {
	digits, minus := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	fraction += "00"
	whole = strings.TrimLeft(whole+fraction[:2], "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction[2:], "0"); fraction != "" {
		whole += "." + fraction
	}
	if minus {
		whole = "-" + whole
	}
	return whole
}

// roundTo is a plain decimal number with so many decimals at most, and whether it has no more; halves are rounded away from zero.
func roundTo(text string, decimals int) (string, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) <= decimals {
		return text, true
	}
	up := fraction[decimals] >= '5'
	d := []byte(whole + fraction[:decimals])
	for i := len(d) - 1; up; i-- {
		switch {
		case i < 0 || d[i] == '-':
			d = append(d[:i+1], append([]byte{'1'}, d[i+1:]...)...)
			up = false
		case d[i] == '9':
			d[i] = '0'
		default:
			d[i]++
			up = false
		}
	}
	out := string(d[:len(d)-decimals])
	if rest := strings.TrimRight(string(d[len(d)-decimals:]), "0"); rest != "" {
		out += "." + rest
	}
	if strings.Trim(out, "-0.") == "" {
		out = "0"
	}
	return out, false
}

// shownDay is a day in Chinese with those of its parts that the format shows: 2026年6月30日, 2026年6月, 6月30日.
func shownDay(text, code string) string {
	date, clock, _ := strings.Cut(text, " ")
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return text
	}
	p := datePartsOf(code)
	if !p.year && !p.month && !p.day { // stored as a day, not as a number that is shown as one
		p.year, p.month, p.day = true, true, true
	}
	out := ""
	for i, x := range []struct {
		show bool
		word string
	}{{p.year, "年"}, {p.month, "月"}, {p.day, "日"}} {
		n, err := strconv.Atoi(parts[i])
		if err != nil {
			return text
		}
		if x.show {
			out += strconv.Itoa(n) + x.word
		}
	}
	if clock != "" && p.clock {
		out += strings.TrimSuffix(clock, ":00")
	}
	return out
}
