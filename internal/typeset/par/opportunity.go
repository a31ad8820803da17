package par

import "strings"

// Costs of breaks that are possible but unwelcome, on the scale of line costs: 1,000 is about a line whose characters
// stand 32 thousandths of an em apart.
const (
	costUnit   = 200_000   // between a number and its unit: 4,671.85|万元; rather that than a line at costWide
	costInUnit = 1_600_000 // within the unit of a number: 万|元
	raggedPart = 40        // the part of these that counts in ragged text, whose lines cost far less

	costOrdinal  = 4000 // 第|3
	costDate     = 400  // 2026年|2月
	costDay      = 1200 // 2月|10日
	costNumbered = 1200 // （2）|改造 within a paragraph
	costMiddot   = 200
	costRange    = 1200 // 2025～|2027
	costDash     = 300  // before ——
	costOperator = 300  // 互联网+|政务
	costSign     = 3000 // 互联网|+政务
	costHyphen   = 400  // state-|owned
	costEllipses = 2000 // between …… and ……
	costPath     = 600  // after / within an address
	costAddress  = 1500 // after . - and the like there
	costChain    = 3000 // after the / of 教育/卫生/文化, which no line holds
	costAnywhere = 9000 // within a word that fits no line otherwise
)

// partsUnit reports whether that is the cost of a break between a number and its unit, or within one.
func partsUnit(cost int32) bool { return cost == costUnit || cost == costInUnit }

// longWord is the width, in em, beyond which a word of letters counts as breakable.
const longWord = 8

// opportunities sets the cost of breaking before each atom of a segment.
func (s segment) opportunities() {
	seg := s.atoms
	last, run := -1, 0 // the odd atom before; how many dashes end there
	for _, at := range s.odd {
		i := int(at)
		a := &seg[i]
		if a.class == mark {
			a.cost = forbidden
			continue
		}
		l := s.before(i)
		if l != last {
			run = 0
		}
		if l >= 0 {
			a.cost = breakCost(seg, l, i, run)
		}
		switch {
		case a.class != dash:
			run = 0
		case l >= 0 && seg[l].r == a.r:
			run++
		default:
			run = 1
		}
		if r := s.after(i); r < len(seg) && seg[r].class == han {
			seg[r].cost = breakCost(seg, i, r, run)
		}
		last = i
	}
	if first := s.after(-1); first < len(seg) {
		seg[first].cost = forbidden
	}
	s.keepNumbers()
	keepEnumerator(seg)
}

// keepNumbers ties numbers to their units, and those of items and documents to what they belong to.
func (s segment) keepNumbers() {
	seg := s.atoms
	for _, at := range s.odd {
		i := int(at) + 1
		if i == len(seg) {
			break
		}
		switch l := &seg[at]; {
		case l.r == '〔':
			keepIssuer(seg, int(at))
		case l.class == digit:
			if seg[i].class == han {
				keepUnit(seg, i)
			}
		case (l.r == '）' || l.r == ')' || circled(l.r)) && numbers(seg, int(at)):
			seg[i].cost = max(seg[i].cost, costNumbered)
		}
	}
}

// breakCost prices a break between the characters at l and i; run counts the dashes that end at l.
func breakCost(seg []atom, at, i, run int) int32 {
	l, r := &seg[at], &seg[i]
	if r.class.in(notFirst) || l.class.in(notLast) {
		return forbidden
	}
	switch r.hint {
	case mayBreak:
		if r.class == digit && (l.class == digit || l.class == point) { // numbers stay whole all the same
			return forbidden
		}
		return 0
	case mustNotBreak:
		return forbidden
	}
	if l.r == '：' && r.class == digit && at > 0 && seg[at-1].class == digit { // 8：30
		return forbidden
	}
	if l.class.inWord() && r.class.inWord() {
		if l.r == '-' && hyphenated(seg, at) {
			return costHyphen
		}
		return forbidden
	}
	if l.class == space && at > 0 {
		before := seg[at-1].class
		if before == operator && r.class == digit || before == digit && measures(seg[i:]) { // ≤ 35, 35 μg/m³
			return costUnit
		}
	}
	return l.costTo(r, run)
}

// costTo prices a break between two characters that are no forbidden pair by class.
func (l *atom) costTo(r *atom, run int) int32 {
	switch {
	case l.class == dash && r.class == dash && l.r == r.r:
		if run%2 == 1 {
			return forbidden
		}
		return costEllipses
	case l.r == '．' && r.class == digit, l.r == '〕' && r.class == digit: // １．５, 〔2022〕5号
		return forbidden
	case l.class == middot:
		return costMiddot
	case l.class == connector:
		return costRange
	case r.class == dash:
		return costDash
	case r.class == operator:
		return costSign
	case l.class == operator:
		return costOperator
	case r.class == digit && l.class == han:
		switch l.r {
		case '年':
			return costDate
		case '月':
			return costDay
		case '第':
			return costOrdinal
		}
	case l.r == '%' && strings.ContainsRune("以左的", r.r):
		return costDate
	}
	return 0
}

// hyphenated reports whether the hyphen at i stands between two stretches of three letters or more.
func hyphenated(seg []atom, i int) bool {
	if i < 3 || i+3 >= len(seg) {
		return false
	}
	for k := 1; k <= 3; k++ {
		if seg[i-k].class != letter || seg[i+k].class != letter {
			return false
		}
	}
	return true
}

// keepUnit ties the characters from i on to the number before them as far as they name what it counts.
func keepUnit(seg []atom, i int) {
	n := unitLength(seg[i:])
	for k := range n {
		c := &seg[i+k].cost
		switch {
		case *c == forbidden:
		case seg[i].r == '号': // a number that is a name
			*c = forbidden
		case k == 0:
			*c = costUnit
		default:
			*c = costInUnit
		}
	}
}

// keepIssuer ties the number of an official document, 〔2024〕3号 from the bracket at i on, to the short name of who issued it:
// 国发, 鄂财预发. How far that reaches is certain only where a mark stands before it; else it is two characters.
func keepIssuer(seg []atom, i int) {
	const longest = 6
	from := i
	for from > 0 && i-from <= longest && seg[from-1].class == han {
		from--
	}
	if i-from > longest || from == 0 {
		from = max(from, i-2)
	}
	for k := from + 1; k <= i; k++ {
		if seg[k].cost != forbidden {
			seg[k].cost = costUnit
		}
	}
}

// freeUnits takes back what keeps numbers with their units.
func (s segment) freeUnits() {
	for _, at := range s.odd {
		for i := int(at); i < len(s.atoms) && i < int(at)+4; i++ {
			if partsUnit(s.atoms[i].cost) {
				s.atoms[i].cost = 0
			}
		}
	}
}

// unitLength is the length of the unit that a text begins with, 0 if there is none: at most a power of ten and a word.
func unitLength(seg []atom) int {
	n := 0
	for n < len(seg) && n < 2 && (seg[n].r == '百' || seg[n].r == '千' || seg[n].r == '万' || seg[n].r == '亿') {
		n++
	}
	rest := seg[n:]
	for _, u := range units {
		k := 0
		for k < len(u) && k < len(rest) && rest[k].r == u[k] {
			k++
		}
		if k == len(u) {
			return n + k
		}
	}
	return n
}

// units are words for what a number counts, a longer one before its beginning.
var units = func() (out [][]rune) {
	for _, u := range strings.Fields("平方公里 平方米 立方米 公里 公斤 公顷 小时 分钟 个月 人次 周年 元 年 月 日 号 时 分 秒 件 人 个 次 名 位 户 " +
		"标段 家 台 套 辆 组 批 岁 倍 米 吨 里 份 种 项 所 条 栋 间 处 点 亩 天 座 张 册 期 场 类 层 级") {
		out = append(out, []rune(u))
	}
	return out
}()

// symbols are units as Latin text writes them, behind a blank.
var symbols = func() map[string]bool {
	out := map[string]bool{}
	for _, u := range strings.Fields("m km dm cm mm μm µm nm hm ha L l dL mL ml t kg g mg μg µg ng s ms min h d K mol mmol Pa kPa MPa " +
		"W kW MW GW kWh V kV A mA J kJ MJ N kN Hz kHz MHz GHz dB Bq Sv lm lx ppm ppb bit kB KB MB GB TB PB bps kbps Mbps Gbps") {
		out[u] = true
	}
	return out
}()

// measures reports whether a text begins with the symbol of a unit: μg of μg/m³.
func measures(seg []atom) bool {
	const longest = 4
	var b strings.Builder
	for i := 0; i < len(seg) && seg[i].class == letter; i++ {
		if i == longest {
			return false
		}
		b.WriteRune(seg[i].r)
	}
	return symbols[b.String()]
}

// circled reports whether a character is a number in a circle, ① to ⑳.
func circled(r rune) bool { return r >= '①' && r <= '⑳' }

// numeral reports whether a character is part of the number of a paragraph or an item.
func (a *atom) numeral() bool {
	switch a.r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百':
		return true
	}
	return a.class == digit
}

// numbers reports whether the character at i ends the number of an item within a paragraph: ；（2）… , ①… .
func numbers(seg []atom, i int) bool {
	if circled(seg[i].r) {
		return true
	}
	k := i - 1
	for k >= 0 && k >= i-3 && seg[k].numeral() {
		k--
	}
	if k < 1 || k == i-1 || seg[k].r != '（' && seg[k].r != '(' {
		return false
	}
	switch seg[k-1].class {
	case comma, stop, point, space, ideoSpace:
		return true
	}
	return false
}

// keepEnumerator ties the number of a paragraph to the first character after it: （一）本… , 一、本… , 1. 本… , ①本… . Its
// marks and blanks are neither squeezed nor stretched, so that the numbers of successive paragraphs look alike.
func keepEnumerator(seg []atom) {
	i, numbered := 0, false
	if len(seg) > 0 && (seg[0].r == '（' || seg[0].r == '(') {
		i++
	}
	for i < len(seg) && i < 6 && seg[i].numeral() {
		i++
		numbered = true
	}
	switch {
	case numbered && i < len(seg) && strings.ContainsRune("）)、.．", seg[i].r):
	case i == 0 && len(seg) > 0 && circled(seg[0].r):
	default:
		return
	}
	for i++; i < len(seg) && (seg[i].class == space || seg[i].class == ideoSpace); i++ {
	}
	for j := range seg[:i] {
		seg[j].slack, seg[j].reach, seg[j].elastic = 0, 0, false
	}
	if i < len(seg) {
		seg[i].cost, seg[i].elastic = forbidden, false
	}
}

// openLongWords gives words of more than limit places to break, and addresses of more than eight em. Nothing but that
// could keep such a word within the measure; numbers stay whole all the same. The first word has less room. It reports
// whether a word of up to eight em is open.
func (s segment) openLongWords(m sums, first, limit int64) (parted bool) {
	end := 0
	for _, at := range s.odd {
		if int(at) < end {
			continue
		}
		var start int
		start, end = s.word(int(at))
		room := limit
		if start == 0 {
			room = first
		}
		word := s.atoms[start:end]
		if len(word) > 1 && m[end].width-m[start].width > min(room, longWord*int64(word[0].size)) { // or else it is short enough
			switch width := m.line(s.atoms, start, end).width; {
			case width > room:
				openWord(word, true)
				parted = parted || width <= longWord*int64(word[0].size)
			case width > longWord*int64(word[0].size):
				openWord(word, false)
			}
		}
	}
	return parted
}

// word is the stretch around the atom at i that no line may part.
func (s segment) word(i int) (start, end int) {
	start, end = i, i+1
	for start > 0 && s.atoms[start].cost == forbidden {
		start--
	}
	for end < len(s.atoms) && s.atoms[end].cost == forbidden {
		end++
	}
	return start, end
}

// openWord opens an address after its marks; anywhere opens whatever may be opened at all.
func openWord(word []atom, anywhere bool) {
	letters := 0 // numbers and the like are no words
	for i := range word {
		if word[i].class == letter {
			letters++
		}
	}
	for i := 1; i < len(word); i++ {
		if c := openCost(word, i, letters >= 4); c < costAnywhere || anywhere && c < forbidden {
			word[i].cost = c
		}
	}
}

// openCost prices a break within a word that is too long.
func openCost(word []atom, i int, letters bool) int32 {
	l, r := &word[i-1], &word[i]
	if l.hint == mustNotBreak || r.hint == mustNotBreak {
		return forbidden
	}
	if r.class.in(notFirst | 1<<mark) {
		return forbidden
	}
	inWords := l.class.inWord() && r.class.inWord()
	switch {
	case l.class == solidus && !inWords:
		return costChain + costAnywhere
	case l.class == bracket, l.class == prefix, l.class == digit && r.class == digit, !inWords:
		return forbidden
	case l.class == point && i >= 2 && word[i-2].class == digit && r.class == digit: // 3.14
		return forbidden
	case !letters: // telephone numbers and the like
		if l.class == solidus || l.r == '-' {
			return costChain + costAnywhere
		}
		return forbidden
	case l.class == solidus:
		return costPath
	case strings.ContainsRune("-_.?&=:@,;", l.r):
		return costAddress
	case i < 2 || i+1 >= len(word) || word[i-2].class != l.class || word[i+1].class != r.class:
		return costAnywhere * 2 // a letter would stand alone
	}
	return costAnywhere
}
