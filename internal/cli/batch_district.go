package cli

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/opendata"
)

// districtPackage is what the package of all departments of a year is called.
func districtPackage(year int) string { return fmt.Sprintf("district-%d-data.zip", year) }

// writeDistrict writes the package of all departments of each year, after a whole run or of all shards, before the register is
// written. It is made of all packages that are there, whether this run has made them or not. folders have the documents that
// the records name.
func (a *app) writeDistrict(o *outFolder, s *batch.Summary, folders []string) error {
	if !slices.Contains(s.Forms, build.Data) {
		return a.tellOldDistricts(o)
	}
	for _, year := range yearsOf(s.Departments) {
		d := &districtData{folders: folders}
		left := d.gather(a, s, year)
		if d.count() == 0 {
			say(a.out, "没有部门预算的开放数据可以合并，没有做 %s\n", districtPackage(year))
			continue
		}
		name := o.path(districtPackage(year))
		if err := mayWrite(name, func([]byte) bool { return isOurPackageFile(name) }); err != nil {
			return err
		}
		sum := sha256.New()
		if err := writeStream(o.tmp, name, func(w io.Writer) error { return d.Join(io.MultiWriter(w, sum)) }); err != nil {
			return d.named(err)
		}
		o.joined = append(o.joined, batch.Registered{SHA256: hex.EncodeToString(sum.Sum(nil)), Name: districtPackage(year)})
		more := ""
		if left > 0 {
			more = fmt.Sprintf("；里面没有的 %d 个部门列在它的 departments.csv 里", left)
		}
		say(a.out, "全区的开放数据 %s：%d 个部门%s\n", filepath.ToSlash(name), d.count(), more)
	}
	return nil
}

// tellOldDistricts tells of what earlier runs have made that this one was not asked for.
func (a *app) tellOldDistricts(o *outFolder) error {
	names, err := filepath.Glob(o.path("district-*-data.zip"))
	if err != nil {
		return nil // the folder's name has marks of patterns in it
	}
	for _, name := range names {
		say(a.err, "%s 是以前做的，这次没有要开放数据，没有重做；要公开的，加 --formats %s 再做一次\n", filepath.ToSlash(name), build.Data)
	}
	return nil
}

// yearsOf are the years of the departments' documents.
func yearsOf(records []batch.Record) (out []int) {
	for i := range records {
		if r := &records[i]; r.Edition == "" && r.Status.Good() && r.Year != 0 {
			out = append(out, r.Year)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// districtData are the packages of a year's departments.
type districtData struct {
	opendata.District
	folders []string
	files   []string // by department
}

// gather finds the packages that are as they were written, and returns how many departments have none.
func (d *districtData) gather(a *app, s *batch.Summary, year int) (left int) {
	d.Year, d.Program, d.District.Open = year, s.Program, d.open
	for i := range s.Departments {
		r := &s.Departments[i]
		if r.Edition != "" || r.Year != year && r.Year != 0 { // of a department whose data cannot be read no year is known
			continue
		}
		x := opendata.Department{Folder: r.Department, Code: r.Code, Name: r.Name, State: string(r.Status), Told: r.Status.Word()}
		file := ""
		if r.Status.Good() {
			file, x.State, x.Told = d.find(r)
			x.There = file != ""
			if !x.There {
				say(a.err, "%s：%s，全区的开放数据里没有它\n", cmp.Or(r.Name, r.Department), x.Told)
			}
		}
		if x.There {
			d.Date = later(d.Date, r.Date)
		} else {
			left++
		}
		d.Departments, d.files = append(d.Departments, x), append(d.files, file)
	}
	return left
}

// later is the later of two days; what is no day is none.
func later(a time.Time, day string) time.Time {
	if b, err := time.Parse(time.DateOnly, day); err == nil && b.After(a) {
		return b
	}
	return a
}

// find is the file of a department's package, "" with the reason where there is none that can be used.
func (d *districtData) find(r *batch.Record) (file, state, told string) {
	for _, f := range r.Files() {
		if f.Form != build.Data {
			continue
		}
		for _, folder := range d.folders {
			name := filepath.Join(folder, filepath.FromSlash(f.Output))
			switch sum, err := sumOf(name); {
			case errors.Is(err, fs.ErrNotExist):
			case err != nil:
				return "", "unreadable", "开放数据读不出"
			case sum == f.SHA256:
				return name, "included", "在这里"
			default:
				state = "altered"
			}
		}
	}
	if state != "" {
		return "", state, "开放数据生成以后被改过"
	}
	return "", "missing", "没有开放数据"
}

func sumOf(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

func (d *districtData) open(i int, do func(io.ReaderAt, int64) error) error {
	f, err := os.Open(d.files[i])
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return do(f, info.Size())
}

// count is how many departments have a package.
func (d *districtData) count() (n int) {
	for i := range d.Departments {
		if d.Departments[i].There {
			n++
		}
	}
	return n
}

// named is an error that names the file which is no package.
func (d *districtData) named(err error) error {
	if broken := (*opendata.Broken)(nil); errors.As(err, &broken) {
		return fmt.Errorf("%s 不是完整的开放数据包：%w", filepath.ToSlash(d.files[broken.Department]), broken.Err)
	}
	return err
}

// isOurPackageFile knows a package without reading all of it: that of a district is large.
func isOurPackageFile(name string) bool {
	z, err := zip.OpenReader(name)
	if err != nil {
		return false
	}
	defer z.Close()
	return isPackage(&z.Reader)
}
