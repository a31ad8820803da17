package compose

import (
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/prose"
)

// Passages are the paragraphs of a document.
func Passages(d *doc.Document) (out []prose.Passage) {
	section := ""
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				section = b.Text.String
			case *doc.Paragraph:
				var text strings.Builder
				for k := range b.Spans {
					text.WriteString(b.Spans[k].Text.String)
				}
				out = append(out, prose.Passage{Section: section, Text: text.String()})
			}
		}
	}
	return out
}
