package audit

import (
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// unitOf is the unit that a stated table prints above itself; where it says none the pack's for the table, for a form 万元.
func unitOf(s *budget.StatedTable, spec *pack.Table) money.Unit {
	if u, ok := money.ParseUnit(s.Unit.V); ok {
		return u
	}
	if spec != nil {
		for _, l := range pack.Leaves(spec.Columns) {
			if l.Field == "" {
				return l.Format.Unit
			}
		}
	}
	return money.Wan
}

// fewest is how many amounts must show that a table prints fewer decimals than the pack says.
const fewest = 3

// decimals are the decimals that a table prints: the most of its amounts. Few amounts without decimals do not say that others
// have none, and a zero says nothing.
func decimals(t *statedTable) int {
	most, n := 0, 0
	for _, row := range t.rows {
		for j := range row {
			if j >= len(t.leaves) || !sums(t.leaves[j]) {
				continue
			}
			if found := prose.Quantities(row[j].text); len(found) == 1 && found[0].Kind != prose.Percentage && !found[0].Value.IsZero() {
				most, n = max(most, found[0].Places), n+1
			}
		}
	}
	for _, l := range t.leaves {
		if sums(l) && n < fewest {
			return max(most, l.Format.Places)
		}
	}
	return most
}

// unknown is typed where a number stands that nobody could read.
const unknown = "？"

// number is an amount as a table of a unit prints it: who looks for it on the page must find it there.
func number(a money.Amount, u money.Unit) string { return money.Usual(u).Exactly(a).String(a) }

// printedAmount reads a printed number in the unit of the table of an id and reports what is no single number.
func printedAmount(unit money.Unit, table string, p printedText, r *check.Report, name string) (money.Amount, bool) {
	switch p.text {
	case "", "-", "—":
		return money.Amount{}, true
	case unknown:
		r.Fold("成文-003？"+table, diag.Diagnostic{Rule: "成文-003", Level: diag.Warning, At: p.at, Message: name + "是“？”，不知道是多少，没有核对", Hint: "看看原文件，把数补上"})
		return money.Amount{}, false
	}
	found := prose.Quantities(p.text)
	if len(found) == 1 && found[0].Start == 0 && found[0].End == len(p.text) {
		switch q := found[0]; {
		case q.Kind == prose.Plain:
			return q.In(unit), true
		case q.Kind == prose.Amount:
			if q.Unit == unit {
				r.Fold("格式-001"+table, diag.Diagnostic{Rule: "格式-001", Level: diag.Note, At: p.at, Message: name + "在数字后面又写了单位“" + unit.String() + "”",
					Hint: "表上已经写明单位，格里只写数字"})
			} else {
				r.Add(diag.Diagnostic{Rule: "格式-002", Level: diag.Error, At: p.at, Message: name + "的单位与表的单位不同",
					Stated: q.Unit.String(), Want: unit.String()})
			}
			return q.Value, true
		case q.Kind == prose.Percentage:
			r.Add(diag.Diagnostic{Rule: "格式-003", Level: diag.Error, At: p.at, Message: name + "应是金额，印的是百分比", Stated: p.text, Want: "金额",
				Hint: "多半是格子串位，核对这一行各格"})
			return money.Amount{}, false
		}
	}
	if len(found) > 1 {
		r.Fold("格式-004"+table, diag.Diagnostic{Rule: "格式-004", Level: diag.Error, At: p.at, Message: name + "一格里有几个数", Stated: p.text, Hint: "分开填到各自的格里"})
		return money.Amount{}, false
	}
	r.Add(diag.Diagnostic{Rule: "格式-003", Level: diag.Error, At: p.at, Message: name + "不是金额", Stated: p.text, Want: "金额"})
	return money.Amount{}, false
}
