package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
)

// A number that is the sum of no others and part of none, and that no other table prints, may be misprinted without anybody's
// seeing it. What can be said of such numbers within their own table is said; the rest are counted, so that nobody takes them for checked.

// Unheld are the numbers of a stated table that no other number in the tables is held against.
type Unheld struct {
	Table string
	At    []diag.Range // of each, in their order
}

// unheld finds them in all tables, in their order.
func unheld(in *Input) []Unheld {
	d := in.printed
	if d == nil {
		return nil
	}
	held, heldApart := members(d.identities, len(d.cells)), members(d.apartEquations(), len(d.apart))
	names := map[string]string{}
	at := map[string][]diag.Range{}
	add := func(cells []cell, held []bool) {
		for i := range cells {
			if c := &cells[i]; !held[i] && !c.absent && !c.value.IsZero() {
				at[c.table.ID] = append(at[c.table.ID], c.at)
			}
		}
	}
	add(d.cells, held)
	add(d.apart, heldApart)
	var out []Unheld
	for id, s := range d.tables {
		names[id] = s.Name()
	}
	for _, id := range in.Pack.TableIDs() {
		if len(at[id]) > 0 {
			slices.SortFunc(at[id], func(a, b diag.Range) int { return cmp.Compare(a.Start.Offset, b.Start.Offset) })
			out = append(out, Unheld{names[id], at[id]})
		}
	}
	return out
}

// members marks the cells that have a place in an identity.
func members(all []equation, cells int) []bool {
	out := make([]bool, cells)
	for i := range all {
		out[all[i].total] = true
		for _, p := range all[i].parts {
			out[p] = true
		}
	}
	return out
}

// apartEquations are the sums within the tables of codes whose numbers no other table tells apart: every code is the sum of those
// below it, the total that of the highest.
func (d *document) apartEquations() []equation {
	columns := map[string][]int{}
	var keys []string
	for i := range d.apart {
		c := &d.apart[i]
		k := fmt.Sprint(c.table.ID, "\x00", c.col)
		if columns[k] == nil {
			keys = append(keys, k)
		}
		columns[k] = append(columns[k], i)
	}
	var out []equation
	for _, k := range keys {
		out = append(out, d.codeSums(columns[k])...)
	}
	return out
}

// codeSums are the sums of a column of rows by code; none where rows are told by anything else, or twice.
func (d *document) codeSums(column []int) []equation {
	byCode := map[string]int{}
	for _, i := range column {
		own := d.apart[i].own
		if _, twice := byCode[own]; twice || strings.Trim(own, "0123456789") != "" {
			return nil
		}
		byCode[own] = i
	}
	parts := map[string][]int{}
	for _, i := range column {
		own := d.apart[i].own
		for n := len(own) - 1; n >= 0; n-- { // the nearest above it
			if _, printed := byCode[own[:n]]; printed {
				parts[own[:n]] = append(parts[own[:n]], i)
				break
			}
		}
	}
	var out []equation
	for _, i := range column {
		if p := parts[d.apart[i].own]; len(p) > 0 {
			out = append(out, equation{rule: "表内-001", total: i, parts: p, word: "同列各行之和"})
		}
	}
	return out
}

// reportApart reports the sums within a table that no other table is held against.
func (d *document) reportApart(r *check.Report) {
	own := &document{cells: d.apart}
	var rounded []equation
	for _, e := range d.apartEquations() {
		switch diff := own.residual(&e); {
		case diff.IsZero():
		case diff.Abs().Cmp(own.slack(&e)) <= 0:
			rounded = append(rounded, e)
		default:
			own.reportEquation(r, &e)
		}
	}
	own.reportRounding(r, rounded)
}
