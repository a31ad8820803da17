package leaves

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
)

// heard is what the sentences of a document say, read by the sentences that the pack prints.
type heard struct {
	texts   []keyed // by key
	amounts map[string]told
	before  map[string]told
	entries map[string][]told // duties, tasks, institutions
	assets  map[string][]asset
	date    told
	classes []classAmount // of procurement
	terms   []term
	rest    []remainder
}

type told struct {
	text   string
	amount money.Amount
	at     diag.Range
}

type keyed struct {
	key string
	told
}

type asset struct {
	name          string
	count, bought string
	at            diag.Range
}

type classAmount struct {
	class  string
	amount money.Amount
	at     diag.Range
}

// remainder is what of a section no sentence of the pack says.
type remainder struct {
	section string
	lines   []told
}

// listener holds the texts against the sentences.
type listener struct {
	f     *finder
	out   *heard
	texts []*heardText
}

// heardText is a section without blanks, and where its characters stand in the text as typed.
type heardText struct {
	stated *budget.StatedText
	title  string
	text   string
	at     []int
	taken  []bool
}

func (f *finder) listen() *heard {
	l := &listener{f: f, out: &heard{amounts: map[string]told{}, before: map[string]told{}, entries: map[string][]told{}, assets: map[string][]asset{}}}
	for i := range f.facts.StatedTexts {
		l.texts = append(l.texts, newHeardText(&f.facts.StatedTexts[i]))
	}
	sayings := f.Pack.Sayings()
	slices.SortStableFunc(sayings, func(a, b pack.Saying) int { // what has most words of its own goes first
		if d := boolInt(b.Firm >= firm) - boolInt(a.Firm >= firm); d != 0 || a.Firm >= firm {
			return d
		}
		return len(b.Pattern) - len(a.Pattern)
	})
	for i := range sayings {
		l.saying(&sayings[i])
	}
	l.figures()
	l.assets()
	l.glossary()
	for _, t := range l.texts {
		t.leave(l.out)
	}
	return l.out
}

// firm is how many letters of its own a sentence has that is known wherever it stands.
const firm = 4

func newHeardText(s *budget.StatedText) *heardText {
	t := &heardText{stated: s, title: squeeze(s.Section.V)}
	var b strings.Builder
	for i, r := range s.Text.V {
		if r == ' ' || r == '\u3000' || r == '\t' || r == '\r' {
			continue
		}
		b.WriteRune(r)
		for k := range utf8.RuneLen(r) {
			t.at = append(t.at, i+k)
		}
	}
	t.text = b.String()
	t.at = append(t.at, len(s.Text.V))
	t.taken = make([]bool, len(t.text))
	return t
}

func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "\u3000", "", "\t", "", "\r", "", "\n", "").Replace(s)
}

// known fills in what a pattern says of the document itself.
func (l *listener) known(pattern string) string {
	d := &l.f.facts.Department
	name := regexp.QuoteMeta(squeeze(d.Name.V))
	if d.ShortName.V != "" {
		name += "|" + regexp.QuoteMeta(squeeze(d.ShortName.V))
	}
	pattern = strings.ReplaceAll(pattern, "与"+pack.SaidLastYear, "(?:与|和|同|比|较)"+pack.SaidLastYear)
	return strings.NewReplacer(pack.SaidYear, itoa(d.Year.V), pack.SaidLastYear, itoa(d.Year.V-1), pack.SaidName, "(?:"+name+"|本部门|本单位)",
		pack.SaidEdition, "(?:部门|单位|)").Replace(pattern)
}

func (l *listener) saying(s *pack.Saying) {
	pattern := l.known(s.Pattern)
	if s.Firm < firm {
		pattern = "^(?:" + pattern + ")$"
	}
	re, err := regexp.Compile("(?m)" + pattern)
	if err != nil {
		return // too large a sentence
	}
	head, err := regexp.Compile("^(?:" + l.known(s.Heading) + ")(?:情况|说明)*$")
	if err != nil {
		return
	}
	any := false
	for _, t := range l.texts {
		if head.MatchString(t.title) || head.MatchString(schedule.Bare(t.title)) {
			any = l.match(t, re, s) || any
		}
	}
	for _, t := range l.texts {
		if any || s.Firm < firm {
			break
		}
		any = l.match(t, re, s)
	}
}

// match reads all places of a text that a sentence fits.
func (l *listener) match(t *heardText, re *regexp.Regexp, s *pack.Saying) bool {
	found := false
	for _, m := range re.FindAllStringSubmatchIndex(t.text, -1) {
		if m[0] == m[1] || slices.Contains(t.taken[m[0]:m[1]], true) {
			continue
		}
		if l.doubled(t, s.Holes, m) || !l.useful(t, s.Holes, m) {
			continue // another sentence: what it says has been said, or goes nowhere
		}
		found = true
		for i := m[0]; i < m[1]; i++ {
			t.taken[i] = true
		}
		l.holes(t, s.Holes, m)
	}
	return found
}

// doubled reports whether a text that a sentence would give is known already.
func (l *listener) doubled(t *heardText, holes []pack.Hole, m []int) bool {
	for i, h := range holes {
		if h.Kind == pack.HoleText && h.Of == "" && m[2*i+2] >= 0 && slices.ContainsFunc(l.out.texts, func(k keyed) bool { return k.key == h.Name && k.text != t.said(m[2*i+2], m[2*i+3]).text }) {
			return true
		}
	}
	return false
}

// useful reports whether something comes of a sentence, or the tables say it: of names alone only those that are known.
func (l *listener) useful(t *heardText, holes []pack.Hole, m []int) bool {
	names := true
	for i, h := range holes {
		if m[2*i+2] < 0 || h.Kind == pack.HoleSame {
			continue
		}
		if h.Kind == pack.HoleText && h.Of != "" && l.f.onlyProject(h.Of) == "" && !slices.ContainsFunc(holes, func(o pack.Hole) bool { return o.Kind == pack.HoleMember }) {
			return false // nobody knows whose it is
		}
		if h.Kind != pack.HoleMember {
			names = names && h.Kind == pack.HoleAmount && h.Name == ""
			continue
		}
		switch name := t.said(m[2*i+2], m[2*i+3]).text; h.Name {
		case "unit":
			names = names && !l.f.isUnit(name)
		case "project":
			names = names && l.f.owners[name] == ""
		default:
			names = names && l.member(h.Name, name) == ""
		}
	}
	return !names
}

// said is a stretch of a text as its author typed it.
func (t *heardText) said(from, to int) told {
	if from < 0 || from >= to {
		return told{}
	}
	a, b := t.at[from], t.at[to]
	return told{text: strings.TrimSpace(t.stated.Text.V[a:b]), at: t.stated.Text.Span(a, b)}
}

func (l *listener) holes(t *heardText, holes []pack.Hole, m []int) {
	var now told
	member, way := "", ""
	for i, h := range holes {
		from, to := m[2*i+2], m[2*i+3]
		if from < 0 {
			continue
		}
		x := t.said(from, to)
		switch h.Kind {
		case pack.HoleMember:
			member = l.member(h.Name, x.text)
		case pack.HoleWay:
			way = x.text
		case pack.HoleAmount, pack.HoleChange, pack.HoleSame, pack.HoleLast:
			if h.Kind == pack.HoleAmount && h.Name == "" {
				now = valued(x)
			}
			l.number(h, x, way, member, now)
		case pack.HoleText:
			l.text(h, x, member)
		case pack.HoleEntry:
			l.out.entries[h.Name] = append(l.out.entries[h.Name], x)
		case pack.HoleDate:
			if l.out.date.text == "" {
				l.out.date = x
			}
		case pack.HoleRepeat:
			l.repeat(t, h.List, from, to)
		case pack.HoleAsset:
			l.out.assets[h.Name] = append(l.out.assets[h.Name], asset{name: x.text, at: x.at})
		case pack.HoleCount, pack.HoleBought:
			l.count(h, x)
		}
	}
}

// valued is a stretch with its amount.
func valued(x told) told {
	if q := prose.Quantities(x.text); len(q) == 1 {
		x.amount = q[0].Value
	}
	return x
}

// number takes the amount of a figure, or what it has changed by. now is this year's amount of a part, whose figure has no name.
func (l *listener) number(h pack.Hole, x told, way, member string, part told) {
	x = valued(x)
	if h.Name == "" {
		if classes := l.f.Pack.ProcurementClasses; slices.Contains(classes, member) && h.Kind == pack.HoleAmount {
			l.out.classes = append(l.out.classes, classAmount{member, x.amount, x.at})
		}
		return
	}
	if h.Kind == pack.HoleLast {
		l.last(h, x, member)
		return
	}
	now, known := l.out.amounts[h.Name]
	if h.Of != "" {
		if now, known = part, member != "" && part.text != ""; !known {
			return
		}
		h.Name += "." + member
	}
	if !known && h.Kind != pack.HoleAmount {
		if now.amount, known = l.f.exactly(h.Name); known {
			l.out.amounts[h.Name] = now
		}
	}
	switch h.Kind {
	case pack.HoleAmount:
		if !known {
			l.out.amounts[h.Name] = x
		}
		return
	case pack.HoleSame:
		x.amount, x.at = money.Amount{}, now.at
	case pack.HoleChange:
		if prose.Direction(way) < 0 {
			x.amount = x.amount.Neg()
		}
	}
	if _, twice := l.out.before[h.Name]; !twice && known {
		l.out.before[h.Name] = told{text: x.text, amount: now.amount.Sub(x.amount), at: x.at}
	}
}

// last takes last year's amount as it is printed.
func (l *listener) last(h pack.Hole, x told, member string) {
	if h.Of != "" {
		if member == "" {
			return
		}
		h.Name += "." + member
	}
	if _, twice := l.out.before[h.Name]; !twice {
		l.out.before[h.Name] = x
	}
}

func (l *listener) text(h pack.Hole, x told, member string) {
	key := h.Name
	if h.Of != "" {
		if member == "" {
			member = l.f.onlyProject(h.Of)
		}
		if member == "" {
			return
		}
		key += "." + member
	}
	if l.f.Pack.Slot(key) == nil || slices.ContainsFunc(l.out.texts, func(k keyed) bool { return k.key == key }) {
		return
	}
	l.out.texts = append(l.out.texts, keyed{key, x})
}

// levelMarks stand behind the names of a path: 一般公共服务支出（类）……（款）行政运行（项）.
var levelMarks = strings.NewReplacer("（类）", "-", "（款）", "-", "（项）", "-")

// member is the key of a part by the name that a sentence has for it.
func (l *listener) member(by, name string) string {
	d, ok := budget.FindDimension(by)
	tree := l.f.budget.Tree(d)
	if !ok || tree == nil {
		return name
	}
	path := strings.Split(strings.TrimSuffix(levelMarks.Replace(name), "-"), "-")
	for _, code := range tree.Codes() {
		if len(code) != d.Digits {
			continue
		}
		steps := tree.Path(code)
		fits := squeeze(l.f.codeName(d.Key, code)) == squeeze(path[len(path)-1]) && (len(path) == 1 && l.f.names[d.Key][code] != "" || len(path) == len(steps))
		for i := range path {
			fits = fits && (len(path) == 1 || squeeze(steps[i].Name) == squeeze(path[i]) || squeeze(l.f.codeName(d.Key, steps[i].Code)) == squeeze(path[i]))
		}
		if fits {
			return code
		}
	}
	return ""
}

// repeat reads a list within a sentence.
func (l *listener) repeat(t *heardText, list *pack.Saying, from, to int) {
	re, err := regexp.Compile(l.known(list.Pattern))
	if err != nil {
		return
	}
	for _, m := range re.FindAllStringSubmatchIndex(t.text[from:to], -1) {
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		l.holes(t, list.Holes, m)
	}
}

// count is how many there are of the asset that was named before; of all of them nothing is stated.
func (l *listener) count(h pack.Hole, x told) {
	list := l.out.assets[h.Name]
	if len(list) == 0 {
		if h.Name != "all" && x.text != "0" {
			l.out.rest = append(l.out.rest, remainder{"", []told{x}})
		}
		return
	}
	a := &list[len(list)-1]
	if h.Kind == pack.HoleCount && a.count == "" {
		a.count = x.text
	} else if a.bought == "" {
		a.bought = x.text
	}
}

// leave notes the sentences that nothing has read.
func (t *heardText) leave(out *heard) {
	r := remainder{section: t.stated.Section.V}
	at := 0
	for line := range strings.SplitAfterSeq(t.text, "\n") {
		for sentence := range strings.SplitAfterSeq(line, "。") {
			if end := at + len(sentence); strings.TrimSpace(sentence) != "" && !slices.Contains(t.taken[at:end], true) {
				r.lines = append(r.lines, t.said(at, end))
			}
			at += len(sentence)
		}
	}
	if len(r.lines) > 0 {
		out.rest = append(out.rest, r)
	}
}
