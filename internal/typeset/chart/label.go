package chart

import (
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// label is a text set as narrow as its measure asks for: lines with the widest one's width.
type label struct {
	lines  []par.Line
	of     []style.Source // of each line
	pitch  unit.Length
	base   unit.Length // from the top of a line to its baseline
	w, h   unit.Length
	over   bool // a piece that cannot be broken is wider than the measure
	report func()
}

// line is a line at its place: x is the left end of its measure, y its baseline.
type line struct {
	par.Line
	x, y unit.Length
	of   style.Source
}

// label sets a text in the chart's style.
func (s *setter) label(t doc.Text, measure unit.Length) *label {
	own := *s.style
	own.Balance, own.Align, own.FirstIndent = true, doc.AlignLeft, 0
	return s.set(&own, measure, t)
}

// note is a text of several lines, as even at its right as at its left.
func (s *setter) note(t doc.Text, measure unit.Length) *label {
	own := *s.style
	own.Balance, own.Align, own.FirstIndent = false, doc.AlignJustify, 0
	return s.set(&own, measure, t)
}

// number is a label that is never broken.
func (s *setter) number(text string) *label { return s.label(doc.Text{String: text}, endless) }

// valueLabel is the label of a number. What is wrong with it is reported at the name of its item.
func (s *setter) valueLabel(item *doc.ChartItem, k int, measure unit.Length) *label {
	l := s.label(doc.Text{String: item.Values[k].Text, Origin: item.Label.Origin}, measure)
	for i := range l.of {
		l.of[i] = style.Source{Marks: item.Values[k].Marks}
	}
	return l
}

// total is part of the total of a ring, never broken, in which the number begins at a place.
func (s *setter) total(text string, at int) *label {
	l := s.number(text)
	for i := range l.of {
		l.of[i] = style.Source{Marks: s.doc.Total.Marks, Shift: int32(at)}
	}
	return l
}

// endless is a measure that no label fills.
const endless unit.Length = 1 << 40

// paragraph sets a text as its style says, for the whole measure.
func (s *setter) paragraph(own *style.Text, measure unit.Length, t doc.Text) *label {
	l := s.set(own, measure, t)
	s.reports = append(s.reports, l.report)
	return l
}

func (s *setter) set(own *style.Text, measure unit.Length, t doc.Text) *label {
	l := &label{pitch: own.Leading, base: own.Baseline(), report: func() {}}
	if t.String == "" {
		return l
	}
	ask := own.Paragraph(measure, own.Span(t.String))
	res := s.sheet.Setter.Set(&ask)
	l.report = func() { s.sheet.Report(own, "图“"+s.doc.Title.String+"”", res, t) }
	l.lines, l.h = res.Lines, unit.Length(len(res.Lines))*own.Leading
	l.of = slices.Repeat([]style.Source{style.SourceOf(&t)}, len(res.Lines))
	for i := range res.Lines {
		l.w = max(l.w, res.Lines[i].Width)
		l.over = l.over || res.Lines[i].Overfull > 0
	}
	return l
}

// stack puts labels below each other as one.
func stack(labels ...*label) *label {
	out := &label{report: func() {
		for _, l := range labels {
			l.report()
		}
	}}
	for _, l := range labels {
		if l.w == 0 {
			continue
		}
		out.of = append(out.of, l.of...)
		out.lines, out.pitch, out.base = append(out.lines, l.lines...), l.pitch, l.base
		out.w, out.h, out.over = max(out.w, l.w), out.h+l.h, out.over || l.over
	}
	return out
}

// place adds the lines of a label at x and y, its top. Each line is aligned as form.text says.
func (s *setter) place(out *[]line, l *label, x, y unit.Length, align int) {
	for i := range l.lines {
		left := x - l.lines[i].Width*unit.Length(align)/2
		*out = append(*out, line{l.lines[i], left, y + unit.Length(i)*l.pitch + l.base, l.of[i]})
	}
}

// rect is a filled rectangle.
func rect(c page.Color, x, y, w, h unit.Length) page.Path {
	at := func(x, y unit.Length) page.Segment { return page.Segment{Step: page.Line, To: page.Point{X: x, Y: y}} }
	p := page.Path{Color: c, Segments: []page.Segment{at(x, y), at(x+w, y), at(x+w, y+h), at(x, y+h)}}
	p.Segments[0].Step = page.Move
	return p
}

// stroke is a straight line of some width as a filled area.
func stroke(c page.Color, width unit.Length, a, b page.Point) page.Path {
	dx, dy := int64(b.X-a.X), int64(b.Y-a.Y)
	n := root(dx*dx + dy*dy)
	if n == 0 {
		n = 1
	}
	// Half the width to the left of the direction.
	x, y := unit.Length(dy*int64(width)/2/n), unit.Length(-dx*int64(width)/2/n)
	at := func(p page.Point, side unit.Length) page.Segment {
		return page.Segment{Step: page.Line, To: page.Point{X: p.X + side*x, Y: p.Y + side*y}}
	}
	p := page.Path{Color: c, Segments: []page.Segment{at(a, 1), at(b, 1), at(b, -1), at(a, -1)}}
	p.Segments[0].Step = page.Move
	return p
}

// root is the integer square root.
func root(n int64) int64 {
	if n < 2 {
		return n
	}
	x := int64(1) << 32
	for {
		next := (x + n/x) / 2
		if next >= x {
			return x
		}
		x = next
	}
}
