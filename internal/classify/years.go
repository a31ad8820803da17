package classify

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A folder of the catalogue is the list of its year. More files, which it may lack, say more:
//
//	years.csv    year,own                  which other years it serves, and whether it is their own list (是) or stands in (否)
//	changes.csv  kind,code,name,from       names that changed, and codes that came, before the next folder
//	earlier.csv  kind,code,name,to         names that earlier years which it serves had up to a year
//	origin.csv   kind,file                 the file of a bureau's own list, which is whole

// Files are the names of all files that a folder of the catalogue may have, those that it must have first.
func Files() (must, may []string) {
	return []string{"functional.csv", "economic.csv"}, []string{"pairs.csv", "kinds.csv", "funds.csv", "years.csv", "changes.csv", "earlier.csv", "origin.csv"}
}

// folders are the years that have a folder, in order.
func folders(fsys fs.FS) ([]int, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("classify: list catalogues: %w", err)
	}
	var out []int
	for _, e := range entries {
		if y, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	return out, nil
}

// serving is the folder that serves a year, and whether it is the year's own list.
func serving(fsys fs.FS, year int) (folder int, own bool, err error) {
	all, err := folders(fsys)
	if err != nil {
		return 0, false, err
	}
	if slices.Contains(all, year) {
		return year, true, nil
	}
	for _, y := range slices.Backward(all) {
		also, err := loadYears(fsys, y)
		if err != nil {
			return 0, false, err
		}
		if own, ok := also[year]; ok {
			return y, own, nil
		}
		if y < year && folder == 0 {
			folder = y
		}
	}
	if folder == 0 {
		return 0, false, fmt.Errorf("classify: %d: %w", year, ErrNoCatalogue)
	}
	return folder, false, nil
}

// loadYears are the years that a folder serves beside its own, true for those whose own list it is.
func loadYears(fsys fs.FS, folder int) (map[int]bool, error) {
	name := path.Join(strconv.Itoa(folder), "years.csv")
	rows, err := optional(fsys, name, "year,own")
	if err != nil {
		return nil, err
	}
	out := map[int]bool{}
	for _, row := range rows {
		year, err := strconv.Atoi(row.cells[0])
		if err != nil || row.cells[1] != "是" && row.cells[1] != "否" {
			return nil, row.fault(name, "“%s”不是年度和是、否", strings.Join(row.cells, ","))
		}
		out[year] = row.cells[1] == "是"
	}
	return out, nil
}

// change is a name that a code has from a year on, or up to one, within the years that a folder serves.
type change struct {
	functional bool
	code       Code
	from, to   int // 0 for no bound
}

// of reports whether a change is in force in a year.
func (x *change) of(year int) bool { return x.from <= year && (x.to == 0 || year <= x.to) }

// loadChanges reads the changes of a folder, the later years after the earlier ones.
func loadChanges(fsys fs.FS, dir string) ([]change, error) {
	var out []change
	for _, x := range []struct{ file, head string }{{"changes.csv", "kind,code,name,from"}, {"earlier.csv", "kind,code,name,to"}} {
		name := path.Join(dir, x.file)
		rows, err := optional(fsys, name, x.head)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			c := row.cells
			year, err := strconv.Atoi(c[3])
			if err != nil || c[0] != "功能" && c[0] != "经济" || c[2] == "" || strings.Trim(c[1], "0123456789") != "" {
				return nil, row.fault(name, "“%s”不是分类、编码、名称和年度", strings.Join(c, ","))
			}
			one := change{functional: c[0] == "功能", code: Code{c[1], c[2]}, from: year}
			if x.file == "earlier.csv" {
				one.from, one.to = 0, year
			}
			out = append(out, one)
		}
	}
	return out, nil
}

// loadOrigin are the names of the files that lists were brought in from.
func loadOrigin(fsys fs.FS, name string) (out [2]string, err error) {
	rows, err := optional(fsys, name, "kind,file")
	for _, r := range rows {
		out[index(r.cells[0] == "功能")] = r.cells[1]
	}
	return out, err
}

// Since is a name of a code, and the first and the last year of which a list at hand has it.
type Since struct {
	Year, Last int
	Name       string
}

// Years are the years of a name in words.
func (s Since) Years() string {
	if s.Year == s.Last {
		return fmt.Sprintf("%d年", s.Year)
	}
	return fmt.Sprintf("%d—%d年", s.Year, s.Last)
}

// history are the names of functional and of economic codes, in the order of years, each once for as long as it stays.
type history [2]map[string][]Since

// NamesOf are the names that a functional or else an economic code has had in the lists at hand, the oldest first.
func (c *Catalogue) NamesOf(functional bool, code string) []Since {
	if c.history == nil {
		return nil
	}
	return c.history()[index(functional)][code]
}

func index(functional bool) int {
	if functional {
		return 0
	}
	return 1
}

// readHistory reads the lists of all years. One that cannot be read says nothing here: whoever needs it is told so. A list that
// stands before another of its year does not hide what that one says.
func readHistory(fsys fs.FS, h *Hints) history {
	out := history{{}, {}}
	add := func(functional bool, code Code, year int) {
		names := out[index(functional)]
		names[code.Code] = append(names[code.Code], Since{year, year, code.Name})
	}
	for _, p := range h.printed { // of years before the first folder, and what no list has
		add(p.functional, p.code, p.from)
		add(p.functional, p.code, p.to)
	}
	layers, ok := fsys.(Layers)
	if !ok {
		layers = Layers{{Files: fsys}}
	}
	for _, l := range slices.Backward(layers) {
		readNames(l.Files, add)
	}
	for _, names := range out {
		for code, list := range names {
			names[code] = joined(list)
		}
	}
	return out
}

// readNames adds the names of one catalogue.
func readNames(fsys fs.FS, add func(functional bool, code Code, year int)) {
	years, _ := folders(fsys)
	for _, y := range years {
		dir := strconv.Itoa(y)
		for name, digits := range map[string]int{"functional.csv": 7, "economic.csv": 5} { // each has names of its own
			t, _ := load(fsys, path.Join(dir, name), digits)
			for _, c := range t.codes {
				add(digits == 7, Code{c, t.names[c]}, y)
			}
		}
		changes, _ := loadChanges(fsys, dir)
		for _, x := range changes {
			add(x.functional, x.code, max(x.from, x.to))
		}
	}
}

// joined are names in the order of their years, each once for as long as it stays.
func joined(list []Since) []Since {
	slices.SortStableFunc(list, func(a, b Since) int { return a.Year - b.Year })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].Name == s.Name {
			out[n-1].Last = s.Last
			continue
		}
		out = append(out, s)
	}
	return out
}
