package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"yusuan/internal/batch"
)

// together are files that are put in place all or none. At every moment each is there whole, as it was or as it will be.
type together struct {
	rename func(from, to string) error // os.Rename but in tests
	files  []*oneOfThem
}

type oneOfThem struct {
	name   string
	staged string // the temporary file with what it is to hold
	before string // the temporary file with what it held, "" where there was none
	done   bool
}

// failedFile says which of the files could not be written.
type failedFile struct {
	name string
	err  error
}

func (e *failedFile) Error() string { return e.name + "：" + e.err.Error() }
func (e *failedFile) Unwrap() error { return e.err }

// writeTogether writes files all or none, by way of temporary files in a folder on the file system of each.
func writeTogether(tmp func(name string) string, files []batch.Content, rename func(from, to string) error) error {
	t := &together{rename: rename}
	defer t.clear()
	for i, f := range files {
		x := &oneOfThem{name: f.Name}
		t.files = append(t.files, x)
		var err error
		x.staged, err = stage(tmp(f.Name), f.Name, func(w io.Writer) error { _, err := w.Write(f.Bytes); return err })
		if err == nil && i < len(files)-1 { // the last need never be taken back
			x.before, err = keepBeside(tmp(f.Name), f.Name)
		}
		if err != nil {
			return &failedFile{f.Name, err}
		}
	}
	for _, x := range t.files {
		if err := putInPlace(rename, x.staged, x.name); err != nil {
			return &failedFile{x.name, errors.Join(err, t.takeBack())}
		}
		x.staged, x.done = "", true
	}
	return nil
}

// takeBack makes the files that were put in place what they were.
func (t *together) takeBack() (err error) {
	for _, x := range t.files {
		switch {
		case !x.done:
			continue
		case x.before == "":
			if e := os.Remove(x.name); e != nil {
				err = errors.Join(err, fmt.Errorf("%s 是新的，没有移去：%w", filepath.ToSlash(x.name), e))
			}
		default:
			e := t.rename(x.before, x.name)
			if e != nil {
				err = errors.Join(err, fmt.Errorf("%s 已是新的，原来的在 %s：%w", filepath.ToSlash(x.name), filepath.ToSlash(x.before), e))
			}
			x.before = "" // in its place, or where the error says
		}
	}
	return err
}

// clear takes the temporary files away.
func (t *together) clear() {
	for _, x := range t.files {
		for _, name := range []string{x.staged, x.before} {
			if name != "" {
				_ = os.Remove(name) // the next run sweeps
			}
		}
	}
}

// keepBeside keeps what a file holds under a temporary name, "" where there is no file.
func keepBeside(tmp, name string) (kept string, err error) {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for n := range mostTemps {
		kept = tempName(tmp, n)
		if err = os.Link(name, kept); err == nil {
			return kept, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			break // a file system without links
		}
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	if kept, err = stage(tmp, kept, func(w io.Writer) error { _, err := w.Write(raw); return err }); err != nil {
		return "", err
	}
	return kept, os.Chtimes(kept, info.ModTime(), info.ModTime())
}
