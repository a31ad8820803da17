package cli

import (
	"io/fs"
	"path"
	"path/filepath"
	"strconv"

	"yusuan/internal/batch"
	"yusuan/internal/build"
)

// batchRoot is the root of a batch.
type batchRoot struct {
	dir   string // where it lies
	shown string // what places in it begin with, in all that is made
	// base is the folder that shown names are below, where they are no names that the system knows: a page shows a root by its own
	// name, so that no file says where on the machine it lies. "" where the user gave the names.
	base string
}

// rootNamed is a root as the user of the command line named it.
func rootNamed(dir string) batchRoot {
	return batchRoot{dir: dir, shown: path.Clean(filepath.ToSlash(dir))}
}

// rootPlaced is a root by its path in full, which nothing that is made tells.
func rootPlaced(dir string) batchRoot {
	dir = filepath.Clean(dir)
	return batchRoot{dir: dir, shown: filepath.Base(dir), base: filepath.Dir(dir)}
}

// open is the file system of shown names in which what lies in the named folders may be read.
func (r batchRoot) open(named ...string) fs.FS {
	if r.base == "" {
		return shownFS{named: named}
	}
	return placedFS{base: r.base, named: named}
}

// departments lists those below the root.
func (r batchRoot) departments() ([]string, error) {
	place, err := standing(r.dir, func(abs string) bool { return isYear(filepath.Base(abs)) || isYear(filepath.Base(filepath.Dir(abs))) })
	if err != nil {
		return nil, machine("%w", err)
	}
	list, err := batch.Find(shownFS{}, filepath.ToSlash(place)) // by its full name, which tells of a year's folder
	if err != nil {
		return nil, usage("列不出 %s 下的部门：%w", r.dir, err)
	}
	if len(list) == 0 {
		return nil, usage("%s 下没有部门数据目录", r.dir)
	}
	return list, nil
}

// input is a department of the root.
func (r batchRoot) input(department string) (build.Input, error) {
	dir := filepath.Join(r.dir, filepath.FromSlash(department))
	if r.base == "" {
		return input(filepath.Join(filepath.FromSlash(r.shown), filepath.FromSlash(department)))
	}
	if err := isFolder(dir, "部门数据目录"); err != nil {
		return build.Input{}, err
	}
	in := build.Input{Dir: path.Join(r.shown, department)}
	code, year := filepath.Base(dir), filepath.Base(filepath.Dir(dir))
	if y, err := strconv.Atoi(year); err == nil && isYear(year) {
		last, err := filepath.Rel(r.base, filepath.Join(filepath.Dir(filepath.Dir(dir)), strconv.Itoa(y-1), code))
		if err != nil {
			return in, machine("%w", err)
		}
		in.PriorDir = filepath.ToSlash(last)
	}
	in.Data = r.open(in.Dir, in.PriorDir)
	var err error
	in.Codes, err = codesNear(dir, func(abs string) string {
		if rest, err := filepath.Rel(r.base, abs); err == nil {
			return filepath.ToSlash(rest)
		}
		return filepath.Base(abs)
	})
	return in, err
}

// texts reads the files of departments for the questions between them; what cannot be read has been told.
func (r batchRoot) texts(department string) []batch.Text {
	dir := path.Join(r.shown, department)
	return batch.ReadTexts(r.open(dir), dir)
}

// placedFS is shownFS for names below a folder that they do not tell.
type placedFS struct {
	base  string
	named []string // folders below it, cleaned, with slashes
}

func (f placedFS) Open(name string) (fs.File, error) {
	for _, dir := range f.named {
		if rest, ok := below(dir, name); ok && dir != "" {
			return openIn(filepath.Join(f.base, filepath.FromSlash(dir)), rest, name)
		}
	}
	return nil, pathError(name, fs.ErrNotExist)
}
