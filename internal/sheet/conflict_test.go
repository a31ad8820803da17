package sheet

import (
	"slices"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// A row that one side deleted and the other changed in several cells is a conflict in each of them, with what it was and both
// values; the row that is still there has the cells.
func TestRowsDeletedAndChanged(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	taken, _ := Read("a.xlsx", whole, in.Pack)
	var s *TakenSheet
	for i := range taken.Sheets {
		if taken.Sheets[i].Blocks[0].Table.Name == "basic" {
			s = &taken.Sheets[i]
		}
	}
	b := &s.Blocks[0]
	r := b.Rows[3]
	keys := []string{"amount", "economic"}
	typed := map[string]string{"amount": "12345", "economic": "30299 其他商品和服务支出"}
	var columns []int
	for _, key := range keys {
		columns = append(columns, b.Columns[b.FieldColumn(key)])
	}
	changed, less := copied(whole), copied(whole)
	for i, key := range keys {
		kind := grid.Text
		if key == "amount" {
			kind = grid.Number
		}
		put(sheetOf(t, changed, s.Name), r.Number, grid.Cell{Column: columns[i], Kind: kind, Text: typed[key]})
	}
	rows := sheetOf(t, less, s.Name)
	rows.Rows = slices.DeleteFunc(rows.Rows, func(x grid.Row) bool { return x.Number == r.Number })

	without, with := edited(t, in, planned(t, less, in)), edited(t, in, planned(t, changed, in))
	for _, c := range []struct {
		name                string
		book                *grid.Book
		files               Input
		mine, theirs, where func(i int) string
	}{
		{"changed in the workbook", changed, without, func(i int) string { return typed[keys[i]] }, func(int) string { return rowDeleted },
			func(i int) string { return grid.Name(r.Number, columns[i]) }},
		{"changed in the files", less, with, func(int) string { return rowDeleted }, func(i int) string { return typed[keys[i]] }, func(int) string { return "" }},
	} {
		p := planned(t, c.book, c.files)
		if len(p.Conflicts) != len(keys) || len(p.ops) > 0 || len(p.Deleted) > 0 {
			t.Fatalf("%s: %+v %+v", c.name, p.Conflicts, p.ops)
		}
		for i, key := range keys {
			was := r.Cells[b.FieldColumn(key)].Text
			at := diag.InCell("a.xlsx", diag.Cell{Sheet: s.Name, Name: c.where(i)})
			if !slices.ContainsFunc(p.Conflicts, func(x Conflict) bool {
				return x.Mine == c.mine(i) && x.Theirs == c.theirs(i) && x.Base == was && x.Known && x.At == at && x.In.File != ""
			}) {
				t.Errorf("%s: %s is not told with all three values at %s: %+v", c.name, key, at, p.Conflicts)
			}
		}
	}
}
