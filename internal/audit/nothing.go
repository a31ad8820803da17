package audit

import (
	"slices"

	"yusuan/internal/box"
	"yusuan/internal/money"
)

// What is printed as nothing has no parts. Where there is no 政府性基金, what the treasury pays for an item is what 一般公共预算 pays
// for it, though no table says so of the item: both tables must print the same.

// sameBesideNothing pairs cells that print the same number once what is within a printed zero is left aside.
func (d *document) sameBesideNothing() (out []equation) {
	nothing := d.nothing()
	if len(nothing) == 0 {
		return nil
	}
	groups := map[string][]int{}
	var order []string
	for i := range d.cells {
		c := &d.cells[i]
		if c.absent || c.value.IsZero() {
			continue
		}
		b, ok := d.space.Beside(c.box, nothing)
		if !ok {
			continue // it is within nothing itself
		}
		k := b.Key()
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], i)
	}
	for _, k := range order {
		list := groups[k]
		first := &d.cells[list[0]]
		seen := map[string]bool{first.box.Key(): true}
		for _, i := range list {
			own := d.cells[i].box.Key()
			if !seen[own] && d.cells[i].table != first.table { // in one table they are a sum
				seen[own] = true
				out = append(out, equation{rule: "表间-001", total: list[0], parts: []int{i}, word: "同一个数"})
			}
		}
	}
	return out
}

// nothing are the boxes of printed zeros, and what is left of a number when a part of it, in another table, is as much: the widest
// alone.
func (d *document) nothing() (out []box.Box) {
	var filled []int
	seen := map[string]bool{}
	for i := range d.cells {
		c := &d.cells[i]
		switch k := c.box.Key(); {
		case c.value.IsZero():
			out = widest(out, c.box)
		case !seen[k]:
			seen[k] = true
			filled = append(filled, i)
		}
	}
	if len(filled) == 0 {
		return nil
	}
	type printed struct {
		unit   money.Unit
		places int
		value  string
	}
	alike := map[printed][]int{}
	as := func(c *cell) printed { return printed{c.unit, c.places, number(c.value, c.unit)} }
	for _, i := range filled {
		k := as(&d.cells[i])
		alike[k] = append(alike[k], i)
	}
	for _, i := range filled {
		for _, k := range alike[as(&d.cells[i])] {
			a, b := &d.cells[i], &d.cells[k]
			if a.table == b.table || !a.value.Equal(b.value) {
				continue
			}
			if rest, ok := d.space.Rest(a.box, b.box); ok {
				out = widest(out, rest)
			}
		}
	}
	return out
}

// widest adds a box to a list of those of which none is within another.
func widest(list []box.Box, b box.Box) []box.Box {
	if slices.ContainsFunc(list, func(o box.Box) bool { return box.Within(b, o) }) {
		return list
	}
	return append(slices.DeleteFunc(list, func(o box.Box) bool { return box.Within(o, b) }), b)
}
