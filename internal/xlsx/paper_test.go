package xlsx

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// book writes a sheet and reads it.
func book(t *testing.T, x Sheet) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, Made{Title: "表", Application: "test"}, x); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func columnsOf(n, width int) (out []Column) {
	for range n {
		out = append(out, Amounts("栏", width))
	}
	return out
}

// TestTable: a title over all columns, heads in two rows merged where they belong together, repeated on paper and in view; sums in
// bold; notes below; rows high enough for their texts.
func TestTable(t *testing.T) {
	x := Sheet{Name: "三公'1'表", Title: "三公经费汇总表", About: []string{"两个部门"}, Unit: "单位：元", Keep: 1, Rows: 2, Strong: func(i int) bool { return i == 0 },
		Columns: []Column{Longs("部门", 10), Amounts("合计", 12).Under("本年"), Amounts("接待", 12).Under("本年"), Amounts("合计", 12).Under("上年")},
		Row: func(i int) []any {
			return []any{strings.Repeat("很长的名称", 4), Amount("1.50"), "=1+1", nil}
		}, Notes: []string{"注一", "注二"}}
	f := book(t, x)
	defer f.Close()
	for cell, want := range map[string]string{"A1": "三公经费汇总表", "A2": "两个部门", "A3": "单位：元", "A4": "部门", "B4": "本年", "C5": "接待", "D4": "上年", "D5": "合计",
		"B6": "1.50", "C6": "=1+1", "A8": "注一", "A9": "注二"} {
		if got, err := f.GetCellValue(x.Name, cell); err != nil || got != want {
			t.Errorf("%s holds %q, want %q: %v", cell, got, want, err)
		}
	}
	if formula, _ := f.GetCellFormula(x.Name, "C6"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	merged := map[string]bool{}
	cells, err := f.GetMergeCells(x.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cells {
		merged[m.GetStartAxis()+":"+m.GetEndAxis()] = true
	}
	for _, want := range []string{"A1:D1", "A2:D2", "A3:D3", "A4:A5", "B4:C4", "A8:D8"} {
		if !merged[want] {
			t.Errorf("%s is not merged: %v", want, merged)
		}
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if want := "'三公''1''表'!$A:$A,'三公''1''表'!$1:$5"; names["_xlnm.Print_Titles"] != want {
		t.Errorf("repeated on paper is %s, want %s", names["_xlnm.Print_Titles"], want)
	}
	if p, err := f.GetPanes(x.Name); err != nil || !p.Freeze || p.XSplit != 1 || p.YSplit != 5 {
		t.Errorf("in view stays %+v %v", p, err)
	}
	if h, err := f.GetRowHeight(x.Name, 6); err != nil || h < 60 {
		t.Errorf("a text of five lines has a row of %v points: %v", h, err)
	}
	for row, want := range map[string]bool{"B6": true, "B7": false} {
		id, err := f.GetCellStyle(x.Name, row)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if s.Font != nil && s.Font.Bold != want || s.Font == nil && want || len(s.Border) == 0 {
			t.Errorf("%s: %+v, borders %d", row, s.Font, len(s.Border))
		}
	}
}

// TestLegible: a sheet fits A4 across, and where its type would be smaller than seven points it stands on pages side by side, each
// with the columns that are kept.
func TestLegible(t *testing.T) {
	for _, c := range []struct {
		columns, width, keep int
		pages                []int
	}{
		{10, 20, 2, []int{0}}, {11, 20, 2, []int{0}}, {12, 20, 2, []int{0, 7}}, {30, 20, 2, []int{0, 7, 12, 17, 22, 27}}, {3, 200, 1, []int{0, 2}}, {1, 255, 0, []int{0}},
	} {
		x := Sheet{Name: "表", Keep: c.keep, Columns: columnsOf(c.columns, c.width), Row: func(int) []any { return make([]any, c.columns) }, Rows: 1}
		f := book(t, x)
		layout, err := f.GetPageLayout("表")
		if err != nil {
			t.Fatal(err)
		}
		props, err := f.GetSheetProps("表")
		if err != nil {
			t.Fatal(err)
		}
		got := x.pages()
		if len(got) != len(c.pages) {
			t.Errorf("%d columns of %d: pages begin at %v, want %v", c.columns, c.width, got, c.pages)
			continue
		}
		for i := range got {
			if got[i] != c.pages[i] {
				t.Errorf("%d columns of %d: pages begin at %v, want %v", c.columns, c.width, got, c.pages)
			}
		}
		fits := len(got) == 1
		if *props.FitToPage != fits || *layout.Orientation != "landscape" || *layout.Size != 9 || !fits && *layout.AdjustTo != splitScale {
			t.Errorf("%d columns of %d: %v %+v", c.columns, c.width, *props.FitToPage, layout)
		}
		for i, from := range got {
			to := len(x.Columns)
			if i+1 < len(got) {
				to = got[i+1]
			}
			w := wide(x.Columns[from:to])
			if i > 0 {
				w += wide(x.Columns[:c.keep])
			}
			if !fits && to-from > c.keep+1 && w*splitScale > acrossPaper*100 {
				t.Errorf("%d columns of %d: page %d is %d wide", c.columns, c.width, i+1, w)
			}
		}
		_ = f.Close()
	}
	x := Sheet{Keep: 1, Columns: columnsOf(13, 20)}
	for i := range x.Columns {
		if i > 0 {
			x.Columns[i] = x.Columns[i].Under([]string{"本年", "上年"}[(i-1)/6])
		}
	}
	if got := x.pages(); !slices.Equal(got, []int{0, 7}) {
		t.Errorf("what stands under one head is parted: pages begin at %v", got)
	}
}
