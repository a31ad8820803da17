package audit

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// Place says of every finding in what was typed of a finished document where it is printed there: in which table, row and column,
// or in which section. Rules need not know; a finding keeps the line into which it was typed.
func Place(l *diag.List, p *pack.Pack, f *budget.Facts) {
	if len(f.StatedTables)+len(f.StatedTexts) == 0 {
		return
	}
	var n diag.Nest[diag.Printed]
	for i, is := range specs(p, f) {
		placeTable(&n, is.Spec, &f.StatedTables[i])
	}
	for i := range f.StatedTexts {
		t := &f.StatedTexts[i]
		for _, at := range []diag.Range{t.At, t.Section.At, t.Text.At} {
			n.AddRange(at, diag.Printed{Section: t.Section.V})
		}
	}
	l.Place(func(r diag.Range) diag.Range {
		if at, ok := n.Find(r); ok && r.Start.Line > 0 {
			return r.Prints(at)
		}
		return r
	})
}

// placeTable notes the places of a table: as a whole, of its rows, of their cells.
func placeTable(n *diag.Nest[diag.Printed], t *pack.Table, s *budget.StatedTable) {
	whole := diag.Printed{Table: s.Name()}
	for _, at := range []diag.Range{s.At, s.ID.At, s.Heading.At, s.Contents.At, s.Unit.At, s.Note.At, s.Project.At, s.Rows.At} {
		n.AddRange(at, whole)
	}
	var leaves []*pack.Column
	if t != nil {
		leaves = pack.Leaves(t.Columns)
	}
	for i, row := range printedRows(s.Rows) {
		known := len(row) == len(leaves)
		in := whole
		in.Row, in.RowTitle = i+1, titleOf(row, nil)
		if t == nil && len(row) > 2 && isWords(row[1].text) { // forms name the block and the line
			in.RowTitle = strings.TrimSpace(row[0].text + " " + row[1].text)
		}
		first, last := row[0].at, row[len(row)-1].at
		n.AddRange(diag.Range{File: first.File, Start: first.Start, End: last.End}, in)
		sides := [][]int{nil}
		if known && t.Rows.Shape() == pack.Sided {
			sides = pack.Sides(leaves)
		}
		for _, side := range sides {
			x := in
			if side != nil {
				x.RowTitle = titleOf(row, side)
			}
			for j := range row {
				if side != nil && !slices.Contains(side, j) {
					continue
				}
				if x.Column = j + 1; known {
					x.ColumnTitle = headOf(t, j)
				}
				n.AddRange(row[j].at, x)
			}
		}
	}
}

// titleOf is what a row says that it is, on one side of a table of sides, or in all of its columns: the first words, or else the
// code that it begins with. An amount is no name of a row.
func titleOf(row printedRow, side []int) string {
	code := ""
	for j := range row {
		text := row[j].text
		if text == "" || side != nil && !slices.Contains(side, j) {
			continue
		}
		if isWords(text) {
			return text
		}
		if code == "" && (j == 0 || side != nil && j == side[0]) && len(text) >= 3 && strings.Trim(text, "0123456789") == "" {
			code = text
		}
	}
	return code
}

// isWords reports whether a cell holds more than a number or a code.
func isWords(s string) bool { return strings.Trim(s, "0123456789.,%-—－， ") != "" }
