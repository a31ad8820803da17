package desk

import (
	"io/fs"
	"maps"

	"yusuan/internal/diag"
)

// Data is a file system in which the data files of the folder are as they are typed now, saved or not.
func (d *Desk) Data() fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	return folder{base: d.world.Data, dir: d.world.Dir, held: maps.Clone(d.held), passed: maps.Clone(d.passed)}
}

// Opened is a file system in which the data files of the folder are as they were when it was opened.
func (d *Desk) Opened() fs.FS {
	return folder{base: d.world.Data, dir: d.world.Dir, held: d.opened}
}

// Over is a file system in which the data files of a folder are these, by their paths in it, and no others; all else is as it is
// below.
func Over(below fs.FS, dir string, files map[string][]byte) fs.FS {
	return folder{base: below, dir: dir, held: contents(files)}
}

// contents are files of which nothing but what they hold is kept.
func contents(raws map[string][]byte) map[string]*version {
	out := make(map[string]*version, len(raws))
	for name, raw := range raws {
		out[name] = &version{path: name, raw: raw}
	}
	return out
}

// Where is the row and field of a place in the files as they are typed now; ok is false where there is none.
func (d *Desk) Where(at diag.Range) (row, key string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, v, ok := spotOf(d.held, at)
	if !ok {
		return "", "", false
	}
	return v.rowID(s.row), s.key, true
}

// Unsaved reports whether something is typed that is not on the disk.
func (d *Desk) Unsaved() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.dirty()) > 0
}
