package district

import (
	"slices"

	"yusuan/internal/batch"
	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// The views, by their places.
const (
	funds = iota
	functional
	economic
	kinds
)

// cut is expenditure of one level by part. known: what has nothing there had nothing; else no more is known than is there.
type cut struct {
	sums  map[string]money.Amount
	known bool
}

func (c *cut) add(part string, a money.Amount) {
	if c.sums == nil {
		c.sums = map[string]money.Amount{}
	}
	c.sums[part] = c.sums[part].Add(a)
}

// cuts are all levels of a department's expenditure in one year.
type cuts map[batch.Level]*cut

func newCuts() cuts {
	out := cuts{}
	for _, l := range batch.Levels() {
		out[l] = &cut{}
	}
	return out
}

// cutsOf is expenditure as the facts have it, this year's or the last of a folder. Records of earlier versions know classes, funds
// and kinds alone.
func cutsOf(f *batch.Facts, last bool) cuts {
	out := newCuts()
	if f.Spending == nil {
		for _, p := range f.Parts {
			out.take(p.Amount.Amount, p.Fund, p.Kind, p.Class, batch.ByClass)
		}
		for _, l := range []batch.Level{batch.All, batch.ByFund, batch.ByKind, batch.ByClass} {
			out[l].known = !last
		}
		return out
	}
	amount := func(now, before batch.Yuan) money.Amount {
		if last {
			return before.Amount
		}
		return now.Amount
	}
	for _, i := range f.Spending.Items {
		out.take(amount(i.Amount, i.Last), i.Fund, i.Kind, i.Code, batch.ByClass, batch.ByGroup, batch.ByItem)
	}
	for _, e := range f.Spending.Economy {
		for _, l := range []batch.Level{batch.ByEconomy, batch.ByEconomyPart} {
			out[l].add(l.Of(e.Code), amount(e.Amount, e.Last))
		}
	}
	for _, l := range batch.Levels() {
		if out[l].known = !last || slices.Contains(f.Spending.Known, l); !out[l].known {
			out[l].sums = nil // money stands under a stand-in for codes that nobody published
		}
	}
	return out
}

func (c cuts) take(a money.Amount, fund, kind, code string, levels ...batch.Level) {
	c[batch.All].add("", a)
	c[batch.ByFund].add(fund, a)
	c[batch.ByKind].add(kind, a)
	for _, l := range levels {
		c[l].add(l.Of(code), a)
	}
}

// lastOf is what is known of a department's last year: of its folder of that year, else of last year's batch, else as it states.
func lastOf(f, old *batch.Facts) cuts {
	switch {
	case f.Compared():
		return cutsOf(f, true)
	case old != nil:
		return cutsOf(old, false)
	}
	out := newCuts()
	if f.Spending == nil {
		return out
	}
	for _, s := range f.Spending.Stated {
		out[s.Level].add(s.Part, s.Amount.Amount)
	}
	for _, l := range f.Spending.Known {
		out[l].known = true
	}
	return out
}

// level is a level of the district's expenditure.
type level struct {
	lines map[string]*tally
	known int // departments whose last year is wholly known
}

// tally is a line in the making.
type tally struct {
	now         money.Amount
	like        Like
	known       int // departments whose last year of this line alone is known
	departments int
}

// addSpending adds a department's expenditure.
func (t *tables) addSpending(now, last cuts) {
	for _, name := range batch.Levels() {
		l := t.levels[name]
		if l == nil {
			l = &level{lines: map[string]*tally{}}
			t.levels[name] = l
		}
		a, b := now[name], last[name]
		if b.known {
			l.known++
		}
		for part, sum := range a.sums {
			x := l.of(part)
			x.now = x.now.Add(sum)
			if !sum.IsZero() {
				x.departments++
			}
			if _, there := b.sums[part]; b.known || there {
				x.like.Now = x.like.Now.Add(sum)
			}
		}
		for part, sum := range b.sums {
			x := l.of(part)
			x.like.Last = x.like.Last.Add(sum)
			if !b.known {
				x.known++
			}
		}
	}
}

func (l *level) of(part string) *tally {
	if l.lines[part] == nil {
		l.lines[part] = &tally{}
	}
	return l.lines[part]
}

// line is a line of a level. Of what nobody has, and nobody is known to have had, there is none.
func (t *tables) line(of batch.Level, part, code, name string, depth int) Line {
	l := t.levels[of]
	if l == nil {
		l = &level{}
	}
	x := l.lines[part]
	if x == nil {
		x = &tally{}
	}
	out := Line{Code: code, Name: name, Level: depth, Now: x.now, Like: x.like, Departments: x.departments, Unknown: t.shown - l.known - x.known}
	if out.Unknown == 0 {
		out.Last = Known{x.like.Last, true}
	}
	return out
}

// parts are the parts of a level, those alone that hold money in either year.
func (t *tables) parts(of batch.Level) []string {
	l := t.levels[of]
	if l == nil {
		return nil
	}
	var out []string
	for part, x := range l.lines {
		if !x.now.IsZero() || !x.like.Last.IsZero() || x.departments > 0 {
			out = append(out, part)
		}
	}
	slices.SortFunc(out, byCode)
	return out
}

// views are the views of all expenditure.
func (t *tables) views() []View {
	out := make([]View, kinds+1)
	out[funds] = t.flat("资金性质", batch.ByFund, budget.Funds())
	out[functional] = t.tree("功能分类", t.names[0], batch.ByClass, batch.ByGroup, batch.ByItem)
	out[economic] = t.tree("支出经济分类", t.names[1], batch.ByEconomy, batch.ByEconomyPart)
	out[kinds] = t.flat("支出类型", batch.ByKind, budget.Kinds())
	return out
}

func (t *tables) begin(by string) View {
	return View{By: by, Lines: []Line{t.line(batch.All, "", "", "支出合计", 0)}}
}

// flat is a view of one level, in the order of the official tables.
func (t *tables) flat(by string, of batch.Level, order []string) View {
	v := t.begin(by)
	parts := t.parts(of)
	slices.SortStableFunc(parts, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	for _, part := range parts {
		v.Lines = append(v.Lines, t.line(of, part, "", part, 1))
	}
	return v
}

// tree is a view by codes: below each line those of the next level. Money that stands under no code of a level has a line that
// says so where others have one, so that each level adds up.
func (t *tables) tree(by string, names map[string]string, levels ...batch.Level) View {
	v := t.begin(by)
	all := map[string][]string{}
	for i, of := range levels {
		for _, part := range t.parts(of) {
			above := ""
			if i > 0 {
				above = levels[i-1].Of(part)
			}
			all[string(of)+above] = append(all[string(of)+above], part)
		}
	}
	var below func(depth int, above string)
	below = func(depth int, above string) {
		if depth == len(levels) {
			return
		}
		parts := all[string(levels[depth])+above]
		if depth > 0 && len(parts) == 1 && parts[0] == above {
			return // nothing divides it
		}
		for _, part := range parts {
			line := t.line(levels[depth], part, part, names[part], depth+1)
			switch {
			case part == "":
				line.Name = "未列" + by
			case part == above:
				line.Code, line.Name = "", "未细分"
			}
			v.Lines = append(v.Lines, line)
			if part != above {
				below(depth+1, part)
			}
		}
	}
	below(0, "")
	return v
}
