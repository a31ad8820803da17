package redline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/doc"
)

// contents marks what changed of headings in the contents too, where they name them by the same words.
func (m *marker) contents() (out []*doc.Heading) {
	for i := range m.tree.Sections {
		for _, b := range m.tree.Sections[i].Blocks {
			h, ok := b.(*doc.Heading)
			if !ok || h.Listed != 0 || len(m.words[&h.Text]) == 0 {
				continue
			}
			places := sameWords(h.Text.String, h.Contents)
			if places == nil {
				continue
			}
			var words []spot
			for _, w := range m.words[&h.Text] {
				if at := min(w.from, len(h.Text.String)); !w.row {
					words = append(words, spot{places[at], max(places[at], places[min(w.to, len(h.Text.String))]), w.effect, false})
				}
			}
			if h.Listed = m.of(h.Contents, nil, words); h.Listed != 0 {
				out = append(out, h)
			}
		}
	}
	return out
}

// sameWords leads from each byte of a text to its place in another that has the same characters but for room between them; nil
// where it has others.
func sameWords(from, to string) []int {
	places, k := make([]int, len(from)+1), 0
	for i := 0; i < len(from); {
		r, size := utf8.DecodeRuneInString(from[i:])
		taken := 0
		if !unicode.IsSpace(r) {
			k += room(to[k:])
			s, n := utf8.DecodeRuneInString(to[k:])
			if s != r || n != size {
				return nil
			}
			taken = n
		}
		for range size {
			places[i] = k
			i++
		}
		k += taken
	}
	places[len(from)] = k
	if k+room(to[k:]) < len(to) {
		return nil
	}
	return places
}

// room is how many bytes at the beginning of a text are room.
func room(s string) int { return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace)) }
