package layout

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// entry is a line of the contents that waits for its page number. The room for the number is set aside before it is
// known, so the pages of the contents never depend on it and one pass is enough.
type entry struct {
	heading int // index in listed
	page    int // where the entry stands
	leader  int // its leader and, next to it, its number in the page's texts
	link    int // in the page's links
	style   *style.Text
	dots    *style.Text
	end     unit.Length // of the entry's text
	right   unit.Length // edge that the numbers keep
	title   string
}

// numberRoom is what an entry leaves free at the end of its lines: a page number of three digits and a leader.
const numberRoom = 3500

// contents adds an entry for each heading that is listed.
func (l *layouter) contents(out []item, c *doc.Contents, width unit.Length) []item {
	if len(c.Styles) == 0 {
		c = &doc.Contents{Styles: []string{""}}
	}
	dots := l.sheet.Text(c.Styles[len(c.Styles)-1])
	toc, first := page.ElemID(0), len(out)
	for i, h := range l.listed {
		if h.Contents == "" {
			continue
		}
		s := l.sheet.Text(c.Styles[min(max(h.Level, 1), len(c.Styles))-1])
		it := l.lines(s, width-s.Em(numberRoom), piece{h.Contents, &h.Text.Origin, s, 0})
		b := it.block.(*lines)
		b.solid = true
		link := page.ElemID(0)
		b.begin = func(l *layouter, _ *openPage, _ unit.Length) page.ElemID {
			if toc == 0 {
				toc = l.tree.add(page.Elem{Kind: page.KindTOC, Parent: l.tree.current()})
			}
			toci := l.tree.add(page.Elem{Kind: page.KindTOCI, Parent: toc})
			ref := l.tree.add(page.Elem{Kind: page.KindReference, Parent: toci})
			link = l.tree.add(page.Elem{Kind: page.KindLink, Parent: ref})
			return link
		}
		e := entry{heading: i, style: s, dots: dots, title: plain(h.Contents)}
		b.drawn = func(l *layouter, p *openPage, y unit.Length) {
			l.enter(e, b, p, y, link)
		}
		out = append(out, it)
	}
	tighten(out, first, l.area().height)
	return out
}

// closest is the least leading, in thousandths of the size, of a contents that is set closer to fit its page.
const closest = 1250

// tighten sets the entries from first on, which are lines of the contents, closer where a page of its own would be begun
// for a few of them.
func tighten(items []item, first int, height unit.Length) {
	var give unit.Length
	for i := range items {
		it := &items[i]
		height -= it.whole() + it.after
		if i > 0 {
			height -= it.before
		}
		if i >= first {
			b := it.block.(*lines)
			give += unit.Length(len(b.lines)) * max(0, b.style.Leading-b.style.Em(closest))
		}
	}
	if height >= 0 || give+height < 0 {
		return
	}
	for i := range items[first:] {
		b := items[first+i].block.(*lines)
		s := *b.style
		s.Leading -= (max(0, s.Leading-s.Em(closest))*-height + give - 1) / give
		b.style = &s
	}
}

// enter notes a drawn entry, y being the top of the lines drawn last, and keeps places for what is still unknown.
func (l *layouter) enter(e entry, b *lines, p *openPage, y unit.Length, link page.ElemID) {
	last := &b.lines[len(b.lines)-1]
	e.page, e.leader, e.link = len(l.pages), len(p.Texts), len(p.Links)
	e.end = p.area.left + b.left + last.Width
	e.right = p.area.left + p.area.width - b.style.Em(b.style.RightIndent)
	height := unit.Length(len(b.lines)) * b.style.Leading
	base := p.area.top + y + height - b.style.Leading + b.style.Baseline()
	p.Texts = append(p.Texts,
		page.Text{X: e.right, Y: base, Elem: page.ArtifactLayout},
		page.Text{X: e.right, Y: base, Elem: link})
	p.Links = append(p.Links, page.Link{
		X: p.area.left + b.left, Y: p.area.top + y, W: e.right - p.area.left - b.left, H: height, Elem: link,
	})
	l.entries = append(l.entries, e)
}

// fillContents writes page numbers and leaders and leads the links to their pages.
func (l *layouter) fillContents() {
	for i := range l.entries {
		e := &l.entries[i]
		pg := &l.pages[e.page]
		to := l.places[e.heading]
		label := l.pages[to.page].Label
		link := &pg.Links[e.link]
		link.Page, link.TargetY, link.Contents = to.page, l.onSheet(to), e.title
		if label == "" {
			continue
		}
		link.Contents = fmt.Sprintf("%s，第 %s 页", e.title, label)
		l.writeNumber(e, pg, label)
	}
	for i := range l.entries { // places that were kept for what is not to be written
		if pg := &l.pages[l.entries[i].page]; i == 0 || l.entries[i-1].page != l.entries[i].page {
			dropEmpty(pg)
		}
	}
}

// dropEmpty drops the texts of a page that hold nothing. Marks keep to theirs.
func dropEmpty(pg *page.Page) {
	dropped, next := int32(0), 0
	for i := range pg.Texts {
		for ; next < len(pg.Marks) && int(pg.Marks[next].Text) <= i; next++ {
			pg.Marks[next].Text -= dropped
		}
		if pg.Texts[i].Text == "" {
			dropped++
		}
	}
	pg.Texts = slices.DeleteFunc(pg.Texts, func(t page.Text) bool { return t.Text == "" })
}

func (l *layouter) writeNumber(e *entry, pg *page.Page, label string) {
	l.spans = append(l.spans[:0], e.style.Span(label))
	ask := e.style.Paragraph(e.style.Em(numberRoom), l.spans...)
	ask.Align, ask.FirstIndent, ask.Tracking, ask.Balance = par.Left, 0, 0, false
	res := l.sheet.Setter.Set(&ask)
	if len(res.Lines) == 0 || len(res.Lines[0].Runs) == 0 {
		return
	}
	line := &res.Lines[0]
	number := &pg.Texts[e.leader+1]
	run := &line.Runs[0]
	number.X, number.Face, number.Size = e.right-line.Width, run.Face, run.Size
	number.Text, number.Advances = run.Text, run.Advances
	writeLeader(e, &pg.Texts[e.leader], number.X)
}

// writeLeader fills the room between an entry and its number with dots. All dots of the contents stand on one grid
// of thirds of an em, counted from the right edge, whatever the size of the entry. The middle of a dot's advance is
// on the grid, so the glyph's own width does not matter.
func writeLeader(e *entry, t *page.Text, number unit.Length) {
	const dot = '·'
	face := e.dots.Faces.Pick(dot)
	if face == nil {
		return
	}
	size := e.dots.Size
	pitch := size / 3
	half := size.Milli(int64(face.RuneAdvance(dot))) / 2
	from, to := e.end+size/3, number-size/3
	if pitch <= 0 || from >= to {
		return
	}
	first := (e.right - from) / pitch // dots are counted from the right
	last := (e.right - to + pitch - 1) / pitch
	n := int(first - last + 1)
	if n < 2 {
		return
	}
	t.X, t.Face, t.Size = e.right-first*pitch-half, face, size
	t.Text = strings.Repeat(string(dot), n)
	t.Advances = slices.Repeat([]unit.Length{pitch}, n)
}
