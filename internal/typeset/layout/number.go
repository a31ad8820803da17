package layout

import (
	"strconv"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
)

// drawNumber prints the page number below the type area: its characters begin Drop below the foot of the area,
// outside, one character in from its edge, or in the middle (GB/T 9704-2012 cl. 7.5). On a turned page it stands where
// it stands on the others (cl. 8): the area is that of the sheet.
func (l *layouter) drawNumber(p *openPage) {
	n := &l.paper.Number
	p.Label = strconv.Itoa(l.number)
	if n.Style == "" {
		return
	}
	s := l.sheet.Text(n.Style)
	text := n.Before + p.Label + n.After
	x, width, foot := l.paper.Left, l.paper.Width-l.paper.Left-l.paper.Right, l.paper.Height-l.paper.Bottom
	if p.Turned {
		x, width, foot = l.paper.Top, l.paper.Height-l.paper.Top-l.paper.Bottom, l.paper.Width-l.paper.Left
	}
	l.spans = append(l.spans[:0], s.Span(text))
	ask := s.Paragraph(width, l.spans...)
	ask.FirstIndent, ask.Balance = 0, false
	switch {
	case n.Place == "center":
		ask.Align = par.Center
	case l.number%2 == 1:
		ask.Align = par.Right
		x -= s.Size
	default:
		ask.Align = par.Left
		x += s.Size
	}
	res := l.sheet.Setter.Set(&ask)
	if l.number == 1 {
		l.sheet.Report(s, "页码", res, doc.Text{String: text})
	}
	first := len(p.Texts)
	for i := range res.Lines {
		style.Draw(&p.Page, &res.Lines[i], x, foot+n.Drop+s.Size.Milli(880), page.ArtifactFooter)
	}
	for i := first; i < len(p.Texts); i++ {
		p.Texts[i].Upright = p.Turned
	}
}
