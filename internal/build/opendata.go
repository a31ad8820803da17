package build

import (
	"path"

	"yusuan/internal/opendata"
)

// OpenData are the files of the document's data package.
func (w *Work) OpenData() []opendata.File {
	return opendata.Files(&opendata.Source{Budget: w.Budget, Numbers: w.Numbers, Tree: w.Tree, Tables: w.packTables(),
		Folder: path.Clean(w.in.Dir), Program: w.shared.Program})
}
