package desk

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"yusuan/internal/memfs"
	"yusuan/internal/source"
)

// folder is a file system in which the data files of a folder are those that are held. All else is as it is on the disk.
type folder struct {
	base   fs.FS
	dir    string
	held   map[string]*version
	passed map[string]bool
}

func (f folder) below(name string) (string, bool) {
	if f.dir == "." {
		return name, true
	}
	return strings.CutPrefix(name, f.dir+"/")
}

func (f folder) Open(name string) (fs.File, error) {
	if v := f.held[name]; v != nil {
		return memfs.File(path.Base(name), v.raw), nil
	}
	rest, inside := f.below(name)
	if inside && rest != "." && source.IsDataName(rest) && !f.passed[name] {
		if i, err := fs.Stat(f.base, name); err != nil || !i.IsDir() { // gone, or not read yet
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	if !inside && name != f.dir {
		return f.base.Open(name)
	}
	file, err := f.base.Open(name)
	made := f.children(name)
	if err != nil && len(made) == 0 {
		return nil, err
	}
	if err == nil {
		if i, err := file.Stat(); err != nil || !i.IsDir() {
			return file, err
		}
		_ = file.Close() // it was read from no further
	}
	return memfs.Folder(path.Base(name), f.entries(name, made)), nil
}

// children are the names directly below a folder that files which are held make, true for folders.
func (f folder) children(dir string) map[string]bool {
	out := map[string]bool{}
	for name := range f.held {
		rest, ok := strings.CutPrefix(name, dir+"/")
		if dir == "." {
			rest, ok = name, true
		}
		if ok {
			first, _, deeper := strings.Cut(rest, "/")
			out[first] = deeper
		}
	}
	return out
}

func (f folder) entries(dir string, made map[string]bool) []fs.DirEntry {
	var out []fs.DirEntry
	there, _ := fs.ReadDir(f.base, dir) // a folder that is held alone is on no disk
	for _, e := range there {
		name := path.Join(dir, e.Name())
		_, again := made[e.Name()]
		rest, _ := f.below(name)
		if again || !e.IsDir() && source.IsDataName(rest) && !f.passed[name] {
			continue
		}
		out = append(out, e)
	}
	for name, isDir := range made {
		if isDir {
			out = append(out, memfs.FolderEntry(name))
			continue
		}
		out = append(out, memfs.FileEntry(name, len(f.held[path.Join(dir, name)].raw)))
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out
}
