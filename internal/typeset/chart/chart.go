// Package chart sets charts: rings and pies, upright bars and rows of bars, flows and lists, with their labels, as filled
// paths and text.
//
// Labels never overlap and never leave the drawing. Where the labels of a form would, the chart is set as rows, whose
// labels always fit. All is integer arithmetic (arc.go, scale.go); every length of a bar is within one unit of what its
// measure asks for.
package chart

import (
	"fmt"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// Chart is a chart set for one width. Places are measured from its upper left corner.
type Chart struct {
	Height        unit.Length // with its title
	Before, After unit.Length // room to what stands above and below

	doc     *doc.Chart
	sheet   *style.Sheet
	caption []line
	drawing box // the place of all but the title
	paths   []page.Path
	lines   []line
	labels  []box // the places of the labels
}

// box is a place within the chart.
type box struct{ x, y, w, h unit.Length }

// Colours of what is not a figure: greys all.
var (
	ink    = grey(0x00)
	grid   = grey(0xD4)
	leader = grey(0x80)
	paper  = grey(0xFF)
	track  = grey(0xE6) // behind the bars of a list
	band   = grey(0xE6) // of a flow
	stem   = grey(0x59) // the whole of a flow
)

func grey(v uint8) page.Color { return page.Color{R: v, G: v, B: v} }

// Widths of lines. A line below half a point is lost in print, and so is a bar: what is not zero is drawn as long at least.
const (
	hairline unit.Length = 500
	baseline unit.Length = 600
)

// Set sets a chart for a measure, on pages of the given height. Trouble goes to the sheet.
func Set(d *doc.Chart, sheet *style.Sheet, measure, full unit.Length) *Chart {
	own := sheet.Text(d.Style)
	c := set(d, sheet, own, measure, full)
	if c.Height > full {
		size, least := own.Size, min(style.LeastSize, own.Size)
		for c.Height > full && size > least { // names take fewer lines in smaller type, so this is no proportion
			size = max(size-250, least)
			c = set(d, sheet, own.Scaled(size, own.Size), measure, full)
		}
		sheet.Diags.Add(diag.Diagnostic{Rule: style.RuleReduced, Level: diag.Note, At: d.Title.Origin,
			Message: fmt.Sprintf("图%s比版心高，改用 %s 磅字", diag.Quote(d.Title.String), size)})
	}
	if c.Height > full {
		sheet.Diags.Warnf(style.RuleTall, d.Title.Origin, "图“%s”高过版心，高出 %s 磅；把小项合并成“其他”（others），或者少列几项", d.Title.String, c.Height-full)
	}
	for i := range c.reports {
		c.reports[i]()
	}
	return &c.Chart
}

// setter sets one chart. What it finds missing is reported only of the form that is kept.
type setter struct {
	Chart
	style   *style.Text
	names   *style.Text // of a list
	measure unit.Length
	reports []func()
}

func set(d *doc.Chart, sheet *style.Sheet, own *style.Text, measure, full unit.Length) *setter {
	s := &setter{style: own, measure: measure}
	s.doc, s.sheet = d, sheet
	if d.Kind == doc.ChartList {
		names := *sheet.Text(d.NameStyle)
		names.Balance, names.Align, names.FirstIndent = true, doc.AlignLeft, 0
		s.names = names.Scaled(own.Size, sheet.Text(d.Style).Size)
	}
	s.Before, s.After = own.Leading/2, own.Leading/2
	title := sheet.Text(d.TitleStyle)
	caption := s.paragraph(title, measure, d.Title)
	room := min(unit.Length(d.Height), full-caption.h-own.Leading)
	if most := room; most < unit.Length(d.Height) && d.Kind != doc.ChartRows && d.Kind != doc.ChartList { // which take what they need
		s.reports = append(s.reports, func() {
			sheet.Diags.Warnf(style.RuleTall, d.Title.Origin, "图“%s”写的图高（height）是 %s 磅，版心只有 %s 磅给它，画成这么高", d.Title.String, unit.Length(d.Height), most)
		})
	}
	if d.TitleAbove {
		s.place(&s.caption, caption, 0, 0, 0)
		s.drawing.y = caption.h + own.Leading/2
	}
	top := s.drawing.y + s.head(s.drawing.y)
	form := s.form(top, room, full)
	s.paths, s.lines, s.labels = append(s.paths, form.paths...), append(s.lines, form.lines...), append(s.labels, form.labels...)
	s.reports = append(s.reports, form.reports...)
	s.drawing.w, s.drawing.h = measure, top+form.height-s.drawing.y
	s.Height = s.drawing.y + s.drawing.h
	if !d.TitleAbove {
		s.Height += own.Leading / 2
		s.place(&s.caption, caption, 0, s.Height, 0)
		s.Height += caption.h
	}
	return s
}

// form draws the chart below the given height in the form that it asks for, or as rows.
func (s *setter) form(top, room, full unit.Length) *form {
	f := &form{s: s, top: top}
	switch s.doc.Kind {
	case doc.ChartRing, doc.ChartPie:
		if f.ring(room) {
			return f
		}
	case doc.ChartBars:
		if f.bars(room) {
			return f
		}
	case doc.ChartFlow:
		if f.flow(room, full-top) {
			return f
		}
	case doc.ChartList:
		f.list()
		return f
	}
	f = &form{s: s, top: top}
	f.rows()
	return f
}

// head draws the names of the series at the left and the unit at the right, and returns the height they take.
func (s *setter) head(y unit.Length) unit.Length {
	u := s.label(s.doc.Unit, s.measure/3)
	legend := len(s.doc.Series) > 1
	if u.w == 0 && !legend {
		return 0
	}
	if u.w > 0 {
		s.reports = append(s.reports, u.report)
		s.place(&s.lines, u, s.measure-u.w, y, 0)
		s.labels = append(s.labels, box{s.measure - u.w, y, u.w, u.h})
	}
	height := u.h
	if legend {
		height = max(height, s.legend(y, s.measure-u.w-s.style.Size))
	}
	return height + s.style.Leading/3
}

// legend draws a swatch and a name for each series, on as many lines as it takes.
func (s *setter) legend(y, width unit.Length) unit.Length {
	size := s.style.Size
	x, top := unit.Length(0), y
	for i := range s.doc.Series {
		l := s.label(s.doc.Series[i].Name, width-2*size)
		w := size*3/2 + l.w
		if x > 0 && x+w > width {
			x, y = 0, y+s.style.Leading
		}
		swatch := size * 3 / 4
		s.paths = append(s.paths, rect(page.Color(s.doc.Series[i].Color), x, y+(s.style.Leading-swatch)/2, size, swatch))
		s.reports = append(s.reports, l.report)
		s.place(&s.lines, l, x+size*3/2, y, 0)
		s.labels = append(s.labels, box{x + size*3/2, y, l.w, l.h})
		x += w + size*3/2
	}
	return y + s.style.Leading - top
}

// form is one way to draw the figures: its items below top.
type form struct {
	s       *setter
	top     unit.Length
	height  unit.Length
	paths   []page.Path
	lines   []line
	labels  []box
	reports []func()
}

// text draws a label: align 0 puts its left edge at x, 1 its middle, 2 its right edge.
func (f *form) text(l *label, x, y unit.Length, align int) {
	if l.w == 0 {
		return
	}
	f.s.place(&f.lines, l, x, y, align)
	f.reports = append(f.reports, l.report)
	f.labels = append(f.labels, box{x - l.w*unit.Length(align)/2, y, l.w, l.h})
}

func (f *form) fill(p page.Path) { f.paths = append(f.paths, p) }

// Structure makes the elements of the chart below parent: its title as a caption beside the figure, whose alternative
// text holds all numbers. What is drawn and written within belongs to the figure, so that it is not read again.
func (c *Chart) Structure(parent page.ElemID, add func(page.Elem) page.ElemID) (caption, figure page.ElemID) {
	div := add(page.Elem{Kind: page.KindDiv, Parent: parent})
	if c.doc.TitleAbove {
		caption = add(page.Elem{Kind: page.KindCaption, Parent: div})
	}
	figure = add(page.Elem{Kind: page.KindFigure, Parent: div, Label: &page.Label{Alt: c.doc.Alt}})
	if !c.doc.TitleAbove {
		caption = add(page.Elem{Kind: page.KindCaption, Parent: div})
	}
	return caption, figure
}

// Draw puts the chart on a page, x and y being its upper left corner, and returns the place of the figure.
func (c *Chart) Draw(pg *page.Page, x, y unit.Length, caption, figure page.ElemID) page.Rule {
	for i := range c.paths {
		p := page.Path{Color: c.paths[i].Color, Elem: figure, Segments: make([]page.Segment, len(c.paths[i].Segments))}
		move := func(q page.Point) page.Point { return page.Point{X: x + q.X, Y: y + q.Y} }
		for k, s := range c.paths[i].Segments {
			p.Segments[k] = page.Segment{Step: s.Step, To: move(s.To), C: [2]page.Point{move(s.C[0]), move(s.C[1])}}
		}
		pg.Paths = append(pg.Paths, p)
	}
	draw := func(lines []line, elem page.ElemID) {
		for i := range lines {
			style.Draw(pg, &lines[i].Line, x+lines[i].x, y+lines[i].y, elem)
			c.sheet.Mark(pg, &lines[i].Line, lines[i].of)
		}
	}
	if c.doc.TitleAbove {
		draw(c.caption, caption)
	}
	draw(c.lines, figure)
	if !c.doc.TitleAbove {
		draw(c.caption, caption)
	}
	return page.Rule{X: x + c.drawing.x, Y: y + c.drawing.y, W: c.drawing.w, H: c.drawing.h}
}

// Origin is where the chart's words come from.
func (c *Chart) Origin() diag.Range { return c.doc.Title.Origin }
