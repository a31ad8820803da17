package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// guideFile is the page for users.
const guideFile = "README.zh-CN.md"

// link is what a page links to beside it.
var link = regexp.MustCompile(`\]\(([^)#:]+)\)`)

// guide is the page for users and the files that it links to, where it expects them.
func guide(root string) ([]file, error) {
	raw, err := os.ReadFile(filepath.Join(root, guideFile))
	if err != nil {
		return nil, err
	}
	names := []string{guideFile}
	for _, m := range link.FindAllSubmatch(raw, -1) {
		if name := path.Clean(string(m[1])); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var files []file
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, raw: raw})
	}
	return files, nil
}

// licencesFolder holds the licence texts in an archive; that of the program itself stands beside the program.
const licencesFolder = "LICENSES"

// licences are the licence of the program, those of the fonts with the source that one of them asks for, of PDFium, of Go, and of each
// library that the program for this system is linked with.
func licences(root, goos, arch string) ([]file, error) {
	own, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return nil, err
	}
	files := []file{{name: "LICENSE", raw: own}}
	for _, from := range []string{"fonts/README.md", "fonts/LICENSES/*", "fonts/src/*"} {
		names, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(from)))
		if err != nil || len(names) == 0 {
			return nil, errors.Join(err, fmt.Errorf("nothing at %s", from))
		}
		if files, err = add(files, root, licencesFolder, names); err != nil {
			return nil, err
		}
	}
	// PDFium comes as a module of WebAssembly, without its texts and those of what it is made of.
	names, err := filepath.Glob(filepath.Join(root, "internal", "pdfium", licencesFolder, "*"))
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, errors.New("no licences of PDFium"))
	}
	if files, err = add(files, filepath.Join(root, "internal", "pdfium", licencesFolder), licencesFolder+"/pdfium", names); err != nil {
		return nil, err
	}
	goroot, err := forSystem(root, goos, arch, "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	std := strings.TrimSpace(string(goroot))
	names, err = texts(std, std)
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, fmt.Errorf("no licence of Go in %s", std))
	}
	if files, err = add(files, std, licencesFolder+"/go", names); err != nil {
		return nil, err
	}
	modules, err := linked(root, goos, arch)
	if err != nil {
		return nil, err
	}
	for _, m := range modules {
		names, err := m.texts()
		if err != nil {
			return nil, err
		}
		if files, err = add(files, m.Dir, path.Join(licencesFolder, m.Path+"@"+m.Version), names); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// add appends files, named as below root, to those of an archive, below folder.
func add(files []file, root, folder string, names []string) ([]file, error) {
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: path.Join(folder, filepath.ToSlash(rel)), raw: raw})
	}
	return files, nil
}

// module is a library that the program is linked with.
type module struct {
	Path, Version, Dir string
	packages           []string // folders of those that are linked
}

// linked are the libraries of the program for a system, by path.
func linked(root, goos, arch string) ([]*module, error) {
	out, err := forSystem(root, goos, arch, "list", "-deps", "-json=Dir,Module", "./cmd/yusuan").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	byPath := map[string]*module{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Dir    string
			Module *struct {
				module
				Main bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if p.Module == nil || p.Module.Main {
			continue
		}
		m := byPath[p.Module.Path]
		if m == nil {
			m = &p.Module.module
			byPath[m.Path] = m
		}
		m.packages = append(m.packages, p.Dir)
	}
	var modules []*module
	for _, m := range byPath {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b *module) int { return cmp.Compare(a.Path, b.Path) })
	return modules, nil
}

// texts are the module's licence texts: at its top, and in the folders of the packages that are linked and above them, where
// code of others has texts of its own.
func (m *module) texts() ([]string, error) {
	var names []string
	for _, dir := range append([]string{m.Dir}, m.packages...) {
		found, err := texts(m.Dir, dir)
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no licence text in %s", m.Path, m.Dir)
	}
	return names, nil
}

// text is the name of a file, or of a folder of files, that says what is allowed and whose the work is.
var text = regexp.MustCompile(`(?i)^(un)?(licen[cs]es?|copying|copyright|notice|patents|authors|contributors)([.-].*)?$`)

// texts are the licence texts in a folder and in those above it up to top.
func texts(top, dir string) (names []string, err error) {
	for ; ; dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			name := filepath.Join(dir, e.Name())
			switch {
			case !text.MatchString(e.Name()) || filepath.Ext(name) == ".go":
			case e.IsDir():
				inner, err := filepath.Glob(filepath.Join(name, "*"))
				if err != nil {
					return nil, err
				}
				names = append(names, inner...)
			default:
				names = append(names, name)
			}
		}
		if dir == top || len(dir) < len(top) {
			return names, nil
		}
	}
}
