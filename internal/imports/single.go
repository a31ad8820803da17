package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
)

// singles keeps the figures of a sheet whose columns are single figures, 三公经费 above all, as totals.
func (r *reader) singles(b *body) {
	for i := range b.lines {
		l := &b.lines[i]
		b.unitOf(l)
		b.across(l)
		for _, c := range b.money {
			f := l.figures[c.index]
			if f.state == nothing || f.state == odd {
				continue
			}
			t := Total{Sheet: b.number, Label: c.leaf(), Column: c.Head, Where: l.where(c), Key: "amount", Amount: f.amount, At: b.at(l.row, c.Number)}
			if c.sum {
				for _, p := range c.parts {
					t.Parts = t.Parts.Add(l.figures[p.index].amount)
				}
				t.Held = f.state == amount && f.amount.Sub(t.Parts).Abs().Cmp(b.slack(c, len(c.parts))) <= 0
				if t.Unstored = !t.Held && (f.state == unstored || f.amount.IsZero()); t.Unstored {
					t.Amount = t.Parts
				}
			}
			r.out.Totals = append(r.out.Totals, t)
			r.out.Sheets[b.number].Figures++
		}
	}
}

// mainItem is the number of an item of a balance that no other row holds: 一、.
var mainItem = regexp.MustCompile(`^[一二三四五六七八九十]+、`)

// sides keeps the figures of a balance: on each side labels, and columns of amounts up to the next labels. The sums of a side
// are held against its items.
func (r *reader) sides(b *body) {
	label := 0
	for _, c := range b.columns {
		switch {
		case c.role == roleProject || c.role == roleSource:
			label = c.Number
		case c.amount() && !c.partial && label > 0:
			r.side(b, c, label)
		}
	}
}

// side keeps one column of a balance.
func (r *reader) side(b *body, c *column, label int) {
	text := func(l *line) string { return words(b.sheet.At(l.row, label).Text) }
	main := slices.ContainsFunc(b.lines, func(l line) bool { return mainItem.MatchString(text(&l)) })
	var whole, since, before money.Amount // all items; those since the last sum; the last sum
	items := 0                            // since the last sum
	for i := range b.lines {
		l := &b.lines[i]
		f, says := l.figures[c.index], text(l)
		if c.sum && f.state != nothing {
			f = figure{state: amount, amount: b.value(l, c)}
		}
		if f.state == nothing || f.state == odd || says == "" && b.unnamed(l, c, f) {
			continue
		}
		t := Total{Sheet: b.number, Label: says, Column: c.Head, Where: l.where(c), Key: "amount", Amount: f.amount, At: b.at(l.row, c.Number)}
		if !r.Words.isSum(plain(says)) {
			if !main || mainItem.MatchString(says) || !numbering.MatchString(plain(says)) && !before.IsZero() {
				whole, since = whole.Add(f.amount), since.Add(f.amount)
				items++
			}
			r.out.Totals = append(r.out.Totals, t)
			r.out.Sheets[b.number].Figures++
			continue
		}
		t.Parts = whole
		for n, p := range []money.Amount{whole, before.Add(since), since} {
			if n == 2 && items == 0 {
				continue
			}
			if f.state == amount && f.amount.Sub(p).Abs().Cmp(b.slack(c, len(b.lines))) <= 0 {
				t.Parts, t.Held = p, true
				break
			}
		}
		rep := &r.out.Sheets[b.number]
		rep.Sums++
		switch {
		case t.Held:
			rep.Held++
		case f.state == unstored || f.amount.IsZero():
			t.Amount, t.Unstored = whole, true
			rep.Unstored++
		default:
			rep.Failed++
			b.disagree(l.row, c, diag.Quote(says)+"与它上面各项之和不符", f.amount, t.Parts)
		}
		before, since, items = t.Amount, money.Amount{}, 0
		r.out.Totals = append(r.out.Totals, t)
	}
}

// unnamed tells of a number of a balance that stands beside no item; it is left out.
func (b *body) unnamed(l *line, c *column, f figure) bool {
	if f.state == amount && !f.amount.IsZero() {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(l.row, c.Number), Message: "这个数没有写是哪一项的，没有核对", Stated: money.ToldYuan(f.amount),
			Hint: "这张表只用来核对，不导入；核对原表"})
	}
	return true
}

// labelled finds a label and what it says, the nearest above the head and outside of other tables, and the cell of what it says.
func (t *table) labelled(labels ...string) (text string, row, column int) {
	for _, x := range t.sheet.Rows {
		if x.Number >= t.top {
			break
		}
		if slices.ContainsFunc(t.before, func(o *table) bool { return x.Number >= o.top && x.Number <= o.last }) {
			continue
		}
		wanted := false
		for _, c := range x.Cells {
			if c.Covered || c.Kind == grid.Empty {
				continue
			}
			if wanted {
				text, row, column, wanted = words(c.Text), x.Number, c.Column, false
				continue
			}
			p := plain(c.Text)
			head, rest, colon := strings.Cut(p, ":")
			if !slices.Contains(labels, head) {
				continue
			}
			if colon && rest != "" {
				full := strings.NewReplacer("：", ":", "∶", ":").Replace(c.Text)
				_, full, _ = strings.Cut(full, ":")
				text, row, column = words(full), x.Number, c.Column
			} else {
				wanted = true
			}
		}
	}
	return text, row, column
}
