package tablebook_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/build"
	"yusuan/internal/tablebook"
)

// notPublished is what sheets that are no published tables say of themselves.
const notPublished = "不是公开的表"

// TestListsSayTheyAreNoTables: nobody takes 校核, 明细 and 上年数和填列数 for tables of the document: their titles, the heads
// of their pages, the tabs and 目录 say so; and those of no table do. All of them, and 目录, say whose they are and of which day.
func TestListsSayTheyAreNoTables(t *testing.T) {
	w := work(t, shared(t), build.Input{Dir: "data/2026/338", PriorDir: "data/2025/338"})
	f := opened(t, book(t, w))
	contents, err := f.GetRows(tablebook.ContentsSheet)
	if err != nil {
		t.Fatal(err)
	}
	whose := "《" + w.Tree.Title + "》（2026年2月10日）"
	if len(contents) < 3 || !strings.HasPrefix(contents[1][0], whose) || !strings.Contains(contents[1][0], "以 PDF 为准") {
		t.Errorf("目录 says %q", contents[1])
	}
	for i, name := range f.GetSheetList()[1:] {
		list := name == tablebook.ProofSheet || name == tablebook.LinesSheet || name == tablebook.StatedSheet
		title, err1 := f.GetCellValue(name, "A1")
		who, err2 := f.GetCellValue(name, "A2")
		page, err3 := f.GetHeaderFooter(name)
		props, err4 := f.GetSheetProps(name)
		if err := slices.IndexFunc([]error{err1, err2, err3, err4}, func(e error) bool { return e != nil }); err >= 0 {
			t.Fatal(name, err1, err2, err3, err4)
		}
		row := strings.Join(contents[3+i], " ")
		for where, says := range map[string]bool{"title": strings.Contains(title, notPublished), "head of pages": strings.Contains(page.OddHeader, notPublished),
			"tab": props.TabColorRGB != nil && *props.TabColorRGB != "", "目录": strings.Contains(row, notPublished),
			"second line": strings.HasPrefix(who, whose)} {
			if says != list {
				t.Errorf("%s: the %s: %v", name, where, says)
			}
		}
		if !strings.Contains(page.OddFooter, "&P") || !strings.Contains(row, name) {
			t.Errorf("%s: the foot is %q, in 目录 stands %s", name, page.OddFooter, row)
		}
	}
}

// TestListsCanBeReadOnPaper: a list is on as many pages side by side as keep it at half its size; tables are one page wide.
func TestListsCanBeReadOnPaper(t *testing.T) {
	f := opened(t, book(t, work(t, shared(t), build.Input{Dir: "data/2026/338", PriorDir: "data/2025/338"})))
	for _, name := range f.GetSheetList() {
		p, err := f.GetPageLayout(name)
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		if name == tablebook.LinesSheet {
			want = 2
		}
		wide, props := 1, excelize.SheetPropsOptions{}
		if p.FitToWidth != nil {
			wide = *p.FitToWidth
		}
		if props, err = f.GetSheetProps(name); err != nil {
			t.Fatal(err)
		}
		if wide != want || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s is %d pages wide, want %d; fits pages: %v", name, wide, want, props.FitToPage)
		}
	}
}

// TestNoPathOfTheMachine: where a number was typed is told from the folder of the data: the workbook is published, and is the
// same wherever it is made.
func TestNoPathOfTheMachine(t *testing.T) {
	told := 0
	for name, w := range documents(t) {
		f := opened(t, book(t, w))
		for _, s := range f.GetSheetList() {
			rows, err := f.GetRows(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, v := range row {
					if strings.Contains(v, ".toml:") {
						told++
					}
					if strings.Contains(v, "data/2") || strings.Contains(v, "departments/") {
						t.Fatalf("%s: the sheet %s tells of %s", name, s, v)
					}
				}
			}
		}
	}
	if told < 100 {
		t.Errorf("%d places told only", told)
	}
}
