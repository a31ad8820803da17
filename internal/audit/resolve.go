package audit

import (
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// resolver holds what sentences say against the tables of their document and of last year's.
type resolver struct {
	in    *Input
	r     *check.Report
	words *lexicon
	now   *lexicon // the same where there are tables, else nil
	prior []*priorSource
	// said are the amounts that sentences give, by what they are of.
	said map[string][]*saying
	own  map[string]*saying // those of the text that is looked at, by name and as they are printed
	fund map[*told]string   // of headings
	// exact are the changes from last year that follow from what is printed to the last digit, rounded what is told of those that
	// rounding explains.
	exact   int
	rounded []diag.Diagnostic
	totals  []cell // of the figures of the pack
	// meanings are those of subjects, by their names and the heading above.
	meanings map[string]*meant
}

// saying is an amount that a sentence gives.
type saying struct {
	t    *told
	i    int
	also []int // the same amount of the same thing in the same text
}

// hold notes what it was held against.
func (s *saying) hold(by string) {
	for s.t.hold(s.i, by); len(s.also) > 0; s.also = s.also[1:] {
		s.t.hold(s.also[0], by)
	}
}

func (in *Input) resolver(r *check.Report) *resolver {
	x := &resolver{in: in, r: r, said: map[string][]*saying{}, fund: map[*told]string{}, meanings: map[string]*meant{}}
	if in.printed != nil {
		x.words = newLexicon(in, in.printed)
		x.now = x.words
	} else {
		x.words = newLexicon(in, &document{})
	}
	x.prior = in.priorSources()
	return x
}

// meantBy is what the subject of a number means in the tables, nil where they do not tell.
func (x *resolver) meantBy(t *told, subject int) *meant {
	if x.now == nil || subject < 0 || subject >= len(t.read.Subjects) {
		return nil
	}
	s := &t.read.Subjects[subject]
	key := namesKey(s) + "\x00" + t.text.Section.V
	m, ok := x.meanings[key]
	if !ok {
		m = x.now.meaning(s, scope{heading: t.text.Section.V})
		x.meanings[key] = m
	}
	return m
}

func namesKey(s *sentence.Subject) (key string) {
	for _, n := range s.Names {
		key += bareName(n.Text) + "\x01"
	}
	return key
}

// text holds the numbers of a text.
func (x *resolver) text(t *told) {
	x.own = map[string]*saying{}
	for i := range t.read.Numbers {
		n := &t.read.Numbers[i]
		switch {
		case n.Role == sentence.Sum && n.Kind == prose.Amount && n.Rate == "":
			if !x.sum(t, i) {
				x.again(t, i)
			}
		case n.Role == sentence.Share && n.Whole < 0:
			x.share(t, i)
		}
	}
	x.compared(t)
	x.apart(t)
	x.unchanged(t)
	x.ways(t)
}

// agrees reports whether an amount is what a cell prints, at the coarser of the precisions of both.
func agrees(q *prose.Quantity, c *cell) bool {
	if c.wrong && agreesWith(q, c, c.right) {
		return true
	}
	return agreesWith(q, c, c.value)
}

func agreesWith(q *prose.Quantity, c *cell, value money.Amount) bool {
	if prose.SameAmount(q, value) {
		return true
	}
	off := q.Value.Sub(value).Abs()
	if c.parts > 1 {
		return off.Cmp(money.ToleranceOf(c.parts, c.unit, c.places)) <= 0
	}
	own := money.ToleranceOf(0, c.unit, c.places)
	return !c.absent && own.Cmp(money.ToleranceOf(0, q.Unit, q.Places)) > 0 && off.Cmp(own) <= 0
}

// sum holds an amount against the numbers that the tables print for its subject; it is false where they print none.
func (x *resolver) sum(t *told, i int) bool {
	n := &t.read.Numbers[i]
	if t.nameless(i) {
		return true
	}
	m := x.meantBy(t, n.Subject)
	if m == nil {
		return false
	}
	t.hold(i, "表里的数")
	if t.unit[i] {
		return true
	}
	if m.any(func(c *cell) bool { return agrees(&n.Quantity, c) }) || len(m.exact) > 1 && !m.sure && agrees(&n.Quantity, together(m.exact)) {
		if !m.any(func(c *cell) bool { return c.parts <= 1 && prose.SameAmount(&n.Quantity, c.value) }) {
			x.echo(t, i)
		}
		return true
	}
	if t.ofSome(i) && slices.ContainsFunc(m.all(), func(c cell) bool { return c.value.Cmp(n.Value) > 0 }) {
		return true
	}
	x.r.Add(x.otherThanTables(t, i, m))
	return true
}

// ofSome reports whether a number is a part of what only some units spend: 机关运行经费，其中办公费. The tables print what all do.
func (t *told) ofSome(i int) bool {
	for k := range t.read.Lists {
		l := &t.read.Lists[k]
		if l.Whole < 0 || !slices.Contains(l.Parts, i) {
			continue
		}
		if s := t.read.Numbers[l.Whole].Subject; s >= 0 && slices.ContainsFunc(t.read.Subjects[s].Names, func(n sentence.Name) bool { return strings.Contains(n.Text, "运行经费") }) {
			return true
		}
	}
	return false
}

// nameless reports whether a number begins its paragraph, alone or behind others: what it is of does not stand there, as with the labels of drawings.
func (t *told) nameless(i int) bool {
	n := &t.read.Numbers[i]
	return n.Subject >= 0 && t.bare[i] >= 0 && t.read.Subjects[n.Subject].End <= t.bare[i]
}

// otherThanTables tells that an amount is none of those that the tables print.
func (x *resolver) otherThanTables(t *told, i int, m *meant) diag.Diagnostic {
	n := &t.read.Numbers[i]
	all := m.all()
	d := diag.Diagnostic{Rule: "文表-001", Level: diag.Error, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "里的" + diag.Quote(m.name) + "与表不符", Hint: "以表为准改正"}
	if !m.sure {
		d.Level, d.Hint = diag.Warning, "表里叫这个名称的数都不是这个数；说的是别的数的，写明是什么"
	}
	d.Notes = cellNotes(all, 3)
	near := nearest(n.Value, all)
	d.Numbers(money.Difference(toldUnit(near), n.Value, near.value))
	for _, u := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
		if u != n.Unit && slices.ContainsFunc(all, func(c cell) bool { return !c.value.IsZero() && n.In(u).Equal(c.value) }) {
			d.Rule, d.Level, d.Message = "格式-005", diag.Error, diag.Quote(t.text.Section.V)+"里的"+diag.Quote(m.name)+"单位写错"
			d.Diff = ""
			d.Stated, d.Want, d.Hint = t.printedAs(i), n.Literal+u.String(), "把单位改成“"+u.String()+"”"
		}
	}
	return d
}

// nearest is the number that is likeliest meant.
func nearest(a money.Amount, all []cell) *cell {
	best := 0
	for i := range all {
		if a.Sub(all[i].value).Abs().Cmp(a.Sub(all[best].value).Abs()) < 0 {
			best = i
		}
	}
	return &all[best]
}

// toldUnit is the unit in which a number of the tables is told: its own where that is the finer.
func toldUnit(c *cell) money.Unit {
	if c.unit == money.Yuan && c.text != "" {
		return money.Yuan
	}
	return money.Wan
}

// cellNotes are the places of the first few different numbers.
func cellNotes(all []cell, most int) (notes []diag.Related) {
	told := map[string]bool{}
	for i := range all {
		c := &all[i]
		if text := number(c.value, c.unit); len(notes) < most && !told[text] && !c.absent {
			told[text] = true
			notes = append(notes, diag.Related{Text: c.name + " " + text + unitWord(c.unit), At: c.at})
		}
	}
	if len(notes) == 0 && len(all) > 0 {
		notes = append(notes, diag.Related{Text: all[0].name, At: all[0].at})
	}
	return notes
}

func unitWord(u money.Unit) string {
	if u == money.Wan {
		return ""
	}
	return u.String()
}

// share holds a share of what the passage gives no number of against the tables.
func (x *resolver) share(t *told, i int) {
	n := &t.read.Numbers[i]
	if n.Of < 0 || n.Of >= len(t.read.Numbers) {
		return
	}
	part := &t.read.Numbers[n.Of]
	m := x.meantBy(t, n.WholeSubject)
	var wholes []cell
	if m != nil {
		wholes = m.all()
	} else if n.WholeSubject < 0 {
		wholes = x.wholes()
	}
	wholes = slices.DeleteFunc(slices.Clone(wholes), func(c cell) bool { return c.value.IsZero() })
	if len(wholes) == 0 {
		return
	}
	t.hold(i, "表里的总数")
	if slices.ContainsFunc(wholes, func(c cell) bool { return shareFits(part.Value, c.value, &n.Quantity) }) {
		return
	}
	if m == nil && (!slices.ContainsFunc(wholes, func(c cell) bool { return c.value.Cmp(part.Value) >= 0 }) || t.shareOfBefore(i)) {
		return
	}
	w := &wholes[0]
	share, _ := money.Share(part.Value, w.value, max(2, n.Places))
	d := diag.Diagnostic{Rule: "文表-002", Level: diag.Error, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "里的占比不对", Stated: t.printedAs(i), Want: share + "%",
		Diff:  prose.PointsApart(&n.Quantity, share),
		Notes: []diag.Related{{Text: money.ToldNumber(part.Value) + " ÷ " + money.ToldNumber(w.value) + " ＝ " + share + "%", At: w.at}}}
	if m == nil || !m.sure {
		d.Level, d.Hint = diag.Warning, "没有写明占什么的多少，表里的各个总数都对不上"
	}
	if m == nil && len(wholes) > 1 { // which of them is meant is not known, nor what the share should be
		d.Want, d.Diff, d.Notes = "", "", nil
	}
	x.r.Add(d)
}

// shareOfBefore reports whether a share is of a sum that the passage gives before its part.
func (t *told) shareOfBefore(i int) bool {
	const farthest = 60
	n := &t.read.Numbers[i]
	part := &t.read.Numbers[n.Of]
	for k := n.Of - 1; k >= max(n.Of-farthest, 0); k-- {
		if w := &t.read.Numbers[k]; w.Role == sentence.Sum && w.Kind == prose.Amount && w.Value.Sign() > 0 && shareFits(part.Value, w.Value, &n.Quantity) {
			return true
		}
	}
	return false
}

// wholes are the totals that a share may be of where its sentence does not say.
func (x *resolver) wholes() []cell {
	if x.totals != nil {
		return x.totals
	}
	x.totals = []cell{}
	for _, name := range x.in.Pack.FigureNames {
		if f := x.in.Pack.Figures[name]; f.By == "" {
			if c, ok := x.in.printedSum(f.Query); ok && !c.value.IsZero() {
				x.totals = append(x.totals, c)
			}
		}
	}
	return x.totals
}
