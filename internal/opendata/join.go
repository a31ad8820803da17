package opendata

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// District are the packages of the departments of a year, to be joined to one. They are read one after the other, file by file,
// and none is kept: ten thousand departments take the memory of one, and some hundred bytes each.
type District struct {
	Year        int
	Date        time.Time // the latest of their documents
	Program     string
	Departments []Department // in the order of the joined rows
	// Open hands the package of a department to do, whose error it returns.
	Open func(i int, do func(r io.ReaderAt, size int64) error) error
}

// Department is one of a district.
type Department struct {
	Folder      string // of its data, below the root
	Code, Name  string // "" where its data do not say it
	State, Told string // for programs and for people
	There       bool   // it has a package; the rows of others are missing
}

// Broken says that what should be a package of ours is none.
type Broken struct {
	Department int
	Err        error
}

func (e *Broken) Error() string {
	return fmt.Sprintf("package of department %d: %v", e.Department, e.Err)
}
func (e *Broken) Unwrap() error { return e.Err }

// joined is a file of the district in the making.
type joined struct {
	resource resourceJSON
	entries  []entry
	distinct int // where rows of several departments may say the same: by so many first columns
}

// entry is where in the package of a department the rows of a file stand.
type entry struct {
	department   int
	offset, size int64
}

// packed are the packages, looked through once.
type packed struct {
	*District
	files []*joined
	by    map[string]*joined
	taken map[string]bool // names of files
}

// lists are the files that say the same in many departments, with how many of their first columns tell rows apart.
var lists = map[string]int{"functions": 2, "economics": 2, "funds": 1}

// Join writes the package of the district.
func (d *District) Join(w io.Writer) error {
	p := &packed{District: d, by: map[string]*joined{}, taken: map[string]bool{}}
	for i := range d.Departments {
		if !d.Departments[i].There {
			continue
		}
		if err := d.Open(i, func(r io.ReaderAt, size int64) error { return p.look(i, r, size) }); err != nil {
			return err
		}
	}
	z, j := newZip(w, d.Date), newJoiner(d)
	about := d.about()
	departments := d.departments()
	about.resources = append(about.resources, departments.resource())
	if err := z.add(departments.path, bytes.NewReader(departments.b)); err != nil {
		return err
	}
	slices.SortStableFunc(p.files, func(a, b *joined) int { return cmp.Compare(order(a), order(b)) })
	for _, f := range p.files {
		out, err := z.begin(f.resource.Path)
		if err != nil {
			return err
		}
		if err := j.write(f, out); err != nil {
			return err
		}
		about.resources = append(about.resources, f.resource)
	}
	for _, f := range []File{{DescriptorName, about.descriptor()}, {ReadmeName, about.readme()}} {
		if err := z.add(f.Name, bytes.NewReader(f.Data)); err != nil {
			return err
		}
	}
	return z.Close()
}

// order puts tables behind all else; those stay in the order of the first department that has them.
func order(f *joined) int {
	if strings.HasPrefix(f.resource.Path, folder) {
		return 1
	}
	return 0
}

// look notes where in a package which rows stand.
func (p *packed) look(department int, r io.ReaderAt, size int64) error {
	broken := func(err error) error { return &Broken{department, err} }
	z, err := zip.NewReader(r, size)
	if err != nil {
		return broken(err)
	}
	in := map[string]*zip.File{}
	for _, f := range z.File {
		in[f.Name] = f
	}
	resources, err := described(in[DescriptorName])
	if err != nil {
		return broken(err)
	}
	for i := range resources {
		x := &resources[i]
		f := in[x.Path]
		if f == nil || f.Method != zip.Deflate {
			return broken(fmt.Errorf("no file %s", x.Path))
		}
		offset, err := f.DataOffset()
		if err != nil {
			return broken(err)
		}
		of, err := p.file(x)
		if err != nil {
			return broken(err)
		}
		of.entries = append(of.entries, entry{department, offset, int64(f.CompressedSize64)})
	}
	return nil
}

// part is a file of a department's package as its description has it.
type part struct {
	Name, Path, Title, Description string
	Schema                         json.RawMessage
}

// largestDescription is more than any package of ours describes.
const largestDescription = 64 << 20

func described(f *zip.File) ([]part, error) {
	if f == nil {
		return nil, errors.New("no " + DescriptorName)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, largestDescription))
	if err != nil {
		return nil, err
	}
	var p struct{ Resources []part }
	err = json.Unmarshal(raw, &p)
	return p.Resources, err
}

// file is the joined file that takes rows of a department's file: of those that are called so, the one whose columns are the
// same and mean the same. Tables of other packs may have one number and be others: t3, t3.2.
func (p *packed) file(x *part) (*joined, error) {
	key := x.Path + "\x00" + x.Title + "\x00" + string(x.Schema)
	if f := p.by[key]; f != nil {
		return f, nil
	}
	f := &joined{distinct: lists[x.Name], resource: resourceJSON{Description: x.Description, Dialect: usualDialect, Encoding: "utf-8", Format: "csv", MediaType: "text/csv",
		Name: x.Name, Path: x.Path, Title: x.Title, Type: "table"}}
	if err := json.Unmarshal(x.Schema, &f.resource.Schema); err != nil {
		return nil, err
	}
	for n := 2; p.taken[f.resource.Path]; n++ {
		end := "." + strconv.Itoa(n)
		f.resource.Name, f.resource.Path = x.Name+end, strings.TrimSuffix(x.Path, ".csv")+end+".csv"
	}
	p.taken[f.resource.Path] = true
	p.relate(&f.resource.Schema, f.distinct)
	p.by[key], p.files = f, append(p.files, f)
	return f, nil
}

// relate makes keys hold for a district: lists have a row for each name that departments give a code, and departments are a file.
func (p *packed) relate(s *schemaJSON, distinct int) {
	if distinct > 0 {
		s.PrimaryKey = nil
		for _, f := range s.Fields[:min(distinct, len(s.Fields))] {
			s.PrimaryKey = append(s.PrimaryKey, f.Name)
		}
	}
	if slices.ContainsFunc(s.Fields, func(f fieldJSON) bool { return f.Name == departmentCode.name }) {
		s.ForeignKeys = append(s.ForeignKeys, foreignJSON{[]string{departmentCode.name}, referenceJSON{[]string{departmentCode.name}, departmentsName}})
	}
}

const departmentsName = "departments"

// departments are all of the district, those too whose rows are missing.
func (d *District) departments() *sheet {
	code := departmentCode
	code.required, code.about = false, "数据里没有写的空着"
	label := departmentLabel
	label.required = false
	t := newSheet(departmentsName, "部门", "各个部门和它们的状态；included 是 false 的，其他文件里没有它的行，各文件的合计不是全区的。", []column{
		{name: "folder", title: "数据目录", kind: text, required: true, unique: true}, code, label, {name: "name", title: "部门名称", kind: text},
		{name: "included", title: "在不在这里", kind: truth, required: true}, {name: "state", title: "状态", kind: text, required: true},
		{name: "state_name", title: "状态的说明", kind: text, required: true}})
	t.key = []string{"folder"}
	for i := range d.Departments {
		x := &d.Departments[i]
		shown := ""
		if x.Code != "" {
			shown = labelled(x.Code, x.Name)
		}
		t.put(x.Folder, x.Code, shown, x.Name, yes(x.There), x.State, x.Told).end()
	}
	return t
}

// about is what the district says of itself.
func (d *District) about() *about {
	there := 0
	for i := range d.Departments {
		if d.Departments[i].There {
			there++
		}
	}
	year := strconv.Itoa(d.Year)
	p := &about{name: "yusuan-district-" + year, title: year + "年各部门预算", generator: d.Program, year: year,
		summary: fmt.Sprintf("%s年 %d 个部门预算的开放数据，各部门的行在同一个文件里，以 department_code 区分。", year, there)}
	if !d.Date.IsZero() {
		p.published = d.Date.Format(time.DateOnly)
	}
	p.notes = append(ownNotes(), fmt.Sprintf("共有 %d 个部门，这里有 %d 个；没有的列在 departments.csv 里，included 是 false，各个合计里没有它们的钱。单位预算不另列，它的钱在部门预算里。", len(d.Departments), there),
		"functions.csv、economics.csv、funds.csv 把各部门用到的合在一起；一个编码各部门写的名称不同的，各有一行。tables 里同一个表号，各部门的表不同的（模板不同），分成 t3.csv、t3.2.csv 这样的几个文件；figures.csv 的 table 一列写的是前面的名称。")
	return p
}

// joiner copies rows.
type joiner struct {
	*District
	inflater inflater
	rows     rowReader
}

func newJoiner(d *District) *joiner { return &joiner{District: d} }

// write writes a joined file, and notes its size and sum.
func (j *joiner) write(f *joined, w io.Writer) error {
	sum := &counted{w: w, sum: sha256.New()}
	if _, err := sum.Write(f.head()); err != nil {
		return err
	}
	write := j.append
	var set *rowSet
	if f.distinct > 0 {
		set = newRowSet(f)
		write = func(_ io.Writer, r io.Reader) error { return set.take(r) }
	}
	for _, e := range f.entries {
		err := j.Open(e.department, func(r io.ReaderAt, _ int64) error {
			in, err := j.inflater.open(io.NewSectionReader(r, e.offset, e.size))
			if err != nil {
				return err
			}
			return write(sum, in)
		})
		if err != nil {
			return &Broken{e.department, fmt.Errorf("%s: %w", f.resource.Path, err)}
		}
	}
	if set != nil {
		if _, err := sum.Write(set.bytes()); err != nil {
			return err
		}
	}
	f.resource.Bytes, f.resource.Hash = sum.n, hashed(sum.sum.Sum(nil))
	return nil
}

// append copies all of a file but its head.
func (j *joiner) append(w io.Writer, r io.Reader) error { return j.rows.copy(w, r) }
