package build_test

import (
	"regexp"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
)

// misprinted is a document with the first digit of a number in a table changed, and the number.
func misprinted(d *paper.Document, block, row, cell int) (*paper.Document, bool) {
	c := d.Blocks[block].Table.Rows[row].Cells[cell].Text
	at := printedAmount.FindStringIndex(c)
	if at == nil {
		return nil, false
	}
	x := *d
	x.Blocks = append([]paper.Block(nil), d.Blocks...)
	t := *x.Blocks[block].Table
	t.Rows = append([]paper.Row(nil), t.Rows...)
	t.Rows[row].Cells = append([]paper.Cell(nil), t.Rows[row].Cells...)
	digit := c[at[0]]
	t.Rows[row].Cells[cell].Text = c[:at[0]] + string('1'+(digit-'0')%9) + c[at[0]+1:]
	x.Blocks[block].Table = &t
	return &x, t.Rows[row].Cells[cell].Text != c
}

var printedAmount = regexp.MustCompile(`[1-9][0-9,]*\.[0-9]{2}$`)

// TestNoMisprintIsSilent: of every amount in the tables of a document, one with another digit is found, or its table is said to
// have numbers that nothing is held against. A table that no other is as fine as is held against itself.
func TestNoMisprintIsSilent(t *testing.T) {
	s := shared(t)
	dir := "testdata/departments/2018/101"
	w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	d := onPaper(w.Tree)
	check := func(d *paper.Document) (all []diag.Diagnostic, unheld string) {
		x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: d, Template: "jiangsu-department-2018"})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Rule == "成文-020" {
				unheld += d.Message
			}
		}
		return x.Diags.Sorted(), unheld
	}
	before, unheld := check(d)
	if !strings.Contains(unheld, "政府采购支出预算表》有") {
		t.Errorf("unheld: %s", unheld)
	}
	tried, found := 0, 0
	for b := range d.Blocks {
		if d.Blocks[b].Table == nil {
			continue
		}
		title := ""
		for _, p := range d.Blocks[b].Table.Above {
			title += p.Text
		}
		for i := range d.Blocks[b].Table.Rows {
			if i%12 != 3 {
				continue // every twelfth row is enough
			}
			for k := range d.Blocks[b].Table.Rows[i].Cells {
				x, ok := misprinted(d, b, i, k)
				if !ok {
					continue
				}
				tried++
				if after, _ := check(x); len(after) > len(before) {
					found++
				} else if !strings.Contains(title, "政府采购") && !strings.Contains(title, "收支预算总表") {
					t.Errorf("%s row %d: %q for %q is silent", title, i, x.Blocks[b].Table.Rows[i].Cells[k].Text, d.Blocks[b].Table.Rows[i].Cells[k].Text)
				}
			}
		}
	}
	if tried < 12 || found*10 < tried*8 {
		t.Errorf("%d of %d found", found, tried)
	}
}
