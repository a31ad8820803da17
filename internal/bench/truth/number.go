package main

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/prose"
)

// sort is what a number, a word or a unit is.
type sort int

const (
	amount sort = iota
	percent
	count
	year
	sign // the word that says more or less, or the minus of an amount
	unitWord
)

// number is something that may be printed wrong. Offsets are of the text of its site.
type number struct {
	site       int
	start, end int
	sort       sort
	text       string
	value      int64 // in 1/10000 元 or 1/10000 of one
	last       int64 // one of its last place
	unit       string
	unitStart  int // of an amount in a sentence; 0 for none
	measure    string
	before     string // the words of its clause before it, without blanks
	after      string // some characters behind it with its unit
}

var (
	literal = regexp.MustCompile(`[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?`)
	unitsOf = regexp.MustCompile(`^\s*(亿元|万元|元|个百分点|%|％)`)
	measure = regexp.MustCompile(`^\s*(平方米|㎡|m²|公里|小时|人次|辆|台|套|件|个|家|户|人|名|次|项|处|块|期|月|天|年|份|批|位|场|册|条|篇|支|间|亩|吨|类|款|座|株|岁|队|所|岗|班|轮|宗|张|本|只|部|艘|架|组|国|省|市|区|县|镇|街|村)`)
	yearOf  = regexp.MustCompile(`^\s*年`)
	span    = regexp.MustCompile(`^\s*[-—–~～至]\s*(?:19|20)[0-9]{2}\s*年`)
	turned  = map[string]string{"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "上升": "下降", "提高": "降低", "降低": "提高"}
	way     = regexp.MustCompile(`增加|减少|增长|下降|上升|提高|降低`)
	toward  = regexp.MustCompile(`^(?:了|约|为|到)?\s*[0-9]`)
	against = regexp.MustCompile(`(?:比|较|与|同|和)\s*(?:上年|上一年|去年|[0-9]{4}\s*年)[^，。；]{0,16}$`)
	said    = regexp.MustCompile(`单位[：:]\s*(万元|元|亿元)`)
	coded   = regexp.MustCompile(`编码|代码|编号|序号|行次|电话|邮编|(?:^|/)[类款项](?:$|/)`)
)

// scaled is a literal in 1/10000.
func scaled(lit string) (value, last int64, ok bool) {
	lit = strings.ReplaceAll(lit, ",", "")
	whole, part, _ := strings.Cut(lit, ".")
	if len(whole) > 12 || len(part) > 4 {
		return 0, 0, false
	}
	n, err := strconv.ParseInt(whole+part+"0000"[len(part):], 10, 64)
	if err != nil {
		return 0, 0, false
	}
	last = 10000
	for range part {
		last /= 10
	}
	return n, last, true
}

// sizes are units in 元.
var sizes = map[string]int64{"元": 1, "万元": 10000, "亿元": 100000000}

// numbersOf finds what may be wrong in a site. unit is that of its table.
func numbersOf(s *site, unit string) (out []number) {
	if s.inTable() && s.row >= 0 && wholeNumber.MatchString(strings.TrimSpace(s.text)) {
		return ofCell(s, unit)
	}
	for _, m := range literal.FindAllStringIndex(s.text, -1) {
		if n, ok := inText(s, m[0], m[1]); ok {
			out = append(out, n)
		}
	}
	return append(out, words(s)...)
}

// ofCell reads a cell that is a number and nothing else.
func ofCell(s *site, unit string) []number {
	if !s.body || coded.MatchString(s.head) && !strings.Contains(s.head, "金额") {
		return nil
	}
	text := strings.TrimSpace(s.text)
	at := strings.Index(s.text, text)
	lit := strings.TrimRight(strings.TrimLeft(text, "-－−"), "%％")
	start := at + strings.Index(text, lit)
	value, last, ok := scaled(lit)
	if !ok || (s.form || s.head == "") && (strings.ContainsAny(s.label, "期话编号") || formCode.MatchString(text)) {
		return nil
	}
	n := number{site: s.id, start: start, end: start + len(lit), text: lit, value: value, last: last, sort: amount, unit: unit, before: s.label, after: s.head}
	switch {
	case len(text) == 4 && (strings.HasPrefix(text, "20") || strings.HasPrefix(text, "19")) && strings.Contains(s.label, "年"):
		n.sort = year
	case strings.ContainsAny(text, "%％") || strings.Contains(s.head, "占比") || strings.Contains(s.head, "%") || strings.Contains(s.head, "比例") || strings.Contains(s.head, "增长率"):
		n.sort = percent
	case strings.Contains(s.head, "数量") || strings.Contains(s.head, "个数") || strings.Contains(s.head, "人数") || strings.Contains(s.head, "面积") ||
		measureWord(s.head) != "" && !strings.ContainsAny(text, ".,"):
		n.sort, n.measure = count, measureWord(s.head)
	default:
		n.value, n.last = value*sizes[unit], last*sizes[unit]
	}
	out := []number{n}
	if start > at && n.value != 0 {
		m := n
		m.sort, m.start, m.end, m.text = sign, at, start, s.text[at:start]
		out = append(out, m)
	}
	return out
}

// formCode is a code of a classification in the row of a form, whose columns have no heads.
var formCode = regexp.MustCompile(`^[235][0-9]{2}(?:[0-9]{2}){1,2}$`)

var bracketed = regexp.MustCompile(`[（(](辆|台|套|人|个|家|平方米|㎡)[）)]`)

func measureWord(head string) string {
	if m := bracketed.FindStringSubmatch(head); m != nil {
		return m[1]
	}
	return ""
}

// inText reads a number among words; false for the numbers of pages, documents, items, days and codes.
func inText(s *site, start, end int) (n number, ok bool) {
	text := s.text
	front, back := text[:start], text[end:]
	lit := text[start:end]
	value, last, ok := scaled(lit)
	if !ok || otherNumber(s, front, lit, back) {
		return n, false
	}
	n = number{site: s.id, start: start, end: end, text: lit, value: value, last: last, sort: count, before: clause(front)}
	n.after = firstRunes(back, 12)
	isYear := len(lit) == 4 && (strings.HasPrefix(lit, "19") || strings.HasPrefix(lit, "20"))
	if m := unitsOf.FindStringSubmatchIndex(back); m != nil {
		n.unit = back[m[2]:m[3]]
		n.sort = percent
		if size := sizes[n.unit]; size > 0 {
			n.sort, n.unitStart, n.value, n.last = amount, end+m[2], value*size, last*size
		}
		return n, true
	}
	switch {
	case isYear && (yearOf.MatchString(back) || span.MatchString(back)):
		n.sort = year
	case yearOf.MatchString(back) && value > 1000000: // 2026年 of a strange age
		return n, false
	default:
		if m := measure.FindStringSubmatch(back); m != nil {
			n.measure = m[1]
		} else if !strings.HasSuffix(strings.TrimSpace(front), "≥") && !strings.HasSuffix(strings.TrimSpace(front), "≤") { // a number of nothing
			return n, false
		}
	}
	return n, true
}

// otherNumber reports whether a number is one that counts and measures nothing: of a page, a document, an item, a day, a code.
func otherNumber(s *site, front, lit, back string) bool {
	before, _ := utf8.DecodeLastRuneInString(front)
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(back, " "))
	switch {
	case prose.IsLetter(before), prose.IsLetter(after) && !strings.HasPrefix(back, "m"), strings.ContainsRune("第〔[【表附号－-.．/", before) && before != utf8.RuneError,
		strings.ContainsRune("号〕]】月日/：:", after), after == '-' || after == '－' || after == '.' || after == '．':
		return true
	case strings.HasSuffix(strings.TrimSpace(front), "公开"), strings.HasSuffix(strings.TrimSpace(front), "附件"):
		return true
	case strings.TrimLeft(front, " 　（(") == "" && (after == '、' || after == '）' || after == ')'): // an item
		return true
	case (before == '（' || before == '(') && (after == '）' || after == ')') && len(lit) <= 2:
		return true
	case !strings.ContainsAny(lit, ".,") && len(lit) >= 5 && unitsOf.FindString(back) == "" && measure.FindString(back) == "":
		return true
	}
	return false
}

// words finds the words for more and less of numbers, the minus signs, and the units of tables.
func words(s *site) (out []number) {
	for _, m := range way.FindAllStringIndex(s.text, -1) {
		back, front := s.text[m[1]:], s.text[:m[0]]
		if strings.HasPrefix(back, "（") || strings.HasSuffix(front, "（") || strings.HasPrefix(back, "率") || !toward.MatchString(back) && !against.MatchString(front) {
			continue
		}
		out = append(out, number{site: s.id, start: m[0], end: m[1], sort: sign, text: s.text[m[0]:m[1]], before: clause(front), after: firstRunes(back, 24)})
	}
	if s.inTable() {
		if m := said.FindStringSubmatchIndex(s.text); m != nil {
			out = append(out, number{site: s.id, start: m[2], end: m[3], sort: unitWord, text: s.text[m[2]:m[3]]})
		}
	}
	return out
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// clause is the last clause of a text, without blanks.
func clause(s string) string { return prose.Squeeze(s[prose.LastBreak(s):]) }
