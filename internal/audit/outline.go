package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
)

// Rows of codes stand in an outline: each class above its sections, those above their items, in the order of the codes. What a
// lost or a moved row leaves behind may still add up, since a total is held against the nearest rows below it.

// outlineRow is a row of a table of codes.
type outlineRow struct {
	row  int
	code string
	name string

	functional bool
}

// outline holds the rows of a table of codes against their order, and against the rows that stand above them.
func (x *reader) outline(t *statedTable) {
	tree, ok := x.treeOf(t)
	if !ok {
		return
	}
	rows := t.codeRows()
	x.parents(t, rows, tree)
	x.order(t, slices.DeleteFunc(rows, func(r outlineRow) bool { return !x.isNamed(tree, &r) }))
}

// treeOf is the classification that the rows of a table are of.
func (x *reader) treeOf(t *statedTable) (classify.Tree, bool) {
	switch keys := t.spec.Rows.Keys(t.spec); {
	case len(keys) == 0:
	case keys[0] == "function":
		return x.in.Budget.Functional, true
	case keys[0] == "economic":
		return x.in.Budget.Economic, true
	}
	return classify.Tree{}, false
}

// codeRows are the rows of codes; none where one code has several rows, since then something else tells them apart.
func (t *statedTable) codeRows() (out []outlineRow) {
	seen := map[string]bool{}
	functional := t.spec.Rows.Keys(t.spec)[0] == "function"
	for i := range t.found {
		if len(t.found[i]) != 1 {
			return nil
		}
		f := &t.found[i][0]
		switch {
		case f.Own == "" || strings.Trim(f.Own, "0123456789") != "":
			continue
		case f.Unread != "" || seen[f.Own]:
			return nil
		}
		seen[f.Own] = true
		out = append(out, outlineRow{i, f.Own, t.nameOf(i), functional})
	}
	return out
}

// above is the code of which a code is a part, "" for a class.
func above(code string) string {
	const class, step = 3, 2
	if len(code) <= class || (len(code)-class)%step != 0 {
		return ""
	}
	return code[:len(code)-step]
}

// parents tells of the rows whose next higher one is not printed, in a table that prints others of its level.
func (x *reader) parents(t *statedTable, rows []outlineRow, tree classify.Tree) {
	printed, levels := map[string]bool{}, map[int]bool{}
	for _, r := range rows {
		printed[r.code] = true
		levels[len(r.code)] = true
	}
	for _, r := range rows {
		p := above(r.code)
		if p == "" || printed[p] || !levels[len(p)] || !x.isNamed(tree, &r) {
			continue
		}
		missing := p
		if name, ok := tree.Name(p); ok {
			missing += " " + name
		}
		x.r.Fold(fmt.Sprint("表内-005", t.spec.ID, p), diag.Diagnostic{Rule: "表内-005", Level: diag.Warning, At: x.rowAt(t, r.row), Stated: strings.TrimSpace(r.code + " " + r.name),
			Message: t.Name() + "没有“" + missing + "”这一行，它下面的科目却印了", Hint: "补上这一行；科目编码印错的，改正编码"})
	}
}

// order tells, once a table, of rows that do not stand in the order of their codes.
func (x *reader) order(t *statedTable, rows []outlineRow) {
	for _, k := range misplaced(rows) {
		d := diag.Diagnostic{Rule: "表内-006", Level: diag.Warning, At: x.rowAt(t, rows[k].row), Stated: strings.TrimSpace(rows[k].code + " " + rows[k].name),
			Message: t.Name() + "的行没有按科目编码排列", Hint: "类、款、项依次排列，各项排在它的款下面；科目编码印错的，改正编码"}
		if k > 0 {
			d.Message += "：" + rows[k].code + "印在" + rows[k-1].code + "后面"
		}
		x.r.Fold(fmt.Sprint("表内-006", t.spec.ID), d)
	}
}

// misplaced are the fewest rows without which the codes ascend.
func misplaced(rows []outlineRow) (out []int) {
	longest, before := make([]int, len(rows)), make([]int, len(rows))
	end := -1
	for i := range rows {
		longest[i], before[i] = 1, -1
		for j := range i {
			if rows[j].code < rows[i].code && longest[j]+1 > longest[i] {
				longest[i], before[i] = longest[j]+1, j
			}
		}
		if end < 0 || longest[i] > longest[end] {
			end = i
		}
	}
	kept := map[int]bool{}
	for ; end >= 0; end = before[end] {
		kept[end] = true
	}
	for i := range rows {
		if !kept[i] {
			out = append(out, i)
		}
	}
	return out
}

// isNamed reports whether the name in a row is that of its code: a misprinted code is told once, by codeNames.
func (x *reader) isNamed(tree classify.Tree, r *outlineRow) bool {
	if official, ok := tree.Name(r.code); ok && (r.name == "" || classify.SameName(official, r.name)) {
		return true
	}
	return slices.ContainsFunc(x.in.Budget.Catalogue.NamesOf(r.functional, r.code), func(n classify.Since) bool { return classify.SameName(n.Name, r.name) })
}

// rowAt is where a row says what it is.
func (x *reader) rowAt(t *statedTable, row int) diag.Range {
	return t.rows[row][t.found[row][0].At].at
}
