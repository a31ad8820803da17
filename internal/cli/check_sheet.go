package cli

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"yusuan/internal/diag"
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

func diagnosticSheet(list []diag.Diagnostic, left []diag.Left) sheet {
	var others []string
	for _, l := range left {
		others = append(others, fmt.Sprintf("%s 还有 %d 处", l.Rule, l.Count))
	}
	last := ""
	if len(others) > 0 {
		last = "没有列出的：" + strings.Join(others, "，") + "；全部列出加 --all"
	}
	return sheet{name: listSheet, rows: len(list), rest: "没有列出", last: last, columns: []column{
		{"序号", 6, textColumn}, {"级别", 6, textColumn}, {"规则", 10, longColumn}, {"问题", 44, longColumn}, {"文件", 28, longColumn}, {"行", 6, textColumn}, {"列", 6, textColumn}, {"位置", 24, longColumn},
		{"填报", 18, longColumn}, {"应为", 18, longColumn}, {"相差", 18, longColumn}, {"说明", 44, longColumn}, {"建议", 44, longColumn}, {"编号", 22, textColumn},
	}, row: func(i int) []any {
		d := &list[i]
		var notes []string
		for _, n := range d.Notes {
			notes = append(notes, strings.TrimSpace(n.At.String()+" "+n.Text))
		}
		return []any{i + 1, d.Level.String(), d.Rule, d.Message, d.At.File, countCell(d.At.Start.Line), countCell(int(d.At.Start.Column)), d.At.In.String(), d.Stated, d.Want, d.Diff,
			strings.Join(notes, "\n"), d.Hint, d.ID}
	}}
}
