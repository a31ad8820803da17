package audit

import "yusuan/internal/pack"

// headOf is the head of a leaf column, with the head above where another column has the same or where it says no more
// than 小计.
func headOf(t *pack.Table, leaf int) string {
	leaves := pack.Leaves(t.Columns)
	head := leaves[leaf].Head.Literal
	same := 0
	for _, l := range leaves {
		if l.Head.Literal == head {
			same++
		}
	}
	if same == 1 && head != "小计" || t.Rows.Shape() == pack.Sided {
		return head
	}
	return headAbove(t.Columns, leaf) + head
}

// headAbove is the head of the outermost group that holds a leaf, "" for a column on its own.
func headAbove(columns []pack.Column, leaf int) string {
	n := 0
	for i := range columns {
		below := len(pack.Leaves(columns[i : i+1]))
		if leaf < n+below {
			if len(columns[i].Columns) == 0 {
				return ""
			}
			return columns[i].Head.Literal
		}
		n += below
	}
	return ""
}
