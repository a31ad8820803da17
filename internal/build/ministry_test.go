package build_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// ministry is the pack of the nine tables that central departments publish. It has no published document of its own to be
// held against; it is held to the lines of departments of other packs, and to what the tables must have in common.
const ministry = "central-department"

func ministryWork(t *testing.T, dir, prior string) *build.Work {
	t.Helper()
	w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: dir, PriorDir: prior, Template: ministry})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			t.Fatalf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	return w
}

// printedTable is a table's rows by the text of their first cell; amounts are what stands behind the texts.
type printedTable map[string][]string

func read(t *testing.T, w *build.Work, id string) printedTable {
	t.Helper()
	x := tables(w.Tree)[id]
	if x == nil {
		t.Fatalf("no table %s", id)
	}
	out := printedTable{}
	for _, row := range cells(x) {
		out[row[0]] = row[1:]
	}
	return out
}

// amount reads a printed amount; blank is zero.
func amount(t *testing.T, s string) money.Amount {
	t.Helper()
	if s == "" {
		return money.Amount{}
	}
	a, err := money.Parse(strings.ReplaceAll(s, ",", ""), money.Wan)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return a
}

func format(a money.Amount) string {
	return money.Format{Unit: money.Wan, Places: 2, Group: true, BlankZero: true}.String(a)
}

// TestMinistryTablesAreSumsOfLines adds the lines up again, without queries, for every cell of the tables by code.
func TestMinistryTablesAreSumsOfLines(t *testing.T) {
	type line = budget.Line
	all := func(*line) bool { return true }
	general := func(l *line) bool { return l.Fund == "一般公共预算" }
	basic := func(l *line) bool { return l.Kind == "基本支出" }
	project := func(l *line) bool { return l.Kind == "项目支出" }
	fresh := func(funds ...string) func(*line) bool {
		return func(l *line) bool { return !l.Carried && slices.Contains(funds, l.Fund) }
	}
	function := func(l *line) string { return l.Function }
	specs := []struct {
		id      string
		code    func(*line) string
		view    budget.View
		filter  func(*line) bool
		columns []func(*line) bool // nil: not of lines
	}{
		{"2", function, budget.ByFunction, all, []func(*line) bool{all, func(l *line) bool { return l.Carried },
			fresh("一般公共预算"), fresh("政府性基金预算"), fresh("国有资本经营预算"), fresh("事业收入", "财政专户管理资金"), fresh("财政专户管理资金"),
			fresh("事业单位经营收入"), fresh("上级补助收入"), fresh("附属单位上缴收入"), fresh("其他收入")}},
		{"3", function, budget.ByFunction, all, []func(*line) bool{all, basic, project}},
		{"5", function, budget.ByFunction, general, []func(*line) bool{nil, all, basic, project, nil, nil}},
		{"6", func(l *line) string { return l.Economic }, budget.ByEconomy, func(l *line) bool { return general(l) && basic(l) },
			[]func(*line) bool{all, func(l *line) bool { return l.Nature == "人员经费" }, func(l *line) bool { return l.Nature == "公用经费" }}},
		{"8", function, budget.ByFunction, func(l *line) bool { return l.Fund == "政府性基金预算" }, []func(*line) bool{all, basic, project}},
		{"9", function, budget.ByFunction, func(l *line) bool { return l.Fund == "国有资本经营预算" }, []func(*line) bool{all, basic, project}},
	}
	n := 0
	for _, dir := range []string{sample, "testdata/departments/2026/415", "testdata/departments/2026/501", "testdata/departments/2025/010"} {
		w := ministryWork(t, dir, "")
		for _, s := range specs {
			for code, row := range read(t, w, s.id) {
				if code == "" {
					continue // a blank row of a table that holds nothing
				}
				if code != "合计" {
					row = row[1:] // its name
				}
				for i, match := range s.columns {
					if match == nil {
						continue
					}
					var sum money.Amount
					for j := range w.Budget.Lines {
						l := &w.Budget.Lines[j]
						if l.Side == budget.Expenditure && l.View&s.view != 0 && s.filter(l) && match(l) && (code == "合计" || strings.HasPrefix(s.code(l), code)) {
							sum = sum.Add(l.Amount)
						}
					}
					n++
					if row[i] != format(sum) {
						t.Errorf("%s, table %s, %s, column %d: %q, the lines sum to %q", dir, s.id, code, i+1, row[i], format(sum))
					}
				}
			}
		}
	}
	if n < 900 {
		t.Errorf("compared %d cells only", n)
	}
}

// TestMinistryTablesAgree holds the tables to one another, and the text to the tables.
func TestMinistryTablesAgree(t *testing.T) {
	for _, dir := range []string{sample, "testdata/departments/2026/415", "testdata/departments/2026/501", "testdata/departments/2025/010"} {
		w := ministryWork(t, dir, "")
		read := func(id string) printedTable { return read(t, w, id) }
		income, outgo := map[string]string{}, map[string]string{}
		for _, r := range cells(tables(w.Tree)["1"]) {
			income[r[0]], outgo[r[2]] = r[1], r[3]
		}
		fiscal := map[string][]string{}
		for _, r := range cells(tables(w.Tree)["4"]) {
			fiscal[r[2]] = r[3:]
			fiscal[r[0]] = []string{r[1]}
		}
		t2, t3, t5, t6, t8, t9 := read("2"), read("3"), read("5"), read("6"), read("8"), read("9")
		total := func(p printedTable, column int) string {
			if p["合计"] == nil || column >= len(p["合计"]) {
				return ""
			}
			return p["合计"][column]
		}
		same := func(what, a, b string) {
			t.Helper()
			if a != b {
				t.Errorf("%s: %s: %q and %q", dir, what, a, b)
			}
		}
		plus := func(ss ...string) string {
			var sum money.Amount
			for _, s := range ss {
				sum = sum.Add(amount(t, s))
			}
			return format(sum)
		}
		same("收入总计＝支出总计", income["收入总计"], outgo["支出总计"])
		same("本年支出＋结转下年＝支出总计", plus(outgo["本年支出合计"], outgo["结转下年"]), outgo["支出总计"])
		same("表3 合计＝表1 本年支出", total(t3, 0), outgo["本年支出合计"])
		same("表2 合计＋结转下年＝表1 收入总计", plus(total(t2, 0), outgo["结转下年"]), income["收入总计"])
		same("表3 基本＋项目＝合计", plus(total(t3, 1), total(t3, 2)), total(t3, 0))
		same("表4 两侧相等", fiscal["收入总计"][0], fiscal["支出总计"][0])
		same("表4 一般公共预算＝表5", fiscal["一、本年支出"][1], total(t5, 1))
		same("表4 政府性基金＝表8", fiscal["一、本年支出"][2], total(t8, 0))
		same("表4 国有资本＝表9", fiscal["一、本年支出"][3], total(t9, 0))
		same("表5 基本支出＝表6", total(t5, 2), total(t6, 0))
		same("表6 人员＋公用＝合计", plus(total(t6, 1), total(t6, 2)), total(t6, 0))
		three := cells(tables(w.Tree)["7"])[0]
		same("表7 合计＝各项之和", plus(three[7], three[8], three[11]), three[6])
		same("表7 车辆＝购置＋运行", plus(three[9], three[10]), three[8])

		text := texts(w.Tree)
		for section, amounts := range map[string][]string{
			"一、关于部门收支总表": {outgo["支出总计"]},
			"二、关于部门收入总表": {income["收入总计"]},
			"三、关于部门支出总表": {total(t3, 0), total(t3, 1), total(t3, 2)},
			"四、关于财政拨款收支": {fiscal["支出总计"][0]},
			"五、关于一般公共预算": {total(t5, 1)},
			"六、关于一般公共预算": {total(t6, 0), total(t6, 1), total(t6, 2)},
			"七、关于一般公共预算": {three[6], three[7], three[8], three[9], three[10], three[11]},
			"八、关于政府性基金预": {total(t8, 0)},
			"九、关于国有资本经营": {total(t9, 0)},
		} {
			found := false
			for heading, s := range text {
				if !strings.HasPrefix(heading, section) {
					continue
				}
				found = true
				have := plainNumbers(s)
				for _, a := range amounts {
					if a == "" {
						continue // a sentence says that there is none, or 0.00
					}
					for n := range plainNumbers(a + "万元") {
						if have[n] == 0 {
							t.Errorf("%s: section %s lacks %s", dir, section, n)
						}
					}
				}
			}
			if !found {
				t.Errorf("%s: no section %s", dir, section)
			}
		}
		for code, row := range t5 { // each item is spoken of with its amount
			if len(code) == 7 && row[2] != "" && !strings.Contains(text[sectionOf(text, "五、关于一般公共预算")], strings.ReplaceAll(row[2], ",", "")+"万元") {
				t.Errorf("%s: the text does not say %s of %s", dir, row[2], code)
			}
		}
	}
}

func sectionOf(text map[string]string, prefix string) string {
	for heading := range text {
		if strings.HasPrefix(heading, prefix) {
			return heading
		}
	}
	return ""
}

// TestMinistryPrintsThePublishedFigures compares what both packs print of the sample's published tables, code by code.
func TestMinistryPrintsThePublishedFigures(t *testing.T) {
	w := ministryWork(t, sample, "")
	n := 0
	for _, x := range []struct {
		ours, published string
		columns         [][2]int // ours, published; among the amounts
	}{
		{"3", "3", [][2]int{{0, 0}, {1, 1}, {2, 2}}},
		{"5", "5-1", [][2]int{{1, 0}, {2, 1}, {3, 4}}},
		{"6", "6", [][2]int{{0, 0}, {1, 1}, {2, 2}}},
	} {
		ours := read(t, w, x.ours)
		for _, row := range published(t)[x.published] {
			code := row[0]
			if code == "" || code == "合计" {
				continue
			}
			if ours[code] == nil {
				t.Errorf("table %s has no row %s", x.ours, code)
				continue
			}
			for _, c := range x.columns {
				n++
				if a, b := amount(t, ours[code][1+c[0]]), amount(t, row[2+c[1]]); !a.Equal(b) {
					t.Errorf("table %s, %s, column %d: %s, published %s", x.ours, code, c[0]+1, a, b)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("compared %d numbers only", n)
	}
}

// TestMinistryShowsLastYear: columns of last year print the amounts of last year's folder, item by item, keep the row of an
// item that has nothing this year, and the change follows; where last year's items were not published they stay blank.
func TestMinistryShowsLastYear(t *testing.T) {
	w := ministryWork(t, sample, "data/2025/338")
	row := read(t, w, "5")["合计"]
	if got := strings.Join([]string{row[0], row[4], row[5]}, " "); got != "2,538.83 2,133.02 84.02" {
		t.Errorf("the total prints %s", got)
	}
	if row := read(t, w, "5")["2010301"]; row[1] != "" || row[5] != "" {
		t.Errorf("2025 did not publish its items, the row prints %v", row)
	}
	three := cells(tables(w.Tree)["7"])[0]
	if three[0] != "18.22" || three[5] != "0.72" || three[11] != "0.69" {
		t.Errorf("“三公”经费 prints %v", three)
	}

	const dir = "testdata/departments/2026/415"
	last := edited(t, dir, [3]string{"prior.toml", "[prior.figures]", "[prior.figures]\n\"general_item.2070101\" = 700.21\n\"general_item.2049999\" = 12.5"})
	v, err := shared(t).Check(build.Input{Data: last, Dir: dir, Template: ministry})
	if err != nil {
		t.Fatal(err)
	}
	t5 := read(t, v, "5")
	if row := t5["2070101"]; row[1] != "700.21" || row[5] != "71.00" || row[6] != "10.14" {
		t.Errorf("2070101 prints %v", row)
	}
	if row := t5["2049999"]; row == nil || row[1] != "12.50" || row[2] != "" || row[5] != "-12.50" || row[6] != "-100.00" {
		t.Errorf("an item of last year prints %v", row)
	}
	if row := t5["204"]; row == nil || row[1] != "12.50" {
		t.Errorf("its class prints %v", row)
	}
}
