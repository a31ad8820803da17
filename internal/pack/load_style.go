package pack

import (
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/source"
)

func (c *compiler) styles(m *manifest) {
	s := doc.StyleSheet{Pages: map[string]doc.PageStyle{}, Texts: map[string]doc.TextStyle{}, Titles: c.titles(&m.Titles),
		Mirrored: m.Print.Mirrored.V}
	for _, t := range m.Styles {
		if _, dup := s.Texts[t.Name.V]; dup {
			c.diags.Errorf("模板-007", t.Name.At, "样式“%s”重复定义", t.Name.V)
		}
		c.p.Families[t.Family.V] = append(c.p.Families[t.Family.V], t.Family.At)
		s.Texts[t.Name.V] = doc.TextStyle{
			Family: t.Family.V, Size: c.length(t.Size), Leading: c.length(t.Leading),
			FirstIndent: t.FirstIndent.V, Indent: t.Indent.V, RightIndent: t.RightIndent.V,
			Align: c.align(t.Align, doc.AlignJustify), Before: c.length(t.Before), After: c.length(t.After),
			KeepNext: t.KeepNext.V, Tracking: t.Tracking.V, Balance: t.Balance.V,
		}
	}
	c.p.Styles = s
	for _, p := range m.Papers {
		if _, dup := s.Pages[p.Name.V]; dup {
			c.diags.Errorf("模板-007", p.Name.At, "版面“%s”重复定义", p.Name.V)
		}
		x := doc.PageStyle{Width: c.length(p.Width), Height: c.length(p.Height), Top: c.length(p.Top), Bottom: c.length(p.Bottom),
			Left: c.length(p.Left), Right: c.length(p.Right), Base: p.Base.V, Turned: p.Turned.V, Fill: p.Fill.V}
		if p.Base.V != "" {
			c.style(p.Base)
		}
		if w, h := x.Width-x.Left-x.Right, x.Height-x.Top-x.Bottom; x.Width > 0 && x.Height > 0 && (w <= 0 || h <= 0) {
			c.diags.Errorf("版式-002", p.At, "版面“%s”的页边距没有留下版心", p.Name.V)
		}
		if n := p.Number; n != nil {
			c.style(n.Style)
			c.oneOf(n.Place, "页码位置", choices("place"))
			x.Number = doc.NumberStyle{Style: n.Style.V, Before: n.Before.V, After: n.After.V, Drop: c.length(n.Drop), Place: n.Place.V}
		}
		x.Wide = p.Wide.V
		s.Pages[p.Name.V] = x
	}
	c.p.Styles = s
	for _, p := range m.Papers {
		c.widePaper(p.Wide, s.Pages[p.Name.V])
	}
	c.grid(&m.Grid)
}

func (c *compiler) titles(t *titleWords) doc.TitleWords {
	known := map[[2]rune]bool{}
	for _, words := range t.Words {
		for _, w := range strings.Fields(words.V) {
			r := []rune(w)
			if len(r) != 2 {
				c.diags.Errorf("模板-027", words.At, "标题断行的常用词是两个字的，“%s”不是", w)
				continue
			}
			known[[2]rune(r)] = true
		}
	}
	for _, terms := range t.Terms {
		for _, w := range strings.Fields(terms.V) {
			for r := []rune(w); len(r) >= 2; r = r[1:] { // whole, when each two of its characters are
				known[[2]rune(r[:2])] = true
			}
		}
	}
	return doc.TitleWords{Known: known, Bodies: t.Bodies.V, Joins: t.Joins.V, Tails: t.Tails.V, Fronts: t.Fronts.V}
}

func (c *compiler) grid(g *gridStyle) {
	for _, s := range []source.String{g.Body, g.Head, g.Note, g.Heading} {
		c.style(s)
	}
	if g.Number.V != "" {
		c.style(g.Number)
	}
	if g.Total.V != "" {
		c.p.Families[g.Total.V] = append(c.p.Families[g.Total.V], g.Total.At)
	}
	c.p.Grid = Grid{Total: g.Total.V, Number: g.Number.V, Body: g.Body.V, Head: g.Head.V, Note: g.Note.V, Heading: g.Heading.V,
		Rule: c.thickness(g.Rule), Frame: c.thickness(g.Frame),
		Pad:    doc.CellPad{X: int64(c.length(g.PadX)), Y: int64(c.length(g.PadY))},
		MinRow: int64(c.length(g.MinRow)), MinSize: int64(c.length(g.MinSize)), Continued: c.snippetOf(g.Continued, continuedFields())}
}

// thickness is that of a rule; one that not all printers print is drawn thicker than the pack asks for.
func (c *compiler) thickness(s source.String) int64 {
	l := int64(c.length(s))
	if l > 0 && l < doc.LeastRule {
		c.diags.Warnf("模板-031", s.At, "线宽“%s”细于 0.5pt，有的打印机印不出，按 0.5pt 印：改成 0.5pt 以上，不要线的写 0pt", s.V)
	}
	return l
}

// widePaper checks the name of the page for tables that are too wide for page p: it must give them more room.
func (c *compiler) widePaper(s source.String, p doc.PageStyle) {
	if s.V == "" {
		return
	}
	wide, ok := c.p.Styles.Pages[c.paper(s)]
	if ok && wide.Width-wide.Left-wide.Right <= p.Width-p.Left-p.Right {
		c.diags.Errorf("模板-016", s.At, "宽表版面“%s”的版心不比这个版面宽", s.V)
	}
}

// style checks the name of a text style.
func (c *compiler) style(s source.String) bool {
	_, ok := c.p.Styles.Texts[s.V]
	return ok || c.oneOf(s, "字体样式", sortedKeys(c.p.Styles.Texts))
}

// paper checks the name of a page style.
func (c *compiler) paper(s source.String) string {
	if _, ok := c.p.Styles.Pages[s.V]; !ok {
		c.oneOf(s, "版面", sortedKeys(c.p.Styles.Pages))
	}
	return s.V
}
