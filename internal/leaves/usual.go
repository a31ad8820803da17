package leaves

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// Where a document words its sentences otherwise than the pack, the names of figures still lead to amounts, as in sentences of any
// finished document, and what is counted stands beside its count.

// fillers may stand between a name and its amount.
const fillers = `(?:预算|支出|收入|经费|项目|金额|总额|数|额|合计|共计|安排|为|是|共|约|：)*`

const amountIn = `(-?[0-9][0-9,]*(?:\.[0-9]+)?(?:亿元|万元|元))`

// figures finds the amounts, and those of last year, of figures that no sentence of the pack has told.
func (l *listener) figures() {
	names := slices.Clone(l.f.Pack.FigureNames)
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(len(l.f.Pack.Figures[b].Title), len(l.f.Pack.Figures[a].Title))
	})
	used := map[*heardText][]bool{}
	for _, name := range names {
		x := l.f.Pack.Figures[name]
		if x.By != "" || x.Title == "" {
			continue
		}
		re, err := regexp.Compile(regexp.QuoteMeta(squeeze(x.Title)) + fillers + amountIn + l.known("(?:[，（]?(?:与|和|同|比|较)(?:上年|去年|"+pack.SaidLastYear+"年?)(?:度)?(?:部门)?(?:预算)?(?:数)?(?:(持平|相同|一致|无变化)|(增加|减少|增长|下降|上升|降低)(?:了)?"+amountIn+"))?"))
		if err != nil {
			continue
		}
		for _, t := range l.texts {
			if used[t] == nil {
				used[t] = make([]bool, len(t.text))
			}
			for _, m := range re.FindAllStringSubmatchIndex(t.text, -1) {
				if slices.Contains(used[t][m[0]:m[1]], true) {
					continue
				}
				for i := m[0]; i < m[1]; i++ {
					used[t][i] = true
				}
				l.holes(t, []pack.Hole{{Kind: pack.HoleAmount, Name: name}, {Kind: pack.HoleSame, Name: name}, {Kind: pack.HoleWay, Name: name}, {Kind: pack.HoleChange, Name: name}}, m)
			}
		}
	}
}

var (
	counted = regexp.MustCompile(`([\p{Han}（）()]+?用车)([0-9]+)辆`)
	asOf    = regexp.MustCompile(`截至([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)`)
)

// assets finds vehicles by their use, where no sentence of the pack has told them.
func (l *listener) assets() {
	if l.out.date.text != "" || len(l.out.assets) > 0 {
		return
	}
	for _, t := range l.texts {
		if m := asOf.FindStringSubmatchIndex(t.text); m != nil && l.out.date.text == "" && strings.Contains(t.text, "车辆") {
			l.out.date = t.said(m[2], m[3])
		}
		at := 0
		for sentence := range strings.SplitAfterSeq(t.text, "。") {
			for _, m := range counted.FindAllStringSubmatchIndex(sentence, -1) {
				a := asset{name: strings.TrimPrefix(strings.TrimPrefix(t.said(at+m[2], at+m[3]).text, "其中"), "安排购置"), at: t.said(at+m[2], at+m[3]).at}
				if n := t.said(at+m[4], at+m[5]).text; strings.Contains(sentence, "购置车辆") || strings.Contains(sentence, "购置公务用车") {
					a.bought = n
				} else {
					a.count = n
				}
				l.out.assets["vehicles"] = append(l.out.assets["vehicles"], a)
			}
			at += len(sentence)
		}
	}
}

// term is an entry of the glossary.
type term struct {
	term, text string
	told
}

var entry = regexp.MustCompile(`^(?:（?[0-9一二三四五六七八九十廿]+[）、.．]+)?([^：:，。]{2,40})[：:](.+)$`)

// glossary reads the sections that explain terms, where the pack has one: terms that the pack explains otherwise or not at all.
func (l *listener) glossary() {
	if !slices.ContainsFunc(l.f.Pack.Parts, func(p pack.Part) bool {
		return slices.ContainsFunc(p.Blocks, func(b pack.Block) bool { return b.Glossary != "" })
	}) {
		return
	}
	for _, t := range l.texts {
		if !strings.Contains(t.title, "名词解释") {
			continue
		}
		at := 0
		for line := range strings.SplitAfterSeq(t.text, "\n") {
			end := at + len(strings.TrimSuffix(line, "\n"))
			if m := entry.FindStringSubmatchIndex(t.text[at:end]); m != nil && !slices.Contains(t.taken[at:end], true) {
				x := term{term: t.said(at+m[2], at+m[3]).text, text: t.said(at+m[4], at+m[5]).text, told: t.said(at, end)}
				if !slices.ContainsFunc(l.f.Pack.Terms, func(p pack.Term) bool { return p.Term == x.term && prose.Squeeze(p.Text) == prose.Squeeze(x.text) }) &&
					!slices.ContainsFunc(l.out.terms, func(o term) bool { return o.term == x.term }) {
					l.out.terms = append(l.out.terms, x)
				}
				for i := at; i < end; i++ {
					t.taken[i] = true
				}
			}
			at += len(line)
		}
	}
}
