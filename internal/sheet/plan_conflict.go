package sheet

import (
	"fmt"
	"strings"

	"yusuan/internal/diag"
)

// What both sides changed, value by value: what it was, what the files and what the workbook say now, and where.

// What stands for a row that one side has no more.
const rowDeleted = "（这一行已删去）"

func (p *planner) conflict(at, in diag.Range, e *entry, what, mine, theirs, was string, known bool) {
	if in.IsZero() {
		in = e.At()
	}
	p.Conflicts = append(p.Conflicts, Conflict{At: at, In: in, What: what, Mine: mine, Theirs: theirs, Base: was, Known: known})
}

// vanished is a row of an entry that the files have no more: each cell that was changed since is a conflict.
func (x *rowsPlan) vanished(r *TakenRow) {
	n := len(x.Conflicts)
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		if c.Role != RoleField || x.b.Columns[k] == 0 {
			continue
		}
		if was, known := x.t.was(r.Key, c.Field.Key); !known && tidy(r.Cells[k].Text) != "" || known && was != r.Cells[k].Text {
			x.Conflicts = append(x.Conflicts, Conflict{At: x.at(r, k), In: diag.Range{File: x.path(r.Key.File)}, What: x.b.Label + "的" + diag.Quote(c.Field.Label) + "（" + x.said(r) + "）",
				Mine: r.Cells[k].Text, Theirs: rowDeleted, Base: was, Known: known})
		}
	}
	if len(x.Conflicts) == n {
		x.Untouched = append(x.Untouched, fmt.Sprintf("%s 这一行在数据目录里已经删去，填报表里没有改它，不再加进去：%s", x.at(r, -1), x.said(r)))
	}
}

// said is a row in words.
func (x *rowsPlan) said(r *TakenRow) string {
	var words []string
	for k, c := range x.b.Block.Columns {
		if s := tidy(r.Cells[k].Text); s != "" && (c.Role == RoleField || c.Role == RoleParent) {
			words = append(words, cut(s, 20))
		}
	}
	return strings.Join(words, " · ")
}

// writtenAs reports whether an entry was in the workbook when it was written; one that was changed since, and has no row any more,
// is a conflict in each value that was changed.
func (x *rowsPlan) writtenAs(e *entry) bool {
	k := e.key()
	if len(x.t.Own.was) == 0 || x.t.written(k) {
		return true
	}
	for _, old := range x.t.Own.at[k.File+"#"+k.Address] {
		if x.moves(old) {
			continue
		}
		n := len(x.Conflicts)
		for i := range x.b.Block.Columns {
			c := &x.b.Block.Columns[i]
			if c.Role != RoleField {
				continue
			}
			now := x.f.fieldCell(c.Field, e).Text
			if was, known := x.t.was(old, c.Field.Key); known && was != now {
				v, _ := e.value(c.Field.Key)
				x.conflict(x.t.at(x.s.Name, 0, 0), v.At, e, x.b.Label+"的"+diag.Quote(c.Field.Label)+"（"+x.entrySaid(e)+"）", rowDeleted, now, was, true)
			}
		}
		if len(x.Conflicts) == n { // what has no cell was changed
			x.conflict(x.t.at(x.s.Name, 0, 0), diag.Range{}, e, x.b.Label+"的一行（"+x.entrySaid(e)+"）", rowDeleted, "（改过）", "", false)
		}
		return false
	}
	return false
}
