package layout

import (
	"strconv"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
)

// drawNumber prints the page number below the type area: its characters begin Drop below the foot of the area,
// outside, one character in from its edge, or in the middle (GB/T 9704-2012 cl. 7.5).
func (l *layouter) drawNumber(p *openPage) {
	n := &l.paper.Number
	p.Label = strconv.Itoa(l.number)
	if n.Style == "" {
		return
	}
	s := l.sheet.Text(n.Style)
	text := doc.Text{String: n.Before + p.Label + n.After}
	ask := s.Paragraph(p.area.width, s.Span(text.String))
	ask.FirstIndent, ask.Balance = 0, false
	x := p.area.left
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
	res := par.Set(ask)
	if l.number == 1 {
		l.sheet.Report(s, "页码", res, text)
	}
	y := l.paper.Height - l.paper.Bottom + n.Drop + s.Size.Milli(880)
	for i := range res.Lines {
		style.Draw(&p.Page, &res.Lines[i], x, y, page.ArtifactFooter)
	}
}
