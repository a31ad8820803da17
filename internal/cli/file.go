package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"syscall"

	"yusuan/internal/build"
)

// input is a department's folder as given on the command line, with last year's beside it: data/2026/338 looks for
// data/2025/338.
func input(dir string) (build.Input, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return build.Input{}, usage("没有目录 %s", dir)
	case err != nil:
		return build.Input{}, usage("打不开 %s：%w", dir, err)
	case !info.IsDir():
		return build.Input{}, usage("%s 不是目录；要给的是部门数据目录，例如 data/2026/338", dir)
	}
	in := build.Input{Dir: path.Clean(filepath.ToSlash(dir))}
	abs, err := standing(dir, func(abs string) bool { return isYear(filepath.Base(filepath.Dir(abs))) })
	if err != nil {
		return in, machine("%w", err)
	}
	code, year := filepath.Base(abs), filepath.Base(filepath.Dir(abs))
	if y, err := strconv.Atoi(year); err == nil && isYear(year) {
		in.PriorDir = shownName(dir, filepath.Join(filepath.Dir(filepath.Dir(abs)), strconv.Itoa(y-1), code))
	}
	in.Data = shownFS{named: []string{in.Dir, in.PriorDir}}
	return in, nil
}

// standing is where a folder lies, however it is named: as ".", through a link, or in full. Where the name itself tells
// what is asked, links in it are part of it; else they are followed.
func standing(dir string, tells func(abs string) bool) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil || tells(abs) {
		return abs, err
	}
	return filepath.EvalSymlinks(abs)
}

func isYear(name string) bool {
	_, err := strconv.Atoi(name)
	return err == nil && len(name) == 4
}

// shownName names a place in the way that dir was named, from here or in full.
func shownName(dir, abs string) string {
	wd, err := os.Getwd()
	if err != nil || filepath.IsAbs(dir) {
		return filepath.ToSlash(abs)
	}
	rel, err := filepath.Rel(wd, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	named, err := os.Stat(rel)
	meant, err2 := os.Stat(abs)
	if (err == nil) != (err2 == nil) || err == nil && !os.SameFile(named, meant) {
		return filepath.ToSlash(abs) // here was reached through a link, from which .. leads elsewhere
	}
	return filepath.ToSlash(rel)
}

// writeWhole puts a file in place whole or not at all: it is written beside its place and renamed.
func writeWhole(name string, content []byte) error {
	return writeVia(filepath.Dir(name), name, content)
}

// writeVia is writeWhole by way of a folder of temporary files on the same file system.
func writeVia(tmp, name string, content []byte) error {
	return writeStream(tmp, name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// writeStream is writeVia for what is written piece by piece.
func writeStream(tmp, name string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return &fs.PathError{Op: "open", Path: name, Err: syscall.EISDIR}
	}
	for _, dir := range []string{tmp, filepath.Dir(name)} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	f, err := os.CreateTemp(tmp, ".yusuan-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), name); err != nil {
		if inUse(err) {
			err = fmt.Errorf("%w（文件可能正被 WPS 或其他程序打开，请先关闭）", err)
		}
		return err
	}
	return nil
}

// inUse reports whether a file may not be replaced, as Windows says of one that is open in another program.
func inUse(err error) bool {
	const sharingViolation = syscall.Errno(32) // on Windows; elsewhere renaming never fails so
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, sharingViolation)
}
