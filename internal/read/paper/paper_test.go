package paper

import "testing"

// TestNumber: every paragraph and cell of a document has a number of its own, in the order of reading, those around tables, too.
func TestNumber(t *testing.T) {
	d := &Document{Blocks: []Block{
		{Text: &Paragraph{Text: "前言"}},
		{Table: &Table{
			Above: []Paragraph{{Text: "表1"}}, Below: []Paragraph{{Text: "注：无"}},
			Rows: []Row{{Cells: []Cell{{Text: "项目"}, {Text: "金额"}}}, {Cells: []Cell{{}}}},
		}},
		{Text: &Paragraph{Text: "两处", Spots: []Spot{{Start: 0, End: 3}, {Start: 3, End: 6}}}},
	}}
	d.Number()
	table := d.Blocks[1].Table
	got := []int{d.Blocks[0].Text.Spots[0].At.Piece, table.Above[0].Spots[0].At.Piece, table.Rows[0].Cells[0].At.Piece, table.Rows[0].Cells[1].At.Piece,
		table.Rows[1].Cells[0].At.Piece, table.Below[0].Spots[0].At.Piece, d.Blocks[2].Text.Spots[0].At.Piece}
	for i, n := range got {
		if n != i+1 {
			t.Fatalf("numbers are %v", got)
		}
	}
	if s := d.Blocks[0].Text.Spots[0]; s.End != len("前言") || d.Blocks[2].Text.Spots[1].At.Piece != got[6] {
		t.Errorf("%v, %v", s, d.Blocks[2].Text.Spots)
	}
}
