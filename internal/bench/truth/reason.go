package main

import (
	"regexp"
	"strings"

	"yusuan/internal/prose"
	"yusuan/internal/recognise"
)

// Why nothing in a document tells that a number was changed. The list is closed.
const (
	typedOnce   = "typed once: no copy, sum, difference, ratio or last year stands behind it"
	unitPrice   = "a unit price"
	aLimit      = "a limit: 以上, 不超过"
	aTarget     = "an aim of performance, or text of a performance form"
	inRounding  = "the changed number goes as well with all that it hangs on, rounding allowed"
	inName      = "a year in the name of a plan, a project, a document"
	pastYear    = "a year that is neither the document's nor the one before"
	noLastYear  = "more or less than an amount that is printed nowhere"
	countedOnce = "a count that is given once"
	aLabel      = "a label in a drawing, which is no sentence"
	aloneUnit   = "the unit of a table none of whose numbers is printed elsewhere"
)

// relation is something that holds of a number as it is: whether it would of another value.
type relation func(v int64) bool

// reasons seeks why, by brute force over all numbers of a document and of last year's.
type reasons struct {
	x        *exam
	year     int64
	amounts  []int         // all of sort amount
	prior    []number      // amounts of last year's document
	passages map[int][]int // numbers of a passage in their order
	grids    map[int]*grid
}

func reasonsFor(x *exam, f *recognise.Found) *reasons {
	r := &reasons{x: x, year: int64(f.Year.Value), passages: map[int][]int{}, grids: map[int]*grid{}}
	for i := range x.numbers {
		n := &x.numbers[i]
		s := &x.sites[n.site]
		if n.sort == amount {
			r.amounts = append(r.amounts, i)
		}
		switch {
		case s.row < 0:
			r.passages[s.passage] = append(r.passages[s.passage], i)
		default:
			if r.grids[s.block] == nil {
				r.grids[s.block] = gridOf(x, s.block)
			}
			r.grids[s.block].add(i, n, s)
		}
	}
	if x.in.Last != nil {
		sites := lay(clone(x.in.Last), nil)
		for i := range sites {
			for _, unit := range []string{"万元", "元"} { // the unit of its tables was not sought
				for _, n := range numbersOf(&sites[i], unit) {
					if n.sort == amount && (unit == "万元" || n.unitStart == 0) {
						r.prior = append(r.prior, n)
					}
				}
			}
		}
	}
	return r
}

var (
	limits  = regexp.MustCompile(`以上|以下|以内|不超过|不低于|不高于|限额|最高|最低|不少于|起点`)
	prices  = regexp.MustCompile(`单价|每[^，。；]{0,8}$|标准`)
	targets = regexp.MustCompile(`[≥≤＞＜><]|满意度|达到|目标|完成率|不低于`)
	names   = regexp.MustCompile(`^[^，。；]{0,14}?(?:规划|计划|工程|办法|通知|批复|方案|意见|行动|专项|项目)`)
)

// why is the reason why nothing tells of a change, "" where something does.
func (r *reasons) why(c *change) string {
	n := &r.x.numbers[c.number]
	s := &r.x.sites[n.site]
	if s.drawn {
		return aLabel
	}
	switch n.sort {
	case year:
		return r.whyYear(n, s)
	case sign:
		return r.whySign(c.number, n, s)
	case unitWord:
		return r.whyUnit(n, s)
	}
	if n.sort == amount && s.row < 0 && strings.Contains(n.before, "单价") && limits.MatchString(n.after) {
		return aLimit // as a statute has it, wherever it is repeated
	}
	all := r.relations(c.number)
	if len(all) > 0 {
		for _, holds := range all {
			if !holds(c.value) {
				return ""
			}
		}
		return inRounding
	}
	text := s.text
	near := n.before + text[n.start:n.end] + n.after
	switch {
	case strings.HasPrefix(strings.TrimLeft(text[min(n.end, len(text)):], "万亿元 "), "/") || prices.MatchString(n.before) && n.sort == amount || strings.Contains(s.head, "单价"):
		return unitPrice
	case limits.MatchString(near):
		return aLimit
	case s.form && s.row >= 0 && !wholeNumber.MatchString(strings.TrimSpace(s.text)), targets.MatchString(near):
		return aTarget
	case n.sort == count:
		return countedOnce
	}
	return typedOnce
}

func (r *reasons) whyYear(n *number, s *site) string {
	front, back := s.text[:n.start], s.text[n.end:]
	open := strings.LastIndex(front, "《") > strings.LastIndex(front, "》") || strings.LastIndex(front, "“") > strings.LastIndex(front, "”")
	switch {
	case open || names.MatchString(back) || s.row >= 0 && s.body:
		return inName
	case r.year != 0 && n.value != r.year*10000 && n.value != (r.year-1)*10000:
		return pastYear
	}
	return ""
}

// whyUnit asks whether another table or a sentence prints a number of the table.
func (r *reasons) whyUnit(n *number, s *site) string {
	for _, i := range r.amounts {
		a := &r.x.numbers[i]
		if r.x.sites[a.site].block != s.block || !strong(a) {
			continue
		}
		for _, k := range r.amounts {
			b := &r.x.numbers[k]
			if r.x.sites[b.site].block != s.block && same(a, b, a.value) {
				return ""
			}
		}
	}
	return aloneUnit
}

// whySign asks whether the words for more and less hang on anything: an amount of last year, or the word for the rate beside it.
func (r *reasons) whySign(i int, n *number, s *site) string {
	if s.row >= 0 && turned[n.text] == "" {
		return r.whyMinus(i)
	}
	for _, k := range r.passages[s.passage] {
		o := &r.x.numbers[k]
		if o.site != n.site {
			continue
		}
		between := ""
		switch {
		case o.sort == sign && o.start > n.end:
			between = s.text[n.end:o.start]
		case o.sort == sign && o.end < n.start:
			between = s.text[o.end:n.start]
		case o.sort == amount && o.start >= n.end && strings.TrimSpace(s.text[n.end:o.start]) == "":
			if len(r.changes(k, o)) > 0 {
				return ""
			}
			continue
		default:
			continue
		}
		if strings.Count(between, "，") <= 1 && !strings.ContainsAny(between, "。；、") && len([]rune(between)) <= 16 && strings.ContainsAny(between, "0123456789") {
			return "" // 增加A万元，增长P%
		}
	}
	return noLastYear
}

// whyMinus asks whether a negative amount hangs on anything that it would not without its sign.
func (r *reasons) whyMinus(i int) string {
	n := r.x.numbers[i]
	for _, k := range r.amounts {
		if o := &r.x.numbers[k]; o.site == n.site && o.start == n.end {
			if len(r.relations(k)) > 0 {
				return ""
			}
		}
	}
	return typedOnce
}

// strong reports whether a number has so many digits that another like it is no chance.
func strong(n *number) bool {
	return len(strings.Trim(strings.ReplaceAll(strings.ReplaceAll(n.text, ",", ""), ".", ""), "0")) >= 3
}

// same reports whether an amount with that value is what another one prints, each as fine as it is.
func same(n, o *number, value int64) bool {
	coarser := max(n.last, o.last)
	diff := value - o.value
	return max(diff, -diff)*2 <= coarser && (n.last == o.last) == (diff == 0) || diff == 0
}

// alike reports whether two numbers bear one name: the row of the one among the words before the other, or words in common.
func (r *reasons) alike(n, o *number) bool {
	a, b := &r.x.sites[n.site], &r.x.sites[o.site]
	x, y := wordsOf(n, a), wordsOf(o, b)
	if a.row >= 0 && b.row < 0 {
		x, y, a, b = y, x, b, a
	}
	if b.row >= 0 {
		l := bare(b.label)
		if a.row >= 0 {
			return l != "" && a.words == b.words && !(a.form && b.form) && (n.value != 0 || leaf(a.head) == leaf(b.head)) // zeros are everywhere
		}
		return len([]rune(l)) >= 2 && strings.Contains(x, l)
	}
	return common(x, y, 4)
}

// leaf is the lowest of the heads of a column.
func leaf(head string) string { return head[strings.LastIndexByte(head, '/')+1:] }

// wordsOf are the words that a number is told of.
func wordsOf(n *number, s *site) string {
	if s.row >= 0 {
		return s.label
	}
	front := prose.Squeeze(s.text[:n.start])
	if r := []rune(front); len(r) > 40 {
		front = string(r[len(r)-40:])
	}
	return front
}

var leading = regexp.MustCompile(`^(?:[0-9.]+|[一二三四五六七八九十]+、|其中[：:]|[（(][一二三四五六七八九十0-9]+[）)])+`)

// bare is a label without what numbers it.
func bare(s string) string { return leading.ReplaceAllString(prose.Squeeze(s), "") }

// common reports whether two texts have so many characters in a row in common, none of them a digit.
func common(a, b string, most int) bool {
	r := []rune(a)
	for i := 0; i+most <= len(r); i++ {
		part := string(r[i : i+most])
		if !strings.ContainsAny(part, "0123456789.,，。；：、") && strings.Contains(b, part) {
			return true
		}
	}
	return false
}
