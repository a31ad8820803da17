package schedule

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// Rows that a pack names are found by what their labels print.

// words are what one side of a printed row says that it is.
type words struct {
	label, group string // bare
	grouped      bool   // the table has a column of groups
}

// is reports whether a row of the pack prints the words, and whether it does so whatever the data.
func (w words) is(r *pack.Row) (may, always bool) {
	may, always = fits(r.Label, w.label)
	for _, a := range r.Also {
		if !always {
			m, sure := fits(a, w.label)
			may, always = may || m, sure
		}
	}
	if !w.grouped {
		return may, always
	}
	if r.Group.IsZero() && w.label == "" { // its label has taken the cell of the group
		if w.group == "" {
			return false, false
		}
		return fits(r.Label, w.group)
	}
	of, sure := w.group == "", w.group == ""
	if !r.Group.IsZero() {
		of, sure = fits(r.Group, w.group)
	}
	return may && of, always && sure
}

// named finds the row of the pack that prints words: from the one after the last found on, since labels may come twice, under
// 本年收入 and under 上年结转. What prints them whatever the data goes before what may.
func (x *readSide) named(rows []*pack.Row, w words) *pack.Row {
	found := -1
	for i := range rows {
		k := (x.after + i) % len(rows)
		if rows[k].Each != "" {
			continue
		}
		may, always := w.is(rows[k])
		if always {
			found = k
			break
		}
		if may && found < 0 {
			found = k
		}
	}
	if found < 0 {
		return nil
	}
	x.after = found + 1
	return rows[found]
}

// part finds the row that the pack has for each part, and the part, by the part's name. unclear says that parts have the name
// that cannot be told apart.
func (r *Reading) part(rows []*pack.Row, bare string) (row *pack.Row, dim budget.Dimension, part string, unclear bool) {
	for _, row := range rows {
		d, ok := budget.FindDimension(row.Each)
		if !ok {
			continue
		}
		for _, name := range holes(row.Label, bare) {
			switch list := r.partsNamed(d, name); len(list) {
			case 0:
			case 1:
				return row, d, list[0], false
			default:
				unclear = true
			}
		}
	}
	return nil, budget.Dimension{}, "", unclear
}

// partsNamed are the codes of a dimension that have a name, or the part itself where it has no code. Names are bare.
func (r *Reading) partsNamed(d budget.Dimension, name string) []string {
	if name == "" {
		return nil
	}
	if r.Budget.Tree(d) != nil {
		var out []string
		for _, code := range r.codes(d.Key)[name] {
			if len(code) == d.Digits {
				out = append(out, code)
			}
		}
		return out
	}
	if d.Key == "unit" {
		if code := r.units[name]; code != "" {
			return []string{code}
		}
	}
	if closed := budget.Values(d.Key); closed != nil {
		for _, v := range closed {
			if Bare(v) == name {
				return []string{v}
			}
		}
		return nil
	}
	if d.Key == "project" {
		return r.projectsNamed(name)
	}
	return []string{name}
}

// projectsNamed are the keys of the projects that the document prints under a bare name.
func (r *Reading) projectsNamed(bare string) []string {
	if r.named["project"] == nil {
		out := map[string][]string{}
		for _, p := range r.projects.rows {
			out[Bare(p.Name)] = append(out[Bare(p.Name)], r.ProjectKey(p))
		}
		r.named["project"] = out
	}
	return r.named["project"][bare]
}

// codes are the codes of a classification by their bare names.
func (r *Reading) codes(key string) map[string][]string {
	if r.named[key] != nil {
		return r.named[key]
	}
	tree := r.Budget.Functional
	if key == "economic" {
		tree = r.Budget.Economic
	}
	out := map[string][]string{}
	for _, code := range tree.Codes() {
		if name, ok := tree.Name(code); ok {
			out[Bare(name)] = append(out[Bare(name)], code)
		}
	}
	r.named[key] = out
	return out
}

// namedRow finds one side of a row of a table whose rows the pack names; side is its name in keys. f has its number and its cells.
// The last feet rows of the pack's stand below the others.
func (r *Reading) namedRow(t *Printed, f Found, side string, rows []*pack.Row, feet int, w words) (Found, *pack.Row) {
	x := t.side(f.Side)
	row := x.named(rows, w)
	if row != nil {
		own := ownLabel(row.Label)
		f.Query = row.Query
		if !row.Amount {
			f.Cells = nil
		}
		for _, foot := range rows[len(rows)-feet:] {
			if foot == row {
				f.foot(side, own)
				return f, row
			}
		}
		t.below(&f, side, openRow{level: row.Indent, own: own})
		x.found[row] = append(x.found[row], "")
		return f, row
	}
	of, d, part, unclear := r.part(rows[:len(rows)-feet], w.label)
	switch {
	case of != nil:
		f.Query = of.Query.Part(d, part)
		t.below(&f, side, openRow{level: of.Indent, own: part})
		x.found[of] = append(x.found[of], part)
	case unclear:
		f.Unread = "有几个科目同名，分不清是哪一个"
	case r.class(rows[:len(rows)-feet], w.label) != "":
		code := r.class(rows[:len(rows)-feet], w.label)
		f.Query = f.Query.Where("function", code)
		t.below(&f, side, openRow{own: code})
		return f, nil
	default:
		f.Unread = "不是模板里的行"
	}
	x.others = x.others || f.Unread != ""
	return f, of
}

// class is the class of expenditure that a label names, among rows of which most stand for one class each: such a list may have a
// class of another year more than the pack has. "" for none.
func (r *Reading) class(rows []*pack.Row, label string) string {
	n := 0
	for _, row := range rows {
		for _, c := range row.Query.Conditions() {
			if c.Key == "function" && len(c.Values) == 1 && len(c.Values[0]) == 3 {
				n++
			}
		}
	}
	if n*2 <= len(rows) {
		return ""
	}
	for _, code := range r.codes("function")[label] {
		if len(code) == 3 {
			return code
		}
	}
	return ""
}

// LeftOut are the rows of the pack that a table leaves out since there is nothing of them: those that are printed only where
// there is something, and those of parts. Beside a row that is not known nothing was left out for certain; so it is where only
// totals are printed. codes are those that the document tells apart.
func (r *Reading) LeftOut(t *Printed, codes func(key string) []string) (out []Found) {
	sides := [][]pack.Row{t.Table.List}
	if t.Table.Rows.Shape() == pack.Sided {
		sides = [][]pack.Row{t.Table.Income, t.Table.Outgo, t.Table.Use}
	}
	for k, rows := range sides {
		x := t.side(k)
		if x.others || len(x.found) == 0 {
			continue
		}
		cells := t.sideCells(k)
		for i := range rows {
			row := &rows[i]
			if d, each := budget.FindDimension(row.Each); each {
				for _, f := range t.partsLeft(row, d, x, codes(d.Key)) {
					f.Side, f.Cells = k, cells
					out = append(out, f)
				}
			} else if row.Optional && row.Amount && x.found[row] == nil {
				out = append(out, Found{Side: k, Label: ownLabel(row.Label), Query: t.Table.Filter.And(row.Query), Cells: cells})
			}
		}
	}
	return out
}

// partsLeft are the parts of a row for each that are not printed, of codes.
func (t *Printed) partsLeft(row *pack.Row, d budget.Dimension, x *readSide, codes []string) (out []Found) {
	if x.found[row] == nil || d.Digits == 0 {
		return nil
	}
	seen := map[string]bool{}
	for _, part := range x.found[row] {
		seen[part] = true
	}
	for _, code := range slices.Sorted(slices.Values(codes)) {
		if part := code[:min(len(code), d.Digits)]; len(part) == d.Digits && !seen[part] {
			seen[part] = true
			out = append(out, Found{Label: part, Query: t.Table.Filter.And(row.Query.Part(d, part))})
		}
	}
	return out
}

// pointers are rows of the pack, without copies of them.
func pointers(rows []pack.Row) []*pack.Row {
	out := make([]*pack.Row, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}
