package archive

import (
	"fmt"
	"path"
	"strings"
)

// ReadmeName is the name of the text for people, among the attached files and where extract puts it.
const ReadmeName = "说明.txt"

// aboutTables and aboutUnits are what is said of the tables, of the present layout and of earlier ones.
var (
	aboutTables = map[bool][]string{
		false: {tablesFolder + "  印出的各表（CSV，可用电子表格打开；all.json 是同样的内容）"},
		true: {
			tablesFolder + "  印出的各表（CSV，可用电子表格打开）",
			"  table-*.csv  模板里的各表，一行是表的一行（左右并列的表先左后右）；金额以元为单位，没有四舍五入，没有数的地方空着，rate 的列是百分数",
			"    前四列：row 是这一行的识别名，由编码、单位代码、项目或行的名称连成，各年不变；parent 是它属于哪一行；level 是缩进几级；",
			"    kind 是什么行：plain 一般的行，heading 汇总它下面的行，total 合计，foot 表末的行",
			"    以后各列照表的次序，列名是模板里的表头，{{.Year}} 是本年，{{.LastYear}} 是上年；“表号/row/列名”是一个数的识别名，各年不变",
			"  other-*.csv  其他的表（绩效表、图的数据），数和格子照印出的样子",
			"  tables.json  同样的内容，另有印出的表头、各列是什么数（sum 本年合计和它的范围，last-year 上年数，change 增减，rate 增减百分比）、印出的样子",
		},
	}
	aboutUnits = map[bool]string{
		false: "表里的数是印出的样子，单位如下",
		true:  "tables 里 table-*.csv 的金额以元为单位，没有四舍五入；印在纸上的、和 other-*.csv 里的数的单位如下",
	}
)

// readme tells people what the attached files are, in what units, and how the document can be made again without this
// program: whoever opens it in thirty years has a text editor.
func readme(m *Manifest, title string, tables []tableFile) File {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("《%s》的附件", title)
	line("")
	line("这份文件由 %s 用下列文件排成，共 %d 页。附件是纯文本（UTF-8），用记事本一类的程序就能打开；附件名里的“-”对应下面路径里的“/”。", m.Program, m.Pages)
	line("")
	line("一、各是什么")
	line("%s  部门填报的数据（TOML：一行一项，等号左边是名称，右边是内容，# 后面是注释）", m.Data)
	if m.Prior != "" {
		line("%s  上年的数据，用来与本年比较", m.Prior)
	}
	line("%s/%s  模板：有哪些表、各列取哪些数、字体字号和行距（*.toml），文字怎样写（prose）；%s 里别的目录是它所依据的模板", TemplatesFolder, m.Template, TemplatesFolder)
	line("%s  政府收支分类科目的编码和名称（CSV）", catalogueFolder)
	for _, s := range aboutTables[m.Format == Format] {
		line("%s", s)
	}
	line("%s  清单：程序和模板的版本、所用字体、每个文件的大小和校验值（SHA-256）", ManifestName)
	line("")
	line("二、单位")
	line("数据里的金额以元为单位，没有四舍五入；写明“万元”等单位的按所写的单位。%s：", aboutUnits[m.Format == Format])
	for _, t := range tables {
		note := ""
		if t.note != "" {
			note = "（" + t.note + "）"
		}
		line("  %s  %s%s", t.Path, strings.ReplaceAll(t.title, "\n", ""), note)
	}
	line("")
	line("三、没有本程序时怎样重做和核对")
	line("1. 文字和数字：把 %s 里的各表和模板 prose 里的文字按页面的次序排出来，就是这份文件的内容。", tablesFolder)
	line("2. 表里的每个数都是数据里若干笔的合计：按功能科目、经济科目、单位、项目或资金性质归在一起相加，加完再换算成万元，四舍五入。")
	line("   各列取哪些笔，写在模板里（表的 rows 是按什么列行，列的 query 是范围）；上年数取自上年的数据，或数据里的 prior 一段。")
	line("3. 文字里的 {{…}} 是要填的数和词：amount 后面的名称在模板的 figure 段里说明是哪些笔的合计，text 后面的名称是数据里的文字。")
	line("4. 核对附件有没有改动：算出每个文件的 SHA-256（Windows 用 certutil -hashfile 文件 SHA256，其他系统用 sha256sum），与 %s 比较。", ManifestName)
	line("")
	line("四、有本程序时")
	line("yusuan verify 文件.pdf   用附件重排，与文件逐字节比较")
	line("yusuan extract 文件.pdf -o 目录   取出附件；随后 yusuan build 目录/%s 生成同样的文件", m.Data)
	line("核验证明页面由这些附件得出；附件是谁填的、文件是谁做的，它不能证明。")
	if len(m.Fonts) > 0 {
		line("")
		line("五、字体（各页嵌入了用到的字，整个字体不在附件里）")
		for _, f := range m.Fonts {
			line("  %s  %s  SHA-256 %s", f.Name, path.Base(f.File), f.SHA256)
		}
	}
	return File{Path: ReadmeName, Kind: KindReadme, Data: []byte("\uFEFF" + b.String())}
}
