package pack

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// patchBase has a bit of everything that patches may be of.
const patchBase = basePack + `
[[table]]
id = "3"
heading = "收支表"
contents = "收支表"
page = "正文"
rows = "balance"
column = [
  { head = "收入", side = "income", column = [ { head = "项目", field = "label" }, { head = "数" } ] },
  { head = "支出", side = "outgo", column = [ { head = "项目", field = "label" }, { head = "数" } ] },
]
income = [ { label = "一、拨款", query = "side=收入" } ]
outgo = [
  { label = "一、文化体育与传媒支出", query = "function=207" },
  { label = "二、卫生支出", query = "function=210" },
  { label = "三、其他支出", query = "function=229" },
]
foot = [ { income = { label = "收入合计", query = "side=收入" }, outgo = { label = "支出合计", query = "side=支出" } } ]

[[table]]
id = "4"
heading = "来源表"
page = "正文"
rows = "list"
labels = { "货物" = "货物A", "服务" = "服务C" }
column = [ { head = "来源", field = "group" }, { head = "项目", field = "label" }, { head = "金额" } ]
row = [
  { group = "甲", label = "小计", query = "side=收入" },
  { group = "乙", label = "小计", query = "side=收入" },
]

[[figure]]
name = "total"
title = "总计"
query = "side=支出"

[[term]]
term = "拨款"
text = "甲说的拨款"
`

func patched(t *testing.T, own string) *Pack {
	t.Helper()
	fsys := packs(heir("base", own))
	fsys["base/pack.toml"] = &fstest.MapFile{Data: []byte(patchBase)}
	p, diags, err := loadAll(fsys, "heir")
	if err != nil || diags.Len() > 0 {
		t.Fatal(err, diags.Sorted())
	}
	return p
}

func labels(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Group.Written()+"|"+r.Label.Written())
	}
	return strings.Join(out, " ")
}

func heads(columns []Column) string {
	var out []string
	for _, c := range columns {
		s := c.Head.Written()
		if c.Columns != nil {
			s += "(" + heads(c.Columns) + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestPatch: what an heir says of one thing of its base changes that thing and nothing else.
func TestPatch(t *testing.T) {
	p := patched(t, `
[[patch]]
rename = { "一、文化体育与传媒支出" = "一、文化旅游体育与传媒支出", "收支表" = "收支总表" }
[[patch]]
table = "3"
row = "二、卫生支出"
set = { label = "二、卫生健康支出", query = "function=210,213", indent = 2 }
after = [ { label = "三、灾害防治支出", query = "function=224" } ]
[[patch]]
table = "3"
row = "outgo/三、其他支出"
set = { label = "四、其他支出" }
[[patch]]
table = "3"
row = "支出合计"
set = { outgo = { label = "支出总计" } }
[[patch]]
table = "3"
column = "支出/数"
set = { min = "30mm" }
before = { head = "上年数", query = "carried=是" }
[[patch]]
table = "4"
row = "乙/小计"
remove = true
[[patch]]
table = "4"
set = { filter = "fund=财政拨款", notes = ["注：甲"], labels = { "服务" = "服务B" } }
[[patch]]
table = "4"
column = "group"
set = { head = "资金" }
[[patch]]
part = "1"
block = "b"
remove = true
[[patch]]
part = "1"
block = "2"
set = { tables = ["1", "2", "3", "4"] }
[[patch]]
figure = "total"
set = { query = "side=支出,年终结转" }
[[patch]]
term = "拨款"
set = { text = "乙说的拨款" }
[[patch]]
style = "正文"
set = { size = "小四" }
[[patch]]
chart = "甲图"
item = "支出"
set = { label = "全部支出" }
[[patch]]
[patch.add]
phrase = { "他" = "别的" }
[[patch.add.term]]
term = "新词"
text = "新的解释"
`)
	three, four := p.Tables["3"], p.Tables["4"]
	for _, c := range []struct{ what, got, want string }{
		{"renamed heading", three.Heading.Written() + " " + three.Contents.Written(), "收支总表 收支总表"},
		{"old heading still known", three.Also[0].Written(), "收支表"},
		{"rows", labels(three.Outgo), "|一、文化旅游体育与传媒支出 |二、卫生健康支出 |三、灾害防治支出 |四、其他支出"},
		{"a row that is known by its old label", three.Outgo[0].Also[0].Written() + three.Outgo[1].Also[0].Written(), "一、文化体育与传媒支出二、卫生支出"},
		{"query of a row", three.Outgo[1].Query.String(), "function=210,213"},
		{"the other side of a foot", three.Foot[0][0].Label.Written() + three.Foot[0][1].Label.Written(), "收入合计支出总计"},
		{"query beside a label that was set", three.Foot[0][1].Query.String(), "side=支出"},
		{"columns", heads(three.Columns), "收入(项目 数) 支出(项目 上年数 数)"},
		{"rows of a list", labels(four.List), "甲|小计"},
		{"filter", four.Filter.String(), "fund=财政拨款"},
		{"notes", four.Notes[0].Written(), "注：甲"},
		{"labels", four.Labels["货物"] + four.Labels["服务"], "货物A服务B"},
		{"head by its field", heads(four.Columns), "资金 项目 金额"},
		{"figure", p.Figures["total"].Query.String() + p.Figures["total"].Title, "side=支出,年终结转总计"},
		{"term", p.Terms[0].Text + p.Terms[1].Term, "乙说的拨款新词"},
		{"phrase", p.Phrases["他"] + p.Phrases["称"], "别的部门"},
		{"item of a chart", p.Charts["甲图"].Items[0].Label.Written(), "全部支出"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
	if three.Outgo[1].Indent != 2 || three.Columns[1].Columns[2].Min == 0 || three.Columns[0].Columns[1].Min != 0 {
		t.Error("what is set of one thing is set of another, or not at all")
	}
	if b := p.Parts[0].Blocks; len(b) != 2 || b[0].Prose != "a" || len(b[1].Tables) != 4 {
		t.Errorf("blocks %+v", b)
	}
}

// TestPatchSlips: a patch that meets nothing, or says nothing, is told at its place.
func TestPatchSlips(t *testing.T) {
	for _, c := range []struct{ patch, want, hint string }{
		{"table = \"33\"\nremove = true", "不认识的表“33”", "3"},
		{"table = \"3\"\nrow = \"二、卫声支出\"\nset = { label = \"二\" }", "不认识的行“二、卫声支出”", "是不是“二、卫生支出”"},
		{"table = \"3\"\ncolumn = \"支出/数额\"\nremove = true", "不认识的列“支出/数额”", "支出/数"},
		{"table = \"3\"\ncolumn = \"数\"\nremove = true", "叫“数”的列有 2 个", "收入/数、支出/数"},
		{"table = \"4\"\nrow = \"小计\"\nremove = true", "叫“小计”的行有 2 个", "甲/小计、乙/小计"},
		{"rename = { \"收知表\" = \"收支总表\" }", "不认识的要改的字“收知表”", "是不是“收支表”"},
		{"table = \"3\"\nset = { haeding = \"三\" }", "不认识的键名“haeding”", "heading"},
		{"table = \"3\"\nset = { rows = \"functoin\" }", "functoin", "function"},
		{"table = \"3\"", "没有写改什么", ""},
		{"set = { heading = \"三\" }", "没有写改哪一样", ""},
		{"table = \"3\"\nfigure = \"total\"\nremove = true", "只改一样", ""},
		{"figure = \"total\"\nrow = \"一\"\nremove = true", "要和 table 一起写", ""},
		{"table = \"3\"\nremove = true\nset = { heading = \"三\" }", "单独写", ""},
		{"part = \"1\"\nblock = \"c\"\nremove = true", "不认识的内容“c”", "a、b"},
		{"table = \"3\"\nrow = \"一、拨款\"\nafter = { lable = \"二\" }", "不认识的键名“lable”", "label"},
		{"table = \"3\"\ncolumn = \"收入\"\nafter = { min = \"9mm\" }", "缺少“表头”（head）", ""},
		{"from = 2028\ntable = \"3\"\nset = { heading = \"三\" }", "模板适用于2027年至2027年", ""},
	} {
		fsys := packs(heir("base", "\n[[patch]]\n"+c.patch+"\n"))
		fsys["base/pack.toml"] = &fstest.MapFile{Data: []byte(patchBase)}
		_, diags, err := loadAll(fsys, "heir")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, d := range diags.Sorted() {
			found = found || strings.Contains(d.Message, c.want) && strings.Contains(d.Hint, c.hint) && d.At.File == "heir/pack.toml" && d.At.Start.Line > 7
		}
		if !found {
			t.Errorf("%s: want %q with hint %q, have %v", c.patch, c.want, c.hint, diags.Sorted())
		}
	}
}

// TestPatchOfYears: documents of a year are as the pack says for that year, and know what the other years call things. The years of
// a base are those of its heir, too.
func TestPatchOfYears(t *testing.T) {
	own := strings.Replace(patchBase, "years = [2026, 2026]", "years = [2025, 2028]", 1) + `
[[patch]]
from = 2026
table = "3"
row = "一、拨款"
set = { label = "1. 拨款" }
[[patch]]
from = 2027
to = 2027
rename = { "二、卫生支出" = "二、健康支出" }
`
	fsys := packs("")
	fsys["base/pack.toml"] = &fstest.MapFile{Data: []byte(own)}
	fsys["heir/pack.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(heir("base", ""), "[2027, 2027]", "[2026, 2027]", 1))}
	for _, id := range []string{"base", "heir"} {
		p, diags, err := loadAll(fsys, id)
		if err != nil || diags.Len() > 0 {
			t.Fatal(err, diags.Sorted())
		}
		for year, want := range map[int]string{2024: "一、拨款 二、卫生支出", 2025: "一、拨款 二、卫生支出", 2026: "1. 拨款 二、卫生支出", 2027: "1. 拨款 二、健康支出", 2028: "1. 拨款 二、卫生支出", 2030: "1. 拨款 二、卫生支出"} {
			if id == "heir" && year < 2026 {
				want = "1. 拨款 二、卫生支出"
			}
			if id == "heir" && year > 2027 {
				want = "1. 拨款 二、健康支出"
			}
			x := p.Of(year).Tables["3"]
			if got := x.Income[0].Label.Written() + " " + x.Outgo[1].Label.Written(); got != want {
				t.Errorf("%s in %d: %s, want %s", id, year, got, want)
			}
			all := []string{x.Income[0].Label.Written(), x.Outgo[1].Label.Written()}
			for _, s := range slices.Concat(x.Income[0].Also, x.Outgo[1].Also) {
				all = append(all, s.Written())
			}
			for _, w := range []string{"1. 拨款", "一、拨款", "二、卫生支出", "二、健康支出"} {
				if id == "base" && !slices.Contains(all, w) {
					t.Errorf("%s in %d does not know %s: %v", id, year, w, all)
				}
			}
			if p.Of(year).Of(2026) != p.Of(2026) {
				t.Errorf("%s: the pack of %d has another of 2026", id, year)
			}
		}
		if p.Of(p.LastYear) != p {
			t.Errorf("%s is not that of its last year", id)
		}
	}
	// What is wrong of one year alone is told as well.
	fsys["base/pack.toml"] = &fstest.MapFile{Data: []byte(own + "[[patch]]\nto = 2025\ntable = \"3\"\nset = { filter = \"fnud=财政拨款\" }\n")}
	if _, diags, _ := loadAll(fsys, "base"); diags.Len() != 1 {
		t.Error("a slip of 2025 in a pack up to 2028:", diags.Sorted())
	}
}

// TestLentWords: of rows that are numbered anew none is known by what another is called now.
func TestLentWords(t *testing.T) {
	p := patched(t, `
[[patch]]
table = "4"
row = "甲/小计"
set = { label = "合计" }
[[patch]]
table = "3"
row = "二、卫生支出"
set = { label = "乙" }
[[patch]]
table = "3"
row = "三、其他支出"
set = { label = "二、卫生支出" }
`)
	if a := p.Tables["3"].Outgo[1].Also; len(a) != 0 {
		t.Errorf("a row is known by what the next is called: %v", a)
	}
}

// TestOfYear: a document has the pack of the last year that changed it, not of the next.
func TestOfYear(t *testing.T) {
	p, a, b := &Pack{}, &Pack{}, &Pack{}
	p.variants = []variant{{2020, a}, {2025, b}}
	for year, want := range map[int]*Pack{0: p, 2019: a, 2020: a, 2022: a, 2024: a, 2025: b, 2031: b} {
		if p.Of(year) != want {
			t.Errorf("%d has the pack of other years", year)
		}
	}
}
