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
