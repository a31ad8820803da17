package compose

import (
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// figure is a sum of lines on its way into the document, or an amount that somebody stated. Templates hand figures from
// word to word.
type figure struct {
	exact money.Amount
	sums  *budget.Query // what it sums, nil for a stated amount
}

// sum adds up lines. What it takes is what it looks at.
func (c *composer) sum(q budget.Query) figure {
	if c.meter.Step(c.scan(q)) != nil {
		return figure{}
	}
	return figure{c.b.Sum(q), &q}
}

// scan is how many steps it takes to go through the lines of a query.
func (c *composer) scan(q budget.Query) int { return 8 + c.b.Scan(q)/8 }

// shown is the amount that f prints of a figure: the figure itself, to be rounded; or where the pack makes parts add up,
// the sum of its lines as they are printed (budget.Printed). Since every number is such a sum, one that is printed twice
// cannot differ, whatever table or sentence it stands in.
func (c *composer) shown(x figure, f money.Format) money.Amount {
	if x.sums == nil || !c.p.Adjust {
		return x.exact
	}
	var sum money.Amount
	if c.meter.Step(c.scan(*x.sums)) != nil {
		return sum
	}
	lines := c.printed(f)
	c.b.Each(*x.sums, func(i int) { sum = sum.Add(lines[i]) })
	return sum
}

// counted is the amount that percentages are made of: exact, or where parts are made to add up, as f prints it, since
// readers have only that to check them by.
func (c *composer) counted(x figure, f money.Format) money.Amount {
	if !c.p.Adjust {
		return x.exact
	}
	return f.Round(c.shown(x, f))
}

// change compares a figure with last year's amount, which last year's document printed rounded for itself. What is equal
// stays equal, however its number was adjusted.
func (c *composer) change(now figure, before money.Amount, f money.Format) money.Change {
	exact := money.Compare(now.exact, before, 2)
	if !c.p.Adjust || exact.Direction == 0 {
		return exact
	}
	ch := money.Compare(c.counted(now, f), f.Round(before), 2)
	ch.Direction = exact.Direction
	return ch
}

// step is what formats have in common that print the same numbers.
type step struct {
	unit   money.Unit
	places int
}

// printed are the lines' amounts as f prints them; nil where the pack lets roundings stand.
func (c *composer) printed(f money.Format) []money.Amount {
	if !c.p.Adjust {
		return nil
	}
	s := step{f.Unit, f.Places}
	if c.lines == nil {
		c.lines = map[step][]money.Amount{}
	}
	if c.lines[s] == nil {
		c.lines[s] = c.b.Printed(f)
	}
	return c.lines[s]
}

// adjustment is a number that is printed other than its exact amount rounds to.
type adjustment struct {
	what         string
	exact, shown money.Amount
	format       money.Format
}

// print writes an amount that is shown for an exact one, and remembers where that is no mere rounding.
func (c *composer) print(f money.Format, exact, shown money.Amount, what string) string {
	if c.p.Adjust && !f.Round(exact).Equal(f.Round(shown)) {
		c.adjusted = append(c.adjusted, adjustment{what, exact, shown, f})
	}
	return written(f, exact, shown)
}

// written is an amount that is shown for an exact one.
func written(f money.Format, exact, shown money.Amount) string {
	if shown.IsZero() && !exact.IsZero() {
		f.Zero, f.BlankZero = "", false // something is there
	}
	return f.String(shown)
}

// figureIn writes a figure in a format.
func (c *composer) figureIn(f money.Format, x figure, what string) string {
	return c.print(f, x.exact, c.shown(x, f), what)
}

// reportAdjusted says, once for a table or for all sentences, which numbers are printed other than they round to, and
// begins anew at from.
func (c *composer) reportAdjusted(where string, from int) (any bool) {
	list := c.adjusted[from:]
	c.adjusted = c.adjusted[:from]
	if len(list) == 0 {
		return false
	}
	d := diag.Diagnostic{Rule: "尾差-002", Level: diag.Note, At: c.p.AdjustAt, Hint: "模板要求印出的分项之和等于合计；不调整的，模板写 rounding = \"as-is\""}
	seen := map[string]bool{}
	for _, x := range list {
		f := x.format
		f.Zero, f.BlankZero = "", false
		text := fmt.Sprintf("%s 准确数%s元，舍入为%s%s，印作%s%s", x.what, money.Format{Places: 2, Group: true}.String(x.exact), f.String(x.exact), f.Unit, f.String(x.shown), f.Unit)
		if !seen[text] {
			seen[text] = true
			d.Notes = append(d.Notes, diag.Related{Text: text})
		}
	}
	d.Message = fmt.Sprintf("%s有%d个数按尾差处理调整", where, len(d.Notes))
	c.diags.Add(d)
	return true
}

// adjustedNote is the pack's line below a table with adjusted numbers.
func (c *composer) adjustedNote(t *doc.Table) {
	if n := c.snippet(c.p.AdjustNote); n.String != "" {
		t.Notes = append(t.Notes, n)
	}
}

// apportioned are stated parts as f prints them; where parts are made to add up, they come to the whole.
func (c *composer) apportioned(f money.Format, whole money.Amount, parts []money.Amount) []money.Amount {
	if !c.p.Adjust {
		return parts
	}
	out, _ := f.Apportion(whole, parts)
	return out
}
