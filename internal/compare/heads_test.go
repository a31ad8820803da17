package compare

import (
	"slices"
	"testing"

	"yusuan/internal/doc"
)

// TestHeads: a cell has the head next above it: that of the table, or of a row of heads in its body; a row that is no head
// changes nothing, nor does one whose head says nothing.
func TestHeads(t *testing.T) {
	cell := func(s string, h doc.Header) doc.Cell { return doc.Cell{Text: []doc.Text{{String: s}}, Header: h} }
	row := func(h doc.Header, a, b string) doc.Row { return doc.Row{Cells: []doc.Cell{cell(a, h), cell(b, h)}} }
	x := &doc.Table{Columns: make([]doc.Column, 2),
		Head: []doc.Row{row(doc.HeaderColumn, "上", "上"), row(doc.HeaderColumn, "名称", "")},
		Body: []doc.Row{row(doc.HeaderNone, "甲", "1"), row(doc.HeaderColumn, "", "金额"), row(doc.HeaderNone, "乙", "2"), row(doc.HeaderRow, "丙", "3"), row(doc.HeaderNone, "丁", "4")}}
	var got []string
	for _, r := range gridRows(x, x.Body) {
		got = append(got, r.heads...)
	}
	if want := []string{"名称", "上", "名称", "上", "名称", "金额", "名称", "金额", "名称", "金额"}; !slices.Equal(got, want) {
		t.Errorf("heads %q, want %q", got, want)
	}
}
