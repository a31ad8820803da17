package audit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

var (
	subordinate = regexp.MustCompile(`下属\s*(\d+|[一二三四五六七八九十]+)\s*个`)
	numbered    = regexp.MustCompile(`(?m)^\s*(?:\d+[.．、]|（[一二三四五六七八九十]+）)`)
)

// publishedUnits: the number of units in the text is that of the list below it.
func publishedUnits(in *Input, r *check.Report) {
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		m := subordinate.FindStringSubmatchIndex(t.Text.V)
		if m == nil {
			continue
		}
		listed := len(numbered.FindAllString(t.Text.V[m[1]:], -1))
		said := chineseNumber(t.Text.V[m[2]:m[3]])
		rows := 0
		if in.printed != nil {
			rows = len(in.printed.space.Values("unit"))
		}
		if listed == 0 || said == listed && (rows == 0 || rows == listed) {
			continue
		}
		d := diag.Diagnostic{Rule: "单位-006", Level: diag.Warning, At: t.Text.Span(m[0], m[1]), Message: "单位个数前后不一",
			Stated: fmt.Sprintf("文字%d个", said), Want: fmt.Sprintf("列出%d个", listed), Hint: "不单列预算的单位写明收支列入哪个单位"}
		if rows > 0 {
			d.Want += fmt.Sprintf("，预算表里%d个", rows)
		}
		r.Add(d)
	}
}

// ofBudget is how many units the budget is of.
var ofBudget = regexp.MustCompile(`预算(?:编制|汇编)范围的[^，。；\d]{0,12}?(?:共有|共计|共|有|为)?\s*(\d+|[一二三四五六七八九十]+)\s*[个家]`)

// publishedCounts: as many units as the budget is said to be of have rows in the table of units.
func publishedCounts(in *Input, r *check.Report) {
	if in.printed == nil {
		return
	}
	rows := len(in.printed.space.Values("unit"))
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		m := ofBudget.FindStringSubmatchIndex(t.Text.V)
		if m == nil || rows < 2 {
			continue // a table of one unit may be that of the department alone
		}
		said := chineseNumber(t.Text.V[m[2]:m[3]])
		within := strings.Count(t.Text.V, "不单列") // those whose money stands in the rows of others
		if said-within != rows && !in.told[i].listsOthers() {
			r.Add(diag.Diagnostic{Rule: "单位-006", Level: diag.Warning, At: t.Text.Span(m[2], m[1]), Message: "单位个数与预算表不符",
				Stated: fmt.Sprintf("文字%d个", said), Want: fmt.Sprintf("预算表里%d个", rows+within), Hint: "不单列预算的单位写明收支列入哪个单位"})
		}
	}
}

// listsOthers reports whether the text itself lists more or fewer than it says, which is told of it already.
func (t *told) listsOthers() bool {
	faults, _ := t.read.Judge()
	return slices.ContainsFunc(faults, func(f sentence.Fault) bool { return f.Kind == sentence.ItemsDiffer })
}

func chineseNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, d := range s {
		i := strings.IndexRune("一二三四五六七八九", d)
		switch {
		case d == '十':
			n = max(n, 1) * 10
		case i >= 0:
			n += i/len("一") + 1
		}
	}
	return n
}

// publishedStyle: one way of writing numbers; no sentence with a subject and figures in two sections.
func publishedStyle(in *Input, r *check.Report) {
	grouped, plain := printedText{}, printedText{}
	seen := map[string]printedText{}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		for _, q := range prose.Sums(prose.Quantities(t.Text.V)) {
			whole, _, _ := strings.Cut(q.Literal, ".")
			word := printedText{t.Text.V[q.Start:q.End], t.Text.Span(q.Start, q.End)}
			switch {
			case len(whole) < 4:
			case strings.ContainsAny(word.text, ",，"):
				grouped = first(grouped, word)
			default:
				plain = first(plain, word)
			}
		}
		for _, x := range prose.Sentences(t.Text.V, false) {
			s := prose.Squeeze(t.Text.V[x.Start:x.End])
			if !strings.Contains(s, "万元") || !strings.Contains(s, strconv.Itoa(in.Budget.Facts.Department.Year.V)+"年") || len(s) < 60 {
				continue
			}
			if before, ok := seen[s]; ok && before.text != t.Section.V {
				r.Add(diag.Diagnostic{Rule: "用语-004", Level: diag.Note, At: t.Text.Span(x.Start, x.End), Message: diag.Quote(t.Section.V) + "与“" + before.text + "”里有相同的一句",
					Notes: []diag.Related{{Text: "先前一句在这里", At: before.at}}, Hint: "多半是照抄，核对主语和数字"})
			}
			seen[s] = printedText{t.Section.V, t.Text.Span(x.Start, x.End)}
		}
	}
	if grouped.text != "" && plain.text != "" {
		r.Add(diag.Diagnostic{Rule: "用语-003", Level: diag.Note, At: plain.at, Message: "有的金额用千分撇，有的不用", Stated: plain.text, Want: withCommas(plain.text),
			Notes: []diag.Related{{Text: "用千分撇的在这里：" + grouped.text, At: grouped.at}}, Hint: "全文用同一种写法；都不用的，删去各处的千分撇"})
	}
}

// withCommas writes an amount that is printed without commas with them.
func withCommas(printed string) string {
	start := strings.IndexFunc(printed, func(c rune) bool { return c >= '0' && c <= '9' })
	end := start
	for end >= 0 && end < len(printed) && printed[end] >= '0' && printed[end] <= '9' {
		end++
	}
	for at := end - 3; at > start; at -= 3 {
		printed = printed[:at] + "," + printed[at:]
	}
	return printed
}

func first(a, b printedText) printedText {
	if a.text != "" {
		return a
	}
	return b
}
