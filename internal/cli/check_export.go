package cli

import (
	"path/filepath"
	"slices"

	"yusuan/data"
	"yusuan/internal/build"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
	"yusuan/internal/read/paper"
	"yusuan/internal/tablebook"
)

// ofExports are kinds of tables that budget systems export: they say of each line what only the department needs. Some documents
// have tables that look alike; those of onlyExports nobody publishes.
var (
	onlyExports = []imports.Kind{imports.Basic, imports.Vehicle, imports.Unit}
	ofExports   = append(slices.Clone(onlyExports), imports.ByFunction, imports.ByEconomic, imports.Project, imports.Purchase, imports.Indicator)
)

// likeExport reports whether a file is rather an export than a finished document: one that only exports have a sheet of, or of
// which more sheets look like exports than like the few published tables in it.
func likeExport(f *build.Finished, format paper.Format, name string, raw []byte) bool {
	if format != paper.Workbook && format != paper.Web {
		return false
	}
	b, err := grid.Read(filepath.Base(name), raw)
	if err != nil || tablebook.Is(sheetsOf(b)) {
		return false
	}
	words, diags := imports.ParseWords(data.ImportWords())
	if diags.HasErrors() {
		return false // import says so
	}
	files := []imports.File{{Name: filepath.Base(name), Book: b}}
	u, _ := imports.Understand(imports.Input{Files: files, Words: words, Year: imports.YearOf(files)})
	like := 0
	for i := range u.Sheets {
		s := &u.Sheets[i]
		if format == paper.Workbook && slices.Contains(onlyExports, s.Kind) {
			return true
		}
		if s.Taken > 0 && slices.Contains(ofExports, s.Kind) {
			like++
		}
	}
	const few = 3
	return f.Checked < few && like > f.Checked
}
