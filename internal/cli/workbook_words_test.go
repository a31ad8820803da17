package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/grid"
)

// rowsOf opens a workbook and reads a sheet of it.
func rowsOf(t *testing.T, file, sheet string) (*excelize.File, [][]string) {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return f, rows
}

// offeredCell is the cell of the content that a row offers under a label.
func offeredCell(t *testing.T, file, sheet, label string) string {
	t.Helper()
	_, rows := rowsOf(t, file, sheet)
	for i, row := range rows {
		if k := slices.IndexFunc(row, func(s string) bool { return strings.TrimPrefix(s, "*") == label }); k >= 0 {
			return grid.Name(i+1, k+2)
		}
	}
	t.Fatalf("%s offers no %s", sheet, label)
	return ""
}

// Findings of a workbook stand at the cells that are to be filled in, in the order of its tabs, in its words.
func TestFindingsSpeakOfTheWorkbook(t *testing.T) {
	_, file := sampleBook(t)
	reason := offeredCell(t, file, "文字说明", "收支总预算变动的主要原因")
	date := offeredCell(t, file, "部门", "公开日期")
	typedInto(t, file, "文字说明", map[string]any{reason: nil})
	typedInto(t, file, "部门", map[string]any{date: "改天"})
	spokenAt(t, file, "文字说明 "+reason, "部门 "+date)
	typedInto(t, file, "基本支出", map[string]any{amountCell(t, file, 5): "约十万", amountCell(t, file, 6): nil}) // texts wait for the amounts
	spokenAt(t, file, "部门 "+date, "基本支出 "+amountCell(t, file, 5))
}

// What is found in reading a workbook is told alike by check and when it is brought into a folder: in its words, in the order of
// its tabs.
func TestFindingsSpeakOfTheWorkbookBroughtIn(t *testing.T) {
	folder, file := sampleBook(t)
	typedInto(t, file, "上年数", map[string]any{"D11": "约十万"})
	typedInto(t, file, "基本支出", map[string]any{amountCell(t, file, 5): "约十万"})
	typedInto(t, file, "部门", map[string]any{offeredCell(t, file, "部门", "公开日期"): "改天"})
	heads := func(text string) (out []string) {
		for line := range strings.Lines(text) {
			if strings.Contains(line, " 表格-0") {
				out = append(out, strings.TrimSpace(line))
			}
		}
		return out
	}
	_, out, errs := run("check", file, "--all")
	want := heads(out + errs)
	code, out, errs := run("sheet", file, "--into", folder, "--all")
	if got := heads(errs); code != exitData || len(want) < 3 || !slices.Equal(got, want) {
		t.Errorf("exit %d, it says\n%s\ncheck says\n%s\nall of it:\n%s%s", code, strings.Join(got, "\n"), strings.Join(want, "\n"), out, errs)
	}
}

// spokenAt wants findings of a workbook at cells, in its words; a text that is missing where it is to be written.
func spokenAt(t *testing.T, file string, cells ...string) {
	t.Helper()
	reason := offeredCell(t, file, "文字说明", "收支总预算变动的主要原因")
	_, out, errs := run("check", file, "--format", "json", "--all")
	var all struct {
		Diagnostics []struct {
			Rule, Level, Message, Hint string
			At                         struct{ Sheet, Cell string }
		} `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err, errs)
	}
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tabs := f.GetSheetList()
	f.Close()
	tomls := regexp.MustCompile(`\.toml|\[\[?[a-z]|[a-z_]+ = |（[a-z_]+）`)
	last := map[string]int{}
	var seen []string
	for _, d := range all.Diagnostics {
		if tomls.MatchString(d.Message + d.Hint) {
			t.Errorf("%s speaks of files: %s; %s", d.Rule, d.Message, d.Hint)
		}
		at := slices.Index(tabs, d.At.Sheet)
		if at < last[d.Level] {
			t.Errorf("%s of %s comes after %s", d.Rule, d.At.Sheet, tabs[last[d.Level]])
		}
		last[d.Level] = at
		seen = append(seen, d.At.Sheet+" "+d.At.Cell)
		if d.Rule == "文字-003" && (d.At.Cell != reason || !strings.Contains(d.Hint, "在“文字说明”表里填写“收支总预算变动的主要原因”")) {
			t.Errorf("%+v", d)
		}
	}
	for _, want := range cells {
		if !slices.Contains(seen, want) {
			t.Errorf("nothing is found at %s, but at %s", want, seen)
		}
	}
}

// What a document lacks as a whole is told where it is to be filled in: a heading with nothing below it at the text that stands below,
// the form of the whole department on its sheet, what no project says in the column for it.
func TestWhatIsLackingHasACell(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.xlsx")
	for _, c := range []struct {
		folder, drop, rule, sheet, label string
	}{
		{"../../data/2026/338", "duties", "文字-005", "部门", "主要职责"},
		{"../../data/2026/338", "performance", "绩效-013", "绩效表1", "表样"},
	} {
		folder := filepath.Join(dir, c.rule)
		if err := os.CopyFS(folder, os.DirFS(c.folder)); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(folder, c.drop)); err != nil {
			t.Fatal(err)
		}
		good(t, "sheet", folder, "-o", file)
		if c.drop == "duties" {
			emptied(t, file, c.sheet, c.label)
		}
		at := found(t, file, c.rule)
		if want := offeredCell(t, file, c.sheet, c.label); at.Sheet != c.sheet || at.Cell != want {
			t.Errorf("%s is told at %s %s, want %s %s", c.rule, at.Sheet, at.Cell, c.sheet, want)
		}
	}
	folder := filepath.Join(dir, "goals")
	if err := os.CopyFS(folder, os.DirFS("../../testdata/departments/2018/101")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "projects.toml")
	raw, err := os.ReadFile(name)
	if err != nil || os.WriteFile(name, regexp.MustCompile(`(?m)^goals .*\n`).ReplaceAll(raw, nil), 0o644) != nil {
		t.Fatal(err)
	}
	good(t, "sheet", folder, "-o", file)
	row, column, _ := grid.Place(found(t, file, "绩效-013").Cell)
	if head, of, _ := grid.Place(offeredCell(t, file, "项目", "编报绩效目标")); row <= head || column != of-1 {
		t.Errorf("what no project says is told in row %d, column %d", row, column)
	}
}

// emptied deletes the rows of an item but one, which says nothing.
func emptied(t *testing.T, file, sheet, label string) {
	t.Helper()
	f, rows := rowsOf(t, file, sheet)
	kept := false
	for i, row := range slices.Backward(rows) {
		if !slices.ContainsFunc(row, func(s string) bool { return strings.TrimPrefix(s, "*") == label }) {
			continue
		}
		if !kept {
			kept = true
			for _, column := range []int{1, 3} {
				if err := f.SetCellValue(sheet, grid.Name(i+1, column), nil); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		if err := f.RemoveRow(sheet, i+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}
