package memfs

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Tree is a file system of path → content. Folders are those that paths go through.
type Tree map[string][]byte

func (m Tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if data, ok := m[name]; ok {
		return File(path.Base(name), data), nil
	}
	entries := m.list(name)
	if len(entries) == 0 && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return Folder(path.Base(name), entries), nil
}

// list returns the entries of a folder by name.
func (m Tree) list(dir string) []fs.DirEntry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	found := map[string]fs.DirEntry{}
	for p, data := range m {
		rest, ok := strings.CutPrefix(p, prefix)
		if !ok {
			continue
		}
		name, _, below := strings.Cut(rest, "/")
		if below {
			found[name] = FolderEntry(name)
		} else {
			found[name] = FileEntry(name, len(data))
		}
	}
	out := make([]fs.DirEntry, 0, len(found))
	for _, e := range found {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out
}
