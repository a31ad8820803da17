package desk

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
)

// A file whose grammar is broken has no fields that could be changed: nobody knows where they begin and end. Its text can be.

// Text replaces the text of such a file: File, Was, Text.
const Text Op = "text"

// Broken is a file that is mended in its text.
type Broken struct {
	File     string // below the folder
	Text     string
	Problems []Problem
}

// broken are the files that are mended in their texts, with what was found in them.
func (d *Desk) broken(held map[string]*version, found []Problem) (out []Broken) {
	for _, name := range slices.Sorted(maps.Keys(held)) {
		if f := held[name].file; !f.Editable() {
			b := Broken{File: d.below(name), Text: unixLines(string(f.Source))}
			for i := range found {
				if found[i].At.File == name {
					b.Problems = append(b.Problems, found[i])
				}
			}
			out = append(out, b)
		}
	}
	return out
}

// unixLines is a text with the line ends that pages of the web have in fields.
func unixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// replace makes the text of a file another.
func (g *group) replace(c *Change) {
	name := g.d.within(c.File)
	v := g.held[name]
	switch {
	case v == nil:
		g.out.Conflicts = append(g.out.Conflicts, Conflict{Mine: c.Text, What: c.File + "已经不在了"})
		return
	case g.texts[name] != nil || v.file.Editable():
		g.refuse("", "", c.File+" 里没有要改原文的错误，在它的各栏里改")
		return
	}
	was := unixLines(string(v.file.Source))
	if was != unixLines(c.Was) {
		g.out.Conflicts = append(g.out.Conflicts, Conflict{Mine: c.Text, Theirs: was, What: c.File})
		return
	}
	text := unixLines(c.Text)
	from, toA, toB := apartRunes(was, text)
	if text == was {
		return
	}
	g.notes = append(g.notes, Note{What: "text", File: c.File, Old: was[from:toA], New: text[from:toB], Words: "改 " + c.File + " 的原文"})
	if bytes.Contains(v.file.Source, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	now := newVersion(name, []byte(text))
	g.d.match(v, now)
	g.texts[name] = now
}

// apartRunes is apart for texts: no character is cut.
func apartRunes(a, b string) (from, toA, toB int) {
	from, toA, toB = apart([]byte(a), []byte(b))
	for from > 0 && from < len(a) && !utf8.RuneStart(a[from]) {
		from--
	}
	for toA < len(a) && !utf8.RuneStart(a[toA]) {
		toA, toB = toA+1, toB+1
	}
	return from, toA, toB
}

// ownFile is a file for a row of a table each row of which has a file of its own, as forms have; "" for other tables.
func (g *group) ownFile(t *budget.Table) string {
	dir, _, apart := strings.Cut(t.File, "/")
	if !apart {
		return ""
	}
	for n := 1; ; n++ {
		name := g.d.within(fmt.Sprintf("%s/%s-%02d.toml", dir, t.Name, n))
		if g.held[name] == nil && g.roots[name] == 0 && !g.d.passed[name] {
			return name
		}
	}
}
