// Package findings writes what was found in data as the list that is mailed around: a workbook with a row for each finding.
package findings

import (
	"fmt"
	"io"
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
	return xlsx.Sheet{Name: name, Title: l.Title, Rows: len(l.Diagnostics), Rest: "没有列出", Last: last, Columns: []xlsx.Column{
		xlsx.Texts("序号", 6), xlsx.Texts("级别", 6), xlsx.Longs("规则", 10), xlsx.Longs("问题", 44), xlsx.Longs("文件", 28), xlsx.Texts("行", 6), xlsx.Texts("列", 6), xlsx.Longs("位置", 24),
		xlsx.Longs("填报", 18), xlsx.Longs("应为", 18), xlsx.Longs("相差", 18), xlsx.Longs("说明", 44), xlsx.Longs("建议", 44), xlsx.Texts("编号", 22),
	}, Row: func(i int) []any {
		d := &l.Diagnostics[i]
		var notes []string
		for _, n := range d.Notes {
			notes = append(notes, strings.TrimSpace(n.At.String()+" "+n.Text))
		}
		return []any{i + 1, d.Level.String(), d.Rule, d.Message, d.At.File, xlsx.Count(d.At.Start.Line), xlsx.Count(int(d.At.Start.Column)), d.At.In.String(), d.Stated, d.Want, d.Diff,
			strings.Join(notes, "\n"), d.Hint, d.ID}
	}}
}
