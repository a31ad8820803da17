package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/diag"
	"yusuan/internal/prose"
)

// doubledMarks are the marks that do not follow each other.
const doubledMarks = "。。|，，|；；|、、|，。|。，|；。|、。|，、|：："

// slips finds the first narrow mark between Chinese characters and the first doubled mark, -1 where there is none. One
// pass by hand: every text of every document is read, and patterns took most of the time of all rules together.
func slips(s string) (narrow, doubled int) {
	narrow, doubled = -1, -1
	const mark = len("。")
	for i := range len(s) {
		switch s[i] {
		case ',', ';', ':', '?', '!':
			last, _ := utf8.DecodeLastRuneInString(s[:i])
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if narrow < 0 && (unicode.Is(unicode.Han, last) || strings.ContainsRune("”）》", last)) &&
				(unicode.Is(unicode.Han, next) || strings.ContainsRune("“（《", next)) {
				narrow = i
			}
		case "。"[0], "，"[0]: // the first bytes of all five marks
			if doubled < 0 && i >= mark && i+mark <= len(s) && (s[i-mark] == "。"[0] || s[i-mark] == "，"[0]) &&
				strings.Contains(doubledMarks, s[i-mark:i+mark]) {
				doubled = i - mark
			}
		}
	}
	return narrow, doubled
}

// punctuation: marks between Chinese characters are full-width, stand once, and come in pairs (GB/T 15834-2011).
func punctuation(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		s := p.text.V
		if strings.Contains(p.label, "《") { // a printed table: its bars are no text
			continue
		}
		report := func(start, end int, message, want string) {
			r.Fold("用语-006"+p.label+message, diag.Diagnostic{Rule: "用语-006", Level: diag.Note, At: p.text.Span(start, end), Message: p.label + message, Stated: s[start:end], Want: want})
		}
		narrow, doubled := -1, -1
		if p.letters.mayHoldAny(",;:?!。，；、：") {
			narrow, doubled = slips(s)
		}
		if narrow >= 0 {
			report(narrow, narrow+1, "里的中文之间用了半角标点", string(wideMark(s[narrow])))
		}
		if doubled >= 0 && !p.stated { // package audit reads the marks of finished documents
			const mark = len("。")
			report(doubled, doubled+2*mark, "里标点重复", s[doubled:doubled+mark])
		}
		if p.stated || !p.letters.mayHoldAny("（）“”《》‘’") {
			continue
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
	type open struct {
		closing rune
		at      int
	}
	var stack []open
	for i, r := range s {
		switch r {
		case '（', '“', '《', '‘':
			stack = append(stack, open{closingOf(r), i})
		case '）', '”', '》', '’':
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			switch {
			case len(stack) > 0 && stack[len(stack)-1].closing == r:
				stack = stack[:len(stack)-1]
			case r == '）' && (unicode.IsDigit(before) || prose.IsLetter(before) || strings.ContainsRune("一二三四五六七八九十", before)) || r == '’':
			default:
				return i
			}
		}
	}
	if len(stack) > 0 {
		return stack[0].at
	}
	return -1
}

func closingOf(r rune) rune {
	switch r {
	case '（':
		return '）'
	case '“':
		return '”'
	case '《':
		return '》'
	}
	return '’'
}
