package build

import (
	"slices"

	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// titles tells what readers call the keys of free tables: the words that the packs print for them. The packs are those
// that the files name; which of them serves the edition does not matter for a name.
func (w *Work) titles(files []*source.File) func(table, key string) string {
	ids := []string{w.in.Template}
	if w.in.Template == "" {
		ids = []string{source.Word(files, "department", "template"), source.Word(files, "department", "template_unit")}
	}
	var packs []*pack.Pack
	for _, id := range ids {
		if id == "" || !slices.Contains(w.shared.PackNames(), id) {
			continue // told where the pack is needed
		}
		if p, _, err := w.shared.pack(id); err == nil && p != nil {
			packs = append(packs, p)
		}
	}
	return func(table, key string) string {
		for _, p := range packs {
			if title := titleIn(p, table, key); title != "" {
				return title
			}
		}
		return ""
	}
}

// titleIn is what a pack calls a key of a table of amounts, of texts, or of the fields of a form.
func titleIn(p *pack.Pack, table, key string) string {
	switch table {
	case "figures", "prior":
		if f := p.Figure(key); f != nil {
			return f.Title
		}
	case "text":
		if s := p.Slot(key); s != nil {
			return s.Title
		}
	case "fields":
		return p.FieldTitle(key)
	}
	return ""
}
