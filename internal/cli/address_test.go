package cli

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/diag"
)

// idsOf are the ids of what check finds in a folder, with the messages.
func idsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	_, stdout, stderr := run("check", "--format", "json", dir)
	var report struct {
		Diagnostics []struct{ ID, Message string }
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v: %s%s", err, stdout, stderr)
	}
	out := map[string]string{}
	for _, d := range report.Diagnostics {
		if other, twice := out[d.ID]; twice || d.ID == "" {
			t.Errorf("%q and %q have the id %q", other, d.Message, d.ID)
		}
		out[d.ID] = d.Message
	}
	return out
}

// TestFindingsKeepTheirIDs: ids are the same in another folder of that name, when lines and entries come before, when files are
// renamed and when amounts change, so that a list of yesterday can be held against that of today.
func TestFindingsKeepTheirIDs(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	edit := func(dir, name string, pairs ...string) {
		t.Helper()
		file := filepath.Join(dir, name)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("%s has no %s", name, pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	edit(dir, "projects.toml", "procurement      = \"服务\"", "procurement = \"服物\"", "end_year     = 2027", "end_year = 27", "amount      = 10840000", "amount = 10840000\nline = [ { amount = 5 } ]")
	edit(dir, "basic.toml", `economic = "30217"`, `economic = "39917"`, `economic = "30228"`, `economic = "39928"`)
	edit(dir, "prior.toml", "total            = 2538.83", "total = 2539.83")
	before := idsOf(t, dir)
	if len(before) < 6 {
		t.Fatalf("%d findings: %v", len(before), before)
	}
	moved := filepath.Join(t.TempDir(), "别处", "2026", "338")
	if err := os.CopyFS(moved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for name, text := range tomlFiles(t, moved) {
		if err := os.WriteFile(filepath.Join(moved, filepath.FromSlash(name)), []byte("# 多一行\n\n"+text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	edit(moved, "projects.toml", "\n[[project]]\n", "\n[[project]]\nname = \"多一个项目\"\ngroup = \"本级支出项目\"\nfunction = \"2010399\"\namount = 100\npurpose = \"主要用于多一个项目。\"\n\n[[project]]\n",
		"line = [ { amount = 5 } ]", "line = [ { amount = 6000 } ]")
	edit(moved, "basic.toml", "basic = [", "basic = [\n  { function = \"2010301\", economic = \"30205\", amount = 5 },")
	if err := os.Rename(filepath.Join(moved, "basic.toml"), filepath.Join(moved, "jiben.toml")); err != nil {
		t.Fatal(err)
	}
	after := idsOf(t, moved)
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if after[id] == "" {
			t.Errorf("%s, %s, has another id", id, before[id])
		}
	}
}

// TestListOfProblemsHasPlaces: the list that is mailed around has a column for places that are no lines, in words, and the id.
func TestListOfProblemsHasPlaces(t *testing.T) {
	name := filepath.Join(t.TempDir(), "问题清单.xlsx")
	list := []diag.Diagnostic{
		{Rule: "甲-001", At: diag.InCell("填报表.xlsx", diag.Cell{Sheet: "项目", Name: "C12"}), ID: "甲-001:1"},
		{Rule: "甲-002", At: diag.InDocument("稿.pdf", diag.Printed{Page: 5, Table: "表3", Row: 4, ColumnTitle: "本年预算"}), ID: "甲-002:2"},
		{Rule: "甲-003", At: diag.Range{File: "a.toml", Start: diag.At(7, 3, 0)}.Prints(diag.Printed{Table: "表3"}), ID: "甲-003:3"},
	}
	if err := writeList(name, list, 0, time.Time{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("问题清单")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{{"文件", "行", "列", "位置", "页", "表或节", "表中的行", "表中的列", "编号"}, {"填报表.xlsx", "", "", "工作表“项目” C12", "", "", "", "", "甲-001:1"},
		{"稿.pdf", "", "", "第5页 表3 第4行 “本年预算”列", "5", "表3", "4", "本年预算", "甲-002:2"}, {"a.toml", "7", "3", "表3", "", "表3", "", "", "甲-003:3"}} {
		if got := append(slices.Clone(rows[i][4:12]), rows[i][len(rows[i])-1]); !slices.Equal(got, want) {
			t.Errorf("row %d has %q, want %q", i+1, got, want)
		}
	}
	f.Close()
	if err := writeList(name, list[:1], 0, time.Time{}); err != nil {
		t.Fatal(err)
	}
	plain, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if rows, err = plain.GetRows("问题清单"); err != nil || slices.Contains(rows[0], "页") {
		t.Errorf("a list without finished documents has columns for their places: %q %v", rows[0], err)
	}
}

// TestFindingsOfFinishedDocumentsHavePlaces: whatever is found in what was typed of a finished document says also where it is
// printed: a section, or a table with the row and column in which the text at the line stands.
func TestFindingsOfFinishedDocumentsHavePlaces(t *testing.T) {
	dir := "../../testdata/sample-as-published"
	_, stdout, stderr := run("check", "--format", "json", dir)
	type place struct {
		File, Where, Table, Section string
		Line, Column                int
		EndLine                     int `json:"end_line"`
		EndColumn                   int `json:"end_column"`
		Row                         int
		TableColumn                 int    `json:"table_column"`
		RowTitle                    string `json:"row_title"`
	}
	var report struct {
		Diagnostics []struct {
			Message string
			At      place
			Related []struct{ At place }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v: %s%s", err, stdout, stderr)
	}
	files := tomlFiles(t, dir)
	cells, sections := 0, 0
	look := func(message string, p place) {
		name := filepath.Base(p.File)
		if p.Line == 0 || name == "department.toml" || name == "prior.toml" || name == "units.toml" {
			return
		}
		if (p.Table == "") == (p.Section == "") || p.Where == "" {
			t.Errorf("%s: %s:%d is in table %q, section %q", message, name, p.Line, p.Table, p.Section)
		}
		if sections++; p.TableColumn == 0 {
			return
		}
		lines := strings.Split(files[name], "\n")
		line := lines[p.Line-1]
		row := 0
		for i := p.Line - 1; !strings.HasPrefix(lines[i], "rows"); i-- {
			row++
		}
		parts := strings.Split(line, "|")
		if p.TableColumn > len(parts) || p.EndLine != p.Line {
			t.Fatalf("%s: %+v in %s", message, p, line)
		}
		text := string([]rune(line)[p.Column-1 : p.EndColumn-1])
		if p.Row != row || !strings.Contains(parts[p.TableColumn-1], text) {
			t.Errorf("%s: %s stands in row %d of %s, said to be in row %d, column %d", message, text, row, line, p.Row, p.TableColumn)
		}
		if first, _, _ := strings.Cut(p.RowTitle, " "); !strings.Contains(line, first) {
			t.Errorf("%s: the row %s is called %s", message, line, p.RowTitle)
		}
		cells++
	}
	for _, d := range report.Diagnostics {
		look(d.Message, d.At)
		for _, r := range d.Related {
			look(d.Message, r.At)
		}
	}
	if cells < 20 || sections < 40 {
		t.Errorf("%d places in cells, %d in all", cells, sections)
	}
}
