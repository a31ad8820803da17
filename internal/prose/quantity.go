// Package prose reads running Chinese text as far as rules need it: the numbers in it with their units, sentences and clauses,
// and what is said of more and less.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/money"
)

// Kind is what a number in running text says.
type Kind int

const (
	Plain  Kind = iota
	Amount      // of money
	Percentage
	Year
)

// Quantity is a number found in running text. Offsets are bytes of the text.
type Quantity struct {
	Start, End int // with its unit
	Kind       Kind
	Literal    string // digits and point, half-width, without commas; with the sign
	Value      money.Amount
	Unit       money.Unit // of amounts
	Places     int        // decimals
	Rate       string     // what the amount is for each of: 台, ㎡/月; "" for a sum
	Measure    string     // the word counted by a plain number: 台, 家
}

// In reads the literal in a unit.
func (q *Quantity) In(u money.Unit) money.Amount {
	a, err := money.Parse(q.Literal, u)
	if err != nil {
		return money.Amount{}
	}
	return a
}

// lastRune is the last character of s and its size; 1 for an empty s, so that offsets can step back.
func lastRune(s string) (rune, int) {
	r, n := utf8.DecodeLastRuneInString(s)
	return r, max(n, 1)
}

// digit maps digits, full-width ones too; -1 for all else.
func digit(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	return -1
}

// wideLead is the first byte of full-width digits.
const wideLead = 0xEF

// Quantities finds the numbers of a text with their units, from left to right. Numbers within words of letters
// (A4, 5G), and those in codes joined by hyphens, are left out.
func Quantities(s string) []Quantity {
	var out []Quantity
	for i := 0; i < len(s); {
		if s[i] != wideLead && (s[i] < '0' || s[i] > '9') {
			i++ // within other characters there are no such bytes
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if digit(r) < 0 {
			i += n
			continue
		}
		q, next := readNumber(s, i)
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[next:])
		i = next
		if IsLetter(before) || IsLetter(after) && q.Kind == Plain && q.Measure == "" || q.Literal == "" {
			continue
		}
		out = append(out, q)
	}
	if strings.ContainsAny(s, "×✕*＊=＝") {
		reckoned(s, out)
	}
	return out
}

// reckoned marks the amounts that stand in a product, or in a sum whose result follows: they are no sums of their own.
func reckoned(s string, list []Quantity) {
	for i := range list {
		q := &list[i]
		if q.Kind != Amount || q.Rate != "" {
			continue
		}
		behind := strings.TrimLeft(s[q.End:min(len(s), q.End+longestClause)], " ")
		if next := strings.IndexAny(behind, "，。；：、,;:\n"); next >= 0 {
			behind = behind[:next]
		}
		before := strings.TrimRight(s[:q.Start], " ")
		mark, _ := lastRune(before)
		factor := strings.ContainsRune("×✕*＊", mark) || startsWithAny(behind, "×✕*＊")
		addend := strings.ContainsAny(behind, "=＝") && (strings.ContainsRune("+＋", mark) || startsWithAny(behind, "+＋"))
		if factor || addend {
			q.Rate = "?"
		}
	}
}

func startsWithAny(s, marks string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(marks, r)
}

func IsLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// readNumber reads the number at i and the unit behind it; next is where reading goes on.
func readNumber(s string, i int) (q Quantity, next int) {
	q.Start = i
	literal, end, places := scanDigits(s, i)
	q.Literal, q.Places = literal, places
	if before, n := lastRune(s[:i]); (before == '-' || before == '－' || before == '−') && !PrecededByDigit(s[:i-min(n, i)]) {
		q.Literal, q.Start = "-"+literal, i-n
	}
	rest := strings.TrimLeft(s[end:], " \u00a0\u3000")
	blank := len(s) - end - len(rest)
	unit, size, kind := unitOf(rest)
	if kind == Plain && size == 0 {
		q.End = end
		q.Measure = measureOf(rest)
		q.Value = q.In(money.Yuan)
		return q, end
	}
	q.Kind, q.Unit, q.End = kind, unit, end+blank+size
	if kind == Amount {
		q.Value = q.In(unit)
		q.Rate = rateBehind(s[q.End:])
		if q.Rate == "" {
			q.Rate = rateBefore(s[:q.Start])
		}
	} else {
		q.Value = q.In(money.Yuan)
	}
	if len(strings.Trim(q.Literal, "-.0123456789")) > 0 || len(literal) > 24 {
		q.Literal = ""
	}
	return q, q.End
}

func PrecededByDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return digit(r) >= 0
}

// scanDigits reads digits with commas at every third and one point.
func scanDigits(s string, i int) (literal string, end, places int) {
	var sb strings.Builder
	point := false
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		switch d := digit(r); {
		case d >= 0:
			sb.WriteRune(d)
			if point {
				places++
			}
		case (r == '.' || r == '．') && !point && digit(next) >= 0:
			point = true
			sb.WriteByte('.')
		case (r == ',' || r == '，') && !point && digit(next) >= 0 && groupOfThree(s[i+n:]):
		default:
			return sb.String(), i, places
		}
		i += n
	}
	return sb.String(), i, places
}

// groupOfThree reports whether s begins with exactly three digits.
func groupOfThree(s string) bool {
	for k := range 4 {
		r, n := utf8.DecodeRuneInString(s)
		if (digit(r) >= 0) != (k < 3) {
			return false
		}
		s = s[n:]
	}
	return true
}

// units are the words behind a number that say what it is.
var units = [...]struct {
	word string
	unit money.Unit
	kind Kind
}{
	{"亿元", money.Yi, Amount}, {"万元", money.Wan, Amount}, {"元", money.Yuan, Amount},
	{"%", 0, Percentage}, {"％", 0, Percentage}, {"年度", 0, Year}, {"年", 0, Year},
}

// unitOf is the unit at the start of s.
func unitOf(s string) (u money.Unit, size int, kind Kind) {
	for _, x := range units {
		if strings.HasPrefix(s, x.word) {
			return x.unit, len(x.word), x.kind
		}
	}
	return 0, 0, Plain
}

// measures are the words that things are counted by and rates are given for.
var measures = [...]string{"平方米", "㎡", "m²", "m ²", "小时", "人次", "台", "套", "件", "个", "家", "户", "人", "辆", "次", "项", "处", "块", "期", "月", "天", "年", "份", "批"}

func measureOf(s string) string { return normalMeasure(MeasureOf(s)) }

// MeasureOf is the measure that s begins with, as it stands.
func MeasureOf(s string) string {
	for _, m := range measures {
		if strings.HasPrefix(s, m) {
			return m
		}
	}
	return ""
}

func normalMeasure(m string) string {
	if m == "平方米" || m == "m²" || m == "m ²" { // what is raised may stand apart
		return "㎡"
	}
	return m
}

// rateBehind reads /㎡/月 behind an amount.
func rateBehind(s string) string {
	var parts []string
	for s = strings.TrimLeft(s, " "); strings.HasPrefix(s, "/") || strings.HasPrefix(s, "／"); s = strings.TrimLeft(s, " ") {
		_, n := utf8.DecodeRuneInString(s)
		s = strings.TrimLeft(s[n:], " ")
		found := ""
		for _, m := range measures {
			if strings.HasPrefix(s, m) {
				found = m
				break
			}
		}
		if found == "" {
			return strings.Join(append(parts, "?"), "/")
		}
		parts = append(parts, normalMeasure(found))
		s = s[len(found):]
	}
	return strings.Join(parts, "/")
}

// rateBefore reads 每台每年 before an amount, within its clause.
func rateBefore(s string) string {
	clause := s[LastBreak(s):]
	i := strings.LastIndex(clause, "每")
	if i < 0 || utf8.RuneCountInString(clause[i:]) > 12 {
		return ""
	}
	if j := strings.LastIndex(clause[:i], "每"); j >= 0 && utf8.RuneCountInString(clause[j:i]) <= 4 {
		i = j
	}
	var parts []string
	for part := range strings.SplitSeq(clause[i:], "每") {
		if m := measureOf(part); m != "" {
			parts = append(parts, m)
		}
	}
	if len(parts) == 0 {
		return "?"
	}
	return strings.Join(parts, "/")
}

// longestClause bounds the look back for the start of a clause, in bytes: a text may be a megabyte without a mark.
const longestClause = 600

// LastBreak is where the last clause of s begins.
func LastBreak(s string) int {
	if from := len(s) - longestClause; from > 0 {
		for !utf8.RuneStart(s[from]) {
			from++
		}
		return from + LastBreak(s[from:])
	}
	i := strings.LastIndexFunc(s, func(r rune) bool { return strings.ContainsRune("，。；：、,;:\n（）()", r) })
	if i < 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return i + n
}

// Sentence is a stretch of text between full stops and line breaks.
type Sentence struct {
	Start, End int
}

// Sentences cuts a text at 。 ！ ？ and line breaks, and at ； when fine is true.
func Sentences(s string, fine bool) []Sentence {
	var out []Sentence
	start := 0
	for i, r := range s {
		if r == '。' || r == '\n' || r == '！' || r == '？' || fine && (r == '；' || r == ';') {
			end := i + utf8.RuneLen(r)
			out = append(out, Sentence{start, end})
			start = end
		}
	}
	if start < len(s) {
		out = append(out, Sentence{start, len(s)})
	}
	return out
}

// Squeeze drops blanks and unifies brackets, so that names can be compared.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '(':
			return '（'
		case r == ')':
			return '）'
		}
		return r
	}, s)
}

// Sums are the sums of money in 万元 or 亿元 in a text: not rates, and not the small change of unit prices.
func Sums(qs []Quantity) []Quantity {
	var out []Quantity
	for _, q := range qs {
		if q.Kind == Amount && q.Rate == "" && q.Unit != money.Yuan {
			out = append(out, q)
		}
	}
	return out
}

// SameAmount reports whether a quantity is a at the precision in which it is written.
func SameAmount(q *Quantity, a money.Amount) bool {
	return money.Format{Unit: q.Unit, Places: q.Places}.Round(a).Equal(q.Value)
}

// PointsApart is the difference between a printed percentage and the right one, in percentage points.
func PointsApart(q *Quantity, share string) string {
	want, err := money.Parse(share, money.Yuan)
	if err != nil {
		return ""
	}
	return money.Format{Places: 2}.Telling(q.Value, want).String(q.Value.Sub(want)) + "个百分点"
}
