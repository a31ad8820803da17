package budget

import (
	"cmp"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// purse is the money of one unit from one source.
type purse struct{ unit, fund string }

// flow is what moves through a purse: revenue = spent + out − in.
type flow struct {
	spent, in, out money.Amount
	lines          []int
	carry          *Carry
	stated         *Revenue
	claims         []source.Amount // all statements
}

// revenue derives every unit's revenue by source from what it spends and carries over, because a balanced budget
// leaves nothing else; stated revenue is an assertion.
func (l *loader) revenue() {
	flows := map[purse]*flow{}
	at := func(unit, fund string) *flow {
		p := purse{unit, fund}
		if flows[p] == nil {
			flows[p] = &flow{}
		}
		return flows[p]
	}
	for i := range l.b.Lines {
		x := &l.b.Lines[i]
		if x.View&ByFunction == 0 {
			continue
		}
		f := at(x.Unit, x.Fund)
		f.spent, f.lines = f.spent.Add(x.Amount), append(f.lines, i)
	}
	for i := range l.b.Facts.Carry {
		c := &l.b.Facts.Carry[i]
		f := at(l.unit(c.Unit, c.At), fundOf(c.Fund))
		f.in, f.out, f.carry = f.in.Add(c.In.Amount), f.out.Add(c.Out.Amount), c
	}
	for i := range l.b.Facts.Revenue {
		r := &l.b.Facts.Revenue[i]
		f := at(l.unit(r.Unit, r.At), fundOf(r.Source))
		f.stated, f.claims = r, append(f.claims, r.Amount)
	}
	keys := make([]purse, 0, len(flows))
	for p := range flows {
		keys = append(keys, p)
	}
	order := Funds()
	slices.SortFunc(keys, func(a, b purse) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(slices.Index(order, a.fund), slices.Index(order, b.fund)), cmp.Compare(a.fund, b.fund))
	})
	for _, p := range keys {
		l.purse(p, flows[p])
	}
}

func (l *loader) purse(p purse, f *flow) {
	revenue := f.spent.Add(f.out).Sub(f.in)
	place := l.b.Facts.Department.At
	switch {
	case f.stated != nil:
		place = f.stated.At
	case f.carry != nil:
		place = f.carry.At
	case len(f.lines) > 0:
		place = l.b.Lines[f.lines[0]].At
	}
	if claim := ClaimOf(f.claims...); f.stated != nil && !claim.Sum.Equal(revenue) {
		d := diag.Diagnostic{Rule: "勾稽-001", Level: diag.Error, At: f.stated.Amount.At,
			Message: "单位" + p.unit + "的" + p.fund + "填报收入与支出、结转推算的收入不符",
			Hint:    "收入＝支出＋年终结转结余－上年结转结余；核对该来源的支出和结转，或删去这笔收入由程序推算"}
		claim.Settle(&d, money.Yuan, revenue)
		l.diags.Add(d)
	}
	if revenue.Sign() < 0 {
		d := diag.Diagnostic{Rule: "勾稽-002", Level: diag.Error, At: place,
			Message: "单位" + p.unit + "的" + p.fund + "上年结转结余多于支出与年终结转结余之和",
			Hint:    "把没有安排的结转填入年终结转结余（out），或改正上年结转结余（in）"}
		both(&d, f.in, f.spent.Add(f.out))
		l.diags.Add(d)
	}
	base := Line{View: ByFunction | ByEconomy, Unit: p.unit, Fund: p.fund, At: place}
	for _, x := range []struct {
		side   Side
		amount money.Amount
		from   []int
	}{{RevenueSide, revenue, f.lines}, {CarryIn, f.in, nil}, {CarryOut, f.out, nil}} {
		if x.amount.IsZero() {
			continue
		}
		n := base
		n.Side, n.Amount, n.From = x.side, x.amount, x.from
		l.add(n)
	}
}

// Reckoned reports whether a line is revenue that nobody states: its place is the first of what it is spent on.
func (b *Budget) Reckoned(l *Line) bool {
	return l.Side == RevenueSide && !slices.ContainsFunc(b.Facts.Revenue, func(r Revenue) bool { return r.At == l.At })
}

// ListedUnits are the units with a budget of their own, by code.
func (b *Budget) ListedUnits() []*Unit {
	var out []*Unit
	for i := range b.Facts.Units {
		if u := &b.Facts.Units[i]; u.Within.V == "" && u.Code.V != "" {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, c *Unit) int { return cmp.Compare(a.Code.V, c.Code.V) })
	return out
}

// ShortName is the department's name as tables print it.
func (b *Budget) ShortName() source.String {
	return or(b.Facts.Department.ShortName, b.Facts.Department.Name)
}
