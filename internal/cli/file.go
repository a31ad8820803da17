package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/build"
)

// input is a department's folder as given on the command line, with last year's beside it: data/2026/338 looks for
// data/2025/338.
func input(dir string) (build.Input, error) {
	if err := isFolder(dir, "部门数据目录，例如 data/2026/338"); err != nil {
		return build.Input{}, err
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
	in.Codes, err = codesFor(dir)
	return in, err
}

// input is what the user named: a department's folder, or its workbook.
func (a *app) input(name string) (build.Input, error) {
	if isFile(name) {
		return a.bookInput(name)
	}
	in, err := input(name)
	if err == nil && a.last != "" {
		if isFile(a.last) {
			if raw, err := os.ReadFile(a.last); err == nil && carriesData(raw) {
				name := typed(filepath.ToSlash(a.last))
				return in, usage("--last 给的 %s 是公开的文件；它里面的数据先取出来：yusuan extract %s -o 目录，再给取出的数据目录", a.last, name)
			}
			return in, usage("--last 给的 %s 是文件；由数据目录做的，上年也要是数据目录：yusuan sheet %s --into 目录", a.last, typed(filepath.ToSlash(a.last)))
		}
		if err := isFolder(a.last, "上年的数据目录"); err != nil {
			return in, err
		}
		in.PriorDir = path.Clean(filepath.ToSlash(a.last))
		in.Data = shownFS{named: []string{in.Dir, in.PriorDir}}
	}
	return in, err
}

// ofFiles are what names of files end in that may be given instead of a folder.
var ofFiles = []string{".xlsx", ".xls", ".xlsm", ".et", ".csv", ".pdf", ".toml"}

// isFolder tells why what the user named is no folder; wanted is what it should be.
func isFolder(dir, wanted string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && slices.Contains(ofFiles, strings.ToLower(filepath.Ext(dir))):
		return usage("没有这个文件 %s", dir)
	case errors.Is(err, fs.ErrNotExist) && isFile(dir+".xlsx"):
		return usage("没有目录 %s，是不是 %s.xlsx", dir, dir)
	case errors.Is(err, fs.ErrNotExist):
		return usage("没有目录 %s", dir)
	case err != nil:
		return usage("打不开 %s：%w", dir, err)
	case !info.IsDir():
		return usage("%s 不是目录；要给的是%s", dir, wanted)
	}
	return nil
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
