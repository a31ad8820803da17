package check

import (
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// fileLines are the lines of expenditure of one file, by size.
type fileLines struct {
	at    diag.Range // of the first
	lines []*budget.Line
	sum   money.Amount // of the view by function, which all have
	basic bool         // some of it is ordinary expenditure
}

// byFile are the files with lines of a side in the order of their first lines.
func (s *scales) byFile(side budget.Side) (files []*fileLines) {
	at := map[string]*fileLines{}
	for _, x := range s.lines {
		if x.Side != side {
			continue
		}
		f := at[x.At.File]
		if f == nil {
			f = &fileLines{at: x.At}
			at[x.At.File], files = f, append(files, f)
		}
		f.lines = append(f.lines, x)
		if x.View&budget.ByFunction != 0 {
			f.sum = f.sum.Add(x.Amount)
		}
		f.basic = f.basic || x.Kind == budget.KindBasic
	}
	for _, f := range files {
		slices.SortFunc(f.lines, bySize)
	}
	return files
}

// wholeFiles finds files whose amounts are all in another unit than the file says: the unit is wrong once, and told once.
func (s *scales) wholeFiles() {
	files := s.byFile(budget.Expenditure)
	s.eachOpen(s.byFile(budget.Purchases), s.againstReason)
	s.eachOpen(files, s.againstReason)
	if s.in.Prior.Last != nil {
		before := s.lastLeaves()
		s.eachOpen(files, func(f *fileLines) { s.againstLastYearsLeaves(f, before) })
	}
	s.againstEachOther(files)
	s.againstLastYearsTotals(files)
}

// eachOpen goes through the files of which nothing was told.
func (s *scales) eachOpen(files []*fileLines, do func(*fileLines)) {
	for _, f := range files {
		if s.meant[f.lines[0]].IsZero() {
			do(f)
		}
	}
}

// againstReason finds a file of which half the lines are less than anybody pays, and one whose ordinary line is half a
// 亿元, as no department has it.
func (s *scales) againstReason(f *fileLines) {
	small := 0
	for _, x := range f.lines {
		least := money.FromFen(100_00)
		if x.Side == budget.Expenditure && x.Kind == budget.KindProject {
			least = money.FromFen(1000_00)
		}
		if x.Amount.Cmp(least) < 0 {
			small++
		}
	}
	if n := len(f.lines); n >= 3 && small*2 >= n {
		why := "基本支出不到100元，或项目不到1000元"
		if f.lines[0].Side == budget.Purchases {
			why = "采购不到100元"
		}
		s.tellFile(f, -1, diag.Related{Text: fmt.Sprintf("其中%d笔少得不合常理：%s", small, why)})
		return
	}
	if m := median(f.lines); f.basic && len(f.lines) >= fewest && m.Cmp(money.FromFen(500_000_000_00)) >= 0 {
		s.tellFile(f, 1, diag.Related{Text: "各笔的中位数 " + money.ToldYuan(m)})
	}
}

// againstEachOther finds a file that is a thousand times all others together, and would be like them as it was likely meant.
func (s *scales) againstEachOther(files []*fileLines) {
	var all money.Amount
	n := 0
	s.eachOpen(files, func(f *fileLines) { all, n = all.Add(f.sum), n+len(f.lines) })
	s.eachOpen(files, func(f *fileLines) {
		rest := all.Sub(f.sum)
		if len(f.lines) >= 2 && n-len(f.lines) >= 3 && way(f.sum, rest, "1000") > 0 && way(unslipped(f.sum, 1), rest, "1000") == 0 && f.canBe(1) {
			s.tellFile(f, 1, diag.Related{Text: "这个文件的合计 " + money.ToldYuan(f.sum) + "，其余各文件的合计 " + money.ToldYuan(rest)})
		}
	})
}

// canBe reports whether the lines of a file are such as a file in the wrong unit has. Or else a line or two of it are
// wrong, not the file.
func (f *fileLines) canBe(way int) bool {
	if way > 0 {
		return median(f.lines).Cmp(money.FromFen(100_000_000_00)) >= 0
	}
	return median(f.lines).Cmp(money.FromFen(10_000_00)) <= 0
}

func (s *scales) tellFile(f *fileLines, way int, because diag.Related) {
	for _, x := range f.lines {
		s.meant[x] = unslipped(x.Amount, way)
	}
	s.r.Add(fileSlip(f.at, fmt.Sprintf("这个文件里的%d笔金额", len(f.lines)), way, because))
}

func fileSlip(at diag.Range, what string, way int, because diag.Related) diag.Diagnostic {
	unit := "元"
	if way < 0 {
		unit = "万元"
	}
	return diag.Diagnostic{Rule: "量级-004", Level: diag.Warning, At: at, Message: what + slipOf(way), Notes: []diag.Related{because},
		Hint: "核对文件开头的 amount_unit，填的是" + unit + "就写 amount_unit = \"" + unit + "\"；确是这么多的不必改"}
}

// againstLastYearsLeaves: most lines that last year had too are off alike.
func (s *scales) againstLastYearsLeaves(f *fileLines, before map[sameItem]money.Amount) {
	known, ways := 0, map[int]int{}
	for _, x := range f.lines {
		if a := before[sameItemOf(x)]; a.Sign() > 0 {
			known++
			ways[way(x.Amount, a, betweenYears)]++
		}
	}
	for _, w := range []int{1, -1} {
		if ways[w] >= 2 && ways[w]*2 > known && known*2 >= len(f.lines) {
			s.tellFile(f, w, diag.Related{Text: fmt.Sprintf("上年也有的%d笔里，%d笔与上年相差%s倍以上", known, ways[w], betweenYears)})
			return
		}
	}
}

func (s *scales) lastLeaves() map[sameItem]money.Amount {
	out := map[sameItem]money.Amount{}
	for i := range s.in.Prior.Last.Lines {
		x := &s.in.Prior.Last.Lines[i]
		out[sameItemOf(x)] = out[sameItemOf(x)].Add(x.Amount)
	}
	return out
}

// againstLastYearsTotals: with one file as it was likely meant, a total that is off is like last year's. Where all files
// together would have to be meant otherwise, and the lines of this year are what lines are, it is last year's figures that
// are off.
func (s *scales) againstLastYearsTotals(files []*fileLines) {
	for _, t := range s.totals {
		now := s.likely(t.query)
		direction := way(now, t.before, scale)
		if direction == 0 {
			continue
		}
		because := diag.Related{Text: "照此" + diag.Quote(t.title) + "是 " + money.ToldYuan(now) + "，上年 " + money.ToldYuan(t.before), At: s.in.statedPriorAt()}
		all := now
		for _, f := range files {
			if !s.meant[f.lines[0]].IsZero() || len(f.lines) < 2 || because.At.File == f.at.File {
				continue
			}
			part := s.sumOf(f, t.query)
			all = all.Sub(part).Add(unslipped(part, direction))
			if way(now.Sub(part).Add(unslipped(part, direction)), t.before, sameAsBefore) == 0 && f.canBe(direction) {
				s.tellFile(f, direction, because)
				return
			}
		}
		if s.allOff(direction) && way(all, t.before, sameAsBefore) == 0 && !because.At.IsZero() && !s.in.PriorFolder && s.asUsual(files, direction) && !s.explained(t, direction) {
			at := because.At
			because.At = diag.Range{}
			s.priorTold = true
			s.r.Add(fileSlip(at, "填报的上年数", -direction, because))
			return
		}
	}
}

// allOff reports whether all totals are off in one way, of more than one.
func (s *scales) allOff(direction int) bool {
	return len(s.totals) > 1 && !slices.ContainsFunc(s.totals, func(t total) bool { return way(s.likely(t.query), t.before, scale) != direction })
}

// asUsual reports whether no file with ordinary expenditure is such as one in the wrong unit.
func (s *scales) asUsual(files []*fileLines, way int) bool {
	usual := false
	for _, f := range files {
		if f.basic && len(f.lines) >= fewest {
			usual = !f.canBe(way)
		}
	}
	return usual
}

// explained reports whether one line alone makes a total what it is beside last year's: without the largest it is not off,
// or there is one that is too small.
func (s *scales) explained(t total, direction int) bool {
	return slices.ContainsFunc(s.lines, func(x *budget.Line) bool {
		if !t.query.Match(x) {
			return false
		}
		rest := t.now.Sub(x.Amount)
		if direction > 0 {
			return way(rest, t.before, scale) <= 0
		}
		return way(rest.Add(unslipped(x.Amount, -1)), t.before, sameAsBefore) == 0 && x.Amount.Cmp(hardlyMeant(x)) < 0
	})
}

// statedPriorAt is where last year's figures are stated, zero where they are not.
func (in *Input) statedPriorAt() diag.Range {
	if p := in.Budget.Facts.Prior; p != nil {
		return p.At
	}
	return diag.Range{}
}

// sumOf is what the lines of a file are of a figure.
func (s *scales) sumOf(f *fileLines, q budget.Query) (sum money.Amount) {
	for _, x := range f.lines {
		if q.Match(x) {
			sum = sum.Add(x.Amount)
		}
	}
	return sum
}

// likely is a figure with the amounts that were told of as they were likely meant.
func (s *scales) likely(q budget.Query) (sum money.Amount) {
	s.in.Budget.Each(q, func(i int) {
		sum = sum.Add(s.likelyOf(&s.in.Budget.Lines[i]))
	})
	return sum
}

// likelyOf is the same of a line; revenue follows what is spent.
func (s *scales) likelyOf(x *budget.Line) money.Amount {
	if meant, told := s.meant[x]; told {
		return meant
	}
	a := x.Amount
	for _, i := range x.From {
		spent := &s.in.Budget.Lines[i]
		a = a.Sub(spent.Amount).Add(s.likelyOf(spent))
	}
	return a
}

// scale is how many times this year's total may be last year's before that is more likely a slip of the unit.
const scale = "100"

// againstTotals holds the totals against last year's, where nothing that was told explains the difference.
func (s *scales) againstTotals() {
	if s.priorTold {
		return
	}
	for _, t := range s.totals {
		if s.mistyped[t.name] || way(s.likely(t.query), t.before, scale) == 0 {
			continue
		}
		s.r.Fold("量级-002", diag.Diagnostic{Rule: "量级-002", Level: diag.Warning, At: s.in.Budget.Facts.Department.At, Message: diag.Quote(t.title) + "与上年相差百倍以上",
			Stated: "本年 " + money.Told(t.now), Notes: []diag.Related{{Text: "上年 " + money.Told(t.before)}}, Hint: "核对各文件开头的 amount_unit 和上年数的单位"})
	}
}
