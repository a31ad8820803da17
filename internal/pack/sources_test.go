package pack

import (
	"io/fs"

	"yusuan/internal/diag"
)

// sources are those of package schedule, which knows this one and so cannot be imported here: an external test hands them in.
var sources []RowSource

func SetSources(s []RowSource) { sources = s }

func loadAll(fsys fs.FS, dir string) (*Pack, diag.List, error) { return Load(fsys, dir, sources) }
