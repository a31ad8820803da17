package opendata

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// about is what a document says of itself.
func (w *writer) about() *about {
	p := &about{name: asciiWords("yusuan-" + w.code + "-" + w.year), title: w.Tree.Title, generator: w.Program, year: w.year, publishers: []string{w.name},
		summary: "《" + w.Tree.Title + "》的开放数据：每一笔收支、科目和项目、绩效指标、各表和印出的每个数。"}
	if !w.Tree.Date.IsZero() {
		p.published = w.Tree.Date.Format("2006-01-02")
	}
	p.notes = ownNotes()
	return p
}

// ownNotes are what is to be known of every package.
func ownNotes() []string {
	return []string{
		"line_id 等识别名里的号是按内容排列的次序：数据文件里各笔换了位置，号不变；增减了笔，后面的号会变。figures.csv 里表中各数的识别名各年不变。",
		"lines.csv 是预算的每一笔，各笔不重复。lines_by_economic.csv、procurement.csv 说的是其中的钱，不与它相加。",
		"figures.csv 的 lines 写着这个数由哪些笔相加，写在一起的条件都要符合：" + conditionsMean,
		"部门的文字说明、资产、绩效表里其他栏目的文字不在这里，见公开的文件。",
	}
}

// conditionsMean is what the conditions of the column lines ask, by columns of the other files.
const conditionsMean = "side 收支（不写是支出；有 procurement、item、organization、reserved 的是 procurement.csv 里的政府采购），fund 资金性质（也写 funds.csv 的 group），" +
	"kind 支出类别，nature 经费性质，function、economic 科目编码的前几位，unit 单位代码，unitkind 单位性质，project 项目名称，procurement 政府采购类别，" +
	"purchase 政府购买服务类别，carried 上年结转安排，item 采购物品名称，organization 采购组织形式，reserved 预留对象，goals 编报绩效目标。" +
	"“,”隔开的符合一个就行，“!=”是不等于；“；”隔开的几处相加。"

// asciiWords is a name of the letters that names of packages have.
func asciiWords(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, s)
}

// readme tells people what the files are.
func (p *about) readme() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("%s《%s》的开放数据", byteOrderMark, p.title)
	line("")
	from := ""
	if p.published != "" {
		from = "（" + p.published + "公开）"
	}
	line("这些文件由 %s 从部门填报的数据生成%s，与公开的文件说的是同一份预算，数字相同。", p.generator, from)
	line("各个 CSV 用 Excel、WPS 可以直接打开，也可以用程序读；%s 说明每个文件和每一列（Data Package 第 2 版，收支明细的列用 Fiscal Data Package 的类型）。", DescriptorName)
	line("")
	line("一、怎样读")
	line("金额以元为单位，没有四舍五入，小数点用“.”，没有千位逗号；表头写明百分数的除外。文字是 UTF-8，行末是 CRLF，第一行是列名，空着是没有。")
	for _, n := range p.notes {
		line("%s", n)
	}
	line("编码照原样写。Excel、WPS 打开 CSV 时会把 0 开头的编码、很长的编码改成数，把 1-2 改成日期：同一行里另有一列（…_label、…_id、printed_with_unit、target）")
	line("把它写成不会被改的文字。要保存的，用“数据”里的“从文本/CSV”导入，各列选文本；或者用表格工作簿（xlsx）。")
	line("是或否的列写 true（是）、false（否）。source 是做成文件的数据里的文件和行，这些数据 PDF 里带着，用 yusuan extract 取出来。")
	line("以 = + - @ 开头、会被当作公式的文字，前面加了一个撇号（'）；原来就有撇号的，也多一个。")
	line("")
	line("二、各个文件")
	for i := range p.resources {
		r := &p.resources[i]
		line("%s  %s：%s", r.Path, r.Title, r.Description)
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name+" "+f.Title+f.wordsMean())
		}
		if !strings.HasPrefix(r.Path, folder) {
			line("  列：%s", strings.Join(names, "；"))
		}
	}
	line("")
	line("tables 里各表的前六列是部门代码、代码和名称、行的识别名（row_id）、属于哪一行、缩进几级、什么行（" + rowKindsMean + "）；以后各列照表的次序，列名是模板里的表头。" + p.yearsInHeads())
	line("row_id 和列名连起来，就是这个数在 figures.csv 里的识别名。")
	return []byte(b.String())
}

// yearsInHeads says how heads write years that are not those of one year, where any does.
func (p *about) yearsInHeads() string {
	for i := range p.resources {
		for k := range p.resources[i].Schema.Fields {
			if strings.Contains(p.resources[i].Schema.Fields[k].Name, "{{") {
				return "列名里的 {{.Year}} 是本年，{{.LastYear}} 是上年，各年的列名因此相同。"
			}
		}
	}
	return ""
}

// wordsMean tells what the words of a column mean, where they are of English.
func (f *fieldJSON) wordsMean() string {
	if f.Constraints == nil || f.Description == "" || !slices.ContainsFunc(f.Constraints.Enum, english) {
		return ""
	}
	return "（" + f.Description + "）"
}

// english reports whether a word is of ASCII letters.
func english(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
