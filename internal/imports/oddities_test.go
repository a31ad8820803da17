package imports_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
	"yusuan/internal/source"
)

// filled is a sheet as people fill in what an office hands out: codes as numbers beside codes as texts, with and without their
// 0, digits of every kind, words for nothing, and a colon of the wrong width.
const filled = `2026年部门基本支出预算表|<|<|<|<|<|<|<|<
编制部门：青禾区水务局||||||||单位:元
功能分类科目编码|<|<|功能分类科目名称|经济分类科目编码|<|一般公共预算|政府性基金预算|合计
类|款|项|^|类|款|^|^|^
#205|||教育支出|||#120000.5|…|#120000.5
#205|02||普通教育|||#120000.5|—|#120000.5
#205|02|05|高等教育|#301|#1|120,000.50|—|#120000.5
208|#5|#5| 机关事业单位基本养老保险缴费支出|301|08|７５００．２５|无|７，５００．２５
…|||…||||…|
合计|<|<|<|||#127500.75|无|#127500.75`

// filledIn is what filled says, on a sheet of a name.
func filledIn(sheet string) string {
	return `{ function = "2050205", economic = "30101", amount = 120000.5 }
{ function = "2080505", economic = "30108", amount = 7500.25 }
amount 120000.5 at ` + sheet + `!G7
amount 7500.25 at ` + sheet + "!G8\n"
}

const filledShow = "认得 2 行，跳过合计 3 行（相符 3）"

// oddity is a file as an office sends it.
type oddity struct {
	name, file string
	raw        []byte
	format     grid.Format
	entries    string            // that are made of it, and where their amounts and values stand: all
	told       string            // all
	totals     string            // that the file has no usable result of: all
	cells      map[string]string // of the first sheet
	show       []string          // among others
}

func oddities(t *testing.T) []oddity {
	gbk, wide := simplifiedchinese.GBK, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	form := page{name: "基本支出 ", drawing: filled} // the blank at the end is part of the name
	overlapping := form
	overlapping.merges = "A3:C4 D3:G3 E4:F4 H3:I4"
	full := filledIn(form.name)
	return []oddity{
		{name: "codes and digits of every kind", file: "a.xlsx", raw: asXLSX(t, form), format: grid.XLSX, entries: full, show: []string{filledShow, "没有金额的行 1 行"}},
		{name: "overlapping merged ranges", file: "a.xlsx", raw: asXLSX(t, overlapping), format: grid.XLSX, entries: full, show: []string{filledShow}},
		{name: "BIFF8", file: "a.xls", raw: asXLS(t, form), format: grid.XLS, entries: full, show: []string{filledShow}},
		{name: "BIFF8 that is called xlsx", file: "a.xlsx", raw: asXLS(t, form), format: grid.XLS, entries: full, show: []string{filledShow}},
		{name: "xlsx that is called xls", file: "a.xls", raw: asXLSX(t, form), format: grid.XLSX, entries: full, show: []string{filledShow}},
		{name: "SpreadsheetML, all numbers texts", file: "a.xls", raw: asML(t, form), format: grid.SpreadsheetML, entries: full, show: []string{filledShow}},
		{name: "a row struck through, and one of whose cells one is", file: "a.xls", format: grid.SpreadsheetML, entries: full,
			raw:  struckML(asML(t, form), "高等教育", "208"),
			show: []string{filledShow, "1 行划着删除线，照读：第 7 行"}},
		{name: "HTML in GB2312", file: "a.xls", raw: encodedAs(t, gbk, asHTML(form)), format: grid.HTML, entries: filledIn(""), show: []string{filledShow}},
		{name: "tabs in GBK", file: "a.xls", raw: encodedAs(t, gbk, asTabs(form)), format: grid.Tabs, entries: filledIn(""), show: []string{filledShow}},
		{name: "tabs in UTF-16", file: "a.xls", raw: encodedAs(t, wide, asTabs(form)), format: grid.Tabs, entries: filledIn(""), show: []string{filledShow}},
		{name: "a sheet of an office, BIFF8", file: "a.xls", raw: readFile(t, "../../testdata/grid/office.xls"), format: grid.XLS, entries: "",
			told: "警告 表格-025 D7 “预算数”这一格不是金额\n警告 表格-027 D8 第 8 行“合计”的“预算数”与它的 4 行明细之和不符 [46,719,500.00元|1,246,718,500.00元|-1,199,999,000.00元]\n警告 表格-025 D9 “预算数”这一格不是金额\n提示 表格-031  工作表“去年”是隐藏的，没有读\n",
			show: []string{"只用来核对，不导入：认得 2 行", "1 行是隐藏的（筛选也会隐藏），照读"}},
		{name: "totals stored as 0", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "3.15 基本", drawing: `
2026年基本支出表|<|<|<|<
|||编制部门：青禾区水务局|单位：元
功能科目|经济科目|资金性质|金额|合计
213 农林水支出|||=0|=0
2130301 行政运行|30101 基本工资|一般公共预算|#1543693.26|=0
2130301 行政运行|30102 津贴补贴|一般公共预算|#96600.2|=0
2130305 水利工程建设|30201 办公费|一般公共预算|#0|=0
小计|||#0|=0
合计|||=0|=0`}, page{name: "收支", drawing: `
2026年收支预算总表|<|<|<
|||单位：元
本年收入|<|本年支出|<
项目|预算数|项目|预算数
一、财政拨款收入|#1640293.46|一、农林水支出|#1543693.26
1.一般公共预算|#1640293.46|二、住房保障支出|#96600.2
2.政府性基金预算|#0||
收入总计|=0|支出总计|=0`}),
			entries: `{ function = "2130301", economic = "30101", amount = 1543693.26 }
{ function = "2130301", economic = "30102", amount = 96600.2 }
amount 1543693.26 at 3.15 基本!D5
amount 96600.2 at 3.15 基本!D6
`,
			told: "提示 表格-032 A3 2 张工作表有 5 行合计在文件里是 0 或者没有存计算结果，已按明细重算：3.15 基本 3 行、收支 2 行\n",
			totals: `农林水支出 1640293.46 at D4
农林水支出 1640293.46 at E4
小计 1640293.46 at D8
小计 1640293.46 at E8
合计 1640293.46 at D9
合计 1640293.46 at E9
收入总计 1640293.46 at B8
支出总计 1640293.46 at D8
`,
			show: []string{"认得 2 行，跳过合计 3 行（相符 0，文件里没有结果、重算 3）", "认得 5 个数，跳过合计 2 行（相符 0，文件里没有结果、重算 2）"}},
		{name: "formulas without results", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "基本", drawing: `
一般公共预算基本支出表 单位：元
功能科目|经济科目|金额
2130301|30101|#100
2130301|30102|=
合计||=`}),
			entries: "{ function = \"2130301\", economic = \"30101\", amount = 100 }\namount 100 at 基本!C3\n",
			told:    "错误 表格-025 C4 “金额”这一格是公式，文件里没有它的结果\n提示 表格-032 A2 工作表“基本”有 1 行合计在文件里是 0 或者没有存计算结果，已按明细重算\n",
			totals:  "合计 100 at C5\n"},
		{name: "an error for an amount", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "基本", drawing: `
一般公共预算基本支出表 单位：元
功能科目|经济科目|金额
2130301|30101|#100
2130301|30102|!#REF!`}),
			entries: "{ function = \"2130301\", economic = \"30101\", amount = 100 }\namount 100 at 基本!C3\n",
			told:    "错误 表格-025 C4 “金额”这一格不是金额\n"},
		{name: "errors in a row of sums, in a code, where nothing is said", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "基本", drawing: `
一般公共预算基本支出表 单位：元
功能科目|经济科目|人员经费|公用经费|合计|备注
2130301|30101|#100||!#VALUE!|!#REF!
!#N/A|30201||#7|#7|
2130301|!#NAME?|见附件||#0|
小计||#100|!#REF!|#107|
合计||!#REF!|#7|!#DIV/0!|`}),
			entries: "{ function = \"2130301\", economic = \"30101\", amount = 100, nature = \"人员经费\" }\namount 100 at 基本!C3\n",
			told: `错误 表格-025 A4 “功能科目”这一格是错误值
错误 表格-025 B5 “经济科目”这一格是错误值
错误 表格-025 C5 “人员经费”这一格不是金额
警告 表格-025 E3 “合计”这一格不是金额，没有与各列之和核对
警告 表格-025 D6 第 6 行“小计”的“公用经费”不是金额，这一格合计没有核对
警告 表格-025 C7 第 7 行“合计”的“人员经费”不是金额，这一格合计没有核对
警告 表格-025 E7 第 7 行“合计”的“合计”不是金额，这一格合计没有核对
`,
			show: []string{"跳过合计 2 行（相符 0，格里不是数、没有核对 2）", "没有带入的列：备注"}},
		{name: "errors in figures that are only held against others", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "收支", drawing: `
2026年收支预算总表|<|<|<
|||单位：元
项目|预算数|项目|预算数
一、财政拨款收入|#5|一、农林水支出|!#REF!
收入总计|!#REF!|支出总计|#5`}),
			told: "警告 表格-025 D4 “预算数”这一格不是金额\n警告 表格-025 B5 第 5 行“收入总计”的“预算数”不是金额，这一格合计没有核对\n警告 表格-027 D5 “支出总计”与它上面各项之和不符 [5.00元|0.00元|5.00元]\n"},
		{name: "an error among indicators and cars", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "绩效", drawing: `
2026年项目绩效目标表
项目名称|一级指标|二级指标|三级指标|指标值
河道巡查|产出指标|数量指标|巡查河段|!#REF!
河道巡查|产出指标|!#N/A|!#N/A|≥5段`}, page{name: "车辆", drawing: `
公务用车情况表
车辆用途|数量
机要通信用车|!#REF!`}),
			told: "错误 表格-025 E3 “指标值”这一格是错误值\n错误 表格-025 C4 “二级指标”这一格是错误值\n错误 表格-025 D4 “三级指标”这一格是错误值\n错误 表格-025 B3 “数量”这一格是错误值\n警告 表格-029 E4 这一行有指标值，没有三级指标，没有带入\n"},
		{name: "a hidden column, a hidden sheet, a blank in IS", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t,
			page{name: "基本", column: "D", drawing: `
一般公共预算基本支出表 单位：元
功能科目|经济科目|备注|金额
2130301|30101|x|#100` + strings.Repeat("|", 249) + " "},
			page{name: "去年", hidden: true, drawing: `
一般公共预算基本支出表 单位：元
功能科目|经济科目|金额
2130301|30101|#999`}),
			entries: "{ function = \"2130301\", economic = \"30101\", amount = 100 }\namount 100 at 基本!D3\n",
			told:    "提示 表格-031  工作表“去年”是隐藏的，没有读\n",
			cells:   map[string]string{"IS3": " "},
			show:    []string{"D 列“金额”是隐藏的，照读（1 格有内容）", "没有导入的工作表：去年（工作表是隐藏的，没有读）"}},
		{name: "hidden columns below merged heads, content below merged ranges and beside the table", file: "a.xlsx", format: grid.XLSX,
			raw: asXLSX(t, page{name: "基本", column: "D E G", merges: "A6:B6", drawing: `
一般公共预算基本支出表|<|单位：元
功能科目|经济科目|金额|<|备注||
^|^|人员经费|公用经费|^||
2130301|30101|#100||||
2130301|30201||#7|甲||旁边
合计|盖住的|#100|#7||
||||||下面`}),
			entries: `{ function = "2130301", economic = "30101", amount = 100, nature = "人员经费" }
{ function = "2130301", economic = "30201", amount = 7, nature = "公用经费" }
amount 100 at 基本!C4
amount 7 at 基本!D5
`,
			show: []string{"D 列“金额/公用经费”是隐藏的，照读（2 格有内容）", "E 列“备注”是隐藏的，没有带入（1 格有内容）",
				"合并的格盖住了 1 格的内容，盖住的没有读：B6", "G 列没有列头，是隐藏的，有内容的格 2 个，没有读"}},
		{name: "万元 behind a narrow colon", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "基本", drawing: `
一般公共预算基本支出表||
||单位:万元
功能科目|经济科目|金额
2130301|30101|#21.56`}),
			entries: "{ function = \"2130301\", economic = \"30101\", amount = 215600 }\namount 215600 at 基本!C4\n", show: []string{"金额单位：万元（表上方）"}},
		{name: "single figures in 万元", file: "a.xlsx", format: grid.XLSX, raw: asXLSX(t, page{name: "三公 ", drawing: `
“三公”经费和机关运行经费预算表|<|<|<|<|<|<
||||||单位:万元
“三公”经费预算数|<|<|<|<|<|机关运行经费预算数
合计|因公出国(境)费|公务接待费|公务用车购置及运行费|<|<|^
^|^|^|小计|购置费|运行费|^
=0|#0|#1.35|=0|#15|#21.56|#464.64`}),
			totals: "合计 379100 at A6\n小计 365600 at D6\n", show: []string{"由程序计算，不导入：认得 7 个数", "金额单位：万元（表上方）"}},
		{name: "a form in SpreadsheetML, places by index", file: "a.xls", format: grid.SpreadsheetML, raw: asML(t, page{name: "绩效", drawing: `
项目支出绩效目标表|<|<|<|<
（2026年度）|<|<|<|<
项目名称|<|河道巡查|<|<
项目资金（万元）|<|年度资金总额|1084.00|<
^|^|其中：财政拨款|1000.00|<

一级指标|二级指标|三级指标||指标值
产出指标|数量指标|巡查河段||≥12段`}),
			entries: "value ≥12段 at 绩效!E8\n", cells: map[string]string{"C4": "年度资金总额", "D4": "1084.00", "D5": "1000.00", "A4": "项目资金（万元）", "B5": ""}},
		{name: "no unit of money", file: "a.xls", format: grid.Tabs, raw: encodedAs(t, gbk, asTabs(page{drawing: `
科目编码|科目名称|经济科目|一般公共预算
2130301|行政运行|30101|8,726.44`})),
			told: "错误 表格-023 A1 表的列头、表的上方和数字格式都没有写金额的单位，没有导入“一般公共预算”等列\n", show: []string{"没有导入：不知道金额的单位"}},
		{name: "heads that are of no table", file: "a.xls", format: grid.SpreadsheetML, raw: asML(t, page{name: "空的目标表", drawing: `
项目支出绩效目标表|<|<

一级指标||指标值`}),
			told: "警告 表格-022 A3 工作表“空的目标表”像是有表头，认不出是什么表，没有读\n"},
	}
}

// TestOddities goes the whole way for the oddities of files that offices send: from bytes under a name to the entries of a new
// folder, in 元 and each with its cell, or to the words that are said instead.
func TestOddities(t *testing.T) {
	for _, c := range oddities(t) {
		t.Run(c.name, func(t *testing.T) {
			b, err := grid.Read(c.file, c.raw)
			must(t, err)
			if b.Format != c.format {
				t.Errorf("it is %s, want %s", b.Format, c.format)
			}
			for name, want := range c.cells {
				row, column, _ := grid.Place(name)
				if got := b.Sheets[0].At(row, column).Text; got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			u, diags := imports.Understand(imports.Input{Files: []imports.File{{Name: c.file, Book: b}}, Words: listed(t), Catalogue: catalogue(t),
				Units: []imports.UnitName{{Code: "036001", Name: "青禾区水务局"}}})
			if got := found(diags); got != c.told {
				t.Errorf("told:\n%swant:\n%s", got, c.told)
			}
			if got := entries(t, u); got != c.entries {
				t.Errorf("entries:\n%swant:\n%s", got, c.entries)
			}
			accounted(t, u)
			var totals, show strings.Builder
			for _, x := range u.Totals {
				if x.Unstored {
					cell, _ := x.At.In.Cell()
					fmt.Fprintf(&totals, "%s %s at %s\n", x.Label, x.Amount, cell.Name)
				}
			}
			if totals.String() != c.totals {
				t.Errorf("totals made anew:\n%swant:\n%s", totals.String(), c.totals)
			}
			must(t, u.Write(&show, false))
			for _, want := range c.show {
				if !strings.Contains(show.String(), want) {
					t.Errorf("the show does not say %q:\n%s", want, show.String())
				}
			}
		})
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	must(t, err)
	return raw
}

// entries are the lines of a new folder that have amounts in 元, and where its amounts and values stand in the export.
func entries(t *testing.T, u *imports.Understood) string {
	t.Helper()
	f := imports.Folder{Lists: budget.StandardLists(), Fresh: true, Forms: []imports.FormKind{{Kind: "项目表", Project: true}}}
	for _, x := range [][2]string{
		{"basic.toml", "amount_unit = \"元\"\n\nbasic = [\n  { function = \"2010301\", economic = \"30101\", amount = \"请填\" },\n]\n"},
		{"department.toml", "[department]\nyear = 2026\nname = \"青禾区水务局\"\n"},
		{"projects.toml", "[[project]]\nname = \"请填\"\namount = \"请填\"\n"},
		{"units.toml", "[[unit]]\ncode = \"036001\"\nname = \"青禾区水务局\"\n"},
	} {
		parsed, diags := source.Parse(x[0], []byte(x[1]))
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		f.Files = append(f.Files, parsed)
	}
	p, _, err := imports.NewPlan(u, f)
	must(t, err)
	var s strings.Builder
	for _, x := range p.Edited {
		for line := range strings.Lines(string(x.After)) {
			if line, _, _ = strings.Cut(strings.TrimSpace(line), ", #"); x.Path == "basic.toml" && strings.Contains(line, "amount = ") {
				s.WriteString(strings.TrimSuffix(line, ",") + "\n")
			}
		}
	}
	for _, x := range p.Places {
		if x.Field == "amount" || x.Field == "value" {
			fmt.Fprintf(&s, "%s %s at %s!%s\n", x.Field, x.Value, x.Sheet, x.Cell)
		}
	}
	return s.String()
}
