package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/diag"
)

var (
	narrow  = regexp.MustCompile(`[\p{Han}”）》][,;:?!][\p{Han}“（《]`)
	doubled = regexp.MustCompile(`。。|，，|；；|、、|，。|。，|；。|、。|，、|：：`)
)

// punctuation: marks between Chinese characters are full-width, stand once, and come in pairs (GB/T 15834-2011).
func punctuation(in *Input, r *report) {
	for i := range in.texts {
		p := &in.texts[i]
		s := p.text.V
		if strings.Contains(p.label, "《") { // a printed table: its bars are no text
			continue
		}
		report := func(start, end int, message, want string) {
			r.Fold("用语-006"+p.label+message, diag.Diagnostic{Rule: "用语-006", Level: diag.Note, At: span(p.text, start, end), Message: p.label + message, Stated: s[start:end], Want: want})
		}
		if m := narrow.FindStringIndex(s); m != nil {
			_, n := utf8.DecodeRuneInString(s[m[0]:])
			at := m[0] + n
			report(at, at+1, "里的中文之间用了半角标点", string(wideMark(s[at])))
		}
		if m := doubled.FindStringIndex(s); m != nil {
			_, n := utf8.DecodeRuneInString(s[m[0]:])
			report(m[0], m[1], "里标点重复", s[m[0]:m[0]+n])
		}
		if at := unpaired(s); at >= 0 {
			_, n := utf8.DecodeRuneInString(s[at:])
			report(at, at+n, "里的引号、括号不成对", "")
		}
	}
}

func wideMark(c byte) rune {
	return map[byte]rune{',': '，', ';': '；', ':': '：', '?': '？', '!': '！'}[c]
}

// unpaired is where a quotation mark or bracket stands without its other, -1 for nowhere. Items as in 1）and a） need no
// opening bracket.
func unpaired(s string) int {
	pairs := map[rune]rune{'）': '（', '”': '“', '》': '《', '’': '‘'}
	type open struct {
		r  rune
		at int
	}
	var stack []open
	before := rune(0)
	for i, r := range s {
		switch r {
		case '（', '“', '《', '‘':
			stack = append(stack, open{r, i})
		case '）', '”', '》', '’':
			switch {
			case len(stack) > 0 && stack[len(stack)-1].r == pairs[r]:
				stack = stack[:len(stack)-1]
			case r == '）' && (unicode.IsDigit(before) || isLetter(before) || strings.ContainsRune("一二三四五六七八九十", before)) || r == '’':
			default:
				return i
			}
		}
		before = r
	}
	if len(stack) > 0 {
		return stack[0].at
	}
	return -1
}
