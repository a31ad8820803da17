package sentence

import (
	"strings"
	"unicode/utf8"

	"yusuan/internal/prose"
)

// number says what a number is from what was said before it.
func (r *reader) number(t token) {
	n := &r.Numbers[t.n]
	switch n.Kind {
	case prose.Year:
		r.yearSaid(t)
		return
	case prose.Percentage:
		r.percentage(t.n)
	case prose.Amount:
		r.amount(t.n)
	default:
		r.bare(t.n)
	}
	end := max(n.End, t.End)
	if n.Kind == prose.Plain && n.Measure != "" {
		end = r.behindMeasure(end)
	}
	r.fresh(end)
	if r.than != nil {
		r.than.open = false
	}
}

// How a year is named.
type yearUse int

const (
	saidYear     yearUse = iota // 2026年预算
	comparedYear                // 比2025年
	datedYear                   // 2025年12月31日, 2024年起
	asOfYear                    // 截至2025年12月31日
	moneyYear                   // of this year or the last: 2025年执行数为
	presentYear                 // of this year: 2026年部门预算安排
)

type namedYear struct {
	number int
	use    yearUse
}

func (r *reader) yearSaid(t token) {
	n := &r.Numbers[t.n]
	n.Role = Year
	n.BaseYear = yearOf(n)
	use := saidYear
	switch c := r.next(n.End); {
	case strings.ContainsRune("0123456789起至-—–~—底末初来前后内间以之", c) && c != 0 && !strings.HasPrefix(r.Text[n.End:], "初预算"):
		use = datedYear
	case n.BaseYear == 0:
		n.Role = Count // 3年
		return
	}
	if strings.HasPrefix(r.Text[n.End:], "计划") || strings.HasPrefix(r.Text[n.End:], "拟") || strings.HasPrefix(r.Text[n.End:], "预计") {
		use = datedYear
	}
	head := strings.TrimRight(r.Text[max(n.Start-24, 0):n.Start], " ")
	if strings.HasSuffix(head, "截至") || strings.HasSuffix(head, "截止") {
		use = asOfYear
	} else if before, _ := utf8.DecodeLastRuneInString(head); strings.ContainsRune("-—–~－至到", before) {
		use = datedYear
	}
	r.years = append(r.years, namedYear{t.n, use})
	if use == saidYear {
		r.lead.year, r.spoken = t.n, n.BaseYear
		ahead := r.Text[n.End:min(n.End+36, len(r.Text))]
		if i := strings.Index(ahead, "预算"); i >= 0 && !strings.ContainsAny(ahead[:i], "，。；\n") {
			r.years[len(r.years)-1].use = moneyYear
		}
	}
}

// use says what the year of this lead is named for.
func (r *reader) use(u yearUse) {
	for k := len(r.years) - 1; k >= 0 && r.lead.year != none && r.years[k].number >= r.lead.year; k-- {
		if r.years[k].number == r.lead.year && r.years[k].use != presentYear {
			r.years[k].use = u
		}
	}
}

// former reports whether what is said is of a year before the document's: 2025年执行数为.
func (r *reader) former() (year int, ok bool) {
	l := &r.lead
	if l.last {
		return 0, true
	}
	if l.year == none {
		return 0, false
	}
	y := r.Numbers[l.year].BaseYear
	return y, r.year > 0 && y < r.year && y > 1900
}

// name is the subject of what the lead says up to an offset.
func (r *reader) name(to int) int {
	year := Span{}
	if r.lead.year != none {
		year = Span{r.Numbers[r.lead.year].Start, r.Numbers[r.lead.year].End}
	}
	if r.lead.start >= to {
		return none
	}
	return r.subject(Span{r.lead.start, to}, year)
}

// amount reads a sum of money.
func (r *reader) amount(i int) {
	n := &r.Numbers[i]
	l := &r.lead
	before := r.Text[l.start:n.Start]
	switch {
	case r.bounded(n.Start) || limitBehind(r.Text[n.End:]):
		n.Role = Limit
	case n.Rate != "" || l.price || l.to > 0 && r.source == none && i > 0 && r.Numbers[i-1].Role == Price:
		n.Role, n.Subject = Price, r.name(n.Start)
	case l.to > 0:
		r.risen(i)
	case r.than != nil && r.than.open && !l.says && (bare(strings.Trim(squeezed(before), "的（(")) || r.verbNext()):
		r.lastOf(i, r.sum, r.than.base, r.than.year)
	case r.changeOfRow(i):
		r.changedRow(i)
	case l.says && r.changes(i):
	case l.from > 0 && beginsFrom(r.Text[l.from:n.Start]):
		r.source = i
		n.Role, n.Subject, n.Base = Last, r.name(l.from-len("由")), l.base
		r.use(datedYear)
	default:
		r.money(i)
	}
	r.lastAmount = i
}

// beginsFrom reports whether what stands between 由 and an amount says only of when it is: 由上年的, 由2025年的.
func beginsFrom(s string) bool {
	s = strings.TrimLeft(squeezed(s), "0123456789")
	for _, w := range []string{"上年度", "上年", "去年", "年度", "年"} {
		s = strings.TrimPrefix(s, w)
	}
	return bare(strings.Trim(s, "的")) || filled(s)
}

// verbNext reports whether a word of more or less follows the number that is read: 比上年可比口径A万元增加.
func (r *reader) verbNext() bool {
	if r.i >= len(r.toks) {
		return false
	}
	switch r.toks[r.i].class {
	case up, down, either, flat:
		return true
	}
	return false
}

func limitBehind(s string) bool {
	s = strings.TrimLeft(s, " 　")
	for _, w := range []string{"（含）", "(含)", "（含", "(含"} {
		s = strings.TrimPrefix(s, w)
	}
	for _, w := range []string{"以上", "以下", "以内", "之内", "及以上", "及以下", "起", "）以上"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func (r *reader) lastOf(i, of int, b Base, year int) {
	n := &r.Numbers[i]
	n.Role, n.Base, n.BaseYear, n.Of = Last, b, year, of
	if of != none {
		n.Subject = r.Numbers[of].Subject
	}
}

// risen reads B of 由A万元增加到B万元.
func (r *reader) risen(i int) {
	if r.source != none {
		s := &r.Numbers[r.source]
		s.Of, s.Role = i, Last
	}
	n, way, verb := &r.Numbers[i], r.lead.way, r.lead.verb
	subject := none
	if r.source != none {
		subject = r.Numbers[r.source].Subject
	} else if r.sum != none {
		subject = r.Numbers[r.sum].Subject
	}
	n.Role, n.Subject = Sum, subject
	n.Sign, n.SignAt = way, verb.Span
	if r.source != none {
		r.sum, r.change = i, none
	}
	r.source = none
}

// changes reads 增加X万元 and 增加基本支出X万元; false where the verb belongs to other words.
func (r *reader) changes(i int) bool {
	n, l := &r.Numbers[i], &r.lead
	between := r.Text[l.verb.End:n.Start]
	direct := filled(between)
	if rest, ok := strings.CutPrefix(squeezed(between), "上年"); ok && bare(rest) { // 小于上年预算数
		direct, r.than = true, &comparison{base: l.base}
	}
	if !direct && (len(between) > 150 || r.than == nil && !r.reason || strings.ContainsAny(between, "，。")) {
		return false
	}
	n.Role, n.Sign, n.SignAt = Change, l.way, l.verb.Span
	if r.than != nil {
		n.Base, n.BaseYear = r.than.base, r.than.year
	}
	if direct && r.changesAdded(i) {
		return true
	}
	if direct && len(r.moved) < mostSums {
		r.moved = append(r.moved, i)
	}
	if r.reason && !r.net {
		n.Subject, n.Why = r.partOfReason(direct, n.Start), true
		r.reasons = append(r.reasons, i)
		return true
	}
	if r.sum == none {
		n.Subject, r.alone = r.apart(l.verb.Start), i
		return true
	}
	if direct && r.change != none && !r.net {
		if other := r.nameOther(l.verb.Start); other != none {
			n.Subject = other
			r.parts = append(r.parts, i)
			return true
		}
	}
	n.Of, n.Subject = r.sum, r.Numbers[r.sum].Subject
	if !r.net {
		r.change = i
	}
	return true
}

// apart is whose change is said where no sum is: 公务接待费比上年减少5万元.
func (r *reader) apart(to int) int {
	if named := r.name(to); named != none || r.than == nil || r.than.of.End <= r.than.of.Start {
		return named
	}
	year := Span{}
	if y := r.than.said; y != none {
		year = Span{r.Numbers[y].Start, r.Numbers[y].End}
	}
	return r.subject(r.than.of, year)
}

// nameOther is whose change is said where it is not that of the last sum: 其中：基本支出减少5万元.
func (r *reader) nameOther(to int) int {
	named := r.name(to)
	name, of := core(r.said(named)), core(r.said(r.Numbers[r.sum].Subject))
	for _, w := range []string{"净", "实际", "同比", "总体", "共", "各"} {
		name = strings.TrimPrefix(name, w)
	}
	if name == "" || name == of || of != "" && (strings.HasSuffix(of, name) || strings.HasSuffix(name, of)) {
		return none
	}
	return named
}

// partOfReason is whose change a reason tells.
func (r *reader) partOfReason(direct bool, to int) int {
	if direct {
		return r.name(r.lead.verb.Start)
	}
	return r.subject(Span{r.lead.verb.End, to}, Span{})
}

// money reads what a subject comes to, this year or last.
func (r *reader) money(i int) {
	n, l := &r.Numbers[i], &r.lead
	year, former := r.former()
	named := r.name(n.Start)
	if former && (l.base != NoBase || named == none) && !r.reason {
		of := none
		if len(r.sums) > 0 && named == none {
			of = r.sum
		}
		r.lastOf(i, of, l.base, year)
		if named != none {
			n.Subject = named
		}
		r.use(moneyYear)
		if of == none {
			r.pending = i
			r.formerly[i] = l.year
		}
		return
	}
	r.use(moneyYear)
	n.Role, n.Subject = Sum, named
	if named == none {
		switch {
		case r.pending != none:
			n.Subject = r.Numbers[r.pending].Subject
		case len(r.sums) > 0:
			n.Subject = r.Numbers[r.sums[len(r.sums)-1]].Subject
		case r.sum != none && r.lead.start > 0:
			n.Subject = r.Numbers[r.sum].Subject
		}
	}
	inRow := r.joined(i, i+1) || r.joined(i-1, i) && r.Numbers[i-1].Role == Sum
	if inRow {
		n.Subject = r.rowName(i)
	}
	r.thisYearOf(i, named)
	r.sum, r.change = i, none
	if l.total && (named == none || several(r.said(named))) && (r.totalled(i) || r.addedUp(i)) {
		return
	}
	r.sums = append(r.sums, i)
	r.part(i, named != none || inRow)
}

// thisYearOf joins what was said of last year with what is said of this one.
func (r *reader) thisYearOf(i, named int) {
	if r.pending == none {
		return
	}
	l := &r.Numbers[r.pending]
	if named != none && l.Subject != none && r.lead.year == none && core(r.said(named)) != core(r.said(l.Subject)) {
		return
	}
	if l.Subject == none {
		l.Subject = r.Numbers[i].Subject
	}
	l.Of, r.pending = i, none
}

// percentage reads a share, a rate or an aim.
func (r *reader) percentage(i int) {
	n, l := &r.Numbers[i], &r.lead
	n.rough = l.rough || begins(r.Text[n.End:], "左右", "多", "以上")
	switch {
	case r.bounded(n.Start) || limitBehind(r.Text[n.End:]):
		n.Role = Target
	case r.inRow(i):
		r.row(i)
	case l.shared:
		r.shareSaid(i)
	case l.says && filled(r.Text[l.verb.End:n.Start]):
		r.rate(i)
		n.Sign, n.SignAt = l.way, l.verb.Span
	case r.change != none && r.lastAmount == r.change && filled(r.Text[l.start:n.Start]) && n.Start-r.Numbers[r.change].End <= 9:
		r.rate(i)
	default:
		n.Role, n.Subject = Target, r.name(n.Start)
	}
}

func (r *reader) rate(i int) {
	n := &r.Numbers[i]
	n.Role = Rate
	if r.than != nil {
		n.Base, n.BaseYear = r.than.base, r.than.year
	}
	switch part := len(r.reasons) - 1; {
	case r.reason && !r.net && part >= 0 && r.lastAmount == r.reasons[part] && filled(r.Text[r.lead.start:r.lead.verb.Start]):
		n.Of, n.Subject = r.lastAmount, r.Numbers[r.lastAmount].Subject
	case r.reason && !r.net:
		n.Subject, n.Why, r.unsaid = r.name(r.lead.verb.Start), true, true
		r.rates = append(r.rates, i)
	case r.change != none:
		n.Of, n.Subject = r.change, r.Numbers[r.change].Subject
	case r.sum != none:
		n.Of, n.Subject = r.sum, r.Numbers[r.sum].Subject
	case r.alone != none && r.lastAmount == r.alone:
		n.Of, n.Subject = r.alone, r.Numbers[r.alone].Subject
	default:
		n.Subject = r.apart(r.lead.verb.Start)
	}
}

// shareSaid reads 占 … 的P%.
func (r *reader) shareSaid(i int) {
	n, l := &r.Numbers[i], &r.lead
	n.Role = Share
	what := strings.TrimSuffix(strings.TrimSpace(r.Text[l.share.End:n.Start]), "为")
	for _, w := range []string{"的比重", "的比例", "比重", "比例", "的百分比", "比"} {
		if strings.HasSuffix(what, w) {
			what = strings.TrimSuffix(what, w)
			break
		}
	}
	if what = strings.TrimSuffix(strings.TrimSpace(what), "的"); what != "" && what != "约" {
		start := l.share.End + strings.Index(r.Text[l.share.End:n.Start], what)
		n.WholeSubject = r.subject(Span{start, start + len(what)}, Span{})
	}
	if l.start < l.share.Start && strings.TrimSpace(r.Text[l.start:l.share.Start]) != "" {
		n.Subject = r.name(l.share.Start) // 人员经费占60%
	}
	if n.Subject == none && len(r.sums) > 0 {
		n.Of, n.Subject = r.sum, r.Numbers[r.sum].Subject
	}
}
