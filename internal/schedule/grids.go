package schedule

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// chart notes the numbers of a chart: what its marks stand beside, and the whole of a ring.
func (w *walker) chart(c *doc.Chart) {
	group := w.group(spotGroup{heading: c.Title.String, part: w.part, prefix: c.ID})
	add := func(name string, t doc.Text) {
		w.each(&t, func(from, to int, of int32, origin diag.Range) {
			address := name
			if of > 0 && w.d.made.Told.Of(of).Kind == ValueShare {
				address += ".占比"
			}
			w.add(spot{group: group, address: address, around: name + "【" + t.String[from:to] + "】", printed: t.String[from:to], of: of, at: origin})
		})
	}
	add("图题", c.Title)
	for _, side := range [][]doc.ChartItem{c.Sources, c.Items} {
		for i := range side {
			x := &side[i]
			for k := range x.Values {
				name := plainWords(x.Label.String)
				if len(c.Series) > 1 {
					name += "." + plainWords(c.Series[k].Name.String)
				}
				add(name, doc.Text{String: x.Values[k].Text, Marks: x.Values[k].Marks})
			}
			add(plainWords(x.Label.String)+".说明", x.Note)
		}
	}
	add(totalKey, doc.Text{String: c.Total.Text, Marks: c.Total.Marks})
}

// table notes the numbers of a table whose cells say themselves what they are, and of the texts about any table.
func (w *walker) table(t *doc.Table) {
	if t.Of > 0 {
		for _, rows := range [][]doc.Row{t.Head, t.Body} {
			for i := range rows {
				for k := range rows[i].Cells {
					if c := &rows[i].Cells[k]; !c.Number {
						w.sentences(c.Text)
					}
				}
			}
		}
	} else {
		w.grid(t)
	}
	for _, x := range []*doc.Text{t.Left, t.Right} {
		if x != nil {
			w.sentence(*x)
		}
	}
	w.sentences(t.Notes)
}

func (w *walker) sentences(texts []doc.Text) {
	for i := range texts {
		w.sentence(texts[i])
	}
}

// grid notes the numbers of a form, or of any table that is no schedule: by the words of its row and by the head of its
// column.
func (w *walker) grid(t *doc.Table) {
	prefix := plainWords(t.ID)
	if of := w.d.made.Forms[t]; of != "" {
		prefix += "." + plainWords(of)
	}
	heading := t.Caption.String
	if heading == "" {
		heading = t.ID
	}
	group := w.group(spotGroup{heading: heading, part: w.part, prefix: prefix})
	g := laid(t)
	for i := range g {
		for k := range g[i] {
			c := g[i][k].cell
			if c == nil || g[i][k].row != i || k > 0 && g[i][k-1].cell == c || c.Header != doc.HeaderNone && len(c.Text) == 0 {
				continue
			}
			w.cell(group, g, c, i, k)
		}
	}
}

// cell notes the numbers of one cell.
func (w *walker) cell(group int, g [][]gridCell, c *doc.Cell, row, column int) {
	if !w.any(c) {
		return
	}
	address := w.rowWords(g, row, column)
	if head := g[row][column].head; head != nil {
		address = append(address, cellWords(head))
	}
	if len(address) == 0 {
		address = []string{nth(row, "行"), nth(column, "列")}
	}
	var found []spot
	for i := range c.Text {
		t := &c.Text[i]
		w.each(t, func(from, to int, of int32, origin diag.Range) {
			found = append(found, spot{group: group, around: around(t.String, from, to), printed: t.String[from:to], of: of, at: origin})
		})
	}
	for k, x := range found {
		words := address
		if len(found) > 1 {
			words = append(slices.Clip(address), fmt.Sprintf("第%d个数", k+1))
		}
		x.address = strings.Join(words, ".")
		w.add(x)
	}
}

// gridCell is what stands in one place of a grid: a cell, the row that it begins in, and the head above.
type gridCell struct {
	cell *doc.Cell
	row  int
	head *doc.Cell
}

// laid is a table place by place, head and body.
func laid(t *doc.Table) [][]gridCell {
	rows := slices.Concat(t.Head, t.Body)
	out := make([][]gridCell, len(rows))
	for i := range out {
		out[i] = make([]gridCell, len(t.Columns))
	}
	for i := range rows {
		col := 0
		for k := range rows[i].Cells {
			c := &rows[i].Cells[k]
			for col < len(t.Columns) && out[i][col].cell != nil {
				col++
			}
			for y := i; y < min(i+max(c.RowSpan, 1), len(out)); y++ {
				for x := col; x < min(col+max(c.ColSpan, 1), len(t.Columns)); x++ {
					out[y][x] = gridCell{cell: c, row: i}
				}
			}
			col += max(c.ColSpan, 1)
		}
	}
	headed(out)
	return out
}

// headed notes the head above each place: the next one upwards that is a head and says something.
func headed(g [][]gridCell) {
	for i := 1; i < len(g); i++ {
		for x := range g[i] {
			above := &g[i-1][x]
			g[i][x].head = above.head
			if c := above.cell; c != nil && (c.Header == doc.HeaderColumn || c.Header == doc.HeaderBoth) && cellWords(c) != "" {
				g[i][x].head = c
			}
		}
	}
}

// rowWords name a row to a cell of it: by the label at its left, and where that is of several rows, by the words between that
// are of this row alone, those that the pack calls its name before others.
func (w *walker) rowWords(g [][]gridCell, row, column int) []string {
	var label, own string
	named := false
	for k := column - 1; k >= 0 && label == ""; k-- {
		c := g[row][k].cell
		if c == nil || c.Number || w.counts(c) {
			continue
		}
		switch name := c.Header == doc.HeaderRow || c.Header == doc.HeaderBoth; {
		case name && own != cellWords(c):
			label = cellWords(c)
			if c.RowSpan <= 1 && own == "" {
				return []string{label}
			}
		case !name && c.RowSpan <= 1 && (own == "" || c.Names && !named):
			own, named = cellWords(c), c.Names
		}
	}
	return slices.DeleteFunc([]string{label, own}, func(s string) bool { return s == "" })
}

// counts reports whether a cell has numbers itself.
func (w *walker) counts(c *doc.Cell) bool { return c.Header == doc.HeaderNone && w.any(c) }

// any reports whether a cell has numbers. Those beside it ask again and again.
func (w *walker) any(c *doc.Cell) bool {
	if any, known := w.numbers[c]; known {
		return any
	}
	any := false
	for i := range c.Text {
		any = any || w.anyIn(&c.Text[i])
	}
	w.numbers[c] = any
	return any
}

// anyIn reports whether each would find a number in a text.
func (w *walker) anyIn(t *doc.Text) bool {
	marks := doc.MarksOf(w.d.made.Tree.Marks, t.Marks)
	if len(marks) == 0 {
		return !t.Origin.IsZero() && len(writtenNumbers(t.String)) > 0
	}
	return slices.ContainsFunc(marks, func(m doc.Mark) bool {
		return w.d.made.Told.Of(m.Of).Kind != ValueWritten || len(writtenNumbers(t.String[m.From:m.To])) > 0
	})
}

// mostWords is how many characters of a cell make a word of an address.
const mostWords = 20

func cellWords(c *doc.Cell) string {
	s := ""
	for i := range c.Text {
		s += c.Text[i].String
	}
	r := []rune(plainWords(s))
	return string(r[:min(len(r), mostWords)])
}
