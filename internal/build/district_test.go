package build_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/opendata"
)

// district joins the packages of documents; one that has none is left out.
func district(t *testing.T, works ...*build.Work) (*opendata.District, map[string]*resource, []opendata.File) {
	t.Helper()
	d := &opendata.District{Year: 2026, Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Program: "test"}
	var zips [][]byte
	for _, w := range works {
		raw, err := w.Make(build.Data, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		zips = append(zips, raw)
		of := &w.Budget.Facts.Department
		d.Departments = append(d.Departments, opendata.Department{Folder: "2026/" + of.Code.V, Code: of.Code.V, Name: of.Name.V, State: "made", Told: "已生成", There: true})
	}
	zips = append(zips, nil)
	d.Departments = append(d.Departments, opendata.Department{Folder: "2026/999", Code: "999", Name: "=1", State: "data", Told: "数据有错误"})
	d.Open = func(i int, do func(io.ReaderAt, int64) error) error {
		return do(bytes.NewReader(zips[i]), int64(len(zips[i])))
	}
	files := joinedFiles(t, d)
	return d, opened(t, "district", files), files
}

func joinedFiles(t *testing.T, d *opendata.District) (files []opendata.File) {
	t.Helper()
	var b bytes.Buffer
	if err := d.Join(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, opendata.File{Name: f.Name, Data: raw})
	}
	return files
}

// TestDistrictJoins: a district has all rows of its departments, in their order, and lists each once; keys and references hold;
// tables that are others stand apart; a department that has no package is told of.
func TestDistrictJoins(t *testing.T) {
	all := numbered(t)
	works := []*build.Work{all["338 wuhan"], all["testdata/departments/2026/415 wuhan"], all["testdata/departments/2025/010 shanghai-department"], all["gaps jiangsu-department-2018"]}
	_, got, files := district(t, works...)
	want := map[string][]map[string]string{}
	for _, w := range works {
		for _, r := range opened(t, "department", w.OpenData()) {
			if !strings.HasPrefix(r.Path, "tables/") {
				want[r.Name] = append(want[r.Name], r.rows...)
			}
		}
	}
	holdDescribed(t, "district", got)
	for _, name := range []string{"lines", "lines_by_economic", "procurement", "units", "projects", "goals", "indicators", "figures"} {
		if !slices.EqualFunc(got[name].rows, want[name], func(a, b map[string]string) bool {
			x, _ := values(a, keysOf(a))
			y, _ := values(b, keysOf(b))
			return x == y
		}) {
			t.Errorf("%s has %d rows, of the departments %d, or others", name, len(got[name].rows), len(want[name]))
		}
	}
	for _, name := range []string{"functions", "economics", "funds"} {
		seen := map[string]bool{}
		for _, row := range want[name] {
			key, _ := values(row, got[name].Schema.PrimaryKey)
			seen[key] = true
		}
		if len(got[name].rows) != len(seen) {
			t.Errorf("%s has %d rows, want %d", name, len(got[name].rows), len(seen))
		}
	}
	tables := 0
	for _, r := range got {
		if strings.HasPrefix(r.Path, "tables/") {
			tables += len(r.rows)
		}
	}
	for _, w := range works {
		for _, r := range opened(t, "department", w.OpenData()) {
			if strings.HasPrefix(r.Path, "tables/") {
				tables -= len(r.rows)
			}
		}
	}
	if tables != 0 || got["t1.2"] == nil {
		t.Errorf("tables have %d rows too many, or others stand in one file", tables)
	}
	left := got["departments"].rows[len(works)]
	if left["included"] != "false" || left["state_name"] != "数据有错误" || left["name"] != "'=1" || got["departments"].rows[0]["included"] != "true" {
		t.Errorf("the department without a package is told so: %v", left)
	}
	readme := string(files[slices.IndexFunc(files, func(f opendata.File) bool { return f.Name == opendata.ReadmeName })].Data)
	if !strings.Contains(readme, "共有 5 个部门，这里有 4 个") {
		t.Error("the text for people does not say how many departments are missing")
	}
}

func keysOf(row map[string]string) (out []string) {
	for k := range row {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// TestDistrictIsTheSame: the same packages give the same bytes, and one that is no package is named.
func TestDistrictIsTheSame(t *testing.T) {
	w := made(t, zeroCodes)
	d, _, _ := district(t, w)
	var one, two bytes.Buffer
	if d.Join(&one) != nil || d.Join(&two) != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same packages are joined to other bytes")
	}
	d.Departments[1].There = true
	err := d.Join(io.Discard)
	if broken, ok := err.(*opendata.Broken); !ok || broken.Department != 1 {
		t.Errorf("an empty file is joined: %v", err)
	}
}
