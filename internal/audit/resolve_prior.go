package audit

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// priorSource is where numbers of last year stand.
type priorSource struct {
	words *lexicon
	what  string // 上年公开的文件
	// drafted says that the numbers are of last year's budget, and of nothing that was spent.
	drafted bool
	// certain says that what is not in it was not: the tables of last year are all there.
	certain bool
	place   func(diag.Range) diag.Range // of its cells as findings tell it, nil as it is
}

// Last is last year's document, which findings of this year's may point to.
type Last struct {
	Input *Input
	Place func(diag.Range) diag.Range
}

func (p *priorSource) at(r diag.Range) diag.Range {
	if p.place == nil {
		return r
	}
	return p.place(r)
}

// priorSources are last year's tables, the columns of this year's that speak of last year, and what was stated of it.
func (in *Input) priorSources() (out []*priorSource) {
	if l := in.Last; l != nil && l.Input != nil {
		last := *l.Input
		if last.printed == nil {
			last.printed = readPublished(&last, check.NewReport(last.Pack))
		}
		out = append(out, &priorSource{words: newLexicon(&last, last.printed), what: "上年公开的文件", drafted: true, certain: true, place: l.Place})
	}
	if in.printed == nil {
		return out
	}
	if len(in.printed.before) > 0 {
		doc := *in.printed
		doc.cells, doc.apart = in.printed.before, nil
		out = append(out, &priorSource{words: newLexicon(in, &doc), what: "表里的上年数"})
	}
	if cells := in.statedBefore(); len(cells) > 0 {
		doc := *in.printed
		doc.cells, doc.apart = cells, nil
		out = append(out, &priorSource{words: newLexicon(in, &doc), what: "填报的上年数", drafted: true})
	}
	return out
}

// statedBefore are last year's figures that were stated.
func (in *Input) statedBefore() (out []cell) {
	if in.ours != nil {
		return in.madeBefore()
	}
	p := in.Budget.Facts.Prior
	if p == nil {
		return nil
	}
	for _, f := range p.Figures {
		x := in.Pack.Figure(f.Key.V)
		if x == nil {
			continue
		}
		if b, ok := in.printed.space.Of(x.Query); ok {
			out = append(out, cell{name: "填报的上年数", value: f.Value.Amount, unit: money.Wan, places: 2, query: x.Query, box: in.printed.space.Balance(b), at: f.Value.At})
		}
	}
	return out
}

// madeBefore are last year's figures as a document that is made knows them.
func (in *Input) madeBefore() (out []cell) {
	amounts := in.ours.Prior.Amounts
	for _, key := range slices.Sorted(maps.Keys(amounts)) {
		x := in.Pack.Figure(key)
		if x == nil {
			continue
		}
		if b, ok := in.printed.space.Of(x.Query); ok {
			out = append(out, cell{name: "上年数", value: amounts[key], unit: money.Yuan, places: 2, query: x.Query, box: in.printed.space.Balance(b)})
		}
	}
	return out
}

// lasts is what a subject came to last year, by one of the places that say it.
type lasts struct {
	*meant
	from *priorSource
}

// lastOf is what a subject came to last year, the surest first. Budgets say nothing of what was spent.
func (x *resolver) lastOf(t *told, subject int, base sentence.Base) (out []lasts) {
	if subject < 0 || subject >= len(t.read.Subjects) {
		return nil
	}
	s := &t.read.Subjects[subject]
	for _, p := range x.prior {
		if p.drafted && base != sentence.NoBase && base != sentence.Budget {
			continue
		}
		if m := p.words.meaning(s, scope{heading: t.text.Section.V}); m != nil {
			out = append(out, lasts{m, p})
		}
	}
	return out
}

// comparison is an amount of this year with what its passage says of last year; -1 for what it does not say.
type comparison struct {
	sum, last, change, rate int
	base                    sentence.Base
}

// comparisons are those of a passage, in the order of their amounts.
func comparisons(p *sentence.Passage) (out []comparison) {
	at := map[int]int{}
	of := func(sum int) *comparison {
		if _, ok := at[sum]; !ok {
			at[sum] = len(out)
			out = append(out, comparison{sum: sum, last: -1, change: -1, rate: -1})
		}
		return &out[at[sum]]
	}
	for i := range p.Numbers {
		n := &p.Numbers[i]
		sum := n.Of
		if sum < 0 || sum >= len(p.Numbers) {
			continue
		}
		if n.Role == sentence.Rate && p.Numbers[sum].Role == sentence.Change {
			if sum = p.Numbers[sum].Of; sum < 0 || sum >= len(p.Numbers) {
				continue
			}
		}
		if p.Numbers[sum].Role != sentence.Sum {
			continue
		}
		switch n.Role {
		case sentence.Last:
			of(sum).last = i
		case sentence.Change:
			of(sum).change = i
		case sentence.Rate:
			of(sum).rate = i
		default:
			continue
		}
		if c := of(sum); n.Base != sentence.NoBase {
			c.base = n.Base
		}
	}
	return out
}

// compared holds what a passage says of last year.
func (x *resolver) compared(t *told) {
	for _, c := range comparisons(t.read) {
		sum := &t.read.Numbers[c.sum]
		all := x.lastOf(t, sum.Subject, c.base)
		if len(all) == 0 {
			continue
		}
		switch {
		case c.last >= 0:
			x.last(t, c.last, all)
		case c.change >= 0:
			x.change(t, c, all)
		case c.rate >= 0:
			x.rate(t, c, all)
		}
	}
}

// last holds last year's amount.
func (x *resolver) last(t *told, i int, all []lasts) {
	n := &t.read.Numbers[i]
	t.hold(i, all[0].from.what)
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(func(c *cell) bool { return agrees(&n.Quantity, c) }) }) {
		return
	}
	x.r.Add(x.otherThanLast(t, i, all, n.Value, "里的上年数与上年的数不符"))
}

// otherThanLast tells that what is said of last year is none of the numbers of last year.
func (x *resolver) otherThanLast(t *told, i int, all []lasts, said money.Amount, what string) diag.Diagnostic {
	l := &all[0]
	cells := l.all()
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Error, At: t.at(i), Message: diag.Quote(t.text.Section.V) + what, Hint: "核对今年的数、上年的数和增减"}
	if !l.sure || !l.from.certain && !l.from.drafted || !slices.ContainsFunc(cells, func(c cell) bool { return !c.value.IsZero() }) {
		d.Level = diag.Warning // it may have had another name, or be of another base
	}
	for _, n := range cellNotes(cells, 2) {
		n.Text, n.At = l.from.what+"："+n.Text, l.from.at(n.At)
		d.Notes = append(d.Notes, n)
	}
	near := nearest(said, cells)
	d.Numbers(money.Difference(toldUnit(near), said, near.value))
	return d
}

// change holds what is more or less than last year: this year's amount less it is last year's.
func (x *resolver) change(t *told, c comparison, all []lasts) {
	sum, change := &t.read.Numbers[c.sum], &t.read.Numbers[c.change]
	t.hold(c.change, all[0].from.what)
	if c.rate >= 0 {
		t.hold(c.rate, all[0].from.what)
	}
	implied := []money.Amount{sum.Value.Sub(change.Value), sum.Value.Add(change.Value)}
	switch {
	case change.Sign > 0:
		implied = implied[:1]
	case change.Sign < 0:
		implied = implied[1:]
	}
	slack := larger(money.ToleranceOf(1, sum.Unit, sum.Places), money.ToleranceOf(1, change.Unit, change.Places))
	exact := func(c *cell) bool { return slices.ContainsFunc(implied, c.value.Equal) }
	near := func(c *cell) bool {
		most := larger(slack, money.ToleranceOf(1, c.unit, c.places))
		return slices.ContainsFunc(implied, func(a money.Amount) bool { return a.Sub(c.value).Abs().Cmp(most) <= 0 })
	}
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(exact) }) {
		x.exact++
		return
	}
	d := x.otherThanLast(t, c.change, all, implied[0], "里的变动额推算出的上年数与上年的数不符")
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(near) }) {
		x.rounded = append(x.rounded, d)
		return
	}
	x.r.Add(d)
}

// residues tells of changes that miss last year's numbers by no more than rounding makes. Where all others of the document do
// not miss them at all and its tables add up to the last digit, it does not round so, and they are likelier misprinted.
func (x *resolver) residues() {
	const among = 4
	if len(x.rounded) == 0 {
		return
	}
	found := x.r.List()
	rounds := slices.ContainsFunc(found.Added(), func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Rule, "尾差-") })
	for _, d := range x.rounded {
		if d.Level = diag.Warning; rounds || len(x.rounded)*among > x.exact {
			d.Rule, d.Level, d.Message = "尾差-001", diag.Note, d.Message+"，相差在两次四舍五入的界限之内"
			d.Hint = "各数分别舍入时会这样；上年数是准数的，核对变动额"
		}
		x.r.Add(d)
	}
}

// rate holds a rate of change without the change.
func (x *resolver) rate(t *told, c comparison, all []lasts) {
	sum, rate := &t.read.Numbers[c.sum], &t.read.Numbers[c.rate]
	t.hold(c.rate, all[0].from.what)
	fits := func(c *cell) bool {
		off := sum.Value.Sub(c.value)
		if c.value.Sign() <= 0 || rate.Sign != 0 && off.Sign() == -rate.Sign {
			return c.value.Sign() <= 0 || off.IsZero() && rate.Value.IsZero()
		}
		return shareWithin(off.Abs(), c.value, larger(money.ToleranceOf(1, sum.Unit, sum.Places), money.ToleranceOf(1, c.unit, c.places)), &rate.Quantity)
	}
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(fits) }) {
		return
	}
	was := all[0].all()[0]
	want, _ := money.Share(sum.Value.Sub(was.value).Abs(), was.value, 2)
	d := x.otherThanLast(t, c.rate, all, sum.Value, "里的变动率与上年的数不符")
	d.Stated, d.Want, d.Diff = t.printedAs(c.rate), want+"%", prose.PointsApart(&rate.Quantity, want)
	x.r.Add(d)
}

// unchanged holds what is said to be as last year.
func (x *resolver) unchanged(t *told) {
	for i := range t.read.Same {
		s := &t.read.Same[i]
		if s.Of < 0 || s.Of >= len(t.read.Numbers) {
			continue
		}
		sum := &t.read.Numbers[s.Of]
		all := x.lastOf(t, sum.Subject, s.Base)
		if len(all) == 0 {
			continue
		}
		t.hold(s.Of, all[0].from.what)
		if slices.ContainsFunc(all, func(l lasts) bool { return l.any(func(c *cell) bool { return agrees(&sum.Quantity, c) }) }) {
			continue
		}
		d := x.otherThanLast(t, s.Of, all, sum.Value, "里说与上年持平，上年数却不同")
		d.At = t.text.Text.Span(s.Start, s.End)
		near := nearest(sum.Value, all[0].all())
		d.Stated, d.Want, d.Diff = t.text.Text.V[s.Start:s.End], money.ToldChange(sum.Value, near.value), ""
		d.Hint = "写明增加或减少多少，或改正上年数"
		if off := sum.Value.Sub(near.value).Abs(); sum.Places > 0 && off.Cmp(money.ToleranceOf(1, sum.Unit, sum.Places)) <= 0 {
			d.Rule, d.Level = "尾差-001", diag.Note
		}
		x.r.Add(d)
	}
}

// ways holds 比上年增加 without an amount: which way it went follows from both years.
func (x *resolver) ways(t *told) {
	s := t.text.Text.V
	numbers := t.read.Numbers
	k, last, seen, stop := 0, -1, 0, -1
	for _, m := range prose.Comparison.FindAllStringIndex(s, -1) {
		for ; k < len(numbers) && numbers[k].End <= m[0]; k++ {
			if numbers[k].Role == sentence.Sum {
				last = k
			}
		}
		if i := strings.LastIndexAny(s[seen:m[0]], "。；\n"); i >= 0 {
			stop = seen + i
		}
		seen = m[0]
		sum, way := last, prose.Direction(s[m[0]:m[1]])
		if sum < 0 || way == 0 || stop >= numbers[sum].End || amountBehind(t.read, k, m[1]) {
			continue
		}
		n := &numbers[sum]
		all := x.lastOf(t, n.Subject, sentence.NoBase)
		if len(all) == 0 || slices.ContainsFunc(all, func(l lasts) bool { return l.any(func(c *cell) bool { return n.Value.Cmp(c.value) == way }) }) {
			continue
		}
		d := x.otherThanLast(t, sum, all, n.Value, "里的增减方向与上年数不符")
		d.At, d.Diff = t.text.Text.Span(m[0], m[1]), ""
		d.Stated, d.Want = s[m[0]:m[1]], money.ToldChange(n.Value, nearest(n.Value, all[0].all()).value)
		x.r.Add(d)
	}
}

// amountBehind reports whether a number, the first of those from an index on that may, stands right behind an offset.
func amountBehind(p *sentence.Passage, from, at int) bool {
	for i := from; i < len(p.Numbers); i++ {
		if n := &p.Numbers[i]; n.Start >= at {
			return strings.TrimSpace(p.Text[at:n.Start]) == ""
		}
	}
	return false
}
