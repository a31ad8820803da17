package sheet

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/grid"
)

// What an officer does not see is read, and said to be: hidden rows, columns, sheets. Where nothing is hidden nothing is said.
func TestHiddenIsTold(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	row, column := amountRow(t, in, whole)
	rowOf := func(s *grid.Sheet, n int) *grid.Row {
		return &s.Rows[slices.IndexFunc(s.Rows, func(r grid.Row) bool { return r.Number == n })]
	}
	for _, c := range []struct {
		name, cell, words string
		hide              func(s *grid.Sheet)
	}{
		{"nothing", "", "", func(*grid.Sheet) {}},
		{"rows", grid.Name(row+1, 2), "有 2 行是隐藏的", func(s *grid.Sheet) { rowOf(s, row+1).Hidden, rowOf(s, row+2).Hidden = true, true }},
		{"a column", grid.Name(row, column), "一列是隐藏的", func(s *grid.Sheet) {
			for i := range s.Rows {
				for k := range s.Rows[i].Cells {
					s.Rows[i].Cells[k].Hidden = s.Rows[i].Cells[k].Column == column
				}
			}
		}},
		{"rows struck through", grid.Name(row+1, 2), "从第 " + strconv.Itoa(row+1) + " 行起有 1 行划着删除线", func(s *grid.Sheet) {
			for i := range rowOf(s, row+1).Cells {
				rowOf(s, row+1).Cells[i].Struck = true
			}
			rowOf(s, row+2).Cells[1].Struck = true // not all of it
		}},
		{"the sheet", "", "工作表“基本支出”是隐藏的", func(s *grid.Sheet) { s.Hidden = true }},
	} {
		b := copied(whole)
		c.hide(sheetOf(t, b, "基本支出"))
		taken, list := Read("a.xlsx", b, in.Pack)
		said := list.Sorted()
		if c.words == "" {
			if len(said) > 0 {
				t.Errorf("%s: %v", c.name, said)
			}
			continue
		}
		if len(said) != 1 || said[0].Rule != ruleHidden || !strings.Contains(said[0].Message, c.words) {
			t.Errorf("%s: %v", c.name, said)
			continue
		}
		if at, _ := said[0].At.In.Cell(); at.Name != c.cell {
			t.Errorf("%s: told at %s, want %s", c.name, at.Name, c.cell)
		}
		if i := slices.IndexFunc(taken.Sheets, func(s TakenSheet) bool { return s.Name == "基本支出" }); i < 0 || len(taken.Sheets[i].Blocks[0].Rows) == 0 {
			t.Errorf("%s: not read", c.name)
		}
	}
}

// A line that stands below a table on paper is told once, as what it is, and is no row.
func TestRemarkBelowATable(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	for _, words := range [][]string{{"注：以财政批复为准。"}, {"注1：不含上年结转"}, {"填表人：甲", "审核人：乙"}, {"（说明）：另附"}} {
		b := copied(whole)
		for i, w := range words {
			put(sheetOf(t, b, "基本支出"), 60, grid.Cell{Column: 2 + 2*i, Kind: grid.Text, Text: w})
		}
		_, list := Read("a.xlsx", b, in.Pack)
		if said := list.Sorted(); len(said) != 1 || said[0].Rule != ruleOutside || !strings.Contains(said[0].Message, "这一行是附注") || !strings.Contains(said[0].Message, words[0]) {
			t.Errorf("%v: %v", words, said)
		}
	}
	b := copied(whole) // a row of the table whose name begins so is one
	put(sheetOf(t, b, "基本支出"), 60, grid.Cell{Column: 2, Kind: grid.Text, Text: "说明书印刷费"})
	if _, list := Read("a.xlsx", b, in.Pack); len(list.Sorted()) != 0 {
		t.Errorf("taken for a remark: %v", list.Sorted())
	}
}

// A head that was pasted along with rows is told once, and the rows below it are read.
func TestHeadInATable(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := book(t, in)
	s := sheetOf(t, b, "基本支出")
	taken, _ := Read("a.xlsx", b, in.Pack)
	i := slices.IndexFunc(taken.Sheets, func(s TakenSheet) bool { return s.Name == "基本支出" })
	head, _ := s.Row(taken.Sheets[i].Blocks[0].Head)
	for _, c := range head.Cells {
		put(s, 60, c)
	}
	_, list := Read("a.xlsx", b, in.Pack)
	if said := list.Sorted(); len(said) != 1 || said[0].Rule != ruleOutside || !strings.Contains(said[0].Message, "又是表头") {
		t.Errorf("%v", said)
	}
}
