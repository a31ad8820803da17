package source

import (
	"strings"
	"testing"
)

// ledger is a schema with the tables that misplaced lines belong to.
type ledger struct {
	Office struct {
		Name String `toml:"name,required" zh:"名称"`
		Year Int    `toml:"year" zh:"年度"`
	} `toml:"office,required" zh:"机构"`
	Rows     []ledgerRow `toml:"row" zh:"明细" rows:"leaves"`
	Projects []struct {
		Name   String      `toml:"name,required" zh:"名称"`
		Amount Amount      `toml:"amount,required" zh:"金额"`
		Parts  []ledgerRow `toml:"part" zh:"分项" rows:"leaves"`
		Note   String      `toml:"note" zh:"说明"`
	} `toml:"project" zh:"项目" rows:"leaves"`
	Stated []struct {
		Figure String `toml:"figure" zh:"名称"`
		Amount Amount `toml:"amount" zh:"金额"`
	} `toml:"stated" zh:"填报合计"`
}

type ledgerRow struct {
	Code   String `toml:"code,required" zh:"编码"`
	Amount Amount `toml:"amount,required" zh:"金额"`
	Note   String `toml:"note" zh:"说明"`
}

// said is the findings of a text with their hints and notes, one a line.
func said(t *testing.T, text string) string {
	t.Helper()
	f, diags := Parse("f.toml", []byte(text))
	var into ledger
	diags.Append(Decode([]*File{f}, &into))
	var b strings.Builder
	for _, x := range diags.Sorted() {
		b.WriteString(strings.TrimPrefix(x.At.String(), "f.toml:") + " " + x.Rule + " " + x.Message)
		for _, n := range x.Notes {
			b.WriteString(" | " + n.Text)
		}
		b.WriteString(" | " + x.Hint + "\n")
	}
	return b.String()
}

const office = "[office]\nname = \"水务局\"\n"

// TestMisplacedLines: what a slip of copying leaves behind is said once, with what to write.
func TestMisplacedLines(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"header of the second entry", office + "[[project]]\nname = \"甲\"\namount = 1\n\nname = \"乙\"\namount = 2\nnote = '''\nname = 3\n'''\n[[project]]\nname = \"丙\"\namount = 3\n",
			"7:1 文件-015 第7行起像是另一个“项目”，上面少了一行 [[project]] | 在这一行上面补上 [[project]]\n"},
		{"headers of two entries", office + "[[project]]\nname = \"甲\"\namount = 1\nname = \"乙\"\namount = 2\nname = \"丙\"\namount = 3\n",
			"6:1 文件-015 第6行起像是另一个“项目”，上面少了一行 [[project]] | 在这一行上面补上 [[project]]\n" +
				"8:1 文件-015 第8行起像是另一个“项目”，上面少了一行 [[project]] | 在这一行上面补上 [[project]]\n"},
		{"header of the first entry", "name = \"甲\"\namount = 1\nnote = \"x\"\n[[project]]\nname = \"乙\"\namount = 2\n" + office,
			"1:1 文件-015 第1行起像是另一个“项目”，上面少了一行 [[project]] | 在这一行上面补上 [[project]]\n"},
		{"header after another table", office + "[[stated]]\nfigure = \"total\"\namount = 1\nname = \"乙\"\nnote = \"x\"\n",
			"6:1 文件-015 第6行起像是另一个“项目”，上面少了一行 [[project]] | 在这一行上面补上 [[project]]\n"},
		{"header of a single table", "name = \"甲\"\nyear = 2026\n",
			"1:1 文件-015 第1行起像是另一个“机构”，上面少了一行 [office] | 在这一行上面补上 [office]\n"},
		{"a key twice is no entry", office + "[[project]]\nname = \"甲\"\namount = 1\namount = 2\n",
			"6:1 文件-009 同一个键或表写了两次 | 删去其中一个；可以有多个的表用两层方括号 [[名称]]\n"},

		{"rows with tabs", "row = [\n  { code = \"30101\", amount = 1 },\n科目\t金额\n30102\t津贴补贴\t1,234.50\t\n合计\t\t9\n]\n" + office,
			"3:1 文件-014 从这一行起的 3 行像是从表格粘来的，要写成键和值 | { code = \"30102\", amount = 1234.50 }，行末加英文逗号 | " +
				"（删去这一行；合计、小计行不填，由程序计算） | 每一行都写成这样：{ code = …, amount = … }，行末加英文逗号\n"},
		{"a sum alone", "row = [\n合计\t9\n]\n" + office,
			"2:1 文件-014 这一行像是从表格粘来的 | 删去；合计、小计行不填，由程序计算\n"},
		{"a sum in front", "row = [\n合计\t9\n30102\t9\n]\n" + office,
			"2:1 文件-014 从这一行起的 2 行像是从表格粘来的，要写成键和值 | （删去这一行；合计、小计行不填，由程序计算） | " +
				"每一行都写成这样：{ code = \"30102\", amount = 9 }，行末加英文逗号\n"},
		{"row into an empty list", "row = [\n30102\t1234.50\n]\n" + office,
			"2:1 文件-014 这一行像是从表格粘来的，要写成键和值 | 写成 { code = \"30102\", amount = 1234.50 }，行末加英文逗号\n"},
		{"row below entries with headers", office + "[[row]]\ncode = \"30101\"\namount = 1\n30102\t2\n",
			"6:1 文件-014 这一行像是从表格粘来的，要写成键和值 | 写成 [[row]] 一段，下面各占一行：code = \"30102\"；amount = 2\n"},
		{"row with blanks", "row = [\n 30102 1234.50\n]\n" + office,
			"2:2 文件-014 这一行像是从表格粘来的，要写成键和值 | 写成 { code = \"30102\", amount = 1234.50 }，行末加英文逗号\n"},

		{"no comma at a row's end", "row = [\n  { code = \"30101\", amount = 1 } # 工资\n  { code = \"30102\", amount = 2 }\n\n  { code = \"30103\", amount = 3 }\n]\n" + office,
			"2:3 文件-009 这一行的末尾少了逗号 | 在行末的 } 后面补上英文逗号\n3:3 文件-009 这一行的末尾少了逗号 | 在行末的 } 后面补上英文逗号\n"},
		{"sums", office + "[[project]]\nname = \"合　计\"\namount = 9\n[[project]]\nname = \"甲\"\namount = 9\npart = [{ code = \"小计\", amount = 9 }]\n[[stated]]\nfigure = \"支出合计\"\namount = 9\n",
			"4:8 填报-018 这是“合　计”一行：合计、小计行不填，由程序计算 | 删去这一行；要核对合计的，写在 [[stated]] 里\n" +
				"9:18 填报-018 这是“小计”一行：合计、小计行不填，由程序计算 | 删去这一行；要核对合计的，写在 [[stated]] 里\n"},
		{"no table that is required", "[[row]]\ncode = \"30101\"\namount = 1\n",
			". 填报-003 没有 office.toml，别的文件里也没有 [office] 这一段 | 补上这个文件，第一行写 [office]；新建数据目录用 yusuan new\n"},
	} {
		if got := said(t, c.text); got != c.want {
			t.Errorf("%s:\n%s--- want\n%s", c.name, got, c.want)
		}
	}
}

// TestCellsOf: lines that are no rows of a spreadsheet stay what they are.
func TestCellsOf(t *testing.T) {
	for line, want := range map[string]int{
		"2010399\t30101\t1170000": 3, "甲\t乙": 2, "2010399 30101 1,170,000.00": 3, "\"甲\",\t\"乙\",": 0, "1, 2, 3": 0, "2025,": 0,
		"a = 1\t": 0, "]": 0, "# 说明\t一": 0, "这一行是说明": 0, "甲 乙": 0,
	} {
		if got := cellsOf([]byte(line)); len(got) != want {
			t.Errorf("%q has cells %q, want %d", line, got, want)
		}
	}
}
