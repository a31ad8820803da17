package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Every sheet of facts can be read on A4: the columns of each page, as wide as they are, leave type of 7 points, what goes on
// beside it has its first column there again, and what goes on below its heads.
func TestPaper(t *testing.T) {
	beside, given := 0, 0
	for name, in := range inputs(t) {
		f := written(t, in)
		titles := map[string]string{}
		for _, n := range f.GetDefinedName() {
			if n.Name == "_xlnm.Print_Titles" {
				titles[n.Scope] = n.RefersTo
			}
		}
		for _, x := range Fill(in).Sheets {
			layout, err := f.GetPageLayout(x.Name)
			if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" {
				t.Fatalf("%s %s: %+v, %v", name, x.Name, layout, err)
			}
			if pages := across(t, f, x.Name, *layout.FitToWidth); pages > *layout.FitToWidth {
				t.Errorf("%s %s: its columns take %d pages of A4, it is squeezed onto %d", name, x.Name, pages, *layout.FitToWidth)
			}
			if *layout.FitToWidth > 1 {
				beside++
			}
			if (*layout.FitToWidth > 1) != strings.Contains(titles[x.Name], "!$B:$B,") || !regexp.MustCompile(`!\$1:\$[13]$`).MatchString(titles[x.Name]) {
				t.Errorf("%s %s: on every page stands %q", name, x.Name, titles[x.Name])
			}
			given++
		}
	}
	if given < 50 || beside > given/10 {
		t.Errorf("%d of %d sheets go on beside", beside, given)
	}
}

// across is how many pages of A4 the columns of a sheet take beside each other at 7 points.
func across(t *testing.T, f *excelize.File, name string, most int) int {
	t.Helper()
	const printed, point = 770.0, 7.0 / 11
	area := ""
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope == name {
			area = n.RefersTo
		}
	}
	m := regexp.MustCompile(`\$B\$1:\$([A-Z]+)\$(\d+)$`).FindStringSubmatch(area)
	if m == nil {
		t.Fatalf("%s prints %q", name, area)
	}
	last, _, err := excelize.CellNameToCoordinates(m[1] + strconv.Itoa(1))
	if err != nil {
		t.Fatal(err)
	}
	pages, room, first := 1, printed, 0.0
	for c := 2; c <= last; c++ {
		column, _ := excelize.ColumnNumberToName(c)
		chars, err := f.GetColWidth(name, column)
		if err != nil {
			t.Fatal(err)
		}
		n := (7*chars + 5) * 0.75 * point // pixels, as Excel measures columns
		if c == 2 {
			first = n
		}
		if n > room {
			pages, room = pages+1, printed-first
		}
		room -= n
	}
	return pages
}
