// Package layout turns a document tree into finished pages.
//
// Blocks flow down the type area one after the other. Each is asked to fill the room that is left and keeps what
// did not fit for the next page; on an empty page it must make progress, so that layout always ends. The files:
// flow (blocks onto pages), keep (what stays together), turn (tables that share a page), fitted (tables set smaller for a page),
// plan and mend (pages of running text, before they are laid), paragraph, contents, number (page numbers), structure (the
// tree for readers of the structure), dump (pages as text, for tests).
package layout

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/table"
	"yusuan/internal/typeset/unit"
)

// Families finds the family that draws a role.
type Families = style.Families

// Option is what else is wanted of a layout.
type Option func(*layouter)

// WithMarks lets pages say which of their texts are numbers and words of the author's (page.Page.Marks).
func WithMarks(l *layouter) { l.sheet.Marking, l.sheet.Marks = true, l.doc.Marks }

// WithPlaces is WithMarks for who draws on the pages: marks are also of what is drawn again (heads of tables on further parts),
// and pages say where the cells of tables stand.
func WithPlaces(l *layouter) {
	WithMarks(l)
	l.sheet.Places = true
}

// Until asks between sections whether nobody wants the pages any more; then there are none.
func Until(quit func() bool) Option { return func(l *layouter) { l.quit = quit } }

// Lay lays a document out. Whatever the trouble, the pages hold all texts; the diagnostics say what is wrong.
func Lay(d *doc.Document, families Families, options ...Option) (*page.Document, diag.List) {
	l := newLayouter(d, families, options)
	l.pages = make([]page.Page, 0, usualPages)
	starts := make([]page.Start, len(d.Sections))
	for i := range d.Sections {
		if l.quit != nil && l.quit() {
			return &page.Document{}, l.sheet.Diags
		}
		l.section(&d.Sections[i])
		starts[i] = l.start
	}
	l.fillContents()
	out := &page.Document{
		Info: page.Info{
			Title: d.Title, Author: d.Author, Subject: d.Subject, Keywords: d.Keywords,
			Lang: "zh-CN", Date: d.Date,
		},
		Pages:     l.pages,
		Elems:     l.tree.elems,
		Bookmarks: l.bookmarks(),
		Starts:    starts,
	}
	return out, l.sheet.Diags
}

// Section lays a section of a document out anew, behind the pages that stand before it in the document as it was laid out: number
// is that of the last of them. It returns the pages of the section, as screens show them: what leads from page to page is not told.
func Section(d *doc.Document, section int, before []page.Page, number int, families Families, options ...Option) []page.Page {
	l := newLayouter(d, families, options)
	l.pages, l.number = slices.Clip(before), number
	l.section(&d.Sections[section])
	return slices.Clip(l.pages[len(before):])
}

func newLayouter(d *doc.Document, families Families, options []Option) *layouter {
	l := &layouter{
		doc:   d,
		sheet: style.NewSheet(d.Styles, families),
		tree:  newTree(d),
	}
	for _, o := range options {
		o(l)
	}
	l.sheet.Setter.Words.Names = []string{d.Author} // whose document it is
	l.mirrored = d.Styles != nil && d.Styles.Mirrored
	l.listed = headings(d)
	return l
}

// usualPages is the number of pages of a document of a department.
const usualPages = 40

// layouter is the state of one layout.
type layouter struct {
	doc    *doc.Document
	sheet  *style.Sheet
	tree   tree
	pages  []page.Page
	open   *openPage
	texts  []page.Text // memory for the next page
	rules  []page.Rule
	blocks []lines    // where paragraphs stand
	pieces []piece    // of the paragraph at hand
	spans  []par.Span // and as they are set
	part   table.Part // of the table at hand, on the open page
	memory table.Memory
	sect   *doc.Section
	before int // pages before that section
	start  page.Start
	quit   func() bool
	paper  doc.PageStyle
	number int // of the page last begun
	// mirrored documents are bound at the left of right-hand pages and at the right of the others.
	mirrored bool

	listed  []*doc.Heading // all headings, and paragraphs that the outline names, in order
	places  []place        // of the headings laid so far, in the same order
	entries []entry        // lines of the contents still without page numbers
}

// place is where a heading stands.
type place struct {
	page int
	y    unit.Length
}

// onSheet is how far down the sheet a reader is led to see a place. On a turned page every place needs the whole sheet.
func (l *layouter) onSheet(p place) unit.Length {
	if l.pages[p.page].Turned {
		return 0
	}
	return p.y
}

// section lays out one section, page style by page style.
func (l *layouter) section(s *doc.Section) {
	l.closePage()
	l.sect, l.start = s, page.Start{Page: len(l.pages), Number: l.number}
	if s.Right {
		l.rightHand()
	}
	if s.Restart {
		l.number = 0
	}
	l.paper = l.sheet.Page(s.Page)
	l.tree.section(s)
	l.before = len(l.pages)
	rest := s.Blocks
	for len(rest) > 0 {
		n := 0
		for n < len(rest) {
			if x, ok := rest[n].(*doc.PageBreak); ok && !shares(x) {
				break
			}
			n++
		}
		l.run(rest[:n])
		if n == len(rest) {
			break
		}
		l.closePage()
		if name := rest[n].(*doc.PageBreak).Page; name != "" {
			l.paper = l.sheet.Page(name)
		}
		rest = rest[n+1:]
	}
	if l.open == nil && len(l.pages) == l.before {
		l.openPage(false)
	}
	l.closePage()
}

// shares reports whether a page break leaves what follows on the page that is open, if it can.
func shares(x *doc.PageBreak) bool { return x.Share && x.Page == "" }

// items sets blocks for the page style that holds now; tables are set already.
func (l *layouter) items(blocks []doc.Block, tables map[*doc.Table]*table.Table) []item {
	out := make([]item, 0, len(blocks))
	area := l.area()
	for _, b := range blocks {
		switch b := b.(type) {
		case *doc.Heading:
			out = append(out, l.heading(b, area.width))
		case *doc.Paragraph:
			out = append(out, l.paragraph(b, area.width))
		case *doc.Table:
			out = l.table(out, b, l.fitted(out, b, tables[b]), area)
		case *doc.Chart:
			out = append(out, l.figure(b, area))
		case *doc.Contents:
			out = l.contents(out, b, area.width)
		case *doc.Space:
			out = append(out, item{block: &space{height: unit.Length(b.Height), weight: b.Fill}})
		case *doc.PageBreak:
			out = append(out, item{block: &turn{}})
		}
	}
	join(out)
	return out
}

// table adds a table and its notes, which stay with its last row.
func (l *layouter) table(out []item, d *doc.Table, g *grid, area rect) []item {
	at := len(out)
	out = append(out, item{block: g})
	s := g.table.NoteStyle()
	for k := range d.Notes {
		x := &d.Notes[k]
		out = append(out, l.lines(s, area.width, piece{x.String, &x.Origin, s, x.Marks}))
	}
	for i := at + 1; i < len(out); i++ {
		g.tail += out[i].before + out[i].block.whole() + out[i].after
	}
	if g.tail > area.height/3 { // long notes may run on to the next page
		g.tail = out[at+1].before + out[at+1].block.need()
	}
	return out
}

// bookmarks is the outline.
func (l *layouter) bookmarks() []page.Bookmark {
	var out []page.Bookmark
	level := -1
	for i, h := range l.listed[:len(l.places)] {
		if h.Bookmark == "" {
			continue
		}
		level = min(max(h.Level-1, 0), level+1) // an outline leaves no level out
		out = append(out, page.Bookmark{Title: h.Bookmark, Level: level, Page: l.places[i].page, Y: l.onSheet(l.places[i])})
	}
	return out
}

// headings lists the headings of the document in order, and as such the paragraphs that the outline names.
func headings(d *doc.Document) []*doc.Heading {
	var out []*doc.Heading
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				out = append(out, b)
			case *doc.Paragraph:
				if b.Level > 0 && b.Bookmark != "" {
					out = append(out, &doc.Heading{Level: b.Level, Bookmark: b.Bookmark})
				}
			}
		}
	}
	return out
}

// plain is a text without its line breaks.
func plain(s string) string { return strings.ReplaceAll(s, "\n", "") }
