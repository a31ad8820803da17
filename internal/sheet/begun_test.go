package sheet

import (
	"slices"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/pack"
)

// toldAt reports whether a finding of a rule stands at a cell.
func toldAt(list diag.List, rule string, at diag.Range) bool {
	return slices.ContainsFunc(list.Sorted(), func(d diag.Diagnostic) bool { return d.Rule == rule && d.At == at })
}

// contentAt is where the content of an item of a form stands on a sheet.
func contentAt(t *testing.T, in Input, b *grid.Book, sheet string, kind budget.FieldKind) (row, column int) {
	t.Helper()
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, s := range taken.Sheets {
		for _, x := range s.Blocks {
			if s.Name != sheet || x.Shape != Items {
				continue
			}
			for _, r := range x.Rows {
				if it, _ := x.Item(tidy(r.Cells[x.With(RoleName)].Text), false); it != nil && it.Kind == kind {
					return r.Number, x.Columns[x.With(RoleContent)]
				}
			}
		}
	}
	t.Fatalf("%s has no %v", sheet, kind)
	return 0, 0
}

// A sheet of a form that nobody has begun is silent; what is typed of which form it would be is told at its cell.
func TestFormsNotBegun(t *testing.T) {
	in := fresh(t, packs(t)[slices.IndexFunc(packs(t), func(p *pack.Pack) bool { return len(p.Forms) > 1 })])
	whole := book(t, in)
	var of string
	for _, s := range Fill(in).Sheets {
		if s.Form != nil && of == "" && slices.ContainsFunc(s.Blocks[0].Items, func(x Item) bool { return x.Kind == budget.FieldProject }) {
			of = s.Name
		}
	}
	for _, c := range []struct {
		kind budget.FieldKind
		rule string
	}{{budget.FieldForm, ruleCell}, {budget.FieldProject, ruleOutside}} {
		b := copied(whole)
		row, column := contentAt(t, in, b, of, c.kind)
		at := diag.InCell("a.xlsx", diag.Cell{Sheet: of, Name: grid.Name(row, column)})
		if alone, into, _ := bothWays(t, in, b); toldAt(alone, c.rule, at) || toldAt(into, c.rule, at) {
			t.Errorf("%v: a sheet that nobody has begun is told", c.kind)
		}
		put(sheetOf(t, b, of), row, grid.Cell{Column: column, Kind: grid.Text, Text: "没有这样的"})
		if alone, into, _ := bothWays(t, in, b); !toldAt(alone, c.rule, at) || !toldAt(into, c.rule, at) {
			t.Errorf("%v typed alone is not told at %s: %v %v", c.kind, at, alone.Sorted(), into.Sorted())
		}
	}
}

// A copy of a sheet that nobody has changed is no second form, and is told on its tab.
func TestFormsCopied(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := copied(book(t, in))
	s := *sheetOf(t, b, "绩效表3")
	s.Name += " (2)"
	b.Sheets = append(b.Sheets, s)
	at := diag.InCell("a.xlsx", diag.Cell{Sheet: s.Name})
	alone, into, p := bothWays(t, in, b)
	if !toldAt(alone, ruleTwice, at) || !toldAt(into, ruleTwice, at) || !p.Nothing() {
		t.Errorf("%v %v %+v", alone.Sorted(), into.Sorted(), p.ops)
	}
}
