package sentence

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/prose"
)

// Formulas are what a text reckons itself: 3台×0.5万元=1.5万元, 10万元+5万元=15万元, 50人×200元/人，共1万元.

// sign is what a mark does in a formula.
type sign int

const (
	plainWords sign = iota // names and units beside numbers
	value                  // a number
	plus
	minus
	times
	over
	equals
	opens
	closes
	stops // the formula does not reach beyond it
	vague // 7000至10000家: no one number
)

// mark is a part of a formula.
type mark struct {
	sign sign
	n    int // of a value: its index; of a stop, the character
	text string
}

// signs are the marks of one character.
func signOf(r rune) sign {
	switch r {
	case '+', '＋':
		return plus
	case '-', '－', '−':
		return minus
	case '×', '✕', '╳', '*', '＊', '⨯':
		return times
	case '÷':
		return over
	case '=', '＝':
		return equals
	case '(', '（':
		return opens
	case ')', '）':
		return closes
	case '，', ',', '。', '；', ';', '：', ':', '、', '\n', '！', '？', '|':
		return stops
	}
	return plainWords
}

// reckons reports whether a text may hold a formula at all.
func reckons(s string) bool {
	return strings.ContainsAny(s, "=＝×✕╳*＊⨯") || strings.Contains(s, "乘") || strings.Contains(s, "等于")
}

// starred writes the letter x between a number with its unit and a number as the mark that it stands for, in as many bytes.
func starred(s string) string {
	if !strings.ContainsAny(s, "xX") {
		return s
	}
	out := []byte(s)
	for i := range out {
		if out[i] != 'x' && out[i] != 'X' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], " "))
		after := strings.TrimLeft(s[i+1:], " ")
		if after != "" && after[0] >= '0' && after[0] <= '9' && (unicode.IsDigit(before) || strings.ContainsRune("元台套件个家户人辆次项处块期月天年份批名场间条日班㎡米%％)）", before)) {
			out[i] = '*'
		}
	}
	return string(out)
}

// marks cuts a text into the parts of formulas.
func (p *Passage) marks() []mark {
	var out []mark
	s, k := starred(p.Text), 0
	add := func(m mark) {
		if n := len(out); m.sign == plainWords && n > 0 && out[n-1].sign == plainWords {
			out[n-1].text += m.text
			return
		}
		out = append(out, m)
	}
	for i := 0; i < len(s); {
		if k < len(p.Numbers) && i >= p.Numbers[k].Start {
			if n := len(out); strings.HasPrefix(p.Numbers[k].Literal, "-") && n > 0 && (out[n-1].sign == value || out[n-1].sign == plainWords || out[n-1].sign == closes) {
				add(mark{sign: minus})
			}
			add(mark{sign: value, n: k})
			i = max(p.Numbers[k].End, i+1)
			k++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		m := mark{sign: signOf(r), n: int(r), text: s[i : i+size]}
		rest := strings.TrimLeft(s[i+size:], " ")
		number := rest != "" && rest[0] >= '0' && rest[0] <= '9'
		switch {
		case strings.HasPrefix(s[i:], "乘以"):
			m.sign, size = times, len("乘以")
		case r == '乘' && number:
			m.sign = times
		case strings.HasPrefix(s[i:], "等于"):
			m.sign, size = equals, len("等于")
		case strings.ContainsRune("~～—–至到或/／≥≤<>＜＞", r) && number:
			m.sign = vague
		case unicode.IsSpace(r) && r != '\n':
			i += size
			continue
		}
		add(m)
		i += size
	}
	return annotated(out)
}

// annotated takes brackets with words alone, （套）, for words.
func annotated(list []mark) []mark {
	var out []mark
	for i := 0; i < len(list); i++ {
		if list[i].sign == opens && i+2 < len(list) && list[i+1].sign == plainWords && list[i+2].sign == closes {
			out = append(out, mark{sign: plainWords, text: list[i+1].text})
			i += 2
			continue
		}
		out = append(out, list[i])
	}
	return out
}

// reckoned is what a formula or a part of it comes to.
type reckoned struct {
	value   *big.Rat
	money   int // how many amounts are multiplied: 1 for money, 0 for a plain number
	numbers []int
	signs   int
	rough   bool
}

// formula reads marks from left to right.
type formula struct {
	*Passage
	list []mark
	at   int
}

func (f *formula) next() sign {
	if f.at < len(f.list) {
		return f.list[f.at].sign
	}
	return stops
}

// words goes over the words beside a number.
func (f *formula) words(x *reckoned) {
	for f.next() == plainWords {
		x.rough = x.rough || strings.Contains(f.list[f.at].text, "约") || strings.Contains(f.list[f.at].text, "左右")
		f.at++
	}
}

func (f *formula) sum() (reckoned, bool) {
	x, ok := f.product()
	for ok && (f.next() == plus || f.next() == minus) {
		less := f.next() == minus
		f.at++
		y, fine := f.product()
		if !fine || y.money != x.money {
			return x, false
		}
		if less {
			y.value.Neg(y.value)
		}
		x.value.Add(x.value, y.value)
		x.take(&y)
	}
	return x, ok
}

func (x *reckoned) take(y *reckoned) {
	x.numbers = append(x.numbers, y.numbers...)
	x.signs += y.signs + 1
	x.rough = x.rough || y.rough
}

func (f *formula) product() (reckoned, bool) {
	x, ok := f.factor()
	for ok && (f.next() == times || f.next() == over) {
		by := f.next() == over
		f.at++
		y, fine := f.factor()
		switch {
		case !fine || by && y.value.Sign() == 0:
			return x, false
		case by:
			x.value.Quo(x.value, y.value)
			x.money -= y.money
		default:
			x.value.Mul(x.value, y.value)
			x.money += y.money
		}
		x.take(&y)
	}
	return x, ok
}

func (f *formula) factor() (reckoned, bool) {
	var x reckoned
	f.words(&x)
	switch f.next() {
	case value:
		rough := x.rough
		x = f.number(f.list[f.at].n)
		x.rough = x.rough || rough
		f.at++
	case opens:
		f.at++
		y, ok := f.sum()
		if !ok || f.next() != closes {
			return x, false
		}
		y.rough = y.rough || x.rough
		x = y
		f.at++
	default:
		return x, false
	}
	f.words(&x)
	return x, true
}

// number is one number with what its unit makes of it: 2万人, 5千元, 30%.
func (f *formula) number(i int) reckoned {
	n := &f.Numbers[i]
	x := reckoned{value: rat(n), numbers: []int{i}, rough: n.rough}
	switch n.Kind {
	case prose.Amount:
		x.money = 1
	case prose.Percentage:
		x.value.Quo(x.value, big.NewRat(100, 1))
	case prose.Plain:
		rest := strings.TrimLeft(f.Text[n.End:], " ")
		for _, m := range [...]struct {
			word string
			zero int
		}{{"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}} {
			if strings.HasPrefix(rest, m.word) {
				x.value.Mul(x.value, power(m.zero))
				if strings.HasPrefix(rest[len(m.word):], "元") {
					x.money = 1
				}
			}
		}
	}
	return x
}
