package audit

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// publishedDuties: an empty table says so, and only an empty one; terms are explained (财预〔2016〕143号).
func publishedDuties(in *Input, r *check.Report) {
	unexplained(in, r)
	if in.printed == nil {
		return
	}
	for _, id := range in.Pack.TableIDs() {
		t, s := in.Pack.Tables[id], in.printed.tables[id]
		if s == nil || t.EmptyNote.IsZero() {
			continue
		}
		empty := emptyRows(t, s)
		none := strings.Contains(s.Note.V, "没有") || strings.Contains(s.Note.V, "无")
		switch {
		case empty && !none:
			hint := "在表下写明本部门本年没有表里的收支"
			if fund := fundOf(t); fund != "" {
				hint = "在表下写明本部门本年没有使用" + fund + "安排的支出"
			}
			r.Add(diag.Diagnostic{Rule: "公开-001", Level: diag.Error, At: s.At, Message: s.Name() + "是空表，没有说明", Hint: hint})
		case !empty && none:
			r.Add(diag.Diagnostic{Rule: "公开-001", Level: diag.Error, At: s.Note.At, Message: s.Name() + "有数，表注却写没有"})
		}
		for i := range in.Budget.Facts.StatedTexts {
			x := &in.Budget.Facts.StatedTexts[i]
			j := strings.Index(x.Text.V, "没有使用"+fundOf(t))
			if fundOf(t) != "" && !empty && j >= 0 && !ofThreePublic(x.Text.V[j:]) {
				r.Add(diag.Diagnostic{Rule: "公开-002", Level: diag.Error, At: x.Text.Span(j, j+len("没有使用"+fundOf(t))),
					Message: diag.Quote(x.Section.V) + "写没有使用" + fundOf(t) + "，" + s.Name() + "却有数"})
			}
		}
	}
}

// ofThreePublic reports whether a text begins with a clause that is about a part of a fund only: 没有使用一般公共预算财政拨款安排“三公”经费.
func ofThreePublic(s string) bool {
	clause, _, _ := strings.Cut(s, "。")
	return strings.Contains(clause, "三公")
}

// emptyRows reports whether a printed table holds no number but zeros.
func emptyRows(t *pack.Table, s *budget.StatedTable) bool {
	leaves := pack.Leaves(t.Columns)
	for _, row := range printedRows(s.Rows) {
		for j := range min(len(row), len(leaves)) {
			if leaves[j].Field != "" {
				continue
			}
			for _, q := range prose.Quantities(row[j].text) {
				if strings.Trim(q.Literal, "-0.") != "" {
					return false
				}
			}
		}
	}
	return true
}

// fundOf is the fund that a table is filtered by.
func fundOf(t *pack.Table) string {
	for _, c := range t.Filter.Conditions() {
		if c.Key == "fund" && len(c.Values) == 1 && !c.Not {
			return c.Values[0]
		}
	}
	return ""
}

func unexplained(in *Input, r *check.Report) {
	var all strings.Builder
	var glossary *diag.Range
	explained := ""
	for i := range in.Budget.Facts.StatedTexts {
		x := &in.Budget.Facts.StatedTexts[i]
		if strings.Contains(x.Section.V, "名词解释") {
			glossary, explained = &x.At, explained+x.Text.V
			continue
		}
		all.WriteString(x.Text.V)
	}
	if glossary == nil {
		return
	}
	var missing []string
	for _, t := range in.Pack.Terms {
		words := t.Words
		if len(words) == 0 {
			words = []string{t.Term}
		}
		used := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(all.String(), w) })
		if used && !strings.Contains(explained, t.Term) {
			missing = append(missing, t.Term)
		}
	}
	if len(missing) > 0 {
		r.Add(diag.Diagnostic{Rule: "公开-003", Level: diag.Note, At: *glossary, Message: "出现了的名词没有解释", Stated: strings.Join(missing, "、")})
	}
}
