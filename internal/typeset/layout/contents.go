package layout

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
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
		it := l.entry(s, width-s.Em(numberRoom), piece{h.Contents, &h.Text.Origin, s, h.Listed})
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

// entry sets an entry of the contents. One that takes several lines hangs by its number: the lines below begin where its
// title does.
func (l *layouter) entry(s *style.Text, width unit.Length, x piece) item {
	it := l.lines(s, width, x)
	number := numberOf(x.text)
	if len(it.block.(*lines).lines) < 2 || number == 0 {
		return it
	}
	l.spans = append(l.spans[:0], s.Span(x.text))
	ask := s.Paragraph(endless, l.spans...)
	ask.FirstIndent, ask.Align, ask.Balance = 0, par.Left, false
	hang := int(placeOf(&l.sheet.Setter.Set(&ask).Lines[0], number) * 1000 / s.Size)
	hung := *s
	hung.Indent, hung.FirstIndent = s.Indent+hang, -hang
	return l.lines(&hung, width, x)
}

// numberOf is how many bytes of a title are its number: up to an em space, 第一部分　表5-1　, or 一、 （一） 1. as
// headings have it (GB/T 9704-2012 cl. 7.3.3). 0 is none.
func numberOf(title string) int {
	const most = 30 // bytes: 第二十一部分
	if i := strings.Index(title, "\u3000"); i > 0 && i <= most {
		return i + len("\u3000")
	}
	open := len(title) - len(strings.TrimLeft(title, "（("))
	digits := len(title) - open - len(strings.TrimLeft(title[open:], "一二三四五六七八九十0123456789"))
	if digits == 0 {
		return 0
	}
	if mark, size := utf8.DecodeRuneInString(title[open+digits:]); strings.ContainsRune("、.．）)", mark) {
		return open + digits + size
	}
	return 0
}

// placeOf is where the character at a byte of the text of a line of one span begins.
func placeOf(line *par.Line, at int) unit.Length {
	for i := range line.Runs {
		r := &line.Runs[i]
		if at >= int(r.At)+len(r.Text) {
			continue
		}
		x, k := r.X, 0
		for b := range r.Text {
			if int(r.At)+b >= at {
				break
			}
			x += r.Advances[k]
			k++
		}
		return x
	}
	return line.Width
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
	number.Y -= run.Size.Milli(int64(run.Face.Rise()))
	writeLeader(e, &pg.Texts[e.leader], number.X)
}

// writeLeader fills the room between an entry and its number with dots. All dots of the contents stand on one grid, counted
// from the right edge, whatever the size of the entry.
func writeLeader(e *entry, t *page.Text, number unit.Length) {
	size := e.dots.Size
	face, dot, advance := leader(e.dots)
	from, to := e.end+size/3, number-size/3
	if advance <= 0 || from >= to {
		return
	}
	pitch := max(advance, size/3)
	first := (e.right - from) / pitch // dots are counted from the right
	last := (e.right - to + pitch - 1) / pitch
	n := int(first - last)
	if n < 1 {
		return
	}
	t.X, t.Face, t.Size = e.right-first*pitch, face, size
	t.Y -= size.Milli(int64(face.Rise()))
	t.Text = strings.Repeat(string(dot), n)
	t.Advances = slices.Repeat([]unit.Length{pitch}, n)
}

// leader is what leaders are made of: the middle dot of the face that draws letters, where it is no wider than a third of an
// em, or else an ellipsis, whose three dots stand so far apart in any Chinese face. Dots that are wider and set closer than
// they are wide would each be a line of its own to those who copy the page.
func leader(s *style.Text) (*font.Face, rune, unit.Length) {
	const dot, dots = '·', '…'
	if f := s.Faces.Pick('.'); f != nil && f.Glyph(dot) != 0 {
		if a := s.Size.Milli(int64(f.RuneAdvance(dot))); a <= s.Size/3 {
			return f, dot, a
		}
	}
	f := s.Faces.Pick(dots)
	if f == nil {
		return nil, 0, 0
	}
	return f, dots, s.Size.Milli(int64(f.RuneAdvance(dots)))
}
