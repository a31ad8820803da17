package audit

import (
	"fmt"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
)

// The code of a row decides what its numbers are held against. A misprinted code makes its row another one, which often nothing
// else prints, so that its numbers agree with all there is: so each code is held against its name.

// codeNames holds the codes that a table prints against the names beside them.
func (x *reader) codeNames(t *statedTable) {
	keys := t.spec.Rows.Keys(t.spec)
	if len(keys) == 0 {
		return
	}
	var functional bool
	switch keys[0] {
	case "function":
		functional = true
	case "economic":
	default:
		return
	}
	for i := range t.found {
		for k := range t.found[i] {
			if f := &t.found[i][k]; f.Unread == "" && f.Own != "" && !schedule.Opaque(f.Own) && strings.Trim(f.Own, "0123456789") == "" {
				x.codeName(t, i, f.Own, functional)
			}
		}
	}
}

// codeName holds one code against the name in its row.
func (x *reader) codeName(t *statedTable, row int, code string, functional bool) {
	at := t.nameAt(row)
	if at < 0 {
		return
	}
	b, name := x.in.Budget, strings.TrimSpace(t.rows[row][at].text)
	tree := b.Economic
	if functional {
		tree = b.Functional
	}
	names := b.Catalogue.NamesOf(functional, code)
	official, known := tree.Name(code)
	if known && b.Catalogue.Own && b.Catalogue.Origin(functional) != "" {
		names = nil // a bureau's list of this very year is what counts, not what others call the code
	}
	if known {
		names = append(names, classify.Since{Name: official})
	}
	for _, n := range names {
		if classify.SameName(n.Name, name) {
			return
		}
	}
	d := diag.Diagnostic{Rule: "成文-018", Level: diag.Warning, At: t.rows[row][at].at, Stated: code + " " + name,
		Message: fmt.Sprintf("%s的科目编码%s与名称“%s”不相配", t.Name(), code, name), Hint: "对照科目目录，改正编码或名称"}
	meant := bearing(tree, code, name)
	if len(names) == 0 && tree.Parent(meant) != tree.Parent(code) {
		meant = "" // a code of its own may bear a name that many groups have: 行政运行
	}
	key := code + name
	switch {
	case meant != "":
		n, _ := tree.Name(meant)
		d.Want = meant + " " + n
	case known: // perhaps the name in the words of who typed it
		d.Rule, d.Level, d.Want = "成文-019", diag.Note, code+" "+official
	case len(names) > 0:
		d.Rule, d.Level, d.Want = "成文-019", diag.Note, code+" "+names[0].Name
	case x.printedTwice(code, name):
		return // the department's own, as it says in several tables
	default:
		d.Rule, d.Level, d.Message = "成文-019", diag.Note, fmt.Sprintf("%s的科目编码%s不在科目目录里，它的名称没有核对", t.Name(), code)
		d.Hint, key = "单位自己的科目是这样；不是的，改正编码", t.spec.ID
	}
	if y := b.Facts.Department.Year.V; y < b.Catalogue.Year { // the codes of that year may be others
		d.Rule, d.Level = "成文-019", diag.Note
	}
	x.r.Fold(fmt.Sprint(d.Rule, d.Level, key), d)
}

// printedTwice reports whether several tables print a code with a name.
func (x *reader) printedTwice(code, name string) bool {
	n := 0
	for i := range x.tables {
		t := &x.tables[i]
		for j := range t.found {
			if len(t.found[j]) > 0 && t.found[j][0].Own == code && t.nameOf(j) == name {
				n++
				break
			}
		}
	}
	return n > 1
}

// nameOf is the name that a row prints, "" for none.
func (t *statedTable) nameOf(row int) string {
	if at := t.nameAt(row); at >= 0 {
		return strings.TrimSpace(t.rows[row][at].text)
	}
	return ""
}

// nameAt is the column in which a row prints a name, -1 for none.
func (t *statedTable) nameAt(row int) int {
	for j, l := range t.leaves {
		if l.Field == "name" && j < len(t.rows[row]) && t.rows[row][j].text != "" {
			return j
		}
	}
	return -1
}

// bearing is the code of as many digits that bears a name, one beside the other code before those elsewhere; "" for none.
func bearing(tree classify.Tree, code, name string) string {
	found := ""
	for _, c := range tree.Codes() {
		if n, _ := tree.Name(c); len(c) == len(code) && classify.SameName(n, name) {
			if tree.Parent(c) == tree.Parent(code) {
				return c
			}
			if found == "" {
				found = c
			}
		}
	}
	return found
}
