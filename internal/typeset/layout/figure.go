package layout

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/chart"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// figure is a chart in the flow, with its title. It is never parted.
type figure struct {
	chart *chart.Chart
}

// placed is a figure and its place on the page, as items are measured.
type placed struct {
	elem  page.ElemID
	place page.Rule
}

func (l *layouter) figure(d *doc.Chart, area rect) item {
	c := chart.Set(d, l.sheet, area.width, area.height)
	return item{block: &figure{c}, before: c.Before, after: c.After}
}

func (g *figure) need() unit.Length  { return g.chart.Height }
func (g *figure) whole() unit.Length { return g.chart.Height }

func (g *figure) fill(l *layouter, y, room unit.Length, _ bool) (unit.Length, bool) {
	p := l.open
	if g.chart.Height > room && !p.top {
		return 0, false
	}
	caption, elem := g.chart.Structure(l.tree.current(), l.tree.add)
	place := g.chart.Draw(&p.Page, p.area.left, p.area.top+y, caption, elem)
	p.figures = append(p.figures, placed{elem, place})
	return g.chart.Height, true
}

// boxes notes where the figures of a finished page stand on its sheet.
func (l *layouter) boxes(p *openPage) {
	for _, f := range p.figures {
		r := p.OnSheet(f.place)
		l.tree.elems[f.elem].Label.Box = &page.Box{Page: len(l.pages), X: r.X, Y: r.Y, W: r.W, H: r.H}
	}
}
