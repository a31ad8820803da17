package compose

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// glossaryPlace is where a glossary goes once the words of the document are known.
type glossaryPlace struct {
	section, at int
	style       string
	number      pack.Snippet
	chosen      string // the text in which the author says which terms it has
}

// entry is an entry of the glossary.
type entry struct {
	name       string
	term, text []doc.Text
	own        source.String // the term, if the author typed it
	due        bool          // the document uses it, or it is always listed
}

// glossary fills the glossaries with the terms that the document uses, or those that the author chose. The author's terms
// replace the pack's of the same name and are always printed where none are chosen.
func (c *composer) glossary(d *doc.Document) {
	if len(c.pending) == 0 {
		return
	}
	entries, ok := c.terms(words(d))
	if !ok {
		return
	}
	for _, p := range c.pending {
		var blocks []doc.Block
		for i, e := range c.chosen(p.chosen, entries) {
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

// terms are all terms that a glossary may have: the pack's in its order, then the author's. False where the budget is spent.
func (c *composer) terms(text string) (out []entry, ok bool) {
	own := map[string]bool{}
	typed := func(g *budget.Term) entry {
		own[g.Term.V] = true
		return entry{g.Term.V, c.origins.split(c.origins.mark(g.Term)), c.origins.split(c.origins.mark(g.Text)), g.Term, true}
	}
	for _, t := range c.p.Terms {
		if i := slices.IndexFunc(c.b.Facts.Glossary, func(g budget.Term) bool { return g.Term.V == t.Term }); i >= 0 {
			out = append(out, typed(&c.b.Facts.Glossary[i]))
			continue
		}
		if !c.takes(paragraphSteps+(1+len(t.Words))*len(text)/64, t.At) {
			return nil, false
		}
		due := t.Always || slices.ContainsFunc(append(t.Words, t.Term), func(w string) bool { return strings.Contains(text, w) })
		out = append(out, entry{name: t.Term, term: []doc.Text{{String: t.Term}}, text: []doc.Text{{String: t.Text}}, due: due})
	}
	for i := range c.b.Facts.Glossary {
		if g := &c.b.Facts.Glossary[i]; !own[g.Term.V] {
			out = append(out, typed(g))
		}
	}
	return out, true
}

// chosen are the entries that a glossary prints: those that the author names in a text, in its order, else those that are due.
func (c *composer) chosen(key string, all []entry) (out []entry) {
	says, ok := c.texts(key)
	if key == "" || !ok || strings.TrimSpace(says.V) == "" {
		return slices.DeleteFunc(slices.Clone(all), func(e entry) bool { return !e.due })
	}
	c.origins.plain(c.origins.mark(source.String{V: trimStop(says.V), At: says.At})) // it steers what is printed
	var names []string
	for _, e := range all {
		names = append(names, e.name)
	}
	for _, name := range strings.FieldsFunc(trimStop(says.V), func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		name = strings.TrimSpace(name)
		i := slices.Index(names, name)
		if i < 0 {
			i = slices.IndexFunc(names, func(n string) bool { return bareTerm(n) == bareTerm(name) })
		}
		switch {
		case name == "":
		case i < 0:
			c.diags.Add(diag.NotListed("填报-009", says.At, "名词", name, names))
		case slices.ContainsFunc(out, func(e entry) bool { return e.name == names[i] }):
			c.diags.Errorf("填报-009", says.At, "名词“%s”写了两遍", name)
		default:
			out = append(out, all[i])
		}
	}
	for i := range all { // what the author explains stands in the glossary
		if e := &all[i]; e.own.V != "" && !slices.ContainsFunc(out, func(o entry) bool { return o.name == e.name }) {
			c.diags.Errorf("填报-009", e.own.At, "名词“%s”有解释，却不在选列的名词（%s）里，印不出来", e.name, key)
		}
	}
	return out
}

// bareTerm is a term without the marks that people leave out.
func bareTerm(s string) string { return strings.NewReplacer("“", "", "”", "", "\"", "").Replace(s) }

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
