package cli

import (
	"path"
	"path/filepath"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// addresses name the places of data by what is stated there, from run to run alike: not by the folder as it was typed, and
// without lines. Ids of findings are made of them.
type addresses struct {
	naming map[string][]string
	files  map[string]*addressed
}

type addressed struct {
	prefix string // year and code, by custom
	name   string // in the folder
	file   *source.File
	a      *source.Addresses // made when it is asked for
}

func newAddresses() *addresses {
	return &addresses{naming: budget.Naming(), files: map[string]*addressed{}}
}

// add takes the files of a folder, and those of last year's.
func (x *addresses) add(dir string, w *build.Work) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		whole = dir // it is as good as its name
	}
	whole = filepath.ToSlash(whole)
	prefix := path.Base(path.Dir(whole)) + "/" + path.Base(whole)
	shown := filepath.ToSlash(filepath.Clean(dir))
	for i, files := range [][]*source.File{w.Files, w.LastFiles} {
		for _, f := range files {
			if i == 1 {
				x.files[f.Path] = &addressed{prefix: prefix + " 上年", name: path.Base(f.Path), file: f}
				continue
			}
			x.files[f.Path] = &addressed{prefix: prefix, name: strings.TrimPrefix(strings.TrimPrefix(f.Path, shown), "/"), file: f}
		}
	}
}

// of names a place. What stands nowhere in the data is known by its file.
func (x *addresses) of(r diag.Range) string {
	f, ok := x.files[r.File]
	if !ok {
		return path.Base(r.File)
	}
	if f.a == nil {
		f.a = source.NewAddresses(f.file, func(table string) []string { return x.naming[table] })
	}
	if address := f.a.Of(r); address != "" && address != source.AmountUnit {
		return f.prefix + " " + address
	}
	return f.prefix + " " + f.name
}
