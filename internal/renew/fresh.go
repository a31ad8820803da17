package renew

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// Fresh makes the files of a department that has none. Year 0 is left to be filled in; functional are the codes that
// examples are taken from.
func Fresh(p *pack.Pack, functional classify.Tree, template string, year int, code string) []File {
	running, general := exampleItems(functional)
	y, before := `"`+fill+`"`, `"`+fill+`"`
	if year != 0 {
		y, before = strconv.Itoa(year), strconv.Itoa(year-1)
	}
	unit := code + "001"
	if strings.Trim(code, "0123456789") != "" || code == "" {
		unit = fill
	}
	out := []File{
		{"assets.toml", []byte(assetsText)},
		{"basic.toml", fmt.Appendf(nil, basicText, running)},
		{"department.toml", append(fmt.Appendf(nil, departmentText, y, code, template), freshShow(p)...)},
		{"prior.toml", freshPrior(p, before)},
		{"projects.toml", fmt.Appendf(nil, projectsText, general)},
		{"revenue.toml", []byte(revenueText)},
		{"stated.toml", freshStated(p, running)},
		{"text.toml", freshText(p)},
		{"units.toml", fmt.Appendf(nil, unitsText, unit)},
	}
	if p.Asks("side", "政府采购") {
		out = append(out, File{"procurement.toml", []byte(procurementText)})
	}
	if len(p.Forms) > 0 {
		out = append(out, File{"performance/README.md", freshForms(p)})
	}
	for i := range out {
		out[i] = onlyUsed(p, File{out[i].Path, []byte(tellFields(p, string(out[i].Data)))})
	}
	return out
}

// Bare are files without their comments, but for those with a mark that something is to be looked at: what Fresh tells authors of
// TOML is nothing that a workbook should show as their remarks.
func Bare(files []File) []File {
	var out []File
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".toml") {
			f.Data = bare(f)
		}
		out = append(out, f)
	}
	return out
}

func bare(f File) []byte {
	parsed, _ := source.Parse(f.Path, f.Data)
	var out []byte
	at := 0
	for _, s := range parsed.Stretches() {
		text := parsed.Source[s.Start:s.End]
		alone := len(bytes.TrimSpace(parsed.Source[bytes.LastIndexByte(parsed.Source[:s.Start], '\n')+1:s.Start])) == 0
		if !s.Comment || bytes.Contains(text, []byte(review)) && !alone {
			continue
		}
		out = append(out, bytes.TrimRight(parsed.Source[at:s.Start], " \t")...)
		at = s.End
	}
	return append(out, parsed.Source[at:]...)
}

// freshShow tells of the parts that are printed only where they are asked for.
func freshShow(p *pack.Pack) string {
	names := p.Optionals()
	if len(names) == 0 {
		return ""
	}
	return "\n# 模板另有可以加印的部分，要印的去掉下一行开头的 #\n# show = [\"" + strings.Join(names, "\", \"") + "\"]\n"
}

// exampleItems are two items that most departments have, 行政运行 and 一般行政管理事务, of one group of the catalogue.
func exampleItems(t classify.Tree) (running, general string) {
	for _, c := range t.Codes() {
		group, ok := strings.CutSuffix(c, "01")
		if name, _ := t.Name(c); !ok || t.Level(c) != 3 || name != "行政运行" {
			continue
		}
		if _, ok := t.Name(group + "02"); ok {
			return c, group + "02"
		}
	}
	return fill, fill
}

const departmentText = `# 部门基本信息
# 不想改文本文件的：yusuan sheet 数据目录 -o 填报表.xlsx 转成电子表格，用 WPS 或 Excel 填，填好再写回来。
# 填什么：年度、部门代码、全称和简称、公开日期、主要职责。写着“请填”的都要填。
# 怎么填：文字写在英文引号 "" 里，日期写成 2026-02-10；# 之后是说明，不会印出来，
#   但是随数据一起公开（生成的 PDF 里带着全部数据文件），不要写姓名、电话、身份证号码；下面可以设定不带。
# 核对：yusuan check 数据目录，会列出还没有填的和填错的。

[department]
year       = %s
code       = "%s"
name       = "请填"   # 全称：标题和正文用
short_name = "请填"   # 简称：表内用
template   = "%s"
date       = "请填"   # 公开日期：例如 2026-02-10
# 还可以填的，去掉行首的 # 再填：
<另填 department>

# 主要职责：一条职责一段，用 ''' 括起来，段后加逗号；序号由程序编排，不用填。
duties = [
'''
请填。''',
]
`

const unitsText = `# 预算单位
# 填什么：每个预算单位一段，以 [[unit]] 开头。
<填 unit>

[[unit]]
code         = "%s"   # 单位代码【请核对】
name         = "请填"
kind         = "请填"
headquarters = true
`

const basicText = `# 基本支出
# 填什么：一行一笔，写明功能科目（项，7位）、经济科目（款，5位）和金额；行末的逗号不能少。
# 怎么填：金额不加千分撇；单位由 amount_unit 说明，可以是 元、万元。
<填 basic>
# 科目目录里没有的科目，每个写一段 [[code]]；目录里有的编码不要改作别的科目。
<填 code>
# 手头只有两张合计表、没有功能科目和经济科目交叉数的，不填下面的 basic，改填两张清单，两边合计要相等：
#   basic_by_function = [ { function = "功能科目", personnel = 人员经费, public = 公用经费 }, ]
#   basic_by_economic = [ { economic = "经济科目", amount = 金额 }, ]

amount_unit = "元"

basic = [
  { function = "%s", economic = "30101", amount = "请填" }, # 行政运行　基本工资【请核对】
]
`

const projectsText = `# 项目支出
# 填什么：每个项目一段，以 [[project]] 开头。没有项目的，整段删去。
<填 project>
# 项目名称在一个单位里不能相同；两个单位可以有同名的项目。
# 一个项目有几种资金、几个科目的，不写 fund、function，在这个项目下面逐笔写 [[project.line]]（amount 是它们的合计）：
<填 project.line>
# 只有一部分用于采购的，procurement 不写在项目上：逐笔写 [[project.line]]，采购的那一笔写 procurement，另一笔不写；
# 或者写在 procurement.toml 里。一个项目只用一种写法。购买服务（service_purchase）只有一部分的，也逐笔写。
# 基本支出、项目支出以外的支出，每笔写一段 [[other]]：
<填 other>

amount_unit = "元"

[[project]]
name     = "请填"
function = "%s"   # 【请核对】
amount   = "请填"
purpose  = "请填。"
`

const revenueText = `# 收入和结转结余
# 填什么：收入不用填，程序逐单位、逐资金推算：收入＝支出＋年终结转结余－上年结转结余。
#   有上年结转、年终结转的，每个单位、每种资金写一段 [[carryover]]：
<填 carryover>
# 要程序核对收入的，每个来源写一段 [[revenue]]，与推算的不符就报错：
<填 revenue>
# 用得着的，删去行首的 # 再填。

amount_unit = "元"

# [[carryover]]
# unit = "请填"
# fund = "一般公共预算"
# in   = "请填"   # 上年结转结余
# out  = "请填"   # 年终结转结余

# [[revenue]]
# unit   = "请填"
# source = "事业收入"
# amount = "请填"
`

const assetsText = `# 国有资产占有使用情况
# 填什么：统计日期写在 department.toml 的 assets_as_of，车辆、设备都没有的只填统计日期。
# 车辆按用途各写一段 [[vehicle]]，没有的不写：
<填 vehicle>
# 单价100万元以上的设备按名称各写一段 [[equipment]]，没有的不写：
<填 equipment>
# 用得着的，删去行首的 # 再填。

# [[vehicle]]
# unit   = "请填"
# use    = "请填"
# count  = 1
# bought = 0

# [[equipment]]
# unit  = "请填"
# name  = "请填"
# count = 1
`

const procurementText = `# 政府采购清单
# 填什么：采购的每样东西写一段 [[procurement]]。这里的钱已经在支出里，只说明其中多少用于采购。
<填 procurement>
# 一个项目只有一部分用于采购的，在这里写采购的那一部分；各笔之和不大于项目的本年预算。
# 项目上写了 procurement（全部采购）的，不再写在这里。
# 用得着的，删去行首的 # 再填。

amount_unit = "元"

# [[procurement]]
# project = "请填"
# class   = "货物"
# item    = "请填"
# amount  = "请填"
`

// freshPrior asks for the figures that the pack compares with.
func freshPrior(p *pack.Pack, year string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `# 上年数
# 填什么：照上年公开的部门预算填，没有的填 0。有上年的数据目录时，本文件可以删去。

amount_unit = "万元"

[prior]
year = %s

[prior.figures]
`, year)
	for _, name := range p.FigureNames {
		if f := p.Figures[name]; f.Prior && f.By == "" {
			fmt.Fprintf(&b, "%s = %q   # %s\n", name, fill, f.Title)
		}
	}
	for _, name := range p.FigureNames {
		if f := p.Figures[name]; f.Prior && f.By != "" {
			fmt.Fprintf(&b, "# \"%s.%s\" = %q   # %s，每项一行\n", name, partExample(f.By), fill, f.Title)
		}
	}
	if len(p.Forms) > 0 {
		fmt.Fprintf(&b, "\n# 近两年收支，绩效表用；去掉行首的 # 再填，一年写一段\n# [[history]]\n# year    = %s\n# basic   = %q   # 基本支出\n# project = %q   # 项目支出\n", year, fill, fill)
	}
	return []byte(b.String())
}

// partExample is a part of a dimension, as a key shows it.
func partExample(by string) string {
	d, _ := budget.FindDimension(by)
	switch {
	case d.Key == "function":
		return "2010301"[:d.Digits]
	case d.Key == "economic":
		return "30201"[:d.Digits]
	case d.Name == "project":
		return "项目名称" // 单位代码/项目名称 where several units have one of it
	case d.Name == "unit":
		return "单位代码"
	}
	return "分项"
}

// freshText lists the texts that the pack takes.
func freshText(p *pack.Pack) []byte {
	var b strings.Builder
	b.WriteString(`# 情况说明中的文字
# 填什么：只填原因和内容，不写金额和百分比，这些由程序算出后印在前面；句末不加句号。
# 用得着的，删去行首的 # 再填。

[text]
`)
	for _, s := range p.Slots {
		if s.By != "" {
			fmt.Fprintf(&b, "# \"%s.%s\" = %q   # %s，每项一行\n", s.Key, partExample(s.By), fill, s.Title)
			continue
		}
		lead := "# "
		if s.Required {
			lead = ""
		}
		fmt.Fprintf(&b, "%s%s = %q   # %s\n", lead, s.Key, fill, s.Title)
	}
	if p.Prints("glossary.term") {
		b.WriteString(glossaryText)
	}
	return []byte(b.String())
}

const formLists = "\n目标、指标、支出明细、采购写在同一个文件里 `[form.fields]` 的下面，有几条写几段，没有的不写；金额按文件开头的 amount_unit，不写是元：\n"

// freshFormLists shows an entry of each list that forms have.
func freshFormLists(p *pack.Pack) string {
	var entries []string
	t := teller{p, map[string]bool{}}
	for _, x := range budget.Tables() {
		if strings.HasPrefix(x.Name, "form.") && x.Repeated {
			entries = append(entries, t.example(&x))
		}
	}
	return usedLists(p, formLists+"\n```toml\n"+strings.Join(entries, "\n")+"```\n")
}

const glossaryText = `
# 名词解释：模板没有的名词每个写一段 [[glossary]]；与模板同名的，以这里的为准。
<填 glossary>

# [[glossary]]
# term = "请填"
# text = "请填。"
`

// freshForms tells which performance forms there are and what they ask for.
func freshForms(p *pack.Pack) []byte {
	var b strings.Builder
	b.WriteString("# 绩效目标表怎样填\n\n每张表一个 .toml 文件，放在这个目录里，以 `[[form]]` 开头：\n")
	kinds := make([]string, 0, len(p.Forms))
	for k := range p.Forms {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		f := p.Forms[k]
		fmt.Fprintf(&b, "\n```toml\n[[form]]\nkind = %q\n", f.Kind)
		if f.Scope == pack.ScopeProject {
			fmt.Fprintf(&b, "project = %q   # projects.toml 里的项目名称；几个单位有同名项目的，加一行 unit = \"单位代码\"\n", fill)
		}
		b.WriteString("\n[form.fields]\n")
		for _, x := range f.Fields {
			fmt.Fprintf(&b, "%s = %q   # %s", x.Key, fill, x.Title)
			if x.Options != nil {
				b.WriteString("：" + strings.Join(x.Options, "、"))
			}
			b.WriteString("\n")
		}
		b.WriteString("```\n")
	}
	b.WriteString(freshFormLists(p))
	return []byte(b.String())
}
