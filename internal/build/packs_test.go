package build_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// An example is a published document of another place, made again from its leaves by its place's pack. Faults are the
// places where the published document is wrong or uneven and ours is not.
type example struct {
	dir, edition, published string
	prior                   string // last year's folder, which all comparisons are derived from
	numbers                 int    // at least so many are compared
	empty                   []string
	faults                  []fault
}

// fault is in a table, or in a section of the text; there it is one of its numbers, and "" is no number at all.
type fault struct{ place, printed, ours, why string }

func examples() []example {
	return []example{
		{dir: "testdata/departments/2025/010", published: "2025-010", numbers: 260, empty: []string{"6", "7"},
			faults: []fault{{"项目经费情况说明", "2025", "2025年", "2025全年度"}}},
		{dir: "testdata/departments/2025/010", edition: "unit:010001", published: "2025-010001", numbers: 260, empty: []string{"6", "7"},
			faults: []fault{
				{"1", "1、一般公共预算资金", "1.一般公共预算资金", "the department's document numbers with a point"},
				{"1", "2、政府性基金", "2.政府性基金", ""},
				{"1", "3、国有资本经营预算", "3.国有资本经营预算", ""},
			}},
		{dir: "testdata/departments/2017/101", published: "2017-101", numbers: 290, empty: []string{"七"}, faults: []fault{
			{"十、一般公共预算", "254.23%", "254.24%", "4032.99 is 254.2356% of 1586.32"},
			{"十一", "0", "", "other zeros are left blank"},
			{"十一、一般公共预", "0", "0万元", "the unit is missing"},
			{"十一、一般公共预", "403.75万元", "", "what was nothing the year before is new, in ours without how much more"},
		}},
		{dir: "testdata/departments/2019/101", prior: "testdata/departments/2018/101", published: "2019-101", numbers: 330, empty: []string{"10"}, faults: []fault{
			{"二、部门机构设置", "2018年", "2019年", "last year's document was written over"},
			{"一、收支预算总体", "0% 0% 0% 0%", "", "增加（减少）0万元，增长（减少）0% of the form was left in where nothing changed"},
			{"一、收支预算总体", "0万元 0万元 0万元 0万元", "", "the same"},
			{"一、收支预算总体", "209", "209万元", "万 for 万元"},
			{"九、一般公共预算", "0万元 0万元", "", "the same: 比上年预算增加（减少）0万元 besides the figure itself"},
			{"十、政府性基金预", "0%", "", "the same; the figure itself was left out before its unit"},
			{"十一、一般公共预算", "1000", "1000元", ""},
		}},
		{dir: "testdata/departments/2018/101", prior: "testdata/departments/2017/101", published: "2018-101", numbers: 330, empty: []string{"10"}, faults: []fault{
			{"一、收支预算总体", "1312.56%", "1212.56%", "1557.29 is 1212.56% of 128.43"},
			{"三、支出预算情况", "10.61%", "10.6%", "1685.72 is 10.6037% of 15897.44; the shares were made to sum to 100"},
			{"九、一般公共预算", "22.03%", "22.02%", "183.60 is 22.0250% of 833.60, below the half; made to sum to 100 as well"},
			{"一、收支预算总体", "0% 0% 0% 0%", "", "增加（减少）0万元，增长（减少）0% of the form was left in where nothing changed"},
			{"一、收支预算总体", "0万元 0万元 0万元 0万元", "", "the same"},
			{"九、一般公共预算", "0万元", "", "the same: 比上年预算增加（减少）0万元 besides the figure itself"},
			{"十、政府性基金预", "0万元 0%", "", "the same"},
			{"十三、其他重要事项", "0万元 0%", "", "the same"},
			{"六、财政拨款基本", "06 06", "", "（按“部门预算公开06表”中……填写）, the form's instruction, was left in"},
			{"八、一般公共预算", "08 08", "", "the same of 08表"},
			{"二、收入预算情况", "1", "", "图1 is the number of the chart"},
			{"三、支出预算情况", "2", "", "图2 likewise"},
		}},
	}
}

// plainCell is a cell's text without what differs between typists: blanks, commas in numbers, narrow brackets.
func plainCell(s string) string {
	return strings.NewReplacer(" ", "", "\u3000", "", "\n", "", ",", "", "(", "（", ")", "）").Replace(s)
}

// numberWithUnit finds the numbers of running text with the unit behind them.
var numberWithUnit = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)(万元|%|个|辆|家|台|年|月|日|名|件|次|期|项|号)?`)

// plainNumbers counts the numbers of a text, each in its shortest form with its unit.
func plainNumbers(s string) map[string]int {
	out := map[string]int{}
	for _, m := range numberWithUnit.FindAllStringSubmatch(s, -1) {
		n := strings.ReplaceAll(m[1], ",", "")
		if strings.Contains(n, ".") {
			n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
		}
		out[n+m[2]]++
	}
	return out
}

// texts is the running text by the headings of level 1 and 2 above it.
func texts(d *doc.Document) map[string]string {
	out := map[string]string{}
	for _, s := range d.Sections {
		var part, section string
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				switch b.Level {
				case 1:
					part, section = b.Text.String, ""
				case 2:
					section = b.Text.String
				}
				out[part] += b.Text.String
				if section != "" {
					out[section] += b.Text.String
				}
			case *doc.Paragraph:
				for _, x := range b.Spans {
					out[part] += x.String
					if section != "" {
						out[section] += x.String
					}
				}
			}
		}
	}
	return out
}

func (x *example) work(t *testing.T) *build.Work {
	t.Helper()
	w, err := shared(t).Check(build.Input{Data: edited(t, "testdata/departments"), Dir: x.dir, PriorDir: x.prior, Edition: x.edition})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			t.Fatalf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	if x.prior != "" && w.Prior.Last == nil {
		t.Fatalf("%s was not taken for last year's", x.prior)
	}
	return w
}

// rows are the published tables and, by section, the numbers of the text and of what stands around tables, with the faults
// of the document mended.
func (x *example) rows(t *testing.T) (tables map[string][][]string, text, around map[string][]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../testdata/published", x.published+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	tables, text, around = map[string][][]string{}, map[string][]string{}, map[string][]string{}
	for _, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		f := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case f[0] == "§":
			text[f[1]] = append(text[f[1]], x.mended(t, f[1], strings.Fields(f[2]))...)
		case f[0] == "¶":
			around[f[1]] = append(around[f[1]], strings.Fields(f[2])...)
		default:
			tables[f[0]] = append(tables[f[0]], x.cells(f[0], f[1:]))
		}
	}
	return tables, text, around
}

// mended takes the faults out of the numbers of a section. A fault that is not there is none.
func (x *example) mended(t *testing.T, section string, numbers []string) []string {
	t.Helper()
	for _, m := range x.faults {
		if m.place != section {
			continue
		}
		for _, printed := range strings.Fields(m.printed) {
			i := slices.Index(numbers, printed)
			if i < 0 {
				t.Errorf("section %s does not have the fault %s", section, printed)
				continue
			}
			numbers = slices.Delete(numbers, i, i+1)
		}
		numbers = append(numbers, strings.Fields(m.ours)...)
	}
	return numbers
}

func (x *example) cells(table string, cells []string) []string {
	for _, m := range x.faults {
		for i := range cells {
			if m.place == table && cells[i] == m.printed {
				cells[i] = m.ours
			}
		}
	}
	return cells
}

// TestPublishedElsewhere wants every number that the example documents print at its place in ours: in its cell, or in
// its section of the text.
func TestPublishedElsewhere(t *testing.T) {
	for _, x := range examples() {
		t.Run(x.published, func(t *testing.T) {
			w := x.work(t)
			want, text, around := x.rows(t)
			ours := tables(w.Tree)
			numbers := 0
			for id, rows := range want {
				if ours[id] == nil {
					t.Errorf("no table %s", id)
					continue
				}
				numbers += compareTable(t, id, cells(ours[id]), rows)
			}
			for _, id := range x.empty {
				for _, row := range cells(ours[id]) {
					if s := strings.Join(row, ""); strings.ContainsAny(s, "0123456789") {
						t.Errorf("table %s is not empty: %v", id, row)
					}
				}
				if len(ours[id].Notes) == 0 {
					t.Errorf("table %s lacks its note", id)
				}
			}
			numbers += compareText(t, texts(w.Tree), text)
			for id, printed := range around {
				numbers += compareNumbers(t, "around table "+id, besides(ours[id]), printed)
			}
			if numbers < x.numbers {
				t.Errorf("compared %d numbers only", numbers)
			}
		})
	}
}

func compareTable(t *testing.T, id string, ours, want [][]string) (numbers int) {
	t.Helper()
	var got [][]string
	for _, row := range ours {
		if strings.Join(row, "") != "" { // blank rows fill a page, no more
			got = append(got, row)
		}
	}
	if len(got) != len(want) {
		t.Errorf("table %s has %d rows, published %d", id, len(got), len(want))
		return 0
	}
	for i := range want {
		for j := range max(len(want[i]), len(got[i])) {
			a, b := "", ""
			if j < len(got[i]) {
				a = plainCell(got[i][j])
			}
			if j < len(want[i]) {
				b = plainCell(want[i][j])
			}
			if strings.ContainsAny(b, "0123456789") {
				numbers++
			}
			if a != b {
				t.Errorf("table %s, row %d, column %d: %q, published %q", id, i+1, j+1, a, b)
			}
		}
	}
	return numbers
}

func compareText(t *testing.T, ours map[string]string, want map[string][]string) (numbers int) {
	t.Helper()
	for name, printed := range want {
		section, found := "", name == cover
		if found {
			section = ours[""]
		}
		for heading, s := range ours {
			if strings.Contains(heading, name) {
				section, found = s, true
			}
		}
		if !found {
			t.Errorf("no section %s", name)
			continue
		}
		numbers += compareNumbers(t, "section "+name, section, printed)
	}
	return numbers
}

// cover is what stands before the first heading.
const cover = "封面"

// compareNumbers wants each printed number in our text at least as often.
func compareNumbers(t *testing.T, place, ours string, printed []string) int {
	t.Helper()
	have := plainNumbers(ours)
	for n, times := range plainNumbers(strings.Join(printed, "、")) {
		if have[n] < times {
			t.Errorf("%s has %s %d times, published %d", place, n, have[n], times)
		}
	}
	return len(printed)
}

// besides is all text of a table but its body.
func besides(x *doc.Table) string {
	var sb strings.Builder
	add := func(t doc.Text) { sb.WriteString(t.String + "、") }
	add(x.Caption)
	for _, t := range []*doc.Text{x.Left, x.Right} {
		if t != nil {
			add(*t)
		}
	}
	for _, r := range x.Head {
		for _, c := range r.Cells {
			for _, t := range c.Text {
				add(t)
			}
		}
	}
	for _, n := range x.Notes {
		add(n)
	}
	return sb.String()
}

// TestEveryPackShowsItself tries every pack with the sample department: each text, each table.
func TestEveryPackShowsItself(t *testing.T) {
	s := shared(t)
	for _, id := range s.PackNames() {
		w, err := s.Gallery(id)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		for _, d := range w.Diags.Sorted() {
			if d.Level == diag.Error {
				t.Errorf("%s: %s %s", d.At, d.Rule, d.Message)
			}
		}
		if w.Tree == nil {
			continue
		}
		all := tables(w.Tree)
		for name := range w.Pack.Tables {
			if all[name] == nil {
				t.Errorf("%s: the gallery lacks table %s", id, name)
			}
		}
		charts := map[string]bool{}
		for _, c := range chartsOf(w.Tree) {
			charts[c.ID] = true
		}
		for name := range w.Pack.Charts {
			if !charts[name] {
				t.Errorf("%s: the gallery lacks chart %s", id, name)
			}
		}
		for _, d := range w.Diags.Sorted() {
			t.Logf("%s: %s %s", d.At, d.Rule, d.Message)
		}
		if pages := w.Typeset(); len(pages.Pages) < len(all)/3 {
			t.Errorf("%s: only %d pages", id, len(pages.Pages))
		}
	}
}

// TestCarriedOver has money carried over where the published document has none: the rows for it are printed, the totals
// agree, and shares are of the expenditure.
func TestCarriedOver(t *testing.T) {
	w := good(t, "testdata/departments/2018/101", [3]string{"department.toml", "[[unit]]\ncode ", "[[carryover]]\nunit = \"101001\"\nin = 2000000\nout = 1000000\n\n[[unit]]\ncode "})
	for _, id := range []string{"01", "04"} {
		rows := cells(tables(w.Tree)[id])
		if last := strings.Join(rows[len(rows)-1], "|"); strings.Count(last, "15,997.44") != 2 {
			t.Errorf("table %s ends with %s", id, last)
		}
	}
	all := strings.Join(slices.Concat(cells(tables(w.Tree)["04"])...), "|")
	for _, s := range []string{"三、上年结转资金|200.00", "四、结转下年资金|100.00"} {
		if !strings.Contains(all, s) {
			t.Errorf("no %s in %s", s, all)
		}
	}
	if s := strings.Join(paragraphsOf(w.Tree), ""); !strings.Contains(s, "占本年支出合计的100%") {
		t.Error("the share is not of the expenditure")
	}
}

// TestLongNameInTitles: a name of sixteen characters stands whole in its part's title, and the table below still fits.
func TestLongNameInTitles(t *testing.T) {
	const name = "澜川市槐安区文化市场综合执法大队"
	w := (&example{dir: "testdata/departments/2026/415", edition: "unit:415002"}).work(t)
	pages := w.Typeset()
	for _, title := range []string{"第二部分", "第三部分"} {
		if !slices.ContainsFunc(pages.Pages, func(p page.Page) bool { return stands(&p, title) && stands(&p, name) }) {
			t.Errorf("%s: the name is parted", title)
		}
	}
	if strings.Contains(said(pages), "表1（续表）") {
		t.Error("table 1 runs on below its title of three lines")
	}
}

// stands reports whether a page has a line, or a run of one, that reads so.
func stands(p *page.Page, text string) bool {
	return slices.ContainsFunc(p.Texts, func(x page.Text) bool { return strings.TrimSpace(x.Text) == text })
}

// TestUnitEditions sums the units of a department: what the units' documents show is what the department's shows.
func TestUnitEditions(t *testing.T) {
	const dir = "testdata/departments/2026/415"
	whole := good(t, dir)
	query := whole.Pack.Figure("expenditure").Query
	sum := whole.Budget.Sum(query)
	for _, u := range whole.Budget.ListedUnits() {
		w := (&example{dir: dir, edition: "unit:" + u.Code.V}).work(t)
		if n := len(w.Budget.ListedUnits()); n != 1 {
			t.Errorf("%s: %d units", u.Code.V, n)
		}
		if len(w.Budget.Facts.History) > 0 || w.Budget.Facts.Prior != nil {
			t.Errorf("%s: the department's earlier years are not the unit's", u.Code.V)
		}
		sum = sum.Sub(w.Budget.Sum(query))
	}
	if !sum.IsZero() {
		t.Errorf("the units' expenditure falls short of the department's by %s", sum)
	}
	w, err := shared(t).Check(build.Input{Data: edited(t, dir), Dir: dir, Edition: "unit:41500"})
	if err != nil || !w.Diags.HasErrors() || w.Tree != nil {
		t.Errorf("a unit that is not there has a document: %v", err)
	}
}
