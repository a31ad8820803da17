package html

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/table"
)

// tableWith writes the table that blocks begin with, with the headings and lines that lead to it as its caption, and returns
// how many blocks those are; 0 if there is none.
func (w *writer) tableWith(all []doc.Block) int {
	at, named := 0, false
	for ; at < len(all); at++ {
		switch b := all[at].(type) {
		case *doc.Table:
			if at > 0 && !named {
				return 0
			}
			w.table(b, all[:at])
			return at + 1
		case *doc.Heading:
			if b.Level <= 1 || named {
				return 0
			}
			named = tableOf(all[at+1:], b.Text.String) != nil
			if !named {
				return 0
			}
		case *doc.Paragraph:
			if !b.Quiet && b.Level == 0 && !b.KeepNext && !w.style(b.Style).KeepNext || blank(b) {
				return 0
			}
		case *doc.Space:
			if at == 0 {
				return 0
			}
		default:
			return 0
		}
	}
	return 0
}

// grid is a table on its way.
type grid struct {
	*writer
	table  *doc.Table
	called string
	places []table.Place
	ids    []string // by place: what others call it that name it as their head
	begun  []int    // by column: in how many before it a cell begins
	sticky int      // the column that stays in sight, -1 for none
}

// table writes a table below its headings: on the page they are its caption, in the article they stand above it.
func (w *writer) table(t *doc.Table, above []doc.Block) {
	label := ""
	for _, b := range above {
		if h, ok := b.(*doc.Heading); ok {
			label = w.anchor[h]
		}
	}
	g := grid{writer: w, table: t, called: label, sticky: -1, places: table.Places(t)}
	if label == "" {
		g.called = w.own(nameless(t))
	}
	g.columns()
	if w.bare {
		g.above(above)
		w.raw(`<table border="1" cellpadding="4" cellspacing="0" width="100%">` + "\n")
		g.rows()
		g.notes()
		return
	}
	g.ids = make([]string, len(g.places))
	for i := range g.places {
		for _, h := range g.places[i].Heads {
			if g.ids[h] == "" {
				g.ids[h] = w.own(g.called + "." + strconv.Itoa(g.places[h].Row+1) + "." + strconv.Itoa(g.places[h].Col+1))
			}
		}
	}
	g.sticky = g.stays()
	g.region(label != "")
	w.raw("<table")
	if c := g.class(); c != "" {
		w.raw(` class="` + c + `"`)
	}
	if len(t.Notes) > 0 {
		w.attr("aria-describedby", g.called+noteOf)
	}
	w.raw(">\n")
	if len(above) > 0 || t.Left != nil || t.Right != nil {
		w.raw("<caption>")
		g.above(above)
		w.raw("</caption>\n")
	}
	g.rows()
	w.raw("</div>\n")
	g.notes()
}

// columns counts those that a cell begins in: forms have others, which are none to browsers.
func (g *grid) columns() {
	columns := 1
	for i := range g.places {
		columns = max(columns, g.places[i].Col+g.places[i].Cols)
	}
	begins := make([]bool, columns)
	for i := range g.places {
		begins[g.places[i].Col] = true
	}
	g.begun = make([]int, columns+1)
	for col, yes := range begins {
		g.begun[col+1] = g.begun[col]
		if yes {
			g.begun[col+1]++
		}
	}
}

// nameless is the id of a table without a heading.
func nameless(t *doc.Table) string {
	if t.ID == "" {
		return "t"
	}
	return "t-" + words(t.ID)
}

// region begins the box of a table, in which it moves where it is wider than the screen. Links lead to the box: the title of
// a wide table is in the middle of it.
func (g *grid) region(titled bool) {
	g.raw(`<div class="box`)
	if g.wide {
		g.raw(" wide")
	}
	g.raw(`"`)
	g.id(g.called)
	if titled {
		g.raw(` role="region" tabindex="0"`)
		g.attr("aria-labelledby", g.called+titleOf)
	} else {
		g.raw(` role="group" tabindex="0" aria-label="表格"`)
	}
	g.raw(">\n")
}

// titleOf and noteOf name the title and the notes of a table.
const titleOf, noteOf = "-title", "-note"

// class says what kind of table it is.
func (g *grid) class() string {
	switch {
	case g.table.RuleWidth == 0 && g.table.FrameWidth == 0:
		return "open"
	case len(g.table.Head) == 0:
		return "form"
	}
	return ""
}

// above writes the headings and lines of a table, and the line above its grid.
func (g *grid) above(blocks []doc.Block) {
	g.blocks(blocks)
	t := g.table
	if t.Left == nil && t.Right == nil {
		return
	}
	if g.bare {
		for _, x := range [...]struct {
			text  *doc.Text
			align string
		}{{t.Left, "left"}, {t.Right, "right"}} {
			if x.text != nil && x.text.String != "" {
				g.raw(`<p align="` + x.align + `" style="text-align:` + x.align + `">`)
				g.text(x.text.String)
				g.raw("</p>\n")
			}
		}
		return
	}
	g.raw(`<p class="above">`)
	for _, x := range [...]*doc.Text{t.Left, t.Right} {
		g.raw("<span>")
		if x != nil {
			g.marked(x)
		}
		g.raw("</span> ")
	}
	g.raw("</p>")
}

// notes writes what stands below the table.
func (g *grid) notes() {
	if len(g.table.Notes) == 0 {
		return
	}
	if !g.bare {
		g.raw(`<div class="note"`)
		g.id(g.called + noteOf)
		g.raw(">\n")
	}
	for i := range g.table.Notes {
		g.raw("<p>")
		g.marked(&g.table.Notes[i])
		g.raw("</p>\n")
	}
	g.around("/div")
}

// stays is the column that names the rows, which stays in sight while others move: of the columns of names before the numbers
// that which names the most. Tables of sides and forms have none.
func (g *grid) stays() int {
	t := g.table
	if len(t.Head) == 0 || slices.ContainsFunc(t.Columns, func(c doc.Column) bool { return c.Side != t.Columns[0].Side }) {
		return -1
	}
	first, names, best := len(t.Columns), make([]int, len(t.Columns)+1), -1 // the first column of numbers; names by column
	for i := range g.places {
		p := &g.places[i]
		switch {
		case p.Row < len(t.Head) || p.Cols > 1 || p.Col >= len(t.Columns):
		case p.Number:
			first = min(first, p.Col)
		case p.Scope == page.ScopeRow:
			names[p.Col]++
		}
	}
	for col, n := range names[:first] {
		if n > 0 && (best < 0 || n > names[best]) {
			best = col
		}
	}
	return best
}

// rows writes the rows and ends the table. Of a table that says nothing, one row is enough to show it.
func (g *grid) rows() {
	head, next := len(g.table.Head), 0
	empty := head > 0
	for i := range g.places {
		empty = empty && (g.places[i].Row < head || !says(g.places[i].Cell))
	}
	last := head + len(g.table.Body)
	if empty {
		last = min(last, head+1)
	}
	for r := range last {
		switch {
		case r == 0 && head > 0:
			g.raw("<thead>\n")
		case r == head:
			g.raw("<tbody>\n")
		}
		g.raw("<tr>")
		for ; next < len(g.places) && g.places[next].Row == r; next++ {
			g.cell(next, empty)
		}
		g.raw("</tr>\n")
		switch {
		case r == head-1:
			g.raw("</thead>\n")
		case r == last-1:
			g.raw("</tbody>\n")
		}
	}
	g.raw("</table>\n")
}

func says(c *doc.Cell) bool {
	return slices.ContainsFunc(c.Text, func(x doc.Text) bool { return strings.TrimSpace(x.String) != "" })
}

// cell writes a cell. alone says that its row is the only one of those it may span.
func (g *grid) cell(n int, alone bool) {
	p := &g.places[n]
	element := "td"
	if p.Scope != page.NoScope {
		element = "th"
	}
	g.raw("<" + element)
	if !g.bare {
		g.classes(p)
		g.id(g.ids[n])
	}
	switch p.Scope {
	case page.ScopeColumn:
		g.raw(` scope="col"`)
	case page.ScopeRow, page.ScopeBoth:
		g.raw(` scope="row"`)
	}
	g.count("colspan", g.begun[p.Col+p.Cols]-g.begun[p.Col])
	if !alone || p.Row < len(g.table.Head) {
		g.count("rowspan", p.Rows)
	}
	if g.bare {
		g.looks(p)
	} else if len(p.Heads) > 0 {
		g.raw(` headers="`)
		for i, h := range p.Heads {
			if i > 0 {
				g.raw(" ")
			}
			g.out = Escape(g.out, g.ids[h])
		}
		g.raw(`"`)
	}
	whole := g.whole(p)
	if whole != "" {
		g.figure(whole)
	}
	g.raw(">")
	g.texts(p, whole != "")
	g.raw("</" + element + ">")
}

// whole is what the number is called that is all that a cell says; "" if it says anything else.
func (g *grid) whole(p *table.Place) string {
	switch {
	case len(p.Text) != 1 || p.Text[0].String == "":
		return ""
	case p.Number && g.table.Of > 0 && p.Row >= len(g.table.Head):
		return g.name(g.table.Of + int32((p.Row-len(g.table.Head))*len(g.table.Columns)+p.Col))
	}
	marks := doc.MarksOf(g.source.Tree.Marks, p.Text[0].Marks)
	if len(marks) == 1 && marks[0].From == 0 && int(marks[0].To) == len(p.Text[0].String) {
		return g.name(marks[0].Of)
	}
	return ""
}

// texts writes what a cell says, several texts as paragraphs; in the article, where those would stand far apart, as lines.
func (g *grid) texts(p *table.Place, whole bool) {
	upright := p.Vertical && !g.bare
	if upright {
		g.raw(`<span class="v">`)
	}
	paragraphs := !g.bare && (len(p.Text) > 1 || p.FirstIndent && !whole)
	for i := range p.Text {
		if g.bare && i > 0 {
			g.raw("<br>")
		}
		if paragraphs {
			g.raw("<p>")
		}
		if whole {
			g.text(p.Text[i].String)
		} else {
			g.marked(&p.Text[i])
		}
		if paragraphs {
			g.raw("</p>")
		}
	}
	if upright {
		g.raw("</span>")
	}
}

// align is where the text of a cell stands.
func (g *grid) align(p *table.Place) doc.Align {
	switch {
	case p.AlignSet:
		return p.Align
	case p.Row < len(g.table.Head):
		return doc.AlignCenter
	case p.Number:
		return doc.AlignRight
	case p.Col < len(g.table.Columns):
		return g.table.Columns[p.Col].Align
	}
	return doc.AlignLeft
}

// classes writes how a cell looks on the page.
func (g *grid) classes(p *table.Place) {
	var list [4]string
	all := list[:0]
	switch g.align(p) {
	case doc.AlignCenter:
		all = append(all, "c")
	case doc.AlignRight, doc.AlignDecimal:
		all = append(all, "r")
	}
	if p.Number {
		all = append(all, "n")
	}
	if p.Indent > 0 {
		all = append(all, "i"+strconv.Itoa(min(p.Indent, 6)))
	}
	if p.FirstIndent {
		all = append(all, "p")
	}
	if p.Col == g.sticky && p.Cols == 1 {
		all = append(all, "k")
	}
	if len(all) > 0 {
		g.raw(` class="` + strings.Join(all, " ") + `"`)
	}
}

// looks writes how a cell looks in the article, where it is not as browsers have it: they set heads of rows as those of columns.
func (g *grid) looks(p *table.Place) {
	name := p.Scope != page.NoScope && p.Row >= len(g.table.Head) && g.class() != "form"
	switch g.align(p) {
	case doc.AlignCenter:
		g.raw(` align="center"`)
	case doc.AlignRight, doc.AlignDecimal:
		g.raw(` align="right"`)
	default:
		if p.Scope != page.NoScope {
			g.raw(` align="left"`)
		}
	}
	switch {
	case name && p.Indent > 0:
		g.raw(` style="font-weight:normal;padding-left:` + strconv.Itoa(p.Indent+1) + `em"`)
	case name:
		g.raw(` style="font-weight:normal"`)
	case p.Indent > 0:
		g.raw(` style="padding-left:` + strconv.Itoa(p.Indent+1) + `em"`)
	}
}
