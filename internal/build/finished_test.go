package build_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// laid is a typed finished document as it lies on paper: pages with its tables, whose heads are those of the pack, and its
// sentences. Pages are 100 × 100, rows and lines stand one below the other.
type laid struct {
	doc   *paper.Document
	page  int
	line  unit.Length
	pages map[string]int // of tables and sections
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
func lay(t *testing.T, w *build.Work) *laid {
	t.Helper()
	f, p := w.Budget.Facts, w.Pack
	l := &laid{doc: &paper.Document{Format: paper.PDF}, pages: map[string]int{}}
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
		l.pages[title] = l.page
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
	return l
}

// table lays a table of the pack with its head, or a form as it is.
func (l *laid) table(p *pack.Pack, s *budget.StatedTable) {
	out := &paper.Table{Above: []paper.Paragraph{l.paragraph(s.Heading.V, 0, true), l.paragraph("单位："+s.Unit.V, 0, false)}}
	l.pages[s.Name()] = l.page
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
		l.form(out, rows)
		if s.Project.V != "" {
			kinds := p.FormsOf(pack.ScopeProject)
			form := p.Forms[kinds[min(strings.Count(s.Heading.V, "区直"), len(kinds)-1)]]
			l.row(out, []string{"项目名称", s.Project.V})
			l.rest(out, form.Items, s.Rows.V)
		}
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

// rest lays the rows of a form of which nobody typed anything.
func (l *laid) rest(out *paper.Table, items []pack.Item, typed string) {
	for i := range items {
		cells := items[i].Cells
		if len(cells) > 1 && cells[0].Label && !cells[1].Label && !strings.Contains(typed, cells[0].Text.Literal) && cells[0].Text.Literal != "项目名称" {
			l.row(out, []string{cells[0].Text.Literal, "略"})
		}
		l.rest(out, items[i].Items, typed)
	}
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

// inWords is a finding by what it says, whatever separates the number of a table from its name.
func inWords(d *diag.Diagnostic) string {
	p, _ := d.At.In.Printed()
	row := p.Row
	if p.Column == 0 {
		row = 0
	}
	text := fmt.Sprint(d.Rule, " ", d.Level, " ", d.Message, " | ", d.Stated, " | ", d.Want, " | ", d.Diff, " | row ", row, " column ", p.Column, " ", p.Section)
	return strings.NewReplacer(" ", "", "　", "", ".", "").Replace(text)
}

// TestReadSampleHasItsFaults: the published sample as a document on paper has the faults that it has as it was typed, with the same
// numbers at the same rows and columns, on the right pages.
func TestReadSampleHasItsFaults(t *testing.T) {
	typed := publishedWork(t)
	l := lay(t, typed)
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: l.doc})
	if err != nil {
		t.Fatal(err)
	}
	if x.Pack == nil || x.Pack.ID != "wuhan" || !x.Whole() || x.Checked != 11 || x.Forms != 4 {
		t.Fatalf("%+v", x.Summary)
	}
	read := map[string]diag.Diagnostic{}
	list := x.Diags.Sorted()
	for i := range list {
		read[inWords(&list[i])] = list[i]
	}
	for _, d := range typed.Diags.Sorted() {
		r, ok := read[inWords(&d)]
		if !ok {
			t.Errorf("not found on paper: %s", inWords(&d))
			continue
		}
		delete(read, inWords(&d))
		l.holds(t, x, &d, &r)
	}
	for _, d := range read {
		t.Errorf("found on paper alone: %s %s", d.At, inWords(&d))
	}
}

// holds reports whether a finding is told of the page on which its table or section was laid, and marked there.
func (l *laid) holds(t *testing.T, x *build.Finished, typed, read *diag.Diagnostic) {
	t.Helper()
	was, _ := typed.At.In.Printed()
	p, ok := read.At.In.Printed()
	want := l.pages[cmp.Or(was.Table, was.Section)]
	if !ok || read.At.File != "公开.pdf" || read.At.Start.Line != 0 || want == 0 || p.Page != want {
		t.Errorf("%s is told of %s, want page %d", inWords(read), read.At, want)
	}
	boxes := x.Boxes(*read)
	if len(boxes) == 0 || boxes[0].Page != want || boxes[0].Box == (paper.Box{}) {
		t.Errorf("%s is marked at %v", inWords(read), boxes)
	}
	for _, n := range read.Notes {
		if strings.Contains(n.At.File, ".toml") || n.At.Start.Line > 0 {
			t.Errorf("%s leads to %s", inWords(read), n.At)
		}
	}
}

// TestWhatWasNotReadIsTold: parts that were not read are findings at their places, and a document with them is not without faults.
func TestWhatWasNotReadIsTold(t *testing.T) {
	l := lay(t, publishedWork(t))
	l.doc.Gaps = []paper.Gap{{At: paper.Place{Page: 5}, What: "第5页是扫描的图片", Remedy: "请用文字版"}, {At: paper.Place{Page: 6}, What: "第6页的列是猜的", Doubtful: true}}
	taken := l.doc.Blocks[:0:0]
	for _, b := range l.doc.Blocks {
		if b.Table == nil || !strings.Contains(b.Table.Above[0].Text, "支出总表") {
			taken = append(taken, b)
		}
	}
	l.doc.Blocks = taken
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: l.doc, Template: "wuhan"})
	if err != nil {
		t.Fatal(err)
	}
	if x.Whole() || x.Gaps != 1 || x.Doubtful != 1 || x.Checked != 10 || len(x.Missing) != 1 {
		t.Errorf("%+v", x.Summary)
	}
	for _, want := range []string{"成文-010 公开.pdf 第5页 第5页是扫描的图片，没有核对", "成文-011 公开.pdf 第6页", "成文-015 公开.pdf 没有找到模板里的1张表"} {
		found := false
		for _, d := range x.Diags.Sorted() {
			found = found || d.Level == diag.Warning && strings.HasPrefix(d.Rule+" "+d.At.String()+" "+d.Message, want)
		}
		if !found {
			t.Errorf("not told: %s", want)
		}
	}
}

// TestWhatWasNotUnderstoodIsTold: a column that the pack does not have, and what is doubtful in a table, are findings at their places.
func TestWhatWasNotUnderstoodIsTold(t *testing.T) {
	l := lay(t, publishedWork(t))
	page := 0
	for _, b := range l.doc.Blocks {
		x := b.Table
		if x == nil || !strings.HasSuffix(x.Above[0].Text, "表3. 支出总表") {
			continue
		}
		x.Above = x.Above[:1] // without its unit
		for i := range x.Rows {
			at := x.Rows[i].Cells[0].At
			page, at.Box.Left, at.Box.Right = at.Page, 900, 950
			x.Rows[i].Cells = append(x.Rows[i].Cells, paper.Cell{Column: x.Columns, Columns: 1, Rows: 1, Text: map[bool]string{true: "上年执行数", false: "9.00"}[i == 0], At: at})
		}
		x.Columns++
	}
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: l.doc})
	if err != nil || page == 0 {
		t.Fatal(err, page)
	}
	for _, want := range []string{"成文-012 “上年执行数”一列", "成文-013 没有写金额单位"} {
		rule, words, _ := strings.Cut(want, " ")
		found := false
		for _, d := range x.Diags.Sorted() {
			p, _ := d.At.In.Printed()
			if d.Rule == rule && strings.Contains(d.Message, words) {
				found = true
				if b := x.Boxes(d); d.Level != diag.Warning || p.Page != page || len(b) != 1 || b[0].Page != page {
					t.Errorf("%s %s is told as %v at %s and marked at %v, want page %d", d.Rule, d.Message, d.Level, d.At, b, page)
				}
			}
		}
		if !found {
			t.Errorf("not told: %s", want)
		}
	}
}

// TestFindingsInSpreadsheets: what is wrong in a workbook is told of its sheet and cell.
func TestFindingsInSpreadsheets(t *testing.T) {
	l := lay(t, publishedWork(t))
	l.doc.Format = paper.Workbook
	for i := range l.doc.Blocks {
		if b := l.doc.Blocks[i].Table; b != nil {
			for r := range b.Rows {
				for k := range b.Rows[r].Cells {
					c := &b.Rows[r].Cells[k]
					c.At = paper.Place{Sheet: "表", Cell: fmt.Sprintf("%c%d", 'A'+c.Column, r+3)}
				}
			}
		}
	}
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.xlsx", Document: l.doc})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, d := range x.Diags.Sorted() {
		if d.Rule != "绩表-002" {
			continue
		}
		told++
		if c, ok := d.At.In.Cell(); !ok || c != (diag.Cell{Sheet: "表", Name: "D7"}) {
			t.Errorf("%s: %v", d.At, d)
		}
	}
	if told == 0 {
		t.Error("what is wrong in the performance form is not found")
	}
}

// TestLastYearOfAnotherYear: a document that is not last year's is not compared with.
func TestLastYearOfAnotherYear(t *testing.T) {
	l := lay(t, publishedWork(t))
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: l.doc, Last: l.doc, LastName: "上年.pdf"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range x.Diags.Sorted() {
		if d.Rule == "成文-014" && strings.Contains(d.Message, "2026年") {
			return
		}
	}
	t.Error("this year's document as last year's is not told")
}

// TestLastYearScanned: of a document of last year in which nothing can be read it is told why.
func TestLastYearScanned(t *testing.T) {
	last := &paper.Document{Format: paper.PDF, Gaps: []paper.Gap{{At: paper.Place{Page: 2}, What: "第2页是图片，没有文字"}}}
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: lay(t, publishedWork(t)).doc, Last: last, LastName: "上年.pdf"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range x.Diags.Sorted() {
		if d.Rule == "成文-014" && strings.HasSuffix(d.Message, "第2页是图片，没有文字") {
			return
		}
	}
	t.Error("why nothing of last year was read is not told")
}

// TestLastYearOfAnother: numbers of what may be another department's document make no errors.
func TestLastYearOfAnother(t *testing.T) {
	now, last := lay(t, publishedWork(t)).doc, lay(t, publishedWork(t)).doc
	for _, d := range []*paper.Document{now, last} {
		d.Blocks[1].Text.Text = d.Blocks[0].Text.Text + d.Blocks[1].Text.Text
	}
	other := strings.NewReplacer("2026年", "2025年", last.Blocks[0].Text.Text, "槐安区水务局")
	for _, b := range last.Blocks {
		if b.Text != nil {
			b.Text.Text = other.Replace(b.Text.Text)
			continue
		}
		for i := range b.Table.Above {
			b.Table.Above[i].Text = other.Replace(b.Table.Above[i].Text)
		}
		for i := range b.Table.Rows {
			for k := range b.Table.Rows[i].Cells {
				b.Table.Rows[i].Cells[k].Text = other.Replace(b.Table.Rows[i].Cells[k].Text)
			}
		}
	}
	x, err := shared(t).Finished(build.FinishedInput{Name: "公开.pdf", Document: now, Last: last, LastName: "上年.pdf"})
	if err != nil {
		t.Fatal(err)
	}
	told, warned := false, 0
	for _, d := range x.Diags.Sorted() {
		told = told || d.Rule == "成文-014" && strings.Contains(d.Message, "不是同一个部门的")
		for _, n := range d.Notes {
			if n.At.File == "上年.pdf" && d.Level == diag.Error {
				t.Errorf("an error by another's number: %s", d.Message)
			} else if n.At.File == "上年.pdf" {
				warned++
			}
		}
	}
	if !told || warned == 0 {
		t.Errorf("%s: told %v, %d warnings", last.Blocks[0].Text.Text, told, warned)
	}
}
