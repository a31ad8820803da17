package stated

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// forms types forms.toml: the performance forms.
func (x *typist) forms() {
	p := x.page("forms.toml")
	p.line("# 绩效目标表，照印出的样子。有数的各行，第一格是栏目，第二格是行名，后面是印出的数：")
	p.line("#   收入构成、支出构成 | 行 | 当年金额 | 占比 | 近两年金额")
	p.line("#   项目支出情况 | 项目名称 | 项目类型 | 项目总预算 | 项目本年度预算 | 用途")
	p.line("#   资金来源 | 来源 | 金额          支出明细 | 活动 | 金额          项目采购 | 品名 | 数量 | 金额")
	p.line("# 其余各行照印出的格子。项目的表写 project，用表上印的项目名称。")
	n := 0
	for _, t := range x.f.Tables {
		if t.Form == nil || t.Of != nil {
			continue
		}
		n++
		x.form(p, t, n)
	}
	if n > 0 {
		p.done()
	}
}

func (x *typist) form(p *page, t *recognise.Table, n int) {
	p.line("")
	x.about(p, t)
	whole := x.printed(t)
	from := p.b.Len()
	p.line("[[stated_table]]")
	p.note(from, origin{printed: whole, at: headingAt(t), whole: true})
	id := cmp.Or(tableDigits(t.Number), t.Number, fmt.Sprintf("绩效%d", n))
	p.text("id", tableKeys, id, origin{printed: whole, at: headingAt(t)})
	x.above(p, t, whole)
	r := &formReader{t: t, words: labelWords(x.f.Pack), whole: whole, body: x.body}
	if t.Project != "" {
		at, row := r.projectAt()
		named := whole
		if named.Row, named.RowTitle = row, t.Project; len(at) > 0 && at[0].Page > 0 {
			named.Page = at[0].Page
		}
		p.text("project", tableKeys, t.Project, origin{printed: named, at: at})
	}
	x.notes(p, t, whole)
	p.rows(r.lines(), whole, headingAt(t))
}

// labelWords are the words that labels of each role may have, without blanks.
func labelWords(p *pack.Pack) map[pack.LabelRole][]string {
	out := map[pack.LabelRole][]string{}
	for _, role := range pack.LabelRoles() {
		for _, w := range p.LabelWords(role) {
			out[role] = append(out[role], bare(w))
		}
	}
	return out
}

// bare is a label without blanks and without what numbers it.
func bare(s string) string {
	s = prose.Squeeze(s)
	if m := itemNumber.FindString(s); m != s {
		s = s[len(m):]
	}
	return strings.TrimRight(s, "：:")
}

// formReader reads a performance form: which of its rows are under which group.
type formReader struct {
	t     *recognise.Table
	words map[pack.LabelRole][]string
	whole diag.Printed
	body  bodyRows

	under  pack.LabelRole // the group whose head stands above, over the whole width
	called string         // its words
	amount int            // the paper's column under 金额 in the head of the group, -1 unknown
	of     string         // the words of the group that amount is of
}

// groups are the roles of labels that rows stand under.
func groups() []pack.LabelRole {
	return []pack.LabelRole{pack.LabelIncome, pack.LabelOutgo, pack.LabelProjects, pack.LabelSources, pack.LabelDetails, pack.LabelPurchases}
}

// formCell is a cell that covers a part of a row.
type formCell struct {
	*paper.Cell
	beside bool // it begins in a row above
}

func (r *formReader) is(text string, roles ...pack.LabelRole) bool {
	return slices.ContainsFunc(roles, func(role pack.LabelRole) bool { return slices.Contains(r.words[role], bare(text)) })
}

// lines are the rows as they are typed.
func (r *formReader) lines() (out []line) {
	r.amount = -1
	var part *paper.Table
	var covering [][]formCell
	for _, row := range r.t.Rows {
		if row.Table != part {
			part, covering = row.Table, coveringCells(row.Table)
		}
		for _, cells := range r.split(covering[row.Index], part.Columns) {
			out = append(out, r.line(row, cells))
		}
	}
	return out
}

// coveringCells are for each row of a table the cells that cover it, from left to right.
func coveringCells(t *paper.Table) [][]formCell {
	out := make([][]formCell, len(t.Rows))
	for i := range t.Rows {
		for k := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[k]
			for d := range min(max(c.Rows, 1), len(out)-i) {
				out[i+d] = append(out[i+d], formCell{c, d > 0})
			}
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i], func(a, b formCell) int { return a.Column - b.Column })
	}
	return out
}

// split makes of a row of paper the rows that are typed: group, label, values. A head that names columns alone is none.
func (r *formReader) split(cells []formCell, columns int) (out [][]formCell) {
	if len(cells) == 0 {
		return nil
	}
	if c := cells[0]; len(cells) == 1 && !c.beside && c.Columns >= columns-1 { // over the whole width: what follows is under it
		r.under, r.called, r.amount = "", "", -1
		for _, role := range groups() {
			if r.is(c.Text, role) {
				r.under, r.called = role, c.Text
			}
		}
		return [][]formCell{cells}
	}
	if k := r.groupAt(cells); k >= 0 {
		return r.grouped(cells[k:])
	}
	if r.under != "" && !r.single(cells) {
		head := paper.Cell{Text: r.called, Column: 0, Columns: 1, Rows: 1}
		return r.grouped(append([]formCell{{&head, true}}, cells...))
	}
	return r.pairs(cells)
}

// groupAt is the last of the cells that is the label of a group, with others beside it; -1 for none. A label of a row is none.
func (r *formReader) groupAt(cells []formCell) int {
	for k := len(cells) - 2; k >= 0; k-- {
		c := cells[k]
		if (c.Rows > 1 || c.beside || k == 0) && r.is(c.Text, groups()...) && (k == 0 || !r.is(c.Text, pack.LabelProject) || c.Rows > 1 || c.beside) {
			return k
		}
	}
	return -1
}

// grouped is a row of a group: the group's label first. The head of its columns says which of them is the amount.
func (r *formReader) grouped(cells []formCell) [][]formCell {
	if r.of != cells[0].Text {
		r.of, r.amount = cells[0].Text, -1
	}
	rest := cells[1:]
	if !slices.ContainsFunc(rest, func(c formCell) bool { return len(prose.Quantities(c.Text)) > 0 }) && r.headed(rest) {
		return nil
	}
	if r.is(cells[0].Text, pack.LabelDetails) && r.amount >= 0 && len(rest) > 2 {
		if k := slices.IndexFunc(rest, func(c formCell) bool { return c.Column <= r.amount && r.amount < c.Column+c.Columns }); k > 0 {
			return [][]formCell{{cells[0], rest[0], rest[k]}, cells[1:]} // what else stands in the row is typed as it is
		}
	}
	return [][]formCell{cells}
}

// headed reports whether cells name columns, and notes that of the amount.
func (r *formReader) headed(cells []formCell) bool {
	for _, c := range cells {
		if strings.HasSuffix(bare(c.Text), "金额") || strings.HasSuffix(bare(c.Text), "预算") && len(cells) > 2 {
			if strings.HasSuffix(bare(c.Text), "金额") {
				r.amount = c.Column
			}
			return true
		}
	}
	return false
}

// single reports whether a row begins with a label that has one value.
func (r *formReader) single(cells []formCell) bool {
	return r.is(cells[0].Text, pack.LabelWhole, pack.LabelNow, pack.LabelEstimation)
}

// pairs is a row of labels with one value each where it has those of roles, else the row as it is.
func (r *formReader) pairs(cells []formCell) (out [][]formCell) {
	for k := 0; k+1 < len(cells); k++ {
		if r.is(cells[k].Text, pack.LabelWhole, pack.LabelNow, pack.LabelEstimation) {
			out = append(out, cells[k:k+2])
			k++
		}
	}
	if len(out) == 0 && slices.ContainsFunc(cells, func(c formCell) bool { return !c.beside }) {
		out = append(out, cells)
	}
	return out
}

// line is a row with its places.
func (r *formReader) line(row recognise.Row, cells []formCell) line {
	l := line{origin: origin{printed: r.whole}}
	l.origin.printed.Row = r.body.number(row)
	for _, c := range cells {
		in := l.origin.printed
		if in.Page = c.At.Page; in.Page == 0 {
			in.Page = row.Table.Rows[row.Index].Page
		}
		in.Column = c.Column + 1
		o := origin{printed: in}
		if c.At != (paper.Place{}) {
			o.at = []paper.Place{c.At}
			l.origin.at = append(l.origin.at, c.At)
		}
		l.cells = append(l.cells, cellPiece(c.Text, &o))
	}
	l.origin.printed.Page = row.Table.Rows[row.Index].Page
	return l
}

// projectAt is where the form prints whose it is, and in which row.
func (r *formReader) projectAt() ([]paper.Place, int) {
	for i, row := range r.t.Paper.Rows {
		for _, c := range row.Cells {
			if prose.Squeeze(c.Text) == prose.Squeeze(r.t.Project) {
				return some(c.At), r.body.number(recognise.Row{Table: r.t.Paper, Index: i})
			}
		}
	}
	return headingAt(r.t), 0
}
