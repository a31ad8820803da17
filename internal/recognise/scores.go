package recognise

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// How well a table of the paper goes with one of the pack, in thousandths: by its title, its heads and its rows.

// What each of the three counts for, of 100.
const (
	titleShare = 42
	headShare  = 33
	rowShare   = 25
)

const (
	unknownScore = 450 // of what the paper does not print
	leastScore   = 560 // less is nothing
)

// finder is one document against one pack.
type finder struct {
	pack     *pack.Pack
	cat      *classify.Catalogue
	classes  map[string]bool
	patterns []*pattern
	forms    []*formPattern
	sheets   []*sheet
	fits     [][]fitting // by sheet and pattern
	scores   [][]int
}

// titleScore is how well what stands above goes with a table's headings.
func (p *pattern) titleScore(x *sheet) int {
	if len(x.above) == 0 {
		if x.title.number != "" && p.hasNumber(x.title.number) {
			return 600
		}
		return unknownScore
	}
	best := 0
	for i := range x.above {
		best = max(best, likest(x.above[i], p.headings))
	}
	if x.title.number != "" && best > 500 {
		if p.hasNumber(x.title.number) {
			best = min(best+15, 1000)
		} else {
			best = max(best-10, 0)
		}
	}
	return best
}

// finals are words of titles that tell final accounts from budgets.
const finals = "决算"

// final reports whether a title is that of a final account.
func (x *sheet) final() bool {
	return slices.ContainsFunc(x.above, func(t text) bool { return strings.Contains(t.s, finals) })
}

func (p *pattern) final() bool {
	return slices.ContainsFunc(p.headings, func(t text) bool { return strings.Contains(t.s, finals) })
}

func (p *pattern) hasNumber(n string) bool {
	key := numberKey(n)
	for _, own := range p.numbers {
		if own == key {
			return true
		}
	}
	return false
}

// rowScore is how well the rows of a body go with those of a table.
func (f *finder) rowScore(x *sheet, p *pattern, heads int) int {
	body := x.paper.Rows[min(heads, len(x.paper.Rows)):]
	body = body[:min(len(body), mostSample)]
	s := rowStats{}
	for i := range body {
		f.count(&s, x, heads+i, p)
	}
	if s.rows == 0 {
		return unknownScore
	}
	switch shape := p.spec.Rows.Shape(); {
	case shape == pack.One:
		return max(1000-500*(s.rows-1)-600*min(s.words, 1), 0)
	case shape == pack.Named || shape == pack.Sided:
		return s.labelScore(p)
	case p.spec.Rows.View() != 0:
		return s.codeScore(p)
	case len(p.values) > 1:
		return s.valueScore()
	}
	return max(500-500*(s.functional+s.economic)/s.rows, 0)
}

// rowStats is what the rows of a body are.
type rowStats struct {
	rows                 int
	functional, economic int // rows that begin with such a code
	words                int // rows that begin with words
	labels, known        int // cells of words, and those that are labels of the pack
	totals               int
	firsts, values       int // first cells that are words, and those that are values of the pack
	seen                 map[string]bool
}

// count adds a row.
func (f *finder) count(s *rowStats, x *sheet, i int, p *pattern) {
	if x.blankRow(i) {
		return
	}
	s.rows++
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	first := true
	for _, b := range x.bare[i] {
		if b == "" {
			continue
		}
		code, rest := leadingCode(b)
		switch {
		case code != "" && first:
			f.code(s, code)
			if rest == "" {
				first = false
				continue
			}
			b = rest
		case amountLike(b):
			first = false
			continue
		}
		own := schedule.Bare(b)
		if first && code == "" {
			s.words++
			s.firsts++
			if p.values[own] {
				s.values++
			}
			if p.spec.Total != "" && own == bare(p.spec.Total) {
				s.totals++
			}
		}
		first = false
		s.labels++
		if p.labels[own] || p.each && f.classes[own] {
			s.known++
			s.seen[own] = true
		}
	}
}

// code counts a code where it belongs.
func (f *finder) code(s *rowStats, code string) {
	switch code[0] {
	case '2':
		s.functional++
	case '3', '5':
		if f.cat != nil && code[0] == '5' {
			if _, ok := f.cat.Economic.Name(code); !ok {
				return
			}
		}
		s.economic++
	}
}

// classNames are the bare names that classes of expenditure have had, whatever the year.
func classNames(cat *classify.Catalogue) map[string]bool {
	out := map[string]bool{}
	if cat == nil {
		return out
	}
	for _, c := range cat.Functional.Codes() {
		if len(c) != 3 {
			continue
		}
		name, _ := cat.Functional.Name(c)
		out[bare(name)] = true
		for _, n := range cat.NamesOf(true, c) {
			out[bare(n.Name)] = true
		}
	}
	return out
}

// labelScore: the labels of the paper are the pack's, and those of the pack are on the paper.
func (s *rowStats) labelScore(p *pattern) int {
	if s.labels == 0 {
		return 0
	}
	of := 1000 * s.known / s.labels
	all := 1000
	if len(p.labels) > 0 && !p.each {
		all = min(1000*len(s.seen)/len(p.labels), 1000)
	}
	return (2*of + all) / 3
}

// codeScore: the rows begin with codes of the right classification; a table without any has its total alone.
func (s *rowStats) codeScore(p *pattern) int {
	mine, other := s.functional, s.economic
	if p.spec.Rows.View() == budget.ByEconomy {
		mine, other = other, mine
	}
	rows := s.rows - min(s.totals, 1)
	if rows == 0 {
		return 700
	}
	return max(1000*(mine-other)/rows, 0)
}

// valueScore: rows that begin with words begin with values that the pack knows, at least now and then.
func (s *rowStats) valueScore() int {
	if s.values == 0 {
		return 200
	}
	return min(500+100*s.values, 1000)
}

// score is how well a table goes with a pattern, whole.
func (f *finder) score(x *sheet, p *pattern) (int, fitting) {
	title := p.titleScore(x)
	fit := x.fit(p)
	rows := f.rowScore(x, p, fit.heads)
	all := (titleShare*title + headShare*fit.score + rowShare*rows) / 100
	if x.final() && !p.final() {
		all = min(all, leastScore-1) // a final account is no budget
	}
	return all, fit
}
