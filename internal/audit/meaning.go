package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// What a row and a column of a printed table are is found here, and nothing is judged: from the words on the paper, by what
// the template says of its rows, to queries. Who judges (read.go) sees meanings only, so that another way to find them can
// take the place of this one.

// meaning is what a printed row, or one side of it, is: in each of columns stands the sum of the lines that query and the
// column's own query select.
type meaning struct {
	label   string // what the paper calls it
	query   budget.Query
	columns []int // leaves that sum this year's lines
}

// finder finds meanings. It goes through a document from its first table to its last, and through each from the top: where
// it is tells apart what bears one name.
type finder struct {
	pack     *pack.Pack
	budget   *budget.Budget
	projects *projectList
	after    map[string]int // where to look for the next label of one side of a table
}

// row finds what row i of a table is: nothing, where it prints no sums or they are of no query, one meaning, or one for
// each side of a balance. strange are labels that the template has not.
func (f *finder) row(t *statedTable, i int) (found []meaning, strange []printedText) {
	if schedule.Is(t.spec, schedule.List) {
		if _, ok := listed(t, i); !ok {
			return nil, unlisted(t, i)
		}
	}
	if t.spec.Rows.Shape() != pack.Sided {
		if q, ok := f.query(t, i); ok {
			found = append(found, meaning{rowLabel(t, i), q, sums(t.leaves, all(t.leaves))})
		}
		return found, nil
	}
	for k, columns := range pack.Sides(t.leaves) {
		label, place := sideLabel(t, i, columns)
		if label == "" {
			continue
		}
		known := append(slices.Clone([][]pack.Row{t.spec.Income, t.spec.Outgo, t.spec.Use}[k]), foot(t.spec, k)...)
		r, ok := f.known(fmt.Sprint(t.spec.ID, columns[0]), known, schedule.Bare(label))
		if !ok {
			strange = append(strange, printedText{label, place.at})
			continue
		}
		if r.Wide { // its label runs on to the last column
			columns = []int{len(t.leaves) - 1}
		}
		if r.Amount {
			found = append(found, meaning{schedule.Bare(label), t.spec.Filter.And(r.Query), sums(t.leaves, columns)})
		}
	}
	return found, strange
}

// query is what a row of a tree, of units, of projects or of a list, or the only one, asks for.
func (f *finder) query(t *statedTable, i int) (budget.Query, bool) {
	q := t.spec.Filter
	switch row, code := t.rows[i], codeOf(t.spec, t.rows[i]); t.spec.Rows.Word().Name {
	case schedule.Functions, schedule.Economics:
		if code != "" {
			q = q.Where(codeKey(t.spec), code)
		}
	case schedule.Units:
		if code != "" && code != f.budget.Facts.Department.Code.V {
			q = q.Where("unit", code)
		}
	case schedule.Nested:
		return q, false // its rows stand for no queries
	case schedule.Projects:
		name, unit := fieldColumn(t.spec, "name"), fieldColumn(t.spec, "unit")
		switch {
		case name < 0 || unit < 0:
			return q, false
		case row[unit].text != "":
			q = q.Where("project", f.projects.key(projectRow{row[unit].text, row[name].text}))
		case i > 1:
			below := f.projects.below(t.rows[i:], name, unit)
			if len(below) == 0 {
				return q, false
			}
			q = q.Where("project", below...)
		}
	case schedule.List:
		r, ok := listed(t, i)
		if !ok || !r.Amount {
			return q, false
		}
		q = q.And(r.Query)
	}
	return q, true
}

// codeKey is what the codes of a table by classification are of, "" for other tables.
func codeKey(t *pack.Table) string {
	switch t.Rows.Word().Name {
	case schedule.Functions:
		return "function"
	case schedule.Economics:
		return "economic"
	}
	return ""
}

// rowLabel is what a row is called, its code and its name.
func rowLabel(t *statedTable, i int) string {
	label := ""
	for j, l := range t.leaves {
		if l.Field == "code" || l.Field == "name" {
			label = strings.TrimSpace(label + " " + t.rows[i][j].text)
		}
	}
	return label
}

// sideLabel is what one side of a row is called, and its first cell.
func sideLabel(t *statedTable, i int, columns []int) (label string, first printedText) {
	for _, j := range columns {
		if t.leaves[j].Field != "" {
			label = t.rows[i][j].text
		}
	}
	return label, t.rows[i][columns[0]]
}

func all(leaves []*pack.Column) []int {
	out := make([]int, len(leaves))
	for i := range out {
		out[i] = i
	}
	return out
}

// sums are those of columns that print sums of this year's lines: no words, and nothing of last year's.
func sums(leaves []*pack.Column, columns []int) (out []int) {
	for _, j := range columns {
		if leaves[j].Field == "" && leaves[j].Prior == "" {
			out = append(out, j)
		}
	}
	return out
}

// known finds the row of a label: one that the pack names, or a part that a row stands for each of.
func (f *finder) known(side string, known []pack.Row, label string) (pack.Row, bool) {
	if k := f.next(side, known, label); k >= 0 {
		return known[k], true
	}
	for _, r := range known {
		d, ok := budget.FindDimension(r.Each)
		if !ok {
			continue
		}
		part := label
		if tree := f.budget.Tree(d); tree != nil {
			part = ""
			for _, code := range tree.Codes() {
				if name, _ := tree.Name(code); len(code) == d.Digits && schedule.Bare(name) == label {
					part = code
				}
			}
		}
		if part != "" {
			r.Query, r.Amount = r.Query.Part(d, part), true
			return r, true
		}
	}
	return pack.Row{}, false
}

func foot(t *pack.Table, side int) []pack.Row {
	var out []pack.Row
	for i := range t.Foot {
		out = append(out, t.Foot[i][side])
	}
	return out
}

// listed finds the row of a table of named rows: by its label and, where rows stand in groups, its group.
func listed(t *statedTable, i int) (pack.Row, bool) {
	label, group := "", ""
	at, by := fieldColumn(t.spec, "label"), fieldColumn(t.spec, "group")
	if at >= 0 {
		label = schedule.Bare(t.rows[i][at].text)
	}
	for k := i; by >= 0 && k >= 0 && group == ""; k-- { // the cell of a group spans its rows
		if by < len(t.rows[k]) { // a row of too few cells has been reported
			group = schedule.Bare(t.rows[k][by].text)
		}
	}
	for _, r := range t.spec.List {
		name, of := schedule.Bare(r.Label.Literal), schedule.Bare(r.Group.Literal)
		if name == label && (by < 0 || of == group) || of == "" && label == "" && name == group && name != "" {
			return r, true
		}
	}
	return pack.Row{}, false
}

// unlisted is the name of a row that a table of named rows has not. Where the template makes names of words that nobody has
// here, it may be one of those.
func unlisted(t *statedTable, i int) []printedText {
	for k := range t.spec.List {
		if r := &t.spec.List[k]; r.Label.Written() != r.Label.Literal || r.Group.Written() != r.Group.Literal {
			return nil
		}
	}
	for _, field := range []string{"label", "group"} {
		if j := fieldColumn(t.spec, field); j >= 0 && strings.TrimSpace(t.rows[i][j].text) != "" {
			return []printedText{t.rows[i][j]}
		}
	}
	return nil
}

// next finds a label among a table's rows, from the row after the last one found: labels may come twice, under 本年收入 and
// under 上年结转.
func (f *finder) next(side string, known []pack.Row, label string) int {
	from := f.after[side]
	for i := range known {
		k := (from + i) % len(known)
		if schedule.Bare(known[k].Label.Literal) == label {
			f.after[side] = k + 1
			return k
		}
	}
	return -1
}
