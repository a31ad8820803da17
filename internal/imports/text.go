package imports

import (
	"regexp"
	"strings"
	"unicode"

	"yusuan/internal/character"
)

// plain is a text as lists of words have it: width folded, no blanks, brackets and quotation marks of one kind.
func plain(s string) string {
	s = character.Fold(s)
	return strings.Map(func(r rune) rune {
		switch r {
		case '【', '〔', '[', '﹝':
			return '('
		case '】', '〕', ']', '﹞':
			return ')'
		case '：', '∶':
			return ':'
		case '"', '＂', '「', '『', '‘', '\'':
			return '“'
		case '」', '』', '’':
			return '”'
		}
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// words is a text as people read it: blanks within parted words once, none at the ends, width of digits and letters folded.
func words(s string) string {
	return strings.TrimSpace(strings.Join(strings.Fields(character.Mended(s)), " "))
}

var (
	// unitOfHead is the unit that a head states: 金额（万元）, 预算数(单位:元), 金额:万元, 金额万元.
	unitOfHead = regexp.MustCompile(`[(,:,]?(?:单位[:为是]?)?(?:人民币)?(亿元|万元|千元|百元|元)\)?$`)
	bracketed  = regexp.MustCompile(`\((?:单位[:为是]?)?(?:人民币)?(亿元|万元|千元|百元|元)\)`)
	numbering  = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?:[^\d]|$))`)
	years      = regexp.MustCompile(`(?:19|20)\d\d(?:年度?)?`)
	formulas   = regexp.MustCompile(`\(?\d+=[\d+\-()*/=]+\)?$`)
)

// headText is a piece of a head without the unit of money and the year that it may state.
type headText struct {
	text, unit, year string
	span             bool // names the first and the last of several years
}

func (w *Words) head(s string) headText {
	var h headText
	t := plain(s)
	t = strings.Trim(t, "*※")
	t = formulas.ReplaceAllString(t, "")
	if m := bracketed.FindStringSubmatchIndex(t); m != nil {
		h.unit = t[m[2]:m[3]]
		t = t[:m[0]] + t[m[1]:]
	} else if m := unitOfHead.FindStringSubmatchIndex(t); m != nil && m[0] > 0 {
		h.unit = t[m[2]:m[3]]
		t = t[:m[0]]
	}
	if found := years.FindAllString(t, -1); found != nil {
		h.year, h.span = found[0][:4], found[len(found)-1][:4] != found[0][:4]
		t = strings.Replace(t, found[0], "", 1)
	}
	for i, p := range w.thisYear {
		if rest, ok := strings.CutPrefix(t, p); i > 0 && ok && rest != "" {
			t = w.thisYear[0] + rest
			break
		}
	}
	t = unnumbered(t)
	h.text = strings.Trim(t, ":;,、.-")
	return h
}

// unnumbered is a plain text without the number before it: 一、 (一) 1.
func unnumbered(s string) string {
	if m := numbering.FindString(s); m != "" && len(m) < len(s) {
		cut := strings.TrimRightFunc(m, func(r rune) bool { return !strings.ContainsRune("、.)", r) })
		return s[len(cut):]
	}
	return s
}
