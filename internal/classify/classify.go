// Package classify is the classification of government revenue and expenditure (政府收支分类科目): the trees of codes and
// names that budgets are stated in, one set per year, because names change and codes are used anew.
package classify

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Catalogue is the classification that serves a budget year.
type Catalogue struct {
	Year       int  // of the folder it was read from
	Own        bool // the list is that of the budget year itself; else a neighbour's serves
	Functional Tree // 支出功能分类: class 类, group 款, item 项, with 3, 5 and 7 digits
	Economic   Tree // 部门预算支出经济分类: class 类, group 款, with 3 and 5 digits
	Pairs      []Pair
	Kinds      map[string]string // the kind of expenditure that items of a name usually hold

	Funds []FundCodes // the budgets that have functional codes of their own

	origin  [2]string      // the files that a bureau's own lists were brought in from
	history func() history // the names of all years at hand, read when first asked for
	hints   func() *Hints
}

// Pair says that functional and economic codes usually stand for the same money of basic expenditure.
type Pair struct {
	Functional, Economic []string
	Name                 string // of what is paid
}

// FundCodes says that money of a fund, and no other, stands under the functional codes that begin so.
type FundCodes struct {
	Fund  string
	Codes []string
}

// Code is one entry (科目).
type Code struct {
	Code, Name string
}

// ErrNoCatalogue says that there is no catalogue for a year or any year before.
var ErrNoCatalogue = errors.New("no catalogue for this year or before")

// Load reads the catalogue of a year from fsys, which holds a folder per year: the folder that says it serves the year,
// or else the nearest earlier one. The result is never changed, so one Catalogue serves any number of documents at the
// same time.
func Load(fsys fs.FS, year int) (*Catalogue, error) {
	folder, own, err := serving(fsys, year)
	if err != nil {
		return nil, err
	}
	c := &Catalogue{Year: folder, Own: own, hints: sync.OnceValue(func() *Hints { return readHints(fsys) })}
	c.history = sync.OnceValue(func() history { return readHistory(fsys, c.Hints()) })
	dir := strconv.Itoa(folder)
	if c.Functional, err = load(fsys, path.Join(dir, "functional.csv"), 7); err != nil {
		return nil, err
	}
	if c.Economic, err = load(fsys, path.Join(dir, "economic.csv"), 5); err != nil {
		return nil, err
	}
	if err := c.change(fsys, dir, year); err != nil {
		return nil, err
	}
	if c.Pairs, err = loadPairs(fsys, path.Join(dir, "pairs.csv")); err != nil {
		return nil, err
	}
	if c.Kinds, err = loadKinds(fsys, path.Join(dir, "kinds.csv")); err != nil {
		return nil, err
	}
	if c.Funds, err = loadFunds(fsys, path.Join(dir, "funds.csv")); err != nil {
		return nil, err
	}
	if c.origin, err = loadOrigin(fsys, path.Join(dir, "origin.csv")); err != nil {
		return nil, err
	}
	return c, nil
}

// change takes the names that codes have in a year otherwise than in the list that serves it.
func (c *Catalogue) change(fsys fs.FS, dir string, year int) error {
	changes, err := loadChanges(fsys, dir)
	if err != nil {
		return err
	}
	for _, x := range changes {
		if x.of(year) {
			t := c.tree(x.functional)
			*t = t.With([]Code{x.code})
		}
	}
	return nil
}

func (c *Catalogue) tree(functional bool) *Tree {
	if functional {
		return &c.Functional
	}
	return &c.Economic
}

// Origin is the file that a bureau's own list was brought in from, "" for one put together from published documents: of the
// first nothing is missing, of the second most may be.
func (c *Catalogue) Origin(functional bool) string { return c.origin[index(functional)] }

// loadPairs reads pairs.csv, which a year may lack. Codes are joined by slashes; they need not be in the catalogue, which
// a department may add to.
func loadPairs(fsys fs.FS, name string) ([]Pair, error) {
	rows, err := optional(fsys, name, "function,economic,name")
	if err != nil {
		return nil, err
	}
	var out []Pair
	for _, row := range rows {
		p := Pair{strings.Split(row.cells[0], "/"), strings.Split(row.cells[1], "/"), row.cells[2]}
		for _, x := range []struct {
			codes  []string
			digits int
		}{{p.Functional, 7}, {p.Economic, 5}} {
			for _, code := range x.codes {
				if len(code) != x.digits || strings.Trim(code, "0123456789") != "" {
					return nil, row.fault(name, "“"+code+"”不是%d位的编码", x.digits)
				}
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// loadKinds reads kinds.csv, which a year may lack.
func loadKinds(fsys fs.FS, name string) (map[string]string, error) {
	rows, err := optional(fsys, name, "name,kind")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, row := range rows {
		out[row.cells[0]] = row.cells[1]
	}
	return out, nil
}

// loadFunds reads funds.csv, which a year may lack; the funds in the order in which they first stand there.
func loadFunds(fsys fs.FS, name string) ([]FundCodes, error) {
	rows, err := optional(fsys, name, "fund,code")
	if err != nil {
		return nil, err
	}
	var out []FundCodes
	for _, row := range rows {
		if len(row.cells[1]) < 3 || strings.Trim(row.cells[1], "0123456789") != "" {
			return nil, row.fault(name, "“%s”不是编码", row.cells[1])
		}
		i := slices.IndexFunc(out, func(f FundCodes) bool { return f.Fund == row.cells[0] })
		if i < 0 {
			i, out = len(out), append(out, FundCodes{Fund: row.cells[0]})
		}
		out[i].Codes = append(out[i].Codes, row.cells[1])
	}
	return out, nil
}

// FundOf is the budget that a functional code is of alone, "" where there is none.
func (c *Catalogue) FundOf(code string) string {
	for _, f := range c.Funds {
		if slices.ContainsFunc(f.Codes, func(p string) bool { return strings.HasPrefix(code, p) }) {
			return f.Fund
		}
	}
	return ""
}

// Natures of basic expenditure.
const (
	personnel = "人员经费"
	public    = "公用经费"
)

// Nature is the usual nature of basic expenditure under an economic code, 人员经费 or 公用经费: pay (301) and grants to
// individuals (303) are personnel, all else is public. NatureKnown tells where that is no more than a default.
func Nature(economic string) string {
	switch class(economic) {
	case "301", "303":
		return personnel
	}
	return public
}

// NatureKnown reports whether Nature follows from the class: it does for 301, 302, 303 and 310. For others the author
// should state it.
func NatureKnown(economic string) bool {
	switch class(economic) {
	case "301", "302", "303", "310":
		return true
	}
	return false
}

func class(code string) string { return code[:min(3, len(code))] }
