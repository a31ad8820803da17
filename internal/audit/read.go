package audit

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// cell is a printed number and what it means.
type cell struct {
	table *pack.Table
	row   int
	col   int
	name  string // 表3“201 一般公共服务支出”合计
	label string // its row's
	value money.Amount
	unit  money.Unit
	blank bool
	// absent marks a row that the table leaves out because there is none of it.
	absent bool
	parts  int // how many cells it sums; 0 for one cell
	box    box.Box
	stands box.Box // its box before balance moved it to the revenue side, nil where it did not
	at     diag.Range
}

// document is the printed tables of a finished document, with every number's meaning.
type document struct {
	space *box.Space
	cells []cell
	// tables are the stated tables by the pack's id.
	tables map[string]*budget.StatedTable
	// projects are those of the tables of projects.
	projects *projectList
}

// statedTable is a stated table that the template knows, cut into rows.
type statedTable struct {
	*budget.StatedTable
	spec   *pack.Table
	leaves []*pack.Column
	rows   []printedRow
}

// reader makes a document of stated tables.
type reader struct {
	in     *Input
	r      *check.Report
	tables []statedTable
	finder finder
	doc    *document
}

// readPublished reads the stated tables that the pack knows. What cannot be read is reported.
func readPublished(in *Input, r *check.Report) *document {
	doc := &document{tables: map[string]*budget.StatedTable{}, projects: &projectList{called: map[string][]projectRow{}}}
	x := &reader{in: in, r: r, doc: doc, finder: finder{pack: in.Pack, budget: in.Budget, projects: doc.projects, after: map[string]int{}}}
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if t := in.Pack.Tables[s.ID.V]; t != nil {
			x.tables = append(x.tables, statedTable{s, t, pack.Leaves(t.Columns), printedRows(s.Rows)})
			doc.tables[t.ID] = s
		}
	}
	values := x.finder.values(x.tables)
	doc.space = box.New(values)
	for i := range x.tables {
		x.table(&x.tables[i])
	}
	for i := range x.tables {
		x.absent(&x.tables[i], &values)
	}
	return doc
}

// table reads the rows of a table.
func (x *reader) table(t *statedTable) {
	for i, row := range t.rows {
		if len(row) != len(t.leaves) {
			x.r.Errorf("成文-002", row[0].at, "%s第%d行有%d格，表里应有%d格", t.Name(), i+1, len(row), len(t.leaves))
			continue
		}
		found, strange := x.finder.row(t, i)
		for _, s := range strange {
			x.r.Add(diag.Diagnostic{Rule: "成文-003", Level: diag.Note, At: s.at, Message: t.Name() + "的“" + s.text + "”不是模板里的行，没有核对"})
		}
		for k := range found {
			for _, j := range found[k].columns {
				x.cell(t, i, j, &found[k])
			}
			if t.spec.Rows.Shape() != pack.Sided {
				x.compared(t, row, &found[k])
			}
		}
	}
}

// cell reads the number in a column of a row and gives it its meaning.
func (x *reader) cell(t *statedTable, i, j int, m *meaning) {
	b, ok := x.doc.space.Of(m.query.And(t.leaves[j].Query))
	if !ok {
		return
	}
	name := t.Name()
	if m.label != "" {
		name += "“" + m.label + "”"
	}
	if head := headOf(t.spec, j); head != "" {
		name += "的" + head
	}
	p := t.rows[i][j]
	value, ok := printedAmount(t.StatedTable, p, x.r, name)
	if !ok {
		return
	}
	c := cell{table: t.spec, row: i, col: j, name: name, label: strings.TrimLeft(m.label, "0123456789 "), value: value, unit: tableUnit(t.StatedTable),
		blank: p.text == "", box: x.doc.space.Balance(b), at: p.at}
	if !slices.Equal(c.box, b) {
		c.stands = b
	}
	x.doc.cells = append(x.doc.cells, c)
}

// absent adds the rows that a table by classification leaves out: it prints every code that has money, so what it does
// not print is zero.
func (x *reader) absent(t *statedTable, v *box.Values) {
	key, codes := codeKey(t.spec), v.Functional
	switch key {
	case "":
		return
	case "economic":
		codes = v.Economic
	}
	printed := map[string]bool{}
	for _, row := range t.rows {
		printed[codeOf(t.spec, row)] = true
	}
	if printed[""] && len(printed) == 1 {
		return // the total alone was stated
	}
	for _, code := range append([]string{""}, slices.Compact(slices.Sorted(slices.Values(codes)))...) {
		if spoken(printed, code) {
			continue
		}
		q := t.spec.Filter
		if code != "" {
			q = q.Where(key, code)
		}
		for _, j := range sums(t.leaves, all(t.leaves)) {
			if b, ok := x.doc.space.Of(q.And(t.leaves[j].Query)); ok {
				x.doc.cells = append(x.doc.cells, cell{table: t.spec, row: -1, col: j, name: t.Name() + "（没有" + cmp.Or(code, "合计") + "这一行）",
					absent: true, blank: true, box: x.doc.space.Balance(b), at: t.At})
			}
		}
	}
}

// spoken reports whether the rows printed say all there is of a code: it or one below it is printed, or the row above
// it has none below at all. For the empty code, whether the total is printed.
func spoken(printed map[string]bool, code string) bool {
	if code == "" || printed[code] {
		return printed[code]
	}
	above := ""
	for p := range printed {
		if strings.HasPrefix(p, code) {
			return true
		}
		if strings.HasPrefix(code, p) && len(p) > len(above) {
			above = p
		}
	}
	if above == "" {
		return false
	}
	for p := range printed {
		if p != above && strings.HasPrefix(p, above) {
			return false
		}
	}
	return true
}
