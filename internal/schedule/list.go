package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// list is rows that the pack names.
type list struct{}

func (list) sides(d *Document, s *Schedule) []Side {
	x := s.oneSide()
	x.Rows = d.listed(s, &x, s.Table.List, Plain)
	nest(x.Rows)
	return []Side{x}
}

func (list) query(_ *Document, s *Schedule, side, row int) (budget.Query, bool) {
	return *s.Sides[side].Rows[row].query, true
}

// balance sets lists of revenue and expenditure beside each other, each with feet of its own.
type balance struct{}

func (balance) sides(d *Document, s *Schedule) []Side {
	t := s.Table
	all := s.oneSide()
	var out []Side
	for n, columns := range pack.Sides(s.Columns(&all)) {
		x := Side{Name: [...]string{"income", "outgo", "use"}[n], Columns: columns}
		x.Rows = d.listed(s, &x, [...][]pack.Row{t.Income, t.Outgo, t.Use}[n], Plain)
		for i := range t.Foot {
			x.Rows = append(x.Rows, d.listed(s, &x, t.Foot[i][n:n+1], Foot)...)
		}
		nest(x.Rows)
		out = append(out, x)
	}
	return out
}

func (balance) query(_ *Document, s *Schedule, side, row int) (budget.Query, bool) {
	return *s.Sides[side].Rows[row].query, true
}

// listed are rows that the pack names: one a part of what stands for each part of a sum, and none of what is printed only
// where there is something and there is nothing.
func (d *Document) listed(s *Schedule, x *Side, rows []pack.Row, kind Kind) []Row {
	out := make([]Row, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		if d.meter.Err() != nil {
			return nil
		}
		q := s.Table.Filter.And(r.Query)
		if kind != Foot && r.Optional && d.Budget.Sum(q).IsZero() {
			continue
		}
		row := Row{Kind: kind, Level: r.Indent, Blank: r.Blank, Wide: r.Wide, Spec: r}
		group := Text{"group", d.words.Text(r.Group, nil)}
		dim, each := budget.FindDimension(r.Each)
		if !each || kind == Foot {
			row.Own, row.NoSum, row.query = Bare(r.Label.Tail()), !r.Amount, &r.Query
			row.Texts = []Text{{"label", d.words.Text(r.Label, nil)}, group}
			out = append(out, d.summed(s, x, row))
			continue
		}
		parts := d.Parts(dim, q)
		for k := range parts {
			of := r.Query.Part(dim, parts[k].Code)
			row.Own, row.query = parts[k].Code, &of
			row.Texts = []Text{{"label", d.words.Text(r.Label, &parts[k])}, group}
			out = append(out, d.summed(s, x, row))
		}
	}
	return out
}

// summed is the row with its sums.
func (d *Document) summed(s *Schedule, x *Side, r Row) Row {
	if r.NoSum {
		return r
	}
	r.sums = make([]Sum, len(x.Columns))
	for k, j := range x.Columns {
		if l := &s.Leaves[j]; l.Sums() {
			n := d.Sum(s.Table.Filter.And(*r.query).And(l.Query))
			r.sums[k] = Sum{n.Exact, d.Shown(n, l.Format)}
		}
	}
	return r
}
