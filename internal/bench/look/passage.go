package main

import (
	"strings"
	"unicode"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// passage is a paragraph, a heading or a cell as it stands on the pages.
type passage struct {
	elem   page.ElemID
	source *source // nil where the tree has none for it
	lines  []line
}

// line is a set line. Marks and blanks are glyphs too.
type line struct {
	page   int
	y      unit.Length
	glyphs []glyph
	ends   bool // the paragraph, or what stands before a forced break
}

type glyph struct {
	r          rune
	x, end     unit.Length
	face       *font.Face
	size, base unit.Length
}

// source is a passage in the tree.
type source struct {
	segments []string // between forced breaks, without blanks
	justify  bool
	tracking int
	indent   int // at the right, thousandths of the size
	vertical bool
	run      int         // text of one run goes on from page to page
	keep     bool        // what follows stays with it: a heading, or a table that it belongs to
	pitch    unit.Length // from line to line
}

func (l *line) text() string {
	var b strings.Builder
	for i := range l.glyphs {
		b.WriteRune(l.glyphs[i].r)
	}
	return b.String()
}

// visible are the glyphs without blanks at the end.
func (l *line) visible() []glyph {
	n := len(l.glyphs)
	for n > 0 && unicode.IsSpace(l.glyphs[n-1].r) {
		n--
	}
	return l.glyphs[:n]
}

// start and end are the edges of what is seen of a line.
func (l *line) start() unit.Length { return l.glyphs[0].x }
func (l *line) end() unit.Length {
	if v := l.visible(); len(v) > 0 {
		return v[len(v)-1].end
	}
	return l.start()
}

// read finds the passages of a document: prose, which flows, and cells of tables. What stands in charts and in the contents
// is neither. Of passages that the tree does not have in this order source is nil.
func read(d *document) (prose, cells []passage) {
	proseSources, cellSources := sources(d.tree)
	at := map[page.ElemID]int{}
	for n := range d.pages.Pages {
		p := &d.pages.Pages[n]
		for i := range p.Texts {
			t := &p.Texts[i]
			if t.Elem < 0 {
				continue
			}
			var to *[]passage
			switch d.pages.Elems[t.Elem].Kind {
			case page.KindP, page.KindH1, page.KindH2, page.KindH3, page.KindH4:
				to = &prose
			case page.KindTH, page.KindTD:
				to = &cells
			default:
				continue
			}
			k, ok := at[t.Elem]
			if !ok {
				k = len(*to)
				at[t.Elem] = k
				*to = append(*to, passage{elem: t.Elem})
			}
			(*to)[k].add(n, t)
		}
	}
	join(prose, proseSources)
	join(cells, cellSources)
	return prose, cells
}

// add puts a text on the line that it goes on, or on a new one.
func (p *passage) add(on int, t *page.Text) {
	if n := len(p.lines) - 1; n < 0 || !p.lines[n].goesOn(on, t) {
		p.lines = append(p.lines, line{page: on, y: t.Y})
	}
	l := &p.lines[len(p.lines)-1]
	x, i := t.X, 0
	for _, r := range t.Text {
		l.glyphs = append(l.glyphs, glyph{r, x, x + t.Advances[i], t.Face, t.Size, t.Y})
		x += t.Advances[i]
		i++
	}
}

// goesOn reports whether a text stands on the line. A face may be moved a little up or down, and a mark that begins a run
// stands to the left of its ink.
func (l *line) goesOn(on int, t *page.Text) bool {
	by := max(t.Y-l.y, l.y-t.Y)
	return l.page == on && by < t.Size/3 && len(l.glyphs) > 0 && t.X > l.glyphs[len(l.glyphs)-1].x-t.Size
}

// within is how many passages of the tree may be missing on the pages one after the other.
const within = 100

// join finds what passages are in the tree, where both stand in the same order, and where their paragraphs end.
func join(passages []passage, all []source) {
	next := 0
	for i := range passages {
		p := &passages[i]
		text := ""
		for k := range p.lines {
			text += bare(p.lines[k].text())
		}
		for k := next; k < len(all) && k < next+within; k++ {
			if strings.Join(all[k].segments, "") == text {
				p.source, next = &all[k], k+1
				break
			}
		}
		p.mark()
	}
}

// mark finds the lines that end.
func (p *passage) mark() {
	for i := range p.lines {
		p.lines[i].ends = i == len(p.lines)-1
	}
	if p.source == nil {
		return
	}
	segment, left := 0, 0
	for i := range p.lines {
		for left == 0 && segment < len(p.source.segments) {
			left = len(p.source.segments[segment])
			segment++
		}
		left -= len(bare(p.lines[i].text()))
		p.lines[i].ends = left <= 0
		left = max(left, 0)
	}
}

// bare is a text without blanks and what is not printed.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, s)
}

// sources are the passages of a tree in the order in which layout draws them, those without any text left out.
func sources(d *doc.Document) (prose, cells []source) {
	run := 0
	add := func(to *[]source, name string, vertical, keep bool, texts ...string) {
		s := source{vertical: vertical, run: run}
		for _, x := range texts {
			for part := range strings.SplitSeq(x, "\n") {
				if part = bare(part); part != "" {
					s.segments = append(s.segments, part)
				}
			}
		}
		if len(s.segments) > 0 {
			t := d.Styles.Texts[name]
			s.justify, s.tracking, s.indent = t.Align == doc.AlignJustify, t.Tracking, t.RightIndent
			s.keep, s.pitch = keep || t.KeepNext, t.Leading
			*to = append(*to, s)
		}
	}
	for i := range d.Sections {
		run++
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.PageBreak:
				run++
			case *doc.Heading:
				add(&prose, b.Style, false, true, b.Text.String)
			case *doc.Paragraph:
				if text := ""; !b.Quiet {
					for k := range b.Spans {
						text += b.Spans[k].String
					}
					add(&prose, b.Style, false, b.KeepNext || b.Level > 0, text)
				}
			case *doc.Table:
				tableSources(b, func(vertical bool, texts ...string) { add(&cells, b.Style, vertical, true, texts...) },
					func(text string) { add(&prose, b.NoteStyle, false, true, text) })
			}
		}
	}
	return prose, cells
}

// tableSources are the cells of a table, and what stands above and below it.
func tableSources(t *doc.Table, cell func(vertical bool, texts ...string), note func(string)) {
	for _, x := range []*doc.Text{t.Left, t.Right} {
		if x != nil {
			note(x.String)
		}
	}
	for _, rows := range [][]doc.Row{t.Head, t.Body} {
		for i := range rows {
			for k := range rows[i].Cells {
				c := &rows[i].Cells[k]
				var texts []string
				for _, x := range c.Text {
					texts = append(texts, x.String)
				}
				cell(c.Vertical, texts...)
			}
		}
	}
	for i := range t.Notes {
		note(t.Notes[i].String)
	}
}
