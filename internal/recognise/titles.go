package recognise

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/money"
	"yusuan/internal/read/paper"
)

// What stands above a table: what numbers it, its title, who made it, the unit of its amounts; each on a line of its own or several
// on one.

const hanNumerals = "一二三四五六七八九十百"

// title is what stands above a table.
type title struct {
	number    string
	lines     []titleLine // what is none of the others: the title, perhaps broken, and what stands over it
	left      string
	name      string // in left
	unit      money.Unit
	unitSaid  bool
	unitAt    paper.Place
	foreign   string // a unit that is none of ours
	continued bool
	size      int // characters of all of it
}

type titleLine struct {
	text string // tidy
	at   paper.Place
}

var (
	unitWords = regexp.MustCompile(`\(?(?:金额|计量|货币)?单位[::]?(?:人民币)?((?:百|千|万|十万|百万|亿)?元)\)?`)
	madeBy    = regexp.MustCompile(`^(?:编制|填报|预算|公开|主管)*(?:部门|单位)(?:\((?:单位|部门|公章|盖章)\))?(?:名称)?:(.*)$`)
	codeOf    = regexp.MustCompile(`(?:部门|单位|预算)(?:代码|编码):?([0-9]{3,12})`)
	yearWords = regexp.MustCompile(`(?:19|20)[0-9]{2}年度?`)
)

// titleOf reads the lines above a table.
func titleOf(lines []paper.Paragraph) (t title) {
	for i := range lines {
		at := placeOf(&lines[i])
		for piece := range strings.FieldsFuncSeq(lines[i].Text, func(r rune) bool { return r == '\n' || r == '\t' }) {
			t.line(piece, at)
		}
	}
	return t
}

// placeOf is where a paragraph stands: its first piece, as wide as all of those on its page.
func placeOf(p *paper.Paragraph) (at paper.Place) {
	for i, s := range p.Spots {
		if i == 0 {
			at = s.At
		} else if s.At.Page == at.Page {
			at.Box = at.Box.Union(s.At.Box)
		}
	}
	return at
}

// line reads one line, or what is left of it.
func (t *title) line(s string, at paper.Place) {
	b := bare(s)
	t.size += len(b)
	if m := unitWords.FindStringSubmatchIndex(b); m != nil && endsThere(b[m[1]:]) {
		word := b[m[2]:m[3]]
		if u, ok := money.ParseUnit(word); ok {
			t.unit, t.unitSaid, t.unitAt = u, true, at
		} else {
			t.foreign, t.unitAt = word, at
		}
		s = cutBare(s, m[0], m[1])
		b = bare(s)
	}
	if m := madeBy.FindStringSubmatch(b); m != nil {
		t.left, t.name = tidy(s), m[1]
		return
	}
	if n, rest, ok := numbered(b); ok {
		if t.number == "" || rest == "" {
			t.number = n
		}
		s = cutBare(s, 0, len(b)-len(rest))
	}
	for _, word := range []string{"(续表)", "(续)", "续表"} {
		if b = bare(s); strings.HasPrefix(b, word) {
			t.continued, s = true, cutBare(s, 0, len(word))
			if n, rest, ok := numbered(bare(s)); ok {
				t.number, s = n, cutBare(s, 0, len(bare(s))-len(rest))
			}
		} else if strings.HasSuffix(b, word) {
			t.continued, s = true, cutBare(s, len(b)-len(word), len(b))
		}
	}
	if head, ok := numberBehind(bare(s)); ok {
		t.number = bare(s)[head:]
		s = cutBare(s, head, len(bare(s)))
	}
	if s = tidy(s); strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) { // the number of a page is no title
		t.lines = append(t.lines, titleLine{s, at})
	}
}

// endsThere reports whether a unit ends where the rest of its line begins: 单位：元 does, 单位：元氏县… does not.
func endsThere(rest string) bool {
	if rest == "" || madeBy.MatchString(rest) || yearWords.FindStringIndex(rest) != nil && yearWords.FindStringIndex(rest)[0] == 0 {
		return true
	}
	_, _, number := numbered(rest)
	return number || !wide([]rune(rest)[0])
}

// cutBare takes from a text what bytes from start to end of it bare are.
func cutBare(s string, start, end int) string {
	var out strings.Builder
	n := 0
	for _, r := range s {
		b := bare(string(r))
		if n < start || n >= end && n+len(b) > end || b == "" && n >= end {
			out.WriteRune(r)
		}
		n += len(b)
	}
	return out.String()
}

// numbered reads the number that a bare title begins with: 公开01表, 表5-1, 附表一, 2.11, 十二、. rest is what is behind it.
func numbered(s string) (number, rest string, ok bool) {
	rest = s
	sure := false
	for more := true; more; {
		more = false
		for _, word := range []string{"附件", "附", "公开", "部门", "单位", "预算", "表", "第"} {
			if after, cut := strings.CutPrefix(rest, word); cut {
				rest, more = after, true
				sure = sure || word == "表" || word == "附" || word == "附件"
			}
		}
	}
	inner, open := strings.CutPrefix(rest, "(")
	n := numeralLen(inner)
	if n == 0 {
		return "", s, false
	}
	rest, sure = inner[n:], sure || strings.ContainsAny(inner[:n], "-.")
	after, closed := strings.CutPrefix(rest, ")")
	if open != closed {
		return "", s, false
	}
	rest, sure = after, sure || open
	if after, cut := strings.CutPrefix(rest, "表"); cut {
		rest, sure = after, true
	}
	trimmed := strings.TrimLeft(rest, "、.:,-")
	if trimmed != rest {
		sure = true
	}
	if !sure {
		return "", s, false
	}
	return strings.TrimRight(s[:len(s)-len(rest)], ":"), trimmed, true
}

// numeralLen is how many bytes of a text are its number: 5-1, 2.11, 十二; 0 where it begins with none, or with a year.
func numeralLen(s string) int {
	n := 0
	for n < len(s) && isDigit(rune(s[n])) {
		n++
	}
	if n > 0 {
		if n > 3 {
			return 0
		}
		for n+1 < len(s) && (s[n] == '-' || s[n] == '.') && isDigit(rune(s[n+1])) {
			k := n + 1
			for k < len(s) && isDigit(rune(s[k])) {
				k++
			}
			if k-n > 3 {
				break // a year
			}
			n = k
		}
		return n
	}
	return hanLen(s)
}

// hanLen is how many bytes of a text are a number in Chinese, as long as it is one: 二十一; of 一一般 the first 一. What is a word
// that begins so is none: 一般, 三公.
func hanLen(s string) int {
	var run []rune
	for _, r := range s {
		if !strings.ContainsRune(hanNumerals, r) || len(run) == 4 {
			break
		}
		run = append(run, r)
	}
	for n := len(run); n > 0; n-- {
		word := string(run[:n])
		if rest := s[len(word):]; hanNumber(run[:n]) > 0 && !(run[n-1] == '一' && strings.HasPrefix(rest, "般")) && !(run[n-1] == '三' && strings.HasPrefix(rest, "公")) {
			return len(word)
		}
	}
	return 0
}

// hanNumber is the number below a hundred that numerals write, 0 for none.
func hanNumber(run []rune) int {
	digit := func(r rune) int { return (strings.Index("一二三四五六七八九", string(r)) + 3) / 3 } // 0 for what is none
	for _, r := range run {
		if !strings.ContainsRune(hanNumerals, r) {
			return 0
		}
	}
	switch s := string(run); {
	case len(run) == 1 && run[0] != '百':
		if run[0] == '十' {
			return 10
		}
		return digit(run[0])
	case len(run) == 2 && run[0] == '十' && !strings.ContainsAny(string(run[1]), "十百"):
		return 10 + digit(run[1])
	case len(run) == 2 && run[1] == '十' && !strings.ContainsAny(string(run[0]), "十百"):
		return digit(run[0]) * 10
	case len(run) == 3 && run[1] == '十' && !strings.ContainsAny(s[:3]+s[6:], "十百"):
		return digit(run[0])*10 + digit(run[2])
	}
	return 0
}

// numberBehind is where the number begins that a bare title ends with: 收支总表公开01表.
func numberBehind(s string) (at int, ok bool) {
	for _, word := range []string{"公开", "附表"} {
		if at = strings.LastIndex(s, word); at > 0 {
			if _, rest, ok := numbered(s[at:]); ok && rest == "" {
				return at, true
			}
		}
	}
	return 0, false
}

// numberKey is a number as numbers are compared, whatever stands around it: 公开01表 is 1, 表5-1 is 5-1, 附表十二 is 12.
func numberKey(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if isDigit(r) || r == '-' || r == '.' || strings.ContainsRune(hanNumerals, r) {
			return r
		}
		return ' '
	}, bare(s)), " -.")
	if n := hanNumber([]rune(s)); n > 0 {
		return strconv.Itoa(n)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '.' })
	for i, p := range parts {
		if n, err := strconv.Atoi(p); err == nil {
			parts[i] = strconv.Itoa(n)
		}
	}
	return strings.Join(parts, "-")
}

// neutral is a bare title without what is of one document only: the year, the name of the department.
func neutral(b string, names []string) string {
	b = yearWords.ReplaceAllString(b, "")
	for _, n := range names {
		if n != "" {
			b = strings.ReplaceAll(b, n, "")
		}
	}
	return b
}

// candidates are what may be the title: each of the last lines alone, and joined with those before it.
func (t *title) candidates() (out []titleLine) {
	n := len(t.lines)
	for from := max(0, n-4); from < n; from++ {
		joined := t.lines[from]
		out = append(out, joined)
		for k := from + 1; k < n; k++ {
			joined = titleLine{joined.text + t.lines[k].text, paper.Place{Page: joined.at.Page, Sheet: joined.at.Sheet, Cell: joined.at.Cell,
				Box: joined.at.Box.Union(t.lines[k].at.Box)}}
			out = append(out, joined)
		}
	}
	return out
}
