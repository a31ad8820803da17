package docx

import (
	"strconv"
	"strings"
)

// counted is a number as a list spells it; Word 2003 says the spelling by a number of its own.
func counted(n int, format string) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	switch format {
	case "none", "bullet", "23", "255":
		return ""
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting",
		"11", "33", "35", "37", "39":
		return chinese(n, "零一二三四五六七八九", "十百千万")
	case "ideographDigital", "japaneseDigitalTen", "10":
		return strings.Map(func(r rune) rune { return []rune("〇一二三四五六七八九")[r-'0'] }, strconv.Itoa(n))
	case "chineseLegalSimplified", "ideographLegalTraditional", "38", "34":
		return chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
	case "ideographTraditional", "30":
		return cycle(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac", "31":
		return cycle(n, "子丑寅卯辰巳午未申酉戌亥")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "18", "28":
		return enclosed(n, '①')
	case "decimalEnclosedParen", "26":
		return enclosed(n, '⑴')
	case "decimalEnclosedFullstop", "27":
		return enclosed(n, '⒈')
	case "decimalFullWidth", "decimalFullWidth2", "14":
		return wide(strconv.Itoa(n))
	case "decimalZero", "22":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman", "1":
		return roman(n)
	case "lowerRoman", "2":
		return strings.ToLower(roman(n))
	case "upperLetter", "3":
		return letter(n, 'A')
	case "lowerLetter", "4":
		return letter(n, 'a')
	}
	return strconv.Itoa(n)
}

// chinese is a number in Chinese words: 十二, 一百零三.
func chinese(n int, digits, units string) string {
	d, u := []rune(digits), []rune(units)
	if n >= 10_000*10_000 {
		return strconv.Itoa(n)
	}
	if n >= 10_000 {
		s := chinese(n/10_000, digits, units) + string(u[3])
		switch rest := n % 10_000; {
		case rest == 0:
			return s
		case rest < 1_000:
			return s + string(d[0]) + chinese(rest, digits, units)
		default:
			return s + chinese(rest, digits, units)
		}
	}
	if n == 0 {
		return string(d[0])
	}
	var b strings.Builder
	gap := false
	for i, power := range []int{1_000, 100, 10, 1} {
		x := n / power % 10
		switch {
		case x == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteRune(d[0])
			gap = false
		}
		if !(x == 1 && power == 10 && b.Len() == 0 && digits[:3] == "零" && d[1] == '一') {
			b.WriteRune(d[x])
		}
		if power > 1 {
			b.WriteRune(u[2-i])
		}
	}
	return b.String()
}

func cycle(n int, words string) string {
	w := []rune(words)
	if n < 1 || n > len(w) {
		return strconv.Itoa(n)
	}
	return string(w[n-1])
}

// enclosed is a number up to 20 that is one letter; the larger ones there are none of.
func enclosed(n int, one rune) string {
	if n < 1 || n > 20 {
		return strconv.Itoa(n)
	}
	return string(one + rune(n-1))
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

func roman(n int) string {
	if n < 1 || n > 4_000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, x := range []struct {
		value int
		word  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= x.value; n -= x.value {
			b.WriteString(x.word)
		}
	}
	return b.String()
}

// letter is A to Z, then AA to ZZ as Word has it.
func letter(n int, first rune) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}
