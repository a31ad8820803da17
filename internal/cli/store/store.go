// Package store writes files of a data folder for programs and keeps what was there before: its author typed it, and may want
// it back.
//
// All that it keeps lies in .yusuan within the folder, which nothing reads as data. A state is a list of all data files with
// the hashes of their contents (backup/0007.json); contents lie once each in backup/objects. Files are written all or none:
// what is to be written is kept first, with a note of it (pending.json) that is taken away at the end, so that a run that was
// killed is finished by the next.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yusuan/internal/source"
)

// Folder is a data folder.
type Folder struct {
	Dir string
	// Write puts a file in place whole or not at all.
	Write func(name string, content []byte) error
	Now   func() time.Time
}

// File is a data file that is to be written: what it was when it was read, and what it becomes. Nil is no file.
type File struct {
	Path          string // below the folder, with slashes
	Before, After []byte
}

// What a folder refuses.
var (
	ErrBusy   = errors.New("another program is writing into the folder")
	ErrNoData = errors.New("not the path of a data file")
	ErrGone   = errors.New("no such state")
	// ErrAltered is of a content that was kept and that somebody or something changed since.
	ErrAltered = errors.New("not what was kept")
)

// BrokenError is a note of the program's own that cannot be read: a machine lost its power, or somebody wrote into it.
type BrokenError struct {
	Name string // below the folder
	Err  error
}

func (e *BrokenError) Error() string { return e.Name + ": " + e.Err.Error() }
func (e *BrokenError) Unwrap() error { return e.Err }

// ChangedError names files that are not as they were when they were read: whoever changed them would lose it.
type ChangedError struct{ Paths []string }

func (e *ChangedError) Error() string {
	return "changed since they were read: " + strings.Join(e.Paths, ", ")
}

// Put writes files, all or none, if they are still what they were when they were read. What the folder held before is kept as a
// state; why says what changed it.
func (f Folder) Put(why string, files []File) error { return f.Continue(why, 0, files) }

// Continue is Put for what is done bit by bit: no state is kept where the newest was of the same doing and is not older than within,
// so that an hour of typing leaves the state before it and does not push all others out.
func (f Folder) Continue(why string, within time.Duration, files []File) error {
	return f.alone(func() error {
		if _, err := f.finish(); err != nil {
			return err
		}
		return f.put(why, within, files)
	})
}

// put is Continue for whom the folder belongs to.
func (f Folder) put(why string, within time.Duration, files []File) error {
	if err := f.fit(files); err != nil {
		return err
	}
	if len(files) == 0 {
		return nil
	}
	if err := f.keep(why, within, files); err != nil {
		return err
	}
	p := pending{}
	for _, x := range files {
		p.Files = append(p.Files, step{x.Path, hash(x.Before), hash(x.After)})
	}
	if err := f.writeJSON(f.pending(), p); err != nil {
		return err
	}
	for i, x := range files {
		if err := f.set(x.Path, x.After); err != nil {
			return f.undo(files[:i], err)
		}
	}
	return f.settled()
}

// fit holds files against the folder as it is.
func (f Folder) fit(files []File) error {
	var changed []string
	seen := map[string]bool{}
	for _, x := range files {
		name := strings.ToLower(x.Path) // Windows knows no other
		if !IsData(x.Path) || seen[name] {
			return &fs.PathError{Op: "write", Path: x.Path, Err: ErrNoData}
		}
		seen[name] = true
		now, err := f.read(x.Path)
		if err != nil {
			return err
		}
		if (now == nil) != (x.Before == nil) || string(now) != string(x.Before) {
			changed = append(changed, x.Path)
		}
	}
	if changed != nil {
		return &ChangedError{changed}
	}
	return nil
}

// undo puts files back that were written before another could not be.
func (f Folder) undo(files []File, why error) error {
	for _, x := range files {
		if err := f.set(x.Path, x.Before); err != nil {
			return errors.Join(why, err) // what is pending tells the next run
		}
	}
	if err := f.settled(); err != nil {
		return errors.Join(why, err)
	}
	return why
}

func (f Folder) settled() error {
	if err := os.Remove(f.pending()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_ = f.prune() // what cannot be dropped today is dropped another time; the files are written
	return nil
}

// pending is what a run is about to write.
type pending struct {
	Files []step `json:"files"`
}

type step struct {
	Path   string `json:"path"`
	Before string `json:"before"` // hashes, "" for no file
	After  string `json:"after"`
}

// Unfinished reports whether a run that wrote into a data folder was cut off: its files do not belong together.
func Unfinished(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(source.Pending)))
	return err == nil
}

// Finish ends what a run that was killed had begun, and names the files that it wrote.
func (f Folder) Finish() (written []string, err error) {
	err = f.alone(func() error {
		written, err = f.finish()
		return err
	})
	return written, err
}

func (f Folder) finish() (written []string, err error) {
	var p pending
	switch err := f.readJSON(f.pending(), &p); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var changed []string
	for _, s := range p.Files {
		if !IsData(s.Path) {
			return nil, &fs.PathError{Op: "write", Path: s.Path, Err: ErrNoData}
		}
		now, err := f.read(s.Path)
		if err != nil {
			return nil, err
		}
		switch hash(now) {
		case s.After:
		case s.Before:
			after, err := f.object(s.After)
			if err != nil {
				return written, &BrokenError{source.Pending, err}
			}
			if err = f.set(s.Path, after); err != nil {
				return written, err
			}
			written = append(written, s.Path)
		default:
			changed = append(changed, s.Path) // somebody went on with it: that stays
		}
	}
	if err := f.settled(); err != nil {
		return written, err
	}
	if changed != nil {
		return written, &ChangedError{changed}
	}
	return written, nil
}

// IsData reports whether a path below a data folder is that of a file that is read as data.
func IsData(name string) bool {
	if name != path.Clean(name) || !filepath.IsLocal(filepath.FromSlash(name)) || !source.IsDataName(name) {
		return false
	}
	return !strings.ContainsAny(name, `\:`)
}

// own is a place in the folder of the program's.
func (f Folder) own(elements ...string) string {
	return filepath.Join(append([]string{f.Dir, source.Own}, elements...)...)
}

// makeOwn makes the folder of the program's own. That of the data is not made: one that was moved or renamed while it was open
// would be there again, empty, and look as if somebody had deleted all of it.
func (f Folder) makeOwn() error {
	if err := os.Mkdir(f.own(), 0o777); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func (f Folder) pending() string { return filepath.Join(f.Dir, filepath.FromSlash(source.Pending)) }

func (f Folder) file(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// read is a data file as it is now, nil for none. What is no regular file is nothing to be written over.
func (f Folder) read(name string) ([]byte, error) {
	info, err := os.Lstat(f.file(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: name, Err: source.ErrNotRegular}
	case info.Size() > source.MaxFile:
		return nil, &fs.PathError{Op: "open", Path: name, Err: source.ErrTooBig}
	}
	raw, err := os.ReadFile(f.file(name))
	if err == nil && raw == nil {
		raw = []byte{}
	}
	return raw, err
}

// set makes a data file what it is to be.
func (f Folder) set(name string, content []byte) error {
	if content != nil {
		return f.Write(f.file(name), content)
	}
	err := os.Remove(f.file(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// all are the data files of the folder as they are now.
func (f Folder) all() ([]File, error) {
	var out []File
	err := filepath.WalkDir(f.Dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.Dir, name)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir() && !source.IsDataName(path.Join(rel, "x.toml")):
			return fs.SkipDir
		case !d.Type().IsRegular() || !IsData(rel):
			return nil
		}
		now, err := f.read(rel)
		out = append(out, File{Path: rel, Before: now})
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// hash names a content, "" for no file.
func hash(content []byte) string {
	if content == nil {
		return ""
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func (f Folder) writeJSON(name string, v any) error {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return f.Write(name, append(b, '\n'))
}

func (f Folder) readJSON(name string, v any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		if below, err := filepath.Rel(f.Dir, name); err == nil {
			name = below
		}
		return &BrokenError{filepath.ToSlash(name), err}
	}
	return nil
}
