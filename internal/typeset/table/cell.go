package table

import (
	"math"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// endless is a measure that no text fills. Well below the largest integer: it takes part in sums.
const endless = unit.Length(math.MaxInt32)

// setter sets the texts of one table, in styles of the table's scale. Short texts occur again and again in a budget
// (0.00, names of items), so what was found for one serves all.
type setter struct {
	sheet    *style.Sheet
	num, den unit.Length // scale of the table
	styles   map[string]*style.Text
	extents  map[textKey]extent
	naturals map[textKey]par.Result
}

type textKey struct {
	style  *style.Text
	text   string
	indent bool
}

// extent is the least and the preferred width of a text.
type extent struct{ min, pref unit.Length }

func newSetter(sheet *style.Sheet, num, den unit.Length) *setter {
	return &setter{
		sheet: sheet, num: num, den: den,
		styles:   map[string]*style.Text{},
		extents:  map[textKey]extent{},
		naturals: map[textKey]par.Result{},
	}
}

// style returns a style at the table's scale.
func (s *setter) style(name string) *style.Text {
	if t, ok := s.styles[name]; ok {
		return t
	}
	t := s.sheet.Text(name).Scaled(s.num, s.den)
	s.styles[name] = t
	return t
}

// paragraph is one text of a cell as the line breaker wants it.
func (s *setter) paragraph(c *cell, text string, measure unit.Length) par.Paragraph {
	p := c.style.Paragraph(measure, c.style.Span(text))
	p.Align = style.Align(c.align)
	p.FirstIndent = 0
	if c.FirstIndent {
		p.FirstIndent = c.style.Em(2000)
	}
	return p
}

// setNatural sets a text on one line however long, at the left.
func (s *setter) setNatural(c *cell, text string) par.Result {
	key := textKey{c.style, text, false}
	if r, ok := s.naturals[key]; ok {
		return r
	}
	p := c.style.Paragraph(endless, c.style.Span(text))
	p.Align, p.FirstIndent = par.Left, 0
	r := par.Set(p)
	s.naturals[key] = r
	return r
}

func (s *setter) extent(c *cell, text string) extent {
	key := textKey{c.style, text, c.FirstIndent}
	if e, ok := s.extents[key]; ok {
		return e
	}
	lo, hi := par.Extent(s.paragraph(c, text, endless))
	e := extent{lo, hi}
	s.extents[key] = e
	return e
}

// prepare finds a cell's style and alignment, and sets it if that needs no width.
func (s *setter) prepare(t *doc.Table, c *cell) {
	col := doc.Column{}
	if c.col < len(t.Columns) {
		col = t.Columns[c.col]
	}
	name := c.Style
	if name == "" {
		name = t.Style
		if c.head && t.HeadStyle != "" {
			name = t.HeadStyle
		}
	}
	c.style = s.style(name)
	c.align = col.Align
	if c.head {
		c.align = doc.AlignCenter
	}
	if c.AlignSet {
		c.align = c.Align
	}
	c.lines, c.natural, c.point = nil, false, 0
	switch {
	case c.Vertical:
		s.stack(c, 1)
	case figure(c):
		c.natural = true
		for _, x := range c.Text {
			c.lines = append(c.lines, s.setNatural(c, x.String).Lines...)
		}
		if c.align == doc.AlignDecimal && len(c.lines) == 1 {
			c.point = point(&c.lines[0])
		}
	}
}

// figure reports whether a cell is kept on one line: it says so itself, or it stands in a column of figures and
// holds no words.
func figure(c *cell) bool {
	if c.Number {
		return true
	}
	if c.align != doc.AlignDecimal || len(c.Text) != 1 {
		return false
	}
	return strings.IndexFunc(c.Text[0].String, func(r rune) bool {
		return r == '\n' || r > '~' && !strings.ContainsRune("—–−－…％‰", r)
	}) < 0
}

// measure is the least and preferred width of a cell's text, without padding.
func (s *setter) measure(c *cell) extent {
	var e extent
	if c.natural || c.Vertical {
		for i := range c.lines {
			e.min = max(e.min, c.lines[i].Width)
		}
		e.pref = e.min
	} else {
		for _, x := range c.Text {
			t := s.extent(c, x.String)
			e.min, e.pref = max(e.min, t.min), max(e.pref, t.pref)
		}
	}
	indent := c.style.Em(1000 * c.Indent)
	return extent{e.min + indent, e.pref + indent}
}

// set breaks the cell's text into lines of the given width and reports what is wrong with it.
func (s *setter) set(c *cell, where string, width unit.Length) {
	if c.Vertical {
		s.reportVertical(c, where)
		return
	}
	width -= c.style.Em(1000 * c.Indent)
	if c.natural {
		for i := range c.Text {
			s.sheet.Report(c.style, where, s.setNatural(c, c.Text[i].String), c.Text[i])
		}
		return
	}
	for i := range c.Text {
		res := par.Set(s.paragraph(c, c.Text[i].String, width))
		s.sheet.Report(c.style, where, res, c.Text[i])
		if len(res.Lines) == 0 && len(c.Text) > 1 {
			res.Lines = []par.Line{{Forced: true}} // an empty paragraph among others keeps its line
		}
		if c.lines == nil {
			c.lines = res.Lines
		} else {
			c.lines = append(c.lines[:len(c.lines):len(c.lines)], res.Lines...)
		}
	}
}
