package build_test

import (
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
)

// TestNothingHasNoParts: where 政府性基金 prints no basic expenditure, the treasury's 基本工资 is that of 一般公共预算, to the last
// place; and the classes of a table of three sides add up to the total whose label runs over them.
func TestNothingHasNoParts(t *testing.T) {
	s := shared(t)
	const id = "jiangsu-department-2018"
	w, err := s.Gallery(id)
	if err != nil || w.Tree == nil {
		t.Fatal(err)
	}
	errors := func(d *paper.Document) (out []string) {
		x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: d, Template: id})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Level == diag.Error {
				out = append(out, d.Message)
			}
		}
		return out
	}
	if found := errors(onPaper(w.Tree)); len(found) > 0 {
		t.Fatalf("as it is: %q", found)
	}
	for _, c := range []struct{ title, row, from, to, told string }{
		{"财政拨款基本支出", "基本工资", "123.46", "123.47", "基本工资"},
		{"收支预算总表", "社会保障和就业支出", "12.34", "12.43", "当年支出小计"},
	} {
		d := onPaper(w.Tree)
		changed := 0
		for i := range d.Blocks {
			if b := d.Blocks[i].Table; b != nil && changed == 0 && len(b.Above) > 0 {
				title := ""
				for _, p := range b.Above {
					title += p.Text
				}
				if strings.Contains(title, c.title) {
					changed += misprint(b, c.row, c.from, c.to)
				}
			}
		}
		found := strings.Join(errors(d), " ")
		if changed != 1 || !strings.Contains(found, c.told) {
			t.Errorf("%s %s, %d changed: %q", c.title, c.row, changed, found)
		}
	}
}

// misprint puts another number into the row of a name.
func misprint(t *paper.Table, row, from, to string) int {
	for i := range t.Rows {
		named := false
		for k := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[k]
			if named = named || strings.Contains(c.Text, row); named && c.Text == from {
				c.Text = to
				return 1
			}
		}
	}
	return 0
}
