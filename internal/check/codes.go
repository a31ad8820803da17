package check

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
)

// extraCodes: an office that has codes of its own must not call a code of the classification by another name. Where a
// query names that code, sums take money that is not meant.
func extraCodes(in *Input, r *Report) {
	type key struct{ kind, code string }
	first := map[key]*budget.ExtraCode{}
	for i := range in.Budget.Facts.Codes {
		c := &in.Budget.Facts.Codes[i]
		k := key{c.Kind.V, c.Code.V}
		if before := first[k]; before != nil && before.Name.V != c.Name.V {
			r.Add(diag.Diagnostic{Rule: "科目-008", Level: diag.Warning, At: c.Name.At, Message: fmt.Sprintf("%s科目%s补充了两个名称，印后一个", c.Kind.V, c.Code.V),
				Stated: c.Name.V, Notes: []diag.Related{{Text: "先前写作“" + before.Name.V + "”", At: before.Name.At}}, Hint: "只留一段 [[code]]"})
			continue
		}
		first[k] = c
		if c.Kind.V == "功能" || c.Kind.V == "经济" {
			in.reused(c, c.Kind.V == "功能", r)
		}
	}
}

// otherYears reports a code of the year's own list under a name that it has in other years.
func (in *Input) otherYears(c *budget.ExtraCode, official string, names []classify.Since, r *Report) {
	if !in.Budget.Catalogue.Own {
		return // the year may well have it: that is what the entry is for
	}
	d := diag.Diagnostic{Rule: "科目-012", Level: diag.Warning, At: c.Name.At, Stated: c.Name.V, Want: official,
		Message: fmt.Sprintf("本年的科目目录没有“%s”：%s科目%s是“%s”", c.Name.V, c.Kind.V, c.Code.V, official), Hint: "照当年目录的，删去这一段 [[code]]"}
	for _, n := range names {
		if classify.SameName(n.Name, c.Name.V) {
			d.Notes = append(d.Notes, diag.Related{Text: "是" + n.Years() + "的名称"})
		}
	}
	r.Add(d)
}

// notThisYear reports an added code that the year's list would have if it were still in use, or if that list is whole.
func (in *Input) notThisYear(c *budget.ExtraCode, functional bool, r *Report) {
	cat := in.Budget.Catalogue
	d := diag.Diagnostic{Rule: "科目-012", Level: diag.Warning, At: c.Code.At, Subject: c.Code.V,
		Message: fmt.Sprintf("本年的科目目录没有%s科目%s“%s”", c.Kind.V, c.Code.V, c.Name.V)}
	retired, gone := cat.Hints().Retired(functional, c.Code.V)
	switch from := cat.Origin(functional); {
	case from != "":
		d.Hint = "目录是由" + diag.Quote(from) + "带入的；单位自己的科目不必改，目录旧了的用 yusuan codes 再带入"
	case gone && cat.Own && retired.Last < int(in.Budget.Facts.Department.Year.V):
		d.Hint = fmt.Sprintf("这个科目%d年以后的文件里没有见到，与当年的《政府收支分类科目》核对", retired.Last)
		if retired.Next != "" {
			d.Hint += "；后来的可能是 " + retired.Next
		}
	default:
		return
	}
	r.Add(d)
}

// reused reports a code of the classification under a name that no list at hand has for it.
func (in *Input) reused(c *budget.ExtraCode, functional bool, r *Report) {
	tree, query := in.Budget.Catalogue.Economic, "economic"
	if functional {
		tree, query = in.Budget.Catalogue.Functional, "function"
	}
	official, ok := tree.Name(c.Code.V)
	if !ok {
		in.notThisYear(c, functional, r)
		return
	}
	if classify.SameName(official, c.Name.V) {
		return
	}
	if names := in.Budget.Catalogue.NamesOf(functional, c.Code.V); slices.ContainsFunc(names, func(s classify.Since) bool { return classify.SameName(s.Name, c.Name.V) }) {
		in.otherYears(c, official, names, r)
		return
	}
	d := diag.Diagnostic{Rule: "科目-008", Level: diag.Warning, At: c.Name.At, Stated: c.Name.V, Want: official,
		Message: fmt.Sprintf("%s科目%s在科目目录里是“%s”，[[code]] 里写作“%s”", c.Kind.V, c.Code.V, official, c.Name.V),
		Hint:    "单位自己的科目，换一个目录里没有的编码；就是目录里这一科目的，删去这一段 [[code]]"}
	if by := in.namedBy(query, c.Code.V, official); len(by) > 0 {
		d.Rule, d.Level = "科目-009", diag.Error
		d.Message += "；按这个编码取的数会把它算进去"
		for _, what := range by[:min(len(by), mostNamed)] {
			d.Notes = append(d.Notes, diag.Related{Text: "取数的有：" + what})
		}
	}
	r.Add(d)
}

// namedBy lists what asks for a code by name: the template, the lists of the catalogue, and the rules themselves.
func (in *Input) namedBy(query, code, name string) []string {
	out := in.Pack.Naming(query, code)
	for _, p := range in.Budget.Pairs {
		if list := map[string][]string{"function": p.Functional, "economic": p.Economic}[query]; slices.Contains(list, code) {
			out = append(out, "核对功能科目与经济科目的“"+p.Name+"”")
		}
	}
	if kind := in.Budget.Kinds[name]; query == "function" && kind != "" {
		out = append(out, "核对“"+name+"”列"+kind)
	}
	if query == "economic" && (code == carRunning || code == carBuying) {
		out = append(out, "核对车辆与公务用车的费用")
	}
	return out
}

// ownList: the names of codes change from year to year. Where the year's own list is not at hand, another's names are
// printed, and the author is the only one who can compare them.
func ownList(in *Input, r *Report) {
	c := in.Budget.Catalogue
	if c.Own || !in.yearServed() {
		return
	}
	y := &in.Budget.Facts.Department.Year
	d := diag.Diagnostic{Rule: "科目-010", Level: diag.Note, At: y.At, Message: fmt.Sprintf("程序里没有%d年的科目目录，科目名称印的是%d年目录里的", y.V, c.Year),
		Hint: "与当年的《政府收支分类科目》核对；不同的用 [[code]] 更正名称"}
	r.Add(d)
	if notes := in.renamed(); len(notes) > 0 {
		r.Add(diag.Diagnostic{Rule: "科目-013", Level: diag.Warning, At: y.At, Notes: notes,
			Message: fmt.Sprintf("用到的科目里有名称在前后的目录里不同的，%d年是哪一个不知道，印的是%d年目录里的", y.V, c.Year), Hint: "与当年的《政府收支分类科目》核对；不同的用 [[code]] 更正名称"})
	}
}

// renamed are the codes in use whose names are others in a list of a later year: this year's may be the one or the other.
func (in *Input) renamed() []diag.Related {
	year := in.Budget.Facts.Department.Year.V
	type used struct {
		functional bool
		code       string
	}
	seen, stated := map[used]bool{}, map[used]bool{}
	for _, c := range in.Budget.Facts.Codes {
		stated[used{c.Kind.V == "功能", c.Code.V}] = true
	}
	var out []diag.Related
	more := 0
	look := func(functional bool, code string, at diag.Range) {
		tree := in.Budget.Economic
		if functional {
			tree = in.Budget.Functional
		}
		for _, c := range tree.Path(code) {
			u := used{functional, c.Code}
			names := in.Budget.Catalogue.NamesOf(functional, c.Code)
			if seen[u] || len(names) < 2 || names[len(names)-1].Year <= year || stated[u] {
				continue // as far as is known the name stayed, or the author has said what it is
			}
			if slices.ContainsFunc(names, func(n classify.Since) bool { return n.Year <= year && year <= n.Last && n.Name == c.Name }) {
				continue // it was printed in that year
			}
			if seen[u] = true; len(out) == mostNamed {
				more++
				continue
			}
			var words []string
			for _, n := range names {
				words = append(words, n.Years()+"“"+n.Name+"”")
			}
			out = append(out, diag.Related{Text: c.Code + " 的名称在这前后改过，目录里是" + strings.Join(words, "、") + "；本文件印“" + c.Name + "”", At: at})
		}
	}
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		look(true, x.Function, x.At)
		look(false, x.Economic, x.At)
	}
	if more > 0 {
		out = append(out, diag.Related{Text: fmt.Sprintf("改过名称的还有 %d 个", more)})
	}
	return out
}
