package layout

import (
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/unit"
)

// TestTightStyle wants a table in its tight style where it goes only so on the page of its heading, and in its own where it
// goes there itself, if need be with its rows drawn together, or does not go there even so.
func TestTightStyle(t *testing.T) {
	s := sheet()
	small := s.Texts["表身"]
	small.Size, small.Leading = 9000, 12000
	s.Texts["小"] = small
	set := func(rows, titles int) (size unit.Length, pages int) {
		tab := budgetTable(rows)
		tab.MinRow, tab.Tight = 0, "小"
		var blocks []doc.Block
		for range titles {
			blocks = append(blocks, &doc.Heading{Text: text("甲"), Style: "标题", Level: 1})
		}
		blocks = append(blocks, tab)
		out, diags := Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Blocks: blocks}}}, fixed)
		checkTree(t, out)
		if diags.Len() > 0 {
			t.Errorf("%d rows: %v", rows, diags.Sorted())
		}
		for _, x := range out.Pages[0].Texts {
			if x.Text == "第0项" || x.Text == "第" {
				size = x.Size
			}
		}
		return size, len(out.Pages)
	}
	const own, tight = 10500, 9000
	last, changes := unit.Length(own), 0
	for rows := 10; rows < 60; rows++ {
		size, pages := set(rows, 1)
		if size != own && size != tight || size == tight && pages != 1 || changes == 0 && pages != 1 && size == own {
			t.Errorf("%d rows: size %s on %d pages", rows, size, pages)
		}
		if size != last {
			last, changes = size, changes+1
		}
	}
	if changes != 2 || last != own {
		t.Errorf("the style changed %d times, to %s", changes, last)
	}
	few, _ := set(21, 1)
	if many, _ := set(21, 6); few != own || many != tight {
		t.Errorf("21 rows in %s below one title, in %s below six", few, many)
	}
}
