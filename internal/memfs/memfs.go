// Package memfs makes the files and folders of file systems whose contents are in memory.
package memfs

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// File is an open file of a name and content.
func File(name string, data []byte) fs.File {
	return &file{Reader: bytes.NewReader(data), info: info{name: name, size: int64(len(data))}}
}

// Folder is an open folder with entries, which are in order.
func Folder(name string, entries []fs.DirEntry) fs.ReadDirFile {
	return &folder{info: info{name: name, dir: true}, entries: entries}
}

// FileEntry is the entry of a file in its folder.
func FileEntry(name string, size int) fs.DirEntry {
	return fs.FileInfoToDirEntry(info{name: name, size: int64(size)})
}

// FolderEntry is the entry of a folder in the one above it.
func FolderEntry(name string) fs.DirEntry { return fs.FileInfoToDirEntry(info{name: name, dir: true}) }

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

type file struct {
	*bytes.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

type folder struct {
	info    info
	entries []fs.DirEntry
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *folder) Close() error               { return nil }
func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}

// ReadDir follows fs.ReadDirFile.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.entries)
	} else if len(d.entries) == 0 {
		return nil, io.EOF
	}
	out := d.entries[:min(n, len(d.entries))]
	d.entries = d.entries[len(out):]
	return out, nil
}
