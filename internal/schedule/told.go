package schedule

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// Told is a number that a word printed, in a sentence, a form or a chart: what its value is made of. It is small, since
// documents have hundreds and most are never asked for.
type Told struct {
	Kind     ValueKind
	Text     string        // as it is printed
	Format   *money.Format // of an amount
	Of, Over Number        // what is printed; of a change or rate this year's and last year's, of a share the part and the whole
	Figure   string        // what is compared with last year, or what last year's amount is of
	More     []Number      // what an item of a chart sums, beside Of
}

// Value is what a number is.
func (d *Document) Value(t *Told) Value {
	switch t.Kind {
	case ValueWritten:
		return Value{Kind: t.Kind, Known: true, Printed: t.Text, At: *t.Of.At}
	case ValueCount:
		return Value{Kind: t.Kind, Known: true, Printed: t.Text}
	case ValueShare:
		of, over := d.numberValue(t.Of, t.Format), d.numberValue(t.Over, t.Format)
		of.Sums = append(of.Sums, sums(t.More)...)
		return Value{Kind: t.Kind, Known: true, Printed: t.Text, Of: &of, Over: &over}
	case ValueChange, ValueRate:
		of, over := d.numberValue(t.Of, t.Format), d.lastYears(t.Figure, t.Over.Exact, t.Format)
		v := Value{Kind: t.Kind, Figure: t.Figure, Of: &of, Over: &over, Known: true, Printed: t.Text}
		if t.Kind == ValueChange {
			v.Exact, v.Unit = of.Exact.Sub(over.Exact), t.Format.Unit
		}
		return v
	case ValueLastYear:
		v := d.lastYears(t.Figure, t.Of.Exact, t.Format)
		v.Printed = t.Text
		return v
	}
	v := d.numberValue(t.Of, t.Format)
	for _, n := range t.More {
		v.Exact, v.Shown = v.Exact.Add(n.Exact), v.Shown.Add(t.Format.Round(d.Shown(n, *t.Format)))
	}
	v.Sums, v.Printed = append(v.Sums, sums(t.More)...), t.Text
	return v
}

func sums(list []Number) (out []budget.Query) {
	for _, n := range list {
		if n.Sums != nil {
			out = append(out, *n.Sums)
		}
	}
	return out
}

// numberValue is the value of a number on its own.
func (d *Document) numberValue(n Number, f *money.Format) Value {
	if n.Sums != nil {
		return d.SumValue(*n.Sums, *f)
	}
	v := Value{Kind: ValueStated, Exact: n.Exact, Known: true, Printed: f.String(n.Exact), Unit: f.Unit, Shown: f.Round(n.Exact)}
	if n.At != nil {
		v.At = *n.At
	}
	return v
}

// lastYears is last year's amount of a figure, or of a part of one.
func (d *Document) lastYears(name string, exact money.Amount, f *money.Format) Value {
	v := Value{Kind: ValueLastYear, Figure: name, Exact: exact, Known: true, Printed: f.String(exact), Unit: f.Unit, Shown: f.Round(exact)}
	if family, part, member := strings.Cut(name, "."); member && d.Pack.Figures[name] == nil {
		v.Figure, v.Part = family, part
	}
	return v
}
