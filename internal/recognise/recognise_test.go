package recognise_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/schedule"
)

// toy is a pack of five tables in words of ours: a balance, two tables alike but for their headings, one by economy, one row.
const toy = `
[pack]
id = "toy"
name = "试"
version = "1"
years = [2020, 2030]
kind = "部门预算"
title = "{{.Name}}"

[[page]]
name = "页"
width = "210mm"
height = "297mm"
top = "30mm"
bottom = "30mm"
left = "28mm"
right = "26mm"

[[style]]
name = "文"
family = "serif"
size = "12pt"
leading = "20pt"

[grid]
body = "文"
head = "文"
note = "文"
heading = "文"
number = "文"

[format.table]
unit = "万元"
places = 2

[phrase]
"称" = "部门"

[[figure]]
name = "total"
title = "总数"
query = "side=支出"

[[part]]
page = "页"
block = [ { tables = ["一", "二", "三", "四", "五"] } ]

[[table]]
id = "一"
heading = '{{.Year}}年{{phrase "称"}}收支总表'
number = "公开01表"
page = "页"
rows = "balance"
column = [
  { head = "收入", column = [ { head = "项目", field = "label" }, { head = "预算数" } ] },
  { head = "支出", column = [ { head = "项目", field = "label" }, { head = "预算数" } ] },
]
income = [ { label = "一、财政拨款", also = ["财政补助"], query = "side=收入 fund=财政拨款" }, { label = "二、其他收入", query = "side=收入 fund=其他收入" } ]
outgo = [ { label = "一、教育支出", query = "function=205" }, { label = "二、其他支出", query = "function=229" } ]
foot = [ { income = { label = "收入总计", query = "side=收入" }, outgo = { label = "支出总计", query = "side=支出" } } ]

[[table]]
id = "二"
heading = "政府性基金预算支出表"
number = "公开02表"
page = "页"
rows = "function"
filter = "fund=政府性基金预算"
total = "合计"
column = [
  { head = "科目编码", field = "code" },
  { head = "科目名称", field = "name" },
  { head = "本年支出", column = [ { head = "合计" }, { head = "基本支出", query = "kind=基本支出" }, { head = "项目支出", query = "kind=项目支出" } ] },
]

[[table]]
id = "三"
heading = "国有资本经营预算支出表"
also = ["国资预算表"]
number = "公开03表"
page = "页"
rows = "function"
filter = "fund=国有资本经营预算"
total = "合计"
column = [
  { head = "科目编码", field = "code" },
  { head = "科目名称", field = "name" },
  { head = "本年支出", column = [ { head = "合计" }, { head = "基本支出", query = "kind=基本支出" }, { head = "项目支出", also = ["专项支出"], query = "kind=项目支出" } ] },
]

[[table]]
id = "四"
heading = "基本支出经济分类表"
number = "公开04表"
page = "页"
rows = "economic"
filter = "kind=基本支出"
total = "合计"
total_at = "last"
column = [
  { head = "科目编码", column = [ { head = "类", field = "code-class" }, { head = "款", field = "code-group" } ] },
  { head = "科目名称", field = "name" },
  { head = "金额", column = [ { head = "合计" }, { head = "人员经费", query = "nature=人员经费" }, { head = "公用经费", query = "nature=公用经费" } ] },
]

[[table]]
id = "五"
heading = "“三公”经费表"
number = "公开05表"
page = "页"
unit = "元"
rows = "single"
column = [ { head = "合计", query = "economic=30212,30217" }, { head = "因公出国（境）费", query = "economic=30212" }, { head = "公务接待费", query = "economic=30217" } ]
`

func toyPack(t *testing.T) *pack.Pack {
	t.Helper()
	p, diags, err := schedule.LoadPack(fstest.MapFS{"toy/pack.toml": {Data: []byte(toy)}}, "toy")
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	return p
}

// drawn is a table of the paper: lines above it, then rows whose cells are parted by |. A cell of > is covered by that on its left, one of
// ^ by that above.
func drawn(above string, rows ...string) paper.Block {
	t := &paper.Table{}
	for _, a := range strings.Split(above, "/") {
		if a != "" {
			t.Above = append(t.Above, paper.Paragraph{Text: a})
		}
	}
	grid := make([][]string, len(rows))
	for i, r := range rows {
		grid[i] = strings.Split(r, "|")
		t.Columns = max(t.Columns, len(grid[i]))
	}
	for i := range grid {
		row := paper.Row{Number: i + 1}
		for j, text := range grid[i] {
			if text == ">" || text == "^" {
				continue
			}
			c := paper.Cell{Column: j, Columns: 1, Rows: 1, Text: text}
			for k := j + 1; k < len(grid[i]) && grid[i][k] == ">"; k++ {
				c.Columns++
			}
			for k := i + 1; k < len(grid) && j < len(grid[k]) && grid[k][j] == "^"; k++ {
				c.Rows++
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return paper.Block{Table: t}
}

func paragraph(s string) paper.Block { return paper.Block{Text: &paper.Paragraph{Text: s}} }

func found(t *testing.T, blocks ...paper.Block) *recognise.Found {
	t.Helper()
	return recognise.Tables(toyPack(t), nil, &paper.Document{Blocks: blocks})
}

// said is what was recognised of a table, in short.
func said(x *recognise.Table) string {
	if x.Spec == nil {
		return "无"
	}
	var rows []string
	for _, r := range x.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return fmt.Sprintf("%s %v %s", x.Spec.ID, x.Columns, strings.Join(rows, " / "))
}

func TestTables(t *testing.T) {
	funds := []string{"科目编码|科目名称|本年支出|>|>", "^|^|合计|基本支出|项目支出"}
	for _, x := range []struct {
		name string
		of   paper.Block
		want string
	}{
		{"as the pack has it", drawn("公开02表/政府性基金预算支出表/单位：万元", append(funds, "|合计|3.00|1.00|2.00", "205|教育支出|3.00|1.00|2.00")...),
			"二 [0 1 2 3 4] |合计|3.00|1.00|2.00 / 205|教育支出|3.00|1.00|2.00"},
		{"one head row less", drawn("政府性基金预算支出表", "科目编码|科目名称|合计|基本支出|项目支出", "205|教育支出|3.00|1.00|2.00"),
			"二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00"},
		{"code in three columns", drawn("政府性基金预算支出表", "科目编码|>|>|科目名称|本年支出|>|>", "类|款|项|^|合计|基本支出|项目支出", "205|||教育支出|3|1|2", "205|02||普通教育|3|1|2", "205|02|01|学前教育|3|1|2"),
			"二 [0 3 4 5 6] 205|教育支出|3|1|2 / 20502|普通教育|3|1|2 / 2050201|学前教育|3|1|2"},
		{"code in three columns, what is above left out", drawn("政府性基金预算支出表", "科目编码|>|>|科目名称|合计|基本支出|项目支出", "类|款|项|^|^|^|^", "205|||教育支出|3|1|2", "|02||普通教育|3|1|2", "||01|学前教育|3|1|2"),
			"二 [0 3 4 5 6] 205|教育支出|3|1|2 / 20502|普通教育|3|1|2 / 2050201|学前教育|3|1|2"},
		{"code and name in one cell", drawn("政府性基金预算支出表", "科目|合计|基本支出|项目支出", "合计|3|1|2", "205 教育支出|3|1|2", "　20502 普通教育|3|1|2"),
			"二 [0 0 1 2 3] |合计|3|1|2 / 205|教育支出|3|1|2 / 20502|普通教育|3|1|2"},
		{"code in one column for the pack's two", drawn("基本支出经济分类表", "科目编码|科目名称|合计|人员经费|公用经费", "301|工资福利支出|3|3|", "30101|基本工资|3|3|", "合计|>|3|3|"),
			"四 [0 0 1 2 3 4] 301||工资福利支出|3|3| / 301|01|基本工资|3|3| / ||合计|3|3|"},
		{"columns in another order", drawn("国资预算表", "科目编码|科目名称|专项支出|基本支出|合计", "223|国有资本经营预算支出|2.00|1.00|3.00"),
			"三 [0 1 4 3 2] 223|国有资本经营预算支出|3.00|1.00|2.00"},
		{"a column too few", drawn("国有资本经营预算支出表", "科目编码|科目名称|合计|项目支出", "223|国有资本经营预算支出|3.00|3.00"),
			"三 [0 1 2 -1 3] 223|国有资本经营预算支出|3.00||3.00"},
		{"blanks within words", drawn("基 本 支 出 经 济 分 类 表", "科目编码|>|科目名称|金 额|>|>", "类|款|^|合　计|人员\n经费|公用\n经费", "302|01|办公费|1.00||1.00"),
			"四 [0 1 2 3 4 5] 302|01|办公费|1.00||1.00"},
		{"a title on two lines, the year and whose it is", drawn("编制部门：某某局/2026年某某局政府性基金/预算支出表/（单位：元）", append(funds, "205|教育支出|3.00|1.00|2.00")...),
			"二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00"},
		{"numbered columns and rows that print nothing", drawn("“三公”经费表", "合计|因公出国（境）费|公务接待费", "1=2+3|2|3", "||", "3.00|1.00|2.00", "||"),
			"五 [0 1 2] 3.00|1.00|2.00"},
		{"no title at all, by its rows", drawn("", "收入|>|支出|>", "项目|预算数|项目|预算数", "一、财政拨款|3.00|一、教育支出|3.00", "收入总计|3.00|支出总计|3.00"),
			"一 [0 1 2 3] 一、财政拨款|3.00|一、教育支出|3.00 / 收入总计|3.00|支出总计|3.00"},
		{"a final account", drawn("2026年度政府性基金预算支出决算表", append(funds, "205|教育支出|3.00|1.00|2.00")...), "无"},
		{"no title, as well another's", drawn("", append(funds, "205|教育支出|3.00|1.00|2.00")...), "无"},
		{"no title and no head", drawn("", "205|教育支出|3.00|1.00|2.00", "20502|普通教育|3.00|1.00|2.00"), "无"},
		{"none of the pack's", drawn("固定资产明细表", "资产名称|数量|原值", "车辆|3|100.00"), "无"},
		{"no words", drawn("", "", ""), "无"},
	} {
		got := found(t, paragraph("某某局2026年部门预算"), x.of)
		if s := said(got.Tables[0]); s != x.want {
			t.Errorf("%s:\n%s (%d %s)\nwant\n%s", x.name, s, got.Tables[0].Score, got.Tables[0].Why, x.want)
		}
	}
}

// TestEmptyTwins: two tables of the same heads and nothing in them are told apart by their headings, in either order.
func TestEmptyTwins(t *testing.T) {
	head := []string{"科目编码|科目名称|本年支出|>|>", "^|^|合计|基本支出|项目支出", "||||", "|合计|||"}
	a, b := drawn("政府性基金预算支出表", head...), drawn("国有资本经营预算支出表", head...)
	for _, x := range []struct {
		of   []paper.Block
		want string
	}{{[]paper.Block{a, b}, "二三"}, {[]paper.Block{b, a}, "三二"}} {
		got := ""
		for _, y := range found(t, x.of...).Tables {
			if y.Spec != nil {
				got += y.Spec.ID
			}
		}
		if got != x.want {
			t.Errorf("%s, want %s", got, x.want)
		}
	}
}

// TestUnits: the unit is the table's own, wherever it says it, and else the pack's, which is said.
func TestUnits(t *testing.T) {
	for above, want := range map[string]string{
		"“三公”经费表/单位：万元":         "万元 true",
		"“三公”经费表/编制部门：某局　　单位:元": "元 true",
		"“三公”经费表/（单位：亿元）":       "亿元 true",
		"“三公”经费表/金额单位：人民币万元":    "万元 true",
		"“三公”经费表":               "元 false",
		"“三公”经费表/编制单位：元氏县某局":    "元 false",
		"“三公”经费表/单位：元 公开05表":    "元 true",
		"公开05表 “三公”经费表 单位：万元":   "万元 true",
	} {
		x := found(t, drawn(above, "合计|因公出国（境）费|公务接待费", "3.0|1.0|2.0")).Tables[0]
		if got := fmt.Sprint(x.Unit, " ", x.UnitSaid); x.Spec == nil || got != want || x.UnitSaid == slices.ContainsFunc(x.Doubts, func(d recognise.Doubt) bool { return strings.Contains(d.What, "单位") }) {
			t.Errorf("%s: %s, want %s; %v", above, got, want, x.Doubts)
		}
		if x.Places != 1 {
			t.Errorf("%d decimals", x.Places)
		}
	}
}

// TestNothingIsDropped: what is not understood is listed.
func TestNothingIsDropped(t *testing.T) {
	f := found(t, drawn("政府性基金预算支出表", "科目编码|科目名称|合计|基本支出|项目支出|上年执行数", "205|教育支出|3.00|1.00|2.00|9.00", "205|5|3.00|1.00|2.00|"),
		drawn("固定资产明细表", "资产名称|数量|原值", "车辆|3|100.00"))
	if e := f.Tables[0].Extra; len(e) != 1 || e[0].Head != "上年执行数" || e[0].Column != 5 || !e[0].Filled {
		t.Errorf("extra columns: %v", e)
	}
	if x := f.Tables[1]; x.Why == "" || len(x.Others) == 0 || len(x.Rows) != 2 {
		t.Errorf("%+v", x)
	}
	if len(f.Missing) != 4 {
		t.Errorf("missing: %v", f.Missing)
	}
	x := found(t, drawn("政府性基金预算支出表", "科目编码|>|>|科目名称|合计|基本支出|项目支出", "类|款|项|^|^|^|^", "205|5|1|学前教育|3|1|2")).Tables[0]
	if len(x.Rows) != 1 || x.Rows[0].Cells[0].Text != "20551" || len(x.Doubts) < 2 {
		t.Errorf("%s %v", said(x), x.Doubts)
	}
}

// TestPartsGoOn: what goes on on a further page is of the table before it, marked or without head.
func TestPartsGoOn(t *testing.T) {
	head := []string{"科目编码|科目名称|本年支出|>|>", "^|^|合计|基本支出|项目支出"}
	for name, second := range map[string]paper.Block{
		"marked":       drawn("政府性基金预算支出表（续表）", append(head, "20502|普通教育|3.00|1.00|2.00")...),
		"without head": drawn("", "20502|普通教育|3.00|1.00|2.00"),
	} {
		f := found(t, drawn("政府性基金预算支出表", append(head, "205|教育支出|3.00|1.00|2.00")...), second)
		if a, b := f.Tables[0], f.Tables[1]; b.Of != a || b.Spec != nil || said(a) != "二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00 / 20502|普通教育|3.00|1.00|2.00" {
			t.Errorf("%s: %s; %s", name, said(a), said(b))
		}
	}
}

// TestVast: what no office makes costs little.
func TestVast(t *testing.T) {
	x := &paper.Table{Columns: 1 << 30, Above: []paper.Paragraph{{Text: "政府性基金预算支出表"}}}
	for i := range 15000 {
		x.Rows = append(x.Rows, paper.Row{Number: i + 1, Cells: []paper.Cell{{Column: i % 300, Columns: 1 << 30, Rows: 1 << 30, Text: "205"}, {Column: 299, Columns: 1, Rows: 1, Text: "3.00"}}})
	}
	d := &paper.Document{}
	for range 5 {
		d.Blocks = append(d.Blocks, paper.Block{Table: x})
	}
	if f := recognise.Tables(toyPack(t), nil, d); len(f.Tables) != 5 {
		t.Errorf("%d tables", len(f.Tables))
	}
}

// TestSaid: year and name are those of titles, not of sentences that speak of last year.
func TestSaid(t *testing.T) {
	f := found(t, paragraph("平江县水利局2026年部门预算"), paragraph("预算代码：338001"), paragraph("2025年预算比2024年减少，2025年、2025年、2025年。"),
		drawn("2026年部门收支总表/编制部门：平江县水利局/单位：万元", "项目|预算数|项目|预算数", "一、财政拨款|3.00|一、教育支出|3.00"))
	if f.Year.Value != 2026 || f.Name.Value != "平江县水利局" || f.Code.Value != "338001" {
		t.Errorf("%v %v %v", f.Year, f.Name, f.Code)
	}
}

// TestManyTables: a form for each of many projects is no reason to leave any out; what is too many is counted.
func TestManyTables(t *testing.T) {
	one := drawn("", "车辆|3|100.00")
	for n, unseen := range map[int]int{600: 0, 5003: 3} {
		f := found(t, slices.Repeat([]paper.Block{one}, n)...)
		if len(f.Tables)+f.Unseen != n || f.Unseen != unseen {
			t.Errorf("of %d tables %d are looked at, %d said to be left", n, len(f.Tables), f.Unseen)
		}
	}
}

// TestOwnDepartmentIsNoName: of “本部门2026年部门预算” nobody is the name.
func TestOwnDepartmentIsNoName(t *testing.T) {
	if f := found(t, paragraph("纳入本部门2026年部门预算编制范围的单位共2个，包括：")); f.Name.Value != "" {
		t.Errorf("the department is %q", f.Name.Value)
	}
}
