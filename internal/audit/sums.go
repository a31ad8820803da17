package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// inTables are the sums along rows and columns of each table.
func (d *document) inTables() []equation {
	rows, columns := map[string][]int{}, map[string][]int{}
	var rowKeys, columnKeys []string
	group := func(m map[string][]int, keys *[]string, key string, i int) {
		if m[key] == nil {
			*keys = append(*keys, key)
		}
		m[key] = append(m[key], i)
	}
	for i := range d.cells {
		c := &d.cells[i]
		if c.absent {
			group(columns, &columnKeys, fmt.Sprint(c.table.ID, "\x00", c.col), i)
			continue
		}
		group(rows, &rowKeys, fmt.Sprint(c.table.ID, "\x00", c.row), i)
		group(columns, &columnKeys, fmt.Sprint(c.table.ID, "\x00", c.col), i)
	}
	var out []equation
	for _, k := range columnKeys {
		out = append(out, d.sums("表内-001", "同列各行之和", columns[k])...)
		if totals := d.wideTotals(columns[k]); len(totals) > 0 {
			for _, e := range d.sums("表内-001", "同列各行之和", slices.Concat(columns[k], totals)) {
				if slices.Contains(totals, e.total) {
					out = append(out, e)
				}
			}
		}
	}
	for _, k := range rowKeys {
		out = append(out, d.sums("表内-002", "同行各列之和", rows[k])...)
	}
	return out
}

// wideTotals are the totals below a column of a table of three sides whose numbers stand in a column further right, since their
// labels run over it: they are the sums of both.
func (d *document) wideTotals(column []int) (out []int) {
	first := &d.cells[column[0]]
	if first.table.Rows.Shape() != pack.Sided || len(pack.Sides(pack.Leaves(first.table.Columns))) < 3 {
		return nil
	}
	taken := map[int]bool{}
	for _, i := range column {
		taken[d.cells[i].row] = true
	}
	for i := range d.cells {
		c := &d.cells[i]
		if c.table == first.table && !c.absent && c.col > first.col && !taken[c.row] && strings.HasSuffix(c.label, "计") {
			out = append(out, i)
		}
	}
	return out
}

// sums finds, among a row or column of cells, those that the others add up to: by what they mean, and on the expenditure
// side of a balance also as they stand there, since 支出总计 is the sum above it as well as 收入总计.
// carries reports whether a number has what is carried over in it.
func (d *document) carries(b box.Box) bool {
	return d.space.AdmitsOf(b, "side", string(budget.CarryOut)) || d.space.AdmitsOf(b, "side", string(budget.CarryIn))
}

func (d *document) sums(rule, word string, members []int) []equation {
	out := d.sumsOf(rule, word, members, func(c *cell) box.Box { return c.box })
	if slices.ContainsFunc(members, func(i int) bool { return d.cells[i].stands != nil }) {
		for _, e := range d.sumsOf(rule, word, members, func(c *cell) box.Box {
			if c.stands != nil {
				return c.stands
			}
			return c.box
		}) {
			if d.cells[e.total].stands != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

func (d *document) sumsOf(rule, word string, members []int, boxOf func(*cell) box.Box) []equation {
	boxes := make([]box.Box, len(members))
	for i, m := range members {
		boxes[i] = boxOf(&d.cells[m])
	}
	among := d.space.Among(boxes)
	var out []equation
	for i, m := range members {
		parts, ok := among.Split(boxes[i])
		if !ok || len(parts) < 1 || slices.ContainsFunc(parts, func(p int) bool { return d.carries(boxes[p]) && !d.space.WholeOf(boxes[p], "nature") }) {
			continue // what is carried over is neither basic nor of a project: columns for these leave it out
		}
		e := equation{rule: rule, total: m, word: word}
		for _, p := range parts {
			e.parts = append(e.parts, members[p])
		}
		out = append(out, e)
	}
	return out
}
