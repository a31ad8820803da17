package schedule

import (
	"slices"
	"testing"

	"yusuan/internal/doc"
)

// TestHeadsAbove: a place has the head next above it that says something, through rows that are no heads.
func TestHeadsAbove(t *testing.T) {
	row := func(h doc.Header, a, b string) doc.Row {
		return doc.Row{Cells: []doc.Cell{{Text: []doc.Text{{String: a}}, Header: h}, {Text: []doc.Text{{String: b}}, Header: h}}}
	}
	x := &doc.Table{Columns: make([]doc.Column, 2), Head: []doc.Row{row(doc.HeaderColumn, "名称", "数")},
		Body: []doc.Row{row(doc.HeaderNone, "甲", "1"), row(doc.HeaderBoth, "", "金额"), row(doc.HeaderRow, "乙", "2"), row(doc.HeaderNone, "丙", "3")}}
	var got []string
	for _, places := range laid(x) {
		for _, p := range places {
			s := ""
			if p.head != nil {
				s = cellWords(p.head)
			}
			got = append(got, s)
		}
	}
	if want := []string{"", "", "名称", "数", "名称", "数", "名称", "金额", "名称", "金额"}; !slices.Equal(got, want) {
		t.Errorf("heads %q, want %q", got, want)
	}
}
