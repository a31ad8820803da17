package classify

import (
	"regexp"
	"strings"
)

// SameName reports whether two names are one, written otherwise: other width, brackets or none, with or without a
// letter in brackets, 的, marks and blanks, and another of the words for money at the end. More in brackets tells codes
// apart: 资本性支出 and 资本性支出（基本建设）.
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	for _, x := range spellings(a) {
		for _, y := range spellings(b) {
			if x == y && x != "" {
				return true
			}
		}
	}
	return false
}

var inBrackets = regexp.MustCompile(`\([^()]\)`)

// spellings are the letters of a name that tell it from others, with and without one in brackets.
func spellings(name string) [2]string {
	s := strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full width
			r -= '！' - '!'
		}
		switch r {
		case '【', '〔', '[':
			return '('
		case '】', '〕', ']':
			return ')'
		case '的', '、', ',', '.', '·', '-', '—', '“', '”', '"', ' ', '\u3000', '\u00a0', '\t':
			return -1
		}
		return r
	}, name)
	return [2]string{ending(inBrackets.ReplaceAllString(s, "")), ending(strings.NewReplacer("(", "", ")", "").Replace(s))}
}

// ending takes the words for money from the end of a name, unless they are all of it.
func ending(s string) string {
	for _, w := range []string{"支出", "费用", "经费", "费"} {
		if short, ok := strings.CutSuffix(s, w); ok && short != "" {
			return ending(short)
		}
	}
	return s
}
