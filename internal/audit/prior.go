package audit

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
)

// compared holds the columns of a finished table that speak of last year within their row: the change is this year's number
// less last year's, the rate is the change over last year's. They are no sums of this year's lines.
func (x *reader) compared(t *statedTable, row []printedText, m *schedule.Found) {
	leaves := t.leaves
	for j, l := range leaves {
		if l.Prior == "" || l.Show == "last" || t.Lacks(j) {
			continue
		}
		before := slices.IndexFunc(leaves, func(o *pack.Column) bool { return o.Prior == l.Prior && o.Show == "last" })
		if before >= 0 && t.Lacks(before) {
			continue
		}
		now := x.thisYear(leaves, m.Query, l.Prior)
		if before < 0 || now < 0 || t.Lacks(now) || row[before].text == "" && row[j].text == "" { // it is not compared
			continue
		}
		a, okA := t.amount(row[now])
		b, okB := t.amount(row[before])
		if !okA || !okB {
			continue
		}
		name := t.Name() + "“" + m.Label + "”的" + headOf(t.spec, j)
		if l.Show == "change" {
			x.printedChange(t, row[j], name, a, b)
		} else {
			x.printedRate(t, row[j], name, a, b)
		}
	}
}

// lastYear reads the numbers of last year in a row. Where one is of a figure, it is that of the row.
func (x *reader) lastYear(t *statedTable, i int, m *schedule.Found) {
	for j, l := range t.leaves {
		if l.Prior == "" || l.Show != "last" || t.Lacks(j) || t.rows[i][j].text == "" {
			continue
		}
		q := m.Query
		if f := x.in.Pack.Figures[l.Prior]; f != nil {
			q = q.And(f.Query)
		}
		b, ok := x.doc.space.Of(q)
		value, read := t.amount(t.rows[i][j])
		if ok && read {
			x.doc.before = append(x.doc.before, cell{table: t.spec, row: i, col: j, name: t.Name() + "“" + m.Label + "”的" + headOf(t.spec, j), label: strings.TrimLeft(m.Label, "0123456789 "),
				text: t.rows[i][j].text, value: value, unit: t.unit, places: t.places, query: q, own: m.Own, box: x.doc.space.Balance(b), at: t.rows[i][j].at})
		}
	}
}

// thisYear is the column that has this year's number of a figure with last year's, -1 for none.
func (x *reader) thisYear(leaves []*pack.Column, q budget.Query, figure string) int {
	f := x.in.Pack.Figures[figure]
	if f == nil {
		return -1
	}
	want, ok := x.doc.space.Of(q.And(f.Query))
	return slices.IndexFunc(leaves, func(l *pack.Column) bool {
		if !ok || l.Field != "" || l.Prior != "" {
			return false
		}
		b, known := x.doc.space.Of(q.And(l.Query))
		return known && slices.Equal(b, want)
	})
}

// amount is the amount of a cell, zero for an empty one. What is none has been reported, or is no amount of this table.
func (t *statedTable) amount(p printedText) (money.Amount, bool) {
	text := strings.TrimSpace(p.text)
	if text == "" || text == "-" || text == "—" {
		return money.Amount{}, true
	}
	found := prose.Quantities(text)
	if len(found) != 1 || found[0].Kind != prose.Plain || found[0].End != len(text) {
		return money.Amount{}, false
	}
	return found[0].In(t.unit), true
}

func (x *reader) printedChange(t *statedTable, p printedText, name string, now, before money.Amount) {
	change, ok := t.amount(p)
	want := now.Sub(before)
	if !ok || change.Sub(want).Abs().Cmp(money.ToleranceOf(2, t.unit, t.places)) <= 0 {
		return
	}
	d := diag.Diagnostic{Rule: "表内-004", Level: diag.Error, At: p.at, Message: name + "不等于本年数减上年数", Hint: "核对这一行的本年数、上年数和增减"}
	d.Numbers(money.Difference(t.unit, change, want))
	x.r.Add(d)
}

func (x *reader) printedRate(t *statedTable, p printedText, name string, now, before money.Amount) {
	found := prose.Quantities(p.text)
	if len(found) != 1 || found[0].Kind != prose.Plain && found[0].Kind != prose.Percentage {
		return
	}
	if found[0].Places == 0 {
		found[0].Places = 2
	}
	half := money.ToleranceOf(1, t.unit, t.places)
	change := now.Sub(before)
	rate := &found[0]
	if before.Sign() <= 0 || shareWithin(change, before, half, rate) {
		return
	}
	want, _ := money.Share(change, before, rate.Places)
	x.r.Add(diag.Diagnostic{Rule: "表内-004", Level: diag.Error, At: p.at, Message: name + "不等于增减额除以上年数", Stated: p.text, Want: want,
		Diff: prose.PointsApart(rate, want), Hint: "核对这一行的本年数、上年数和增减"})
}
