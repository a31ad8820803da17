package check

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// lost is a field, or with no key a whole table, that is filled in and printed nowhere.
type lost struct {
	statement
	part  string     // the optional part that would print it
	lacks bool       // it is about a part that the department does not have
	quiet string     // why there is no occasion to print it
	first diag.Range // its first field
	times int        // in its file
}

// lostKey is what is told once.
type lostKey struct {
	table                  *factTable
	key, form, which, file string
}

// tell reports a field once a file, and in one those that an optional part would print.
func (x *unused) tell(r *Report) {
	found := map[lostKey]*lost{}
	whole := map[diag.Range]bool{} // tables that are counted
	parts, quiet := map[string][]*lost{}, map[string][]*lost{}
	var all []*lost
	for i := range x.list {
		l := x.lost(&x.list[i])
		k := lostKey{l.table, l.key, l.form, l.which, l.at.File}
		if l.part != "" {
			k.file = ""
		}
		if l.key == "" && whole[l.at] {
			continue
		}
		whole[l.at] = l.key == ""
		if found[k] == nil {
			found[k] = l
			all, parts[l.part], quiet[l.quiet] = append(all, l), append(parts[l.part], l), append(quiet[l.quiet], l)
		}
		found[k].times++
	}
	for _, l := range all {
		switch {
		case l.quiet != "":
			if l == quiet[l.quiet][0] {
				r.Add(x.together("", quiet[l.quiet], "："+l.quiet, "确不用写的，删去"))
			}
		case l.part != "":
			if l == parts[l.part][0] {
				r.Add(x.together("可选部分"+diag.Quote(l.part)+"没有加印，只有它印的 ", parts[l.part], "", "要印的，在 [department] 里写 show = [\""+l.part+"\"]"))
			}
		default:
			r.Add(x.diagnostic(l))
		}
	}
}

// lost finds out why a field is not printed, and whether it alone is not.
func (x *unused) lost(s *statement) *lost {
	l := &lost{statement: *s, first: s.at}
	if l.quiet = x.idle[s.at]; l.quiet != "" {
		return l
	}
	for _, e := range x.editions {
		l.lacks = l.lacks || e.lacks(s)
		for _, u := range e.pack.Uses() {
			if l.part == "" && uses(u, s) {
				l.part = u.Part // which is not shown, or else it were printed
			}
		}
	}
	if l.part == "" && !l.lacks {
		x.widen(l)
	}
	return l
}

// widen makes a field the outermost table of which no document prints anything; of an entry that tells of a family of parts
// it is the family.
func (x *unused) widen(l *lost) {
	keys := strings.Split(l.table.path, ".")
	for n := 1; n <= len(keys); n++ {
		table, which, at := tableAt(strings.Join(keys[:n], ".")), "", l.outer
		if n == len(keys) {
			which, at = l.which, l.place
		}
		if !at.IsZero() && !table.making() && !x.prints(table, which, l.form) {
			l.table, l.which, l.at, l.key = table, which, at, ""
			return
		}
	}
	if family, _, member := strings.Cut(l.key, "."); member && l.table.free {
		l.key = family
	}
}

// making reports whether entries of the table have a part in how documents are made, printed or not.
func (t *factTable) making() bool {
	return slices.ContainsFunc(t.fields, func(f *factField) bool { return budget.Steers(f.path) == budget.ForMaking })
}

// prints reports whether a document prints something of the entries of a table.
func (x *unused) prints(t *factTable, which, form string) bool {
	return slices.ContainsFunc(x.editions, func(e *edition) bool {
		return slices.ContainsFunc(e.uses, func(u *pack.Use) bool { return (form == "" || u.Form == form) && printsOf(u, t, which) })
	})
}

// printsOf reports whether a use is of a field of the table, or of one in it, that is there to be printed; which is what its
// entry is.
func printsOf(u *pack.Use, t *factTable, which string) bool {
	return slices.ContainsFunc(u.Fields(), func(f string) bool {
		rest, ok := strings.CutPrefix(f, t.path)
		if of, kinds := strings.CutPrefix(rest, "["); kinds {
			kind, key, _ := strings.Cut(of, "]")
			if rest = key; which != "" && kind != which {
				return false
			}
		}
		return ok && strings.HasPrefix(rest, ".") && budget.Steers(t.path+rest) == ""
	})
}

func (x *unused) diagnostic(l *lost) diag.Diagnostic {
	d := diag.Diagnostic{Rule: "填报-017", Level: diag.Note, At: l.at, Hint: "要公开的，写到印得出的栏目或文字里；只作记录的不必改"}
	var why string
	switch kinds := x.formsWith(l); {
	case l.lacks:
		why = "预算里没有" + diag.Quote(partOf(l.key)) + "的钱"
		d.Hint = "核对名称里的编码或项目；没有这笔钱的，删去这段文字"
		if near, ok := diag.Closest(partOf(l.key), x.parts(l)); ok {
			d.Hint = "是不是“" + near + "”；没有这笔钱的，删去这段文字"
		}
	case x.unmade[l.first]:
		why = "部门只有一个单位，又没有写 template_unit，不另做单位预算"
		d.Hint = "写在 [department]、[text] 或 [prior.figures] 里"
	case l.form != "":
		why = "表样" + diag.Quote(l.form) + "没有印它的地方"
		if len(kinds) > 0 {
			d.Hint = "印它的表样有" + strings.Join(kinds, "、") + "；要公开的用那个表样，或写到印得出的栏目里，只作记录的不必改"
		}
	case len(kinds) > 0:
		why = "只有表样" + strings.Join(kinds, "、") + "印它，没有填这样的绩效表"
		d.Hint = "要公开的，填那张绩效表；只作记录的不必改"
	case len(x.editions) > 1:
		why = "部门预算和单位预算都没有印它的地方"
	default:
		why = "模板" + diag.Quote(x.Pack.ID) + "没有印它的地方"
	}
	d.Message = x.name(l) + "没有用上" + places(l.times) + "：" + why
	return d
}

// places says how many there are in a file, where there are several.
func places(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("（本文件里有 %d 处）", n)
}

// occasion is why a text that the pack has a place for is not printed.
func (in *Input) occasion(key string) string {
	name := in.Pack.Slot(key).Changed
	if part := partOf(key); part != "" && name != "" {
		name += "." + part
	}
	f, unknown := in.Pack.Figure(name), "印它的句子或段落这一次不印"
	if f == nil {
		return unknown
	}
	before, known := in.Prior.Amounts[name]
	switch {
	case !known:
		return "没有上年数，不作比较"
	case in.Pack.TextFormat.Round(in.Budget.Sum(f.Query).Sub(before)).IsZero():
		return "与上年没有差额，不写原因"
	}
	return unknown
}

// parts are those that the department has and a text may be about.
func (x *unused) parts(l *lost) (out []string) {
	for _, e := range x.editions {
		if slot := e.pack.Slot(l.key); slot != nil {
			out = append(out, slices.Sorted(maps.Keys(e.parts[slot.By]))...)
		}
	}
	return out
}

// formsWith are the forms that print the same.
func (x *unused) formsWith(l *lost) (kinds []string) {
	for _, e := range x.editions {
		for _, u := range e.pack.Uses() {
			s := l.statement
			if s.form != "" {
				s.form = u.Form
			}
			prints := l.key == "" && printsOf(u, l.table, l.which) || l.key != "" && uses(u, &s)
			if kind := diag.Quote(u.Form); u.Form != "" && prints && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}

// together tells of what is not printed for one reason.
func (x *unused) together(before string, list []*lost, after, hint string) diag.Diagnostic {
	d := diag.Diagnostic{Rule: "填报-017", Level: diag.Note, At: list[0].at, Hint: hint}
	var names []string
	for i, l := range list {
		names = append(names, x.name(l)+places(l.times))
		if i > 0 {
			d.Notes = append(d.Notes, diag.Related{Text: x.name(l) + "在这里", At: l.at})
		}
	}
	d.Message = before + strings.Join(names, "、") + "没有用上" + after
	return d
}

// name is what messages call a field with its table, or the table.
func (x *unused) name(l *lost) string {
	table := "[" + l.table.path + "]"
	if l.table.several {
		table = "[" + table + "]"
	}
	switch {
	case l.which != "" && l.form == "":
		table = strconv.Itoa(x.Budget.Facts.Department.Year.V-yearsAgo(l.which)) + "年的 " + table
	case l.which != "":
		table = "期限是" + l.which + "的 " + table
	}
	if l.key == "" {
		return table + "（" + l.table.zh + "）"
	}
	return table + " 的" + cmp.Or(l.zh, x.titleOf(l), l.key) + "（" + l.key + "）"
}

func yearsAgo(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// titleOf is what a pack calls a key of a table whose keys it gives.
func (x *unused) titleOf(l *lost) string {
	for _, e := range x.editions {
		switch s, f, form := e.pack.Slot(l.key), e.pack.Figures[l.key], e.pack.Forms[l.form]; {
		case l.form != "" && form != nil:
			for _, k := range form.Fields {
				if k.Key == l.key {
					return k.Title
				}
			}
		case strings.HasSuffix(l.table.path, "text") && s != nil:
			return s.Title
		case f != nil:
			return f.Title
		}
	}
	return ""
}
