package imports_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/imports"
)

// What somebody answers who looks at what was understood is what mapping files say: the unit of money, roles, units, sheets that are
// left out; and it is remembered as theirs.
func TestAnswers(t *testing.T) {
	const drawing = `
一般公共预算基本支出表
预算单位|功能科目|经济科目|金额|另一列
馆"本级\|2130301|30101|#1.5|#7
馆"本级\|2130302|30101|#2|#8`
	u, diags := understand(t, drawing, nil)
	if !diags.HasErrors() || u.Sheets[0].Unit != "" {
		t.Fatalf("%+v", u.Sheets[0])
	}
	other := slices.IndexFunc(u.Sheets[0].Columns, func(c imports.Column) bool { return c.Head == "另一列" })
	if other < 0 || u.Sheets[0].Columns[other].Role != "" {
		t.Fatalf("%+v", u.Sheets[0].Columns)
	}
	a := imports.Answers{Sheets: []imports.SheetAnswer{{Print: u.Sheets[0].Print, Sheet: u.Sheets[0].Sheet, Unit: "万元", Fund: "政府性基金预算",
		Columns: []imports.ColumnAnswer{{Key: u.Sheets[0].Columns[other].Key, Role: "不用"}}}}}
	answered := func(a imports.Answers) (*imports.Understood, string) {
		m, diags := a.Map()
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		u, found := understand(t, drawing, func(in *imports.Input) { in.Maps = []*imports.Map{m} })
		var words []string
		for _, d := range found.Sorted() {
			words = append(words, d.Message)
		}
		return u, strings.Join(words, "\n")
	}
	u, _ = answered(a)
	q := u.Questions()
	if len(q) != 1 || q[0].Name != `馆"本级\` || q[0].File || q[0].Code != "" {
		t.Fatalf("%+v", q)
	}
	a.Units = []imports.UnitAnswer{{Name: q[0].Name, Code: "900001"}}
	u, wrong := answered(a)
	if wrong != "" || len(u.Rows) != 2 || u.Rows[0].Text("unit") != "900001" || u.Rows[0].Text("fund") != "政府性基金预算" {
		t.Fatalf("%s\n%+v", wrong, u.Rows)
	}
	if v, _ := u.Rows[0].Get("amount"); v.Text != "15000" {
		t.Errorf("1.5万元 is %s", v.Text)
	}
	if kept := string(u.Remember(nil)); !strings.Contains(kept, "万元") || !strings.Contains(kept, `role = "不用"`) || !strings.Contains(kept, "900001") {
		t.Errorf("it is not remembered:\n%s", kept)
	}
	a.Sheets[0].Skip = true
	if u, _ := answered(a); len(u.Rows) != 0 || u.Sheets[0].Left == "" || !u.Sheets[0].Skipped() {
		t.Errorf("a sheet that is left out is read: %+v", u.Sheets[0])
	}
	if c := imports.Offered(); !slices.Contains(c.Roles, "金额") || !slices.Contains(c.Kinds, "基本支出") || slices.Contains(c.Kinds, "") || len(c.Units) != 5 || len(c.Funds) == 0 {
		t.Errorf("%+v", c)
	}
	bad := imports.Answers{Sheets: []imports.SheetAnswer{{Print: "x", Sheet: "y", Unit: "分"}}}
	if _, diags := bad.Map(); diags.Sorted() == nil {
		t.Error("a unit that there is not is taken")
	}
}

// No word about mapping files reaches those who have none.
func TestWordsOnPages(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"")
	seen := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "answer.go" || name == "map.go" || name == "show.go" {
			continue // show.go writes mapping files; the one hint in it is below
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, quoted := range text.FindAllString(string(raw), -1) {
			words, err := strconv.Unquote(quoted)
			if err != nil || !strings.Contains(words, "对照文件") {
				continue
			}
			seen++
			if strings.HasSuffix(words, `role = "`) {
				words += `长期指标值"`
			}
			plain(t, imports.OnPage(words))
		}
	}
	plain(t, imports.OnPage(`是要导入的，在对照文件里写明它的 role；不用的写 role = "不用"`))
	if seen < 12 {
		t.Errorf("%d texts about mapping files: they are looked for in the wrong place", seen)
	}
}

func plain(t *testing.T, words string) {
	t.Helper()
	for _, x := range []string{"对照文件", "role", "skip", "kind", "unit", "fund", "sums", "--", "[["} {
		if strings.Contains(words, x) {
			t.Errorf("%q speaks of mapping files", words)
		}
	}
}
