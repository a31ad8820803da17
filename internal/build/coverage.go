package build

import (
	"cmp"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// Rare is a character that the first face for its text does not draw.
type Rare struct {
	Rune  rune
	Role  string
	Face  string // the face that draws it, "" when none does
	Count int
	At    diag.Range // the first place in the author's files, zero when the template supplied it
}

// Use is how many characters of the document a face draws.
type Use struct {
	Face  string
	Count int
}

// Coverage tells which faces draw the document and lists the characters that a fallback draws or no face has.
func (w *Work) Coverage() (uses []Use, rare []Rare) {
	counts := map[string]int{}
	type key struct {
		r    rune
		role string
	}
	index := map[key]int{}
	doc.Walk(w.Tree, func(t doc.Text, style string) {
		s, ok := w.Tree.Styles.Texts[style]
		if !ok {
			return
		}
		family, ok := w.fonts.Family(s.Family)
		if !ok {
			return
		}
		main := family.Pick('国') // the face that draws common characters of the role
		for _, r := range t.String {
			if r == '\n' {
				continue
			}
			face := family.Pick(r)
			name := ""
			if face != nil {
				name = face.Name()
				counts[name]++
			}
			if face != nil && (face == main || r < 0x2E80) {
				continue
			}
			k := key{r, s.Family}
			i, seen := index[k]
			if !seen {
				i = len(rare)
				index[k] = i
				rare = append(rare, Rare{Rune: r, Role: s.Family, Face: name, At: t.Origin})
			}
			rare[i].Count++
			if rare[i].At.IsZero() {
				rare[i].At = t.Origin
			}
		}
	})
	for f, n := range counts {
		uses = append(uses, Use{f, n})
	}
	slices.SortFunc(uses, func(a, b Use) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Face, b.Face)) })
	slices.SortFunc(rare, func(a, b Rare) int { return cmp.Or(cmp.Compare(a.Rune, b.Rune), cmp.Compare(a.Role, b.Role)) })
	return uses, rare
}
