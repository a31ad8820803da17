package schedule

import (
	"slices"
	"strings"

	"yusuan/internal/pack"
)

var unblanked = strings.NewReplacer(" ", "", "\u3000", "", "\n", "", "(", "（", ")", "）")

// numberMarks stand behind the number of a label.
const numberMarks = "）、.．"

// Bare is a label without blanks and without what numbers it: 一、, （二）, 3.
func Bare(label string) string {
	label = unblanked.Replace(label)
	const numerals = "一二三四五六七八九十廿卅0123456789"
	inner := strings.TrimPrefix(label, "（")
	rest := strings.TrimLeft(inner, numerals)
	if rest == inner {
		return label
	}
	for _, after := range []string{"）", "、", ".", "．"} {
		if s, ok := strings.CutPrefix(rest, after); ok {
			return s
		}
	}
	return label
}

// ownLabel is what a label tells its row by, whatever the data: the first text that it may print, or else what that ends with
// behind what the data fill in, or else all of it as the pack writes it.
func ownLabel(s pack.Snippet) string {
	if all := s.Variants(); len(all) > 0 {
		last := all[0][len(all[0])-1]
		if len(all[0]) > 1 {
			last = strings.TrimLeft(last, numberMarks)
		}
		if own := Bare(last); own != "" {
			return own
		}
	}
	return Bare(s.Written())
}

// fits reports whether a text of the pack may print a bare label, and whether it does so whatever the data.
func fits(s pack.Snippet, bare string) (may, always bool) {
	for _, v := range s.Variants() {
		switch {
		case len(v) == 1 && Bare(v[0]) == bare:
			return true, true
		case len(v) > 1 && filled(v, bare):
			may = true
		}
	}
	return may, false
}

// filled reports whether pieces of a text stand in a bare label one behind the other, and what the data fill in between
// them. What the text begins with may number it and so be gone. Pieces that say nothing fit nothing.
func filled(pieces []string, bare string) bool {
	said := false
	rest := bare
	for i, p := range pieces {
		if i == 0 {
			p = Bare(p)
		}
		p = unblanked.Replace(p)
		if i > 0 && !said {
			p = strings.TrimLeft(p, numberMarks)
		}
		if p == "" {
			continue
		}
		at := strings.Index(rest, p)
		if last := i == len(pieces)-1; at < 0 || i == 0 && at > 0 || last && !strings.HasSuffix(rest, p) {
			return false
		}
		said, rest = true, rest[at+len(p):]
	}
	return said
}

// holes are what may fill the first hole of each text that a row of the pack prints for each part: the names of parts.
func holes(s pack.Snippet, bare string) []string {
	out := []string{bare}
	for _, v := range s.Variants() {
		if len(v) < 2 {
			continue
		}
		first, last := Bare(v[0]), strings.TrimLeft(unblanked.Replace(v[len(v)-1]), numberMarks)
		if inner := strings.TrimSuffix(strings.TrimPrefix(bare, first), last); inner != bare && !slices.Contains(out, inner) {
			out = append(out, Bare(inner))
		}
	}
	return out
}
