package schedule

import (
	"strings"

	"yusuan/internal/money"
)

// Told is a number that a word printed, in a sentence, a form or a chart: what its value is made of. It is small, since
// documents have hundreds and most are never asked for.
type Told struct {
	Kind   ValueKind
	Text   string        // as it is printed
	Format *money.Format // of an amount
	Of     Number        // what is printed; of a change or rate this year's, of a share the part
	Beside *Beside       // nil for a number that has nothing beside it
}

// Beside is what else a number is made of.
type Beside struct {
	Over   Number   // of a change or rate last year's, of a share the whole
	Figure string   // what is compared with last year, or what last year's amount is of
	More   []Number // what an item of a chart sums, beside Told.Of
	Rest   []Number // what the whole of a share sums, beside Over
}

// Tolds are the numbers that words printed, in pieces: they are many in the making, and none moves.
type Tolds struct{ pieces [][]Told }

// toldPiece is how many numbers get their memory at once.
const toldPiece = 32

// Add keeps a number and returns what marks call it: they count from 1 on.
func (l *Tolds) Add(t Told) int32 {
	n := len(l.pieces) - 1
	if n < 0 || len(l.pieces[n]) == toldPiece {
		l.pieces = append(l.pieces, make([]Told, 0, toldPiece))
		n++
	}
	l.pieces[n] = append(l.pieces[n], t)
	return int32(n*toldPiece + len(l.pieces[n]))
}

// Of is the number that marks call so, nil for none.
func (l *Tolds) Of(of int32) *Told {
	i := int(of) - 1
	if i < 0 || i/toldPiece >= len(l.pieces) || i%toldPiece >= len(l.pieces[i/toldPiece]) {
		return nil
	}
	return &l.pieces[i/toldPiece][i%toldPiece]
}

// Value is what a number is.
func (d *Document) Value(t *Told) Value {
	var beside Beside
	if t.Beside != nil {
		beside = *t.Beside
	}
	switch t.Kind {
	case ValueWritten:
		return Value{Kind: t.Kind, Known: true, Printed: t.Text, At: *t.Of.At}
	case ValueCount:
		return Value{Kind: t.Kind, Known: true, Printed: t.Text}
	case ValueShare:
		of, over := d.sumOf(t.Of, beside.More, t.Format), d.sumOf(beside.Over, beside.Rest, t.Format)
		return Value{Kind: t.Kind, Known: true, Printed: t.Text, Of: &of, Over: &over}
	case ValueChange, ValueRate:
		of, over := d.numberValue(t.Of, t.Format), d.lastYears(beside.Figure, beside.Over.Exact, t.Format)
		if beside.Over.At != nil { // stated beside earlier years
			over = d.numberValue(beside.Over, t.Format)
		}
		v := Value{Kind: t.Kind, Figure: beside.Figure, Of: &of, Over: &over, Known: true, Printed: t.Text}
		if t.Kind == ValueChange {
			v.Exact, v.Unit = of.Exact.Sub(over.Exact), t.Format.Unit
		}
		return v
	case ValueLastYear:
		v := d.lastYears(beside.Figure, t.Of.Exact, t.Format)
		v.Printed = t.Text
		return v
	}
	v := d.sumOf(t.Of, beside.More, t.Format)
	v.Printed = t.Text
	return v
}

// sumOf is the value of a number with others: small items of a chart that became one, the whole of a ring.
func (d *Document) sumOf(n Number, more []Number, f *money.Format) Value {
	v := d.numberValue(n, f)
	shown := d.Shown(n, *f)
	for _, x := range more {
		v.Exact, shown = v.Exact.Add(x.Exact), shown.Add(d.Shown(x, *f))
		if x.Sums != nil {
			v.Sums = append(v.Sums, *x.Sums)
		}
	}
	if len(more) > 0 {
		v.Shown, v.Printed = f.Round(shown), Written(*f, v.Exact, shown)
		v.Adjusted = !v.Shown.Equal(f.Round(v.Exact))
	}
	return v
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
