package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// list is rows that the pack names.
type list struct{ namedRows }

func (list) Word() pack.Entry {
	return pack.Entry{Name: "list", Text: "模板逐行写明：[[table.row]]，每行有标签和范围；写 group 的行，连续相同的组合并成一格",
		Example: `row = [ { group = "其他资金", label = "事业收入", query = "side=收入 fund=事业收入" } ]`}
}

func (list) Fields() []pack.Entry {
	return []pack.Entry{{Name: "label", Text: "这一行的标签"}, {Name: "group", Text: "组名，连续相同的合并；没有组的行，标签占两格"}}
}

func (list) Shape() pack.Shape { return pack.Named }

func (list) sides(d *Document, s *Schedule) []Side {
	x := s.oneSide()
	x.Rows = d.listed(s, &x, s.Table.List, Plain)
	nest(x.Rows)
	return []Side{x}
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
		group := Text{Field: "group", Text: d.words.Text(r.Group, nil)}
		dim, each := budget.FindDimension(r.Each)
		if !each || kind == Foot {
			row.Own, row.NoSum, row.query = ownLabel(r.Label), !r.Amount, &r.Query
			row.Texts = []Text{{Field: "label", Text: d.words.Text(r.Label, nil)}, group}
			out = append(out, d.summed(s, x, row))
			continue
		}
		parts := d.Parts(dim, q)
		for k := range parts {
			of := r.Query.Part(dim, parts[k].Code)
			row.Own, row.query = parts[k].Code, &of
			row.Texts = []Text{{Field: "label", Text: d.words.Text(r.Label, &parts[k])}, group}
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

// read finds the row by its label and, where rows stand in groups, its group, whose cell spans its rows.
func (list) read(r *Reading, t *Printed, i int) []Found {
	f := t.row(i, "code", "name")
	w := words{label: Bare(t.field(i, "label")), grouped: t.column("group") >= 0}
	for k := i; k >= 0 && w.group == ""; k-- {
		w.group = Bare(t.field(k, "group"))
	}
	f.At = t.column("label")
	says := t.field(i, "label")
	if g := t.field(i, "group"); says == "" && g != "" {
		f.At, says = t.column("group"), g
	}
	if says == "" {
		if !t.some(i, f.Cells) {
			return nil
		}
		return []Found{f.unread(t.nth(i), 0, "没有名称")}
	}
	out, _ := r.namedRow(t, f, "", pointers(t.Table.List), 0, w)
	if out.Unread != "" {
		out.Label = says
	}
	return []Found{out}
}
