package compose

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// glossaryPlace is where a glossary goes once the words of the document are known.
type glossaryPlace struct {
	section, at int
	style       string
	number      pack.Snippet
}

// glossary fills the glossaries with the terms that the document uses. The author's terms replace the pack's of the
// same name and are always printed.
func (c *composer) glossary(d *doc.Document) {
	if len(c.pending) == 0 {
		return
	}
	text := words(d)
	type entry struct {
		term, text []doc.Text
		own        source.String // the term, if the author typed it
	}
	var entries []entry
	own := map[string]bool{}
	for _, t := range c.p.Terms {
		i := slices.IndexFunc(c.b.Facts.Glossary, func(g budget.Term) bool { return g.Term.V == t.Term })
		if i >= 0 {
			g := c.b.Facts.Glossary[i]
			own[t.Term] = true
			entries = append(entries, entry{c.origins.split(c.origins.mark(g.Term)), c.origins.split(c.origins.mark(g.Text)), g.Term})
			continue
		}
		if !c.takes(paragraphSteps+(1+len(t.Words))*len(text)/64, t.At) {
			return
		}
		if t.Always || slices.ContainsFunc(append(t.Words, t.Term), func(w string) bool { return strings.Contains(text, w) }) {
			entries = append(entries, entry{term: []doc.Text{{String: t.Term}}, text: []doc.Text{{String: t.Text}}})
		}
	}
	for _, g := range c.b.Facts.Glossary {
		if !own[g.Term.V] {
			entries = append(entries, entry{c.origins.split(c.origins.mark(g.Term)), c.origins.split(c.origins.mark(g.Text)), g.Term})
		}
	}
	for _, p := range c.pending {
		var blocks []doc.Block
		for i, e := range entries {
			para := &doc.Paragraph{Style: p.style}
			number := c.entryNumber(p.number, i+1)
			c.numbered(number, e.own, e.own.V)
			para.Spans = append(para.Spans, doc.Span{Text: doc.Text{String: number}, Style: pack.StyleTerm})
			for _, t := range e.term {
				para.Spans = append(para.Spans, doc.Span{Text: t, Style: pack.StyleTerm})
			}
			para.Spans = append(para.Spans, doc.Span{Text: doc.Text{String: "："}})
			for _, t := range e.text {
				para.Spans = append(para.Spans, doc.Span{Text: t})
			}
			blocks = append(blocks, para)
		}
		s := &d.Sections[p.section]
		s.Blocks = slices.Insert(s.Blocks, p.at, blocks...)
	}
}

// words is all text of the document so far, for asking whether a term occurs.
func words(d *doc.Document) string {
	length := 0
	doc.Walk(d, func(t doc.Text, _ string) { length += len(t.String) + 1 })
	var sb strings.Builder
	sb.Grow(length)
	doc.Walk(d, func(t doc.Text, _ string) {
		sb.WriteString(t.String)
		if t.Origin.IsZero() {
			return
		}
		sb.WriteByte('\n')
	})
	return sb.String()
}

// entryNumber numbers an entry as the pack says: 一、 where it says nothing.
func (c *composer) entryNumber(s pack.Snippet, n int) string {
	if s.IsZero() {
		return Numeral(n) + "、"
	}
	return c.fill(s, struct{ N int }{n}).String
}
