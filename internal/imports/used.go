package imports

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
)

// fields are the keys that rows of each kind may have: the fields of the table of a data folder that they are of, and what
// the budget system numbers projects by, which tells them apart though no document has it.
func fields() map[Kind]map[string]bool {
	out := map[Kind]map[string]bool{}
	for _, t := range budget.Tables() {
		for _, k := range kinds {
			if k.table == "" || k.table != t.Name {
				continue
			}
			keys := map[string]bool{}
			for _, f := range t.Fields {
				keys[f.Key] = true
			}
			out[k.kind] = keys
		}
	}
	out[Project]["code"], out[Purchase]["project_code"], out[Indicator]["project_code"] = true, true, true
	out[Indicator]["project"], out[Indicator]["unit"] = true, true // of the form that holds it
	for _, k := range []Kind{Project, Basic} {
		out[k][isProcured], out[k][isService] = true, true // which kind is for people to say
	}
	out[Summary] = map[string]bool{"unit": true, "fund": true, "function": true, "amount": true, "basic": true, "project": true}
	return out
}

// keyFor is the field of rows of a kind that a column of a role fills, "" for none.
func keyFor(k Kind, r role) string {
	t := traitOf(r)
	if t == nil || t.sort == sortNothing {
		return ""
	}
	switch {
	case r == roleProject && (k == Purchase || k == Indicator):
		return "project"
	case r == roleProjectCode && (k == Purchase || k == Indicator):
		return "project_code"
	case r == roleFund && k == Revenue:
		return "source"
	case r == roleGoal && k == Project:
		return "name" // a form's
	case r == roleItemCode && k == Purchase:
		return "item"
	case r == roleProcure && k == Purchase:
		return "class"
	case (r == roleDirection || r == roleMeasure || r == roleTargetLong) && k == Indicator:
		return "value"
	case (r == roleUnitCode || r == roleUnit || r == roleUnitName) && k == Unit:
		return "name"
	case r == roleGroup && k == Basic:
		return "nature"
	case (r == roleCarried || r == roleOut || r == roleAmount) && k == Carry:
		return "in"
	case r == roleCarried && k == Revenue, r == roleCarried && (k == ByFunction || k == ByEconomic || k == Summary || k == Purchase):
		return "amount"
	case (r == rolePersonnel || r == rolePublic || r == roleBasic) && k != ByFunction && k != ByEconomic && k != Summary:
		return "amount"
	case r == roleProjects && (k == Project || k == Purchase):
		return "amount"
	case (r == roleNature || r == roleGroup) && k == Project:
		return "group"
	}
	return t.key
}

// tellUnused notes of columns that are known why nothing is made of them.
func (r *reader) tellUnused(t *table) {
	keys := r.keys[t.kind]
	type place struct {
		role role
		band int
	}
	first := map[place]*column{}
	for _, c := range t.columns {
		at := place{c.role, c.band}
		if o := first[at]; o != nil && c.Note == "" && !c.amount() && c.role != "" && keys[keyFor(t.kind, c.role)] {
			if o.Score < c.Score {
				o, c = c, o
			}
			c.Note = "和 " + grid.ColumnName(o.Number) + " 列的用处相同，" + grid.ColumnName(o.Number) + " 列空着的行才用"
		}
		if o := first[at]; o == nil || o.Score < c.Score {
			first[at] = c
		}
		tr := traitOf(c.role)
		c.Unused = c.partial || tr != nil && (tr.sort == sortNothing || keys != nil && !c.sum && !keys[keyFor(t.kind, c.role)])
		switch {
		case tr == nil || c.Note != "" || c.sum:
		case c.role == roleGovernment:
			c.Note = "是政府预算经济分类，文件按部门预算经济分类编，没有导入"
		case tr.sort == sortNothing:
			c.Note = "没有导入"
		case keys != nil && !keys[keyFor(t.kind, c.role)]:
			c.Note = "这种表没有这一栏，没有导入"
		}
	}
}

// keep drops values that rows of the kind have no field for: the columns say so (tellUnused).
func (r *reader) keep(x *Row) {
	keys := r.keys[x.Kind]
	x.Values = slices.DeleteFunc(x.Values, func(v Value) bool { return !keys[v.Key] })
}
