package build_test

import (
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/read/paper"
)

// TestFormSaysLastYear: what the overall form says of last year is held against last year's document: one misprint is one
// finding, at that number, that leads there; as it is printed nothing of the forms is told.
func TestFormSaysLastYear(t *testing.T) {
	s := shared(t)
	printed := func(dir string) *paper.Document {
		w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir, PriorDir: priorDir(dir)})
		if err != nil || w.Tree == nil {
			t.Fatal(dir, err)
		}
		return onPaper(w.Tree)
	}
	now, last := printed("data/2026/338"), printed("data/2025/338")
	told := func() (out []string) {
		x, err := s.Finished(build.FinishedInput{Name: "2026.docx", Document: now, Template: "wuhan", Last: last, LastName: "2025.docx"})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if strings.HasPrefix(d.Rule, "绩表-") && d.Rule != "绩表-006" { // one project has no form
				where := ""
				if len(d.Notes) > 0 {
					where = d.Notes[0].At.File
				}
				out = append(out, strings.Join([]string{d.Rule, d.Stated, d.Want, where}, " "))
			}
		}
		return out
	}
	if out := told(); len(out) > 0 {
		t.Errorf("as it is printed: %q", out)
	}
	changed := 0
	for i := range now.Blocks {
		if now.Blocks[i].Table == nil {
			continue
		}
		for _, row := range now.Blocks[i].Table.Rows {
			for k := range row.Cells {
				if row.Cells[k].Text == "1,035.80" && row.Cells[0].Text != "合计" {
					row.Cells[k].Text = "1,035.79"
					changed++
				}
			}
		}
	}
	if out := told(); changed != 1 || len(out) != 1 || !strings.HasPrefix(out[0], "绩表-010 1,035.79万元 1,035.80万元 2025.docx") {
		t.Errorf("%d changed, told %q", changed, out)
	}
}
