// Command look tells where to look at documents, and makes it easy: it sets the documents of departments, measures on their
// finished pages what an editor would mark, lists it page by page, and draws the pages on contact sheets.
//
//	go run ./internal/bench/look [-o build/look] [-sheets=false] [-galleries=false] [-dpi 60] [-across 4] [-down 3] FOLDER...
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/templates"
)

func main() {
	var o sheetsOf
	flag.StringVar(&o.out, "o", "build/look", "folder for look.txt and the contact sheets")
	sheets := flag.Bool("sheets", true, "draw contact sheets")
	ofPacks := flag.Bool("galleries", true, "look at the galleries of the packs too")
	flag.IntVar(&o.dpi, "dpi", 60, "of the pages on contact sheets")
	flag.IntVar(&o.across, "across", 4, "pages beside each other on a contact sheet")
	flag.IntVar(&o.down, "down", 3, "pages below each other on a contact sheet")
	flag.Parse()
	if err := run(flag.Args(), o, *sheets, *ofPacks); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dirs []string, o sheetsOf, sheets, ofPacks bool) error {
	s, err := shared()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	var departments, galleries []report
	look := func(d *document) (report, error) {
		r := measure(d)
		if !sheets {
			return r, nil
		}
		n, err := o.contactSheets(d, &r)
		fmt.Printf("%s: %d contact sheets\n", d.name, n)
		return r, err
	}
	for _, dir := range dirs {
		d, err := set(s, os.DirFS("."), path.Clean(filepath.ToSlash(dir)))
		if err != nil {
			return err
		}
		if d == nil {
			fmt.Printf("%s is a finished document: nothing is set\n", dir)
			continue
		}
		r, err := look(d)
		if err != nil {
			return err
		}
		departments = append(departments, r)
	}
	if ofPacks {
		if galleries, err = ofGalleries(s, look); err != nil {
			return err
		}
	}
	text := table(departments) + table(galleries) + legend() + list(departments) + list(galleries)
	fmt.Print(text)
	return os.WriteFile(filepath.Join(o.out, "look.txt"), []byte(text), 0o644)
}

// ofGalleries looks at the galleries of all packs.
func ofGalleries(s *build.Shared, look func(*document) (report, error)) ([]report, error) {
	var out []report
	for _, id := range s.PackNames() {
		w, err := s.Gallery(id)
		if err != nil {
			return nil, err
		}
		if w.Tree == nil {
			return nil, fmt.Errorf("pack %s makes no gallery", id)
		}
		r, err := look(finish("gallery/"+id, w))
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func shared() (*build.Shared, error) {
	lib, err := fonts.Library()
	if err != nil {
		return nil, err
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "look"}, nil
}

// document is a department's document, as a tree and set.
type document struct {
	name    string
	tree    *doc.Document
	pages   *page.Document
	reduced []string // what layout says of tables and charts that are set smaller
}

// set sets the document of a folder, with last year's beside it as the program takes it; nil for a finished one.
func set(s *build.Shared, data fs.FS, dir string) (*document, error) {
	in := build.Input{Data: data, Dir: dir}
	years, code := path.Split(dir)
	root, year := path.Split(path.Clean(years))
	if y, err := strconv.Atoi(year); err == nil {
		in.PriorDir = path.Join(root, strconv.Itoa(y-1), code)
	}
	w, err := s.Check(in)
	if err != nil {
		return nil, err
	}
	if w.Tree == nil {
		if w.Budget == nil {
			return nil, fmt.Errorf("%s: no document: the data have errors", dir)
		}
		return nil, nil
	}
	return finish(dir, w), nil
}

// finish sets a document whose tree is made.
func finish(name string, w *build.Work) *document {
	d := &document{name: name, tree: w.Tree, pages: w.Typeset()}
	for _, x := range w.Diags.Sorted() {
		if x.Rule == style.RuleReduced {
			d.reduced = append(d.reduced, x.Message)
		}
	}
	return d
}

// fileName is the name of a document's files.
func (d *document) fileName() string { return strings.ReplaceAll(d.name, "/", "-") }
