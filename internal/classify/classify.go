// Package classify is the classification of government revenue and expenditure (政府收支分类科目): the trees of codes and
// names that budgets are stated in, one set per year, because names change and codes are used anew.
package classify

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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

	history func() history // the names of all years at hand, read when first asked for
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
	c := &Catalogue{Year: folder, Own: own, history: sync.OnceValue(func() history { return readHistory(fsys) })}
	dir := strconv.Itoa(folder)
	if c.Functional, err = load(fsys, path.Join(dir, "functional.csv"), 7); err != nil {
		return nil, err
	}
	if c.Economic, err = load(fsys, path.Join(dir, "economic.csv"), 5); err != nil {
		return nil, err
	}
	changes, err := loadChanges(fsys, dir)
	if err != nil {
		return nil, err
	}
	for _, x := range changes {
		if x.from <= year {
			t := c.tree(x.functional)
			*t = t.With([]Code{x.code})
		}
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
	return c, nil
}

func (c *Catalogue) tree(functional bool) *Tree {
	if functional {
		return &c.Functional
	}
	return &c.Economic
}

// loadPairs reads pairs.csv, which a year may lack. Codes are joined by slashes; they need not be in the catalogue, which
// a department may add to.
func loadPairs(fsys fs.FS, name string) ([]Pair, error) {
	rows, err := optional(fsys, name, "function,economic,name")
	if err != nil {
		return nil, err
	}
	var out []Pair
	for _, row := range rows {
		p := Pair{strings.Split(row[0], "/"), strings.Split(row[1], "/"), row[2]}
		for _, x := range []struct {
			codes  []string
			digits int
		}{{p.Functional, 7}, {p.Economic, 5}} {
			for _, code := range x.codes {
				if len(code) != x.digits || strings.Trim(code, "0123456789") != "" {
					return nil, fmt.Errorf("classify: %s: %q is no code", name, code)
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
		out[row[0]] = row[1]
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
		if len(row[1]) < 3 || strings.Trim(row[1], "0123456789") != "" {
			return nil, fmt.Errorf("classify: %s: %q is no code", name, row[1])
		}
		i := slices.IndexFunc(out, func(f FundCodes) bool { return f.Fund == row[0] })
		if i < 0 {
			i, out = len(out), append(out, FundCodes{Fund: row[0]})
		}
		out[i].Codes = append(out[i].Codes, row[1])
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

// optional reads the rows below the head of a file that may be missing; lines that begin with # are comments.
func optional(fsys fs.FS, name, head string) ([][]string, error) {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	r.FieldsPerRecord = strings.Count(head, ",") + 1
	rows, err := r.ReadAll()
	if err == nil && (len(rows) == 0 || strings.Join(rows[0], ",") != head) {
		err = errors.New("the first row must be " + head)
	}
	if err != nil {
		return nil, fmt.Errorf("classify: read %s: %w", name, err)
	}
	return rows[1:], nil
}

func load(fsys fs.FS, name string, digits int) (Tree, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return Tree{}, fmt.Errorf("classify: %w", err)
	}
	defer f.Close()
	codes, err := readCodes(f)
	if err != nil {
		return Tree{}, fmt.Errorf("classify: read %s: %w", name, err)
	}
	t, err := newTree(codes, digits)
	if err != nil {
		return Tree{}, fmt.Errorf("classify: %s: %w", name, err)
	}
	return t, nil
}

// readCodes reads the columns code and name; lines that begin with # are comments.
func readCodes(r io.Reader) ([]Code, error) {
	c := csv.NewReader(r)
	c.Comment = '#'
	c.FieldsPerRecord = 3
	rows, err := c.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0][0] != "code" || rows[0][1] != "name" {
		return nil, errors.New("the first row must be code,name,seen")
	}
	codes := make([]Code, 0, len(rows)-1)
	for _, row := range rows[1:] {
		codes = append(codes, Code{row[0], row[1]})
	}
	return codes, nil
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
