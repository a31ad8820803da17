package diag

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// TestPlacesInWords: each kind of place reads as somebody who has the thing before them would say it; a place with lines is what
// editors jump to, also where it is known what was printed there.
func TestPlacesInWords(t *testing.T) {
	typed := at("tables.toml", 7, 3, 7, 9)
	for _, c := range []struct {
		at          Range
		text, where string
	}{
		{Range{}, "", ""},
		{typed, "tables.toml:7:3", ""},
		{Range{File: "data/338"}, "data/338", ""},
		{InCell("填报表.xlsx", Cell{"项目", "C12"}), "填报表.xlsx 工作表“项目” C12", "工作表“项目” C12"},
		{InCell("填报表.xlsx", Cell{Sheet: "基本支出"}), "填报表.xlsx 工作表“基本支出”", "工作表“基本支出”"},
		{InDocument("稿.pdf", Printed{Page: 5, Table: "表3", Row: 4, ColumnTitle: "本年预算"}), "稿.pdf 第5页 表3 第4行 “本年预算”列", "第5页 表3 第4行 “本年预算”列"},
		{InDocument("稿.pdf", Printed{Table: "表3", Row: 4, RowTitle: "合计", Column: 2}), "稿.pdf 表3 第4行“合计” 第2列", "表3 第4行“合计” 第2列"},
		{InDocument("稿.pdf", Printed{Page: 9, Section: "二、收入“情况”"}), "稿.pdf 第9页 “二、收入‘情况’”一节", "第9页 “二、收入‘情况’”一节"},
		{InDocument("稿.pdf", Printed{}), "稿.pdf", ""},
		{typed.Prints(Printed{Table: "表3", RowTitle: "合计"}), "tables.toml:7:3", "表3 “合计”行"},
	} {
		if c.at.String() != c.text || c.at.In.String() != c.where {
			t.Errorf("%q in %q, want %q in %q", c.at, c.at.In, c.text, c.where)
		}
		var b bytes.Buffer
		d := []Diagnostic{{Rule: "勾稽-001", Level: Error, Message: "不等", At: c.at, Notes: []Related{{"另一处", c.at}}}}
		if err := Text(&b, d, sources, Options{}); err != nil || !strings.HasPrefix(b.String(), strings.TrimPrefix(c.text+": ", ": ")+"错误 勾稽-001: 不等\n") {
			t.Errorf("written as %s, %v", b.String(), err)
		}
	}
}

// TestPlacesAreSmall: every piece of text of a document has a place, and a long document hundreds of thousands of them.
func TestPlacesAreSmall(t *testing.T) {
	if n := unsafe.Sizeof(Range{}); n > 64 {
		t.Errorf("a place has %d bytes", n)
	}
}

// TestPlacesAreEqual: two places that say the same are one to maps and to lists, of whatever kind.
func TestPlacesAreEqual(t *testing.T) {
	places := func() []Range {
		return []Range{at("a.toml", 1, 2, 1, 3), at("a.toml", 1, 2, 1, 3).Prints(Printed{Table: "表1"}), InCell("a.xlsx", Cell{"甲", "B2"}),
			InCell("a.xlsx", Cell{"甲", "B3"}), InDocument("a.pdf", Printed{Page: 1}), InDocument("a.pdf", Printed{Page: 2})}
	}
	var l List
	for range 3 {
		for _, p := range places() {
			l.Warnf("甲-001", p, "一")
		}
	}
	if got := l.Sorted(); len(got) != len(places()) {
		t.Errorf("%d findings of %d", len(got), len(places()))
	}
}

// TestPlacesWithoutLinesAreInOrder: as people come to them: pages and tables by number, cells row by row.
func TestPlacesWithoutLinesAreInOrder(t *testing.T) {
	want := []Range{
		InDocument("a.pdf", Printed{Table: "表2"}), InDocument("a.pdf", Printed{Table: "表2", Row: 1}), InDocument("a.pdf", Printed{Table: "表2", Row: 10}),
		InDocument("a.pdf", Printed{Table: "表9-2"}), InDocument("a.pdf", Printed{Table: "表10"}), InDocument("a.pdf", Printed{Page: 2, Table: "表1"}),
		InDocument("a.pdf", Printed{Page: 10}),
		InCell("a.xlsx", Cell{"甲", "B2"}), InCell("a.xlsx", Cell{"甲", "Z2"}), InCell("a.xlsx", Cell{"甲", "AA2"}), InCell("a.xlsx", Cell{"甲", "A10"}), InCell("a.xlsx", Cell{"甲", "A101"}),
	}
	var l List
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(len(want)) {
		l.Warnf("甲-001", want[i], "一")
	}
	for i, d := range l.Sorted() {
		if d.At != want[i] {
			t.Errorf("%d: %v, want %v", i, d.At, want[i])
		}
	}
}

// TestJSONOfPlaces: programs have each part of a place under its own key, and the keys of lines where there are lines.
func TestJSONOfPlaces(t *testing.T) {
	list := []Diagnostic{
		{At: InCell("填报表.xlsx", Cell{"项目", "C12"})},
		{At: InDocument("稿.pdf", Printed{5, "表3", "节", 4, "合计", "本年预算", 2})},
		{At: at("tables.toml", 7, 3, 7, 9).Prints(Printed{Table: "表3"})},
	}
	var b bytes.Buffer
	if err := JSON(&b, list, 0); err != nil {
		t.Fatal(err)
	}
	var out struct{ Diagnostics []struct{ At map[string]any } }
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]any{
		{"file": "填报表.xlsx", "where": "工作表“项目” C12", "sheet": "项目", "cell": "C12"},
		{"file": "稿.pdf", "where": "第5页 表3 “节”一节 第4行“合计” “本年预算”列", "page": 5.0, "table": "表3", "section": "节", "row": 4.0, "row_title": "合计",
			"table_column": 2.0, "column_title": "本年预算"},
		{"file": "tables.toml", "line": 7.0, "column": 3.0, "end_line": 7.0, "end_column": 9.0, "where": "表3", "table": "表3"},
	} {
		got := out.Diagnostics[i].At
		for k, v := range want {
			if got[k] != v {
				t.Errorf("%s is %v, want %v", k, got[k], v)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// TestIDsStay: a finding has the same id wherever its lines are, whatever its numbers are, and whatever else is found; another
// rule, place or subject has another.
func TestIDsStay(t *testing.T) {
	named := map[string]string{"a.toml:7:3": "project[甲].amount", "a.toml:70:3": "project[甲].amount", "a.toml:9:3": "project[乙].amount"}
	where := func(r Range) string { return named[r.String()] }
	one := Diagnostic{Rule: "项目-004", At: at("a.toml", 7, 3, 7, 9), Message: "项目金额 1,234.50 元与明细之和 1,230.00 元不等"}
	id := func(d Diagnostic, others ...Diagnostic) string {
		return Identify(append(slices.Clone(others), d), where)[len(others)]
	}
	base := id(one)
	moved, other, rule, about, again := one, one, one, one, one
	moved.At, moved.Message = at("a.toml", 70, 3, 70, 9), "项目金额 99.00 元与明细之和 -1.5 元不等"
	other.At, rule.Rule, about.Message = at("a.toml", 9, 3, 9, 9), "项目-005", "项目“甲”金额与明细之和不等"
	again.Subject = "第二笔"
	if !strings.HasPrefix(base, "项目-004:") || id(moved) != base || id(one, other, rule, about, again) != base {
		t.Errorf("%s becomes %s when it moves, %s among others", base, id(moved), id(one, other, rule, about, again))
	}
	paper := func(page, row int, title string) Diagnostic {
		return Diagnostic{Rule: "表内-001", Message: "不等", At: InDocument("稿.pdf", Printed{Page: page, Table: "表3", Row: row, RowTitle: title, ColumnTitle: "合计"})}
	}
	if id(paper(5, 4, "甲")) != id(paper(6, 9, "甲")) {
		t.Error("in a finished document a row that moves is another")
	}
	all := []Diagnostic{one, other, rule, about, again, one, one, paper(1, 1, "甲"), paper(1, 1, "乙"), paper(1, 1, ""), paper(1, 2, ""),
		{At: InCell("a.xlsx", Cell{"甲", "B2"})}, {At: InCell("a.xlsx", Cell{"甲", "B3"})}, {At: InCell("a.xlsx", Cell{"乙", "B3"})}, {}}
	seen := map[string]int{}
	for i, x := range Identify(all, where) {
		if j, twice := seen[x]; twice {
			t.Errorf("%d and %d have the same id %s", i, j, x)
		}
		seen[x] = i
	}
}

// TestBelow: what is published tells places from the folder of the data, and of no file where it lay.
func TestBelow(t *testing.T) {
	in := func(file string) Range { return at(file, 7, 3, 7, 9) }
	for _, c := range []struct {
		at           Range
		folder, want string
	}{
		{Range{}, "data/338", ""},
		{in("data/338/basic.toml"), "data/338", "basic.toml:7"},
		{in("data/338/performance/1.toml"), "data/338/", "performance/1.toml:7"},
		{in("/home/zhang/338/basic.toml"), "/home/zhang/338", "basic.toml:7"},
		{in("C:/Users/zhang/338/basic.toml"), "C:/Users/zhang/338", "basic.toml:7"},
		{in("/home/zhang/337/basic.toml"), "/home/zhang/338", "basic.toml:7"},
		{in("../337/basic.toml"), "338", "basic.toml:7"},
		{in("performance/1.toml"), ".", "performance/1.toml:7"},
		{in("/home/zhang/basic.toml"), ".", "basic.toml:7"},
		{in("../zhang/basic.toml"), ".", "basic.toml:7"},
		{in("C:/Users/zhang/basic.toml"), ".", "basic.toml:7"},
		{InCell("data/338-2026.xlsx", Cell{"项目", "C12"}), "data", "338-2026.xlsx 工作表“项目” C12"},
		{Range{File: "data/338/basic.toml"}, "data/338", "basic.toml"},
	} {
		if got := c.at.Below(c.folder); got != c.want {
			t.Errorf("%v below %q is %q, want %q", c.at, c.folder, got, c.want)
		}
	}
}
