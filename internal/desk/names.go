package desk

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
)

// naming names codes.
type naming struct {
	functional, economic classify.Tree
	known                bool
	year                 int // of the catalogue
	units                map[string]string
	projects             []string
}

// namingOf is the naming of a budget: that of before, where it says the same.
func namingOf(b *budget.Budget, before *naming) *naming {
	n := &naming{functional: b.Functional, economic: b.Economic, known: true, year: b.Facts.Department.Year.V, units: map[string]string{}}
	for i := range b.Facts.Units {
		n.units[b.Facts.Units[i].Code.V] = b.Facts.Units[i].Name.V
	}
	for i := range b.Facts.Projects {
		if name := b.Facts.Projects[i].Name.V; name != "" && !slices.Contains(n.projects, name) {
			n.projects = append(n.projects, name)
		}
	}
	if before.known && before.year == n.year && maps.Equal(before.units, n.units) && slices.Equal(before.projects, n.projects) {
		return before
	}
	return n
}

// of is the name of a code, or the code where it has none.
func (n *naming) of(kind budget.FieldKind, code string) string {
	name := ""
	switch {
	case kind == budget.FieldUnit:
		name = n.units[code]
	case !n.known:
	case kind == budget.FieldFunction:
		name, _ = n.functional.Name(code)
	case kind == budget.FieldEconomic:
		name, _ = n.economic.Name(code)
	case kind == budget.FieldClassified:
		if name, _ = n.functional.Name(code); name == "" {
			name, _ = n.economic.Name(code)
		}
	}
	if name == "" {
		return code
	}
	return name
}

// Codes are the codes, or names, that a field of a kind may have, with what they are called, in their order; nil of a kind that
// has no list.
func (d *Desk) Codes(kind budget.FieldKind) ([]classify.Code, error) {
	r, err := d.settled()
	if err != nil {
		return nil, err
	}
	names := r.names
	var out []classify.Code
	switch kind {
	case budget.FieldFunction, budget.FieldEconomic:
		tree := names.functional
		if kind == budget.FieldEconomic {
			tree = names.economic
		}
		if !names.known {
			return nil, nil
		}
		for _, code := range tree.Codes() {
			name, _ := tree.Name(code)
			out = append(out, classify.Code{Code: code, Name: name})
		}
	case budget.FieldUnit:
		for code, name := range names.units {
			if code != "" {
				out = append(out, classify.Code{Code: code, Name: name})
			}
		}
		slices.SortFunc(out, func(a, b classify.Code) int { return strings.Compare(a.Code, b.Code) })
	case budget.FieldTemplate:
		for _, name := range d.world.Shared.PackNames() {
			out = append(out, classify.Code{Code: name})
		}
	case budget.FieldProject:
		for _, name := range names.projects {
			out = append(out, classify.Code{Code: name, Name: name})
		}
	}
	return out, nil
}
