package redline

import (
	"fmt"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// How much the tables list. What is beyond is said to be.
const (
	mostCauses    = 1000
	mostCells     = 3000
	mostSentences = 600
	mostRows      = 1000
	mostPages     = 4  // of one effect
	mostListed    = 4  // causes of one effect
	mostSpanned   = 12 // rows of one name that it stands before
	mostSame      = 60 // characters that did not change, between words that did
)

// appendix lays out the tables of what changed.
func (l *Laid) appendix(x *like) *page.Document {
	s := l.sheet(x).Text(ownBody)
	a := &appendix{laid: l, r: l.result, has: func(r rune) bool { return has(s, r) }, like: x}
	a.heading(ownTitle, 1, "变动对照表")
	a.documents()
	a.totals()
	a.causes()
	a.cells()
	a.sentences()
	a.rows()
	tree := &doc.Document{Title: "变动对照表", Author: l.tree.Author, Styles: x.styles,
		Sections: []doc.Section{{Page: ownPage, Title: "变动对照表", Blocks: a.blocks, Numbered: true, Restart: true}}}
	pages, _ := layout.Lay(tree, l.families)
	return pages
}

// appendix composes the tables.
type appendix struct {
	laid   *Laid
	r      *compare.Result
	like   *like
	has    func(rune) bool // whether tables can show a character
	blocks []doc.Block
	lists  int // headings of lists so far
}

func (a *appendix) heading(style string, level int, text string) {
	a.blocks = append(a.blocks, &doc.Heading{Text: doc.Text{String: text}, Style: style, Level: level, Bookmark: text})
}

// list begins one of the lists.
func (a *appendix) list(title string) {
	a.lists++
	a.heading(ownSub, 2, string([]rune("一二三四五六")[a.lists-1])+"、"+title)
}

func (a *appendix) note(text string) {
	if _, below := a.blocks[len(a.blocks)-1].(*doc.Table); below {
		a.blocks = append(a.blocks, &doc.Space{Height: 6000})
	}
	a.blocks = append(a.blocks, &doc.Paragraph{Style: ownNote, Spans: []doc.Span{{Text: doc.Text{String: text}}}})
}

// column is a column of a table.
type column struct {
	title string
	align doc.Align
	share int
	least int64 // thousandths of a point
}

// table begins a table. right stands above it at the right.
func (a *appendix) table(id, title, right string, columns ...column) *doc.Table {
	t := a.like.grid
	t.ID, t.Caption = "附-"+id, doc.Text{String: title}
	t.Style, t.HeadStyle, t.NoteStyle = ownBody, ownHead, ownNote
	t.MinSize, t.Continued = 7500, title+"（续）"
	if right != "" {
		t.Right = &doc.Text{String: right}
	}
	var head doc.Row
	for _, c := range columns {
		t.Columns = append(t.Columns, doc.Column{Align: c.align, Share: c.share, Min: c.least})
		head.Cells = append(head.Cells, doc.Cell{Text: []doc.Text{{String: c.title}}, Header: doc.HeaderColumn, Align: doc.AlignCenter, AlignSet: true})
	}
	t.Head = []doc.Row{head}
	a.blocks = append(a.blocks, &t)
	return &t
}

// row adds a row of texts; those of columns at the right are numbers, which are never parted.
func row(t *doc.Table, texts ...string) *doc.Row {
	r := doc.Row{Splittable: true}
	for i, s := range texts {
		c := doc.Cell{Number: t.Columns[i].Align == doc.AlignRight}
		if s != "" {
			c.Text = []doc.Text{{String: s}}
		}
		if i == 0 {
			c.Header = doc.HeaderRow
		}
		if c.Number {
			r.Splittable = false
		}
		r.Cells = append(r.Cells, c)
	}
	t.Body = append(t.Body, r)
	return &t.Body[len(t.Body)-1]
}

// groups gathers the rows of a table below what they belong to, which is said again on further pages.
type groups struct {
	t     *doc.Table
	name  string
	title int // the row that names the group at hand
	first int // the row whose first cell stands for those below it too
	begun bool
}

func (g *groups) row(name, title string, texts ...string) *doc.Row {
	if !g.begun || name != g.name {
		g.begun, g.name, g.title, g.first = true, name, len(g.t.Body), -1
		c := doc.Cell{Text: []doc.Text{{String: title}}, ColSpan: len(g.t.Columns), Align: doc.AlignLeft, AlignSet: true, Header: doc.HeaderRow, Style: ownHead}
		g.t.Body = append(g.t.Body, doc.Row{Cells: []doc.Cell{c}, KeepNext: true})
	}
	r := row(g.t, texts...)
	g.t.Body[g.title].HeadOf = len(g.t.Body) - 1 - g.title
	return r
}

// under is row for one of several of a name, which stands before them once.
func (g *groups) under(name, title string, texts ...string) {
	r := g.row(name, title, texts...)
	if g.first >= 0 {
		first := &g.t.Body[g.first].Cells[0]
		if first.Text[0].String == texts[0] && max(first.RowSpan, 1) < mostSpanned {
			first.RowSpan = max(first.RowSpan, 1) + 1
			r.Cells = r.Cells[1:]
			return
		}
	}
	if g.first = -1; texts[0] != "" {
		g.first = len(g.t.Body) - 1
	}
}

// amount is an amount in 元, or nothing.
func amount(a money.Amount, has bool) string {
	if !has {
		return ""
	}
	return yuan(a)
}

func yuan(a money.Amount) string { return money.Usual(money.Yuan).Exactly(a).String(a) }

// more is a difference with its sign.
func more(a money.Amount) string {
	if a.Sign() > 0 {
		return "+" + yuan(a)
	}
	return yuan(a)
}

// causesOf are numbers of causes as the marks have them, or what else a change comes from.
func (a *appendix) causesOf(class compare.Class, causes []int) string {
	var out strings.Builder
	for i, c := range causes {
		if i == mostListed {
			fmt.Fprintf(&out, "等%d项", len(causes))
			break
		}
		out.WriteString(circled(c, a.has))
	}
	return out.String() + otherCause(class)
}

// classes is how many classes of changes there are.
const classes = int(compare.ByProgram) + 1

// otherCause is what a change comes from that has no cause among the facts.
func otherCause(c compare.Class) string {
	return [classes]string{compare.ByFacts: "", compare.ByResidue: "尾差", compare.ByTemplate: "模板", compare.ByProgram: "程序"}[c]
}

// pagesOf are the pages of an effect for people.
func (a *appendix) pagesOf(list List, i int) string {
	pages := a.laid.PagesOf(list, i)
	var out []string
	for _, p := range pages {
		if len(out) == mostPages {
			return strings.Join(out, "、") + fmt.Sprintf("等%d页", len(pages))
		}
		out = append(out, p.String())
	}
	return strings.Join(out, "、")
}

// left says what a list leaves out.
func (a *appendix) left(n, most int, of string) {
	if n > most {
		a.note(fmt.Sprintf("以上列出前%d%s，另有%d%s没有列出；变动对照表工作簿（diff -o 文件名.xlsx）里是全部。", most, of, n-most, of))
	}
}
