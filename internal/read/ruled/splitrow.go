package ruled

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// append puts the rows of a later part below the table's. What covers several rows goes on over the page's end, and so does a row
// that the end of the page broke.
func (t *table) append(rows []paper.Row, p *part, certain bool) []paper.Gap {
	old := t.out.Rows
	if len(rows) == 0 || len(old) == 0 {
		t.out.Rows = append(old, rows...)
		return nil
	}
	last := len(old) - 1
	if t.broken(old, &rows[0]) {
		for _, c := range rows[0].Cells {
			above := covering(old, last, c.Column)
			if above == nil {
				continue
			}
			above.Rows += c.Rows - 1
			if !repeats(&c, above) {
				if enough(above.Text) && !t.full(above) {
					above.Text += "\n" // its paragraph ended there
				}
				above.Text += c.Text
			}
		}
		t.out.Rows = append(old, rows[1:]...)
		if certain {
			return nil
		}
		return []paper.Gap{{
			At: paper.Place{Page: p.sheet.view.number, Box: rows[0].Cells[0].At.Box}, Doubtful: true,
			What: p.sheet.says("表格的第一行像是前一页末行没有完的文字，并作了一行"), Remedy: "请对照原文件核对这一行",
		}}
	}
	kept := rows[0].Cells[:0]
	for _, c := range rows[0].Cells {
		above := covering(old, last, c.Column)
		spans := above != nil && (c.Rows > 1 || above.Rows > 1) && above.Column == c.Column && above.Columns == c.Columns
		if spans && repeats(&c, above) {
			above.Rows += c.Rows
			continue
		}
		kept = append(kept, c)
	}
	rows[0].Cells = kept
	t.out.Rows = append(old, rows...)
	return nil
}

// repeats says that a cell says nothing, or nothing but what the one above it does.
func repeats(c, above *paper.Cell) bool { return c.Text == "" || plain(c.Text) == plain(above.Text) }

// covering is the cell that covers a column in a row, wherever it begins.
func covering(rows []paper.Row, row, column int) *paper.Cell {
	for i := row; i >= 0; i-- {
		if c, ok := rows[i].At(column); ok {
			if i+c.Rows <= row {
				return nil
			}
			return c
		}
	}
	return nil
}

// broken says that a row is the rest of the last one: it has no numbers of its own, its first cell says nothing new, and what it
// says goes on where the cell above had no room; or a cell as wide as half of the table goes on beside labels that are repeated.
func (t *table) broken(old []paper.Row, row *paper.Row) bool {
	last := len(old) - 1
	texts, labels := 0, 0
	wideCell, allFull := false, true
	for i := range row.Cells {
		c := &row.Cells[i]
		above := covering(old, last, c.Column)
		if above == nil || above.Column != c.Column || above.Columns != c.Columns {
			return false
		}
		if repeats(c, above) {
			if c.Text != "" {
				labels++
			}
			continue
		}
		if i == 0 && others(row) || c.Rows > 1 || above.Text == "" || number.MatchString(plain(c.Text)) && !cut.MatchString(above.Text) {
			return false
		}
		texts++
		wideCell = (t.xs[c.Column+c.Columns]-t.xs[c.Column])*2 >= t.xs[len(t.xs)-1]-t.xs[0]
		allFull = allFull && !starts.MatchString(plain(c.Text)) && t.full(above) && !enough(above.Text)
	}
	return texts > 0 && (allFull || texts == 1 && labels > 0 && wideCell)
}

// others says that a row says something beside its first cell.
func others(row *paper.Row) bool {
	return slices.ContainsFunc(row.Cells[1:], func(c paper.Cell) bool { return c.Text != "" })
}

// cut is a number whose last digits are missing: a cell that was too narrow for it broke it.
var cut = regexp.MustCompile(`\d(\.\d?|,\d{0,2})$`)

// starts begins an item of its own.
var starts = regexp.MustCompile(`^(其他|其中|[` + paper.Numerals + `]+、|[（(][` + paper.Numerals + `]+[)）]|\d+[.、．]\D)`)

// number is a text that is a number alone.
var number = regexp.MustCompile(`^[-−–≥≤<>＜＞]?[\d,，.]+[%％]?$`)

// full says that the last line of a cell of the last page had no room for another letter.
func (t *table) full(c *paper.Cell) bool {
	p := t.last
	for _, q := range p.cells {
		if len(q.lines) == 0 || q.row+q.rows < len(p.ys)-1 {
			continue
		}
		if text, _ := p.textOf(q); strings.HasSuffix(c.Text, text) {
			l := q.lines[len(q.lines)-1]
			at := p.at(q)
			return len([]rune(c.Text)) >= 4 && (l.box.Right-l.box.Left)+l.size+8*unit.Pt > at.Right-at.Left
		}
	}
	return false
}
