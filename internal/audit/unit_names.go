package audit

import (
	"fmt"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/schedule"
)

// One unit has one code and one name in all tables. What is printed under another is another unit, of which no other table says
// anything, so that its numbers agree with all there is.

// unitPrint is where a table prints the code and the name of a unit.
type unitPrint struct {
	table, code, name string
	codeAt, nameAt    diag.Range
}

// unitNames holds the codes and names of units in the tables against each other.
func (x *reader) unitNames() {
	var all []unitPrint
	for i := range x.tables {
		all = append(all, x.tables[i].unitPrints()...)
	}
	for i := range all {
		for j := range all[:i] {
			if a, b := &all[j], &all[i]; a.table != b.table && (a.code == b.code) != (a.name == b.name) {
				x.otherUnit(a, b)
				break
			}
		}
	}
}

// unitPrints are the units of a table of units that prints their codes beside their names.
func (t *statedTable) unitPrints() (out []unitPrint) {
	if !slices.Equal(t.spec.Rows.Keys(t.spec), []string{"unit"}) {
		return nil
	}
	for i, row := range t.rows {
		name := t.nameAt(i)
		if len(t.found[i]) != 1 || name < 0 {
			continue
		}
		f := &t.found[i][0]
		if code := row[f.At]; f.At != name && code.text == f.Own && !schedule.Opaque(f.Own) {
			out = append(out, unitPrint{t.Name(), f.Own, t.nameOf(i), code.at, row[name].at})
		}
	}
	return out
}

func (x *reader) otherUnit(a, b *unitPrint) {
	d := diag.Diagnostic{Rule: "表间-005", Level: diag.Warning, At: b.codeAt, Stated: b.code, Want: a.code,
		Message: fmt.Sprintf("%s里“%s”的编码与%s不同", b.table, b.name, a.table), Hint: "同一单位处处用同一编码、同一名称；不是同一单位的，写明各自的名称",
		Notes: []diag.Related{{Text: a.table + "里是“" + a.code + " " + a.name + "”", At: a.codeAt}}}
	if a.code == b.code {
		d.At, d.Stated, d.Want = b.nameAt, b.name, a.name
		d.Message = fmt.Sprintf("%s里编码%s的名称与%s不同", b.table, b.code, a.table)
	}
	x.r.Fold(fmt.Sprint("表间-005", a.code, "\x00", a.name), d)
}
