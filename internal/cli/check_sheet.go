package cli

import (
	"bytes"
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/findings"
)

// writeList writes diagnostics as the spreadsheet that is mailed around (问题清单).
// most bounds the findings of one rule.
func writeList(name string, list []diag.Diagnostic, most int, date time.Time) error {
	l := findings.Bound(list, most)
	l.All = "全部列出加 --all"
	var buf bytes.Buffer
	if err := l.Write(&buf, madeNow(findings.Name, date)); err != nil {
		return err
	}
	return writeWhole(name, buf.Bytes())
}
