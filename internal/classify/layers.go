package classify

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Layers are catalogues over one another as one: a folder of a year is that of the first that has one. What it lacks, the lists
// of others fill in: who brings in the functional codes of a year has not done away with the economic ones. Which other years a
// folder serves, and what changed in them, is said by its own files alone.
type Layers []Layer

// Layer is one catalogue.
type Layer struct {
	Name  string // as people find it, without a slash at its end; "" for that of the program
	Files fs.FS
}

// lists are the files that one of makes a folder a catalogue.
var lists = []string{"functional.csv", "economic.csv"}

func (l Layer) has(folder string) bool {
	return slices.ContainsFunc(lists, func(name string) bool {
		_, err := fs.Stat(l.Files, path.Join(folder, name))
		return err == nil
	})
}

// Years are the years of which a catalogue has a folder with a list.
func Years(fsys fs.FS) []int {
	all, _ := folders(fsys)
	return slices.DeleteFunc(all, func(y int) bool { return !Layer{Files: fsys}.has(strconv.Itoa(y)) })
}

// ReadDir is of fs.ReadDirFS.
func (l Layers) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var out []fs.DirEntry
	for i, x := range l {
		entries, err := fs.ReadDir(x.Files, ".")
		if err != nil && i == len(l)-1 {
			return nil, err
		}
		for _, e := range entries {
			if x.has(e.Name()) && !slices.ContainsFunc(out, func(o fs.DirEntry) bool { return o.Name() == e.Name() }) {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// Open is of fs.FS.
func (l Layers) Open(name string) (fs.File, error) {
	at, inside := l.find(name)
	if at < 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return l[at].Files.Open(inside)
}

// Shown is a file as people find it.
func (l Layers) Shown(name string) string {
	at, inside := l.find(name)
	if at < 0 || l[at].Name == "" {
		return name
	}
	return path.Join(l[at].Name, inside)
}

// find is the layer that has a file, and the file within it; -1 for none.
func (l Layers) find(name string) (at int, inside string) {
	folder, file, below := strings.Cut(name, "/")
	year, err := strconv.Atoi(folder)
	if !below || err != nil {
		return slices.IndexFunc(l, func(x Layer) bool { _, err := fs.Stat(x.Files, name); return err == nil }), name
	}
	owner := slices.IndexFunc(l, func(x Layer) bool { return x.has(folder) })
	for i, x := range l {
		if owner < 0 || i < owner {
			continue
		}
		inside = name
		if i > owner && !x.has(folder) {
			serves, _, err := serving(x.Files, year)
			if err != nil {
				continue
			}
			inside = path.Join(strconv.Itoa(serves), file)
		}
		if _, err := fs.Stat(x.Files, inside); err == nil {
			return i, inside
		} else if !errors.Is(err, fs.ErrNotExist) {
			return i, inside // whoever opens it is told
		}
		if slices.Contains(ofFolder, file) {
			break
		}
	}
	return -1, ""
}

// ofFolder are the files that speak of the folder that they lie in.
var ofFolder = []string{"years.csv", "changes.csv", "earlier.csv", "origin.csv"}
