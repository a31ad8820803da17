package table

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// form is a table of the given proportions; bars part the cells of a row.
func form(shares []int, rows ...string) *doc.Table {
	d := &doc.Table{}
	for _, s := range shares {
		d.Columns = append(d.Columns, doc.Column{Share: s, Align: doc.AlignCenter})
	}
	for _, r := range rows {
		var cells []doc.Cell
		for text := range strings.SplitSeq(r, "|") {
			cells = append(cells, of(text))
		}
		d.Body = append(d.Body, line(cells...))
	}
	return d
}

// lineCount is how many lines the rows of a table take together.
func lineCount(t *Table) (n int) {
	rows := make([]int, t.rows)
	for i := range t.cells {
		rows[t.cells[i].row] = max(rows[t.cells[i].row], len(t.cells[i].lines))
	}
	for _, lines := range rows {
		n += lines
	}
	return n
}

// TestSettle: columns that state their proportions give room that they do not need to those that make rows tall or part a term,
// never more than half of what they have, and nothing where nobody gains.
func TestSettle(t *testing.T) {
	long := "持续降低制度性交易成本不断完善"
	for _, c := range []struct {
		name  string
		table *doc.Table
		lines int
		kept  string // a term that stands on one line
		even  bool   // the columns keep their proportions
	}{
		{"an empty column gives", form([]int{1, 1, 1}, long+"||好", long+"||好"), 4, "", false},
		{"half of it at most", form([]int{1, 3}, long+long+"|", "甲|"), 4, "", false},
		{"a name that lacks little", form([]int{10, 10, 12}, "武昌区行政审批局|甲|乙"), 1, "", false},
		{"a term in quotation marks", form([]int{6, 14}, "推进“办成一件事情”工作|是"), 1, "“办成一件事情”", false},
		{"a number stays with its unit", form([]int{1, 1}, long+long+"|300000件", long+"|甲"), 3, "300000件", false},
		{"a word of a label", form([]int{1, 7}, "满意度指标|"+strings.Repeat(long, 4)), 4, "满意度", false},
		{"a label keeps its word", form([]int{7, 33}, "会议费|"+long+long+"甲乙丙丁戊己"), 3, "会议费", true},
		{"a term in tortoise-shell brackets", form([]int{1, 7}, "〔一级〕|甲"), 1, "〔一级〕", false},
		{"nobody gains", form([]int{1, 2}, "甲|乙乙乙", "丙|丁"), 2, "", true},
		{"all are full", form([]int{1, 1}, long+"|"+long), 2, "", true},
	} {
		var m Memory
		s := sheet()
		table := Set(c.table, s, &m, Room{Width: 200000, Height: 700000})
		widths := make([]unit.Length, table.cols)
		for i := range widths {
			widths[i] = table.x[i+1] - table.x[i]
		}
		if got := lineCount(table); got != c.lines {
			t.Errorf("%s: %d lines, want %d; columns %v", c.name, got, c.lines, widths)
		}
		if c.kept != "" && !slices.ContainsFunc(table.cells, func(x cell) bool {
			return slices.ContainsFunc(x.lines, func(l par.Line) bool { return strings.Contains(lineText(&l), c.kept) })
		}) {
			t.Errorf("%s: %s is parted; columns %v", c.name, c.kept, widths)
		}
		var sum, total unit.Length
		for i, w := range widths {
			sum, total = sum+unit.Length(c.table.Columns[i].Share), total+w
		}
		for i, w := range widths {
			stated := total * unit.Length(c.table.Columns[i].Share) / sum
			if w < stated/2-1 {
				t.Errorf("%s: column %d has %s, stated are %s", c.name, i+1, w, stated)
			}
			if d := w - stated; c.even && (d > 2 || d < -2) {
				t.Errorf("%s: column %d has %s instead of %s", c.name, i+1, w, stated)
			}
		}
	}
}

func lineText(l *par.Line) string {
	text := ""
	for _, r := range l.Runs {
		text += r.Text
	}
	return text
}
