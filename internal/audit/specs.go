package audit

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/recognise"
)

// Which table of the pack a stated table is: the one of its id, or of one without id what it seems to be.

// specs are the tables of the pack that the stated tables are, in their order; without one for those that are none.
func specs(p *pack.Pack, f *budget.Facts) []recognise.Told {
	typed := make([]recognise.Typed, len(f.StatedTables))
	for i := range f.StatedTables {
		s := &f.StatedTables[i]
		typed[i] = recognise.Typed{Heading: s.Heading.V, Rows: cells(printedRows(s.Rows)), Known: p.Tables[s.ID.V]}
	}
	out := recognise.OfTyped(p, f.Department.Year.V, typed)
	for i := range f.StatedTables {
		if s := &f.StatedTables[i]; s.Project.V != "" || s.ID.V != "" && p.Tables[s.ID.V] == nil {
			out[i] = recognise.Told{} // a form
		}
	}
	return out
}

// isForm reports whether a stated table that is none of the pack's is a performance form: it is of a project, has the title of a
// form, or rows that forms have.
func (in *Input) isForm(s *budget.StatedTable, words labelWords) bool {
	if s.Project.V != "" || recognise.HasForm(in.Pack, in.Budget.Facts.Department.Year.V, s.Heading.V) {
		return true
	}
	for _, row := range printedRows(s.Rows) {
		first := prose.Squeeze(row[0].text)
		for _, role := range pack.LabelRoles() {
			if slices.Contains(words[role], first) && len(row) >= ofForms(role) {
				return true
			}
		}
	}
	return false
}

// ofForms is how many cells a row with a label of the role has at least that only forms have: 基本支出 and 合计 stand in any table.
func ofForms(role pack.LabelRole) int {
	const never = 1 << 10
	switch role {
	case pack.LabelSum, pack.LabelPart, pack.LabelBasic, pack.LabelProject:
		return never
	case pack.LabelProjects:
		return 4 // the label, a name, a kind, an amount
	}
	return 2
}

// Specs are the tables of the pack that the stated tables are, in their order; nil for one that is none.
func Specs(p *pack.Pack, f *budget.Facts) []*pack.Table {
	out := make([]*pack.Table, len(f.StatedTables))
	for i, told := range specs(p, f) {
		out[i] = told.Spec
	}
	return out
}

// lacking tells of the columns of the pack that a table does not print: what would hold of their numbers was not checked.
func lacking(s *budget.StatedTable, at diag.Range, spec *pack.Table, r *check.Report) {
	var heads []string
	for _, n := range s.Without {
		if n.V <= len(pack.Leaves(spec.Columns)) {
			heads = append(heads, "“"+headOf(spec, n.V-1)+"”")
		}
	}
	if len(heads) > 0 {
		r.Add(diag.Diagnostic{Rule: "成文-006", Level: diag.Warning, At: at, Message: s.Name() + "没有模板里的" + strings.Join(heads, "、") + "列，与它有关的合计没有核对",
			Hint: "印了这一列的，看看它的表头"})
	}
}

// unknownTables tells of what is stated and not checked: tables that are neither the pack's nor forms; and of tables that seem to
// be others than they are said to be.
func unknownTables(in *Input, r *check.Report) {
	words := in.labelWords()
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		at := s.At
		if s.ID.V != "" {
			at = s.ID.At
		} else if s.Heading.V != "" {
			at = s.Heading.At
		}
		switch told := in.specs[i]; {
		case told.Spec == nil && !in.isForm(s, words):
			r.Add(diag.Diagnostic{Rule: "成文-004", Level: diag.Warning, At: at, Message: s.Name() + "不是模板里的表，也不是绩效表，没有核对",
				Hint: "是模板里的表的，核对表题、表头是不是与模板的一样（自己敲的数据里，写上 id 和模板里的表号）；本来就不在模板里的，请自己看一遍"})
		case told.Spec != nil && len(s.Without) > 0:
			lacking(s, at, told.Spec, r)
		}
		switch told := in.specs[i]; {
		case told.Likelier != nil:
			r.Add(diag.Diagnostic{Rule: "成文-005", Level: diag.Warning, At: at, Message: s.Name() + "写的是模板里的表" + told.Spec.ID + "，看起来是表" + told.Likelier.ID,
				Stated: told.Spec.ID, Want: told.Likelier.ID, Hint: "核对表号；表号对的，核对表题和各行"})
		}
	}
}
