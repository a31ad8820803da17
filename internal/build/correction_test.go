package build_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/money"
	"yusuan/internal/pdfread"
)

// corrections are n corrected numbers and texts of a document.
func corrections(title string, n, letters int) *changes.Report {
	r := &compare.Result{Old: compare.Document{Title: title, Date: "2026-01-20"}}
	for _, name := range []string{"支出总计", "基本支出", "项目支出", "一般公共预算", "“三公”经费", "机关运行经费", "政府采购"} {
		r.Totals = append(r.Totals, compare.Total{Name: name, Old: money.FromFen(100), New: money.FromFen(12345678900), HasOld: true, HasNew: true})
	}
	for i := range n {
		r.Cells = append(r.Cells, compare.Cell{Part: fmt.Sprintf("表%d　部门支出总表", i/10+1), Row: fmt.Sprintf("20126%02d 行政运行", i%100), Column: "基本支出 · 合计",
			Old: "1,000.00", New: fmt.Sprintf("1,001.%02d", i%100), Unit: "万元", HasOld: true, HasNew: true, Money: true})
		r.Sentences = append(r.Sentences, compare.Sentence{Part: "三、支出预算安排情况", Pieces: []compare.Piece{{Text: strings.Repeat("同", letters)}, {Kind: compare.Gone, Text: strings.Repeat("旧", letters)},
			{Kind: compare.New, Text: strings.Repeat("新", letters)}}})
	}
	return &changes.Report{Result: r}
}

// TestCorrectionIsOnePage: a notice of nothing, of one correction, of a thousand with texts of any length has one page, in the
// styles of every pack, and carries nothing.
func TestCorrectionIsOnePage(t *testing.T) {
	for _, dir := range []string{sample, "testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		w := good(t, dir)
		for _, c := range []struct{ n, letters int }{{0, 0}, {1, 10}, {12, 30}, {1000, 1000}} {
			raw, err := w.Correction(corrections(w.Tree.Title, c.n, c.letters))
			if err != nil {
				t.Fatalf("%s: %d corrections: %v", dir, c.n, err)
			}
			if name := os.Getenv("CORRECTION"); name != "" {
				if err := os.WriteFile(filepath.Join(name, fmt.Sprintf("%s-%d.pdf", filepath.Base(dir), c.n)), raw, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			f, err := pdfread.Open(raw)
			if err != nil {
				t.Fatal(err)
			}
			pages, err := f.Pages()
			if err != nil || len(pages) != 1 {
				t.Fatalf("%s: %d corrections on %d pages, %v", dir, c.n, len(pages), err)
			}
			if files, err := f.Attachments(); err != nil || len(files) > 0 {
				t.Errorf("%s: it carries %d files, %v", dir, len(files), err)
			}
			items, err := f.Items(0)
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for _, r := range items.Runs {
				text.WriteString(r.Text)
			}
			wants := []string{changes.NoticeTitle, w.Tree.Title, "（2026年1月20日）", w.Tree.Author, fmt.Sprintf("%d年%d月%d日", w.Tree.Date.Year(), w.Tree.Date.Month(), w.Tree.Date.Day())}
			if c.n == 1 {
				wants = append(wants, "1,000.00 万元", "1,001.00 万元")
			}
			if c.n == 1000 {
				wants = append(wants, "处随之更正")
			}
			for _, want := range wants {
				if !strings.Contains(text.String(), strings.ReplaceAll(want, " ", "")) && !strings.Contains(text.String(), want) {
					t.Errorf("%s: %d corrections: no %q in %.600s", dir, c.n, want, text.String())
				}
			}
			if again, err := w.Correction(corrections(w.Tree.Title, c.n, c.letters)); err != nil || !bytes.Equal(raw, again) {
				t.Errorf("%s: not the same bytes again", dir)
			}
		}
	}
}
