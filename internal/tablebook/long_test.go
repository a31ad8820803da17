package tablebook_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/tablebook"
)

// sampleWith is the sample with files put into the place of others.
func sampleWith(t testing.TB, change func(name, text string) string) *build.Work {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"assets", "basic", "department", "prior", "projects", "text", "units", "performance/12-1", "performance/12-2", "performance/12-3", "performance/overall"} {
		raw, err := os.ReadFile("../../data/2026/338/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		files["d/"+name+".toml"] = &fstest.MapFile{Data: []byte(change(name, string(raw)))}
	}
	return work(t, shared(t), build.Input{Data: files, Dir: "d"})
}

// TestLongTexts: a text that no cell of a spreadsheet holds stands whole in several.
func TestLongTexts(t *testing.T) {
	for _, n := range []int{32766, 32767, 32768, 65533, 65535, 98310} {
		long := strings.Repeat("审批事务和大厅运转", n/9) + strings.Repeat("终", n%9)
		w := sampleWith(t, func(name, text string) string {
			return strings.Replace(text, `"审批事务和大厅运转需要"`, `"`+long+`"`, 1)
		})
		f := opened(t, book(t, w))
		found := false
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			var all strings.Builder
			for _, row := range rows {
				for _, s := range row {
					if strings.Contains(s, "审批事务和大厅运转审批") {
						all.WriteString(s)
					}
				}
			}
			found = found || all.String() == long
		}
		if !found {
			t.Errorf("a text of %d characters is not in the workbook", n)
		}
	}
}

// TestManyProjects: formulas are no longer than programs take, however many projects one sums.
func TestManyProjects(t *testing.T) {
	const most = 8192
	w := sampleWith(t, func(name, text string) string {
		if name != "projects" {
			return text
		}
		var b strings.Builder
		b.WriteString(text)
		for i := range 1200 {
			fmt.Fprintf(&b, "\n[[project]]\nname = \"项目第%d号\"\ngroup = \"本级支出项目\"\nfunction = \"2010399\"\namount = 100000\npurpose = \"主要用于第%d号。\"\ngoals = true\n", i, i)
		}
		return b.String()
	})
	f := opened(t, book(t, w))
	for i, r := range proofRows(t, f) {
		if r.verdict != "相符" && r.verdict != "不核对" {
			t.Errorf("%s: %s", r.key, r.verdict)
		}
		for _, column := range []string{"I", "J"} {
			formula, err := f.GetCellFormula(tablebook.ProofSheet, fmt.Sprintf("%s%d", column, 6+i))
			if err != nil {
				t.Fatal(err)
			}
			if len(formula) > most {
				t.Errorf("%s: a formula of %d characters", r.key, len(formula))
			}
		}
	}
}
