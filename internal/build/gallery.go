package build

import (
	_ "embed"
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/compose"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

//go:embed gallery.toml
var galleryData []byte

// Pack loads a pack by its folder's name, once.
func (s *Shared) Pack(id string) (*pack.Pack, diag.List, error) { return s.pack(id) }

// Gallery pours the sample department into a pack: the whole document, so that every text is tried, and after it every
// table that no part of the document shows. Diagnostics are about the pack.
func (s *Shared) Gallery(id string) (*Work, error) {
	w := &Work{shared: s, fonts: s.Fonts}
	p, diags, err := s.pack(id)
	w.Diags.Append(diags)
	if err != nil || diags.HasErrors() {
		return w, err
	}
	w.Pack = p
	file, diags := source.Parse("gallery.toml", galleryData)
	var f budget.Facts
	diags.Append(source.Decode([]*source.File{file}, &f))
	f.Department.Year.V = p.LastYear
	cat, err := s.catalogue(p.LastYear)
	if err != nil {
		return w, err
	}
	b, more := budget.New(&f, cat)
	diags.Append(more)
	if diags.HasErrors() {
		panic(fmt.Sprint("build: the sample department has errors: ", diags.Sorted()[0]))
	}
	w.Budget = b
	tree, diags := compose.Gallery(p, b)
	w.Tree = tree
	w.Diags.Append(diags)
	return w, nil
}
