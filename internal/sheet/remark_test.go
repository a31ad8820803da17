package sheet

import (
	"testing"

	"yusuan/internal/grid"
)

// TestRemarksOfAnyText: a remark that was pasted from a page of the web or from a letter, with characters that no comment can
// hold, is written as the comment that it can be, in every shape of block, and is no change the next time.
func TestRemarksOfAnyText(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	taken, _ := Read("a.xlsx", whole, in.Pack)
	shapes := map[Shape]bool{}
	for _, s := range taken.Sheets {
		for j := range s.Blocks {
			b := &s.Blocks[j]
			k := b.With(RoleRemark)
			if k < 0 || b.Columns[k] == 0 || len(b.Rows) == 0 || shapes[b.Shape] || b.Shape == Rows && len(contentOf(b, &b.Rows[0])) == 0 {
				continue
			}
			shapes[b.Shape] = true
			for _, text := range []string{"甲\u2028乙", "\uFEFF甲", "甲\v乙\u0085丙", "甲\r\n乙\t丙", "# 甲 \x1f"} {
				changed := copied(whole)
				put(sheetOf(t, changed, s.Name), b.Rows[0].Number, grid.Cell{Column: b.Columns[k], Kind: grid.Text, Text: text})
				after := edited(t, in, planned(t, changed, in))
				nothing(t, planned(t, changed, after))
				nothing(t, planned(t, book(t, after), after))
			}
		}
	}
	if !shapes[Rows] || !shapes[Items] {
		t.Error("not in every shape of block: ", shapes)
	}
}
