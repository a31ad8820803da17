// Command look tells where to look at documents, and makes it easy: it sets the documents of departments, measures on their
// finished pages what an editor would mark, lists it page by page, and draws the pages on contact sheets.
//
//	go run ./internal/bench/look [-o build/look] [-sheets=false] [-dpi 60] FOLDER...
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
	out := flag.String("o", "build/look", "folder for look.txt and the contact sheets")
	sheets := flag.Bool("sheets", true, "draw contact sheets")
	dpi := flag.Int("dpi", 60, "of the pages on contact sheets")
	flag.Parse()
	if err := run(flag.Args(), *out, *sheets, *dpi); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dirs []string, out string, sheets bool, dpi int) error {
	s, err := shared()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var all []report
	for _, dir := range dirs {
		d, err := set(s, os.DirFS("."), path.Clean(filepath.ToSlash(dir)))
		if err != nil {
			return err
		}
		if d == nil {
			fmt.Printf("%s is a finished document: nothing is set\n", dir)
			continue
		}
		all = append(all, measure(d))
		if sheets {
			if err := contactSheets(d, out, dpi); err != nil {
				return err
			}
		}
	}
	text := table(all) + "\n" + list(all)
	fmt.Print(text)
	return os.WriteFile(filepath.Join(out, "look.txt"), []byte(text), 0o644)
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
	d := &document{name: dir, tree: w.Tree, pages: w.Typeset()}
	for _, x := range w.Diags.Sorted() {
		if x.Rule == style.RuleReduced {
			d.reduced = append(d.reduced, x.Message)
		}
	}
	return d, nil
}

// fileName is the name of a document's files.
func (d *document) fileName() string { return strings.ReplaceAll(d.name, "/", "-") }
