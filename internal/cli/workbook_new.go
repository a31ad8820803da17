package cli

import (
	"cmp"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// newWorkbook makes the workbook of a new year without a folder: an empty one, or last year's rolled forward.
func (a *app) newWorkbook(out, from string, force bool) error {
	if err := mayWriteSheet(out, force, from); err != nil {
		return err
	}
	if from != "" {
		last, files, err := a.rolled(from, 0, true)
		if err != nil {
			return err
		}
		return a.writeSheet(a.sheetInput(parsed(files), last.Pack, last.Budget.Facts.Department.Year.V+1, out), out)
	}
	p, err := a.freshPack()
	if err != nil {
		return err
	}
	year, code := named(out)
	if err := a.servesYear(p, year); err != nil {
		return err
	}
	cat, err := a.catalogueOf(cmp.Or(year, p.LastYear), p.ID, out)
	if err != nil {
		return err
	}
	files := renew.Bare(renew.Fresh(p.Of(year), cat.Functional, a.template, year, code))
	return a.writeSheet(a.sheetInput(parsed(files), p.Of(year), cmp.Or(year, p.LastYear), out), out)
}

// parsed are files of data as they would be read from a folder.
func parsed(files []renew.File) []*source.File {
	var out []*source.File
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".toml") {
			file, _ := source.Parse(f.Path, f.Data) // the program has made it
			out = append(out, file)
		}
	}
	return out
}

// bookName is a workbook's name that says what it is of: 338-2026.xlsx.
var bookName = regexp.MustCompile(`^(\d{2,})-((?:19|20)\d\d)(?:\D|$)`)

// named are the year and code that the name of a workbook says, as the folders of data do.
func named(file string) (year int, code string) {
	if m := bookName.FindStringSubmatch(filepath.Base(file)); m != nil {
		year, _ = strconv.Atoi(m[2])
		return year, m[1]
	}
	return 0, source.Unfilled
}
