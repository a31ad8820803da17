package imports

import (
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
)

// lacking are entries for the codes that facts have and the catalogue of the year has not, with the names that exports give them,
// and for the groups above, as far as exports name these.
func (u *Understood) lacking(cat *classify.Catalogue, facts []*fact) []*fact {
	if cat == nil {
		return nil
	}
	x := &lacking{named: map[string]string{}, seen: map[string]bool{}}
	for _, t := range u.Totals {
		for _, key := range []string{"function", "economic"} {
			if code := t.Where[key]; code != "" && t.Label != "" && t.Label != code {
				x.named[key+code] = t.Label
			}
		}
	}
	var walk func(f *fact)
	walk = func(f *fact) {
		x.code(f, "function", "功能", &cat.Functional)
		x.code(f, "economic", "经济", &cat.Economic)
		for _, k := range f.kids {
			walk(k)
		}
	}
	for _, f := range facts {
		walk(f)
	}
	slices.SortFunc(x.out, func(a, b *fact) int { return strings.Compare(a.identity(), b.identity()) })
	return x.out
}

type lacking struct {
	named map[string]string
	seen  map[string]bool
	out   []*fact
}

func (x *lacking) code(f *fact, key, kind string, tree *classify.Tree) {
	s := f.get(key)
	if s == nil || s.text == "" {
		return
	}
	for n := len(s.text); n >= 3; n -= 2 {
		code, name := s.text[:n], s.name
		if n < len(s.text) {
			name = x.named[key+code]
		}
		_, known := tree.Name(code)
		if n == len(s.text) && (known || name == "") {
			return // it has its groups, or it is a slip that check tells of
		}
		if known || x.seen[kind+code] {
			continue
		}
		if name == "" {
			name = toFill
		}
		x.seen[kind+code] = true
		at := s.at
		if n < len(s.text) {
			at = diag.Range{}
		}
		x.out = append(x.out, &fact{table: tableCode, at: s.at, sheet: f.sheet, said: []said{{key: "kind", text: kind}, {key: "code", text: code, at: at}, {key: "name", text: name, at: at}}})
	}
}
