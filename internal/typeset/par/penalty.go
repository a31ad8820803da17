package par

import (
	"strings"

	"yusuan/internal/typeset/linebreak"
	"yusuan/internal/typeset/unit"
)

// Penalties of breaks that are possible but unwelcome. On the scale of linebreak, n thousandths of an em between all
// characters of a line cost about 0.9·n²: 5,000 is a line set 75 thousandths apart.
const (
	costUnit     = 5_000      // between a number and its unit: 4,671.85|万元
	costInUnit   = 5_000      // within the unit of a number: 万|元
	costDate     = 1_000      // 2026年|2月
	costRange    = 3_000      // 2025～|2027
	costMark     = 500        // after · and before ——, …… and 〔
	costHyphen   = 3_000      // after the hyphen of a compound
	costAddress  = 3_000      // after / . - and the like of a long address
	costAnywhere = 20_000_000 // within a word that fits no line otherwise
	costOrphan   = 20_000     // a last line of one character (孤字)
	costShort    = 300        // a last line of two
)

// units are the characters that begin the unit of a number.
const units = "万亿千百元角分年月日号时项件人个次名位户家台套辆组批岁倍平米公吨亩里份种所条栋间处点"

// penalty is the cost of breaking between l and a.
func (p *pairing) penalty(a *atom) int64 {
	l := p.l
	switch {
	case p.deny, noStart.has(a.class), noEnd.has(l.class):
		return linebreak.Never
	case p.allow:
		return 0
	case p.blanks > 0:
		if p.afterNumber(a) || l.class == digit && a.class == letter {
			return costUnit
		}
		return 0
	case inWord.has(l.class) && inWord.has(a.class):
		if l.r == '-' && l.class == letter && a.class == letter && p.ll != nil && p.ll.class == letter {
			return costHyphen
		}
		return linebreak.Never
	case l.class == dash && a.class == dash:
		return linebreak.Never
	case l.class == middot, a.class == dash, a.r == '〔':
		return costMark
	case l.class == connector:
		return costRange
	}
	return p.numberPenalty(a)
}

// afterNumber reports whether a begins the unit of a number that ends with l.
func (p *pairing) afterNumber(a *atom) bool {
	return p.l.class == digit && a.class == han && strings.ContainsRune(units, a.r)
}

// numberPenalty keeps numbers with what they count or belong to.
func (p *pairing) numberPenalty(a *atom) int64 {
	l := p.l
	afterDigit := p.ll != nil && p.ll.class == digit
	switch {
	case a.class == digit && l.r == '〕': // 〔2022〕5号
		return linebreak.Never
	case l.class == digit && a.r == '号':
		return linebreak.Never
	case p.afterNumber(a), a.class == digit && l.r == '第':
		return costUnit
	case afterDigit && a.class == digit && (l.r == '年' || l.r == '月'):
		return costDate
	case afterDigit && (l.r == '万' || l.r == '亿' || l.r == '平' || l.r == '公') && a.class == han && strings.ContainsRune("元件户人吨台个次亩方里", a.r):
		return costInUnit
	}
	return 0
}

// keepEnumerator ties the number of a paragraph to the first character after it: （一）本… , 一、本… , 1. 本… . Its marks
// are neither squeezed nor stretched, so that the numbers of successive paragraphs look alike.
func keepEnumerator(seg []atom, items []linebreak.Item) {
	i, numbered := 0, false
	if i < len(seg) && (seg[i].r == '（' || seg[i].r == '(') {
		i++
	}
	for i < len(seg) && i < 6 && (seg[i].class == digit || strings.ContainsRune("一二三四五六七八九十百", seg[i].r)) {
		i++
		numbered = true
	}
	switch {
	case numbered && i < len(seg) && strings.ContainsRune("）)、.．", seg[i].r):
	case i == 0 && len(seg) > 0 && seg[0].r >= '①' && seg[0].r <= '⑳':
	default:
		return
	}
	for i++; i < len(seg) && (seg[i].class == blank || weightless.has(seg[i].class)); i++ {
	}
	for j := range min(i+1, len(seg)) {
		items[j].Penalty, items[j].Shrink, items[j].Stretch = linebreak.Never, 0, 0
		seg[j].rank, seg[j].elastic = rankNone, false
	}
}

// priceLastLine makes a last line of one character dear (孤字不成行). Marks are not counted.
func priceLastLine(seg []atom, items []linebreak.Item) {
	n := 0
	for i := len(seg) - 1; i > 0 && n < 2; i-- {
		if c := seg[i].class; weightless.has(c) || fullMarks.has(c) || c == blank || c == point {
			continue
		}
		if n++; items[i].Penalty < linebreak.Never {
			items[i].Penalty += [...]int64{1: costOrphan, 2: costShort}[n]
		}
	}
}

// longWord is the width, in em, from which on a word of letters may be broken.
const longWord = 8

// openWords gives long words places to break: after the marks of addresses; between any two letters, too, when the
// word is wider than limit. Numbers are never opened.
func openWords(seg []atom, items []linebreak.Item, limit unit.Length) {
	var width, letters int64
	start := 0
	for i := range seg {
		a := &seg[i]
		if i == 0 || !weightless.has(a.class) && (items[i].Penalty < linebreak.Never || !inWord.has(a.class) || items[i].Glue > 0) {
			openWord(seg[start:i], items[start:i], width, letters, limit)
			start, width, letters = i, 0, 0
		}
		width += items[i].Width
		if a.class == letter {
			letters++
		}
	}
	openWord(seg[start:], items[start:], width, letters, limit)
}

func openWord(seg []atom, items []linebreak.Item, width, letters int64, limit unit.Length) {
	if letters < 4 || width <= int64(seg[0].size)*longWord && width <= int64(limit) {
		return
	}
	anywhere := width > int64(limit)
	for i := 1; i < len(seg); i++ {
		l, r := &seg[i-1], &seg[i]
		switch {
		case !inWord.has(l.class) || !inWord.has(r.class) || noEnd.has(l.class) && l.class != solidus || noStart.has(r.class):
		case l.class == digit && r.class == digit:
		case strings.ContainsRune("/-_.?&=:@", l.r):
			items[i].Penalty = costAddress
		case anywhere:
			items[i].Penalty = costAnywhere
		}
	}
}
