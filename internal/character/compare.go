package character

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Instead is what a text is read with for a character that should not stand in it: what looks the same, a blank for a
// blank, nothing for nothing, and 〓 for what cannot be known.
func Instead(r rune) string {
	switch KindOf(r) {
	case Break:
		return "\n"
	case Tab, Blank:
		return " "
	case Control, Invisible, Selector:
		return ""
	case Variant:
		if u := Unified(r); u != 0 {
			return string(u)
		}
	case Unusable:
		if u := paired(formerly, r); u != 0 {
			return string(u)
		}
		return "〓"
	}
	return string(r)
}

// Mended is a text with Instead for each of its characters.
func Mended(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return KindOf(r) != Plain }) < 0 {
		return s
	}
	var sb strings.Builder
	for _, r := range s {
		sb.WriteString(Instead(r))
	}
	return sb.String()
}

// Fold makes texts equal that look the same: it is Mended, with half-width forms of full-width characters.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 0x3000:
			return ' '
		case 0xFE52:
			return '.'
		}
		return half(r)
	}, Mended(s))
}

// longName is from how many characters on a difference in one of them is hard to find.
const longName = 8

// Difference says in which character a text differs from the one that is meant, where that is hard to see; "" where it
// is not.
func Difference(text, meant string) string {
	a, b := []rune(text), []rune(meant)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	x, y := a[n:], b[n:]
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	at := ordinal(n)
	switch {
	case len(x) == 0 && len(y) == 0:
		return ""
	case hard(x, y):
	case len(x) > 1 || len(y) > 1 || max(len(a), len(b)) < longName || !isText(meant):
		return ""
	}
	switch {
	case len(y) == 0:
		return "这里的" + at + "是" + look(x[0]) + "，多了"
	case len(x) == 0:
		return "它的" + at + "是" + look(y[0])
	}
	return at + "，这里是" + look(x[0]) + "，它是" + look(y[0])
}

// BlankIn tells which of two texts has blanks that the other has not, where they differ in nothing else: -1 the first,
// 1 the second, 0 neither.
func BlankIn(a, b string) int {
	if a == b || Unblanked(a) != Unblanked(b) {
		return 0
	}
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		return -1
	}
	return 1
}

// Unblanked is a text without blanks and what shows nothing.
func Unblanked(s string) string {
	return strings.Map(func(r rune) rune {
		if k := KindOf(r); unicode.IsSpace(r) || k == Blank || k == Invisible {
			return -1
		}
		return r
	}, s)
}

// Squeeze is Fold without blanks.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, Fold(s))
}

// hard reports whether a difference is not to be seen: in what shows nothing, or looks the same.
func hard(x, y []rune) bool {
	if Squeeze(string(x)) == Squeeze(string(y)) {
		return true
	}
	if len(x) == 1 && len(y) == 1 && (alike(x[0], y[0]) || alike(y[0], x[0])) {
		return true
	}
	for _, r := range append(append([]rune(nil), x...), y...) {
		if k := KindOf(r); k != Plain {
			return true
		}
	}
	return false
}

// alike reports whether a is a lookalike of b.
func alike(a, b rune) bool {
	for _, pairs := range []string{marks, kana, cyrillic, greek, dots} {
		if paired(pairs, a) == b {
			return true
		}
	}
	return strings.ContainsRune(zeros, a) && strings.ContainsRune(zeros, b) || strings.ContainsRune("lI1|", a) && strings.ContainsRune("lI1|", b)
}

// look is a character as Difference says it.
func look(r rune) string {
	switch {
	case r == ' ' || r == 0x3000:
		return names[r]
	case half(r) != r:
		return "全角“" + string(r) + "”"
	case r > ' ' && r <= '~' && !isASCII(r) && (r < '0' || r > '9'):
		return "半角“" + string(r) + "”"
	case Hides(r):
		return " " + Say(r)
	case KindOf(r) == Variant:
		return Say(r)
	}
	return "“" + string(r) + "”" + script(r)
}

// script names letters that may be taken for others.
func script(r rune) string {
	switch {
	case r >= '0' && r <= '9':
		return "（数字）"
	case isASCII(r):
		return "（字母）"
	case r >= 0x0370 && r <= 0x03FF:
		return "（" + Code(r) + " 希腊字母）"
	case r >= 0x0400 && r <= 0x052F:
		return "（" + Code(r) + " 俄文字母）"
	case r >= 0x3041 && r <= 0x30FF:
		return "（" + Code(r) + " 日文字母）"
	case r >= 0x3100 && r <= 0x312F:
		return "（" + Code(r) + " 注音符号）"
	case paired(marks, r) != 0 || paired(dots, r) != 0 || r == '○' || r == '◯':
		return "（" + Code(r) + "）"
	}
	return ""
}
