package check_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
)

// findImports reads the exports of a case of the gallery; ok is false for a case that has none.
func findImports(t *testing.T, files fstest.MapFS) (found []diag.Diagnostic, ok bool) {
	t.Helper()
	words, diags := imports.ParseWords(data.ImportWords())
	catalogue, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	in := imports.Input{Words: words, Catalogue: catalogue, Year: 2026}
	for name, f := range files {
		switch {
		case !strings.HasPrefix(name, "导入/"):
		case strings.HasSuffix(name, ".toml"):
			m, more := imports.ParseMap(name, f.Data)
			diags.Append(more)
			in.Maps = append(in.Maps, m)
		default:
			book, err := grid.Read(name, f.Data)
			if err != nil {
				t.Fatal(name, err)
			}
			in.Files = append(in.Files, imports.File{Name: name, Book: book})
		}
	}
	if len(in.Files) == 0 {
		return nil, false
	}
	_, more := imports.Understand(in)
	diags.Append(more)
	return diags.Sorted(), true
}
