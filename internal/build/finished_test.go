package build_test

import (
	"os"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// laid is a typed finished document as it lies on paper: pages with its tables, whose heads are those of the pack, and its
// sentences. Pages are 100 × 100, rows and lines stand one below the other.
type laid struct {
	doc  *paper.Document
	page int
	line unit.Length
}

func (l *laid) newPage() {
	l.page, l.line = l.page+1, 10
	l.doc.Pages = append(l.doc.Pages, paper.Page{Width: 1000, Height: 1000})
}

func (l *laid) place(left, right unit.Length) paper.Place {
	return paper.Place{Page: l.page, Box: paper.Box{Left: left, Top: l.line, Right: right, Bottom: l.line + 8}}
}

func (l *laid) paragraph(text string, level int, centred bool) paper.Paragraph {
	p := paper.Paragraph{Text: text, Level: level, Centred: centred, Spots: []paper.Spot{{Start: 0, End: len(text), At: l.place(10, 990)}}}
	l.line += 10
	return p
}

func (l *laid) text(text string, level int, centred bool) {
	p := l.paragraph(text, level, centred)
	l.doc.Blocks = append(l.doc.Blocks, paper.Block{Text: &p})
}

// lay lays out what a typed document states.
func lay(t *testing.T, w *build.Work) *paper.Document {
	t.Helper()
	f, p := w.Budget.Facts, w.Pack
	l := &laid{doc: &paper.Document{Format: paper.PDF}}
	l.newPage()
	l.text(f.Department.Name.V, 0, true)
	l.text("2026年部门预算", 0, true)
	l.text("2026年2月10日", 0, true)
	l.newPage()
	l.text("目　录", 0, true)
	for i := range f.StatedTables {
		l.text(f.StatedTables[i].Contents.V+" ………… 3", 0, false)
	}
	for i := range f.StatedTables {
		l.newPage()
		l.table(p, &f.StatedTables[i])
	}
	l.newPage()
	for i := range f.StatedTexts {
		x := &f.StatedTexts[i]
		title := x.Section.V
		if _, lower, ok := strings.Cut(title, "（"); ok && strings.HasPrefix(title, "十一、") {
			title = "（" + lower
			if strings.HasPrefix(title, "（一）") {
				l.text("十一、其他重要事项的情况说明", 0, false)
			}
		}
		l.text(title, 0, strings.HasPrefix(title, "第") || strings.HasPrefix(title, "部门"))
		for line := range strings.SplitSeq(x.Text.V, "\n") {
			l.text(line, 0, false)
		}
		l.newPage()
	}
	return l.doc
}

// table lays a table of the pack with its head, or a form as it is.
func (l *laid) table(p *pack.Pack, s *budget.StatedTable) {
	out := &paper.Table{Above: []paper.Paragraph{l.paragraph(s.Heading.V, 0, true), l.paragraph("单位："+s.Unit.V, 0, false)}}
	spec := p.Tables[s.ID.V]
	if spec != nil {
		out.Columns = len(pack.Leaves(spec.Columns))
		l.head(out, spec.Columns, 0, 0, depth(spec.Columns))
		l.line += 10
	}
	rows := [][]string{}
	for line := range strings.SplitSeq(s.Rows.V, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var cells []string
		for _, c := range budget.CutCells(line) {
			cells = append(cells, budget.CellText(strings.TrimSpace(c)))
		}
		rows = append(rows, cells)
		out.Columns = max(out.Columns, len(cells))
	}
	if spec == nil {
		if s.Project.V != "" {
			l.row(out, []string{"项目名称", s.Project.V})
		}
		l.form(out, rows)
	} else {
		for _, cells := range rows {
			l.row(out, cells)
		}
	}
	if s.Note.V != "" {
		out.Below = append(out.Below, l.paragraph(s.Note.V, 0, false))
	}
	l.doc.Blocks = append(l.doc.Blocks, paper.Block{Table: out})
}

func depth(columns []pack.Column) int {
	n := 0
	for i := range columns {
		n = max(n, 1+depth(columns[i].Columns))
	}
	return n
}

// head lays the heads of columns, which span as they do in the pack.
func (l *laid) head(out *paper.Table, columns []pack.Column, row, column, deep int) int {
	for len(out.Rows) < row+deep {
		out.Rows = append(out.Rows, paper.Row{Page: l.page, Number: len(out.Rows) + 1})
	}
	for i := range columns {
		c := &columns[i]
		cell := paper.Cell{Column: column, Columns: 1, Rows: 1, Text: c.Head.Literal, At: l.place(10+unit.Length(column)*50, 55+unit.Length(column)*50)}
		next := column + 1
		if len(c.Columns) > 0 {
			next = l.head(out, c.Columns, row+1, column, deep-1)
			cell.Columns = next - column
		} else {
			cell.Rows = deep
		}
		out.Rows[row].Cells = append(out.Rows[row].Cells, cell)
		column = next
	}
	return column
}

func (l *laid) row(out *paper.Table, cells []string) {
	r := paper.Row{Page: l.page, Number: len(out.Rows) + 1}
	for j, text := range cells {
		r.Cells = append(r.Cells, paper.Cell{Column: j, Columns: 1, Rows: 1, Text: text, At: l.place(10+unit.Length(j)*50, 55+unit.Length(j)*50)})
	}
	if n := len(cells); n > 0 && n < out.Columns {
		r.Cells[n-1].Columns = out.Columns - n + 1
	}
	out.Rows = append(out.Rows, r)
	l.line += 10
}

// form lays the rows of a form: what has more than two cells stands beside the label of its group.
func (l *laid) form(out *paper.Table, rows [][]string) {
	group := -1 // the row in which the label of the group is
	for _, cells := range rows {
		if len(cells) <= 2 {
			group = -1
			l.row(out, cells)
			continue
		}
		if group >= 0 && out.Rows[group].Cells[0].Text == cells[0] {
			out.Rows[group].Cells[0].Rows++
			l.row(out, cells)
			last := &out.Rows[len(out.Rows)-1]
			last.Cells = last.Cells[1:]
			continue
		}
		group = len(out.Rows)
		l.row(out, cells)
	}
}

// publishedWork is the sample as it was published, typed.
func publishedWork(t *testing.T) *build.Work {
	t.Helper()
	w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: publishedSample})
	if err != nil {
		t.Fatal(err)
	}
	return w
}
