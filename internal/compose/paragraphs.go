package compose

import (
	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// Paragraphs are the paragraphs that the document of b has, in their order: what is said of the facts.
func Paragraphs(p *pack.Pack, b *budget.Budget, prior schedule.Prior) []string {
	d := Document(p, b, prior).Tree
	var out []string
	for i := range d.Sections {
		for _, x := range d.Sections[i].Blocks {
			if x, ok := x.(*doc.Paragraph); ok {
				s := ""
				for _, span := range x.Spans {
					s += span.String
				}
				out = append(out, s)
			}
		}
	}
	return out
}
