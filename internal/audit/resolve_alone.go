package audit

import (
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// A change whose sum its passage does not tell is yet of something that the tables print: 公务接待费比上年减少5万元.

// changesApart reports whether a text has such a change.
func (t *told) changesApart() bool {
	return slices.ContainsFunc(t.read.Numbers, func(n sentence.Number) bool { return n.Role == sentence.Change && n.Of < 0 })
}

// bounds holds such changes against what there is and was: nobody saves more than was spent, nor spends more of it than all.
// It tells what it told, so that nothing is told twice.
func (x *resolver) bounds(t *told) map[int]bool {
	out := map[int]bool{}
	for i := range t.read.Numbers {
		n := &t.read.Numbers[i]
		if n.Role != sentence.Change || n.Of >= 0 || n.Kind != prose.Amount || n.Subject < 0 || n.Value.IsZero() {
			continue
		}
		switch m, all := x.meantBy(t, n.Subject), x.lastOf(t, n.Subject, sentence.NoBase); {
		case n.Sign < 0 && len(all) > 0:
			l := all[0]
			for _, o := range all[1:] {
				if greatest(o.all()).value.Cmp(greatest(l.all()).value) > 0 {
					l = o
				}
			}
			t.hold(i, l.from.what)
			out[i] = x.beyond(t, i, greatest(l.all()), "里减少的数大于上年的数", l.from.at)
		case n.Sign > 0 && m != nil:
			t.hold(i, "表里的数")
			out[i] = x.beyond(t, i, greatest(m.all()), "里增加的数大于今年的数", nil)
		}
	}
	return out
}

// greatest is the greatest of numbers.
func greatest(all []cell) *cell {
	best := &all[0]
	for i := range all {
		if all[i].value.Cmp(best.value) > 0 {
			best = &all[i]
		}
	}
	return best
}

// beyond tells that a change is more than all that it may be of.
func (x *resolver) beyond(t *told, i int, c *cell, what string, place func(diag.Range) diag.Range) bool {
	n := &t.read.Numbers[i]
	slack := larger(money.ToleranceOf(1, n.Unit, n.Places), money.ToleranceOf(1, c.unit, c.places))
	if n.Value.Abs().Sub(c.value).Cmp(slack) <= 0 {
		return false
	}
	at := c.at
	if place != nil {
		at = place(at)
	}
	d := diag.Diagnostic{Rule: "文表-003", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + what, Hint: "核对这个数和它的单位",
		Notes: []diag.Related{{Text: c.name + " " + number(c.value, c.unit) + unitWord(c.unit), At: at}}}
	d.Numbers(money.Difference(toldUnit(c), n.Value.Abs(), c.value))
	x.r.Add(d)
	return true
}

// apart holds changes that are no reasons, and their rates, against the difference of both years.
func (x *resolver) apart(t *told) {
	beyond := x.bounds(t)
	for i := range t.read.Numbers {
		n := &t.read.Numbers[i]
		if n.Role == sentence.Rate && n.Of < 0 && n.Sign != 0 && !n.Why && n.Kind == prose.Percentage {
			x.rateOnly(t, i)
		}
		if n.Role != sentence.Change || n.Of >= 0 || n.Kind != prose.Amount || n.Sign == 0 || n.Why || beyond[i] {
			continue
		}
		m, all := x.meantBy(t, n.Subject), x.lastOf(t, n.Subject, n.Base)
		if m == nil || len(all) == 0 {
			continue
		}
		t.hold(i, all[0].from.what)
		signed := n.Value.Abs()
		if n.Sign < 0 {
			signed = signed.Neg()
		}
		fits := func(last *cell) bool {
			return m.any(func(now *cell) bool {
				slack := larger(money.ToleranceOf(1, n.Unit, n.Places), larger(money.ToleranceOf(1, now.unit, now.places), money.ToleranceOf(1, last.unit, last.places)))
				return now.value.Sub(last.value).Sub(signed).Abs().Cmp(slack) <= 0
			})
		}
		if slices.ContainsFunc(all, func(l lasts) bool { return l.any(fits) }) {
			x.rateApart(t, i, all)
			continue
		}
		now, last := &m.all()[0], &all[0].all()[0]
		want := now.value.Sub(last.value)
		d := x.otherThanLast(t, i, all, signed, "里的变动额与今年数、上年数的差不符")
		if !m.sure {
			d.Level = diag.Warning
		}
		d.Notes = append(cellNotes(m.all(), 1), d.Notes...)
		d.Stated, d.Want, d.Diff = t.printedAs(i), money.ToldChange(now.value, last.value), ""
		if want.Sign() == n.Sign {
			d.Numbers(money.Difference(toldUnit(now), signed.Abs(), want.Abs()))
		}
		x.r.Add(d)
	}
}

// rateApart holds the rate of a change whose sum is not told.
func (x *resolver) rateApart(t *told, change int, all []lasts) {
	n := &t.read.Numbers[change]
	i := change + 1
	if i >= len(t.read.Numbers) || t.read.Numbers[i].Role != sentence.Rate || t.read.Numbers[i].Of != change {
		return
	}
	rate := &t.read.Numbers[i]
	t.hold(i, all[0].from.what)
	fits := func(c *cell) bool {
		return c.value.Sign() > 0 && shareWithin(n.Value.Abs(), c.value, larger(money.ToleranceOf(1, n.Unit, n.Places), money.ToleranceOf(1, c.unit, c.places)), &rate.Quantity)
	}
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(fits) }) {
		return
	}
	was := all[0].all()[0]
	want, known := money.Share(n.Value.Abs(), was.value, max(2, rate.Places))
	d := x.otherThanLast(t, i, all, n.Value, "里的变动率与上年的数不符")
	if d.Stated, d.Want, d.Diff = t.printedAs(i), "", ""; known {
		d.Want, d.Diff = want+"%", prose.PointsApart(&rate.Quantity, want)
	}
	x.r.Add(d)
}

// rateOnly holds a rate beside which neither a sum nor a change is told: 公务接待费比上年下降5%.
func (x *resolver) rateOnly(t *told, i int) {
	rate := &t.read.Numbers[i]
	m, all := x.meantBy(t, rate.Subject), x.lastOf(t, rate.Subject, rate.Base)
	if m == nil || len(all) == 0 {
		return
	}
	t.hold(i, all[0].from.what)
	fits := func(last *cell) bool {
		return last.value.Sign() <= 0 || m.any(func(now *cell) bool {
			off := now.value.Sub(last.value)
			slack := larger(money.ToleranceOf(1, now.unit, now.places), money.ToleranceOf(1, last.unit, last.places))
			return off.Sign() != -rate.Sign && shareWithin(off.Abs(), last.value, slack, &rate.Quantity)
		})
	}
	if slices.ContainsFunc(all, func(l lasts) bool { return l.any(fits) }) {
		return
	}
	now, was := m.all()[0], all[0].all()[0]
	want, _ := money.Share(now.value.Sub(was.value).Abs(), was.value, max(2, rate.Places))
	d := x.otherThanLast(t, i, all, now.value, "里的变动率与今年数、上年数不符")
	if !m.sure {
		d.Level = diag.Warning
	}
	d.Stated, d.Want, d.Diff = t.printedAs(i), want+"%", ""
	x.r.Add(d)
}
