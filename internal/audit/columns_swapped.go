package audit

import (
	"fmt"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
)

// 人员经费 and 公用经费 stand beside each other, and their sum is the same under either head: numbers that were put under the
// wrong one add up. The classes of the economic classification say which is which.

// natures holds the columns of 人员经费 and 公用经费 against the codes of their rows.
func (x *reader) natures(t *statedTable) {
	if keys := t.spec.Rows.Keys(t.spec); len(keys) == 0 || keys[0] != "economic" {
		return
	}
	columns := map[string]int{}
	for j, l := range t.leaves {
		if n, ok := only(l.Query, "nature"); ok && sums(l) && !t.Lacks(j) {
			if _, twice := columns[n]; twice {
				return
			}
			columns[n] = j
		}
	}
	if len(columns) != 2 {
		return
	}
	for _, n := range []string{budget.NaturePersonnel, budget.NaturePublic} {
		x.swapped(t, columns, n)
	}
}

// swapped tells of a nature of which all is printed under the head of the other.
func (x *reader) swapped(t *statedTable, columns map[string]int, nature string) {
	var wrong []int
	for _, r := range t.codeRows() {
		if !classify.NatureKnown(r.code) || classify.Nature(r.code) != nature || len(t.rows[r.row]) != len(t.leaves) {
			continue
		}
		for n, j := range columns {
			switch {
			case strings.Trim(t.rows[r.row][j].text, "0.-—－ ") == "":
			case n == nature:
				return // some of it stands where it belongs: a place may count a part otherwise
			default:
				wrong = append(wrong, r.row)
			}
		}
	}
	const fewest = 2
	if len(wrong) < fewest {
		return
	}
	for _, row := range wrong {
		for n, j := range columns {
			if n != nature {
				p := t.rows[row][j]
				x.r.Fold(fmt.Sprint("表内-007", t.spec.ID), diag.Diagnostic{Rule: "表内-007", Level: diag.Warning, At: p.at, Stated: p.text,
					Message: fmt.Sprintf("%s“%s”的%s印在“%s”一列", t.Name(), titleOf(t.rows[row], nil), nature, headOf(t.spec, j)), Hint: "两列的数多半印反了，对调过来"})
			}
		}
	}
}
