package desk

import (
	"io/fs"
	"maps"
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

// contents are files of which nothing but what they hold is kept.
func contents(raws map[string][]byte) map[string]*version {
	out := make(map[string]*version, len(raws))
	for name, raw := range raws {
		out[name] = &version{path: name, raw: raw}
	}
	return out
}
