package check_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/testdept"
	"yusuan/templates"
)

// wrongRows are rows of a department that name what is not there, as many as there are projects or units.
var wrongRows = []struct {
	name, beside string // what there are as many of
	rule         string // that tells each row, "" where nothing is wrong
	row          func(i int) string
}{
	{"forms of no project", testdept.Projects, "绩效-004", func(i int) string {
		return fmt.Sprintf("[[form]]\nkind = \"项目绩效-通用\"\nproject = \"第%d号专项\"\n", i)
	}},
	{"purchases of no project", testdept.Projects, "", func(i int) string {
		return fmt.Sprintf("[[procurement]]\nproject = \"第%d号专项\"\nitem = \"设备%d\"\nclass = \"货物\"\namount = 100\n", i, i)
	}},
	{"units in no unit's budget", testdept.Units, "单位-003", func(i int) string {
		return fmt.Sprintf("[[unit]]\nname = \"甲%d站\"\nbudget_within = \"乙%d所\"\n", i, i)
	}},
	{"vehicles of no unit", testdept.Units, "单位-003", func(i int) string {
		return fmt.Sprintf("[[vehicle]]\nunit = \"丙%d队\"\nuse = \"其他用车\"\ncount = 1\n", i)
	}},
	{"lines of no unit", testdept.Units, "单位-003", func(i int) string {
		return fmt.Sprintf("[[basic]]\nunit = \"丁%d科\"\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 1\n", i)
	}},
}

// Rows that name nothing cost in proportion to their number: what they are held against is made ready once.
func TestManyWrongRows(t *testing.T) {
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
	for _, x := range wrongRows {
		t.Run(x.name, func(t *testing.T) {
			cost := func(n int) uint64 {
				files := testdept.Large(x.beside, n)
				var b strings.Builder
				for i := range n {
					b.WriteString(x.row(i))
				}
				files["wrong.toml"] = []byte(b.String())
				fsys := fstest.MapFS{}
				for name, text := range files {
					fsys["2026/900/"+name] = &fstest.MapFile{Data: text}
				}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				w, err := s.Check(build.Input{Data: fsys, Dir: "2026/900"})
				runtime.ReadMemStats(&after)
				if err != nil {
					t.Fatal(err)
				}
				told := 0
				for _, d := range w.Diags.Sorted() {
					if d.Rule == x.rule {
						told++
					}
				}
				if x.rule != "" && told < n {
					t.Fatalf("%d of %d rows are told", told, n)
				}
				return after.TotalAlloc - before.TotalAlloc
			}
			cost(10) // what is made once
			few, many := cost(200), cost(800)
			if many > few*4*13/10 {
				t.Errorf("200 rows take %d KB, 800 take %d KB", few>>10, many>>10)
			}
		})
	}
}
