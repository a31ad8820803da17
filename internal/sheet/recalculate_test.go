package sheet

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/testoffice"
)

// recalculated is what LibreOffice makes of workbooks. It is started once: that takes longest.
func recalculated(t *testing.T, books map[string][]byte) map[string]*excelize.File {
	t.Helper()
	made := map[string]*excelize.File{}
	for name, raw := range testoffice.Saved(t, "xlsx", books) {
		f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		made[name] = f
	}
	return made
}

// LibreOffice recalculates 校核 and the lines below it to what stands beside their formulas: from a workbook that has no
// results, so that it cannot but work them out.
func TestRecalculated(t *testing.T) {
	t.Parallel()
	cases := map[string]Input{"new": fresh(t, packs(t)[0]), "many": many(t, 60)}
	for _, dir := range folders(t) {
		if !strings.HasSuffix(dir, "501") && !strings.Contains(dir, "data/2025/338") { // nothing to sum; like this year's
			cases[dir] = folder(t, dir)
		}
	}
	books := map[string][]byte{}
	for name, in := range cases {
		raw, err := (&writer{c: Fill(in), f: excelize.NewFile(), unstored: true}).write()
		if err != nil {
			t.Fatal(err)
		}
		books[name] = raw
	}
	const typed = "typed"
	books[typed] = typedInto(t, books["../../testdata/departments/2026/415"])
	made := recalculated(t, books)
	for _, x := range []struct{ row, want string }{{"C5", "31145500.79"}, {"C6", "20458944.01"}, {"C11", "4300005"}, {"G2", "不相符 2 处"}} {
		if got, _ := made[typed].GetCellValue(ProofSheet, x.row); !sameValue(got, x.want) {
			t.Errorf("校核!%s is %s after amounts were typed, want %s", x.row, got, x.want)
		}
	}
	if got := beside(t, made[typed], ProofSheet, "基本支出：金额还不是数的格子", 5); got != "还有 1 个" {
		t.Errorf("of an amount that is typed as words 校核 says %q", got)
	}
	before, typedRows := beside(t, made["../../testdata/departments/2026/415"], GuideSheet, "基本支出", 2), beside(t, made[typed], GuideSheet, "基本支出", 2)
	if n, _ := strconv.Atoi(before); typedRows != strconv.Itoa(n+2) {
		t.Errorf("the guide counts %s rows, and %s when two are added", before, typedRows)
	}
	for cell, want := range map[string]string{"A1": "5", "A2": "9", "A3": "415009 又一个单位", "A4": "又一个项目", "A5": "2079977 又一个科目", "A6": "30977 又一款"} {
		if got, _ := made[typed].GetCellValue(IndexSheet, cell); got != want {
			t.Errorf("lists that follow what is typed: %s is %q, want %q", cell, got, want)
		}
	}
	for name, in := range cases {
		want := written(t, in)
		got := made[name]
		cells := 0
		for _, sheet := range []string{GuideSheet, ProofSheet, CalcSheet} {
			rows, err := want.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for n, row := range rows {
				for k, w := range row {
					at := cellName(k+1, n+1)
					if f, _ := want.GetCellFormula(sheet, at); f == "" {
						continue
					}
					cells++
					if g, _ := got.GetCellValue(sheet, at); !sameValue(g, w) {
						f, _ := want.GetCellFormula(sheet, at)
						t.Errorf("%s: %s!%s is %q by LibreOffice, %q beside the formula %s", name, sheet, at, g, w, f)
					}
				}
			}
		}
		if cells < 300 {
			t.Errorf("%s: %d formulas", name, cells)
		}
	}
}

// beside is what stands some columns after a cell with a text.
func beside(t *testing.T, f *excelize.File, sheet, text string, columns int) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if k := slices.Index(row, text); k >= 0 && k+columns < len(row) {
			return row[k+columns]
		}
	}
	return ""
}

// sameValue compares a result: a number to half a 分.
func sameValue(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err != nil || err2 != nil {
		return a == b
	}
	return x-y < 0.005 && y-x < 0.005
}

// typedInto is a workbook in which somebody has gone on below the other lines, with codes alone, so that a pair of codes agrees
// no more.
func typedInto(t *testing.T, raw []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("基本支出")
	if err != nil {
		t.Fatal(err)
	}
	next := 0
	for n, row := range rows {
		if len(row) > 3 && row[3] != "" {
			next = n + 2
		}
	}
	at := func(column string, n int) string { return column + strconv.Itoa(n) }
	for _, x := range []struct {
		cell  string
		value any
	}{
		{at("B", next), "415001"}, {at("D", next), "2080505 机关事业单位基本养老保险缴费支出"}, {at("E", next), "30199"}, {at("F", next), 1000.01},
		{at("B", next+1), "415002"}, {at("C", next+1), "政府性基金预算"}, {at("D", next+1), "2296003"}, {at("E", next+1), "30201"}, {at("F", next+1), 5}, {at("F", next+2), "约五万"},
	} {
		if err := f.SetCellValue("基本支出", x.cell, x.value); err != nil {
			t.Fatal(err)
		}
	}
	// A unit without a code stands before the others now, and there is another project.
	lists := []struct{ sheet, cell, value string }{{"单位", "B4", ""}, {"单位", "B8", "415009"}, {"单位", "C8", "又一个单位"}, {"项目", "B12", "又一个项目"},
		{"补充科目", "B30", "功能"}, {"补充科目", "C30", "2079977"}, {"补充科目", "D30", "又一个科目"}, {"补充科目", "B31", "经济科目"}, {"补充科目", "C31", "30977"}, {"补充科目", "D31", "又一款"}}
	for _, x := range lists {
		if err := f.SetCellStr(x.sheet, x.cell, x.value); err != nil {
			t.Fatal(err)
		}
	}
	for cell, formula := range map[string]string{"A1": "ROWS(单位代码)", "A2": "ROWS(项目名称)", "A3": "INDEX(单位代码,ROWS(单位代码))", "A4": "INDEX(项目名称,ROWS(项目名称))",
		"A5": "INDEX(功能科目,ROWS(功能科目))", "A6": "INDEX(经济科目,ROWS(经济科目))"} {
		if err := f.SetCellFormula(IndexSheet, cell, formula); err != nil {
			t.Fatal(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
