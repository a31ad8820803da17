package compose

import (
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// figure is a number that templates hand from word to word. They cannot look into it.
type figure struct{ of schedule.Number }

// sum adds up lines.
func (c *composer) sum(q budget.Query) figure { return figure{c.numbers.Sum(q)} }

// stated is an amount that somebody stated.
func stated(a money.Amount) figure { return figure{schedule.Number{Exact: a}} }

func (x figure) isZero() bool { return x.of.Exact.IsZero() }

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
	return schedule.Written(f, exact, shown)
}

// figureIn writes a figure in a format.
func (c *composer) figureIn(f money.Format, x figure, what string) string {
	return c.print(f, x.of.Exact, c.numbers.Shown(x.of, f), what)
}

// toldOf is what a figure is as f prints it.
func toldOf(f *money.Format, x figure, text string) schedule.Told {
	kind := schedule.ValueSum
	if x.of.Sums == nil {
		kind = schedule.ValueStated
	}
	return schedule.Told{Kind: kind, Text: text, Format: f, Of: x.of}
}

// printedAs writes a figure in a format with its unit, in the marks that say what it is.
func (c *composer) printedAs(f *money.Format, x figure, what, unit string) string {
	return c.origins.numbers.mark(toldOf(f, x, c.figureIn(*f, x, what)), unit)
}

// number is printedAs as a text.
func (c *composer) number(f *money.Format, x figure, what string) doc.Text {
	return c.origins.numbers.whole(toldOf(f, x, c.figureIn(*f, x, what)))
}

// statedAs writes an amount of the author's that is shown as another, in such marks.
func (c *composer) statedAs(f *money.Format, a *source.Amount, shown money.Amount, what string) string {
	x := figure{schedule.Number{Exact: a.Amount, At: &a.At}}
	return c.origins.numbers.mark(toldOf(f, x, c.print(*f, a.Amount, shown, what)), "")
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
		text := fmt.Sprintf("%s 准确数%s，舍入为%s%s，印作%s%s", x.what, money.ToldYuan(x.exact), f.String(x.exact), f.Unit, f.String(x.shown), f.Unit)
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
