package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Rows of a table of levels say by the columns that they fill which level they are of; whatever they name, each is the sum of
// those below it. That needs no meaning, so it holds for rows that nobody knows, too.

// publishedLevels holds the rows of tables of levels against those below them.
func publishedLevels(in *Input, r *check.Report) {
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		t := in.specs[i].Spec
		if t == nil || !ofOwnColumns(t) {
			continue
		}
		y := statedTable{StatedTable: s, spec: t, leaves: pack.Leaves(t.Columns), rows: printedRows(s.Rows), unit: unitOf(s, t)}
		y.places = decimals(&y)
		for j, l := range y.leaves {
			if sums(l) && !y.Lacks(j) {
				in.levels(&y, j, r)
			}
		}
	}
}

// ofOwnColumns reports whether each level of a table has columns of its own.
func ofOwnColumns(t *pack.Table) bool {
	var seen []string
	for _, fields := range t.Levels {
		for _, f := range fields {
			if slices.Contains(seen, f) {
				return false
			}
			seen = append(seen, f)
		}
	}
	return len(t.Levels) > 1 && !slices.ContainsFunc(t.Once, func(f []string) bool { return len(f) > 0 })
}

// levels holds one column.
func (in *Input) levels(t *statedTable, column int, r *check.Report) {
	own := &document{}
	var level []int
	for i, row := range t.rows {
		if len(row) != len(t.leaves) {
			return // told already
		}
		at := t.levelOf(row)
		v, ok := printedAmount(t.unit, t.spec.ID, row[column], &check.Report{}, "")
		if at < 0 || !ok {
			return
		}
		name := t.Name() + "“" + titleOf(row, nil) + "”"
		own.cells = append(own.cells, cell{table: t.spec, row: i, col: column, name: name, value: v, unit: t.unit, places: t.places, at: row[column].at})
		level = append(level, at)
	}
	for i := range own.cells {
		e := equation{rule: "表内-001", total: i, word: "下面各行之和"}
		for k := i + 1; k < len(level) && level[k] > level[i]; k++ {
			if level[k] == level[i]+1 {
				e.parts = append(e.parts, k)
			}
		}
		if len(e.parts) == 0 || own.residual(&e).Abs().Cmp(own.slack(&e)) <= 0 || toldAt(r, own.cells[i].at) {
			continue
		}
		own.reportParts(r, &e)
	}
}

// reportParts reports a sum with a note at each of its parts.
func (d *document) reportParts(r *check.Report, e *equation) {
	c := &d.cells[e.total]
	x := diag.Diagnostic{Rule: e.rule, Level: diag.Error, At: c.at, Message: c.name + "不等于" + e.word, Hint: "核对合计和各分项，至少有一个数印错"}
	for _, p := range e.parts {
		x.Notes = append(x.Notes, diag.Related{Text: d.cells[p].name + " " + number(d.cells[p].value, d.cells[p].unit), At: d.cells[p].at})
	}
	x.Numbers(money.Difference(c.unit, c.value, c.value.Sub(d.residual(e))))
	r.Add(x)
}

// levelOf is the level of a row: 0 for the total, else by the columns that it fills; -1 for one that fills none.
func (t *statedTable) levelOf(row printedRow) int {
	for i, l := range t.leaves {
		if l.Field == "" || row[i].text == "" {
			continue
		}
		if strings.HasSuffix(row[i].text, "计") && t.spec.Total != "" {
			return 0
		}
		for n, fields := range t.spec.Levels {
			if slices.Contains(fields, l.Field) {
				return n + 1
			}
		}
	}
	return -1
}

// fewestAlike is how many rows two tables must have alike for one other to be odd.
const fewestAlike = 5

// oddRows: where two tables print the same for every code but one, total and classes among them, that one is misprinted: what
// truly differs makes its class and the total differ as well.
func (d *document) oddRows(r *check.Report) {
	byColumn := map[string]map[string]*cell{}
	var keys []string
	all := slices.Concat(d.cells, d.apart)
	for i := range all {
		c := &all[i]
		if c.absent || c.value.IsZero() || strings.Trim(c.own, "0123456789") != "" || c.table.Rows.Shape() == pack.Sided {
			continue
		}
		k := fmt.Sprint(c.table.ID, "\x00", c.col)
		if byColumn[k] == nil {
			byColumn[k] = map[string]*cell{}
			keys = append(keys, k)
		}
		byColumn[k][c.own] = c
	}
	for _, a := range keys {
		for _, b := range keys {
			if x, y := byColumn[a], byColumn[b]; a < b {
				d.oddRow(x, y, r)
			}
		}
	}
}

func (d *document) oddRow(x, y map[string]*cell, r *check.Report) {
	if len(x) > len(y) {
		x, y = y, x
	}
	var odd *cell
	alike := 0
	for own, a := range x {
		b := y[own]
		switch {
		case b == nil || a.table == b.table || a.unit != b.unit || a.places != b.places:
			return
		case a.value.Equal(b.value):
			alike++
		case own == "" && ofOneClass(x, y): // the one table tells of a class alone that the other has with others
		case odd != nil || own == "":
			return
		default:
			odd = a
		}
	}
	if odd == nil || x[""] == nil || alike < fewestAlike && !withinClass(x, y, odd.own) {
		return
	}
	if slices.Equal(odd.box, y[odd.own].box) && odd.box != nil || toldAt(r, odd.at) || toldAt(r, y[odd.own].at) {
		return
	}
	b := y[odd.own]
	f := diag.Diagnostic{Rule: "表间-004", Level: diag.Warning, At: odd.at, Message: odd.name + "与" + b.name + "不同，两张表其余各行都相同",
		Notes: []diag.Related{{Text: b.name + " " + number(b.value, b.unit), At: b.at}}, Hint: "合计也相同，这一行多半有一处印错"}
	f.Numbers(money.Difference(odd.unit, odd.value, b.value))
	r.Add(f)
}

// ofOneClass reports whether the total of a table is that of a class, which another table prints alike.
func ofOneClass(x, y map[string]*cell) bool {
	total := x[""]
	for own, a := range x {
		if b := y[own]; own != "" && b != nil && a.value.Equal(total.value) && b.value.Equal(total.value) {
			return true
		}
	}
	return false
}

// withinClass reports whether two tables print the same class with the same codes in it, which settles each code: the others are
// alike, and so must this one be.
func withinClass(x, y map[string]*cell, own string) bool {
	class := own[:min(len(own), classLength)]
	if class == own || x[class] == nil || y[class] == nil || !x[class].value.Equal(y[class].value) {
		return false
	}
	return codesIn(class, x, y) && codesIn(class, y, x)
}

// codesIn reports whether a table has all codes of a class that another has.
func codesIn(class string, x, y map[string]*cell) bool {
	for code := range y {
		if strings.HasPrefix(code, class) && x[code] == nil {
			return false
		}
	}
	return true
}

// classLength is the length of the code of a class: 302.
const classLength = 3

// toldAt reports whether something is wrong at a place already.
func toldAt(r *check.Report, at diag.Range) bool {
	l := r.List()
	return slices.ContainsFunc(l.Sorted(), func(d diag.Diagnostic) bool { return d.Level > diag.Note && d.At == at })
}
