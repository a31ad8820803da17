package grid

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// style is what the number format of a cell says.
type style struct {
	code   string // "" for the general format
	date   bool
	struck bool // through
}

// styleOf reads a number format.
func styleOf(code string) style {
	if general(code) {
		code = ""
	}
	return style{code: code, date: isDate(code)}
}

// general recognizes the format that says nothing, which Chinese programs also call G/通用格式.
func general(code string) bool {
	return strings.EqualFold(code, "General") || code == "G/通用格式"
}

// dateParts are the parts of a day that a number format shows.
type dateParts struct{ year, month, day, clock bool }

// isDate reports whether a number format shows days: it has a year, a day, or a month without hours and seconds. Formats that
// show only times do not, since hours may be a quantity.
func isDate(code string) bool {
	p := datePartsOf(code)
	// AM/PM has an M, but never without hours.
	return p.year || p.day || p.month && !p.clock
}

func datePartsOf(code string) (p dateParts) {
	code = strings.NewReplacer("General", "", "GENERAL", "", "general", "").Replace(code)
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		switch c := code[i]; c {
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return dateParts{}
			}
			if c == '[' && end > 0 && strings.Trim(code[i+1:i+1+end], "hHmMsS") == "" {
				p.clock = true // [h]: hours that have passed
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case 'y', 'Y':
			p.year = true
		case 'd', 'D':
			p.day = true
		case 'm', 'M':
			p.month = true
		case 'h', 'H', 's', 'S':
			p.clock = true
		}
	}
	return p
}

// number is the cell of a number that is spelled so, in a style; days count from the beginning of 1900 or of 1904.
func (s style) number(raw string, from1904 bool) (Cell, bool) {
	text, ok := decimal(raw)
	if !ok {
		return Cell{}, false
	}
	c := Cell{Kind: Number, Text: text, Raw: raw, Format: s.code}
	if s.date {
		if day, ok := dayOf(text, from1904); ok {
			c.Kind, c.Text = Date, day
		}
	}
	return c, true
}

// lastDay is the number of 9999-12-31.
const lastDay = 2_958_465

// dayOf is the day that a number means. Spreadsheets count the 29th of February 1900, which there was not.
func dayOf(text string, from1904 bool) (string, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > lastDay || strings.HasPrefix(text, "-") {
		return "", false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 0 || n == 60:
		return "", false
	case n < 60:
		first = first.AddDate(0, 0, 1)
	}
	day := first.AddDate(0, 0, n)
	// The part of a day in seconds: twelve decimal places are enough, and their product fits.
	part, err := strconv.ParseInt((fraction + strings.Repeat("0", 12))[:12], 10, 64)
	if err != nil {
		return "", false
	}
	const unit = 1_000_000_000_000
	seconds := (part*86_400 + unit/2) / unit
	day = day.Add(time.Duration(seconds) * time.Second)
	if day.Year() > 9999 {
		return "", false
	}
	return dayText(day), true
}

// dayText is a day as a cell's text, with its time if that is not midnight.
func dayText(t time.Time) string {
	text := fmt.Sprintf("%04d-%02d-%02d", t.Year(), t.Month(), t.Day())
	if h, m, s := t.Clock(); h+m+s > 0 {
		text += fmt.Sprintf(" %02d:%02d:%02d", h, m, s)
	}
	return text
}

// isoDay reads a day as XML has it: 2026-02-10T00:00:00.000.
func isoDay(raw string) (string, bool) {
	raw = strings.TrimSuffix(raw, "Z")
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, raw); err == nil {
			return dayText(t), true
		}
	}
	return "", false
}

// builtin are the number formats that files name by number only; 27 to 36 and 50 to 58 as Chinese programs have them.
var builtin = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: `"¥"#,##0;"¥"-#,##0`, 6: `"¥"#,##0;[Red]"¥"-#,##0`, 7: `"¥"#,##0.00;"¥"-#,##0.00`,
	8: `"¥"#,##0.00;[Red]"¥"-#,##0.00`, 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
	16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`,
	34: `AM/PMh"时"mm"分"`, 35: `AM/PMh"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: "#,##0", 42: `"¥"#,##0`,
	43: "#,##0.00", 44: `"¥"#,##0.00`, 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`, 55: `AM/PMh"时"mm"分"`,
	56: `AM/PMh"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

// styles are the cell formats of a file: the number of a number format each, and the formats that the file names itself.
type styles struct {
	formats map[int]string
	struck  []bool // fonts that strike through
	cells   []cellStyle
}

// cellStyle is what a cell format names: a number format, and a font.
type cellStyle struct{ format, font int }

// resolve gives the style of every cell format.
func (s styles) resolve() []style {
	known := map[int]style{}
	out := make([]style, len(s.cells))
	for i, x := range s.cells {
		n := x.format
		st, ok := known[n]
		if !ok {
			code, own := s.formats[n]
			if !own {
				code = builtin[n]
			}
			st = styleOf(code)
			known[n] = st
		}
		st.struck = x.font >= 0 && x.font < len(s.struck) && s.struck[x.font]
		out[i] = st
	}
	return out
}
