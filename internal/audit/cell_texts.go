package audit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// publishedCells holds the sentences within tables and forms, 测算依据, 主要内容, against themselves. What they are about is one
// project, so no table tells more, and no finding is more than a warning.
func publishedCells(in *Input, r *check.Report) {
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if !strings.Contains(s.Rows.V, "元") {
			continue
		}
		for _, row := range printedRows(s.Rows) {
			for k := range row {
				if sentences(row[k].text) {
					in.cellText(s, &row[k], r)
				}
			}
		}
	}
}

// sentences reports whether a cell has words with amounts: a number alone with its unit is none.
func sentences(text string) bool {
	const fewest = 6
	return utf8.RuneCountInString(text) >= fewest && strings.Contains(text, "元") && strings.ContainsAny(text, "0123456789")
}

func (in *Input) cellText(s *budget.StatedTable, c *printedText, r *check.Report) {
	if len(prose.Quantities(c.text)) < 2 {
		return
	}
	t := tellAll([]budget.StatedText{{Section: source.String{V: s.Name()}, Text: source.String{V: c.text}}}, in.Budget.Facts.Department.Year.V)[0]
	t.cell = c
	own := check.NewReport(in.Pack)
	in.claims(&t, own)
	var seen []diag.Range
	l := own.List()
	for _, d := range l.Added() {
		if d.Level == diag.Note || !strings.HasPrefix(d.Rule, "文表-") && !strings.HasPrefix(d.Rule, "测算-") || toldAt(r, d.At) {
			continue
		}
		if slices.ContainsFunc(seen, func(at diag.Range) bool { return meets(at, d.At) }) {
			continue // one slip that two ways of reading see
		}
		seen = append(seen, d.At)
		d.Level = diag.Warning
		r.Add(d)
	}
}
