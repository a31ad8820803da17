package html

import (
	"strings"

	"yusuan/internal/doc"
)

// level is a heading that is open: its level in the document, and as an element.
type level struct{ level, shown int }

// document writes the tree.
func (w *writer) document() {
	w.nameAll()
	sections := w.source.Tree.Sections
	cover := len(sections) > 0 && isCover(&sections[0])
	if !cover {
		w.around("header")
		w.begin("h1", "")
		w.text(w.source.Tree.Title)
		w.raw("</h1>\n")
		w.around("/header")
		w.titled = true
	}
	for i := range sections {
		s := &sections[i]
		w.page(s.Page)
		if i == 0 && cover {
			w.around("header")
			w.blocks(s.Blocks)
			w.around("/header")
			continue
		}
		w.blocks(s.Blocks)
	}
	if w.part != "" {
		w.around("/section")
	}
}

// around writes the begin or end of what only a page has around its parts.
func (w *writer) around(tag string) {
	if !w.bare {
		w.raw("<" + tag + ">\n")
	}
}

// page notes whether what follows stands across on paper.
func (w *writer) page(name string) {
	if w.source.Tree.Styles != nil {
		p := w.source.Tree.Styles.Pages[name]
		w.wide = p.Turned || p.Width > p.Height
	}
}

// isCover reports whether a section is the title of the document: its first words are tagged as a heading, and it has none of
// the template's.
func isCover(s *doc.Section) bool {
	found := false
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case *doc.Heading, *doc.Contents, *doc.Table, *doc.Chart:
			return false
		case *doc.Paragraph:
			found = found || b.Level == 1 && !b.Quiet
		}
	}
	return found
}

// blocks writes the blocks of a section.
func (w *writer) blocks(all []doc.Block) {
	for i := 0; i < len(all); i++ {
		if n := w.tableWith(all[i:]); n > 0 {
			i += n - 1
			continue
		}
		switch b := all[i].(type) {
		case *doc.Heading:
			w.heading(b)
		case *doc.Paragraph:
			i += w.paragraphs(all[i:]) - 1
		case *doc.Chart:
			w.chart(b)
		case *doc.Contents:
			w.contents(nil)
		case *doc.PageBreak:
			if b.Page != "" {
				w.page(b.Page)
			}
		}
	}
}

// paragraphs writes the paragraph that blocks begin with, with what is one element with it, and returns how many those are.
func (w *writer) paragraphs(all []doc.Block) int {
	p := all[0].(*doc.Paragraph)
	switch {
	case p.Quiet || blank(p):
		return 1
	case p.Level == 0:
		w.paragraph(p)
		return 1
	case !w.titled:
		return w.title(all)
	}
	for n := 1; n < len(all); n++ {
		if _, space := all[n].(*doc.Space); space {
			continue
		}
		if _, ok := all[n].(*doc.Contents); ok {
			w.contents(p)
			return n + 1
		}
		break
	}
	w.rank(p.Level, "", func() { w.spans(p) })
	return 1
}

// title writes the paragraphs that the cover begins with as the title of the document.
func (w *writer) title(all []doc.Block) int {
	w.titled = true
	w.begin("h1", "")
	n := 0
	for ; n < len(all); n++ {
		p, ok := all[n].(*doc.Paragraph)
		if !ok || p.Level == 0 || p.Quiet {
			break
		}
		if n > 0 {
			w.raw("<br>")
		}
		w.spans(p)
	}
	w.raw("</h1>\n")
	return n
}

// heading writes a heading, and begins its part.
func (w *writer) heading(h *doc.Heading) {
	id := w.anchor[h]
	if h.Level <= 1 {
		if w.part != "" {
			w.around("/section")
		}
		if w.part = id; !w.bare {
			w.raw("<section")
			w.attr("aria-labelledby", id)
			w.raw(">\n")
		}
	}
	if w.boxed[h] {
		id += titleOf
	}
	w.rank(h.Level, id, func() { w.marked(&h.Text) })
}

// rank writes a heading of a level of the document as one of the page, where none is skipped.
func (w *writer) rank(of int, id string, words func()) {
	of = max(of, 1)
	n := len(w.stack)
	for n > 0 && w.stack[n-1].level >= of {
		n--
	}
	shown := 2
	if n > 0 {
		shown = min(w.stack[n-1].shown+1, 6)
	}
	w.stack = append(w.stack[:n], level{of, shown})
	element := "h" + string('0'+rune(shown))
	w.begin(element, id)
	words()
	w.raw("</" + element + ">\n")
}

// begin begins a heading. Browsers set none in the middle, as the title and those of parts are.
func (w *writer) begin(element, id string) {
	w.raw("<" + element)
	if w.bare && element <= "h2" {
		w.raw(` align="center" style="text-align:center"`)
	}
	w.id(id)
	w.raw(">")
}

// paragraph writes a paragraph of running text.
func (w *writer) paragraph(p *doc.Paragraph) {
	look := w.style(p.Style)
	switch {
	case look.Align == doc.AlignCenter && w.bare:
		w.raw(`<p align="center" style="text-align:center">`)
	case look.Align == doc.AlignRight && w.bare:
		w.raw(`<p align="right" style="text-align:right">`)
	case look.Align == doc.AlignCenter:
		w.raw(`<p class="c">`)
	case look.Align == doc.AlignRight:
		w.raw(`<p class="r">`)
	case look.FirstIndent > 0 && w.bare:
		w.raw(`<p style="text-indent:2em">`)
	case look.FirstIndent > 0:
		w.raw(`<p class="i">`)
	default:
		w.raw("<p>")
	}
	w.spans(p)
	w.raw("</p>\n")
}

// style is a text style of the document; that without a name if there is none.
func (w *writer) style(name string) doc.TextStyle {
	if w.source.Tree.Styles == nil {
		return doc.TextStyle{}
	}
	return w.source.Tree.Styles.Texts[name]
}

// spans writes the texts of a paragraph, those in another face than its own in bold.
func (w *writer) spans(p *doc.Paragraph) {
	own, bold := w.style(p.Style).Family, false
	for i := range p.Spans {
		x := &p.Spans[i]
		other := x.Style != "" && w.style(x.Style).Family != own
		if other != bold {
			w.raw(map[bool]string{true: "<b>", false: "</b>"}[other])
			bold = other
		}
		w.marked(&x.Text)
	}
	if bold {
		w.raw("</b>")
	}
}

func blank(p *doc.Paragraph) bool {
	for i := range p.Spans {
		if strings.TrimSpace(p.Spans[i].String) != "" {
			return false
		}
	}
	return true
}

// marked writes a text, each number in it by its name.
func (w *writer) marked(t *doc.Text) {
	at := 0
	for _, m := range doc.MarksOf(w.source.Tree.Marks, t.Marks) {
		from, to := int(m.From), int(m.To)
		name := w.name(m.Of)
		if name == "" || from < at || to > len(t.String) || from >= to {
			continue
		}
		w.text(t.String[at:from])
		w.raw("<span")
		w.figure(name)
		w.raw(">")
		w.text(t.String[from:to])
		w.raw("</span>")
		at = to
	}
	w.text(t.String[at:])
}

// name is what a number is called; the article names none.
func (w *writer) name(of int32) string {
	if w.bare || w.source.NameOf == nil {
		return ""
	}
	return w.source.NameOf(of)
}

// figure writes the name of a number on its element, and where it is met first the id that leads to it.
func (w *writer) figure(name string) {
	if id := words(name); !w.ids[id] {
		w.ids[id] = true
		w.attr("id", id)
	}
	w.attr("data-figure", name)
}

// contents writes the list of the headings that are listed, below its own heading.
func (w *writer) contents(title *doc.Paragraph) {
	if w.bare {
		return
	}
	w.raw(`<nav aria-label="目录">` + "\n")
	if title != nil {
		w.rank(title.Level, w.own("contents"), func() { w.spans(title) })
	}
	var open []int
	for i := range w.source.Tree.Sections {
		for _, b := range w.source.Tree.Sections[i].Blocks {
			if h, ok := b.(*doc.Heading); ok && h.Contents != "" {
				open = w.entry(open, h)
			}
		}
	}
	for range open {
		w.raw("</li></ol>")
	}
	w.raw("\n</nav>\n")
}

// entry writes a line of the contents in the list of its level. open are the levels of the lists that are open.
func (w *writer) entry(open []int, h *doc.Heading) []int {
	n := len(open)
	for n > 1 && open[n-1] > h.Level {
		w.raw("</li></ol>")
		n--
	}
	switch {
	case n == 0 || open[n-1] < h.Level:
		w.raw("<ol>")
		n++
	default:
		w.raw("</li>")
	}
	open = append(open[:n-1], h.Level)
	w.raw("\n<li><a")
	w.fragment(w.anchor[h])
	w.raw(">")
	w.text(h.Contents)
	w.raw("</a>")
	return open
}
