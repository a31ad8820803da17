package desk

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

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
		return &memory{Reader: bytes.NewReader(v.raw), info: info{name: path.Base(name), size: int64(len(v.raw))}}, nil
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
	return &listing{info: info{name: path.Base(name), dir: true}, entries: f.entries(name, made)}, nil
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
		x := info{name: name, dir: isDir}
		if v := f.held[path.Join(dir, name)]; v != nil {
			x.size = int64(len(v.raw))
		}
		out = append(out, fs.FileInfoToDirEntry(x))
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out
}

// memory is a file that is held.
type memory struct {
	*bytes.Reader
	info info
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return nil }

// listing is a folder with what is held in it.
type listing struct {
	info    info
	entries []fs.DirEntry
}

func (l *listing) Stat() (fs.FileInfo, error) { return l.info, nil }
func (l *listing) Close() error               { return nil }
func (l *listing) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: l.info.name, Err: fs.ErrInvalid}
}

func (l *listing) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(l.entries) {
		if n > 0 && len(l.entries) == 0 {
			return nil, io.EOF
		}
		n = len(l.entries)
	}
	out := l.entries[:n]
	l.entries = l.entries[n:]
	return out, nil
}

type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) IsDir() bool        { return i.dir }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
