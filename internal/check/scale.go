package check

import (
	"cmp"
	"maps"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// 元 and 万元 confused, on one line or in a whole file, make an amount ten thousand times what was meant, or a
// ten-thousandth of it. No sum shows that it is wrong: what is printed adds up. So each amount is held against what it was
// last year, and against its like; what is told is told once, at the line, or for the whole file.

// Literals for Amount.Times. The bounds are what the departments at hand keep with room to spare; those between years are
// narrow, since an item changes less than items differ.
const (
	slipUp, slipDown = "10000", "0.0001"

	betweenYears = "300" // times last year's amount of the same item that is no change
	sameAsBefore = "30"  // times that is one
)

// scales is the search in one budget.
type scales struct {
	in    *Input
	r     *Report
	lines []*budget.Line // leaves with money
	// meant is what an amount that was told of was likely to be; settled are those that last year confirms.
	meant   map[*budget.Line]money.Amount
	settled map[*budget.Line]bool
	groups  map[group]*likes
	totals  []total
	unlike  []string // figures that are not like last year's, and no line is behind that
	// priorTold says that last year's figures as a whole were told of: nothing is held against them.
	priorTold bool
	mistyped  map[string]bool // figures whose amount of last year was told of
}

// magnitudes holds single amounts, files and totals against what amounts are like.
func magnitudes(in *Input, r *Report) {
	s := &scales{in: in, r: r, meant: map[*budget.Line]money.Amount{}, settled: map[*budget.Line]bool{}, mistyped: map[string]bool{}}
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		if x.Side == budget.RevenueSide || x.From != nil || x.Amount.Sign() <= 0 { // what follows from others is no slip of its own
			continue
		}
		s.lines = append(s.lines, x)
	}
	s.totals = s.totalsOfLastYear()
	s.wholeFiles()
	s.leavesOfLastYear()
	s.figuresOfLastYear()
	s.amongTheirLike()
	s.dominating()
	s.mistypedLastYear()
	s.beyondTheirProjects()
	s.tooSmall()
	s.againstTotals()
}

// way is +1 where a is at least so many times b, -1 where b is so many times a, else 0.
func way(a, b money.Amount, times string) int {
	switch {
	case a.Sign() <= 0 || b.Sign() <= 0:
		return 0
	case a.Cmp(b.Times(times)) >= 0:
		return 1
	case b.Cmp(a.Times(times)) >= 0:
		return -1
	}
	return 0
}

// unslipped is what an amount is that somebody wrote in 元 for 万元 (up), or in 万元 for 元 (down).
func unslipped(a money.Amount, way int) money.Amount {
	if way > 0 {
		return a.Times(slipDown)
	}
	return a.Times(slipUp)
}

// slipOf names the slip behind an amount that is too large, or too small.
func slipOf(way int) string {
	if way > 0 {
		return "像是把元填成了万元"
	}
	return "像是把万元填成了元"
}

// tell reports a line, unless it has been, or is known to be right.
func (s *scales) tell(x *budget.Line, way int, because diag.Related) {
	if _, told := s.meant[x]; told || s.settled[x] {
		return
	}
	s.meant[x] = unslipped(x.Amount, way)
	s.r.Add(slipAt(s.in.leafName(x), x.At, x.Amount, way, because))
}

// slipAt is the finding about one amount.
func slipAt(name string, at diag.Range, a money.Amount, way int, because diag.Related) diag.Diagnostic {
	meant := unslipped(a, way)
	unit, in := money.Wan, "万元的文件里填 "
	if way < 0 {
		unit, in = money.Yuan, "元的文件里填 "
	}
	return diag.Diagnostic{Rule: "量级-003", Level: diag.Warning, At: at, Message: name + "的金额" + slipOf(way), Stated: money.ToldYuan(a),
		Notes: []diag.Related{because}, Hint: "是 " + money.ToldYuan(meant) + " 的，" + in + money.ToldTyped(unit, meant) + "；确是 " + money.ToldYuan(a) + " 的不必改"}
}

// yearAgo is what some lines came to last year.
type yearAgo struct {
	lines  []*budget.Line
	before money.Amount
	why    diag.Related
}

func (c *yearAgo) sum() (now money.Amount) {
	for _, l := range c.lines {
		now = now.Add(l.Amount)
	}
	return now
}

// blame finds the one line behind a sum that is too large or too small for last year's: with it as it was likely meant,
// the sum is like last year's.
func (s *scales) blame(c *yearAgo) (x *budget.Line, direction int) {
	now := c.sum()
	direction = way(now, c.before, betweenYears)
	if direction == 0 {
		return nil, 0
	}
	order := slices.Clone(c.lines)
	slices.SortStableFunc(order, func(a, b *budget.Line) int { return b.Amount.Cmp(a.Amount) })
	for _, l := range order {
		if meant := unslipped(l.Amount, direction); !couldBe(l, meant) {
			continue
		}
		if way(now.Sub(l.Amount).Add(unslipped(l.Amount, direction)), c.before, sameAsBefore) == 0 {
			return l, direction
		}
	}
	return nil, direction
}

// couldBe reports whether a line may have been meant to be so much: not less than anybody pays, nor more than there is.
func couldBe(x *budget.Line, meant money.Amount) bool {
	most := money.FromFen(100_000_000_000_00)
	if x.Kind == budget.KindBasic {
		most = money.FromFen(10_000_000_000_00)
	}
	return meant.Cmp(hardlyMeant(x)) >= 0 && meant.Cmp(most) <= 0
}

// sameItem is what a line and last year's have in common; of projects it is the name alone, since their codes change.
type sameItem struct {
	side                                         budget.Side
	unit, fund, kind, nature, function, economic string
	project, class, item                         string
	view                                         budget.View
}

func sameItemOf(x *budget.Line) sameItem {
	id := sameItem{side: x.Side, unit: x.Unit, kind: x.Kind, project: x.Project, view: x.View}
	if x.Project == "" {
		id.fund, id.nature, id.function, id.economic, id.class, id.item = x.Fund, x.Nature, x.Function, x.Economic, x.Procure, x.Item
	}
	return id
}

// leavesOfLastYear holds each line against the same of last year's folder.
func (s *scales) leavesOfLastYear() {
	if s.in.Prior.Last == nil {
		return
	}
	last := map[sameItem]*yearAgo{}
	for i := range s.in.Prior.Last.Lines {
		x := &s.in.Prior.Last.Lines[i]
		id := sameItemOf(x)
		if last[id] == nil {
			last[id] = &yearAgo{why: diag.Related{At: x.At}}
		}
		last[id].before = last[id].before.Add(x.Amount)
	}
	var order []*yearAgo
	for _, x := range s.lines {
		c := last[sameItemOf(x)]
		if c == nil || x.Side == budget.CarryIn || x.Side == budget.CarryOut { // what is carried over is no item
			continue
		}
		if c.lines == nil {
			order = append(order, c)
		}
		c.lines = append(c.lines, x)
	}
	for _, c := range order {
		c.why.Text = "上年同一项 " + money.ToldYuan(c.before)
		if x, direction := s.blame(c); x != nil {
			s.tell(x, direction, c.why)
			continue
		}
		for _, x := range c.lines {
			s.settled[x] = s.settled[x] || way(x.Amount, c.before, sameAsBefore) == 0
		}
	}
}

// figuresOfLastYear holds the lines behind each figure against last year's amount of it, those that ask for codes or
// projects first, then totals.
func (s *scales) figuresOfLastYear() {
	if s.priorTold {
		return
	}
	var codes, totals []string
	for _, name := range slices.Sorted(maps.Keys(s.in.Prior.Amounts)) {
		switch f := s.in.Pack.Figure(name); {
		case f == nil || carriesOnly(f.Query):
		case asksForCodes(f.Query) || f.Query.Mentions("project"):
			codes = append(codes, name)
		default:
			totals = append(totals, name)
		}
	}
	for _, name := range append(codes, totals...) {
		if f := s.in.Pack.Figure(name); !s.lineOfFigure(name, f) {
			s.unlike = append(s.unlike, name)
		}
	}
}

// carriesOnly reports whether a query asks for what is carried over alone, which follows no year before.
func carriesOnly(q budget.Query) bool {
	sides := q.Sides()
	return len(sides) > 0 && !slices.ContainsFunc(sides, func(s string) bool { return s != string(budget.CarryIn) && s != string(budget.CarryOut) })
}

func asksForCodes(q budget.Query) bool { return q.Mentions("economic") || q.Mentions("function") }

// ofFigure are the lines behind a figure but for revenue, which follows from the others, and what they were last year.
func (s *scales) ofFigure(name string, f *pack.Figure) *yearAgo {
	before := s.in.Prior.Amounts[name]
	c := &yearAgo{before: before, why: diag.Related{Text: "上年的" + diag.Quote(f.Title) + " " + money.ToldYuan(before), At: s.in.priorAt(name)}}
	s.in.Budget.Each(f.Query, func(i int) {
		x := &s.in.Budget.Lines[i]
		if x.Side == budget.Purchases && x.From != nil { // marked on a line of expenditure
			x = &s.in.Budget.Lines[x.From[0]]
		}
		if x.Side != budget.RevenueSide {
			c.lines = append(c.lines, x)
		}
	})
	return c
}

func (s *scales) anyTold(lines []*budget.Line) bool {
	return slices.ContainsFunc(lines, func(x *budget.Line) bool { return !s.meant[x].IsZero() })
}

// lineOfFigure tells of the line behind a figure that is not like last year's. It is false where there is none.
func (s *scales) lineOfFigure(name string, f *pack.Figure) bool {
	c := s.ofFigure(name, f)
	if s.anyTold(c.lines) {
		return true
	}
	x, direction := s.blame(c)
	if x == nil || s.settled[x] || s.likeOthers(x) || !asksForCodes(f.Query) && s.fits(x, direction) {
		return direction == 0
	}
	s.tell(x, direction, c.why)
	return true
}

// fits reports whether a total that a line is part of is not off as others are: then it is not the line that is wrong.
func (s *scales) fits(x *budget.Line, direction int) bool {
	return slices.ContainsFunc(s.totals, func(t total) bool { return t.query.Match(x) && way(t.now, t.before, scale) != direction })
}

// mistypedLastYear tells of last year's amounts of figures whose lines are all like others.
func (s *scales) mistypedLastYear() {
	for _, name := range s.unlike {
		f := s.in.Pack.Figure(name)
		c := s.ofFigure(name, f)
		now := c.sum()
		direction := way(now, c.before, betweenYears)
		if c.why.At.IsZero() || s.in.PriorFolder || s.anyTold(c.lines) || way(now, unslipped(c.before, -direction), sameAsBefore) != 0 {
			continue
		}
		s.mistyped[name] = true
		s.r.Add(slipAt("填报的上年"+diag.Quote(f.Title), c.why.At, c.before, -direction, diag.Related{Text: "本年 " + money.ToldYuan(now)}))
	}
}

// priorAt is where last year's amount of a figure was stated.
func (in *Input) priorAt(name string) diag.Range {
	if p := in.Budget.Facts.Prior; p != nil {
		if a, ok := p.Figures.Get(name); ok {
			return a.At
		}
	}
	return diag.Range{}
}

// dominating finds what is larger by far than all else together, for those that have too few of their like. Where the
// total is like last year's, it is right.
func (s *scales) dominating() {
	var all money.Amount
	n := 0
	for _, x := range s.lines {
		if x.View&budget.ByFunction != 0 && x.Side != budget.Purchases && s.meant[x].IsZero() {
			all, n = all.Add(x.Amount), n+1
		}
	}
	for _, x := range s.lines {
		if rest := all.Sub(x.Amount); x.View&budget.ByFunction != 0 && x.Side != budget.Purchases && n > 3 && way(x.Amount, rest, "100") > 0 && !s.borneOut(x) {
			s.tell(x, 1, diag.Related{Text: "其余各笔之和 " + money.ToldYuan(rest)})
		}
	}
}

// beyondTheirProjects holds the budget of a project over all years against this year's.
func (s *scales) beyondTheirProjects() {
	byProject, _ := budget.FindDimension("project")
	now := s.in.Budget.SumBy(budget.Query{}, byProject)
	for _, x := range s.lines { // of those whose money was told of, this year's is wrong
		if !s.meant[x].IsZero() || x.Amount.Cmp(hardlyMeant(x)) < 0 {
			delete(now, s.in.Budget.PartOf(byProject, x))
		}
	}
	for i := range s.in.Budget.Facts.Projects {
		p := &s.in.Budget.Facts.Projects[i]
		if now := now[s.in.Budget.ProjectKey(p)]; p.Total.Set && way(p.Total.Amount, now, "1000") > 0 {
			s.r.Add(slipAt("项目"+s.in.Budget.ProjectTitle(p)+"的总预算", p.Total.At, p.Total.Amount, 1, diag.Related{Text: "本年预算 " + money.ToldYuan(now)}))
		}
	}
}

// tooSmall finds what hardly anybody pays, where nothing else tells whether it is right.
func (s *scales) tooSmall() {
	for _, x := range s.lines {
		if _, told := s.meant[x]; told || s.settled[x] || x.Side != budget.Expenditure || x.Amount.Cmp(hardlyMeant(x)) >= 0 {
			continue
		}
		s.r.Add(diag.Diagnostic{Rule: "量级-001", Level: diag.Note, At: x.At, Message: s.in.leafName(x) + "只有" + money.ToldYuan(x.Amount) + "，是不是把万元当成了元",
			Stated: money.ToldYuan(x.Amount), Hint: "确是这么多的不必改；是万元的，文件开头写 amount_unit = \"万元\"，或换算成元"})
	}
}

// hardlyMeant is what a line hardly states less than.
func hardlyMeant(x *budget.Line) money.Amount {
	if x.Side == budget.Expenditure && x.Kind == budget.KindProject {
		return money.FromFen(10_000_00)
	}
	return money.FromFen(100_00)
}

// median of amounts in their order; the lower of two.
func median(sorted []*budget.Line) money.Amount { return sorted[(len(sorted)-1)/2].Amount }

func bySize(a, b *budget.Line) int {
	return cmp.Or(a.Amount.Cmp(b.Amount), cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start.Offset, b.At.Start.Offset))
}
