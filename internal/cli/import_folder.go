package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/imports"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// packOf is the template of a folder that is not filled in yet: exports may be taken in before its head is right. Where there is
// none, the line that stops it is named.
func (x *importing) packOf(w *build.Work, shown string) (*pack.Pack, error) {
	s, err := x.shared()
	if err != nil {
		return nil, err
	}
	var at diag.Range
	for _, f := range w.Files {
		for _, e := range f.Entries() {
			v, ok := e.Value("template")
			if e.Table != "department" || !ok {
				continue
			}
			at = v.At
			if slices.Contains(s.PackNames(), v.Text) {
				p, diags, err := schedule.LoadPack(s.Packs, v.Text)
				if err != nil {
					return nil, usage("读不出模板 %s：%w", v.Text, err)
				}
				if !diags.HasErrors() {
					return p, nil
				}
			}
		}
	}
	w.Diags = blocking(w.Diags, at)
	x.report(x.err, w)
	if !at.IsZero() {
		return nil, &exitError{exitData, fmt.Errorf("%s：模板（template）用不了，先改正这一行，再带入", at)}
	}
	return nil, &exitError{exitData, fmt.Errorf("%s 的 department.toml 里没有读到模板（template），先改正，再带入", shown)}
}

// blocking are the findings of a line, or where none is known, those that are no gaps to fill in.
func blocking(found diag.List, at diag.Range) diag.List {
	var out diag.List
	for _, d := range found.Sorted() {
		if d.At.File == at.File && d.At.Start.Line == at.Start.Line || at.IsZero() && d.Level == diag.Error && d.Rule != "填报-003" {
			out.Add(d)
		}
	}
	return out
}

// known takes from the files of a folder what helps to understand exports: the year, and the names of units.
func (x *importing) known(files []*source.File) {
	if abs, err := filepath.Abs(x.dir); err == nil {
		x.year, _ = renew.Folders(filepath.ToSlash(abs))
	}
	for _, f := range files {
		for _, e := range f.Entries() {
			switch e.Table {
			case "department":
				if v, ok := e.Value("year"); ok {
					if n, err := strconv.Atoi(v.Text); err == nil {
						x.year = n
					}
				}
			case "unit":
				code, _ := e.Value("code")
				for _, key := range []string{"name", "full_name"} {
					if name, ok := e.Value(key); ok && name.Text != "" && name.Text != "请填" && code.Text != "" {
						x.units = append(x.units, imports.UnitName{Code: code.Text, Name: name.Text})
					}
				}
			}
		}
	}
}
