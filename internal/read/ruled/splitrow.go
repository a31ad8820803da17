package ruled

import "yusuan/internal/read/paper"

// append puts the rows of a later part below the table's. What covers several rows goes on over the page's end, and so does a row
// that the end of the page broke.
func (t *table) append(old, rows []paper.Row, p *part) []paper.Gap {
	defer func() { t.out.Rows = old }()
	if len(rows) == 0 || len(old) == 0 {
		old = append(old, rows...)
		return nil
	}
	last := len(old) - 1
	if t.broken(old, &rows[0], p) && oneRow(&rows[0]) {
		for _, c := range rows[0].Cells {
			if above := covering(old, last, c.Column); above != nil && c.Text != "" {
				above.Text += c.Text
			}
		}
		old = append(old, rows[1:]...)
		return []paper.Gap{{
			At: paper.Place{Page: p.sheet.view.number, Box: rows[0].Cells[0].At.Box}, Doubtful: true,
			What: p.sheet.says("表格的第一行像是前一页末行没有完的文字，并作了一行"), Remedy: "请对照原文件核对这一行",
		}}
	}
	kept := rows[0].Cells[:0]
	for _, c := range rows[0].Cells {
		above := covering(old, last, c.Column)
		spans := above != nil && (c.Rows > 1 || above.Rows > 1) && above.Column == c.Column && above.Columns == c.Columns
		if spans && (c.Text == "" || plain(c.Text) == plain(above.Text)) {
			above.Rows += c.Rows
			continue
		}
		kept = append(kept, c)
	}
	rows[0].Cells = kept
	old = append(old, rows...)
	return nil
}

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

func oneRow(r *paper.Row) bool {
	for _, c := range r.Cells {
		if c.Rows > 1 {
			return false
		}
	}
	return len(r.Cells) > 0
}

// broken says that a row goes on with the texts of the last one: its first cell is empty, no cell has a number, and what it says
// goes on where the cell above had no room.
func (t *table) broken(old []paper.Row, row *paper.Row, p *part) bool {
	texts := 0
	for i, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		above := covering(old, len(old)-1, c.Column)
		if i == 0 || above == nil || above.Column != c.Column || above.Columns != c.Columns || enough(above.Text) || !t.full(above) {
			return false
		}
		texts++
	}
	return texts > 0
}

// full says that the last line of a cell reached its right edge.
func (t *table) full(c *paper.Cell) bool {
	p := t.last
	for _, q := range p.cells {
		if len(q.lines) == 0 || q.row+q.rows < len(p.ys)-1 {
			continue
		}
		if text, _ := p.textOf(q); text == c.Text {
			l := q.lines[len(q.lines)-1]
			return len([]rune(c.Text)) >= 4 && l.box.Right+2*l.size > p.at(q).Right
		}
	}
	return false
}
