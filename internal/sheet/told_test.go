package sheet

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// What a workbook has and no field takes is told at its cell; sheets and columns are found wherever they went.
func TestNothingIsPassedOverInSilence(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	const basic = "基本支出"
	text := func(column int, s string) grid.Cell { return grid.Cell{Column: column, Kind: grid.Text, Text: s} }
	for _, c := range []struct {
		name   string
		change func(t *testing.T, b *grid.Book)
		want   []string // rule, cell, word
	}{
		{"a column of one's own", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, basic)
			put(s, 3, text(20, "核对过"))
			put(s, 5, text(20, "对"))
		}, []string{"表格-004 T3 核对过"}},
		{"a cell beside the table", func(t *testing.T, b *grid.Book) { put(sheetOf(t, b, basic), 6, text(21, "=12")) }, []string{"表格-006 U6 =12"}},
		{"a sheet of one's own", func(t *testing.T, b *grid.Book) {
			b.Sheets = append(b.Sheets, grid.Sheet{Name: "草稿", Rows: []grid.Row{{Number: 2, Cells: []grid.Cell{text(3, "记一笔")}}}})
		}, []string{"表格-005 C2 草稿"}},
		{"a copied sheet", func(t *testing.T, b *grid.Book) {
			s := *sheetOf(t, b, basic)
			s.Name = basic + " (2)"
			b.Sheets = append(b.Sheets, s)
		}, []string{"表格-005  表头相同"}},
		{"a renamed sheet", func(t *testing.T, b *grid.Book) { sheetOf(t, b, basic).Name = "支出一" }, nil},
		{"no sheet _yusuan", func(t *testing.T, b *grid.Book) {
			b.Sheets = slices.DeleteFunc(b.Sheets, func(s grid.Sheet) bool { return s.Name == OwnSheet })
		}, nil},
		{"columns in another order", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, basic)
			last := s.Width()
			for i := range s.Rows {
				r := &s.Rows[i]
				if r.Number < HeadRow {
					continue
				}
				for k := range r.Cells {
					if c := &r.Cells[k]; c.Column > KeyColumn {
						c.Column = last + 2 - c.Column
					}
				}
				slices.Reverse(r.Cells[1:])
				if r.Cells[0].Column != KeyColumn {
					slices.SortFunc(r.Cells, func(a, b grid.Cell) int { return a.Column - b.Column })
				}
			}
		}, nil},
		{"rows above", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, basic)
			for i := range s.Rows {
				s.Rows[i].Number += 3
			}
		}, nil},
		{"an amount in words", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, basic)
			put(s, 5, text(amountColumn(t, b, in, basic), "约十万"))
		}, []string{"表格-001 * 约十万"}},
		{"an item that is not known", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, "部门")
			put(s, 90, text(2, "部门全程"))
			put(s, 90, text(3, "某某局"))
		}, []string{"表格-001 B90 部门全程"}},
		{"a formula of an item that is not known", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, "部门")
			s.Rows = append(s.Rows, grid.Row{Number: 90, Cells: []grid.Cell{text(2, "部门全程"), {Column: 3, Formula: true, Unstored: true}}})
		}, []string{"表格-001 B90 部门全程"}},
		{"an item twice", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, "部门")
			put(s, 90, text(2, "部门全称"))
			put(s, 90, text(3, "某某局"))
		}, []string{"表格-009 C90 填了两遍"}},
		{"a line of no project", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, "项目资金明细")
			put(s, 90, text(2, "没有的项目"))
			put(s, 90, text(amountColumn(t, b, in, "项目资金明细"), "5"))
		}, []string{"表格-008 B90 没有的项目"}},
		{"no head of amounts", func(t *testing.T, b *grid.Book) {
			s := sheetOf(t, b, basic)
			put(s, 3, text(amountColumn(t, b, in, basic), "钱"))
		}, []string{"表格-004 * 钱", "表格-007 * 金额"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := copied(whole)
			c.change(t, b)
			taken, diags := Read("a.xlsx", b, in.Pack)
			p, more := taken.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
			diags.Append(more)
			told(t, diags.Sorted(), c.want)
			nothing(t, p)
		})
	}
}

func told(t *testing.T, list []diag.Diagnostic, want []string) {
	t.Helper()
	left := slices.Clone(want)
	for _, d := range list {
		cell, _ := d.At.In.Cell()
		i := slices.IndexFunc(left, func(w string) bool {
			part := strings.SplitN(w, " ", 3)
			return part[0] == d.Rule && (part[1] == cell.Name || part[1] == "*" && cell.Name != "") && strings.Contains(d.Message, part[2])
		})
		if i < 0 || d.Hint == "" {
			t.Errorf("told: %s %s %s (%s)", d.Rule, d.At, d.Message, d.Hint)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		t.Errorf("not told: %s", left)
	}
}

func amountColumn(t *testing.T, b *grid.Book, in Input, sheet string) int {
	t.Helper()
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, s := range taken.Sheets {
		if s.Name == sheet {
			return s.Blocks[0].Columns[s.Blocks[0].FieldColumn("amount")]
		}
	}
	t.Fatal("no sheet ", sheet)
	return 0
}
