package table

import (
	"fmt"
	"math"
	"slices"
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
	results  map[textKey]par.Result
	lines    []par.Line // of the cell at hand
}

// textKey is all that the lines of a text depend on.
type textKey struct {
	style   *style.Text
	text    string
	measure unit.Length
	align   par.Align
	indent  bool
	balance bool
}

// extent is the least and the preferred width of a text.
type extent struct{ min, pref unit.Length }

func newSetter(sheet *style.Sheet, num, den unit.Length) *setter {
	return &setter{
		sheet: sheet, num: num, den: den,
		styles:  map[string]*style.Text{},
		extents: map[textKey]extent{},
		results: map[textKey]par.Result{},
	}
}

// forget frees what only setting needs.
func (s *setter) forget() { s.extents, s.results, s.lines = nil, nil, nil }

// style returns a style at the table's scale.
func (s *setter) style(name string) *style.Text {
	if t, ok := s.styles[name]; ok {
		return t
	}
	t := s.sheet.Text(name).Scaled(s.num, s.den)
	s.styles[name] = t
	return t
}

// longLabel is the length in bytes from which a centred text is running text rather than a label: 16 Han characters.
const longLabel = 48

// key says how one text of a cell is set on lines of the given measure. A head, the name of a row or a centred label that
// takes several lines is set as a title is: broken between words, on lines of like length.
func (c *cell) key(text string, measure unit.Length) textKey {
	k := textKey{style: c.style, text: text, measure: measure, align: style.Align(c.align), indent: c.FirstIndent}
	name := c.head || c.Header != doc.HeaderNone
	k.balance = k.align == par.Center && (name || len(text) <= longLabel) || k.align == par.Left && name && len(text) <= 2*longLabel
	return k
}

// naturalKey is the key of a text that stands on one line however long, at the left.
func (c *cell) naturalKey(text string) textKey {
	return textKey{style: c.style, text: text, measure: endless}
}

func (k *textKey) paragraph() par.Paragraph {
	p := k.style.Paragraph(k.measure, k.style.Span(k.text))
	p.Align, p.FirstIndent, p.Balance = k.align, 0, k.balance
	if k.indent {
		p.FirstIndent = k.style.Em(2000)
	}
	return p
}

// result breaks a text into lines. What it returns is shared and must not be changed.
func (s *setter) result(k textKey) par.Result {
	r, ok := s.results[k]
	if !ok {
		r = s.sheet.Setter.Set(k.paragraph())
		s.results[k] = r
	}
	return r
}

func (s *setter) extent(k textKey) extent {
	e, ok := s.extents[k]
	if !ok {
		e.min, e.pref = s.sheet.Setter.Extent(k.paragraph())
		s.extents[k] = e
	}
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
	c.lines, c.paras, c.natural, c.missing, c.point, c.block = nil, nil, false, false, 0, 0
	switch {
	case c.Vertical:
		s.stack(c, 1)
	case figure(c):
		c.natural = true
		for i := range c.Text {
			r := s.result(c.naturalKey(c.Text[i].String))
			c.missing = c.missing || len(r.Missing) > 0
			if len(c.Text) == 1 {
				c.lines = r.Lines
			} else {
				c.lines = append(c.lines, r.Lines...)
			}
		}
		if len(c.lines) == 1 && (c.align == doc.AlignDecimal || c.align == doc.AlignCenter) {
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
		for i := range c.Text {
			t := s.extent(c.key(c.Text[i].String, endless))
			e.min, e.pref = max(e.min, t.min), max(e.pref, t.pref)
		}
	}
	indent := c.style.Em(1000 * c.Indent)
	return extent{e.min + indent, e.pref + indent}
}

// fits sets a cell's text on lines of the given width and reports whether no piece of it sticks out, nor is broken
// although the cell would rather be wider.
func (s *setter) fits(c *cell, width unit.Length) bool {
	if c.natural || c.Vertical {
		return s.measure(c).min <= width
	}
	inner := width - c.style.Em(1000*c.Indent)
	broken := false
	for i := range c.Text {
		lines := s.result(c.key(c.Text[i].String, inner)).Lines
		for k := range lines {
			if lines[k].Overfull > 0 {
				return false
			}
		}
		broken = broken || len(lines) > 1
	}
	return !broken || inner >= c.style.Em(longPiece) || s.measure(c).min <= width
}

// longPiece is a measure, in thousandths of an em, that takes any word whole which is not to be broken anyway.
const longPiece = 8000

// set breaks the cell's text into lines of the given width and reports what is wrong with it.
func (s *setter) set(t *doc.Table, c *cell, width unit.Length) {
	if c.Vertical {
		s.reportVertical(t, c)
		return
	}
	if c.natural {
		for i := range c.Text {
			if c.missing {
				s.sheet.Report(c.style, where(t, c), s.result(c.naturalKey(c.Text[i].String)), c.Text[i])
			}
		}
		return
	}
	width -= c.style.Em(1000 * c.Indent)
	s.lines = s.lines[:0]
	for i := range c.Text {
		res := s.result(c.key(c.Text[i].String, width))
		if !clean(&res) {
			s.sheet.Report(c.style, where(t, c), res, c.Text[i])
		}
		if len(res.Lines) == 0 && len(c.Text) > 1 {
			res.Lines = []par.Line{{Forced: true}} // an empty paragraph among others keeps its line
		}
		if len(c.Text) == 1 && !c.Text[i].KeepNext {
			c.lines = res.Lines
			return
		}
		s.lines = append(s.lines, res.Lines...)
		c.paras = append(c.paras, paragraph{len(s.lines), c.Text[i].KeepNext})
	}
	c.lines = slices.Clone(s.lines)
}

// clean reports whether there is nothing to say about a set text.
func clean(r *par.Result) bool {
	for i := range r.Lines {
		if r.Lines[i].Overfull > 0 {
			return false
		}
	}
	return len(r.Missing) == 0
}

// where is what a cell is called in messages.
func where(t *doc.Table, c *cell) string { return fmt.Sprintf("%s第 %d 列", name(t), c.col+1) }
