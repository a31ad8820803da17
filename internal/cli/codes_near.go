package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"yusuan/data"
	"yusuan/internal/build"
	"yusuan/internal/classify"
	"yusuan/templates"
)

// codesFolder is the folder of catalogues beside the folders of years: data/catalogue/2026.
const codesFolder = "catalogue"

// nearBy is how far above a department its root may lie: data/2026/338, and what extract takes out, where data lies beside it.
const nearBy = 3

// mostCodes bounds a file of a catalogue that is read.
const mostCodes = 4 << 20

// given are the catalogues that --catalogue names, nil without it.
func (a *app) given() (*build.Codes, error) {
	if a.catalogue == "" {
		return nil, nil
	}
	if err := isFolder(a.catalogue, "存科目目录的目录，例如 data/catalogue"); err != nil {
		return nil, err
	}
	dir, only := a.catalogue, ""
	if abs, err := filepath.Abs(dir); err == nil && isYear(filepath.Base(abs)) { // the folder of a year itself
		dir, only = filepath.Dir(abs), filepath.Base(abs)
	}
	files, err := catalogueIn(dir, only)
	if err != nil {
		return nil, err
	}
	shown := path.Clean(filepath.ToSlash(a.catalogue))
	if only != "" {
		shown = path.Dir(shown)
	}
	c := build.NewCodes(shown, files)
	if c == nil {
		return nil, usage("目录 %s 里没有科目目录：要有 <年度>/functional.csv 或 <年度>/economic.csv，可以用 yusuan codes 从当年的科目表做", a.catalogue)
	}
	return c, nil
}

// codesNear are the catalogues beside the data of a department, in the root that holds the folders of years; nil for none. shown
// tells how a folder is called.
func codesNear(place string, shown func(abs string) string) (*build.Codes, error) {
	abs, err := filepath.Abs(place)
	if err != nil {
		return nil, machine("%w", err)
	}
	for range nearBy {
		up := filepath.Dir(abs)
		if up == abs {
			break
		}
		abs = up
		dir := filepath.Join(abs, codesFolder)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		files, err := catalogueIn(dir, "")
		if err != nil {
			return nil, err
		}
		if c := build.NewCodes(shown(dir), files); c != nil {
			return c, nil
		}
	}
	return nil, nil
}

// codesFor are the catalogues near a place that the user named.
func codesFor(place string) (*build.Codes, error) {
	return codesNear(place, func(abs string) string { return shownName(place, abs) })
}

// catalogueIn reads the files of the catalogues in a folder; only is the one year to read, "" for all.
func catalogueIn(dir, only string) (map[string][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usage("打不开科目目录 %s：%w", filepath.ToSlash(dir), err)
	}
	defer func() { _ = root.Close() }() // it is read
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, usage("列不出科目目录 %s：%w", filepath.ToSlash(dir), err)
	}
	must, may := classify.Files()
	out := map[string][]byte{}
	for _, e := range entries {
		if !isYear(e.Name()) || only != "" && e.Name() != only {
			continue
		}
		for _, name := range slices.Concat(must, may) {
			at := filepath.Join(e.Name(), name)
			info, err := root.Stat(at)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				continue
			case err == nil && (!info.Mode().IsRegular() || info.Size() > mostCodes):
				return nil, usage("%s 不是科目目录的文件：不是普通文件，或者太大", filepath.ToSlash(filepath.Join(dir, at)))
			}
			raw, err := root.ReadFile(at)
			if err != nil {
				return nil, usage("读不出 %s：%w", filepath.ToSlash(filepath.Join(dir, at)), err)
			}
			out[path.Join(e.Name(), name)] = raw
		}
	}
	return out, nil
}

// catalogueOf is the classification of a year for a pack and what lies near a place, where no document is made.
func (a *app) catalogueOf(year int, packID, place string) (*classify.Catalogue, error) {
	s := &build.Shared{Packs: a.packFiles, Catalogue: data.Catalogue()}
	if s.Packs == nil {
		s.Packs = templates.FS
	}
	var err error
	if s.Given, err = a.given(); err != nil {
		return nil, err
	}
	near, err := codesFor(place)
	if err != nil {
		return nil, err
	}
	if slices.Contains(s.PackNames(), packID) {
		_, _, _ = s.Pack(packID) // it knows what it inherits then
	}
	cat, err := s.CodesOf(year, packID, near)
	var wrong *classify.Fault
	switch {
	case errors.Is(err, classify.ErrNoCatalogue):
		return nil, usage("没有%d年和以前的科目目录；用 yusuan codes 当年的科目表.xlsx --year %d -o data/catalogue/%d 带入", year, year, year)
	case errors.As(err, &wrong):
		return nil, usage("科目目录读不出：%s 第 %s 行：%s", wrong.File, strconv.Itoa(wrong.Line), wrong.What)
	case err != nil:
		return nil, machine("科目目录不可用：%w", err)
	}
	return cat, nil
}
