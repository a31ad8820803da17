package build_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/templates"
)

const sample = "data/2026/338"

func shared(t testing.TB) *build.Shared {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
}

// edited is the project's tree with some text of some files replaced; each replacement must hit exactly once.
func edited(t testing.TB, dir string, edits ...[3]string) fs.FS {
	t.Helper()
	m := fstest.MapFS{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(root, name)
		m[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		f := m[dir+"/"+e[0]]
		if f == nil || strings.Count(string(f.Data), e[1]) != 1 {
			t.Fatalf("%s does not have %q exactly once", e[0], e[1])
		}
		f.Data = []byte(strings.Replace(string(f.Data), e[1], e[2], 1))
	}
	return m
}

func work(t testing.TB, dir string, edits ...[3]string) *build.Work {
	t.Helper()
	w, err := shared(t).Check(build.Input{Data: edited(t, dir, edits...), Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// good is a department that must build.
func good(t testing.TB, dir string, edits ...[3]string) *build.Work {
	t.Helper()
	w := work(t, dir, edits...)
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			t.Fatalf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	return w
}

// cells lists a table's body as rows of text.
func cells(tab *doc.Table) [][]string {
	var out [][]string
	for _, r := range tab.Body {
		var row []string
		for _, c := range r.Cells {
			var s []string
			for _, t := range c.Text {
				s = append(s, t.String)
			}
			row = append(row, strings.Join(s, "\n"))
		}
		out = append(out, row)
	}
	return out
}

func tables(d *doc.Document) map[string]*doc.Table {
	out := map[string]*doc.Table{}
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(*doc.Table); ok && out[t.ID] == nil {
				out[t.ID] = t
			}
		}
	}
	return out
}

// published reads the tables as the department published them.
func published(t *testing.T) map[string][][]string {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/published/2026-338.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		out[f[0]] = append(out[f[0]], f[1:])
	}
	return out
}

// mended are the places where the published tables are wrong or uneven and ours are not: what was printed, what we
// print, why. Numbers are not among them.
var mended = []struct{ table, printed, ours, why string }{
	{"1", "廿一、", "二十一、", "the other lists of the document count 二十一"},
	{"1", "廿二、", "二十二、", ""},
	{"1", "廿三、", "二十三、", ""},
	{"1", "廿四、", "二十四、", ""},
	{"1", "廿五、", "二十五、", ""},
	{"4", "(廿一)", "（二十一）", ""},
	{"4", "(廿二)", "（二十二）", ""},
	{"4", "(廿三)", "（二十三）", ""},
	{"4", "(廿四)", "（二十四）", ""},
	{"4", "(廿五)", "（二十五）", ""},
	{"4", "(", "（", "half-width brackets mixed with full-width ones"},
	{"4", ")", "）", ""},
	{"5-1", "(室)", "（室）", "table 3 prints the same name with full-width brackets"},
}

func TestPublishedTables(t *testing.T) {
	w := good(t, sample)
	ours := tables(w.Tree)
	want := published(t)
	numbers := 0
	for id, rows := range want {
		got := cells(ours[id])
		if len(got) != len(rows) {
			t.Errorf("table %s has %d rows, published %d", id, len(got), len(rows))
			continue
		}
		for i := range rows {
			for j, p := range rows[i] {
				for _, m := range mended {
					if m.table == id {
						p = strings.ReplaceAll(p, m.printed, m.ours)
					}
				}
				if id == "10" && i == 0 && j == 0 {
					p = "合计" // the first row was published without a name
				}
				if strings.ContainsAny(p, "0123456789") {
					numbers++
				}
				if got[i][j] != p {
					t.Errorf("table %s, row %d, column %d: %q, published %q", id, i+1, j+1, got[i][j], p)
				}
			}
		}
	}
	if numbers < 400 {
		t.Errorf("compared %d numbers only", numbers)
	}
	for _, id := range []string{"8", "9"} {
		for _, row := range cells(ours[id]) {
			if strings.Join(row, "") != "" {
				t.Errorf("table %s is not empty: %v", id, row)
			}
		}
		if len(ours[id].Notes) != 1 {
			t.Errorf("table %s lacks its note", id)
		}
	}
}

// dump lists every text of the document with a name for its place, so that two documents can be compared.
func dump(d *doc.Document) map[string]string {
	out := map[string]string{}
	for si, s := range d.Sections {
		for bi, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				out[fmt.Sprintf("%d.%d", si, bi)] = b.Text.String
			case *doc.Paragraph:
				var sb strings.Builder
				for _, x := range b.Spans {
					sb.WriteString(x.String)
				}
				out[fmt.Sprintf("%d.%d", si, bi)] = sb.String()
			case *doc.Table:
				for r, row := range cells(b) {
					for c, s := range row {
						out[fmt.Sprintf("%d.%d table %s row %d column %d", si, bi, b.ID, r, c)] = s
					}
				}
			}
		}
	}
	return out
}

// TestOneLeafChanges raises 办公费 by 1,234,500 元 and wants every cell and sentence that depends on it to change, and
// nothing else: the new document, with the old numbers put back in place of the new ones, is the old document.
func TestOneLeafChanges(t *testing.T) {
	before, after := good(t, sample), good(t, sample, [3]string{"basic.toml", "1671540", "2906040"})
	old, now := dump(before.Tree), dump(after.Tree)
	// What the change does to each printed number: 123.45 万元 more.
	moved := map[string]string{
		"4,671.85": "4,795.30", "4,286.24": "4,409.69", "1,530.99": "1,654.44", "1,145.38": "1,268.83", "3,553.84": "3,677.29",
		"749.64": "873.09", "284.39": "407.84", "283.18": "406.63", "167.15": "290.60", "2,133.02": "2,256.47",
	}
	shares := map[string]string{ // of 4,795.30 now, and the rate of change
		"32.77%": "34.50%", "67.23%": "65.50%", "26.68%": "26.00%", "6.09%": "8.50%", "84.02%": "88.88%",
	}
	changed := map[string]bool{}
	for place, a := range old {
		b, ok := now[place]
		if !ok {
			t.Errorf("%s is gone", place)
			continue
		}
		want := a
		for _, m := range []map[string]string{moved, shares} {
			for from, to := range m {
				want = strings.ReplaceAll(want, from, to)
			}
		}
		want = strings.ReplaceAll(want, "26.00%", "26%") // a whole percentage prints without decimals
		if a != b {
			changed[place] = true
		}
		// A number of the list may stand where it does not depend on the leaf only if it is not the leaf's: there is
		// none in this document, so equality is exact.
		if b != want {
			t.Errorf("%s:\nwas  %s\nnow  %s\nwant %s", place, a, b, want)
		}
	}
	if len(old) != len(now) {
		t.Errorf("%d places before, %d after", len(old), len(now))
	}
	if n := len(changed); n < 60 {
		t.Errorf("only %d places changed", n)
	}
}

// TestOtherDepartments builds what the sample does not have: several units, other funds, carry-over, two margins.
func TestOtherDepartments(t *testing.T) {
	for _, dir := range []string{"testdata/departments/2026/415", "testdata/departments/2026/501"} {
		w := good(t, dir)
		all := tables(w.Tree)
		for _, id := range []string{"1", "2", "3", "4", "5-1", "5-2", "6", "7", "8", "9", "10"} {
			if all[id] == nil {
				t.Errorf("%s: no table %s", dir, id)
			}
		}
		balance := cells(all["1"])
		if last := balance[len(balance)-1]; last[1] != last[3] || last[1] == "" {
			t.Errorf("%s: 收入总计 %s, 支出总计 %s", dir, last[1], last[3])
		}
		if u, e := cells(all["2"])[0][2], balance[len(balance)-1][1]; u != e {
			t.Errorf("%s: table 2 sums to %s, table 1 to %s", dir, u, e)
		}
	}
}

// TestMarginsMustAgree moves one of the two margins by one fen.
func TestMarginsMustAgree(t *testing.T) {
	dir := "testdata/departments/2026/501"
	w := work(t, dir, [3]string{"department.toml", "economic = \"30201\", amount =  193300.00", "economic = \"30201\", amount =  193300.01"})
	var rules []string
	for _, d := range w.Diags.Sorted() {
		rules = append(rules, d.Rule)
		if d.Rule == "勾稽-010" && (d.Diff != "-0.01元" || d.At.Start.Line == 0) {
			t.Errorf("difference %q at %s", d.Diff, d.At)
		}
	}
	if !slices.Contains(rules, "勾稽-010") {
		t.Errorf("margins that differ by one fen pass: %v", rules)
	}
}

// numbers are the amounts, shares and rates of a text, in order.
var numbers = regexp.MustCompile(`[0-9][0-9,]*\.?[0-9]*(?:万元|%|辆|个)`)

// TestExplanation holds every amount, share and change of the sample's explanation, section by section. Where the
// published text was wrong or left a figure out, ours differs and the comment says how.
func TestExplanation(t *testing.T) {
	want := []struct{ section, numbers string }{
		{"一、收支预算总体安排情况", "4,671.85万元 2,133.02万元 84.02%"},
		{"二、收入预算安排情况", "4,671.85万元 4,671.85万元 100%"}, // published: 4671.85 元
		{"三、支出预算安排情况", "4,671.85万元 1,530.99万元 32.77% 3,140.86万元 67.23%"},
		{"四、财政拨款收支预算总体情况", "4,671.85万元 2,133.02万元 84.02% 4,286.24万元 104.66万元 122.42万元 158.53万元"},
		{"五、一般公共预算支出安排情况", "4,671.85万元 2,133.02万元 84.02% 1,246.60万元 26.68% 284.39万元 6.09% 3,140.86万元 67.23%"},
		{"六、一般公共预算基本支出安排情况", "1,530.99万元 1,246.60万元 1,230.04万元 16.56万元 284.39万元"},
		// published without the changes of 出国 and 购置 and without the rate of 接待
		{"七、一般公共预算“三公”经费支出安排情况", "18.19万元 0.03万元 0.16% 0.00万元 17.50万元 0.00万元 17.50万元 0.69万元 0.03万元 4.17%"},
		{"八、政府性基金预算支出安排情况", ""},
		{"九、国有资本经营预算支出安排情况", ""},
		{"十、项目支出安排情况", "3,140.86万元 732.40万元 123.46万元 1,084.00万元 1,201.00万元"},
		// published: 服务 1933.4, 建设 123.46, 审批事务经费 1084, which are not the three classes of procurement
		{"十一、其他重要事项的情况说明", "284.39万元 3,140.86万元 123.46万元 3,017.40万元 1,933.40万元 1,933.40万元 5辆 5辆 " +
			"4,671.85万元 4个 3,140.86万元 732.40万元 123.46万元 1,084.00万元 1,201.00万元"},
	}
	got := map[string]string{}
	section := ""
	for _, s := range good(t, sample).Tree.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				if b.Level <= 2 {
					section = b.Text.String
				}
			case *doc.Paragraph:
				var sb strings.Builder
				for _, x := range b.Spans {
					sb.WriteString(x.String)
				}
				got[section] += " " + strings.Join(numbers.FindAllString(sb.String(), -1), " ")
			}
		}
	}
	for _, w := range want {
		if n := strings.Join(strings.Fields(got[w.section]), " "); n != w.numbers {
			t.Errorf("%s\ngot  %s\nwant %s", w.section, n, w.numbers)
		}
	}
}

// TestDirections holds the words of change: no rate from a zero base, 持平 when equal, 减少 and 下降 when less.
func TestDirections(t *testing.T) {
	text := func(edits ...[3]string) string {
		var sb strings.Builder
		doc.Walk(good(t, sample, edits...).Tree, func(x doc.Text, _ string) { sb.WriteString(x.String) })
		return sb.String()
	}
	raw, err := os.ReadFile("../../" + sample + "/prior.toml")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^reception\s*=.*$`).FindString(string(raw))
	for _, c := range []struct{ prior, says string }{
		{"0", "公务接待费预算0.69万元，比2025年预算增加0.69万元，主要原因是"},
		{"0.69", "公务接待费预算0.69万元，与2025年预算持平。"},
		{"0.92", "公务接待费预算0.69万元，比2025年预算减少0.23万元，下降25%，主要原因是"},
		{"0.46", "公务接待费预算0.69万元，比2025年预算增加0.23万元，上升50%，主要原因是"},
	} {
		if got := text([3]string{"prior.toml", line, "reception = " + c.prior}); !strings.Contains(got, c.says) {
			i := strings.Index(got, "公务接待费预算")
			t.Errorf("last year %s: want %s, got …%s", c.prior, c.says, got[i:i+150])
		}
	}
}

// TestSaysWhatIsFilledIn wants goals told of as far as they are set, a sole unit counted once, and no word on either side
// of what is left out, nor that there is none of what nobody told of.
func TestSaysWhatIsFilledIn(t *testing.T) {
	const small = "testdata/departments/2026/501"
	for _, c := range []struct {
		dir   string
		edits [][3]string
		says  []string
	}{
		{small, nil, []string{"预算编制范围的预算单位共1个，即澜川市槐安区社会工作服务中心。", "！具体是", "！没有车辆", "！没有编报", "！上年也没有", "！与上年比较"}},
		{small, [][3]string{{"department.toml", "name     = \"社区志愿服务站点补助\"", "name = \"社区志愿服务站点补助\"\ngoals = false"}},
			[]string{"2026年本部门没有编报部门整体支出和项目支出绩效目标。"}},
		{small, [][3]string{{"department.toml", "template = \"wuhan\"", "template = \"wuhan\"\nassets_as_of = 2025-12-31"}}, []string{"截至2025年12月31日，部门没有车辆和单价100万元以上的设备。"}},
		{small, [][3]string{{"department.toml", "name     = \"社区志愿服务站点补助\"", "name = \"社区志愿服务站点补助\"\ngoals = true"}},
			[]string{"2026年本部门设置项目支出绩效目标。项目支出绩效目标涉及项目1个、资金18.00万元，即社区志愿服务站点补助18.00万元。"}},
		{"testdata/departments/2026/415", nil, []string{"两级绩效目标。整体支出绩效目标涉及当年财政拨款", "项目支出绩效目标涉及项目2个、资金518.90万元，分别是：", "文化市场综合执法大队和䶮山文化馆。（二）"}},
	} {
		var sb strings.Builder
		doc.Walk(good(t, c.dir, c.edits...).Tree, func(x doc.Text, _ string) { sb.WriteString(x.String) })
		for _, s := range c.says {
			if not, ok := strings.CutPrefix(s, "！"); strings.Contains(sb.String(), not) == ok {
				t.Errorf("%s, %v: says %s or does not", c.dir, c.edits, s)
			}
		}
	}
}
