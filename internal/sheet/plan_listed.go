package sheet

import (
	"maps"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// unlisted tells of a word that is to go into a folder and is in no list, at its cell: there nobody looks at it again before the
// folder is checked. It is written anyway, as it may be typed in a text file. A workbook by itself is checked at once, by the rules.
func (p *planner) unlisted(at diag.Range, x *Item, word string) {
	if p.fresh || word == source.Unfilled || word == "" {
		return
	}
	words := x.Words
	switch x.Kind {
	case budget.FieldListed:
		if x.List != "" {
			if _, ok := p.lists.Of(x.List).Mean(word); ok {
				return
			}
		} else if x.Open || len(words) == 0 {
			return
		}
	case budget.FieldTemplate:
		if words = p.templates; len(words) == 0 {
			return // they are not at hand
		}
	case budget.FieldGoal: // whoever asks knows of which form
	case budget.FieldForm:
		words = slices.Sorted(maps.Keys(p.pack.Forms))
	case budget.FieldPart:
		words = p.pack.Optionals()
	case budget.FieldProject:
		if words = p.called("project", "name"); x.Table != formTable { // what is bought need be of no project
			if _, near := diag.Closest(word, words); !near {
				return
			}
		}
	case budget.FieldUnit:
		words = p.called("unit", "code")
	default:
		return
	}
	if slices.Contains(words, word) {
		return
	}
	d := diag.NotListed(ruleCell, at, x.Label, word, words)
	d.Level = diag.Warning
	p.diags.Add(d)
}

// unlistedField is the same of a cell of a row.
func (x *rowsPlan) unlistedField(at diag.Range, f *budget.Field, word string) {
	it := Item{Table: x.b.Table.Name, Key: f.Key, Label: f.Label, Kind: f.Kind, List: f.List}
	if f.Kind == budget.FieldGoal {
		for _, s := range x.every(goalTable) {
			if s.parent == x.form {
				it.Words = append(it.Words, s.says("name"))
			}
		}
	}
	x.unlisted(at, &it, word)
}

// called is what the entries of a table that will be there are called.
func (p *planner) called(table, key string) (out []string) {
	for _, s := range p.every(table) {
		if name := s.says(key); name != "" {
			out = append(out, name)
		}
	}
	return out
}
