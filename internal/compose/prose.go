package compose

import (
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
)

// prose runs a prose template and reads its output, one paragraph a line:
//
//	## 一、标题       heading of level 2 (一级标题 in the pack's styles); ### is level 3
//	##~ 一、标题      the same, left out of the table of contents
//	@样式 文字        a paragraph in another style
//	@fill 3           a share of the empty room on the page
//	@space 20mm       empty room
//	@page             a new page
//	@chart 支出构成    a chart
//	anything else     a paragraph of body text
//
// Only the pack's own words make headings and commands: a line that starts with the author's text is body text.
func (c *composer) prose(name string) []doc.Block {
	var out []doc.Block
	at := c.p.ProsePlace(name)
	for _, p := range c.origins.paragraphs(c.run("prose/"+name, c.view, at)) {
		if !c.takes(paragraphSteps, at) {
			return nil
		}
		if name, ok := chartLine(p); ok {
			out = append(out, c.namedChart(name, at)...)
			continue
		}
		out = append(out, c.proseLine(p, at))
	}
	keepTitles(out)
	return out
}

// chartLine reports whether a line asks for a chart, and for which.
func chartLine(p []doc.Text) (name string, ok bool) {
	if !p[0].Origin.IsZero() || !strings.HasPrefix(p[0].String, "@") {
		return "", false
	}
	line := ""
	for _, t := range p {
		line += t.String
	}
	name, ok = strings.CutPrefix(line, "@chart ")
	return strings.TrimSpace(name), ok
}

func (c *composer) namedChart(name string, at diag.Range) []doc.Block {
	x := c.p.Charts[name]
	if x == nil {
		c.diags.Errorf("模板-012", at, "@chart 后面应是图的名称，没有图“%s”", name)
		return nil
	}
	return c.chart(x)
}

// keepTitles keeps the headings that the author wrote among body text with what follows them.
func keepTitles(blocks []doc.Block) {
	words := make([]string, len(blocks))
	for i := range blocks {
		if p, ok := blocks[i].(*doc.Paragraph); ok && p.Style == pack.StyleBody {
			words[i] = numbered(p.Spans)
		}
	}
	for i, title := range titles(words) {
		if title {
			blocks[i].(*doc.Paragraph).KeepNext = true
		}
	}
}

// numbered is the text of a paragraph that begins as headings do, "" of all others.
func numbered(spans []doc.Span) string {
	if len(spans) == 0 || !startsAsTitle(spans[0].String) {
		return ""
	}
	var sb strings.Builder
	for _, s := range spans {
		sb.WriteString(s.String)
	}
	return sb.String()
}

func (c *composer) proseLine(p []doc.Text, at diag.Range) doc.Block {
	if !p[0].Origin.IsZero() {
		return paragraph(pack.StyleBody, p)
	}
	first := p[0].String
	switch {
	case strings.HasPrefix(first, "### "):
		p[0] = c.origins.numbers.cut(p[0], 4, len(first))
		return c.heading(p, pack.StyleHeading3, 3)
	case strings.HasPrefix(first, "##~ "):
		p[0] = c.origins.numbers.cut(p[0], 4, len(first))
		h := c.heading(p, pack.StyleHeading2, 2)
		h.Contents = ""
		return h
	case strings.HasPrefix(first, "## "):
		p[0] = c.origins.numbers.cut(p[0], 3, len(first))
		return c.heading(p, pack.StyleHeading2, 2)
	case strings.HasPrefix(first, "@"):
		return c.command(p, at)
	}
	return paragraph(pack.StyleBody, p)
}

func (c *composer) heading(p []doc.Text, style string, level int) *doc.Heading {
	t := c.origins.numbers.joined(p)
	h := &doc.Heading{Text: t, Style: style, Level: level}
	if level == 2 {
		h.Contents, h.Bookmark = t.String, t.String
	}
	return h
}

func (c *composer) command(p []doc.Text, at diag.Range) doc.Block {
	word, rest, _ := strings.Cut(p[0].String[1:], " ")
	switch word {
	case "fill":
		n, err := pack.Fill(rest)
		if err != nil {
			c.diags.Errorf("模板-012", at, "%v", err)
		}
		return &doc.Space{Fill: n}
	case "page":
		c.takes(pageSteps, at)
		return &doc.PageBreak{}
	case "space":
		l, err := pack.Space(rest)
		if err != nil {
			c.diags.Errorf("模板-012", at, "%v", err)
		}
		return &doc.Space{Height: int64(l)}
	}
	if _, ok := c.p.Styles.Texts[word]; !ok {
		c.diags.Errorf("模板-012", at, "没有样式“%s”", word)
	}
	p[0] = c.origins.numbers.cut(p[0], len(p[0].String)-len(rest), len(p[0].String))
	return paragraph(word, c.origins.trim(p))
}

func paragraph(style string, p []doc.Text) *doc.Paragraph {
	out := &doc.Paragraph{Style: style}
	for _, t := range p {
		out.Spans = append(out.Spans, doc.Span{Text: t})
	}
	return out
}
