package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// What a sheet holds and does not show, or has no head for, is told with what became of it.

// shownCells bounds the rows and cells that one note names.
const shownCells = 8

// some names the first of a list.
func some(list []string) string {
	if len(list) > shownCells {
		return strings.Join(list[:shownCells], "、") + " 等"
	}
	return strings.Join(list, "、")
}

// coveredCells are the cells of a row with content below a merged range: programs do not show it.
func coveredCells(row grid.Row) []string {
	var out []string
	for _, c := range row.Cells {
		if c.Covered && c.Kind != grid.Empty && words(c.Text) != "" {
			out = append(out, grid.Name(row.Number, c.Column))
		}
	}
	return out
}

// outside reports whether a row has content outside of the columns of the table.
func (b *body) outside(row grid.Row, known map[int]bool) bool {
	return slices.ContainsFunc(row.Cells, func(c grid.Cell) bool {
		return !known[c.Column] && c.Kind != grid.Empty && !c.Covered && words(c.Text) != ""
	})
}

// struck reports whether all that a row has in the columns of the table is struck through.
func struck(row grid.Row, known map[int]bool) bool {
	any := false
	for _, c := range row.Cells {
		if known[c.Column] && c.Kind != grid.Empty && words(c.Text) != "" {
			if any = true; !c.Struck {
				return false
			}
		}
	}
	return any
}

// tellHidden tells of hidden rows and columns with content, of rows struck through, and of cells below merged ranges.
func (b *body) tellHidden(rows, struck, covered []string) {
	if n := len(struck); n > 0 {
		b.notes = append(b.notes, fmt.Sprintf("%d 行划着删除线，照读：第 %s 行；不要的，在表里删去再导入", n, some(struck)))
	}
	if n := len(rows); n > 0 {
		b.notes = append(b.notes, fmt.Sprintf("%d 行是隐藏的（筛选也会隐藏），照读：第 %s 行", n, some(rows)))
	}
	for _, c := range b.columns {
		if c.Filled == 0 || !b.hides(c.Number) {
			continue
		}
		what := "照读"
		if !c.isRead() {
			what = "没有带入"
		}
		b.notes = append(b.notes, fmt.Sprintf("%s 列%s是隐藏的，%s（%d 格有内容）", grid.ColumnName(c.Number), diag.Quote(c.Head), what, c.Filled))
	}
	if n := len(covered); n > 0 {
		b.notes = append(b.notes, fmt.Sprintf("合并的格盖住了 %d 格的内容，盖住的没有读：%s", n, some(covered)))
	}
}

// hides reports whether a column is hidden: any of its cells knows, a head may be merged over it.
func (b *body) hides(column int) bool {
	from := b.after()
	for i := max(0, from-(b.bottom-b.top+1)); i < len(b.sheet.Rows) && b.sheet.Rows[i].Number <= b.table.last; i++ {
		if c := b.sheet.Rows[i].At(column); c.Hidden {
			return true
		}
	}
	return false
}

// tellBeside tells of content in columns without a head.
func (b *body) tellBeside(cells map[int]int) {
	for _, col := range sortedKeys(cells) {
		if slices.ContainsFunc(b.side, func(s sideLabel) bool { return s.column == col }) {
			continue
		}
		hidden := ""
		if b.hides(col) {
			hidden = "，是隐藏的"
		}
		b.notes = append(b.notes, fmt.Sprintf("%s 列没有列头%s，有内容的格 %d 个，没有读", grid.ColumnName(col), hidden, cells[col]))
	}
}
