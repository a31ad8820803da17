package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/diag"
	"yusuan/internal/xlsx"
)

// comments puts the findings of a sheet into notes at their cells; several at one cell go into one.
func (w *writer) comments(name string) error {
	if w.marked == nil {
		return nil
	}
	words := map[string][]string{}
	var cells []string
	for _, d := range w.marked.findings {
		c, ok := w.marked.cell(&d)
		if !ok || c.Sheet != name || c.Name == "" {
			continue
		}
		if words[c.Name] == nil {
			cells = append(cells, c.Name)
		}
		words[c.Name] = append(words[c.Name], said(&d))
	}
	for _, cell := range cells {
		text := strings.Join(words[cell], "\n\n")
		height := 40 + 18*uint(len([]rune(text))/20+strings.Count(text, "\n"))
		if err := w.f.AddComment(name, excelize.Comment{Author: w.c.in.Program, Cell: cell, Text: cut(text, 2000), Width: 300, Height: min(height, 400)}); err != nil {
			return err
		}
	}
	return nil
}

// said is a finding in words.
func said(d *diag.Diagnostic) string {
	s := d.Level.String() + " " + d.Rule + "：" + d.Message
	for _, x := range []struct{ name, text string }{{"填报", d.Stated}, {"应为", d.Want}, {"相差", d.Diff}, {"建议", d.Hint}} {
		if x.text != "" {
			s += "\n" + x.name + "：" + x.text
		}
	}
	return s
}

// mark fills the cells of a row that have findings.
func (r *rowWriter) mark(n int, cells []any) []any {
	for _, column := range slices.Sorted(maps.Keys(r.marks[n])) { // styles are numbered in the order in which they are asked for
		for len(cells) < column {
			cells = append(cells, nil)
		}
		c, ok := cells[column-1].(excelize.Cell)
		if !ok {
			c.Value = cells[column-1]
		}
		l := look{boxed: true, wrap: true, format: formatText}
		for made, id := range r.styles.made {
			if id == c.StyleID && ok {
				l = made
			}
		}
		l.fill = colourOf(r.marks[n][column])
		styled := r.styled(l, c.Value)
		styled.Formula = c.Formula
		cells[column-1] = styled
	}
	return cells
}

// markedTabs adds the sheets of a workbook that is given back: the findings first, sheets that are not known last.
func (w *writer) markedTabs(list []tab) []tab {
	if w.marked == nil {
		return list
	}
	list = slices.Concat([]tab{{name: MarkedSheet, colour: colourOf(diag.Error)}}, list)
	for i := range w.marked.others {
		list = append(list, tab{name: w.marked.others[i].Name, hidden: w.marked.others[i].Hidden})
	}
	return list
}

// marksOn are the findings of a sheet.
func (w *writer) marksOn(name string) marks {
	if w.marked == nil {
		return nil
	}
	return w.marked.cells[name]
}

// stand is where the head of a block stands: where it was read, else where the next comes.
func (b *placedBlock) stand(at, number int) int {
	if b.FilledBlock.head == 0 {
		return at
	}
	if number > 0 {
		b.label = b.FilledBlock.head - 1
	}
	return b.FilledBlock.head
}

// upTo is the last row of a block, which ends before the next where that stands already.
func (b *placedBlock) upTo(last int) int {
	if b.end == 0 {
		return last
	}
	return max(b.head+len(b.Rows), min(last, b.end-1))
}

// firstProblem is the row of the first finding on its sheet.
const firstProblem = 4

// problems lists the findings with links to their cells.
func (w *writer) problems() error {
	if w.marked == nil {
		return nil
	}
	if err := w.problemLinks(); err != nil {
		return err
	}
	if err := w.a4(MarkedSheet, false); err != nil {
		return err
	}
	r, err := w.rows(MarkedSheet)
	if err != nil {
		return err
	}
	widths := []int{2, 7, 26, 50, 18, 18, 16, 50, 12}
	for k, n := range slices.Backward(widths) {
		if err := r.w.SetColWidth(k+1, k+1, xlsx.Length(n)); err != nil {
			return err
		}
	}
	if err := r.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: firstProblem - 1, TopLeftCell: cellName(1, firstProblem), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	var count [diag.Error + 1]int
	for i := range w.marked.findings {
		count[w.marked.findings[i].Level]++
	}
	r.row(1, 30, nil, r.styled(look{bold: true, size: 16, middle: true}, MarkedSheet))
	r.row(2, 20, nil, r.styled(look{colour: colourFaint, middle: true},
		fmt.Sprintf("%d 个错误，%d 个警告，%d 个提示；点位置跳到格子，格子上的批注是同样的话。改完再核对一次；这张表不读", count[diag.Error], count[diag.Warning], count[diag.Note])))
	head := look{bold: true, fill: colourHead, boxed: true, middle: true, align: "center"}
	cells := []any{nil}
	for _, s := range []string{"级别", "位置", "问题", "填报", "应为", "相差", "怎么办", "规则"} {
		cells = append(cells, r.styled(head, s))
	}
	r.row(3, 24, cells...)
	for i := range w.marked.findings {
		w.problem(r, firstProblem+i, &w.marked.findings[i])
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// problemLinks lead from the list to the cells.
func (w *writer) problemLinks() error {
	for i, d := range w.marked.findings {
		c, ok := w.marked.cell(&d)
		if !ok || !slices.ContainsFunc(w.names(), func(s string) bool { return s == c.Sheet }) {
			continue
		}
		cell := c.Name
		if cell == "" {
			cell = "B1"
		}
		if err := w.f.SetCellHyperLink(MarkedSheet, cellName(3, firstProblem+i), quoted(c.Sheet)+"!"+cell, "Location"); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) problem(r *rowWriter, n int, d *diag.Diagnostic) {
	l := look{boxed: true, wrap: true, format: formatText}
	level, link := l, l
	level.fill, level.align = colourOf(d.Level), "center"
	c, ok := w.marked.cell(d)
	at := strings.TrimSpace(c.Sheet + " " + c.Name)
	if link.link = ok; !ok {
		at = d.At.String()
	}
	message := d.Message
	for _, x := range d.Notes {
		message += "\n" + strings.TrimSpace(x.At.String()+" "+x.Text)
	}
	message = cut(message, 4000)
	height := max(heightOf(message, 48, 15), heightOf(d.Hint, 48, 15)) + 4 + 15*strings.Count(message, "\n")
	r.row(n, min(height, 400), nil, r.styled(level, d.Level.String()), r.styled(link, at), r.styled(l, message), r.styled(l, d.Stated), r.styled(l, d.Want), r.styled(l, d.Diff),
		r.styled(l, d.Hint), r.styled(l, d.Rule))
}

// names are those of the sheets that findings may lie on.
func (w *writer) names() []string {
	var out []string
	for i := range w.sheets {
		out = append(out, w.sheets[i].Name)
	}
	if w.marked != nil {
		for i := range w.marked.others {
			out = append(out, w.marked.others[i].Name)
		}
	}
	return out
}

// others writes the sheets that are not known, as they were read.
func (w *writer) others() error {
	if w.marked == nil {
		return nil
	}
	for i := range w.marked.others {
		s := &w.marked.others[i]
		if err := w.comments(s.Name); err != nil {
			return err
		}
		r, err := w.rows(s.Name)
		if err != nil {
			return err
		}
		r.marks = w.marked.cells[s.Name]
		for _, row := range s.Rows {
			var cells []any
			for _, c := range row.Cells {
				for len(cells) < c.Column-1 {
					cells = append(cells, nil)
				}
				x := asRead(c)
				cells = append(cells, r.styled(look{}, x.value()))
			}
			r.row(row.Number, 0, cells...)
		}
		if r.err != nil {
			return r.err
		}
		if err := r.w.Flush(); err != nil {
			return err
		}
	}
	return nil
}
