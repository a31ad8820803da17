package changes_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

func yuan(n int64) money.Amount { return money.FromFen(n * 100) }

// small is a comparison with one of everything.
func small() *changes.Report {
	at := func(file string, line int) diag.Range {
		return diag.Range{File: file, Start: diag.Pos{Line: line, Column: 3}, End: diag.Pos{Line: line, Column: 9}}
	}
	r := &compare.Result{
		Old: compare.Document{Name: "旧/900", Title: "某馆2026年部门预算", Code: "900", Year: 2026, Date: "2026-01-20", Program: "p 1", Pack: "甲", Version: "1", Pages: 9},
		New: compare.Document{Name: "新/900", Title: "某馆2026年部门预算", Code: "900", Year: 2026, Date: "2026-02-01", Program: "p 1", Pack: "甲", Version: "2"},
		Totals: []compare.Total{
			{Name: "支出总计", Key: "total", Old: yuan(1000000), New: yuan(1010000), HasOld: true, HasNew: true, Causes: []int{1}},
			{Name: "基本支出", Key: "basic", Old: yuan(1000000), New: yuan(1010000), HasOld: true, HasNew: true, Of: 1, Causes: []int{1}},
			{Name: "项目支出", Key: "project", HasOld: true, HasNew: true, Of: 1},
		},
		Causes: []compare.Cause{
			{Table: "basic", Entry: "900001 2012601 30201", Field: "amount", Title: "基本支出 · 30201 办公费 · 金额", Old: "120,000.00元", New: "130,000.00元", Money: true, Difference: yuan(10000),
				OldAt: at("旧/900/basic.toml", 4), NewAt: at("新/900/basic.toml", 5), Effects: compare.Count{Cells: 2, Sentences: 1}},
			{Change: compare.Added, Table: "project", Entry: "新项目", Title: "项目支出 · 新项目", NewAt: at("新/900/projects.toml", 1), Effects: compare.Count{Rows: 1}},
			{Change: compare.Removed, Table: "text", Entry: "note", Title: "文字 · 附注", Old: "=1+1\x1b[2J", OldAt: at("旧/900/text.toml", 2)},
		},
		Cells: []compare.Cell{
			{Name: "3/合计/合计", Part: "表3　部门支出总表", Row: "合计", Column: "合计", Old: "100.00", New: "101.00", Unit: "万元", HasOld: true, HasNew: true, Money: true,
				OldExact: yuan(1000000), NewExact: yuan(1010000), Causes: []int{1}},
			{Name: "3/2012601/合计", Part: "表3　部门支出总表", Row: "2012601 行政运行", Column: "合计", Old: "1,000.50", New: "", Unit: "万元", HasOld: true, HasNew: true, Money: true,
				OldExact: yuan(10005000), Causes: []int{1}},
			{Name: "4/x", Part: "表4", Row: "=占比", Column: "占比", Old: "33.33", New: "33.34", Unit: "%", HasOld: true, HasNew: true, Class: compare.ByResidue},
			{Name: "p/1", Part: "表9", Row: "新项目", Column: "金额", New: "5.00", Unit: "万元", HasNew: true, Money: true, NewExact: yuan(50000), Causes: []int{2}},
		},
		Sentences: []compare.Sentence{
			{Where: compare.InText, Part: "三、支出预算安排情况", Pieces: []compare.Piece{{Text: "2026年支出预算"}, {Kind: compare.Gone, Text: "100.00"}, {Kind: compare.New, Text: "101.00"},
				{Text: "万元，" + strings.Repeat("其中甲乙丙丁，", 9) + "详见附表"}, {Kind: compare.New, Text: "三"}, {Text: "。"}}, Causes: []int{1}},
			{Where: compare.InText, Part: "一、概况", Pieces: []compare.Piece{{Kind: compare.Gone, Text: "为"}, {Kind: compare.New, Text: "是"}, {Text: "此。"}}, Class: compare.ByTemplate},
		},
		Rows:  []compare.Row{{Part: "表9", Name: "新项目", Change: compare.Added, Causes: []int{2}}},
		Parts: []compare.Part{{Where: compare.InText, Title: "附注", Change: compare.Removed, Causes: []int{3}}},
	}
	pages := changes.Pages{Cells: [][]changes.Page{{{Sheet: 8, Name: "5"}}, {{Sheet: 8, Name: "5"}, {Sheet: 9, Name: "6"}}, {{Sheet: 10, Name: "7"}}, nil},
		Sentences: [][]changes.Page{{{Sheet: 1, Name: "封面"}, {Sheet: 20, Name: "17"}}}}
	return &changes.Report{Result: r, Pages: pages, Notes: []string{"注意这个"}}
}

// TestText holds the summary for people: totals, causes with all that shows them, texts, rows, what nobody typed apart; nothing
// that drives a terminal.
func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := small().Text(&b, changes.Options{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "small.txt", b.Bytes())
	if strings.Contains(b.String(), "\x1b") {
		t.Error("a text of the data drives the terminal")
	}
}

// TestJSON holds the keys and values for programs.
func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := small().JSON(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "small.json", b.Bytes())
	var all map[string]any
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"old", "new", "notes", "same", "counts", "totals", "causes", "cells", "sentences", "rows", "parts"} {
		if all[key] == nil {
			t.Errorf("no key %s", key)
		}
	}
}

// TestJSONOfNothing: lists are there also when they are empty.
func TestJSONOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := (&changes.Report{Result: &compare.Result{}}).JSON(&b); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"notes", "totals", "causes", "cells", "sentences", "rows", "parts"} {
		if !strings.Contains(b.String(), `"`+key+`": []`) {
			t.Errorf("no empty list %s in\n%s", key, b.String())
		}
	}
	if !strings.Contains(b.String(), `"same": true`) {
		t.Error(b.String())
	}
}

// golden holds an output against a file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is otherwise now (UPDATE=1 writes it anew), %v\n%s", file, err, got)
	}
}

// TestBounded: of very many changes the first are listed, and how many more there are, with what lists them.
func TestBounded(t *testing.T) {
	r := many(1000)
	var b bytes.Buffer
	if err := r.Text(&b, changes.Options{Most: 10, More: "；加 --all"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"改动 1000 处", "……还有 990 处；加 --all", "……还有 90 个部分的；加 --all", "第1、3–5、7、8页"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%.3000s", want, b.String())
		}
	}
	if n := strings.Count(b.String(), "\n"); n > 120 {
		t.Errorf("%d lines", n)
	}
	b.Reset()
	if err := r.Text(&b, changes.Options{}); err != nil || strings.Count(b.String(), "单位甲") < 2000 {
		t.Error("not all are listed", err)
	}
}

// many are changes of n amounts, each on a few pages.
func many(n int) *changes.Report {
	r := small()
	r.Causes, r.Cells, r.Sentences, r.Pages = nil, nil, nil, changes.Pages{}
	for i := range n {
		name := fmt.Sprintf("单位甲%d", i)
		r.Causes = append(r.Causes, compare.Cause{Title: name, Old: "1", New: "2", Money: true, Difference: yuan(1)})
		r.Cells = append(r.Cells, compare.Cell{Part: fmt.Sprintf("表%d　表名", i/10), Row: name, Column: "金额", Old: "1.00", New: "2.00", HasOld: true, HasNew: true, Causes: []int{i + 1}, Money: true, NewExact: yuan(10000)})
		r.Sentences = append(r.Sentences, compare.Sentence{Where: compare.InText, Part: "说明", Pieces: []compare.Piece{{Text: strings.Repeat("长", 400)}, {Kind: compare.New, Text: strings.Repeat("新", 400)}}, Causes: []int{i + 1}})
		r.Pages.Cells = append(r.Pages.Cells, nil)
		for _, p := range []string{"8", "4", "3", "1", "5", "7"} {
			r.Pages.Cells[i] = append(r.Pages.Cells[i], changes.Page{Sheet: int(p[0] - '0'), Name: p})
		}
	}
	return r
}

// TestSame: where nothing is another one line says so, and what was compared.
func TestSame(t *testing.T) {
	r := small()
	r.Result = &compare.Result{Old: r.Old, New: r.New}
	var b bytes.Buffer
	if err := r.Text(&b, changes.Options{}); err != nil || !strings.Contains(b.String(), "没有不同") || !strings.Contains(b.String(), "旧/900") {
		t.Error(b.String(), err)
	}
}

// TestWorkbook reads the workbook back: every change is there, numbers are numbers with the digits that were printed, texts are
// never formulas.
func TestWorkbook(t *testing.T) {
	r := small()
	var b bytes.Buffer
	if err := r.Workbook(&b, xlsx.Made{Title: changes.BookTitle, Program: "p", Application: "a"}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !slices.Equal(f.GetSheetList(), changes.Sheets()) {
		t.Error(f.GetSheetList())
	}
	for sheet, n := range map[string]int{changes.SheetTotals: len(r.Totals), changes.SheetCauses: len(r.Causes), changes.SheetNumbers: len(r.Cells), changes.SheetTexts: len(r.Sentences), changes.SheetRows: len(r.Rows) + len(r.Parts)} {
		rows, err := f.GetRows(sheet)
		if err != nil || len(rows) < n+2 {
			t.Errorf("%s has %d rows, want %d, %v", sheet, len(rows), n+1, err)
		}
	}
	for _, c := range []struct {
		sheet, cell, shown string
		number             bool
	}{
		{changes.SheetTotals, "B6", "1,000,000.00", true}, {changes.SheetTotals, "D6", "10,000.00", true}, {changes.SheetTotals, "E6", "1.00", true},
		{changes.SheetCauses, "F3", "10,000.00", true}, {changes.SheetCauses, "D5", "=1+1", false},
		{changes.SheetNumbers, "D3", "100.00", true}, {changes.SheetNumbers, "D4", "1,000.50", true}, {changes.SheetNumbers, "D5", "33.33", true}, {changes.SheetNumbers, "B5", "=占比", false},
		{changes.SheetNumbers, "G3", "10,000.00", true}, {changes.SheetNumbers, "J4", "5、6", false}, {changes.SheetNumbers, "D6", "", false}, {changes.SheetNumbers, "E6", "5.00", true},
		{changes.SheetTexts, "H3", "封面、17", false},
	} {
		shown, err := f.GetCellValue(c.sheet, c.cell)
		if err != nil || !strings.HasPrefix(shown, c.shown) || c.shown == "" && shown != "" {
			t.Errorf("%s %s shows %q, want %q, %v", c.sheet, c.cell, shown, c.shown, err)
		}
		kind, err := f.GetCellType(c.sheet, c.cell)
		if isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber; c.number && (err != nil || !isNumber) {
			t.Errorf("%s %s is of type %v, want a number", c.sheet, c.cell, kind)
		}
		if formula, err := f.GetCellFormula(c.sheet, c.cell); err != nil || formula != "" {
			t.Errorf("%s %s is the formula %s", c.sheet, c.cell, formula)
		}
	}
}

// TestToldShowsWhatDiffers: of two texts the stretch in which they differ is shown, however long what is before it, and numbers are
// never cut.
func TestToldShowsWhatDiffers(t *testing.T) {
	long := strings.Repeat("前面一样的话，", 20)
	for _, c := range []struct{ old, now, want string }{
		{long + "甲。", long + "乙。", "【删：甲】【增：乙】。"},
		{long + "甲。", long + "甲", "【删：。】"},
		{long, long + "多了", "【增：多了】"},
		{"", long, "（空） → " + string([]rune(long)[:60])},
		{"是", "否", "是 → 否"},
		{long + "12345678901234567890万元" + "甲", long + "12345678901234567890万元" + "乙", "…12345678901234567890万元【删：甲】【增：乙】"},
		{long + "计1,234.50万元，" + long, long + "计1,244.50万元，" + long, "计【删：1,234.50】【增：1,244.50】万元，"},
		{strings.Repeat("一", 30), strings.Repeat("一", 31), "【增：一】"},
	} {
		got := changes.Told(&compare.Cause{Title: "题", Old: c.old, New: c.now})
		if !strings.Contains(got, c.want) || !strings.HasPrefix(got, "题：") {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestHeadingOfAForm: the heading of a form that is counted otherwise is no section of running text beside it.
func TestHeadingOfAForm(t *testing.T) {
	r := small()
	r.Cells = append(r.Cells, compare.Cell{Where: compare.InForm, Part: "表12-2　绩效目标表", Old: "1", HasOld: true, Causes: []int{3}})
	r.Sentences = append(r.Sentences, compare.Sentence{Where: compare.InText, Part: "表12-2　绩效目标表", Pieces: []compare.Piece{{Text: "表12-"}, {Kind: compare.Gone, Text: "3"}, {Kind: compare.New, Text: "2"}}, Causes: []int{3}})
	var b bytes.Buffer
	if err := r.Text(&b, changes.Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "影响 1 个数、1 处文字、1 个部分，在 1 张表单（表12-2）、1 节正文") {
		t.Error(b.String())
	}
}
