package sheet

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// money is the amount of a line: what is typed, or nothing where other lines have it.
func (l *ledger) money(g *segment) derived {
	own := g.own(g.amount)
	d := derived{`N(` + own.formula + `)`, func(i int) string {
		if i >= len(g.b.Rows) || g.b.Rows[i].Cells[g.amount].Kind != Number {
			return "0"
		}
		return own.value(i)
	}}
	_, lines := l.w.of("project.line")
	table, key, _ := cutLast(g.feed.Amounts[0])
	switch {
	case table == "project" && lines != nil:
		d = l.unlessLines(g, d)
	case g.feed.Line.View == budget.ByEconomy && key == "amount":
		d = g.unlessParts(d)
	}
	if marked := g.feed.States["procurement"]; g.feed.Line.Side == budget.Purchases && table != "procurement" && len(marked) > 0 {
		class := l.key(g, "procurement")
		none := func(s string) bool { return s == "" || s == "无" || s == No }
		whole := d
		d = derived{`IF(OR(` + class.formula + `="",` + class.formula + `="无",` + class.formula + `="` + No + `"),0,` + whole.formula + `)`, func(i int) string {
			if none(class.value(i)) {
				return "0"
			}
			return whole.value(i)
		}}
	}
	return d
}

// unlessLines leaves out the amount of a project that has lines of its own: it is their sum.
func (l *ledger) unlessLines(g *segment, d derived) derived {
	s, b := l.w.of("project.line")
	lines := &segment{s: s, b: b}
	name, unit := lines.naming()
	own := g.own(g.b.FieldColumn("name"))
	test := `ISNUMBER(MATCH(` + own.formula + `,` + s.bounded(b, name) + `,0))`
	twice := l.twice && unit >= 0 && g.b.FieldColumn("unit") >= 0
	if twice {
		test = `SUMPRODUCT((` + s.bounded(b, name) + `=` + own.formula + `)*(` + s.bounded(b, unit) + `=` + g.own(g.b.FieldColumn("unit")).formula + `))>0`
	}
	type project struct{ name, unit string }
	of := func(name, unit string) project {
		if !twice {
			unit = ""
		}
		return project{strings.ToLower(name), unit}
	}
	has := map[project]bool{}
	for _, row := range b.Rows {
		u := ""
		if unit >= 0 {
			u = row.Cells[unit].Text
		}
		has[of(row.Cells[name].Text, u)] = true
	}
	return derived{`IF(AND(` + own.formula + `<>"",` + test + `),0,` + d.formula + `)`, func(i int) string {
		u := ""
		if twice {
			u = g.own(g.b.FieldColumn("unit")).value(i)
		}
		if n := own.value(i); n != "" && has[of(n, u)] {
			return "0"
		}
		return d.value(i)
	}}
}

// unlessParts leaves out the amount of a margin that is stated in parts.
func (g *segment) unlessParts(d derived) derived {
	var parts []derived
	for i, c := range g.b.Columns {
		if c.Role == RoleField && c.Field.Kind == budget.FieldAmount && i != g.amount {
			parts = append(parts, g.own(i))
		}
	}
	if len(parts) == 0 {
		return d
	}
	var formulas []string
	for _, p := range parts {
		formulas = append(formulas, p.formula)
	}
	return derived{`IF(` + strings.Join(formulas, "&") + `="",` + d.formula + `,0)`, func(i int) string {
		for _, p := range parts {
			if p.value(i) != "" {
				return "0"
			}
		}
		return d.value(i)
	}}
}

// CalcSheet is the hidden sheet of lines.
const CalcSheet = "计算"

// write writes the lines, a row each: formulas with what they come to.
func (l *ledger) write() error {
	if err := l.w.protect(CalcSheet); err != nil {
		return err
	}
	r, err := l.w.rows(CalcSheet)
	if err != nil {
		return err
	}
	heads := make([]any, 0, len(l.keys)+2)
	for _, k := range append(append([]string{}, l.keys...), "row", "amount") {
		heads = append(heads, k)
	}
	r.row(1, 0, heads...)
	for _, g := range l.segments {
		for i := range g.rows {
			n := strconv.Itoa(g.first + i)
			cells := make([]any, len(g.values))
			for k, d := range g.values {
				cells[k] = excelize.Cell{Formula: strings.ReplaceAll(d.formula, "{r}", n), Value: l.w.stored(d.value(i), k >= len(l.keys))}
				if strings.HasPrefix(d.formula, `"`) && strings.Count(d.formula, `"`) == 2 {
					cells[k] = strings.Trim(d.formula, `"`)
				}
			}
			r.row(g.first+i, 0, cells...)
		}
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// stored is what stands beside a formula.
func (w *writer) stored(value string, isNumber bool) any {
	switch {
	case w.unstored:
		return nil
	case isNumber:
		return xlsx.Number(value)
	}
	return value
}

// sumOf adds what lines of a segment have.
func (l *ledger) sumOf(g *segment) money.Amount {
	var sum money.Amount
	for i := range l.lines {
		if l.lines[i].of == g {
			sum = sum.Add(l.lines[i].amount)
		}
	}
	return sum
}
