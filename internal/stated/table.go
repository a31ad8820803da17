package stated

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// tableKeys is the width of the keys of a table.
const tableKeys = len("contents")

// tables types tables.toml: those of the pack, then those that are nothing.
func (x *typist) tables() {
	p := x.page("tables.toml")
	p.line("# 文件里印的预算表，照印出的样子：一行一行，格子之间用 | 隔开，空格子留空；格里的竖线写成 \\|，换行写成 \\n。")
	p.line("# heading 是表上印的题目，contents 是目录里的名称，note 是表下的备注。每张表的上面写明在哪一页。")
	for _, t := range x.f.Tables {
		if t.Spec != nil && t.Of == nil {
			x.table(p, t)
		}
	}
	first := true
	for _, t := range x.f.Tables {
		if t.Spec != nil || t.Form != nil || t.Of != nil {
			continue
		}
		if first {
			p.line("")
			p.line("# ---- 下面的表认不出是模板里的哪一张。认得的，补上 id；不要的，删去。")
			first = false
		}
		x.table(p, t)
	}
	p.done()
}

// table types a table of the pack, or one that is nothing.
func (x *typist) table(p *page, t *recognise.Table) {
	p.line("")
	x.about(p, t)
	whole := x.printed(t)
	from := p.b.Len()
	p.line("[[stated_table]]")
	p.note(from, origin{printed: whole, at: headingAt(t), whole: true})
	if t.Spec != nil {
		p.text("id", tableKeys, t.Spec.ID, origin{printed: whole, at: headingAt(t)})
	}
	x.above(p, t, whole)
	if t.Spec != nil {
		if without := missing(t.Columns); len(without) > 0 {
			p.line("%-*s = [%s]", tableKeys, "without", strings.Join(without, ", "))
		}
	}
	x.notes(p, t, whole)
	x.rows(p, t, whole)
}

// missing are the numbers of the columns, from 1, that a table does not have.
func missing(columns []int) (out []string) {
	for i, c := range columns {
		if c < 0 {
			out = append(out, strconv.Itoa(i+1))
		}
	}
	return out
}

// printed is the table as a place.
func (x *typist) printed(t *recognise.Table) diag.Printed {
	at := headingAt(t)
	p := diag.Printed{Table: t.Name()}
	if t.Number != "" {
		p.Table = t.Number
	}
	if len(at) > 0 {
		p.Page = at[0].Page
	}
	return p
}

// headingAt is where the title of a table stands, or where the table begins.
func headingAt(t *recognise.Table) []paper.Place {
	if t.HeadingAt != (paper.Place{}) {
		return []paper.Place{t.HeadingAt}
	}
	for i := range t.Paper.Rows {
		for _, c := range t.Paper.Rows[i].Cells {
			if c.At != (paper.Place{}) {
				return []paper.Place{c.At}
			}
		}
	}
	return nil
}

// about tells in comments where a table stands and what is doubtful about it.
func (x *typist) about(p *page, t *recognise.Table) {
	words := []string{pagesOf(t)}
	if t.Number != "" {
		words = append(words, t.Number)
	}
	switch {
	case t.Spec != nil && t.Score < 1000:
		words = append(words, fmt.Sprintf("与模板的表%s相符 %s", t.Spec.ID, percent(t.Score)))
	case t.Why != "":
		words = append(words, t.Why)
	}
	if t.Left != "" {
		words = append(words, t.Left)
	}
	p.remark(t.Spec != nil && t.Score < sure || t.Spec == nil && t.Form == nil, strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), "，"))
	for _, e := range t.Extra {
		if e.Filled {
			p.remark(true, fmt.Sprintf("印有模板里没有的一列%s（第%d列），没有写在下面", diag.Quote(e.Head), e.Column+1))
		}
	}
	for _, d := range t.Doubts {
		p.remark(true, strings.TrimPrefix(where(d.At)+" ", " ")+d.What)
	}
}

// sure is from what score on a table is what it is taken for.
const sure = 700

func percent(thousandths int) string { return fmt.Sprintf("%d%%", thousandths/10) }

// pagesOf says on which pages a table stands: 第8页, 第8至9页, 工作表“收入”.
func pagesOf(t *recognise.Table) string {
	first, last := 0, 0
	for _, r := range t.Paper.Rows {
		if r.Page > 0 {
			if first == 0 {
				first = r.Page
			}
			last = r.Page
		}
	}
	switch {
	case first > 0 && last > first:
		return fmt.Sprintf("第%d至%d页", first, last)
	case first > 0:
		return fmt.Sprintf("第%d页", first)
	case t.Paper.Sheet != "":
		return "工作表" + diag.Quote(t.Paper.Sheet)
	}
	return ""
}

// above types what stands above a table: title, name in the contents, unit.
func (x *typist) above(p *page, t *recognise.Table, whole diag.Printed) {
	if t.Heading != "" {
		heading := t.Heading
		if t.Number != "" {
			heading = t.Number + "　" + heading
		}
		p.text("heading", tableKeys, heading, origin{printed: whole, at: headingAt(t)})
	}
	if c := x.sections.contentsOf(t); c != nil {
		p.text("contents", tableKeys, c.title, origin{printed: diag.Printed{Page: firstPage(c.at), Section: "目录"}, at: c.at})
	}
	at := headingAt(t)
	if t.UnitAt != (paper.Place{}) {
		at = []paper.Place{t.UnitAt}
	}
	u := t.Unit
	if t.Spec == nil && !t.UnitSaid {
		u = x.f.Pack.TableFormat.Unit
	}
	p.text("unit", tableKeys, u.String(), origin{printed: whole, at: at})
}

func firstPage(at []paper.Place) int {
	for _, p := range at {
		if p.Page > 0 {
			return p.Page
		}
	}
	return 0
}

// notes types what stands below a table.
func (x *typist) notes(p *page, t *recognise.Table, whole diag.Printed) {
	var all []piece
	var at []paper.Place
	notes := slices.Clone(t.Notes)
	if n := x.sections.notes[t]; n != nil {
		notes = append(notes, *n)
	}
	for i := range notes {
		if len(all) > 0 {
			all = append(all, piece{text: "\n"})
		}
		all = append(all, pieces(&notes[i])...)
		at = append(at, places(&notes[i])...)
	}
	if len(all) == 0 {
		return
	}
	whole.Page = firstPage(at)
	from := p.value("note", tableKeys, all, len(notes) > 1)
	p.note(from, origin{printed: whole, at: at})
}

// rows types the rows of a table, each a line.
func (x *typist) rows(p *page, t *recognise.Table, whole diag.Printed) {
	p.rows(x.lines(t, whole), whole, headingAt(t))
}

// rows writes lines of cells as rows. What a line says on paper, and each of its cells, is noted: of a cell with the blanks before
// it, so that an empty one is found, too.
func (p *page) rows(lines []line, whole diag.Printed, at []paper.Place) {
	lines = slices.DeleteFunc(lines, func(l line) bool { return !slices.ContainsFunc(l.cells, func(c piece) bool { return c.text != "" }) })
	if len(lines) == 0 {
		return
	}
	var all strings.Builder
	for _, l := range lines {
		for _, c := range l.cells {
			all.WriteString(c.text + "|")
		}
	}
	quote := quoteFor(all.String(), true)
	from := p.b.Len()
	p.line("%-*s = %s", tableKeys, "rows", quote)
	for _, l := range lines {
		start := p.b.Len()
		for j, c := range l.cells {
			if j > 0 {
				p.b.WriteString(" |")
			}
			begin := p.b.Len()
			if j > 0 {
				p.b.WriteByte(' ')
			}
			origin := c.origin
			c.origin = nil
			p.piece(c, quote)
			p.note(begin, *origin)
		}
		p.note(start, l.origin)
		p.b.WriteByte('\n')
	}
	p.line("%s", quote)
	p.note(from, origin{printed: whole, at: at, whole: true})
}

// line is a row to be typed.
type line struct {
	cells  []piece
	origin origin
}

// lines are the rows of a table of the pack, or of one that is nothing.
func (x *typist) lines(t *recognise.Table, whole diag.Printed) (out []line) {
	for _, r := range t.Rows {
		l := line{origin: origin{printed: whole}}
		l.origin.printed.Row = x.body.number(r)
		for j, c := range r.Cells {
			in := l.origin.printed
			if in.Page = c.At.Page; in.Page == 0 {
				in.Page = r.Table.Rows[r.Index].Page
			}
			in.Column = j + 1
			if c.Source != nil {
				in.Column = c.Source.Column + 1
			}
			o := origin{printed: in, at: cellAt(&c)}
			l.cells = append(l.cells, cellPiece(c.Text, &o))
			l.origin.at = append(l.origin.at, o.at...)
		}
		l.origin.printed.Page = firstPage(l.origin.at)
		out = append(out, l)
	}
	return out
}

func cellAt(c *recognise.Cell) []paper.Place {
	switch {
	case c.At != (paper.Place{}):
		return []paper.Place{c.At}
	case c.Source != nil && c.Source.At != (paper.Place{}):
		return []paper.Place{c.Source.At}
	}
	return nil
}

// cellPiece is a cell as it is typed.
func cellPiece(text string, o *origin) piece {
	return piece{text: budget.TypedCell(strings.TrimSpace(mended(text))), origin: o}
}

// bodyRows leads from a table on paper to what is added to the index of its rows, so that rows are numbered as people count those of
// the body, from 1: heads are not counted, and a further part goes on where the one before it ends.
type bodyRows map[*paper.Table]int

func bodyRowsOf(f *recognise.Found) bodyRows {
	out, ends := bodyRows{}, map[*recognise.Table]int{}
	for _, t := range f.Tables {
		first := t
		if t.Of != nil {
			first = t.Of
		}
		out[t.Paper] = 1 + ends[first] - t.Heads
		ends[first] += len(t.Paper.Rows) - t.Heads
	}
	return out
}

func (b bodyRows) number(r recognise.Row) int { return max(r.Index+b[r.Table], 1) }

// unitsOf reports whether the rows of a table are the units.
func unitsOf(t *pack.Table) bool { return slices.Equal(t.Rows.Keys(t), []string{"unit"}) }
