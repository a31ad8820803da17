package par

import "strings"

// Costs of breaks that are possible but unwelcome, on the scale of line costs: 1,000 is about a line whose characters
// stand 32 thousandths of an em apart.
const (
	costUnit     = 2500 // between a number and its unit: 4,671.85|万元
	costInUnit   = 2500 // within the unit of a number: 万|元
	costDate     = 400  // 2026年|2月
	costMiddot   = 200
	costRange    = 1200 // 2025～|2027
	costOpen     = 300  // before an opening mark that belongs to the name before it: 国发|〔
	costDash     = 300  // before ——
	costURL      = 600  // after / - . within a long word
	costAnywhere = 6000 // within a word that fits no line otherwise
)

// opportunities sets the cost of breaking before each atom of one segment (no forced breaks in it).
func opportunities(seg []atom) {
	for i := range seg {
		seg[i].cost = forbidden
		if i > 0 {
			seg[i].cost = cost(seg, i)
		}
	}
	keepEnumerator(seg)
}

// units are the characters that name what a number counts.
const units = "万亿千百元角分年月日号时项件人个次名位户家台套辆组批岁倍平米吨里份种所条栋间处点%"

func cost(seg []atom, i int) int32 {
	l, r := &seg[i-1], &seg[i]
	switch r.class { // never first on a line (GB/T 15834-2011 §5.1)
	case closer, comma, stop, middot, solidus, tilde, suffix, mark, space, ideoSpace:
		return forbidden
	}
	switch l.class { // never last on a line
	case opener, bracket, prefix:
		return forbidden
	case solidus:
		return forbidden
	case dash:
		if r.class == dash {
			return forbidden
		}
	case middot:
		return costMiddot
	case tilde:
		return costRange
	}
	if inWord(l.class) && inWord(r.class) {
		return forbidden
	}
	switch {
	case r.class == dash:
		return costDash
	case l.class == closer && l.r == '〕' && r.class == digit: // 〔2022〕5号
		return forbidden
	case r.r == '〔':
		return costOpen
	case r.class == han && (l.class == digit || l.class == suffix && l.r != '²') && strings.ContainsRune(units, r.r):
		if r.r == '号' {
			return forbidden
		}
		return costUnit
	case r.class == han && l.class == han && i >= 2 && strings.ContainsRune("万亿", l.r) && strings.ContainsRune("元件户人", r.r) && seg[i-2].class == digit:
		return costInUnit
	case r.class == digit && l.class == han && strings.ContainsRune("年月", l.r):
		return costDate
	}
	return 0
}

// keepEnumerator ties the number of a paragraph to the first character after it: （一）本… , 一、本… , 1. 本… . Its marks are
// not squeezed, so that the numbers of successive paragraphs look alike.
func keepEnumerator(seg []atom) {
	i, numbered := 0, false
	if i < len(seg) && (seg[i].r == '（' || seg[i].r == '(') {
		i++
	}
	for i < len(seg) && i < 6 && (seg[i].class == digit || strings.ContainsRune("一二三四五六七八九十百", seg[i].r)) {
		i++
		numbered = true
	}
	if !numbered || i >= len(seg) || !strings.ContainsRune("）)、.．", seg[i].r) {
		return
	}
	for j := range seg[:i+1] {
		seg[j].slack = 0
	}
	for i++; i < len(seg) && (seg[i].class == space || seg[i].class == ideoSpace); i++ {
		seg[i].cost = forbidden
	}
	if i < len(seg) {
		seg[i].cost = forbidden
	}
}

// openLongWords gives words that fit no line of the measure places to break: after the marks of addresses first, then
// anywhere between letters. Numbers are never opened.
func openLongWords(seg []atom, s *sums, measure int64) {
	for start := 0; start < len(seg); {
		end := start + 1
		for end < len(seg) && seg[end].cost == forbidden {
			end++
		}
		if s.natural(seg, start, end) > measure {
			openWord(seg[start:end])
		}
		start = end
	}
}

func openWord(word []atom) {
	letters := 0
	for i := range word {
		if word[i].class == letter {
			letters++
		}
	}
	if letters < 4 {
		return
	}
	for i := 1; i < len(word); i++ {
		l, r := &word[i-1], &word[i]
		if !inWord(l.class) || !inWord(r.class) || r.class == mark || r.class == point || r.class == suffix || l.class == bracket || l.class == prefix {
			continue
		}
		switch {
		case l.class == digit && r.class == digit:
		case strings.ContainsRune("/-_.?&=:@", l.r):
			word[i].cost = costURL
		case r.class == solidus:
		default:
			word[i].cost = costAnywhere
		}
	}
}
