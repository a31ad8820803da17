package compose

import (
	"slices"
	"strings"

	"yusuan/internal/doc"
)

// What stands before the first part has no headings of the template: the cover and the contents are set line by line. Readers
// of the structure, of the outline and of page labels are led to them all the same.

// coverName is what readers call the page of the cover.
const coverName = "封面"

// nameFront tags what the cover and the contents are headed by as headings.
func nameFront(d *doc.Document) {
	for i := range d.Sections {
		s := &d.Sections[i]
		if slices.ContainsFunc(s.Blocks, func(b doc.Block) bool { _, ok := b.(*doc.Heading); return ok }) {
			continue
		}
		at := slices.IndexFunc(s.Blocks, func(b doc.Block) bool { _, ok := b.(*doc.Contents); return ok })
		switch {
		case at >= 0:
			nameContents(s, at)
		case i == 0 && !s.Numbered:
			nameCover(s, d.Title)
		}
	}
}

// nameContents tags the paragraph above the contents.
func nameContents(s *doc.Section, at int) {
	for at--; at >= 0; at-- {
		switch b := s.Blocks[at].(type) {
		case *doc.Space:
		case *doc.Paragraph:
			if name := strings.Join(strings.Fields(textOf(b)), ""); b.Level == 0 && !b.Quiet && name != "" {
				b.Level, b.Bookmark, s.Title = 1, name, name
			}
			return
		default:
			return
		}
	}
}

// nameCover tags what a cover begins with: its first paragraph, and those below it up to the first room.
func nameCover(s *doc.Section, title string) {
	level := 1
	for _, b := range s.Blocks {
		p, ok := b.(*doc.Paragraph)
		switch {
		case !ok && level > 1:
			return
		case !ok || p.Quiet || strings.TrimSpace(textOf(p)) == "":
		case level == 1:
			p.Level, p.Bookmark, s.Title = level, title, coverName
			level++
		default:
			p.Level = level
		}
	}
}

func textOf(p *doc.Paragraph) string {
	var b strings.Builder
	for i := range p.Spans {
		b.WriteString(p.Spans[i].String)
	}
	return b.String()
}
