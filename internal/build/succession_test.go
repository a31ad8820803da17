package build_test

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/money"
	"yusuan/internal/read/paper"
)

// TestServing: a year that a pack is not for is that of another pack of the same place and kind, or of none.
func TestServing(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		id   string
		year int
		want string
	}{
		{"jiangsu-department-2018", 2018, "jiangsu-department-2018"}, {"jiangsu-department-2018", 2019, "jiangsu-department-2019"},
		{"jiangsu-department-2019", 2017, "jiangsu-department-2017"}, {"jiangsu-department-2018", 2016, ""}, {"shanghai-department", 2023, ""},
		{"shanghai-unit", 2026, "shanghai-unit"}, {"wuhan", 2018, ""}, {"no-such-pack", 2018, ""},
	} {
		if id, p := s.Serving(c.id, c.year); id != c.want || (p != nil) != (id != "") || p != nil && p.ID != id {
			t.Errorf("%s in %d: %q, want %q", c.id, c.year, id, c.want)
		}
	}
}

// TestPriorOfTheNextPack: what next year's document compares with is asked for as next year's pack does.
func TestPriorOfTheNextPack(t *testing.T) {
	w := (&example{dir: "testdata/departments/2017/101"}).work(t)
	prior := w.AsPrior()
	if _, ok := prior["fiscal_class.201"]; ok {
		t.Error("2018 compares with a figure that it does not have")
	}
	if a, ok := prior["item.2010102"]; !ok || !a.Equal(money.FromFen(24687800_00)) {
		t.Errorf("item.2010102: %v", a)
	}
	if a := prior["operating"]; !a.Equal(money.FromFen(56193100_00)) {
		t.Errorf("机关运行经费 of 2017 as 2018 asks for it: %v", a)
	}
}

// TestAnotherYearsPack: a year that the pack is not for is told with the pack that is, or that there is none.
func TestAnotherYearsPack(t *testing.T) {
	for _, c := range []struct{ dir, from, to, want string }{
		{"testdata/departments/2018/101", "year     = 2018", "year     = 2019", "2019年的用 template = \"jiangsu-department-2019\""},
		{"testdata/departments/2025/010", "year          = 2025", "year          = 2023", "没有2023年的模板"},
	} {
		w, err := shared(t).Check(build.Input{Data: edited(t, c.dir, [3]string{"department.toml", c.from, c.to}), Dir: c.dir})
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, d := range w.Diags.Sorted() {
			told = told || d.Rule == "年度-001" && strings.Contains(d.Hint, c.want)
		}
		if !told {
			t.Errorf("%s: %v", c.dir, w.Diags.Sorted())
		}
	}
}

// TestTextAloneIsOfItsYear: of packs that speak alike the one of the document's year is taken where no table tells.
func TestTextAloneIsOfItsYear(t *testing.T) {
	for year, prior := range map[string]string{"2017": "", "2018": "testdata/departments/2017/101", "2019": "testdata/departments/2018/101"} {
		w := (&example{dir: "testdata/departments/" + year + "/101", prior: prior}).work(t)
		d := onPaper(w.Tree)
		d.Blocks = slices.DeleteFunc(d.Blocks, func(b paper.Block) bool { return b.Table != nil })
		x, err := shared(t).Finished(build.FinishedInput{Name: "公开.docx", Document: d})
		if err != nil || x.Pack == nil {
			t.Fatal(year, err)
		}
		if x.Pack.ID != "jiangsu-department-"+year {
			t.Errorf("%s is taken for one of %s", year, x.Pack.ID)
		}
	}
}
