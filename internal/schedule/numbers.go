package schedule

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Number is a sum of lines on its way into the document, or an amount that somebody stated.
type Number struct {
	Exact money.Amount
	Sums  *budget.Query // what it sums, nil for a stated amount
	At    *diag.Range   // of an amount that the author states, nil where nobody states it as it is
}

// Sum adds up lines. What it takes is what it looks at.
func (d *Document) Sum(q budget.Query) Number {
	if d.meter.Step(d.Scan(q)) != nil {
		return Number{}
	}
	return Number{Exact: d.Budget.Sum(q), Sums: &q}
}

// Scan is how many steps it takes to go through the lines of a query.
func (d *Document) Scan(q budget.Query) int { return 8 + d.Budget.Scan(q)/8 }

// Shown is the amount that f prints of a number: the number itself, to be rounded; or where the pack makes parts add up,
// the sum of its lines as they are printed (budget.Printed). Since every number is such a sum, one that is printed twice
// cannot differ, whatever table or sentence it stands in.
func (d *Document) Shown(x Number, f money.Format) money.Amount {
	if x.Sums == nil || !d.Pack.Adjust {
		return x.Exact
	}
	var sum money.Amount
	if d.meter.Step(d.Scan(*x.Sums)) != nil {
		return sum
	}
	lines := d.printed(f)
	d.Budget.Each(*x.Sums, func(i int) { sum = sum.Add(lines[i]) })
	return sum
}

// Counted is the amount that percentages are made of: exact, or where parts are made to add up, as f prints it, since
// readers have only that to check them by.
func (d *Document) Counted(x Number, f money.Format) money.Amount {
	if !d.Pack.Adjust {
		return x.Exact
	}
	return f.Round(d.Shown(x, f))
}

// Change compares a number with last year's amount, which last year's document printed rounded for itself. What is equal
// stays equal, however its number was adjusted.
func (d *Document) Change(now Number, before money.Amount, f money.Format) money.Change {
	exact := money.Compare(now.Exact, before, 2)
	if !d.Pack.Adjust || exact.Direction == 0 {
		return exact
	}
	ch := money.Compare(d.Counted(now, f), f.Round(before), 2)
	ch.Direction = exact.Direction
	return ch
}

// step is what formats have in common that print the same numbers.
type step struct {
	unit   money.Unit
	places int
}

// PrintedLines are the lines' amounts as f prints them where the pack makes parts add up, nil where it lets roundings stand.
func (d *Document) PrintedLines(f money.Format) []money.Amount { return d.printed(f) }

// printed are the lines' amounts as f prints them; nil where the pack lets roundings stand.
func (d *Document) printed(f money.Format) []money.Amount {
	if !d.Pack.Adjust {
		return nil
	}
	s := step{f.Unit, f.Places}
	if d.lines == nil {
		d.lines = map[step][]money.Amount{}
	}
	if d.lines[s] == nil {
		d.lines[s] = d.Budget.Printed(f)
	}
	return d.lines[s]
}

// Written is an amount that is shown for an exact one.
func Written(f money.Format, exact, shown money.Amount) string {
	if shown.IsZero() && !exact.IsZero() {
		f.Zero, f.BlankZero = "", false // something is there
	}
	return f.String(shown)
}

// Share is part of whole in percent, "" where whole is zero. Whole percentages have no decimals.
func Share(part, whole money.Amount) string {
	s, ok := money.Share(part, whole, 2)
	if !ok {
		return ""
	}
	return strings.TrimSuffix(s, ".00") + "%"
}

// ResidueHint is what is to be said of residues.
func ResidueHint(p *pack.Pack) string {
	const hint = "各数分别舍入时会这样，每个数都没有错"
	if p.Adjust {
		return hint
	}
	return hint + "；要印出的金额加得起来，模板写 rounding = \"largest-remainder\""
}
