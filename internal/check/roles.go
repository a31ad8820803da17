package check

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// figureNeeds are the rules that ask for a figure by its role. They say nothing where a pack has no figure of the role.
func figureNeeds() map[pack.FigureRole][]string {
	return map[pack.FigureRole][]string{pack.FigureTotal: {"上年-004", "文表-006", "文表-008"}}
}

// fieldNeeds are the rules that ask for a field of a form by its role.
func fieldNeeds() map[pack.FieldRole][]string {
	return map[pack.FieldRole][]string{pack.FieldBasis: {"测算-001"}, pack.FieldContent: {"年度-005"}}
}

// labelNeeds are the rules that ask for a label of a printed form by its role. Without it they know the usual words only.
func labelNeeds() map[pack.LabelRole][]string {
	return map[pack.LabelRole][]string{
		pack.LabelIncome:     {"绩表-001", "绩表-002", "绩表-008"},
		pack.LabelOutgo:      {"绩表-001", "绩表-002", "绩表-008"},
		pack.LabelBasic:      {"绩表-001"},
		pack.LabelProject:    {"绩表-001"},
		pack.LabelSum:        {"绩表-001", "绩表-002", "绩表-004", "绩表-005", "绩表-008"},
		pack.LabelProjects:   {"名称-001", "绩表-003", "绩表-009", "采购-013"},
		pack.LabelWhole:      {"绩表-007", "绩表-009"},
		pack.LabelNow:        {"名称-001", "绩表-004", "绩表-005", "绩表-007"},
		pack.LabelSources:    {"绩表-004"},
		pack.LabelPart:       {"绩表-004", "绩表-010"},
		pack.LabelDetails:    {"绩表-005"},
		pack.LabelPurchases:  {"绩表-005"},
		pack.LabelEstimation: {"测算-001", "测算-003"},
	}
}

// Roles names the rules that stay silent, or know less, because nothing in the pack has the role that they ask for.
func Roles(p *pack.Pack) diag.List {
	var l diag.List
	tell := func(at diag.Range, of, hint string, notes []diag.Related, rules []string) {
		if len(notes) == 0 {
			return
		}
		slices.Sort(rules)
		l.Add(diag.Diagnostic{Rule: "模板-030", Level: diag.Note, At: at, Hint: hint, Notes: notes,
			Message: of + "没有写明角色，有的规则不核对或只找通用的字：" + strings.Join(slices.Compact(rules), "、")})
	}
	var notes []diag.Related
	var rules []string
	add := func(role, what string, ids []string) {
		rules = append(rules, ids...)
		notes = append(notes, diag.Related{Text: diag.Quote(role) + "：" + what})
	}
	for _, role := range p.MissingFigureRoles(pack.FigureTotal) {
		ids := figureNeeds()[role]
		add(string(role), "没有一个数字是它，不核对 "+strings.Join(ids, "、"), ids)
	}
	tell(p.At, "数字", "在是它的 [[figure]] 里写 role", notes, rules)
	for _, scope := range []string{pack.ScopeWhole, pack.ScopeProject} {
		kinds := p.FormsOf(scope)
		if len(kinds) == 0 {
			continue
		}
		notes, rules = nil, nil
		for _, role := range p.MissingFieldRoles(scope) {
			ids := fieldNeeds()[role]
			add(string(role), "没有一个栏目是它，填在栏目里的文字不核对 "+strings.Join(ids, "、"), ids)
		}
		for _, role := range p.MissingLabelRoles(scope) {
			ids := labelNeeds()[role]
			add(string(role), labelGap(p.LabelWords(role), ids), ids)
		}
		tell(p.Forms[kinds[0]].At, "范围是“"+scope+"”的表样", "在是它的栏目、标签、格里写 role；没有这样一行的不必写", notes, rules)
	}
	return l
}

// labelGap says what rules know of a label without its role.
func labelGap(words []string, rules []string) string {
	ids := strings.Join(rules, "、")
	if len(words) == 0 {
		return "没有一个标签是它，" + ids + " 在成文里只认字面"
	}
	return "没有一个标签是它，" + ids + " 在成文里只找“" + strings.Join(words, "”“") + "”"
}
