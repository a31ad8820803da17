package layout

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// drawNumber prints the page number: its dash begins Drop below the foot of the type area, outside, one character in from
// its margin, or in the middle (GB/T 9704-2012 cl. 7.5). On a turned page it stands where it stands on the others (cl. 8):
// the area is that of the sheet. Margins are written for right-hand pages; a left-hand page whose margins are not mirrored
// keeps the outer one for its number all the same, so that the number does not move when leaves are turned.
func (l *layouter) drawNumber(p *openPage) {
	n := &l.paper.Number
	p.Label = strconv.Itoa(l.number)
	if n.Style == "" {
		return
	}
	s := l.sheet.Text(n.Style)
	text := n.Before + p.Label + n.After
	area := p.OnSheet(p.Area)
	outer := l.paper.Right
	if p.Turned {
		outer = l.paper.Bottom
	}
	l.spans = append(l.spans[:0], s.Span(text))
	ask := s.Paragraph(area.W, l.spans...)
	ask.FirstIndent, ask.Align, ask.Balance = 0, par.Left, false
	res := l.sheet.Setter.Set(&ask)
	if l.number == 1 {
		l.sheet.Report(s, "页码", res, doc.Text{String: text})
	}
	first := len(p.Texts)
	for i := range res.Lines {
		x := outer + s.Size
		switch width := res.Lines[i].Width; {
		case n.Place == "center":
			x = area.X + (area.W-width)/2
		case l.number%2 == 1:
			x = p.Width - x - width
		}
		style.Draw(&p.Page, &res.Lines[i], x, area.Y+area.H+n.Drop, page.ArtifactFooter)
	}
	if first == len(p.Texts) {
		return
	}
	down := area.Y + area.H + n.Drop - l.inkTop(&p.Texts[first])
	for i := first; i < len(p.Texts); i++ {
		p.Texts[i].Y += down
		p.Texts[i].Upright = p.Turned
	}
}

// pageName is what the open page is called, which bears no number: as its section is, with a number from the second on.
func (l *layouter) pageName() string {
	n := len(l.pages) - l.before + 1
	if l.sect.Title == "" || n == 1 {
		return l.sect.Title
	}
	return l.sect.Title + strconv.Itoa(n)
}

// inkTop is where the ink of a page number begins: of what stands before it, the dash, or else of its digits, which are
// taken to be as high as a nought, whatever they are.
func (l *layouter) inkTop(t *page.Text) unit.Length {
	r := '0'
	if before := strings.TrimSpace(l.paper.Number.Before); before != "" {
		r, _ = utf8.DecodeRuneInString(before)
	}
	return t.Y - t.Size.Milli(int64(t.Face.Height(r)))
}
