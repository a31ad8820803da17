package html

import (
	"cmp"
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/chart"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// A chart is drawn as on paper, for a narrower measure, so that its words can be read on a telephone. Who does not see it
// hears its sentence; its numbers stand below in a table that is closed until it is asked for, so that they are not heard
// twice. The article has the table alone.

// measure and height are the room of a chart.
const (
	measure unit.Length = 340000
	height  unit.Length = 1000000
)

func (w *writer) chart(c *doc.Chart) {
	if w.bare {
		if c.Title.String != "" {
			w.raw(`<p align="center" style="text-align:center"><b>`)
			w.marked(&c.Title)
			w.raw("</b></p>\n")
		}
		w.data(c)
		return
	}
	w.raw("<figure>\n<figcaption>")
	w.marked(&c.Title)
	w.raw("</figcaption>\n")
	drawn := w.source.Families != nil
	if drawn {
		w.drawing(c)
		w.raw("<details>\n<summary>数据</summary>\n")
	}
	w.data(c)
	if drawn {
		w.raw("</details>\n")
	}
	w.raw("</figure>\n")
}

// data writes the words and numbers of a chart as a table, in the order of doc.Walk.
func (w *writer) data(c *doc.Chart) {
	if w.bare {
		if c.Unit.String != "" {
			w.raw(`<p align="right" style="text-align:right">`)
			w.marked(&c.Unit)
			w.raw("</p>\n")
		}
		w.raw(`<table border="1" cellpadding="4" cellspacing="0">` + "\n")
	} else {
		w.raw(`<table class="data"`)
		w.attr("aria-label", c.Title.String)
		w.raw(">\n")
		if c.Unit.String != "" {
			w.raw("<caption>")
			w.marked(&c.Unit)
			w.raw("</caption>\n")
		}
	}
	notes := slices.ContainsFunc(slices.Concat(c.Sources, c.Items), func(x doc.ChartItem) bool { return x.Note.String != "" })
	if len(c.Series) > 1 {
		w.raw("<thead>\n<tr><td></td>")
		for i := range c.Series {
			w.raw(`<th scope="col">`)
			w.marked(&c.Series[i].Name)
			w.raw("</th>")
		}
		if notes {
			w.raw("<td></td>")
		}
		w.raw("</tr>\n</thead>\n")
	}
	from, to := c.From, c.To
	if len(c.Sources) > 0 { // which the drawing shows by its sides
		from.String, to.String = cmp.Or(from.String, "来源"), cmp.Or(to.String, "去向")
	}
	w.side(&from, c.Sources, notes)
	w.side(&to, c.Items, notes)
	if t := &c.Total; t.Text != "" {
		w.raw("<tbody>\n<tr>")
		w.item(&doc.Text{String: t.Label}, func() {
			w.marked(&doc.Text{String: t.Text, Marks: t.Marks})
			w.text(t.Unit)
		})
		w.raw("</tr>\n</tbody>\n")
	}
	w.raw("</table>\n")
}

// side writes the items of one side of a chart, below what it is called.
func (w *writer) side(name *doc.Text, items []doc.ChartItem, notes bool) {
	if len(items) == 0 {
		return
	}
	w.raw("<tbody>\n")
	if name.String != "" {
		w.raw(`<tr><th scope="rowgroup"`)
		columns := 1 + len(items[0].Values)
		if notes {
			columns++
		}
		w.count("colspan", columns)
		w.raw(">")
		w.marked(name)
		w.raw("</th></tr>\n")
	}
	for i := range items {
		x := &items[i]
		w.raw("<tr>")
		values := make([]func(), len(x.Values))
		for k := range x.Values {
			values[k] = func() { w.marked(&doc.Text{String: x.Values[k].Text, Marks: x.Values[k].Marks}) }
		}
		w.item(&x.Label, values...)
		if notes {
			w.raw("<td>")
			w.marked(&x.Note)
			w.raw("</td>")
		}
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n")
}

func (w *writer) item(label *doc.Text, values ...func()) {
	if w.bare {
		w.raw(`<th scope="row" align="left" style="font-weight:normal">`)
	} else {
		w.raw(`<th scope="row">`)
	}
	w.marked(label)
	w.raw("</th>")
	for _, value := range values {
		if w.bare {
			w.raw(`<td align="right">`)
		} else {
			w.raw(`<td class="n r">`)
		}
		value()
		w.raw("</td>")
	}
}

// drawing writes the chart itself.
func (w *writer) drawing(c *doc.Chart) {
	if w.sheet == nil {
		w.sheet = style.NewSheet(w.source.Tree.Styles, w.source.Families)
	}
	alone := *c
	alone.Title = doc.Text{} // it stands in the page
	set := chart.Set(&alone, w.sheet, measure, height)
	var pg page.Page
	set.Draw(&pg, 0, 0, 0, 0)
	w.raw(`<svg role="img" viewBox="0 0 `)
	w.points(measure)
	w.raw(" ")
	w.points(set.Height)
	w.raw(`"`)
	w.attr("aria-label", c.Alt)
	w.raw(">\n")
	for i := range pg.Paths {
		w.path(&pg.Paths[i])
	}
	for i := range pg.Texts {
		w.run(&pg.Texts[i])
	}
	w.raw("</svg>\n")
}

// path writes a filled area.
func (w *writer) path(p *page.Path) {
	w.raw(`<path fill="#`)
	const digit = "0123456789abcdef"
	for _, v := range [...]uint8{p.Color.R, p.Color.G, p.Color.B} {
		w.out = append(w.out, digit[v>>4], digit[v&15])
	}
	w.raw(`" d="`)
	for i := range p.Segments {
		s := &p.Segments[i]
		switch s.Step {
		case page.Move:
			w.raw("M")
		case page.Line:
			w.raw("L")
		case page.Curve:
			w.raw("C")
			w.point(s.C[0])
			w.raw(" ")
			w.point(s.C[1])
			w.raw(" ")
		}
		w.point(s.To)
	}
	w.raw("Z\"/>\n")
}

func (w *writer) point(p page.Point) {
	w.points(p.X)
	w.raw(" ")
	w.points(p.Y)
}

// run writes words as long as they were measured, whatever face a reader has for them.
func (w *writer) run(t *page.Text) {
	var width unit.Length
	for _, a := range t.Advances {
		width += a
	}
	w.raw(`<text x="`)
	w.points(t.X)
	w.raw(`" y="`)
	w.points(t.Y)
	w.raw(`" font-size="`)
	w.points(t.Size)
	w.raw(`" textLength="`)
	w.points(width)
	w.raw(`" lengthAdjust="spacingAndGlyphs">`)
	w.out = Escape(w.out, t.Text)
	w.raw("</text>\n")
}
