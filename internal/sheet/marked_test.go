package sheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// A workbook that is given back has every cell where it was, whatever its officer did, and changes nothing when it is brought in.
func TestMarkedIsTheSameWorkbook(t *testing.T) {
	t.Parallel()
	for n, dir := range folders(t) {
		in := folder(t, dir)
		b := book(t, in)
		s := sheetOf(t, b, "单位")
		put(s, 3, grid.Cell{Column: 15, Kind: grid.Text, Text: "核对"})
		put(s, 4, grid.Cell{Column: 15, Kind: grid.Number, Text: "12.5"})
		put(s, 30, grid.Cell{Column: 17, Kind: grid.Text, Text: "旁边"})
		b.Sheets = append(b.Sheets, grid.Sheet{Name: "草稿", Rows: []grid.Row{{Number: 7, Cells: []grid.Cell{{Column: 4, Kind: grid.Text, Text: "记一笔"}}}}})
		taken, _ := Read("a.xlsx", b, in.Pack)
		findings := []diag.Diagnostic{
			{Rule: "勾稽-001", Level: diag.Error, Message: "不相等", Hint: "核对", At: diag.InCell("a.xlsx", diag.Cell{Sheet: "单位", Name: "C4"})},
			{Rule: "勾稽-002", Level: diag.Note, Message: "差一点", At: diag.InCell("a.xlsx", diag.Cell{Sheet: "单位", Name: "C4"})},
			{Rule: "表格-005", Level: diag.Warning, Message: "认不得", At: diag.InCell("a.xlsx", diag.Cell{Sheet: "草稿", Name: "D7"})},
			{Rule: "勾稽-003", Level: diag.Error, Message: "上年的", At: diag.InCell("last.xlsx", diag.Cell{Sheet: "单位", Name: "C4"})},
			{Rule: "上年-001", Level: diag.Warning, Message: "哪里都不在"},
		}
		raw, err := WriteMarked(in, taken, b, findings)
		if err != nil {
			t.Fatal(dir, err)
		}
		again, err := grid.Read("b.xlsx", raw)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Sheets {
			if slices.Contains(ours(), b.Sheets[i].Name) && b.Sheets[i].Name != OwnSheet {
				continue
			}
			sameCells(t, &b.Sheets[i], sheetOf(t, again, b.Sheets[i].Name))
		}
		back, _ := Read("b.xlsx", again, in.Pack)
		plan, _ := back.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
		nothing(t, plan)
		if n == 0 {
			marksOf(t, raw)
		}
	}
}

// The same workbook and the same findings make the same bytes, also where findings of several levels lie in one row.
func TestMarkedSameBytes(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := book(t, in)
	taken, _ := Read("a.xlsx", b, in.Pack)
	var findings []diag.Diagnostic
	for i, cell := range []string{"B4", "C4", "D4", "E4", "F4", "G4"} {
		findings = append(findings, diag.Diagnostic{Rule: "勾稽-001", Level: []diag.Level{diag.Error, diag.Note, diag.Warning}[i%3], Message: cell, At: diag.InCell("a.xlsx", diag.Cell{Sheet: "单位", Name: cell})})
	}
	once, err := WriteMarked(in, taken, b, findings)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		again, err := WriteMarked(in, taken, b, findings)
		if err != nil || !bytes.Equal(once, again) {
			t.Fatal("the bytes differ", err)
		}
	}
}

// Lists and links go where a sheet is called otherwise, and where its rows stand.
func TestMarkedListsFollow(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := book(t, in)
	const name = "项目'25"
	s := sheetOf(t, b, "项目")
	s.Name = name
	for i := range s.Rows {
		if s.Rows[i].Number >= HeadRow {
			s.Rows[i].Number++
		}
	}
	s.Merges = nil
	taken, _ := Read("a.xlsx", b, in.Pack)
	raw, err := WriteMarked(in, taken, b, []diag.Diagnostic{{Rule: "勾稽-001", Level: diag.Error, Message: "差", At: diag.InCell("a.xlsx", diag.Cell{Sheet: name, Name: "B5"})}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const first = "'项目''25'!$B$5"
	if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
		return n.Name == listProjects && strings.HasPrefix(n.RefersTo, first+":INDEX(") && strings.HasSuffix(n.RefersTo, ",MAX(5,COUNTA("+first+":$B$5000)+4))")
	}) {
		t.Errorf("no list of projects from %s: %+v", first, f.GetDefinedName())
	}
	if _, to, err := f.GetCellHyperLink(MarkedSheet, "C4"); err != nil || to != "'项目''25'!B5" {
		t.Error(to, err)
	}
}

// A cell far down and one far to the right do not make a workbook of millions of cells: it is told.
func TestMarkedFarOff(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	for _, name := range []string{"单位", OwnSheet} {
		b := book(t, in)
		s := sheetOf(t, b, name)
		put(s, furthest-1, grid.Cell{Column: 2, Kind: grid.Text, Text: "x"})
		put(s, 3, grid.Cell{Column: 16000, Kind: grid.Text, Text: "x"})
		taken, _ := Read("a.xlsx", b, in.Pack)
		if _, err := WriteMarked(in, taken, b, nil); err == nil || !strings.Contains(err.Error(), "第 99999 行、第 WQJ 列") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sameCells wants the cells of a sheet, but for its title, where they were.
func sameCells(t *testing.T, a, b *grid.Sheet) {
	t.Helper()
	for _, r := range a.Rows {
		if r.Number < HeadRow && a.Name != OwnSheet {
			continue
		}
		other, _ := b.Row(r.Number)
		for _, c := range r.Cells {
			if got := other.At(c.Column); got.Text != c.Text {
				t.Errorf("%s %s is %q, was %q", a.Name, grid.Name(r.Number, c.Column), cut(got.Text, 40), cut(c.Text, 40))
				return
			}
		}
	}
}

// marksOf looks at the findings in a workbook that is given back.
func marksOf(t *testing.T, raw []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.GetSheetName(0) != MarkedSheet {
		t.Error("the findings are not first: ", f.GetSheetList())
	}
	notes, err := f.GetComments("单位")
	if err != nil || len(notes) != 1 || notes[0].Cell != "C4" || !strings.Contains(notes[0].Text, "不相等\n建议：核对") || !strings.Contains(notes[0].Text, "差一点") || strings.Contains(notes[0].Text, "上年") {
		t.Errorf("%v %+v", err, notes)
	}
	id, err := f.GetCellStyle("单位", "C4")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || len(style.Fill.Color) == 0 || style.Fill.Color[0] != colourOf(diag.Error) {
		t.Errorf("%v %+v", err, style.Fill)
	}
	rows, err := f.GetRows(MarkedSheet)
	if err != nil || len(rows) != 8 || !slices.Contains(rows[3], "单位 C4") || !slices.Contains(rows[7], "哪里都不在") {
		t.Errorf("%v %q", err, rows)
	}
	if linked, to, err := f.GetCellHyperLink(MarkedSheet, "C6"); err != nil || !linked || to != "'草稿'!D7" {
		t.Error(linked, to, err)
	}
}
