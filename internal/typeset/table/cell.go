package table

import (
	"fmt"
	"math"
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// endless is a measure that no text fills. Well below the largest integer: it takes part in sums.
const endless = unit.Length(math.MaxInt32)

// setter sets the texts of one table, in styles of the table's scale.
type setter struct {
	sheet    *style.Sheet
	memory   *Memory
	num, den unit.Length   // scale of the table, as a ratio: lengths stay whole, and equal at 1
	body     *style.Text   // of cells that have none of their own
	head     *style.Text   // and of those of the head
	styles   []*style.Text // met so far: a style is scaled once, and its cells share it
	others   []other       // likewise, styles in other families
	span     [1]par.Span   // of the text at hand; here since cells are many and each asks
	ask      par.Paragraph // likewise
}

// extent is the least and the preferred width of a text.
type extent struct{ min, pref unit.Length }

func newSetter(t *doc.Table, sheet *style.Sheet, m *Memory, num, den unit.Length) *setter {
	s := &setter{sheet: sheet, memory: m, num: num, den: den}
	s.body = s.style(t.Style)
	if s.head = s.body; len(t.Head) > 0 && t.HeadStyle != "" {
		s.head = s.style(t.HeadStyle)
	}
	return s
}

// style returns a style at the table's scale.
func (s *setter) style(name string) *style.Text {
	for _, t := range s.styles {
		if t.Name == name {
			return t
		}
	}
	t := s.sheet.Text(name).Scaled(s.num, s.den)
	s.styles = append(s.styles, t)
	return t
}

// other is a style of the table in a family that is not its own.
type other struct{ own, in *style.Text }

// in returns a style in another family.
func (s *setter) in(t *style.Text, family string) *style.Text {
	for _, x := range s.others {
		if x.own == t && x.in.Family == family {
			return x.in
		}
	}
	s.others = append(s.others, other{t, s.sheet.In(t, family)})
	return s.others[len(s.others)-1].in
}

// longLabel is the length in bytes from which a centred text is running text rather than a label: 16 Han characters, and
// twice as many on lines shorter than narrowLine thousandths of an em, where hardly a line would end with a word.
const (
	longLabel  = 48
	narrowLine = 8000
)

// asked is a paragraph of one text as its style has it. It holds until the next call.
func (s *setter) asked(t *style.Text, text string, measure unit.Length) *par.Paragraph {
	s.span[0] = t.Span(text)
	s.ask = t.Paragraph(measure, s.span[:]...)
	return &s.ask
}

// paragraph asks for one text of a cell on lines of the given measure. A head, the name of a row or a centred label that
// takes several lines is set as a title is: broken between words, on lines of like length.
func (s *setter) paragraph(c *cell, text string, measure unit.Length) *par.Paragraph {
	p := s.asked(c.style, text, measure)
	p.Align, p.FirstIndent = style.Align(c.align), 0
	name := c.head || c.Header != doc.HeaderNone
	label := longLabel
	if measure < c.style.Em(narrowLine) {
		label *= 2
	}
	p.Balance = p.Align == par.Center && (name || len(text) <= label) || p.Align == par.Left && name && len(text) <= 2*longLabel
	if c.FirstIndent {
		p.FirstIndent = c.style.Em(2000)
	}
	return p
}

// oneLine sets a text on one line however long, at the left.
func (s *setter) oneLine(c *cell, text string) par.Result {
	p := s.asked(c.style, text, endless)
	p.Align, p.FirstIndent, p.Balance = par.Left, 0, false
	return s.sheet.Setter.Set(p)
}

// prepare finds a cell's style and alignment, and sets it if that needs no width.
func (s *setter) prepare(t *doc.Table, c *cell) {
	col := doc.Column{}
	if c.col < len(t.Columns) {
		col = t.Columns[c.col]
	}
	switch {
	case c.Style != "":
		c.style = s.style(c.Style)
	case c.head:
		c.style = s.head
	default:
		c.style = s.body
	}
	if c.Family != "" {
		c.style = s.in(c.style, c.Family)
	}
	c.align = col.Align
	if c.head {
		c.align = doc.AlignCenter
	}
	if c.AlignSet {
		c.align = c.Align
	}
	c.lines, c.paras, c.natural, c.sound, c.parted, c.wrapped, c.point, c.block = nil, nil, false, true, false, endless, 0, 0
	switch {
	case c.Vertical:
		s.stack(c, 1)
	case figure(c):
		c.natural = true
		for i := range c.Text {
			r := s.oneLine(c, c.Text[i].String)
			c.sound = c.sound && r.Sound()
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
	for _, r := range c.Text[0].String {
		switch {
		case r == '—', r == '–', r == '−', r == '－', r == '…', r == '％', r == '‰':
		case r == '\n', r > '~':
			return false
		}
	}
	return true
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
			least, pref := s.sheet.Setter.Extent(s.paragraph(c, c.Text[i].String, endless))
			e.min, e.pref = max(e.min, least), max(e.pref, pref)
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
	s.wrap(c, width)
	for i := range c.lines {
		if c.lines[i].Overfull > 0 {
			return false
		}
	}
	broken := len(c.lines) > len(c.Text)
	return !broken || width-c.style.Em(1000*c.Indent) >= c.style.Em(longPiece) || !c.parted
}

// longPiece is a measure, in thousandths of an em, that takes any word whole which is not to be broken anyway.
const longPiece = 8000

// set breaks the cell's text into lines of the given width and reports what is wrong with it.
func (s *setter) set(t *doc.Table, c *cell, width unit.Length) {
	switch {
	case c.Vertical:
		s.reportVertical(t, c)
		return
	case !c.natural:
		s.wrap(c, width)
	}
	if c.sound {
		return
	}
	for i := range c.Text {
		var res par.Result
		if c.natural {
			res = s.oneLine(c, c.Text[i].String)
		} else {
			res = s.sheet.Setter.Set(s.paragraph(c, c.Text[i].String, width-c.style.Em(1000*c.Indent)))
		}
		s.sheet.Report(c.style, where(t, c), res, c.Text[i])
	}
}

// wrap breaks the cell's text into lines of the given width, unless it is so broken already.
func (s *setter) wrap(c *cell, width unit.Length) {
	if c.wrapped == width {
		return
	}
	inner := width - c.style.Em(1000*c.Indent)
	if c.wrapped != endless && len(c.Text) == 1 && len(c.lines) == 1 && c.sound && !c.parted && c.lines[0].Refit(s.paragraph(c, c.Text[0].String, inner)) {
		c.wrapped = width
		return
	}
	c.wrapped, c.sound, c.parted, c.paras = width, true, false, nil
	lines := s.memory.lines[:0]
	for i := range c.Text {
		res := s.sheet.Setter.Set(s.paragraph(c, c.Text[i].String, inner))
		c.sound, c.parted = c.sound && res.Sound(), c.parted || res.Parted
		if len(res.Lines) == 0 && len(c.Text) > 1 {
			res.Lines = []par.Line{{Forced: true}} // an empty paragraph among others keeps its line
		}
		if len(c.Text) == 1 && !c.Text[i].KeepNext {
			c.lines = res.Lines
			return
		}
		lines = append(lines, res.Lines...)
		c.paras = append(c.paras, paragraph{len(lines), c.Text[i].KeepNext})
	}
	c.lines, s.memory.lines = slices.Clone(lines), lines
}

// where is what a cell is called in messages.
func where(t *doc.Table, c *cell) string { return fmt.Sprintf("%s第 %d 列", name(t), c.col+1) }
