package classify

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A folder of the catalogue is the list of its year. Two files, which it may lack, say more:
//
//	years.csv    year,own                  which other years it serves, and whether it is their own list (是) or stands in (否)
//	changes.csv  kind,code,name,from       names that changed, and codes that came, before the next folder

// Files are the names of all files that a folder of the catalogue may have, those that it must have first.
func Files() (must, may []string) {
	return []string{"functional.csv", "economic.csv"}, []string{"pairs.csv", "kinds.csv", "funds.csv", "years.csv", "changes.csv"}
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
		year, err := strconv.Atoi(row[0])
		if err != nil || row[1] != "是" && row[1] != "否" {
			return nil, fmt.Errorf("classify: %s: %q is no year with 是 or 否", name, strings.Join(row, ","))
		}
		out[year] = row[1] == "是"
	}
	return out, nil
}

// change is a name that a code has from a year on, within the years that a folder serves.
type change struct {
	functional bool
	code       Code
	from       int
}

func loadChanges(fsys fs.FS, dir string) ([]change, error) {
	name := path.Join(dir, "changes.csv")
	rows, err := optional(fsys, name, "kind,code,name,from")
	if err != nil {
		return nil, err
	}
	var out []change
	for _, row := range rows {
		from, err := strconv.Atoi(row[3])
		if err != nil || row[0] != "功能" && row[0] != "经济" || row[2] == "" || strings.Trim(row[1], "0123456789") != "" {
			return nil, fmt.Errorf("classify: %s: %q is no change", name, strings.Join(row, ","))
		}
		out = append(out, change{row[0] == "功能", Code{row[1], row[2]}, from})
	}
	return out, nil
}

// Since is a name of a code and the first year of which a list at hand has it.
type Since struct {
	Year int
	Name string
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

// readHistory reads the lists of all years. One that cannot be read says nothing here: whoever needs it is told so.
func readHistory(fsys fs.FS) history {
	out := history{{}, {}}
	add := func(functional bool, code Code, year int) {
		names := out[index(functional)]
		if list := names[code.Code]; len(list) == 0 || list[len(list)-1].Name != code.Name {
			names[code.Code] = append(list, Since{year, code.Name})
		}
	}
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
			add(x.functional, x.code, x.from)
		}
	}
	return out
}
