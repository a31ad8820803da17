package budget

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// lacking are the codes without a name that are used, with what is known of them: who adds them does so once.
type lacking struct {
	found []diag.Diagnostic
	seen  map[missing]bool
	list  []missing
}

// missing is a code, functional or economic, that neither the year's list nor the department names.
type missing struct {
	functional bool
	code       string
}

func (m missing) kind() string {
	if m.functional {
		return "功能"
	}
	return "经济"
}

// take remembers a code for the entries that are offered.
func (k *lacking) take(m missing) (again bool) {
	if k.seen == nil {
		k.seen = map[missing]bool{}
	}
	again = k.seen[m]
	if k.seen[m] = true; !again {
		k.list = append(k.list, m)
	}
	return again
}

// code checks a classification code against the tree and, for leaves, its length.
func (l *loader) code(s source.String, t classify.Tree, what string, digits int) {
	if s.V == "" {
		return
	}
	if len(s.V) != digits || strings.Trim(s.V, "0123456789") != "" {
		l.diags.Add(diag.Diagnostic{Rule: "科目-003", Level: diag.Error, At: s.At,
			Message: what + "“" + s.V + "”应为" + strconv.Itoa(digits) + "位数字的编码", Hint: codeMeant(s.V, t, digits)})
		return
	}
	m := missing{digits == 7, s.V}
	above := l.above(m, s, t)
	if _, ok := t.Name(s.V); !ok { // one slip: what is above a code that nobody knows is not told for itself
		l.unknown(m, s, t, what, above)
		return
	}
	for _, up := range above {
		l.unnamed(up, s, what)
	}
}

// unknown tells of a code that the year's list lacks, and of those above it that have no name either.
func (l *loader) unknown(m missing, s source.String, t classify.Tree, what string, above []missing) {
	d := diag.Diagnostic{Rule: "科目-001", Level: diag.Error, At: s.At, Message: "科目目录里没有" + what + "“" + s.V + "”"}
	cat := l.b.Catalogue
	said := l.told(m)
	near, isNear := t.Closest(s.V)
	switch {
	case said != "":
		d.Hint = said + "；"
	case isNear:
		name, _ := t.Name(near)
		d.Hint = "是不是“" + near + " " + name + "”" + diag.Mark(s.V, near) + "；"
	}
	if said != "" || !isNear {
		l.lacking.take(m)
	}
	if from := cat.Origin(m.functional); from != "" {
		d.Hint += "核对编码；目录是由" + diag.Quote(from) + "带入的，有更新的科目表用 yusuan codes 再带入，确有此科目的也可以用 [[code]] 补充"
	} else {
		d.Hint += "核对编码；目录是由已公开文件整理的，并不完整，确有此科目时用 [[code]] 补充编码和名称"
	}
	if len(above) > 0 {
		var codes []string
		for _, up := range above {
			codes = append(codes, "“"+up.code+"”")
		}
		d.Message += "，它所属的" + strings.Join(codes, "、") + "也没有"
	}
	l.lacking.found = append(l.lacking.found, d)
}

// told is what is known of a code that the year's list lacks: what lists of other years call it, when it was last seen and what
// came in its place, and what it may be called. "" for nothing.
func (l *loader) told(m missing) string {
	cat, tree := l.b.Catalogue, l.b.Economic
	if m.functional {
		tree = l.b.Functional
	}
	var parts []string
	if r, ok := cat.Hints().Retired(m.functional, m.code); ok {
		gone := fmt.Sprintf("%s在%d年以后的文件里没有见到", m.code, r.Last)
		if name, known := tree.Name(r.Next); known {
			gone += "，后来的可能是“" + r.Next + " " + name + "”"
		} else if name := cat.Hints().Unverified(m.functional, r.Next); name != "" {
			gone += "，后来的可能是“" + r.Next + " " + name + "”（没有核实）"
		}
		parts = append(parts, gone)
	}
	names := cat.NamesOf(m.functional, m.code)
	if len(names) > 0 {
		var words []string
		for _, n := range names {
			words = append(words, n.Years()+"的是“"+n.Name+"”")
		}
		parts = append(parts, "别的年度的目录、文件里，"+strings.Join(words, "、"))
	}
	if name := l.perhaps(m, names); name != "" {
		parts = append(parts, "是不是“"+m.code+" "+name+"”？没有核实，请与当年科目目录核对")
	}
	return strings.Join(parts, "；")
}

// perhaps is the name that a code may have where that is no name that it had: from no document. Those that were printed of late
// leave nothing to ask.
func (l *loader) perhaps(m missing, names []classify.Since) string {
	const late = 2017
	name := l.b.Catalogue.Hints().Unverified(m.functional, m.code)
	if slices.ContainsFunc(names, func(n classify.Since) bool { return n.Last >= late || n.Name == name }) {
		return ""
	}
	return name
}

// above are the class and the group of a code that have no names, though tables print rows of them; each is told once.
func (l *loader) above(m missing, s source.String, t classify.Tree) (out []missing) {
	for c := t.Parent(s.V); c != ""; c = t.Parent(c) {
		up := missing{m.functional, c}
		if _, ok := t.Name(c); !ok && !l.lacking.take(up) {
			out = append(out, up)
		}
	}
	return out
}

// unnamed tells of what is above a code and has no name.
func (l *loader) unnamed(up missing, s source.String, what string) {
	d := diag.Diagnostic{Rule: "科目-007", Level: diag.Error, At: s.At, Message: what + "“" + s.V + "”所属的“" + up.code + "”没有名称，表里这一行会是空的",
		Hint: "用 [[code]] 补充它的编码和名称"}
	if said := l.told(up); said != "" {
		d.Hint = said + "；" + d.Hint
	}
	l.lacking.found = append(l.lacking.found, d)
}

// offer reports the codes that have no names, the first with entries for all that lack one.
func (l *loader) offer() {
	if len(l.lacking.found) == 0 {
		return
	}
	if !l.b.Facts.Published() && len(l.lacking.list) > 0 {
		l.lacking.found[0].Ready = l.entries()
	}
	for _, d := range l.lacking.found {
		l.diags.Add(d)
	}
}

// entries are [[code]] for all codes that lack a name: the newest name of another year, or the one that it may have, to be held
// against the year's own list; else to be filled in.
func (l *loader) entries() string {
	list := slices.Clone(l.lacking.list)
	slices.SortFunc(list, func(a, b missing) int {
		return cmp.Or(strings.Compare(b.kind(), a.kind()), strings.Compare(a.code, b.code))
	})
	var b strings.Builder
	for _, m := range list {
		name, remark := "请填", "请与当年科目目录核对"
		names := l.b.Catalogue.NamesOf(m.functional, m.code)
		switch u := l.perhaps(m, names); {
		case u != "":
			name, remark = u, "没有核实，请与当年科目目录核对"
		case len(names) > 0:
			n := names[len(names)-1]
			name, remark = n.Name, n.Years()+"的名称，请与当年科目目录核对"
		}
		fmt.Fprintf(&b, "[[code]]\nkind = \"%s\"\ncode = \"%s\"\nname = %q   # %s\n", m.kind(), m.code, name, remark)
	}
	return b.String()
}
