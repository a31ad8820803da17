package sentence

import (
	"strings"
	"unicode/utf8"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// Read reads a passage: the text below one heading. year is the document's, 0 where it is not known.
func Read(text string, year int) *Passage {
	p := &Passage{Text: text, Numbers: numbersOf(text), year: year}
	r := &reader{Passage: p, toks: p.tokens(), sum: none, change: none, item: none, seen: none, formerly: map[int]int{}}
	r.startSentence()
	for r.i < len(r.toks) {
		t := r.toks[r.i]
		r.i++
		r.step(t)
	}
	r.endSentence()
	r.closeTo(0)
	r.shares()
	r.lonely()
	p.lasts = map[int][]int{}
	for i := range p.Numbers {
		if n := &p.Numbers[i]; n.Role == Last && n.Of != none {
			p.lasts[n.Of] = append(p.lasts[n.Of], i)
		}
	}
	p.chooseSums()
	p.changesOfLists()
	p.reserved()
	p.slips(r.toks)
	return p
}

const none = -1

// reader goes through the words of a passage from left to right, and knows what was said last.
type reader struct {
	*Passage
	toks []token
	i    int

	lead   lead
	seen   int   // the last number
	sum    int   // what was said last to come to something
	change int   // and by how much it differs from last year's, none before that is said
	alone  int   // the last change of what is not told to come to anything, none
	moved  []int // the changes of this sentence, each of a name

	sums       []int // of this sentence
	counts     []int
	than       *comparison
	depth      int     // of brackets
	asides     []aside // within each other
	reason     bool    // what is said now is why
	net        bool    // the reasons are told and summed up
	reasons    []int
	rates      []int       // of the reasons
	parts      []int       // changes of other names behind a change: 其中基本支出减少5万元
	unsaid     bool        // a reason tells no amount
	pending    int         // a Last whose Sum is still to come
	source     int         // 由A万元: where a change begins
	formerly   map[int]int // the year of a Last whose Sum was not said
	rowAt      Span        // the names of a row of amounts
	spoken     int         // the last year that the sentence named
	lastAmount int         // the last number of money in the sentence, whatever its role

	frames []frame
	closed []int // lists by level that ended before their items did
	item   int   // the first sum of this item
	loose  bool  // this line has no level
	ended  class // the mark before this token, plain for none
}

// comparison is 比上年预算 and the like.
type comparison struct {
	base Base
	year int
	open bool // its words are not over
	of   Span // what stands before its words: 公务接待费
	said int  // a year within that, none
}

// lead is what was said since the last number or mark.
type lead struct {
	start  int
	verb   token // the last word of more and less
	way    int
	says   bool // there is a verb
	share  Span
	shared bool
	to     int
	price  bool
	bound  int // behind 不超过; 0 for none
	total  bool
	all    bool
	last   bool // 上年
	base   Base
	year   int // index of a Year, none
	from   int // behind 由; 0 for none
	rough  bool
}

func (r *reader) fresh(start int) { r.lead = lead{start: start, year: none} }

func (r *reader) startSentence() {
	start := 0
	if r.i > 0 {
		start = r.toks[r.i-1].End
	}
	r.fresh(start)
	r.than, r.reason, r.net, r.reasons, r.unsaid = nil, false, false, nil, false
	r.counts, r.rates, r.spoken = nil, nil, 0
	r.sums, r.pending, r.source, r.lastAmount = nil, none, none, none
	r.alone, r.moved = none, nil
}

// step reads one token.
func (r *reader) step(t token) {
	switch t.class {
	case level:
		r.level(t)
		r.fresh(t.End)
	case comma, colon, pause:
		r.clause(t)
	case half:
		r.clause(t)
		r.than, r.reason, r.net = nil, false, false
		r.halfStop()
	case full, line:
		r.endSentence()
		r.depth, r.asides = 0, nil
		if t.class == line {
			r.newLine()
		} else {
			r.fullStop()
		}
		r.startSentence()
	case title:
		r.quoted()
	case opening, closing:
		r.bracket(t)
	case number:
		r.seen = t.n
		r.number(t)
	default:
		r.word(t)
	}
	if t.class != line && (t.class != plain || strings.TrimSpace(r.Text[t.Start:t.End]) != "") {
		r.ended = t.class
	}
}

// clause ends what is said at ，：、. A pause within a name ends nothing: 收、支预算总计.
func (r *reader) clause(t token) {
	between := r.Text[r.lead.start:t.Start]
	if t.class == pause && strings.TrimSpace(between) != "" && !r.reason {
		return
	}
	if t.class == colon {
		r.introduced(t)
	} else if t.class == comma {
		r.within(Span{r.lead.start, t.Start})
	}
	year, last := r.lead.year, r.lead.last
	r.fresh(t.End)
	if t.class == comma && strings.TrimSpace(between) != "" {
		r.lead.year, r.lead.last = year, last
	}
	if r.than != nil {
		r.than.open = false
	}
}

// quoted passes over titles and the like: 《…》, 〔2024〕.
func (r *reader) quoted() {
	const longest = 80
	for k := r.i; k < len(r.toks) && k < r.i+longest && r.toks[k].class != line; k++ {
		if r.toks[k].class != untitle {
			continue
		}
		for ; r.i <= k; r.i++ {
			if t := r.toks[r.i]; t.class == number {
				r.Numbers[t.n].Role = Ordinal
			}
		}
		return
	}
}

// word reads what is no number and no mark.
func (r *reader) word(t token) {
	l := &r.lead
	switch t.class {
	case than:
		r.compare(t)
	case compared:
		if r.than != nil && r.than.open {
			r.than.open, l.start = false, t.End
		} else if r.Text[t.Start:t.End] == "同比" {
			r.than = &comparison{}
			l.start = t.End
		}
	case up, down, either:
		l.verb, l.says, l.way = t, true, map[class]int{up: 1, down: -1}[t.class]
	case upTo, downTo:
		l.verb, l.to, l.way = t, t.End, map[class]int{upTo: 1, downTo: -1}[t.class]
	case flat:
		r.same(t)
	case share:
		l.share, l.shared = t.Span, true
	case among, holds, use:
		r.opens(t)
	case reason:
		r.reason, r.net = true, false
		l.start, l.says = t.End, false
	case net:
		r.net = true
		l.start, l.says = t.End, false
	case lastYear:
		l.last = !r.carriedNext()
	case budget, spent, settled:
		b := map[class]Base{budget: Budget, spent: Execution, settled: Final}[t.class]
		l.base = max(b, l.base)
		if r.than != nil && r.than.open {
			r.than.base = max(b, r.than.base)
		}
	case from:
		l.from = t.End
	case bound:
		l.bound = t.End
	default:
		r.flag(t.class)
	}
}

func (r *reader) flag(c class) {
	l := &r.lead
	switch c {
	case price:
		l.price = true
	case total:
		l.total = true
	case all:
		l.all = true
	case roughly:
		l.rough = true
	case besides:
		r.closeTo(0)
	}
}

// carriedNext reports whether 结转 or 结余 follows: 上年结转 is a name.
func (r *reader) carriedNext() bool {
	for k := r.i; k < len(r.toks) && k < r.i+3; k++ {
		if r.toks[k].class == carried {
			return true
		}
	}
	return false
}

// compare reads 比上年预算 from its first word on; what no year follows is part of a name.
func (r *reader) compare(t token) {
	k := r.i
	for k < len(r.toks) && r.toks[k].class == plain && strings.TrimSpace(r.Text[r.toks[k].Start:r.toks[k].End]) == "" {
		k++
	}
	if k >= len(r.toks) {
		return
	}
	c := &comparison{open: true, of: Span{r.lead.start, t.Start}, said: r.lead.year}
	switch y := r.toks[k]; {
	case y.class == lastYear:
	case y.class == number && r.Numbers[y.n].Kind == prose.Year:
		n := &r.Numbers[y.n]
		n.Role, c.year = Year, yearOf(n)
		use := comparedYear
		if c.year != 0 && c.year == r.spoken-1 && r.spoken < r.year { // 2024年执行率为98%，比2023年提高
			use = datedYear
		}
		r.years = append(r.years, namedYear{y.n, use})
	default:
		return
	}
	r.than, r.i = c, k+1
	r.fresh(r.toks[k].End)
}

// yearOf is the year that a number names, 0 where it is none.
func yearOf(n *Number) int {
	if len(n.Literal) != 4 {
		return 0
	}
	y := 0
	for _, d := range n.Literal {
		if d < '0' || d > '9' {
			return 0
		}
		y = y*10 + int(d-'0')
	}
	return y
}

// same reads 与上年持平.
func (r *reader) same(t token) {
	of := []int{r.sum}
	if r.lead.all && len(r.sums) > 1 && len(r.sums) < mostSums {
		of = r.sums
	}
	defer r.fresh(t.End)
	if r.than == nil && !r.lead.last || r.reason || r.change != none && r.sum != none && r.nameOther(t.Start) != none {
		return
	}
	for _, n := range of {
		if n != none {
			x := Same{Span: t.Span, Of: n}
			if r.than != nil {
				x.Base, x.BaseYear = r.than.base, r.than.year
			}
			r.Same = append(r.Same, x)
		}
	}
}

// endSentence gathers what only the end of a sentence shows.
func (r *reader) endSentence() {
	if len(r.rates) == 1 && len(r.reasons) == 0 && r.change != none {
		if r.why == nil {
			r.why = map[int][]int{}
		}
		r.why[r.change] = append(r.why[r.change], r.rates[0])
	}
	if len(r.parts) > 1 && r.change != none {
		r.Lists = append(r.Lists, List{Whole: r.change, Parts: r.parts, Open: true, loose: true, Role: Change})
	}
	r.parts = nil
	r.changesWithin()
	if len(r.reasons) > 0 && r.change != none {
		r.Lists = append(r.Lists, List{Whole: r.change, Parts: r.reasons, Open: !r.net || r.unsaid || len(r.reasons) < 2, loose: true, Role: Change})
	}
}

// lonely finds budgets of years past with no amount of this year beside them: the year is likely to be wrong.
func (r *reader) lonely() {
	past := map[int]bool{}
	for i, y := range r.formerly {
		n := &r.Numbers[i]
		past[y] = past[y] || n.Of == none && n.Base == Budget
	}
	for k := range r.years {
		if past[r.years[k].number] {
			r.years[k].use = presentYear
		}
	}
}

// filled is the text right before a number without what may stand between a verb and its amount.
func filled(s string) bool {
	s = strings.Trim(squeezed(s), "了额数约共计各为：（是达近将")
	for _, w := range []string{"预算", "支出", "金额", "幅度", "比例", "经费", "共计", "大约", "资金", "幅", "部门", "本年", "财政拨款", "同比"} {
		s = strings.TrimPrefix(s, w)
	}
	return strings.Trim(s, "了额数约共计各为：（是达近") == ""
}

// unitless makes an amount of a number that has no unit: the passage's other amounts are in 万元.
func (n *Number) unitless(u money.Unit) {
	n.Kind, n.Unit = prose.Amount, u
	n.Value = n.In(u)
}

// next is the first character behind an offset that is no blank.
func (p *Passage) next(at int) rune {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(p.Text[at:min(at+16, len(p.Text))], " \u00a0\u3000"))
	return c
}
