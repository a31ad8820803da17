package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// side reads one side of a row of a table that sets revenue beside expenditure.
func (x *reader) side(s *budget.StatedTable, t *pack.Table, i int, row printedRow, columns []int, known []pack.Row) {
	leaves := pack.Leaves(t.Columns)
	label := ""
	for _, j := range columns {
		if leaves[j].Field != "" {
			label = row[j].text
		}
	}
	if label == "" {
		return
	}
	r, ok := x.known(fmt.Sprint(t.ID, columns[0]), known, bareLabel(label))
	if !ok {
		x.r.Add(diag.Diagnostic{Rule: "成文-003", Level: diag.Note, At: row[columns[0]].at, Message: s.Name() + "的“" + label + "”不是模板里的行，没有核对"})
		return
	}
	if r.Wide { // its label runs on to the last column
		columns = []int{len(leaves) - 1}
	}
	for _, j := range columns {
		if leaves[j].Field == "" && leaves[j].Prior == "" && r.Amount {
			x.cell(s, t, i, j, row[j], bareLabel(label), t.Filter.And(r.Query).And(leaves[j].Query))
		}
	}
}

// known finds the row of a label: one that the pack names, or a part that a row stands for each of.
func (x *reader) known(side string, known []pack.Row, label string) (pack.Row, bool) {
	if k := x.next(side, known, label); k >= 0 {
		return known[k], true
	}
	for _, r := range known {
		d, ok := budget.FindDimension(r.Each)
		if !ok {
			continue
		}
		part := label
		if tree := x.in.Budget.Tree(d); tree != nil {
			part = ""
			for _, code := range tree.Codes() {
				if name, _ := tree.Name(code); len(code) == d.Digits && bareLabel(name) == label {
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

// classes are the functional classes, for tables that have a row for each.
func (in *Input) classes() []string {
	return slices.DeleteFunc(slices.Clone(in.Budget.Functional.Codes()), func(c string) bool { return len(c) > 3 })
}

// listed finds the row of a table of named rows: by its label and, where rows stand in groups, its group.
func (x *reader) listed(t *pack.Table, rows []printedRow, i int) (pack.Row, bool) {
	label, group := "", ""
	at, by := fieldColumn(t, "label"), fieldColumn(t, "group")
	if at >= 0 {
		label = bareLabel(rows[i][at].text)
	}
	for k := i; by >= 0 && k >= 0 && group == ""; k-- { // the cell of a group spans its rows
		if by < len(rows[k]) { // a row of too few cells has been reported
			group = bareLabel(rows[k][by].text)
		}
	}
	for _, r := range t.List {
		name, of := bareLabel(r.Label.Literal), bareLabel(r.Group.Literal)
		if name == label && (by < 0 || of == group) || of == "" && label == "" && name == group && name != "" {
			return r, true
		}
	}
	return pack.Row{}, false
}

// next finds a label among a table's rows, from the row after the last one found: labels may come twice, under 本年收入 and
// under 上年结转.
func (x *reader) next(side string, known []pack.Row, label string) int {
	from := x.after[side]
	for i := range known {
		k := (from + i) % len(known)
		if bareLabel(known[k].Label.Literal) == label {
			x.after[side] = k + 1
			return k
		}
	}
	return -1
}

var unblanked = strings.NewReplacer(" ", "", "\u3000", "", "(", "（", ")", "）")

// bareLabel strips what numbers a label: 廿一、, （二）, 1. and blanks; and the difference between kinds of brackets.
func bareLabel(s string) string {
	s = unblanked.Replace(s)
	const numerals = "一二三四五六七八九十廿卅0123456789"
	t := strings.TrimPrefix(s, "（")
	n := strings.TrimLeft(t, numerals)
	if n != t {
		for _, after := range []string{"）", "、", ".", "．"} {
			if strings.HasPrefix(n, after) {
				return strings.TrimPrefix(n, after)
			}
		}
	}
	return s
}

// row reads a row of a tree, of units, of projects, or the only one.
func (x *reader) row(s *budget.StatedTable, t *pack.Table, i int, rows []printedRow) {
	row := rows[i]
	q := t.Filter
	label := ""
	for j, l := range pack.Leaves(t.Columns) {
		if l.Field == "code" || l.Field == "name" {
			label = strings.TrimSpace(label + " " + row[j].text)
		}
	}
	switch t.Rows {
	case pack.RowsFunction, pack.RowsEconomic:
		key := map[pack.RowSource]string{pack.RowsFunction: "function", pack.RowsEconomic: "economic"}[t.Rows]
		if code := codeOf(t, row); code != "" {
			q = q.Where(key, code)
		}
	case pack.RowsUnit:
		if code := codeOf(t, row); code != "" && code != x.in.Budget.Facts.Department.Code.V {
			q = q.Where("unit", code)
		}
	case pack.RowsNested:
		return // its rows stand for no queries
	case pack.RowsProject:
		name, unit := fieldColumn(t, "name"), fieldColumn(t, "unit")
		switch {
		case name < 0 || unit < 0:
			return
		case row[unit].text != "":
			q = q.Where("project", x.doc.projectKey(projectRow{row[unit].text, row[name].text}))
		case i > 1:
			below := x.doc.projectsBelow(rows[i:], name, unit)
			if len(below) == 0 {
				return
			}
			q = q.Where("project", below...)
		}
	case pack.RowsList:
		r, ok := x.listed(t, rows, i)
		if !ok || !r.Amount {
			return
		}
		q = q.And(r.Query)
	}
	for j, l := range pack.Leaves(t.Columns) {
		if l.Field == "" && l.Prior == "" {
			x.cell(s, t, i, j, row[j], label, q.And(l.Query))
		}
	}
	x.compared(s, t, row, label, q)
}
