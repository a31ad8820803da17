package cli

import (
	"bytes"
	"strings"
	"time"

	"yusuan/internal/diag"
)

// writeList writes diagnostics as the spreadsheet that is mailed around (问题清单).
func writeList(name string, list []diag.Diagnostic, date time.Time) error {
	const title = "问题清单"
	var buf bytes.Buffer
	if err := writeSheets(&buf, title, date, diagnosticSheet(title, list)); err != nil {
		return err
	}
	return writeWhole(name, buf.Bytes())
}

func diagnosticSheet(title string, list []diag.Diagnostic) sheet {
	return sheet{name: title, rows: len(list), rest: "没有列出", columns: []column{
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
