package html

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/doc"
)

// Parts of a page are called by what the document calls them, so that links hold: tables t and their number, headings by the
// numbers of the parts and sections that they are in, p3-7-1, and what has no number by its words. A name that is taken gets a
// number behind.

// own makes a name that no other element of the page has.
func (w *writer) own(name string) string {
	out := name
	for n := 2; w.ids[out]; n++ {
		out = name + "-" + strconv.Itoa(n)
	}
	w.ids[out] = true
	return out
}

// nameAll names headings and tables before anything is written, since the contents stand before them.
func (w *writer) nameAll() {
	var above []string // by level: the name of the heading
	for i := range w.source.Tree.Sections {
		blocks := w.source.Tree.Sections[i].Blocks
		for k, b := range blocks {
			h, ok := b.(*doc.Heading)
			if !ok {
				continue
			}
			level := max(h.Level, 1)
			above = above[:min(len(above), level-1)]
			name := ""
			if t := tableOf(blocks[k+1:], h.Text.String); t != nil {
				name = w.own(tableName(t, h))
				w.boxed[h] = true
			} else {
				name = w.own(headingName(above, h))
			}
			w.anchor[h] = name
			for len(above) < level {
				above = append(above, name)
			}
		}
	}
}

// tableOf is the table whose title a heading is, if it stands below it with nothing but what belongs to it between.
func tableOf(blocks []doc.Block, title string) *doc.Table {
	for _, b := range blocks {
		switch b := b.(type) {
		case *doc.Table:
			if words(b.Caption.String) == words(title) {
				return b
			}
			return nil
		case *doc.Heading, *doc.Chart, *doc.Contents:
			return nil
		}
	}
	return nil
}

// tableName is t with the number of a table: of what it is called in the document, or by the pack.
func tableName(t *doc.Table, h *doc.Heading) string {
	for _, s := range [...]string{h.Text.String, h.Contents} {
		if _, rest, ok := strings.Cut(s, "表"); ok {
			if n := digits(strings.TrimLeft(rest, " \u3000")); n != "" {
				return "t" + n
			}
		}
	}
	if t.ID != "" && strings.IndexFunc(t.ID, func(r rune) bool { return r != '-' && !letter(r) }) < 0 {
		return "t" + t.ID
	}
	return words(h.Text.String)
}

func letter(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// digits are the figures and the dashes between them that a text begins with.
func digits(s string) string {
	n := strings.IndexFunc(s, func(r rune) bool { return r != '-' && (r < '0' || r > '9') })
	if n < 0 {
		n = len(s)
	}
	return strings.Trim(s[:n], "-")
}

// headingName is p and the numbers of the headings above and its own, or its words.
func headingName(above []string, h *doc.Heading) string {
	number := numberOf(h.Text.String)
	if number == 0 {
		number = numberOf(h.Contents)
	}
	switch {
	case number == 0:
		return words(h.Text.String)
	case len(above) == 0:
		return "p" + strconv.Itoa(number)
	}
	return above[len(above)-1] + "-" + strconv.Itoa(number)
}

// numberOf is the number that a heading begins with, 第三部分 七、 （一） 1. ; 0 for none.
func numberOf(title string) int {
	s := strings.TrimLeft(title, "第（(")
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(figures, r) && (r < '0' || r > '9') })
	if end <= 0 || !slices.ContainsFunc([]string{"部分", "章", "节", "、", "）", ")", ".", "．"}, func(x string) bool { return strings.HasPrefix(s[end:], x) }) {
		return 0
	}
	if n, err := strconv.Atoi(s[:end]); err == nil {
		return n
	}
	n, digit := 0, 0
	for _, r := range s[:end] {
		if r == '十' {
			n, digit = n+10*max(digit, 1), 0
			continue
		}
		digit = len([]rune(figures[:max(strings.IndexRune(figures, r), 0)]))
	}
	return n + digit
}

// figures are those of Chinese numbers, each at its own place.
const figures = "〇一二三四五六七八九十"

// words is a text as a name: what parts words is left out.
func words(s string) string {
	out := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	if out == "" {
		return "x"
	}
	return out
}

// fragment writes the place of a page that a link leads to.
func (w *writer) fragment(id string) {
	w.raw(` href="#`)
	const upper = "0123456789ABCDEF"
	for i := range len(id) {
		if c := id[i]; letter(rune(c)) || strings.IndexByte("-._~/:@", c) >= 0 {
			w.out = append(w.out, c)
		} else {
			w.out = append(w.out, '%', upper[c>>4], upper[c&15])
		}
	}
	w.raw(`"`)
}
