package audit

import (
	"regexp"
	"slices"
	"strconv"
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
		if s == nil {
			continue
		}
		empty := emptyRows(t, s)
		noteOf(t, s, empty, r)
		if !empty {
			in.saidToBeNone(t, s, r)
		}
	}
}

// noteOf holds what stands below a table against it: an empty one says so, of its own fund, and a filled one does not.
func noteOf(t *pack.Table, s *budget.StatedTable, empty bool, r *check.Report) {
	fund, note := fundOf(t), prose.Squeeze(s.Note.V)
	none := !t.EmptyNote.IsZero() && noneAtAll.MatchString(note)
	var named []string // the funds of which the note says that there is none
	for _, clause := range saysNone.FindAllStringSubmatch(note, -1) {
		for _, f := range budget.Funds() {
			if strings.HasPrefix(clause[1], strings.TrimSuffix(f, "预算")) {
				named = append(named, f)
			}
		}
	}
	other := len(named) > 0 && !slices.Contains(named, fund)
	d := diag.Diagnostic{Rule: "公开-001", Level: diag.Error, At: s.Note.At}
	switch {
	case other && slices.Contains(budget.Funds(), fund) && !strings.Contains(note, strings.TrimSuffix(fund, "预算")):
		d.Message, d.Stated, d.Want = s.Name()+"的表注说的是另一种资金", named[0], fund
		d.Hint = "多半是照抄了别的表的表注"
	case !empty && (itselfEmpty.MatchString(note) || none && !other):
		d.Message, d.Hint = s.Name()+"有数，表注却写没有", "多半是沿用了空表的表注：核对表里的数，或删去表注"
	case empty && !none && !t.EmptyNote.IsZero() && !itselfEmpty.MatchString(note):
		d.At, d.Message, d.Hint = s.At, s.Name()+"是空表，没有说明", "在表下写明本部门本年没有表里的收支"
		if fund != "" {
			d.Hint = "在表下写明本部门本年没有使用" + fund + "安排的支出"
		}
	default:
		return
	}
	r.Add(d)
}

var (
	noneAtAll   = regexp.MustCompile(`没有|未安排|未使用|无(?:[^偿障形线人]|$)`)
	saysNone    = regexp.MustCompile(`(?:没有|未|无)(?:使用|安排|涉及)?([^，。；]*)`)
	itselfEmpty = regexp.MustCompile(`空表|(?:本|此|该)表(?:中)?(?:无|没有)(?:数据|数|内容|金额)|表(?:内|中)?(?:无|没有)数据`)
)

// saidToBeNone tells of sentences that say of the fund of a filled table that there is none of it. Where a clause is about a part
// of the fund or of the department, or about another year, it says nothing of the table.
func (in *Input) saidToBeNone(t *pack.Table, s *budget.StatedTable, r *check.Report) {
	fund := fundOf(t)
	if fund == "" || len(t.Filter.Conditions()) != 1 {
		return
	}
	told := regexp.MustCompile(`(?:没有|未|无)(?:使用|安排)?` + regexp.QuoteMeta(strings.TrimSuffix(fund, "预算")) + `(?:预算)?(?:财政)?(?:拨款)?(?:预算)?(?:财政)?(?:拨款)?(?:安排)?的?(?:项目)?(?:支出|收支|收入|预算)*(?:安排)?(?:[，。；\n]|$)`)
	d := in.Budget.Facts.Department
	for i := range in.Budget.Facts.StatedTexts {
		x := &in.Budget.Facts.StatedTexts[i]
		for _, m := range told.FindAllStringIndex(x.Text.V, -1) {
			before := strings.TrimLeft(x.Text.V[lastStop(x.Text.V[:m[0]]):m[0]], "注备：:（( \u3000")
			for _, w := range []string{strconv.Itoa(d.Year.V), "年度", "年", "本年", d.Name.V, "本部门", "本单位", "我部门", "我单位", "我局", "我委", strconv.Itoa(d.Year.V), "年度", "年", "本年", "也"} {
				before = strings.TrimPrefix(before, w)
			}
			if before != "" {
				continue
			}
			end := m[1]
			for _, stop := range []string{"，", "。", "；", "\n"} {
				end = m[0] + len(strings.TrimSuffix(x.Text.V[m[0]:end], stop))
			}
			r.Add(diag.Diagnostic{Rule: "公开-002", Level: diag.Error, At: x.Text.Span(m[0], end),
				Message: diag.Quote(x.Section.V) + "写没有" + fund + "，" + s.Name() + "却有数", Hint: "多半是沿用了往年的句子：核对表里的数"})
			break
		}
	}
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
