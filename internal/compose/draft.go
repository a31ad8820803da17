package compose

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// FormAt is where in a document a form stands.
type FormAt struct {
	Form    *budget.Form
	Section int
}

// Forms is Document where nothing is wanted but some forms: the tree has the sections that hold them, whole and in their order,
// the same as those of the whole document, and no others. Nobody is told what is wrong with them. Where a section holds what only
// the whole document knows, its contents or its glossary, the tree is nil, as it is without any form.
func Forms(p *pack.Pack, b *budget.Budget, prior schedule.Prior, want func(*budget.Form) bool) Composed {
	c := newComposer(p, b, prior)
	c.want = want
	d := &doc.Document{Title: c.plain(p.Title), Author: b.Facts.Department.Name.V, Styles: &p.Styles}
	show := c.show()
	for i := range p.Parts {
		o, ofForms := p.Parts[i].Optional, slices.ContainsFunc(p.Parts[i].Blocks, func(x pack.Block) bool { return x.Forms != "" })
		if ofForms && (o == "" || slices.Contains(show, o)) {
			c.part(d, &p.Parts[i])
		}
	}
	d.Marks = c.origins.numbers.marks
	whole := *d
	d.Sections = nil
	last := -1
	for i := range c.formsAt {
		at := c.formsAt[i].Section
		if at != last {
			d.Sections = append(d.Sections, whole.Sections[at])
			last = at
		}
		c.formsAt[i].Section = len(d.Sections) - 1
		if c.waits(at) || slices.ContainsFunc(whole.Sections[at].Blocks, func(x doc.Block) bool { _, ok := x.(*doc.Contents); return ok }) {
			return Composed{}
		}
	}
	if len(d.Sections) == 0 || c.over(p.At) {
		return Composed{}
	}
	return Composed{Tree: d, Numbers: c.numbers, Forms: c.formsAt}
}

// waits reports whether a glossary goes into a section.
func (c *composer) waits(section int) bool {
	return slices.ContainsFunc(c.pending, func(g glossaryPlace) bool { return g.section == section })
}
