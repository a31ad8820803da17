package pack

import (
	"cmp"
	"regexp"
	"strings"
)

// placeholder is what a pack fills into a title.
var placeholder = regexp.MustCompile(`\{\{[^}]*\}\}`)

// Called is what people call a table: its title without what each document fills in, for many tables print no number.
func (t *Table) Called() string {
	title := strings.TrimSpace(placeholder.ReplaceAllString(t.Heading.Written(), ""))
	title = strings.TrimPrefix(title, "年") // of which the year goes before
	return cmp.Or(title, t.Contents.Literal, "表"+t.ID)
}

// Chooses reports whether a text says which terms a glossary has: what steers a document, and stands in none.
func (p *Pack) Chooses(key string) bool {
	for i := range p.Parts {
		for j := range p.Parts[i].Blocks {
			if b := &p.Parts[i].Blocks[j]; b.Glossary != "" && b.Chosen == key && key != "" {
				return true
			}
		}
	}
	return false
}
