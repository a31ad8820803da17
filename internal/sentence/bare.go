package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// bare reads a number without a unit of money: a count, a date, or an amount that has lost its unit.
func (r *reader) bare(i int) {
	n := &r.Numbers[i]
	behind := r.Text[n.End:]
	prev, _ := utf8.DecodeLastRuneInString(strings.TrimRight(r.Text[:n.Start], " "))
	next := r.next(n.End)
	trimmed := strings.TrimLeft(behind, " ")
	switch {
	case r.dated(i, next), strings.ContainsRune("第表图", prev) || prev == '[' || prev == '〔' || prev == '［' || strings.ContainsRune("号届表图", next):
		n.Role = Ordinal
	case n.Places == 0 && strings.ContainsRune("-—–~－～至", next) && yearOf(n) > 1900:
		n.Role = Year
		r.years = append(r.years, namedYear{i, datedYear})
	case n.Measure == "" && (strings.HasPrefix(trimmed, "万") || strings.HasPrefix(trimmed, "亿")) && !endsWord(trimmed[len("万"):]):
		n.Role = Count // 3万盏
	case n.Measure == "" && (strings.HasPrefix(trimmed, "万") || strings.HasPrefix(trimmed, "亿")):
		u, size := money.Wan, len(behind)-len(trimmed)+len("万")
		if strings.HasPrefix(trimmed, "亿") {
			u = money.Yi
		}
		n.unitless(u)
		n.End += size
		if next = r.next(n.End); next != '万' && next != '亿' {
			r.slip(Span{n.Start, n.End}, UnitMissing, r.Text[n.Start:n.End]+"元")
		}
		r.amount(i)
	case r.bounded(n.Start) || limitBehind(trimmed) || n.Measure != "" && limitBehind(strings.TrimPrefix(trimmed, n.Measure)):
		n.Role = Limit
	case n.Measure != "":
		r.count(i)
	case r.lostUnit(i, next):
		n.unitless(money.Wan)
		if !n.Value.IsZero() {
			r.slip(Span{n.Start, n.End}, UnitMissing, r.Text[n.Start:n.End]+"万元")
		}
		r.amount(i)
	case strings.HasPrefix(trimmed, "个百分点") || strings.HasPrefix(trimmed, "百分点"):
		n.Role = Rate
	case n.Places == 0 && yearOf(n) > 1900 && yearOf(n) < 2200:
		n.Role = Year
		r.years = append(r.years, namedYear{i, datedYear})
	case len(n.Literal) >= 5 && n.Places == 0 || strings.ContainsRune("-—–~－～至.．、）)", next):
		n.Role = Ordinal
	}
}

// endsWord reports whether a word ends before s: what is counted in 万 has its measure behind it.
func endsWord(s string) bool {
	r, n := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	return n == 0 || !unicode.Is(unicode.Han, r) || begins(s, "左右", "以", "多", "余", "增", "减", "下降", "上升", "和", "万", "亿", "的", "与", "比", "较", "占", "用于", "安排")
}

// lostUnit reports whether a number without a unit is money by the words before it.
func (r *reader) lostUnit(i int, next rune) bool {
	n := &r.Numbers[i]
	if !strings.ContainsRune("，。；、）)\n", next) && next != utf8.RuneError {
		return false
	}
	before := squeezed(r.Text[r.lead.start:n.Start])
	if n.Places > 0 && (r.lead.says || r.lead.total) {
		return true
	}
	if n.Value.IsZero() && r.lead.last && (strings.HasSuffix(before, "上年为") || strings.HasSuffix(before, "上年数为")) {
		return true // 上年为0
	}
	for _, w := range []string{"为", "共计", "合计", "共", "安排", "是"} {
		before = strings.TrimSuffix(before, w)
	}
	for _, w := range []string{"费", "支出", "预算", "收入", "数", "资金", "金额", "拨款", "购置", "总额", "预算总计"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// dated reads 8月31日 and tells a date that there is not.
func (r *reader) dated(i int, next rune) bool {
	n := &r.Numbers[i]
	if next != '月' && next != '日' || n.Places > 0 || len(n.Literal) > 2 {
		return false
	}
	if next == '月' && strings.HasPrefix(strings.TrimLeft(r.Text[n.End:], " "), "月份") {
		return true
	}
	value := 0
	for _, d := range strings.TrimPrefix(n.Literal, "-") {
		value = value*10 + int(d-'0')
	}
	switch {
	case next == '月' && (value < 1 || value > 12):
		r.slip(Span{n.Start, n.End}, NoSuchDate, "")
	case next == '日' && i > 0 && r.next(r.Numbers[i-1].End) == '月' && (value < 1 || value > daysOf(&r.Numbers[i-1], i > 1 && yearOf(&r.Numbers[i-2])%4 == 0)):
		r.slip(Span{n.Start, n.End}, NoSuchDate, "")
	}
	return true
}

func daysOf(month *Number, leap bool) int {
	switch month.Literal {
	case "2", "02":
		if leap {
			return 29
		}
		return 28
	case "4", "6", "9", "11", "04", "06", "09":
		return 30
	}
	return 31
}

// count reads how many there are of something.
func (r *reader) count(i int) {
	n := &r.Numbers[i]
	n.Role = Count
	if r.lead.base == Budget {
		r.use(presentYear)
	}
	if n.Subject = r.counted(n); n.Subject == none {
		n.Subject = r.name(n.Start)
	}
	if r.lead.says && filled(r.Text[r.lead.verb.End:n.Start]) {
		n.Sign, n.SignAt = r.lead.way, r.lead.verb.Span
		return
	}
	if r.reason {
		return
	}
	r.counts = append(r.counts, i)
	r.part(i, n.Subject != none)
}

// bounded reports whether a word like 不超过 stands right before.
func (r *reader) bounded(start int) bool {
	return r.lead.bound > 0 && filled(r.Text[r.lead.bound:start])
}

// behindMeasure is the end of a number with its measure.
func (r *reader) behindMeasure(end int) int {
	rest := r.Text[end:]
	trimmed := strings.TrimLeft(rest, " ")
	for _, m := range [...]string{"台（套）", "台(套)", "平方米", "人次", "小时", measureOf(rest), prose.MeasureOf(trimmed)} {
		if m != "" && strings.HasPrefix(trimmed, m) {
			return end + len(rest) - len(trimmed) + len(m)
		}
	}
	return end
}

// counted is what stands behind a number and its measure, up to the next mark or number: 1家机关和.
func (r *reader) counted(n *Number) int {
	start := r.behindMeasure(n.End)
	end := start
	for k := r.i; k < len(r.toks) && k < r.i+8; k++ {
		t := r.toks[k]
		if t.class != plain && t.class != total {
			break
		}
		end = max(end, t.End)
	}
	text := r.Text[start:end]
	for _, w := range []string{"的", "预算", "财政", "没有", "安排", "进行", "开展", "实行", "共", "纳入", "组成"} {
		if i := strings.Index(text, w); i >= 0 {
			text = text[:i]
		}
	}
	const longest = 48
	if end <= start || len(text) > longest || strings.TrimSpace(text) == "" {
		return none
	}
	return r.subject(Span{start, start + len(text)}, Span{})
}
