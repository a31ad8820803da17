package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/pdfium"
	"yusuan/internal/read"
	"yusuan/internal/read/paper"
	"yusuan/templates"
)

// document is one to be examined: a file, or what we print of a folder.
type document struct {
	name     string // whose hash tells the half that it is of
	read     func() (*paper.Document, error)
	last     func() (*paper.Document, error) // nil for none
	lastName string
}

// library reads documents.
type library struct {
	s      *build.Shared
	engine *pdfium.Engine
}

func shared() (*build.Shared, error) {
	lib, err := fonts.Library()
	if err != nil {
		return nil, err
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "truth"}, nil
}

func (l *library) close() {
	if l.engine != nil {
		_ = l.engine.Close() // nothing of it is needed any more
	}
}

// pages reads PDF files, by an engine that is started with the first of them.
func (l *library) pages(name string, raw []byte) ([]*pdfium.Page, error) {
	if l.engine == nil {
		cache := ""
		if dir, err := os.UserCacheDir(); err == nil {
			cache = filepath.Join(dir, "yusuan", "pdfium")
			if os.MkdirAll(cache, 0o700) != nil {
				cache = ""
			}
		}
		var err error
		if l.engine, err = pdfium.Start(cache); err != nil {
			return nil, err
		}
	}
	return l.engine.Pages(name, raw)
}

func (l *library) file(name string) (*paper.Document, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return read.File(filepath.Base(name), raw, l.pages)
}

// all are the documents that are asked for.
func (l *library) all(files []string, o *options) (out []document, err error) {
	for _, name := range files {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			ours, err := l.ofFolder(filepath.ToSlash(filepath.Clean(name)))
			if err != nil {
				return nil, err
			}
			out = append(out, ours...)
			continue
		}
		d := document{name: filepath.Base(name), read: func() (*paper.Document, error) { return l.file(name) }}
		if o.last != "" {
			d.last, d.lastName = func() (*paper.Document, error) { return l.file(o.last) }, filepath.Base(o.last)
		}
		out = append(out, d)
	}
	if len(files) > 0 {
		return out, nil
	}
	return l.ours()
}

// ours are the documents of all departments at hand with those of their units, and the galleries of all packs.
func (l *library) ours() (out []document, err error) {
	var dirs []string
	for _, pattern := range []string{"data/20*/*", "testdata/departments/*/*", "testdata/sample-as-published"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, found...)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		list, err := l.ofFolder(filepath.ToSlash(dir))
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	for _, id := range l.s.PackNames() {
		out = append(out, document{name: "gallery-" + id + ".pdf", read: func() (*paper.Document, error) {
			w, err := l.s.Gallery(id)
			if err != nil {
				return nil, err
			}
			return l.printed(w)
		}})
	}
	return out, nil
}

// ofFolder are the documents of a department: its own and those of its units.
func (l *library) ofFolder(dir string) (out []document, err error) {
	in := inputOf(dir)
	w, err := l.s.Check(in)
	if err != nil {
		return nil, err
	}
	if w.Tree == nil && w.Budget != nil && w.Pack != nil && w.Budget.Facts.Published() { // one that was typed in
		return []document{{name: path.Base(dir), read: paperOf(w)}}, nil
	}
	if w.Tree == nil {
		return nil, fmt.Errorf("%s: no document: %v", dir, w.Diags.Sorted())
	}
	name := strings.ReplaceAll(strings.TrimPrefix(dir, "testdata/departments/"), "/", "-")
	for _, edition := range append([]string{""}, w.UnitEditions()...) {
		d := document{name: name + strings.ReplaceAll(strings.TrimPrefix(edition, "unit"), ":", "-") + ".pdf"}
		d.read = l.edition(in, edition)
		if _, err := fs.Stat(in.Data, path.Join(in.PriorDir, "department.toml")); err == nil && in.PriorDir != "" {
			d.last, d.lastName = l.edition(inputOf(in.PriorDir), edition), path.Base(path.Dir(in.PriorDir))+"年.pdf"
		}
		out = append(out, d)
	}
	return out, nil
}

func (l *library) edition(in build.Input, edition string) func() (*paper.Document, error) {
	return func() (*paper.Document, error) {
		in.Edition = edition
		w, err := l.s.Check(in)
		if err != nil {
			return nil, err
		}
		return l.printed(w)
	}
}

// printed is a document of ours as a stranger reads it: its PDF file.
func (l *library) printed(w *build.Work) (*paper.Document, error) {
	if w.Tree == nil {
		return nil, fmt.Errorf("no document: %v", w.Diags.Sorted())
	}
	raw, err := w.PDF(w.Typeset(), nil)
	if err != nil {
		return nil, err
	}
	return read.File("公开.pdf", raw, l.pages)
}

// inputOf is a folder with last year's beside it.
func inputOf(dir string) build.Input {
	in := build.Input{Data: os.DirFS("."), Dir: dir}
	if filepath.IsAbs(dir) {
		in.Data, in.Dir = os.DirFS("/"), strings.TrimPrefix(dir, "/")
	}
	years, code := path.Split(in.Dir)
	root, year := path.Split(path.Clean(years))
	if y, err := strconv.Atoi(year); err == nil {
		in.PriorDir = path.Join(root, strconv.Itoa(y-1), code)
	}
	return in
}
