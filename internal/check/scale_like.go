package check

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// group is a set of lines that are like each other: the finest that has enough of them counts for a line.
type group struct {
	what        string
	unit, class string
	view        budget.View
}

// likes are the lines of a group in the order of their amounts, and those among them that stand apart.
type likes struct {
	lines []*budget.Line
	apart map[*budget.Line]int // the way
}

// fewest is how many lines of its like a line needs.
const fewest = 5

// limits say how far from the median of its group, and how far from the next of it, an amount stands apart: the coarser the
// group, the farther, and projects differ more from each other than ordinary expenditure does.
type limits struct{ median, next string }

// groupsOf are the groups of a line, from the finest on, with their bounds.
func groupsOf(x *budget.Line) ([]group, []limits) {
	class := x.Economic
	if len(class) > 3 {
		class = class[:3]
	}
	switch {
	case x.Side == budget.Purchases:
		return []group{{what: "政府采购"}}, []limits{{"300", "30"}}
	case x.Side != budget.Expenditure:
		return nil, nil
	case x.Kind == budget.KindProject:
		return []group{{what: "项目支出"}}, []limits{{"300", "30"}}
	case x.Kind != budget.KindBasic:
		return nil, nil
	}
	of := func(unit, class string) group { return group{"基本支出", unit, class, x.View} }
	return []group{of(x.Unit, class), of(x.Unit, ""), of("", class), of("", "")}, []limits{{"200", "10"}, {"500", "10"}, {"1000", "10"}, {"1000", "10"}}
}

// find makes the groups. Lines of a file that was told of as a whole are nobody's measure.
func (s *scales) find() {
	s.groups = map[group]*likes{}
	bounds := map[group]limits{}
	for _, x := range s.lines {
		if !s.meant[x].IsZero() {
			continue
		}
		list, b := groupsOf(x)
		for i, g := range list {
			if s.groups[g] == nil {
				s.groups[g], bounds[g] = &likes{}, b[i]
			}
			s.groups[g].lines = append(s.groups[g].lines, x)
		}
	}
	for g, l := range s.groups {
		slices.SortFunc(l.lines, bySize)
		if len(l.lines) >= fewest {
			l.standApart(bounds[g])
		}
	}
}

// standApart finds the lines at either end that are far from the median and far from the next: less than half of them.
// What is too small is so only if, as it was likely meant, it is like the largest: small amounts there are.
func (l *likes) standApart(b limits) {
	l.apart = map[*budget.Line]int{}
	n, m := len(l.lines), median(l.lines)
	for k := n - 1; k >= n-(n-1)/2 && way(l.lines[k].Amount, m, b.median) > 0; k-- {
		if way(l.lines[k].Amount, l.lines[k-1].Amount, b.next) <= 0 {
			continue
		}
		for _, x := range l.lines[k:] {
			l.apart[x] = 1
		}
	}
	largest := n - 1
	for l.apart[l.lines[largest]] > 0 {
		largest--
	}
	for k := 0; k < (n-1)/2 && way(l.lines[k].Amount, m, b.median) < 0; k++ {
		if way(l.lines[k].Amount, l.lines[k+1].Amount, b.next) >= 0 {
			continue
		}
		for _, x := range l.lines[:k+1] {
			if unslipped(x.Amount, -1).Cmp(l.lines[largest].Amount.Times("3")) <= 0 {
				l.apart[x] = -1
			}
		}
	}
}

// likesOf is the finest group of a line that has enough lines; nil without.
func (s *scales) likesOf(x *budget.Line) *likes {
	if s.groups == nil {
		s.find()
	}
	list, _ := groupsOf(x)
	for _, g := range list {
		if l := s.groups[g]; l != nil && len(l.lines) >= fewest {
			return l
		}
	}
	return nil
}

// likeOthers reports whether a line is nearer to the median of its like as it stands than ten thousand times larger or
// smaller.
func (s *scales) likeOthers(x *budget.Line) bool {
	l := s.likesOf(x)
	return l != nil && way(x.Amount, median(l.lines), "100") == 0
}

// amongTheirLike tells of the lines that stand apart.
func (s *scales) amongTheirLike() {
	for _, x := range s.lines {
		l := s.likesOf(x)
		if l == nil || l.apart[x] == 0 || x.Side == budget.Purchases && l.apart[x] < 0 {
			continue
		}
		if l.apart[x] > 0 && s.borneOut(x) {
			continue
		}
		s.tell(x, l.apart[x], diag.Related{Text: "同类各笔的中位数 " + money.ToldYuan(median(l.lines))})
	}
}

// borneOut reports whether a line makes up most of a total that is like last year's: then it is as large as it should be.
func (s *scales) borneOut(x *budget.Line) bool {
	return slices.ContainsFunc(s.totals, func(t total) bool {
		return t.query.Match(x) && x.Amount.Cmp(t.now.Times("0.5")) > 0 && way(t.now, t.before, "3") == 0
	})
}

// total is a figure that asks for no code, this year's and last year's.
type total struct {
	name, title string
	query       budget.Query
	now, before money.Amount
}

// totalsOfLastYear are those that are something in both years.
func (s *scales) totalsOfLastYear() (out []total) {
	for _, name := range s.in.Pack.FigureNames {
		before, ok := s.in.Prior.Amounts[name]
		f := s.in.Pack.Figure(name)
		if !ok || f == nil || asksForCodes(f.Query) || carriesOnly(f.Query) || before.Sign() <= 0 {
			continue
		}
		if now := s.in.Budget.Sum(f.Query); now.Sign() > 0 {
			out = append(out, total{name, f.Title, f.Query, now, before})
		}
	}
	return out
}
