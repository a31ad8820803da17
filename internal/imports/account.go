package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Account is what became of the money of a sheet: what it states of itself, what its rows come to, and what of that is taken in.
// What the two differ by is explained by LeftOut, exactly.
type Account struct {
	Stated    money.Amount // the sum of the whole sheet, as a row of it says
	StatedAt  diag.Range   // where; zero where no row does
	Counted   money.Amount // what its rows come to
	Slack     money.Amount // how far the two may be apart where the unit leaves 分 out
	Taken     money.Amount // what goes into the folder, or before that is known what rows were made of
	Settled   bool         // it is known what goes into the folder
	LeftOut   []LeftOut
	Unstored  bool // a row is there for it and has no result in the file
	unlabeled bool // the row that states the sum does not call itself that of all
}

// LeftOut is money of a sheet that is not taken in, and why.
type LeftOut struct {
	Why    string
	Rows   []int // of the sheet, where single rows are left out
	Amount money.Amount
}

func (a *Account) leave(why string, row int, amount money.Amount) {
	if amount.IsZero() {
		return
	}
	i := slices.IndexFunc(a.LeftOut, func(x LeftOut) bool { return x.Why == why })
	if i < 0 {
		i = len(a.LeftOut)
		a.LeftOut = append(a.LeftOut, LeftOut{Why: why})
	}
	x := &a.LeftOut[i]
	x.Amount = x.Amount.Add(amount)
	if row > 0 {
		x.Rows = append(x.Rows, row)
	}
}

// counts reports whether the money of a column goes into the data by itself.
func (c *column) counts() bool { return !c.sum && !c.partial && !c.Unused && c.role != roleWhole }

// whole is what a row has in all columns that count, and whether it says anything: their sum, or where the row fills none of
// them, what it says in the column that adds up most.
func (b *body) whole(l *line) (total money.Amount, says bool) {
	var sums *column
	for _, c := range b.money {
		if c.sum && (sums == nil || len(c.parts) > len(sums.parts)) {
			sums = c
		}
		if f := l.figures[c.index]; c.counts() && f.state == amount {
			total, says = total.Add(f.amount), true
		}
	}
	if says || sums == nil || slices.ContainsFunc(sums.parts, func(p *column) bool { return l.figures[p.index].state != nothing }) {
		return total, says
	}
	f := l.figures[sums.index]
	return f.amount, f.state == amount
}

// tellTotal notes that a row of sums states the sum of all leaves. One that calls itself so goes before one that does not.
func (b *body) tellTotal(l *line, all bool) {
	a := &b.r.out.Sheets[b.number].Account
	named := l.nameless() && endsWhole(l.label)
	if !all && !named || !a.StatedAt.IsZero() && !named && !a.unlabeled {
		return
	}
	total, says := b.whole(l)
	if !says || total.IsZero() && !a.Counted.IsZero() {
		a.Unstored = true
		return
	}
	a.Stated, a.StatedAt, a.unlabeled = total, b.at(l.row, b.columns[0].Number), !named
}

// tally counts what the rows of a table come to.
func (b *body) tally() {
	a := &b.r.out.Sheets[b.number].Account
	n := 0
	for i := range b.lines {
		if l := &b.lines[i]; l.class == leaf {
			t, _ := b.whole(l)
			a.Counted = a.Counted.Add(t)
			n++
		}
	}
	for _, c := range b.money {
		if s := b.slack(c, n); c.counts() && s.Cmp(a.Slack) > 0 {
			a.Slack = s
		}
	}
}

// rest notes what of the money of a leaf did not become rows.
func (b *body) rest(l *line, made []Row) {
	a := &b.r.out.Sheets[b.number].Account
	total, _ := b.whole(l)
	for i := range made {
		m := made[i].money(b.r.keys)
		total = total.Sub(m)
		a.Taken = a.Taken.Add(m)
	}
	why := b.why
	if why == "" {
		why = "没有带入"
	}
	a.leave(why, l.row, total)
	b.why = ""
}

// money is what a row brings into the data.
func (r *Row) money(keys map[Kind]map[string]bool) money.Amount {
	var t money.Amount
	for _, v := range r.Values {
		if v.Money && v.Key != "total_budget" && keys[r.Kind][v.Key] {
			t = t.Add(v.Amount)
		}
	}
	return t
}

// without are the rows that a step leaves, with an account of the money of those that it does not.
func (u *Understood) without(rows []*Row, step func([]*Row) []*Row, why string) []*Row {
	before, keys := slices.Clone(rows), fields()
	after := step(rows)
	stays := map[*Row]bool{}
	for _, r := range after {
		stays[r] = true
	}
	for _, r := range before {
		if stays[r] {
			continue
		}
		a := &u.Sheets[r.Sheet].Account
		m := r.money(keys)
		a.Taken = a.Taken.Sub(m)
		a.leave(why, 0, m)
	}
	return after
}

// settle says that what rows are left goes into the folder.
func (u *Understood) settle() {
	for i := range u.Sheets {
		u.Sheets[i].Account.Settled = true
	}
}

// account is the line that holds what a sheet states against what is taken in, "" for one that has no money.
func (p *SheetReport) account() string {
	a := &p.Account
	switch p.Kind {
	case Indicator, Vehicle, Unit, Three, Balance, NoTable:
		return ""
	}
	from, stated := "导出表合计", a.Stated
	if a.StatedAt.IsZero() {
		from, stated = "导出表没有写合计；各行相加", a.Counted
		if a.Unstored {
			from = "导出表的合计没有结果；各行相加"
		}
	}
	if p.Kind == Summary {
		return from + " " + money.ToldYuan(stated) + "，只用来核对，不带入"
	}
	taken := "带入"
	if !a.Settled {
		taken = "认出"
	}
	if stated.Equal(a.Taken) && len(a.LeftOut) == 0 {
		return fmt.Sprintf("%s ＝ %s（%s）", from, taken, money.ToldYuan(stated))
	}
	out := fmt.Sprintf("%s %s，%s %s", from, money.ToldYuan(stated), taken, money.ToldYuan(a.Taken))
	if d := stated.Sub(a.Taken); !d.IsZero() {
		out += "，相差 " + money.ToldYuan(d)
	}
	return out + "：" + strings.Join(a.reasons(stated), "；")
}

// reasons are what the difference between a stated sum and what is taken in is made of.
func (a *Account) reasons(stated money.Amount) []string {
	var out []string
	if d := stated.Sub(a.Counted); !d.IsZero() {
		why := "合计与各行之和不符"
		if d.Abs().Cmp(a.Slack) <= 0 {
			why = "各行四舍五入的差"
		}
		out = append(out, why+" "+money.ToldYuan(d))
	}
	for _, x := range a.LeftOut {
		what := x.Why
		if len(x.Rows) > 0 {
			var rows []string
			for _, n := range x.Rows {
				rows = append(rows, digits(n))
			}
			what = "第 " + some(rows) + " 行" + x.Why
		}
		out = append(out, what+" "+money.ToldYuan(x.Amount))
	}
	return out
}
