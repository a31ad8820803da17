package compose

import (
	"strings"
	"unicode/utf8"
)

// longTitle is the length in characters from which a numbered paragraph is no heading, whatever its end.
const longTitle = 40

// titles tells which paragraphs of an author's text are headings of what follows, so that they stay on its page. They
// have a number as headings have, are short, and end without a mark. Where the next of its own kind follows at once, it is
// an entry of a list and no heading. Short words that announce what follows, 包括：, stay with it too.
func titles(paragraphs []string) []bool {
	out := make([]bool, len(paragraphs))
	for i := 0; i+1 < len(paragraphs); i++ {
		k := titleKind(paragraphs[i])
		out[i] = k > 0 && k != titleKind(paragraphs[i+1]) || announces(paragraphs[i]) && paragraphs[i+1] != ""
	}
	return out
}

// announces reports whether a paragraph is but the announcement of what follows.
func announces(s string) bool {
	return strings.HasSuffix(s, "：") && utf8.RuneCountInString(s) <= longTitle
}

// startsAsTitle reports whether a text begins with what may be a title's number.
func startsAsTitle(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("（(一二三四五六七八九十0123456789", r)
}

// titleKind is the level of a paragraph that looks like a heading (GB/T 9704-2012 cl. 7.3.3: 一、 （一） 1. （1）), or 0.
func titleKind(s string) int {
	if !startsAsTitle(s) {
		return 0
	}
	level := 1
	number := strings.TrimPrefix(strings.TrimPrefix(s, "（"), "(")
	if number != s {
		level = 2
	}
	rest := strings.TrimLeft(number, "一二三四五六七八九十")
	if rest == number {
		rest = strings.TrimLeft(number, "0123456789")
		level += 2
	}
	if rest == number || utf8.RuneCountInString(s) > longTitle {
		return 0
	}
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’」』")); strings.ContainsRune("。；：，、！？….;:,!?", last) {
		return 0
	}
	mark, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == len(rest): // nothing but the number
		return 0
	case level%2 == 0 && strings.ContainsRune("）)", mark), level == 1 && mark == '、', level == 3 && strings.ContainsRune(".．、", mark):
	default:
		return 0
	}
	if after, _ := utf8.DecodeRuneInString(rest[size:]); level == 3 && '0' <= after && after <= '9' { // 3.14
		return 0
	}
	return level
}
