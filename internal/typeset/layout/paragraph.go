package layout

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// lines is a set paragraph.
type lines struct {
	style *style.Text
	texts []doc.Text
	lines []par.Line
	next  int         // the line to go on with
	left  unit.Length // indent of all lines
	solid bool        // never parted where one page can hold it
	elem  page.ElemID
	begin func(l *layouter, p *openPage, y unit.Length) page.ElemID // called once, before the first line is drawn
	drawn func(l *layouter, p *openPage, y unit.Length)             // called after the last, may be nil
}

// lines sets texts in a style, of(i) being the style of text i.
func (l *layouter) lines(s *style.Text, width unit.Length, texts []doc.Text, of func(int) *style.Text) item {
	left, right := s.Em(s.Indent), s.Em(s.RightIndent)
	res := l.setLines(s, width-left-right, texts, of)
	l.sheet.ReportSpans("正文", res, texts, of)
	b := &lines{style: s, texts: texts, lines: res.Lines, left: left, begin: asParagraph}
	if len(b.lines) == 0 {
		b.lines = []par.Line{{Forced: true}} // an empty paragraph is an empty line
	}
	if blank(b.lines) { // and nothing to read out
		b.begin = func(*layouter, *openPage, unit.Length) page.ElemID { return page.ArtifactLayout }
	}
	return item{block: b, before: s.Before, after: s.After, keepNext: s.KeepNext}
}

func blank(lines []par.Line) bool {
	for i := range lines {
		if len(lines[i].Runs) > 0 {
			return false
		}
	}
	return true
}

func asParagraph(l *layouter, _ *openPage, _ unit.Length) page.ElemID {
	return l.tree.add(page.Elem{Kind: page.KindP, Parent: l.tree.current()})
}

// heading sets a heading and notes the place it gets. A heading always stays with what follows.
func (l *layouter) heading(h *doc.Heading, width unit.Length) item {
	s := l.sheet.Text(h.Style)
	it := l.lines(s, width, []doc.Text{h.Text}, func(int) *style.Text { return s })
	it.keepNext = true
	b := it.block.(*lines)
	b.solid = true
	b.begin = func(l *layouter, p *openPage, y unit.Length) page.ElemID {
		l.places = append(l.places, place{page: len(l.pages), y: p.area.top + y})
		return l.tree.heading(h.Level, plain(h.Text.String))
	}
	return it
}

// paragraph sets a paragraph of running text.
func (l *layouter) paragraph(d *doc.Paragraph, width unit.Length) item {
	own := l.sheet.Text(d.Style)
	texts := make([]doc.Text, len(d.Spans))
	styles := make([]*style.Text, len(d.Spans))
	for i := range d.Spans {
		texts[i], styles[i] = d.Spans[i].Text, own
		if name := d.Spans[i].Style; name != "" {
			styles[i] = l.sheet.Text(name)
		}
	}
	it := l.lines(own, width, texts, func(i int) *style.Text { return styles[i] })
	b := it.block.(*lines)
	switch {
	case d.Quiet:
		b.begin = func(*layouter, *openPage, unit.Length) page.ElemID { return page.ArtifactLayout }
	case d.Level > 0:
		it.keepNext, b.solid = true, true
		b.begin = func(l *layouter, _ *openPage, _ unit.Length) page.ElemID {
			title := ""
			for i := range texts {
				title += plain(texts[i].String)
			}
			return l.tree.heading(d.Level, title)
		}
	}
	it.keepNext = it.keepNext || d.KeepNext
	b.solid = b.solid || it.keepNext
	return it
}

func (b *lines) whole() unit.Length {
	return unit.Length(len(b.lines)-b.next) * b.style.Leading
}

func (b *lines) need() unit.Length {
	n := len(b.lines) - b.next
	if n > 3 && !b.solid {
		n = 2
	}
	return unit.Length(n) * b.style.Leading
}

func (b *lines) fill(l *layouter, y, room unit.Length, empty bool) (unit.Length, bool) {
	left := len(b.lines) - b.next
	fit := int(max(room, 0) / b.style.Leading)
	n := share(left, fit)
	if b.solid && n < left {
		n = 0
	}
	if n == 0 && empty && (fit > 0 || l.open.top) {
		n = max(1, min(fit, left))
		if fit == 0 {
			l.overfull(b.style, b.texts)
		}
	}
	if n == 0 {
		return 0, false
	}
	p := l.open
	if b.next == 0 {
		b.elem = b.begin(l, p, y)
	}
	for i := range n {
		top := p.area.top + y + unit.Length(i)*b.style.Leading
		style.Draw(&p.Page, &b.lines[b.next+i], p.area.left+b.left, top+b.style.Baseline(), b.elem)
	}
	b.next += n
	done := b.next == len(b.lines)
	if done && b.drawn != nil {
		b.drawn(l, p, y)
	}
	return unit.Length(n) * b.style.Leading, done
}
