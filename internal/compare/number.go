package compare

import (
	"cmp"
	"strings"

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
