package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// cell is a printed number and what it means.
type cell struct {
	table *pack.Table
	row   int
	col   int
	name  string // 表3“201 一般公共服务支出”合计
	label string // its row's
	text  string
	value money.Amount
	unit  money.Unit
	// places are the decimals that its table prints.
	places int
	blank  bool
	// absent marks a row that the table leaves out because there is none of it.
	absent bool
	parts  int // how many cells it sums; 0 for one cell
	// right is what all other numbers say that it should be, where it is told to be wrong: what agrees with it is no fault.
	right  money.Amount
	wrong  bool
	query  budget.Query
	box    box.Box
	own    string  // what tells its row from those beside it
	stands box.Box // its box before balance moved it to the revenue side, nil where it did not
	at     diag.Range
}

// document is the printed tables of a finished document, with every number's meaning.
type document struct {
	space *box.Space
	cells []cell
	// apart are the numbers of which no other table tells as much: they are held against those of their own table alone.
	apart []cell
	// before are the numbers of last year that the tables print beside this year's, each with what it was of.
	before []cell
	// tables are the stated tables by the pack's id.
	tables  map[string]*budget.StatedTable
	reading *schedule.Reading
	// identities are what its tables say of each other, once it is known in which unit each of them is.
	identities []equation
}

// statedTable is a stated table that the template knows, cut into rows.
type statedTable struct {
	*budget.StatedTable
	spec    *pack.Table
	leaves  []*pack.Column
	rows    []printedRow
	printed *schedule.Printed
	found   [][]schedule.Found // by row, what it is
	unit    money.Unit
	places  int // decimals
}

// reader makes a document of stated tables.
type reader struct {
	in     *Input
	r      *check.Report
	tables []statedTable
	doc    *document
}

// readPublished reads the stated tables that the pack knows. What cannot be read is reported.
func readPublished(in *Input, r *check.Report) *document {
	in.specs = specs(in.Pack, in.Budget.Facts)
	doc := &document{tables: map[string]*budget.StatedTable{}}
	x := &reader{in: in, r: r, doc: doc}
	var printed []*schedule.Printed
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if t := in.specs[i].Spec; t != nil {
			rows := printedRows(s.Rows)
			paper := schedule.NewPrinted(t, cells(rows))
			printed = append(printed, paper)
			y := statedTable{StatedTable: s, spec: t, leaves: pack.Leaves(t.Columns), rows: rows, printed: paper, unit: unitOf(s, t)}
			y.places = decimals(&y)
			x.tables = append(x.tables, y)
			doc.tables[t.ID] = s
		}
	}
	doc.reading = schedule.NewReading(in.Pack, in.Budget, printed)
	for i := range x.tables {
		x.tables[i].meanings(doc.reading)
	}
	v := values(in.Pack, in.Budget, doc.reading, x.tables)
	doc.space = box.New(v)
	for i := range x.tables {
		x.table(&x.tables[i])
	}
	for i := range x.tables {
		x.absent(&x.tables[i], &v)
		x.codeNames(&x.tables[i])
		x.outline(&x.tables[i])
		x.natures(&x.tables[i])
	}
	x.unitNames()
	return doc
}

// table reads the rows of a table.
func (x *reader) table(t *statedTable) {
	for i, row := range t.rows {
		if len(row) != len(t.leaves) {
			x.r.Errorf("成文-002", row[0].at, "%s第%d行有%d格，表里应有%d格", t.Name(), i+1, len(row), len(t.leaves))
			continue
		}
		for k := range t.found[i] {
			f := &t.found[i][k]
			if why := x.unread(t, f); why != "" {
				level := diag.Warning
				if f.Unread == "" {
					level = diag.Note // it is known what the row is, and nothing can be said of it
				}
				x.r.Fold(fmt.Sprint("成文-003", t.spec.ID, level), diag.Diagnostic{Rule: "成文-003", Level: level, At: row[f.At].at, Message: t.Name() + "的“" + f.Label + "”" + why + "，没有核对"})
				continue
			}
			for _, c := range f.Cells {
				if sums(t.leaves[c.Column]) && !t.Lacks(c.Column) {
					x.cell(t, i, c.Column, f)
				}
			}
			if t.spec.Rows.Shape() != pack.Sided && len(f.Cells) > 0 {
				x.compared(t, row, f)
				x.lastYear(t, i, f)
			}
		}
	}
}

// unread is why the numbers of a row are not held against others, "" where they are. Where the tables tell less apart than a row
// says, nothing can be said of it.
func (x *reader) unread(t *statedTable, f *schedule.Found) string {
	if f.Unread != "" || len(f.Cells) == 0 {
		return f.Unread
	}
	if _, known := x.doc.space.Of(t.spec.Filter); !known {
		return ""
	}
	if _, ok := x.doc.space.Of(f.Query); !ok {
		return "没有别的表分到这样细"
	}
	return ""
}

// cell reads the number in a column of a row and gives it its meaning.
func (x *reader) cell(t *statedTable, i, j int, m *schedule.Found) {
	q := m.Query.And(t.leaves[j].Query)
	b, ok := x.doc.space.Of(q)
	name := t.Name()
	if m.Label != "" {
		name += "“" + m.Label + "”"
	}
	if head := headOf(t.spec, j); head != "" {
		name += "的" + head
	}
	p := t.rows[i][j]
	value, amount := printedAmount(t.unit, t.spec.ID, p, x.r, name)
	if !amount {
		return
	}
	c := cell{table: t.spec, row: i, col: j, name: name, label: strings.TrimLeft(m.Label, "0123456789 "), text: p.text, value: value, unit: t.unit, places: t.places,
		blank: p.text == "", query: q, own: m.Own, at: p.at}
	if !ok {
		x.doc.apart = append(x.doc.apart, c)
		return
	}
	if c.box = x.doc.space.Balance(b); !slices.Equal(c.box, b) {
		c.stands = b
	}
	x.doc.cells = append(x.doc.cells, c)
}

// absent adds the rows that a table leaves out since there is nothing of them: what it does not print is zero.
func (x *reader) absent(t *statedTable, v *box.Values) {
	codes := map[string][]string{"function": v.Functional, "economic": v.Economic}
	for _, f := range x.doc.reading.LeftOut(t.printed, func(key string) []string { return codes[key] }) {
		for _, c := range f.Cells {
			x.zero(t, c.Column, f.Query, f.Label)
		}
	}
	if schedule.Silent(t.spec) {
		x.absentCodes(t, codes)
	}
}

// absentCodes adds the rows of a table by classification: it prints every code that has money.
func (x *reader) absentCodes(t *statedTable, codes map[string][]string) {
	key := t.spec.Rows.Keys(t.spec)[0]
	printed := map[string]bool{}
	for _, row := range t.found {
		for k := range row {
			printed[row[k].Own] = true
		}
	}
	if printed[""] && len(printed) == 1 {
		return // the total alone was stated
	}
	all := slices.Compact(slices.Sorted(slices.Values(codes[key])))
	switch {
	case len(printed) == 0:
		all = append([]string{""}, all...)
	case !printed[""] && t.spec.Total != "": // a table that lacks its total may lack other rows
		x.r.Fold(fmt.Sprint("成文-003", t.spec.ID, diag.Warning), diag.Diagnostic{Rule: "成文-003", Level: diag.Warning, At: t.At,
			Message: t.Name() + "没有“" + t.spec.Total + "”这一行，合计没有核对", Hint: "表印全了的，补上合计；没有读全的，看看前后页"})
		return
	}
	for _, code := range all {
		if schedule.Opaque(code) || spoken(printed, code) {
			continue
		}
		q := t.spec.Filter
		if code != "" {
			q = q.Where(key, code)
		}
		for j, l := range t.leaves {
			if sums(l) {
				x.zero(t, j, q, cmp.Or(code, "合计"))
			}
		}
	}
}

// zero adds the number of a row that is not printed.
func (x *reader) zero(t *statedTable, j int, q budget.Query, row string) {
	q = q.And(t.leaves[j].Query)
	if b, ok := x.doc.space.Of(q); ok && sums(t.leaves[j]) && !t.Lacks(j) {
		x.doc.cells = append(x.doc.cells, cell{table: t.spec, row: -1, col: j, name: t.Name() + "（没有" + row + "这一行）",
			absent: true, blank: true, unit: t.unit, places: t.places, query: q, box: x.doc.space.Balance(b), at: t.At})
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
