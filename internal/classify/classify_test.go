package classify

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
)

func shipped(t *testing.T, year int) *Catalogue {
	t.Helper()
	c, err := Load(data.Catalogue(), year)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestShippedCatalogue(t *testing.T) {
	c := shipped(t, 2026)
	for _, x := range []struct {
		tree       Tree
		code, name string
	}{
		{c.Functional, "201", "一般公共服务支出"},
		{c.Functional, "2010301", "行政运行"},
		{c.Functional, "2080505", "机关事业单位基本养老保险缴费支出"},
		{c.Functional, "223", "国有资本经营预算支出"},
		{c.Economic, "30217", "公务接待费"},
		{c.Economic, "303", "对个人和家庭的补助"},
	} {
		if got, ok := x.tree.Name(x.code); !ok || got != x.name {
			t.Errorf("%s = %q, want %q", x.code, got, x.name)
		}
	}
	for _, x := range []struct {
		year, want int
		own        bool
	}{
		{2017, 2017, true}, {2018, 2018, true}, {2019, 2019, true}, {2020, 2023, false}, {2021, 2023, false}, {2022, 2023, false}, {2023, 2023, true},
		{2024, 2023, true}, {2025, 2023, true}, {2026, 2026, true}, {2031, 2026, false},
	} {
		if got := shipped(t, x.year); got.Year != x.want || got.Own != x.own {
			t.Errorf("%d is served by %d (own %v), want %d", x.year, got.Year, got.Own, x.want)
		}
	}
	if _, err := Load(data.Catalogue(), 2009); !errors.Is(err, ErrNoCatalogue) {
		t.Errorf("2009: %v", err)
	}
}

// TestNamesOfYears: what documents of a year printed, and no name of another year where the two differ.
func TestNamesOfYears(t *testing.T) {
	for _, x := range []struct {
		year          int
		functional    bool
		code, printed string
	}{
		{2017, true, "2040405", "公诉和审判监督"}, {2018, true, "2040405", "公诉、审判、侦查、执行等检察监督支出"}, {2019, true, "2040405", ""}, {2019, true, "2040410", "检察监督"},
		{2018, true, "207", "文化体育与传媒支出"}, {2019, true, "207", "文化旅游体育与传媒支出"}, {2018, true, "210", "医疗卫生与计划生育支出"}, {2019, true, "210", "卫生健康支出"},
		{2018, true, "220", "国土海洋气象等支出"}, {2019, true, "220", "自然资源海洋气象等支出"}, {2018, true, "224", ""}, {2019, true, "224", "灾害防治及应急管理支出"},
		{2019, true, "20805", "行政事业单位离退休"}, {2023, true, "20805", "行政事业单位养老支出"}, {2019, true, "2080504", "未归口管理的行政单位离退休"}, {2023, true, "2080504", ""}, {2026, true, "2040404", ""},
		{2023, true, "2080905", "军队转业干部安置"}, {2025, true, "2050205", "高等教育"}, {2025, true, "2111103", "减排专项支出"},
		{2025, true, "2111101", ""}, {2025, true, "22198", ""}, // doubtful where they were seen
		{2017, false, "30311", "住房公积金"}, {2018, false, "30311", "代缴社会保险费"}, {2017, false, "30307", "医疗费"}, {2019, false, "30307", "医疗费补助"},
		{2017, false, "310", "其他资本性支出"}, {2018, false, "310", "资本性支出"}, {2017, false, "30113", ""}, {2018, false, "30113", "住房公积金"}, {2023, false, "31003", "专用设备购置"},
	} {
		c := shipped(t, x.year)
		tree := c.Economic
		if x.functional {
			tree = c.Functional
		}
		if got, _ := tree.Name(x.code); got != x.printed {
			t.Errorf("%d: %s is %q, want %q", x.year, x.code, got, x.printed)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	const head = "code,name,seen\n"
	good := &fstest.MapFile{Data: []byte(head + "301,工资福利支出,\n30101,基本工资,\n")}
	for name, economic := range map[string]string{
		"no parent":     head + "30101,基本工资,\n",
		"twice":         head + "301,a,\n301,b,\n",
		"no name":       head + "301,,\n",
		"letters":       head + "3O1,a,\n",
		"too long":      head + "301,a,\n30101,b,\n3010101,c,\n",
		"even":          head + "3012,a,\n",
		"other columns": "编码,名称,年度\n301,a,\n",
		"two columns":   head + "301,a\n",
		"empty":         "",
	} {
		fsys := fstest.MapFS{"2026/functional.csv": good, "2026/economic.csv": &fstest.MapFile{Data: []byte(economic)}}
		if _, err := Load(fsys, 2026); err == nil || !strings.Contains(err.Error(), "economic.csv") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPairs: the pairs of codes are there, a year may lack them, and what is no code is refused.
func TestPairs(t *testing.T) {
	p := shipped(t, 2026).Pairs
	if len(p) < 4 || p[0].Functional[0] != "2080505" || p[0].Economic[0] != "30108" {
		t.Errorf("pairs %v", p)
	}
	codes := &fstest.MapFile{Data: []byte("code,name,seen\n301,工资福利支出,\n")}
	for text, good := range map[string]bool{
		"": true,
		"function,economic,name\n2080505,30108,x\n":       true,
		"function,economic,name\n2080505/20805,30108,x\n": false,
		"function,economic,name\n2080505,3010A,x\n":       false,
		"function,economic\n2080505,30108\n":              false,
		"经济,功能,名称\n30108,2080505,x\n":                     false,
	} {
		fsys := fstest.MapFS{"2026/functional.csv": codes, "2026/economic.csv": codes}
		if text != "" {
			fsys["2026/pairs.csv"] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := Load(fsys, 2026); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestYearsAndChanges: a folder says which years it serves, and what changes within them.
func TestYearsAndChanges(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	functional, economic := file("code,name,seen\n208,甲,\n20805,乙,\n"), file("code,name,seen\n301,工资,\n")
	fsys := fstest.MapFS{
		"2015/functional.csv": functional, "2015/economic.csv": economic,
		"2015/changes.csv":    file("kind,code,name,from\n功能,20805,丙,2016\n功能,20806,丁,2017\n经济,301,薪酬,2016\n"),
		"2020/functional.csv": file("code,name,seen\n208,甲,\n20805,戊,\n"), "2020/economic.csv": economic,
		"2020/years.csv": file("year,own\n2018,否\n2019,是\n"),
	}
	for _, x := range []struct {
		year, folder int
		own          bool
		name, pay    string
		added        bool
	}{
		{2015, 2015, true, "乙", "工资", false}, {2016, 2015, false, "丙", "薪酬", false}, {2017, 2015, false, "丙", "薪酬", true},
		{2018, 2020, false, "戊", "工资", false}, {2019, 2020, true, "戊", "工资", false}, {2020, 2020, true, "戊", "工资", false},
		{2021, 2020, false, "戊", "工资", false},
	} {
		c, err := Load(fsys, x.year)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := c.Functional.Name("20805")
		pay, _ := c.Economic.Name("301")
		_, added := c.Functional.Name("20806")
		if c.Year != x.folder || c.Own != x.own || name != x.name || pay != x.pay || added != x.added {
			t.Errorf("%d: folder %d, own %v, %s, %s, %v", x.year, c.Year, c.Own, name, pay, added)
		}
		if got := c.NamesOf(true, "20805"); !slices.Equal(got, []Since{{2015, 2015, "乙"}, {2016, 2016, "丙"}, {2020, 2020, "戊"}}) {
			t.Errorf("names %v", got)
		}
		if got := c.NamesOf(false, "208"); got != nil {
			t.Errorf("a functional code among the economic: %v", got)
		}
	}
	for name, text := range map[string]string{"years.csv": "year,own\n2018,也许\n", "changes.csv": "kind,code,name,from\n支出,20805,丙,2016\n"} {
		fsys["2020/"+name] = file(text)
		if _, err := Load(fsys, 2018); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		delete(fsys, "2020/"+name)
		fsys["2020/years.csv"] = file("year,own\n2018,否\n")
	}
}

func TestTree(t *testing.T) {
	tree := shipped(t, 2026).Functional
	codes := tree.Codes()
	if !slices.IsSorted(codes) {
		t.Error("codes are not in order")
	}
	seen := 0
	var walk func(string)
	walk = func(code string) {
		for _, c := range tree.Children(code) {
			if tree.Parent(c) != code || tree.Level(c) != tree.Level(code)+1 && code != "" {
				t.Errorf("%s is no child of %q", c, code)
			}
			seen++
			walk(c)
		}
	}
	walk("")
	if seen != len(codes) {
		t.Errorf("reached %d of %d codes from the root", seen, len(codes))
	}
	path := tree.Path("2010301")
	if len(path) != 3 || path[0].Code != "201" || path[2].Name != "行政运行" {
		t.Errorf("path %v", path)
	}
}

func TestWithIsACopy(t *testing.T) {
	tree := shipped(t, 2026).Economic
	more := tree.With([]Code{{"30298", "新科目"}, {"301", "另一名称"}})
	if name, _ := more.Name("30298"); name != "新科目" {
		t.Errorf("added code is %q", name)
	}
	if name, _ := more.Name("301"); name != "另一名称" {
		t.Errorf("renamed code is %q", name)
	}
	if !slices.Contains(more.Children("302"), "30298") {
		t.Error("added code is no child of 302")
	}
	if name, _ := tree.Name("301"); name != "工资福利支出" {
		t.Errorf("the first tree now says %q", name)
	}
	if _, ok := tree.Name("30298"); ok {
		t.Error("the first tree has the added code")
	}
}

func TestClosest(t *testing.T) {
	c := shipped(t, 2026)
	for _, x := range []struct {
		tree        Tree
		wrong, want string
	}{
		{c.Functional, "2010310", "2010301"}, // swapped
		{c.Functional, "2080550", "2080505"},
		{c.Economic, "3021", "30201"},  // a digit lost
		{c.Economic, "30317", "30307"}, // among its siblings first, 30217 is as near
		{c.Economic, "公务接待", "30217"},
		{c.Functional, "行政运转", "2010101"},
	} {
		if got, ok := x.tree.Closest(x.wrong); !ok || got != x.want {
			t.Errorf("Closest(%s) = %s, want %s", x.wrong, got, x.want)
		}
	}
	for _, x := range []struct {
		tree  Tree
		wrong string
	}{{c.Economic, "99999"}, {c.Economic, "39902"}, {c.Functional, "2050803"}, {c.Functional, "2012601"}, {c.Functional, "2239999"}} { // one digit from another 款
		if got, ok := x.tree.Closest(x.wrong); ok && x.tree.Parent(got) != x.tree.Parent(x.wrong) {
			t.Errorf("Closest(%s) = %s", x.wrong, got)
		}
	}
}

func TestNature(t *testing.T) {
	for code, want := range map[string]string{"30101": "人员经费", "303": "人员经费", "30217": "公用经费", "31002": "公用经费", "31299": "公用经费", "": "公用经费"} {
		if got := Nature(code); got != want {
			t.Errorf("Nature(%q) = %s", code, got)
		}
	}
	if NatureKnown("31299") || NatureKnown("") || !NatureKnown("30310") || !NatureKnown("31002") {
		t.Error("NatureKnown")
	}
}
