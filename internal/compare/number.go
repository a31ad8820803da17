package compare

import (
	"cmp"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// number tells of a number of a table of the pack; old or new is nil where it has none.
func (d *differing) number(b *block, old, new *place, line ref, near []Spot) {
	some := new
	if some == nil {
		some = old
	}
	c := &Cell{Name: some.p.s.Key(some.ref), Where: InTable, Part: d.partOf(b), Row: rowTitle(some), Column: strings.Join(some.p.s.Heads(some.ref.Column), " · "), Spots: near}
	e := effect{cell: c, block: b, line: line}
	var was, is *schedule.Value
	if old != nil {
		v := old.p.s.Value(old.ref)
		was, c.Old, c.HasOld, e.was = &v, old.p.s.Printed(old.ref), true, ref{old.p.t, int(old.of)}
		d.tracer.value(&e.causes, true, was)
	}
	if new != nil {
		v := new.p.s.Value(new.ref)
		is, c.New, c.HasNew, e.is = &v, new.p.s.Printed(new.ref), true, ref{new.p.t, int(new.of)}
		c.Spots = []Spot{{Of: new.of}}
		d.tracer.value(&e.causes, false, is)
	}
	f := some.p.s.FormatAt(some.ref)
	c.measure(was, is, &f)
	d.effects = append(d.effects, e)
}

func rowTitle(x *place) string {
	r := &x.p.s.Sides[x.ref.Side].Rows[x.ref.Row]
	if r.Kind == schedule.Total {
		return cmp.Or(r.Name(), x.p.s.Table.Total)
	}
	return r.Name()
}

// measure enters what a number is exactly, in which unit, and whether it only makes up for roundings.
func (c *Cell) measure(was, is *schedule.Value, f *money.Format) {
	some := is
	if some == nil || c.New == "" && was != nil {
		some = was
	}
	if some == nil {
		return
	}
	switch {
	case some.Amount():
		c.Money, c.Unit = true, some.Unit.String()
		if was != nil {
			c.OldExact = was.Exact
		}
		if is != nil {
			c.NewExact = is.Exact
		}
	case some.Kind == schedule.ValueRate || some.Kind == schedule.ValueShare:
		if !strings.ContainsAny(c.Old+c.New, "%％") {
			c.Unit = "%"
		}
	}
	if was != nil && is != nil && residue(was, is, f) {
		c.Class = ByResidue
	}
}

// residue reports whether what is printed differs though the exact numbers do not, or by less than is printed.
func residue(was, is *schedule.Value, f *money.Format) bool {
	if was.Kind != is.Kind || was.Known != is.Known {
		return false
	}
	switch was.Kind {
	case schedule.ValueCount, schedule.ValueWritten:
		return false
	case schedule.ValueRate, schedule.ValueShare:
		return was.Of != nil && is.Of != nil && was.Over != nil && is.Over != nil && was.Of.Exact.Equal(is.Of.Exact) && was.Over.Exact.Equal(is.Over.Exact)
	}
	if was.Exact.Equal(is.Exact) {
		return true
	}
	if f == nil {
		return false
	}
	plain := *f
	plain.Zero, plain.BlankZero = "", false
	return plain.Round(was.Exact).Equal(plain.Round(is.Exact)) && (was.Exact.IsZero() == is.Exact.IsZero())
}

// onlyResidue reports whether all that differs in a text are numbers that make up for roundings.
func (d *differing) onlyResidue(old, new text, list []Piece) bool {
	var was, is []int32
	a, b := 0, 0
	for _, p := range list {
		of, ok := int32(0), true
		switch p.Kind {
		case Same:
			a, b = a+len(p.Text), b+len(p.Text)
		case Gone:
			if of, ok = d.old.numberAt(&old, a, a+len(p.Text)); ok {
				was, a = append(was, of), a+len(p.Text)
			}
		case New:
			if of, ok = d.new.numberAt(&new, b, b+len(p.Text)); ok {
				is, b = append(is, of), b+len(p.Text)
			}
		}
		if !ok {
			return false
		}
	}
	if len(was) != len(is) || len(was) == 0 {
		return false
	}
	for i := range was {
		x, y := d.old.side.Numbers.Told(was[i]), d.new.side.Numbers.Told(is[i])
		v, w := d.old.side.Numbers.Value(x), d.new.side.Numbers.Value(y)
		if !residue(&v, &w, y.Format) {
			return false
		}
	}
	return true
}

// numberAt is the number of the program's that stands at a stretch of a text and goes neither before it nor behind.
func (f *flat) numberAt(t *text, from, to int) (int32, bool) {
	if f.side.Numbers == nil {
		return 0, false
	}
	first, end := t.over(from, to)
	for i := first; i < end; i++ {
		for _, m := range doc.MarksOf(f.side.Tree.Marks, t.parts[i].Marks) {
			if t.starts[i]+int(m.From) == from && t.starts[i]+int(m.To) == to {
				told := f.side.Numbers.Told(m.Of)
				return m.Of, told != nil && told.Kind != schedule.ValueWritten
			}
		}
	}
	return 0, false
}
