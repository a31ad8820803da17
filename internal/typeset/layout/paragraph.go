package layout

import (
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// lines is a set paragraph.
type lines struct {
	style *style.Text
	at    *diag.Range // of the text it begins with
	lines []par.Line
	next  int         // the line to go on with
	turn  int         // a line that begins a page at the latest, where pages are balanced; 0 if there is none
	left  unit.Length // indent of all lines
	solid bool        // never parted where one page can hold it
	elem  page.ElemID
	begin func(l *layouter, p *openPage, y unit.Length) page.ElemID // called once, before the first line is drawn
	drawn func(l *layouter, p *openPage, y unit.Length)             // called after the last, may be nil
	of    []style.Source                                            // by span, nil unless marks were asked for

	text    *doc.Paragraph // running text that may be set a line longer or shorter; nil otherwise
	measure unit.Length    // of its lines
}

// piece is a text in its style, and its place in the source.
type piece struct {
	text  string
	at    *diag.Range
	style *style.Text
	marks doc.Marks
}

// usualBlocks is the number of paragraphs that get their memory at once.
const usualBlocks = 32

// lines sets pieces of text as a paragraph of its own style.
func (l *layouter) lines(own *style.Text, width unit.Length, pieces ...piece) item {
	left, right := own.Em(own.Indent), own.Em(own.RightIndent)
	l.spans = l.spans[:0]
	for i := range pieces {
		l.spans = append(l.spans, pieces[i].style.Span(pieces[i].text))
	}
	ask := own.Paragraph(width-left-right, l.spans...)
	res := l.sheet.Setter.Set(&ask)
	if !res.Sound() {
		texts := make([]doc.Text, len(pieces))
		for i, x := range pieces {
			texts[i] = doc.Text{String: x.text, Origin: *x.at}
		}
		l.sheet.ReportSpans("正文", res, texts, func(i int) *style.Text { return pieces[i].style })
	}
	if len(l.blocks) == cap(l.blocks) {
		l.blocks = make([]lines, 0, usualBlocks)
	}
	l.blocks = append(l.blocks, lines{style: own, lines: res.Lines, left: left, begin: asParagraph})
	b := &l.blocks[len(l.blocks)-1]
	if len(pieces) > 0 {
		b.at = pieces[0].at
	}
	if l.sheet.Marking {
		for _, x := range pieces {
			b.of = append(b.of, style.Source{Origin: x.at, Marks: x.marks})
		}
	}
	if len(b.lines) == 0 {
		b.lines = []par.Line{{Forced: true}} // an empty paragraph is an empty line
	}
	if blank(b.lines) { // and nothing to read out
		b.begin = asOrnament
	}
	return item{block: b, before: own.Before, after: own.After, keepNext: own.KeepNext}
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

func asOrnament(*layouter, *openPage, unit.Length) page.ElemID { return page.ArtifactLayout }

// heading sets a heading and notes the place it gets. A heading always stays with what follows.
func (l *layouter) heading(h *doc.Heading, width unit.Length) item {
	s := l.sheet.Text(h.Style)
	it := l.lines(s, width, piece{h.Text.String, &h.Text.Origin, s, h.Text.Marks})
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
	it := l.lines(own, width, l.piecesOf(d, own)...)
	b := it.block.(*lines)
	switch {
	case d.Quiet:
		b.begin = asOrnament
	case d.Level == 0:
		b.text, b.measure = d, width-own.Em(own.Indent)-own.Em(own.RightIndent)
	case d.Level > 0:
		it.keepNext, b.solid = true, true
		b.begin = func(l *layouter, p *openPage, y unit.Length) page.ElemID {
			if d.Bookmark != "" {
				l.places = append(l.places, place{page: len(l.pages), y: p.area.top + y})
			}
			title := ""
			for i := range d.Spans {
				title += plain(d.Spans[i].Text.String)
			}
			return l.tree.heading(d.Level, title)
		}
	}
	it.keepNext = it.keepNext || d.KeepNext
	b.solid = b.solid || it.keepNext
	return it
}

// piecesOf are the texts of a paragraph. They hold until the next are asked for.
func (l *layouter) piecesOf(d *doc.Paragraph, own *style.Text) []piece {
	l.pieces = l.pieces[:0]
	for i := range d.Spans {
		x := &d.Spans[i]
		s := own
		if x.Style != "" {
			s = l.sheet.Text(x.Style)
		}
		l.pieces = append(l.pieces, piece{x.Text.String, &x.Text.Origin, s, x.Text.Marks})
	}
	return l.pieces
}

func (b *lines) whole() unit.Length {
	return unit.Length(len(b.lines)-b.next) * b.style.Leading
}

func (b *lines) need() unit.Length {
	n := len(b.lines) - b.next
	if n >= 2*par.Few && !b.solid {
		n = par.Few
	}
	return unit.Length(n) * b.style.Leading
}

// stay is how many lines from one on stay on a page that has so much room. Empty and top are as for fill.
func (b *lines) stay(from int, room unit.Length, empty, top bool) int {
	left := len(b.lines) - from
	fit := int(max(room, 0) / b.style.Leading)
	most := fit
	if from < b.turn {
		most = min(fit, b.turn-from)
	}
	n := par.Share(left, most, nil)
	if b.solid && n < left {
		n = 0
	}
	if n == 0 && empty && (fit > 0 || top) {
		n = max(1, min(fit, left))
	}
	return n
}

func (b *lines) fill(l *layouter, y, room unit.Length, empty bool) (unit.Length, bool) {
	n := b.stay(b.next, room, empty, l.open.top)
	if n == 0 {
		return 0, false
	}
	if room < b.style.Leading {
		l.overfull(b.style, b.at)
	}
	p := l.open
	if b.next == 0 {
		b.elem = b.begin(l, p, y)
	}
	for i := range n {
		top := p.area.top + y + unit.Length(i)*b.style.Leading
		style.Draw(&p.Page, &b.lines[b.next+i], p.area.left+b.left, top+b.style.Baseline(), b.elem)
		l.sheet.Mark(&p.Page, &b.lines[b.next+i], b.of...)
	}
	b.next += n
	done := b.next == len(b.lines)
	if done && b.drawn != nil {
		b.drawn(l, p, y)
	}
	return unit.Length(n) * b.style.Leading, done
}
