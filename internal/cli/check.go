package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
	"yusuan/internal/source"
)

// checking is one run of yusuan check.
type checking struct {
	*app
	format, xlsx, marked string
	with                 string          // last year's document
	before               *paper.Document // that, when it is read
	coverage             bool
	pdf                  *pdfEngine

	found  diag.List      // in data
	files  []*source.File // that lines are shown of
	date   time.Time      // of the latest
	where  *addresses
	papers []*judged // finished documents, in their order
	left   []string  // what lies in folders of documents and is not looked at, in words
	many   bool      // there may be several
	window bool      // it is shown in a window, where nobody runs commands
}

func (a *app) checkCommand() *cobra.Command {
	x := &checking{app: a, where: newAddresses()}
	c := &cobra.Command{
		Use:   "check 数据目录、填报表或公开文件...",
		Short: "核对数据，或核对已经成文的公开文件，不生成文件",
		Long: "给的是数据目录或填报表（.xlsx）：核对写法、编码、勾稽关系、绩效表、缺字，一次全部列出。没有问题就什么也不显示。\n" +
			"填报表的问题指到工作表和格子；上年的数找旁边的 338-2025.xlsx，或用 --last 给出。\n" +
			"给的是已经成文的文件——别人做的也行：PDF、Word（.docx）、电子表格、网页——核对印出来的表和文字：表内、表间、文字与表是否相符，问题指到页、表、行、列。\n" +
			"是什么文件看内容，不看扩展名。模板不写就自己认，认得不对的用 --template 指定；上年公开的文件用 --with 给出，就连“比上年增加”也核对。\n" +
			"扫描件、没有认出的表和行不算“没有问题”：每一处都列为警告，最后一行说核对了什么、没有核对什么。\n" +
			"给的是放着公开文件的目录（里面没有 .toml）：逐份核对，先列总表；读不了的也列出来。有一份有错误，退出码就是 1；没有错误、有读不了的，是 2。\n" +
			"--format json 供别的程序读：每个问题有编号（id，行次变了、数改了也不变）、规则、级别、位置和两个数；位置是文件的行和列（file、line、column），\n" +
			"或者电子表格的工作表和格子（sheet、cell），或者成文的页、表、行、列（page、table、row、row_title、column_title）；同一规则太多没有列出的，个数在 left_out。\n" +
			"成文的文件另在 documents 里各有一项：file、format、pages、template、department、year、errors、warnings、notes、tables（模板里的表数）、tables_found、forms、rows、cells、sentences、not_checked（没有核对的）、refused（没有核对的原因）。",
		Example: "  yusuan check data/2026/338\n  yusuan check 某局2026年部门预算.pdf --with 某局2025年部门预算.pdf --marked 批注.pdf\n  yusuan check 各部门公开文件 --xlsx 问题清单.xlsx\n  yusuan check --format json data/2026/338",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("要给至少一个部门数据目录或公开文件，例如：yusuan check data/2026/338")
			}
			if x.format != "text" && x.format != "json" {
				return usage("--format 应为 text 或 json，不是“%s”", x.format)
			}
			if x.xlsx != "" {
				if err := listName(x.xlsx); err != nil {
					return err
				}
				if err := mayWrite(x.xlsx, isOurWorkbook, args...); err != nil {
					return err
				}
			}
			return x.run(args)
		},
	}
	a.whichDocument(c)
	a.howMany(c)
	c.Flags().StringVar(&x.format, "format", "text", "结果的`形式`：text（不写就是这个）或 json")
	c.Flags().StringVar(&x.xlsx, "xlsx", "", "另写一份问题清单，电子表格`文件名`")
	c.Flags().StringVar(&x.marked, "marked", "", "另写一份标出问题的：填报表标在格子上，PDF 加批注，原来的内容一个字节不动：`文件名`")
	c.Flags().StringVar(&x.with, "with", "", "核对公开文件时，上年公开的`文件`：PDF、Word、电子表格、网页")
	c.Flags().BoolVar(&x.coverage, "coverage", false, "核对公开文件时，列出每张表认成了模板的哪张、把握多大、没有认出的列和行，句子里的数核对了多少、哪些没有别的数可比")
	return c
}

func (x *checking) run(names []string) error {
	x.pdf = &pdfEngine{tell: x.err}
	defer x.pdf.close()
	var all []*given
	for _, name := range names {
		g, err := tellGiven(name)
		if err != nil && (len(names) == 1 || !isFile(name)) {
			return err
		}
		if err != nil {
			g = &given{name: name, refused: err}
		}
		all = append(all, g)
	}
	if err := x.fits(all); err != nil {
		return err
	}
	for _, g := range all {
		var err error
		switch {
		case g.refused != nil:
			x.refuse(g.name, g.refused)
		case g.data():
			err = x.data(g.name)
		case g.folder != nil:
			err = x.papersOf(g)
		default:
			err = x.paperOf(g)
		}
		if err != nil {
			return err
		}
	}
	return x.finish()
}

// fits refuses options that what was named has no use for: what somebody asks for and does not get must not be passed over.
func (x *checking) fits(all []*given) error {
	finished := 0
	for _, g := range all {
		if !g.data() {
			finished++
		}
	}
	x.many = finished > 1 || slices.ContainsFunc(all, func(g *given) bool { return g.folder != nil })
	switch {
	case finished == 0 && x.with != "":
		return usage("--with 用于核对公开文件；数据目录和填报表的上年用 --last 给出")
	case finished == 0 && x.coverage:
		return usage("--coverage 用于核对公开文件")
	case finished > 0 && x.edition != "":
		return usage("--edition 用于数据目录；公开文件印的是什么就核对什么")
	}
	if x.with = cmp.Or(x.with, onlyIf(finished == len(all), x.last)); x.with != "" && (len(all) > 1 || all[0].folder != nil) {
		return usage("--with 只能与一份公开文件一起用")
	}
	if finished > 0 && x.template != "" {
		if err := x.hasTemplate(); err != nil {
			return err
		}
	}
	if x.marked == "" {
		return nil
	}
	if finished > 0 {
		return x.mayMarkPaper(all)
	}
	var names []string
	for _, g := range all {
		names = append(names, g.name)
	}
	return mayMark(x.marked, names)
}

// hasTemplate refuses a template that documents cannot be held against.
func (x *checking) hasTemplate() error {
	asked := x.template
	s, err := x.shared()
	if err != nil {
		return err
	}
	if _, err := usablePack(s, x.template); err != nil {
		return usage("--template 给的“%s”不可用：%w；运行 yusuan packs 看有哪些", asked, err)
	}
	return nil
}

func onlyIf(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// data checks a data folder or a workbook.
func (x *checking) data(name string) error {
	w, err := x.check(name)
	if err != nil {
		return err
	}
	if w.Tree != nil {
		w.Typeset() // layout finds missing characters and overfull cells
	}
	if w.Budget != nil && w.Budget.Facts.Department.Date.Time.After(x.date) {
		x.date = w.Budget.Facts.Department.Date.Time
	}
	x.found.Append(w.Diags)
	x.where.add(name, w)
	x.files = append(append(x.files, w.Files...), w.LastFiles...)
	return nil
}

// finish tells what was found, as it was asked for.
func (x *checking) finish() error {
	all := x.found
	for _, p := range x.papers {
		all.Append(p.found())
	}
	list := all.Sorted()
	if x.format == "json" || x.xlsx != "" {
		for i, id := range diag.Identify(list, x.where.of) {
			list[i].ID = id
		}
	}
	list = x.placed(list)
	if err := x.marks(list); err != nil {
		return err
	}
	if x.xlsx != "" {
		if err := writeList(x.xlsx, list, x.listOptions(x.out).Most, x.date); err != nil {
			return machine("写不了 %s：%w", x.xlsx, err)
		}
	}
	var err error
	switch {
	case x.format == "json":
		err = diag.JSONOf(x.out, list, x.listOptions(x.out).Most, x.forPrograms())
	case len(x.papers) == 0:
		err = diag.Text(x.out, list, x.sources(x.files), x.listOptions(x.out))
	default:
		err = x.forPeople()
	}
	if err != nil {
		return machine("写不出结果：%w", err)
	}
	switch {
	case all.HasErrors():
		return &exitError{code: exitData}
	case x.unread() > 0:
		return &exitError{code: exitUsage}
	}
	return nil
}

// marks writes the copy with what was found at its places, if that is asked.
func (x *checking) marks(list []diag.Diagnostic) error {
	switch {
	case x.marked == "":
		return nil
	case len(x.papers) > 0:
		return x.markPaper(x.papers[0])
	}
	return x.mark(x.marked, list)
}

// mayMarkPaper tells why a finished document cannot be given back with findings under a name.
func (x *checking) mayMarkPaper(all []*given) error {
	if len(all) != 1 || all[0].folder != nil {
		return usage("--marked 一次标一份文件")
	}
	g := all[0]
	if samePlace(x.marked, g.name) {
		return usage("--marked 不能写在公开文件自己上面，换一个文件名")
	}
	if !strings.EqualFold(filepath.Ext(x.marked), ".pdf") && isPDF(g.raw) {
		return usage("--marked 的文件名应以 .pdf 结尾，不是“%s”", x.marked)
	}
	if !isPDF(g.raw) {
		return mayWrite(listBeside(x.marked), isOurWorkbook)
	}
	return mayWrite(x.marked, func(content []byte) bool { return isMarkedCopy(content, g.raw) })
}
