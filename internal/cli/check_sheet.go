package cli

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/xlsx"
)

// writeList writes diagnostics as the spreadsheet that is mailed around (问题清单).
// most bounds the findings of one rule.
func writeList(name string, list []diag.Diagnostic, most int, date time.Time) error {
	var buf bytes.Buffer
	shown, left := diag.Bounded(list, most)
	if err := writeSheets(&buf, listSheet, date, diagnosticSheet(shown, left)); err != nil {
		return err
	}
	return writeWhole(name, buf.Bytes())
}

// listSheet is the name of the sheet and the title of the workbook.
const listSheet = "问题清单"

func diagnosticSheet(list []diag.Diagnostic, left []diag.Left) xlsx.Sheet {
	var others []string
	for _, l := range left {
		others = append(others, fmt.Sprintf("%s 还有 %d 处", l.Rule, l.Count))
	}
	last := ""
	if len(others) > 0 {
		last = "没有列出的：" + strings.Join(others, "，") + "；全部列出加 --all"
	}
	return xlsx.Sheet{Name: listSheet, Rows: len(list), Rest: "没有列出", Last: last, Columns: []xlsx.Column{
		xlsx.Texts("序号", 6), xlsx.Texts("级别", 6), xlsx.Longs("规则", 10), xlsx.Longs("问题", 44), xlsx.Longs("文件", 28), xlsx.Texts("行", 6), xlsx.Texts("列", 6), xlsx.Longs("位置", 24),
		xlsx.Longs("填报", 18), xlsx.Longs("应为", 18), xlsx.Longs("相差", 18), xlsx.Longs("说明", 44), xlsx.Longs("建议", 44), xlsx.Texts("编号", 22),
	}, Row: func(i int) []any {
		d := &list[i]
		var notes []string
		for _, n := range d.Notes {
			notes = append(notes, strings.TrimSpace(n.At.String()+" "+n.Text))
		}
		return []any{i + 1, d.Level.String(), d.Rule, d.Message, d.At.File, xlsx.Count(d.At.Start.Line), xlsx.Count(int(d.At.Start.Column)), d.At.In.String(), d.Stated, d.Want, d.Diff,
			strings.Join(notes, "\n"), d.Hint, d.ID}
	}}
}
