package audit

import (
	"fmt"
	"slices"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// printedFigure is a printed number by its meaning, from the tables of the template: one cell, or else the sum of cells
// that make it up.
func (in *Input) printedFigure(query string) (cell, bool) {
	q, err := budget.ParseQuery(query)
	if err != nil {
		return cell{}, false
	}
	return in.printedSum(q)
}

// printedSum is the number that the tables print, or that their cells add up to, for a query.
func (in *Input) printedSum(q budget.Query) (cell, bool) {
	if in.printed == nil {
		return cell{}, false
	}
	b, ok := in.printed.space.Of(q)
	if !ok {
		return cell{}, false
	}
	b = in.printed.space.Balance(b)
	if c, ok := in.printed.find(b); ok {
		return c, true
	}
	return in.printed.sumOf(b)
}

// sumOf adds up the cells of one table that make up a box.
func (d *document) sumOf(b box.Box) (cell, bool) {
	var of []*pack.Table
	for i := range d.cells {
		if t := d.cells[i].table; !slices.Contains(of, t) {
			of = append(of, t)
		}
	}
	for _, t := range of {
		var boxes []box.Box
		var at []int
		for i := range d.cells {
			if c := &d.cells[i]; c.table == t && box.Within(c.box, b) {
				boxes, at = append(boxes, c.box), append(at, i)
			}
		}
		parts, ok := d.space.Among(boxes).Split(b)
		if !ok {
			continue
		}
		out := d.cells[at[parts[0]]]
		out.box, out.parts, out.value = b, len(parts), money.Amount{}
		for _, k := range parts {
			out.value = out.value.Add(d.cells[at[k]].value)
		}
		out.name = fmt.Sprintf("%s等%d个数之和", out.name, len(parts))
		return out, true
	}
	return cell{}, false
}

// find is the number that is printed for a box: the first that is not told to be wrong. Where all are, sentences and forms are
// held against what the first should be: nobody is to be told to copy a misprint.
func (d *document) find(b box.Box) (cell, bool) {
	first := -1
	for i := range d.cells {
		switch c := &d.cells[i]; {
		case !slices.Equal(c.box, b):
		case !c.wrong:
			return *c, true
		case first < 0:
			first = i
		}
	}
	if first < 0 {
		return cell{}, false
	}
	c := d.cells[first]
	c.value = c.right
	return c, true
}
