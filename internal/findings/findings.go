// Package findings writes what was found in data as the list that is mailed around: a workbook with a row for each finding.
package findings

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/xlsx"
)

// Name is what a list is called, and its sheet where it is nobody's.
const Name = "问题清单"

// List is a list to write.
type List struct {
	Title       string // above the list, "" for none
	Sheet       string // what its sheet is called, Name where it is ""
	Diagnostics []diag.Diagnostic
	Left        []diag.Left // what is not listed
	All         string      // what lists all: 全部列出加 --all
}

// Bound makes a list of what diag.Text shows of diagnostics with the same bound.
func Bound(list []diag.Diagnostic, most int) List {
	shown, left := diag.Bounded(list, most)
	return List{Diagnostics: shown, Left: left}
}

// Write writes the list as a workbook.
func (l *List) Write(to io.Writer, made xlsx.Made) error { return xlsx.Write(to, made, l.sheet()) }

func (l *List) sheet() xlsx.Sheet {
	var others []string
	for _, x := range l.Left {
		others = append(others, fmt.Sprintf("%s 还有 %d 处", x.Rule, x.Count))
	}
	last := ""
	if len(others) > 0 {
		last = "没有列出的：" + strings.Join(others, "，") + "；" + l.All
	}
	name := Name
	if l.Sheet != "" {
		name = xlsx.SheetName(l.Sheet, "")
	}
	x := xlsx.Sheet{Name: name, Title: l.Title, Rows: len(l.Diagnostics), Rest: "没有列出", Last: last}
	if l.Title != "" {
		x.Columns, x.Row = l.onPaper()
	} else {
		x.Columns, x.Row = l.forFilters()
	}
	return x
}

// forFilters are columns for who sorts and filters: each thing in one of its own. Places in finished documents have some where
// there are any.
func (l *List) forFilters() ([]xlsx.Column, func(int) []any) {
	columns := []xlsx.Column{
		xlsx.Texts("序号", 6), xlsx.Texts("级别", 6), xlsx.Longs("规则", 10), xlsx.Longs("问题", 44), xlsx.Longs("文件", 28), xlsx.Texts("行", 6), xlsx.Texts("列", 6), xlsx.Longs("位置", 24),
	}
	printed := slices.ContainsFunc(l.Diagnostics, func(d diag.Diagnostic) bool {
		_, ok := d.At.In.Printed()
		return ok
	})
	if printed {
		columns = append(columns, xlsx.Texts("页", 6), xlsx.Longs("表或节", 20), xlsx.Longs("表中的行", 20), xlsx.Longs("表中的列", 16))
	}
	columns = append(columns, xlsx.Longs("填报", 18), xlsx.Longs("应为", 18), xlsx.Longs("相差", 18), xlsx.Longs("说明", 44), xlsx.Longs("建议", 44), xlsx.Texts("编号", 22))
	return columns, func(i int) []any {
		d := &l.Diagnostics[i]
		row := []any{i + 1, d.Level.String(), d.Rule, d.Message, d.At.File, xlsx.Count(d.At.Start.Line), xlsx.Count(int(d.At.Start.Column)), d.At.In.String()}
		if printed {
			row = append(row, printedAt(d.At)...)
		}
		return append(row, d.Stated, d.Want, d.Diff, notes(d), d.Hint, d.ID)
	}
}

// printedAt are the page, the table or section, the row and the column of a place in a finished document.
func printedAt(r diag.Range) []any {
	p, _ := r.In.Printed()
	numbered := func(title string, n int) string {
		if n > 0 {
			return strings.TrimSpace(fmt.Sprint(n, " ", title))
		}
		return title
	}
	return []any{xlsx.Count(p.Page), cmp.Or(p.Table, p.Section), numbered(p.RowTitle, p.Row), numbered(p.ColumnTitle, p.Column)}
}

// onPaper are columns that fit a page across, for who works the list through with a pen.
func (l *List) onPaper() ([]xlsx.Column, func(int) []any) {
	return []xlsx.Column{
			xlsx.Texts("序号", 6), xlsx.Texts("级别", 6), xlsx.Longs("规则", 10), xlsx.Longs("问题", 40), xlsx.Longs("位置", 28), xlsx.Longs("填报", 14), xlsx.Longs("应为", 14), xlsx.Longs("相差", 14),
			xlsx.Longs("建议", 38), xlsx.Longs("说明", 32),
		}, func(i int) []any {
			d := &l.Diagnostics[i]
			return []any{i + 1, d.Level.String(), d.Rule, d.Message, d.At.String(), d.Stated, d.Want, d.Diff, d.Hint, notes(d)}
		}
}

// notes are the other places that explain a finding, a line each.
func notes(d *diag.Diagnostic) string {
	var out []string
	for _, n := range d.Notes {
		out = append(out, strings.TrimSpace(n.At.String()+" "+n.Text))
	}
	return strings.Join(out, "\n")
}
