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
	"yusuan/internal/prose"
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
	// projects are those of the tables of projects; several units may have one of a name.
	projects []projectRow
	called   map[string][]projectRow // by name
}

// reader makes a document of stated tables.
type reader struct {
	in    *Input
	r     *check.Report
	rows  map[*budget.StatedTable][]printedRow
	after map[string]int // where to look for the next label of one side of a table
	doc   *document
}

// readPublished reads the stated tables that the pack knows. What cannot be read is reported.
func readPublished(in *Input, r *check.Report) *document {
	x := &reader{in: in, r: r, rows: map[*budget.StatedTable][]printedRow{}, after: map[string]int{}, doc: &document{tables: map[string]*budget.StatedTable{}, called: map[string][]projectRow{}}}
	var functional, economic, units, kinds []string
	for _, id := range in.Pack.TableIDs() {
		t := in.Pack.Tables[id]
		for _, q := range tableQueries(t) {
			for _, c := range q.Conditions() {
				switch c.Key {
				case "function":
					functional = append(functional, c.Values...)
				case "economic":
					economic = append(economic, c.Values...)
				case "kind":
					for _, k := range c.Values {
						if k != budget.KindBasic && k != budget.KindProject && !slices.Contains(kinds, k) {
							kinds = append(kinds, k)
						}
					}
				}
			}
		}
	}
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		t := in.Pack.Tables[s.ID.V]
		if t == nil {
			continue
		}
		x.doc.tables[t.ID] = s
		x.rows[s] = printedRows(s.Rows)
		for _, row := range x.rows[s] {
			switch code := codeOf(t, row); {
			case code == "":
			case t.Rows == pack.RowsFunction:
				functional = append(functional, code)
			case t.Rows == pack.RowsEconomic:
				economic = append(economic, code)
			case t.Rows == pack.RowsUnit && code != in.Budget.Facts.Department.Code.V && !slices.Contains(units, code):
				units = append(units, code)
			}
		}
		if t.Rows == pack.RowsBalance {
			functional = append(functional, in.classes()...)
		}
		if t.Rows == pack.RowsProject {
			x.doc.addProjects(t, x.rows[s])
		}
	}
	ofUnits := map[string]string{}
	for _, u := range in.Budget.ListedUnits() {
		ofUnits[u.Code.V] = u.Kind.V
	}
	x.doc.space = box.New(box.Values{Functional: functional, Economic: economic, Units: units, Projects: x.doc.projectKeys(), Kinds: kinds, KindOf: ofUnits})
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if t := in.Pack.Tables[s.ID.V]; t != nil {
			x.table(s, t)
		}
	}
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if t := in.Pack.Tables[s.ID.V]; t != nil {
			x.absent(s, t, functional, economic)
		}
	}
	return x.doc
}

// absent adds the rows that a table by classification leaves out: it prints every code that has money, so what it does
// not print is zero.
func (x *reader) absent(s *budget.StatedTable, t *pack.Table, functional, economic []string) {
	var key string
	var codes []string
	switch t.Rows {
	case pack.RowsFunction:
		key, codes = "function", functional
	case pack.RowsEconomic:
		key, codes = "economic", economic
	default:
		return
	}
	printed := map[string]bool{}
	for _, row := range x.rows[s] {
		printed[codeOf(t, row)] = true
	}
	if printed[""] && len(printed) == 1 {
		return // the total alone was stated
	}
	for _, code := range append([]string{""}, slices.Compact(slices.Sorted(slices.Values(codes)))...) {
		if spoken(printed, code) {
			continue
		}
		q := t.Filter
		if code != "" {
			q = q.Where(key, code)
		}
		for j, l := range pack.Leaves(t.Columns) {
			if l.Field != "" || l.Prior != "" {
				continue
			}
			if b, ok := x.doc.space.Of(q.And(l.Query)); ok {
				x.doc.cells = append(x.doc.cells, cell{table: t, row: -1, col: j, name: s.Name() + "（没有" + cmp.Or(code, "合计") + "这一行）",
					absent: true, blank: true, box: x.doc.space.Balance(b), at: s.At})
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

// tableQueries are all queries of a table's rows and columns.
func tableQueries(t *pack.Table) []budget.Query {
	out := []budget.Query{t.Filter}
	for _, c := range pack.Leaves(t.Columns) {
		out = append(out, c.Query)
	}
	for _, rows := range [][]pack.Row{t.List, t.Income, t.Outgo, t.Use} {
		for i := range rows {
			out = append(out, rows[i].Query)
		}
	}
	return out
}

// codeOf is the code that a row prints, in one cell or in one each for 类, 款 and 项; "" for none.
func codeOf(t *pack.Table, row printedRow) string {
	code := ""
	for _, field := range []string{"code", "code-class", "code-group", "code-item"} {
		if j := fieldColumn(t, field); j >= 0 && j < len(row) {
			code += digits(row[j].text)
		}
	}
	return code
}

// digits is a cell that holds a code, or nothing.
func digits(s string) string {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

func fieldColumn(t *pack.Table, field string) int {
	return slices.IndexFunc(pack.Leaves(t.Columns), func(c *pack.Column) bool { return c.Field == field })
}

func (x *reader) table(s *budget.StatedTable, t *pack.Table) {
	leaves := pack.Leaves(t.Columns)
	rows := x.rows[s]
	for i, row := range rows {
		if len(row) != len(leaves) {
			x.r.Errorf("成文-002", row[0].at, "%s第%d行有%d格，表里应有%d格", s.Name(), i+1, len(row), len(leaves))
			continue
		}
		switch t.Rows {
		case pack.RowsBalance:
			for k, columns := range pack.Sides(leaves) {
				known := append(slices.Clone([][]pack.Row{t.Income, t.Outgo, t.Use}[k]), foot(t, k)...)
				x.side(s, t, i, row, columns, known)
			}
		default:
			x.row(s, t, i, rows)
		}
	}
}

func foot(t *pack.Table, side int) []pack.Row {
	var out []pack.Row
	for i := range t.Foot {
		out = append(out, t.Foot[i][side])
	}
	return out
}

func (x *reader) cell(s *budget.StatedTable, t *pack.Table, i, j int, p printedText, label string, q budget.Query) {
	b, ok := x.doc.space.Of(q)
	if !ok {
		return
	}
	name := s.Name()
	if label != "" {
		name += "“" + label + "”"
	}
	if head := headOf(t, j); head != "" {
		name += "的" + head
	}
	value, ok := printedAmount(s, p, x.r, name)
	if !ok {
		return
	}
	c := cell{table: t, row: i, col: j, name: name, label: strings.TrimLeft(label, "0123456789 "), value: value, unit: tableUnit(s), blank: p.text == "", box: x.doc.space.Balance(b), at: p.at}
	if !slices.Equal(c.box, b) {
		c.stands = b
	}
	x.doc.cells = append(x.doc.cells, c)
}

// headOf is the head of a leaf column, with the head above where another column has the same or where it says no more
// than 小计.
func headOf(t *pack.Table, leaf int) string {
	leaves := pack.Leaves(t.Columns)
	head := leaves[leaf].Head.Literal
	same := 0
	for _, l := range leaves {
		if l.Head.Literal == head {
			same++
		}
	}
	if same == 1 && head != "小计" || t.Rows == pack.RowsBalance {
		return head
	}
	return headAbove(t.Columns, leaf) + head
}

// headAbove is the head of the outermost group that holds a leaf, "" for a column on its own.
func headAbove(columns []pack.Column, leaf int) string {
	n := 0
	for i := range columns {
		below := len(pack.Leaves(columns[i : i+1]))
		if leaf < n+below {
			if len(columns[i].Columns) == 0 {
				return ""
			}
			return columns[i].Head.Literal
		}
		n += below
	}
	return ""
}

// tableUnit is the unit that a stated table prints above itself, 万元 when it says none.
func tableUnit(s *budget.StatedTable) money.Unit {
	if u, ok := money.ParseUnit(s.Unit.V); ok {
		return u
	}
	return money.Wan
}

// printedAmount reads a printed number in the table's unit and reports what is no single number.
func printedAmount(s *budget.StatedTable, p printedText, r *check.Report, name string) (money.Amount, bool) {
	if p.text == "" || p.text == "-" || p.text == "—" {
		return money.Amount{}, true
	}
	unit := tableUnit(s)
	found := prose.Quantities(p.text)
	if len(found) == 1 && found[0].Start == 0 && found[0].End == len(p.text) {
		switch q := found[0]; {
		case q.Kind == prose.Plain:
			return q.In(unit), true
		case q.Kind == prose.Amount:
			if q.Unit == unit {
				r.Fold("格式-001"+s.ID.V, diag.Diagnostic{Rule: "格式-001", Level: diag.Note, At: p.at, Message: name + "在数字后面又写了单位“" + unit.String() + "”",
					Hint: "表上已经写明单位，格里只写数字"})
			} else {
				r.Add(diag.Diagnostic{Rule: "格式-002", Level: diag.Error, At: p.at, Message: name + "的单位与表的单位不同",
					Stated: q.Unit.String(), Want: unit.String()})
			}
			return q.Value, true
		case q.Kind == prose.Percentage:
			r.Add(diag.Diagnostic{Rule: "格式-003", Level: diag.Error, At: p.at, Message: name + "应是金额，印的是百分比", Stated: p.text, Want: "金额",
				Hint: "多半是格子串位，核对这一行各格"})
			return money.Amount{}, false
		}
	}
	if len(found) > 1 {
		r.Fold("格式-004"+s.ID.V, diag.Diagnostic{Rule: "格式-004", Level: diag.Error, At: p.at, Message: name + "一格里有几个数", Stated: p.text, Hint: "分开填到各自的格里"})
		return money.Amount{}, false
	}
	r.Add(diag.Diagnostic{Rule: "格式-003", Level: diag.Error, At: p.at, Message: name + "不是金额", Stated: p.text, Want: "金额"})
	return money.Amount{}, false
}
