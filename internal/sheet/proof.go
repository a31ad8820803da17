package sheet

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// proofRow is a row of 校核: a total, or two that must agree.
type proofRow struct {
	section string // begins with it
	what    string
	left    sum
	right   sum // its formula is "" where nothing is compared
	named   string
	atMost  bool         // left may be less than right
	count   bool         // left is how many cells are still to be filled in
	stated  bool         // right is what somebody rounded: to 万元 is as good, and nothing where nothing is stated
	slack   money.Amount // how much the sum of rounded parts may miss a rounded whole
}

// proofs are what is shown and compared: as far as what is typed can tell. The rules of check remain the judge.
func (w *writer) proofs(l *ledger) []proofRow {
	var out []proofRow
	section := func(name string, rows []proofRow) {
		if len(rows) > 0 {
			rows[0].section = name
			out = append(out, rows...)
		}
	}
	apart := splits(w.c.Layout.Pack)
	section("合计一览", l.totals())
	section("勾稽关系", slices.Concat(l.margins(), l.pairs(), l.projectSums(), l.wholes(), l.purchases(), l.revenue(), w.formSums(l), l.parts(apart), w.priorParts(apart)))
	section("都算进去了没有", slices.Concat(l.counted(), w.unfilled()))
	section("模板用的数；填报合计里填了的，与它核对", l.figures())
	return out
}

const spent = string(budget.Expenditure)

// totals: by kind, by fund, by unit.
func (l *ledger) totals() []proofRow {
	base := []test{is("side", spent), is(keyView, "F*")}
	one := func(what string, tests ...test) proofRow {
		return proofRow{what: what, left: l.of(append(slices.Clone(base), tests...)...)}
	}
	out := []proofRow{one("支出合计")}
	for _, v := range l.distinct("kind") {
		out = append(out, one("　其中："+v, is("kind", v)))
	}
	out = append(out, one("基本支出里的"+budget.NaturePersonnel, is("kind", budget.KindBasic), is("nature", budget.NaturePersonnel)),
		one("基本支出里的"+budget.NaturePublic, is("kind", budget.KindBasic), is("nature", budget.NaturePublic)))
	for _, v := range l.distinct("fund") {
		out = append(out, one("支出："+v, is("fund", v)))
	}
	if units := l.distinct("unit"); len(units) > 1 {
		for _, v := range units {
			code := strings.TrimPrefix(v, "U")
			out = append(out, one("支出：单位 "+orElse(strings.TrimSpace(code+" "+l.w.c.show.units[code]), "没有写明"), is("unit", v)))
		}
	}
	for _, side := range []budget.Side{budget.CarryIn, budget.CarryOut, budget.Purchases} {
		if l.has(string(side)) {
			out = append(out, proofRow{what: string(side), left: l.of(is("side", string(side)))})
		}
	}
	return out
}

// has reports whether there are lines of a side.
func (l *ledger) has(side string) bool {
	at := slices.Index(l.keys, "side")
	return slices.ContainsFunc(l.lines, func(x ledgerLine) bool { return x.values[at] == side && !x.amount.IsZero() })
}

// distinct are the words that expenditure has for a key: known ones in their order, then as they come.
func (l *ledger) distinct(key string) []string {
	known := budget.Values(key)
	at, side := slices.Index(l.keys, key), slices.Index(l.keys, "side")
	var out []string
	for i := range l.lines {
		x := &l.lines[i]
		if v := x.values[at]; x.values[side] == spent && v != "" && !x.amount.IsZero() && !slices.Contains(out, v) && askable(v) {
			out = append(out, v)
		}
	}
	place := func(v string) int {
		if i := slices.Index(known, v); i >= 0 {
			return i
		}
		return len(known)
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return out
}

// figures are the numbers that the pack names, beside what is stated of them.
func (l *ledger) figures() []proofRow {
	s, b := l.w.of("stated")
	var out []proofRow
	p := l.w.c.Layout.Pack
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		if f.By != "" {
			continue
		}
		left, ok := l.query(f.Query)
		if !ok {
			continue
		}
		row := proofRow{what: f.Title, left: left}
		if b != nil {
			figure, amount := b.FieldColumn("figure"), b.FieldColumn("amount")
			row.right = s.typedSum(b, amount, map[int]string{figure: f.Title}).plus(s.typedSum(b, amount, map[int]string{figure: name}))
			row.named, row.stated = "填报合计", true
		}
		out = append(out, row)
	}
	return out
}

// margins: where basic expenditure is stated by two lists, they come to the same, by unit, fund and nature.
func (l *ledger) margins() []proofRow {
	type cell struct{ unit, fund, nature string }
	var seen []cell
	for i := range l.lines {
		x := &l.lines[i]
		v := func(key string) string { return x.values[slices.Index(l.keys, key)] }
		if c := (cell{v("unit"), v("fund"), v("nature")}); x.of.feed.Line.View != budget.ByFunction|budget.ByEconomy && !x.amount.IsZero() && !slices.Contains(seen, c) {
			seen = append(seen, c)
		}
	}
	var out []proofRow
	for _, c := range seen {
		tests := []test{is("side", spent), is("kind", budget.KindBasic), is("unit", c.unit), is("fund", c.fund), is("nature", c.nature)}
		side := func(view string) sum { return l.of(append(slices.Clone(tests), is(keyView, view))...) }
		what := strings.TrimSpace(strings.TrimPrefix(c.unit, "U") + " " + c.fund + " " + c.nature)
		out = append(out, proofRow{what: "基本支出按功能科目＝按经济科目：" + what, left: side("F"), named: "按经济科目", right: side("E")})
	}
	return out
}

// pairs: functional and economic codes that usually stand for the same money.
func (l *ledger) pairs() []proofRow {
	if l.w.c.in.Catalogue == nil {
		return nil
	}
	prefixes := func(codes []string) []string {
		var out []string
		for _, c := range codes {
			out = append(out, c+"*")
		}
		return out
	}
	var out []proofRow
	for _, p := range l.w.c.in.Catalogue.Pairs {
		base := []test{is("side", spent), is("kind", budget.KindBasic), is("fund", budget.FundGeneral)}
		left := l.of(append(slices.Clone(base), is(keyView, "F*"), is("function", prefixes(p.Functional)...))...)
		right := l.of(append(slices.Clone(base), is(keyView, "*E"), is("economic", prefixes(p.Economic)...))...)
		out = append(out, proofRow{what: p.Name + "：功能科目 " + strings.Join(p.Functional, "、"), left: left, named: "经济科目 " + strings.Join(p.Economic, "、"), right: right})
	}
	return out
}

// projectSums: the lines of a project come to what the project says.
func (l *ledger) projectSums() []proofRow {
	s, b := l.w.of("project.line")
	if b == nil || l.project == nil {
		return nil
	}
	name, unit := (&segment{s: s, b: b}).naming()
	var out []proofRow
	for _, row := range l.project.Rows {
		n, u := row.Cells[l.project.FieldColumn("name")].Text, row.Cells[l.project.FieldColumn("unit")].Text
		if n == "" || !fits(n) || row.Cells[l.project.FieldColumn("amount")].Kind != Number {
			continue
		}
		lines, whole := map[int]string{name: n}, map[int]string{l.project.FieldColumn("name"): n}
		if l.twice && unit >= 0 {
			lines[unit], whole[l.project.FieldColumn("unit")] = u, u
		}
		right := s.typedSum(b, b.FieldColumn("amount"), lines)
		if right.value.IsZero() {
			continue
		}
		out = append(out, proofRow{what: "项目的本年预算：" + n, left: l.projects.typedSum(l.project, l.project.FieldColumn("amount"), whole), named: "资金明细之和", right: right})
	}
	return out
}

// purchases: what is bought of a project's money is no more than it.
func (l *ledger) purchases() []proofRow {
	s, b := l.w.of("procurement")
	if b == nil || !l.has(string(budget.Purchases)) {
		return nil
	}
	out := []proofRow{{what: "政府采购合计", left: l.of(is("side", string(budget.Purchases))), named: "支出合计", right: l.of(is("side", spent), is(keyView, "F*")), atMost: true}}
	project := b.FieldColumn("project")
	if project < 0 || l.project == nil {
		return out
	}
	seen := map[string]bool{}
	for _, row := range b.Rows {
		n := row.Cells[project].Text
		if seen[n] || n == "" || l.findProject(n, "", l.project.FieldColumn("name"), -1) == 0 || !askable(n) {
			continue
		}
		seen[n] = true
		out = append(out, proofRow{what: "项目的采购：" + n, left: s.typedSum(b, b.FieldColumn("amount"), map[int]string{project: n}), named: "项目的支出",
			right: l.of(is("side", spent), is("project", n)), atMost: true})
	}
	return out
}

// revenue: what is stated to come in is what is spent and carried on, less what was carried in.
func (l *ledger) revenue() []proofRow {
	s, b := l.w.of("revenue")
	if b == nil {
		return nil
	}
	source, unit := b.FieldColumn("source"), b.FieldColumn("unit")
	type purse struct{ unit, source string }
	seen := map[purse]bool{}
	var out []proofRow
	for _, row := range b.Rows {
		p := purse{source: row.Cells[source].Text}
		texts := map[int]string{source: p.source}
		fund, _ := l.w.c.Layout.Pack.Lists().Of(b.Columns[source].Field.List).Mean(p.source)
		tests := []test{is("fund", fund), is(keyView, "F*")}
		if unit >= 0 {
			p.unit = row.Cells[unit].Text
			texts[unit] = p.unit
			code, _, _ := strings.Cut(p.unit, " ")
			if len(l.distinct("unit")) > 1 {
				tests = append(tests, is("unit", "U"+code))
			}
		}
		if seen[p] || p.source == "" || row.Cells[b.FieldColumn("amount")].Kind != Number || !askable(p.source) {
			continue
		}
		seen[p] = true
		side := func(side budget.Side) sum { return l.of(append(slices.Clone(tests), is("side", string(side)))...) }
		out = append(out, proofRow{what: strings.TrimSpace("收入：" + p.source + " " + p.unit), left: s.typedSum(b, b.FieldColumn("amount"), texts), named: "支出＋年终结转－上年结转",
			right: side(budget.Expenditure).plus(side(budget.CarryOut)).minus(side(budget.CarryIn))})
	}
	return out
}

// formSums: the estimate of a project comes to its budget, its procurement to no more.
func (w *writer) formSums(l *ledger) []proofRow {
	var out []proofRow
	for i := range w.sheets {
		s := &w.sheets[i]
		if s.Form == nil {
			continue
		}
		name := s.project()
		if name == "" || l.project == nil || l.twice || !askable(name) {
			continue
		}
		for j := range s.blocks {
			b := &s.blocks[j]
			amount := -1
			if b.Shape == Rows {
				amount = b.FieldColumn("amount")
			}
			if amount < 0 || !slices.ContainsFunc(b.Rows, func(r Row) bool { return r.Cells[amount].Kind == Number }) {
				continue
			}
			out = append(out, proofRow{what: s.Name + " " + b.Label + "：" + name, left: s.typedSum(b, amount, nil), named: "项目的支出",
				right: l.of(is("side", spent), is("project", name)), atMost: b.Table.Field("economic") == nil})
		}
	}
	return out
}

// counted: all of a sheet of lines is in the totals, however many rows it has by now.
func (l *ledger) counted() []proofRow {
	var out []proofRow
	for _, g := range l.segments {
		table, _, _ := cutLast(g.feed.Amounts[0])
		if table == "project" || g.feed.Line.Side == budget.Purchases && table != "procurement" || g.feed.Line.View == budget.ByEconomy {
			continue // counted unless other lines have it
		}
		head := g.b.Columns[g.amount].Head
		out = append(out, proofRow{what: g.s.Name + "的" + strings.TrimSuffix(head, yuan), left: g.s.typedSum(g.b, g.amount, nil), named: "算进合计的",
			right: sum{"SUM(" + l.amounts(g) + ")", l.sumOf(g)}})
	}
	return out
}

// unfilled: amounts that are no numbers yet. Of forms, of which there may be many, only where there are some.
func (w *writer) unfilled() []proofRow {
	var out []proofRow
	for i := range w.sheets {
		s := &w.sheets[i]
		for j := range s.blocks {
			b := &s.blocks[j]
			if b.Shape != Rows {
				continue
			}
			x := sum{}
			for k, c := range b.Columns {
				if c.Field == nil || c.Field.Kind != budget.FieldAmount || c.Role != RoleField {
					continue
				}
				n := 0
				for _, row := range b.Rows {
					n += rank(row.Cells[k].Kind == Text)
				}
				// Not COUNTIF with "?*": LibreOffice lets numbers pass for texts there.
				cells := s.below(b, k)
				x = x.plus(sum{`ROWS(` + cells + `)-COUNTBLANK(` + cells + `)-COUNT(` + cells + `)`, money.FromFen(int64(n) * 100)})
			}
			if x.formula != "" && (s.Form == nil || !x.value.IsZero()) {
				out = append(out, proofRow{what: s.Name + "：金额还不是数的格子", left: x, count: true})
			}
		}
	}
	return out
}
