package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// Folder is the data folder that a workbook makes by itself: files by custom, amounts in 元.
type Folder struct {
	Files  []source.Edited // in the order of their paths
	Pack   *pack.Pack
	Path   string // of the workbook
	dir    string
	places map[string]map[string]*spot // of entries, by file and address
	parsed map[string][]placedValue    // what stands where, by file
	spots  diag.Nest[int]              // numbers of those
}

// placedValue is a stretch of a file and the cells that it came from.
type placedValue struct {
	at    diag.Range
	items []diag.Range // of a list, its elements
	cells []diag.Range
	of    *spot // of an entry
	sub   string
	open  bool // its cell was not understood, which has been told
}

// Folder makes the data folder of a workbook; dir begins the paths of its files. What is not understood is told, and is not in it.
func (t *Taken) Folder(dir string, cat *classify.Catalogue) (*Folder, diag.List, error) {
	p, diags := t.Plan(Target{Folder: dir, Pack: t.Layout.Pack, Catalogue: cat})
	files, err := p.Edit()
	if err != nil {
		return nil, diags, fmt.Errorf("sheet: the folder of %s: %w", t.Path, err)
	}
	f := &Folder{Files: files, Pack: t.Layout.Pack, Path: t.Path, dir: dir, places: map[string]map[string]*spot{}, parsed: map[string][]placedValue{}}
	for _, s := range p.spots {
		if f.places[s.file] == nil {
			f.places[s.file] = map[string]*spot{}
		}
		f.places[s.file][s.final] = s
	}
	for i := range files {
		f.parse(files[i].File)
	}
	return f, diags, nil
}

// parse notes where the values of a file came from.
func (f *Folder) parse(file *source.File) {
	var out []placedValue
	for _, e := range file.Entries() {
		s, sub := f.spot(file.Path, e.Address)
		if s == nil {
			continue
		}
		out = append(out, placedValue{at: e.At(), cells: []diag.Range{s.row}, of: s, sub: sub})
		for _, v := range e.Values() {
			cells := s.cells[strings.TrimPrefix(sub+":"+v.Key, ":")]
			if cells == nil {
				cells = s.cells[sub+":"+v.Key]
			}
			if cells == nil {
				cells = []diag.Range{s.row}
			}
			out = append(out, placedValue{at: v.At, items: v.ItemsAt, cells: cells, open: s.refused[strings.TrimPrefix(sub+":"+v.Key, ":")] || s.refused[sub+":"+v.Key]})
		}
	}
	f.parsed[file.Path] = out
	for i := range out {
		f.spots.Add(file.Path, int(out[i].at.Start.Offset), int(out[i].at.End.Offset), i)
	}
}

// spot is what an entry was made of, with the table within it.
func (f *Folder) spot(file, address string) (*spot, string) {
	sub := ""
	for a := address; a != ""; {
		if s := f.places[file][a]; s != nil {
			return s, sub
		}
		i := strings.LastIndexByte(a, '.')
		if i < 0 {
			break
		}
		a, sub = a[:i], a[i:]+sub
	}
	return nil, ""
}

// Place is the cell that a place in the folder's files came from; another place is as it was.
func (f *Folder) Place(r diag.Range) diag.Range {
	if r.File == f.dir && f.dir != "" {
		return diag.Range{File: f.Path, In: r.In}
	}
	list, ok := f.parsed[r.File]
	if !ok {
		if strings.HasPrefix(r.File, strings.TrimSuffix(f.dir, "/")+"/") {
			return diag.Range{File: f.Path, In: r.In}
		}
		return r
	}
	var best *placedValue
	if i, ok := f.spots.Find(r); ok && r.Start.Line > 0 {
		best = &list[i]
	}
	if best == nil {
		for i := range list { // what stands before it
			if x := &list[i]; x.at.Start.Offset <= r.Start.Offset && r.Start.Line > 0 {
				best = x
			}
		}
	}
	out := diag.Range{File: f.Path}
	if best != nil && !best.cells[0].IsZero() {
		out = best.cells[best.part(r)]
	}
	if p, ok := r.In.Printed(); ok && out.In == (diag.Inside{}) {
		return out.Prints(p)
	}
	return out
}

// ruleMissing is source's: nothing is filled in.
const ruleMissing = "填报-003"

// Finding puts a finding of the folder's files at its cell: what is missing, at the cell where it is to be filled in. It reports
// whether there is something to tell: what is missing since its cell was not understood has been told.
func (f *Folder) Finding(d *diag.Diagnostic) bool {
	if d.Rule == ruleMissing {
		for i := range f.parsed[d.At.File] {
			x := &f.parsed[d.At.File][i]
			if x.open && x.at == d.At {
				return false
			}
			if x.of == nil || x.at != d.At {
				continue
			}
			for _, key := range slices.Sorted(maps.Keys(x.of.cells)) {
				name := strings.TrimPrefix(key, x.sub+":")
				if !strings.Contains(d.Message, "（"+name+"）") {
					continue
				}
				if x.of.refused[key] {
					return false
				}
				d.At = x.of.cells[key][0]
				if strings.HasPrefix(d.Hint, "补上 ") {
					d.Hint = "填上这一格"
				}
				return true
			}
		}
	}
	if at, ok := f.named(d); ok {
		d.At = at
		return true
	}
	d.At = f.Place(d.At)
	return true
}

// named is the cell of a finding that is about an entry as a whole and advises to fill in one value of it.
func (f *Folder) named(d *diag.Diagnostic) (at diag.Range, ok bool) {
	for i := range f.parsed[d.At.File] {
		x := &f.parsed[d.At.File][i]
		if x.of == nil || x.at != d.At {
			continue
		}
		var keys []string
		for _, m := range aSetting.FindAllStringSubmatch(d.Hint, -1) {
			if !slices.Contains(keys, m[1]) {
				keys = append(keys, m[1])
			}
		}
		if len(keys) != 1 {
			return at, false
		}
		cells := x.of.cells[keys[0]]
		if cells == nil {
			cells = x.of.cells[x.sub+":"+keys[0]]
		}
		if len(cells) == 0 {
			return at, false
		}
		return cells[0], true
	}
	return at, false
}

// part is which paragraph or element a place within a value is in.
func (x *placedValue) part(r diag.Range) int {
	n := 0
	switch {
	case len(x.cells) == 1:
	case len(x.items) > 0:
		n = slices.IndexFunc(x.items, func(at diag.Range) bool {
			return at.Start.Offset <= r.Start.Offset && r.Start.Offset < at.End.Offset
		})
	case x.at.End.Line > x.at.Start.Line:
		first := x.at.Start.Line + x.at.End.Line - x.at.Start.Line + 1 - len(x.cells) // the literal may begin below its marks
		n = r.Start.Line - first
	}
	return min(max(n, 0), len(x.cells)-1)
}
