package cli

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/memfs"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// reading is one run of yusuan read.
type reading struct {
	checking
	dir   string
	facts bool
}

func (a *app) readCommand() *cobra.Command {
	x := &reading{checking: checking{app: a, where: newAddresses(), format: "text"}}
	c := &cobra.Command{
		Use:   "read 公开文件 --into 数据目录",
		Short: "把已经公开的文件读成数据目录：印出的表和文字，或由它倒推的明细",
		Long: "读已经成文的部门预算——PDF、Word（.docx）、电子表格、网页，别人做的也行——写成一个新的数据目录，里面是印出的表和文字，\n" +
			"每一处注明原来在哪一页。写成的可以用文本编辑器看和改，yusuan check 核对的就是它。有内容的目录不写。\n" +
			"加 --facts 的，由各表倒推出明细：基本支出、项目、单位、车辆、绩效目标、上年数和各节文字；再照它做一遍各表，与印出的逐格对照，\n" +
			"相符的有多少、不符的在哪里都列出来。旧年度没有数据的公开文件，这样可以重新生成；新接手的，由去年的公开文件起步。\n" +
			"拿不准的都标着【请核对】，没有读懂的都列出页和位置，什么也不悄悄丢掉。",
		Example: "  yusuan read 某局2025年部门预算.pdf --into 读出\n  yusuan read 某局2025年部门预算.pdf --facts --into data/2025/338",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("要给一份公开文件，例如：yusuan read 某局2025年部门预算.pdf --into 读出")
			}
			if x.dir == "" {
				return usage("要用 --into 给出写到哪个目录，例如：yusuan read %s --into 读出", typed(filepath.ToSlash(args[0])))
			}
			return x.run(args[0])
		},
	}
	c.Flags().StringVar(&x.dir, "into", "", "写到哪个`目录`，没有的新建，有内容的不写")
	c.Flags().BoolVar(&x.facts, "facts", false, "倒推出明细，做成可以生成文件的数据目录")
	c.Flags().StringVar(&a.template, "template", "", "按这个`模板`认：模板代号（yusuan packs 列出全部），或模板所在的目录；不写就自己认")
	c.Flags().StringVar(&x.with, "with", "", "上年公开的`文件`，上年的数从它取")
	return c
}

func (x *reading) run(name string) error {
	x.pdf = &pdfEngine{tell: x.err}
	defer x.pdf.close()
	x.dir = filepath.Clean(x.dir)
	if isFile(x.dir) {
		return usage("--into 给的 %s 是文件，要给一个新的目录", filepath.ToSlash(x.dir))
	}
	if err := isFree(x.dir); err != nil {
		return err
	}
	if x.template != "" {
		if err := x.hasTemplate(); err != nil {
			return err
		}
	}
	j, err := x.readOne(name)
	if err != nil {
		return err
	}
	files := j.typed()
	var regained *build.Regained
	if x.facts {
		if regained, err = x.derived(j); err != nil {
			return err
		}
		files = regained.Files
	}
	if err := writeNew(x.dir, files); err != nil {
		return err
	}
	x.tellRead(j, files)
	if regained != nil {
		x.tellAgreement(j, regained)
	}
	x.next(j)
	return nil
}

// readOne reads a finished document that was named. One that cannot be is an error.
func (x *checking) readOne(name string) (*judged, error) {
	if !isFile(name) {
		if err := isFolder(name, "公开文件"); err != nil {
			return nil, err
		}
		return nil, usage("%s 是目录；要给的是一份公开文件", filepath.ToSlash(name))
	}
	raw, err := readPaper(name)
	if err != nil {
		return nil, err
	}
	is, err := isPaper(name, raw)
	switch {
	case err != nil:
		return nil, err
	case !is:
		return nil, usage("%s 是填报表，不用读；写成数据目录用 yusuan sheet %s --into 数据目录", filepath.ToSlash(name), typed(filepath.ToSlash(name)))
	}
	j, err := x.judge(name, raw)
	if err == nil && j.refused != nil {
		err = usage("%s：%w", j.shown(), j.refused)
	}
	return j, err
}

// typed are the files that somebody would have typed of a document.
func (j *judged) typed() (out []renew.File) {
	for _, f := range j.done.Typed.Files {
		out = append(out, renew.File{Path: f.Path, Data: f.Data})
	}
	return out
}

// writeNew writes the files of a new folder, all or none.
func writeNew(dir string, files []renew.File) error {
	var all []batch.Content
	for _, f := range files {
		all = append(all, batch.Content{Name: filepath.Join(dir, filepath.FromSlash(f.Path)), Bytes: f.Data})
	}
	return writeFiles(all)
}

// tellRead says what was read, what in it is doubtful, and what was not understood.
func (x *reading) tellRead(j *judged, files []renew.File) {
	var names []string
	for _, f := range files {
		names = append(names, f.Path)
	}
	say(x.out, "已写 %s：%s\n", filepath.ToSlash(x.dir), strings.Join(names, "、"))
	total := 0
	var lines []string
	for _, f := range files {
		if !source.IsDataName(f.Path) {
			continue
		}
		parsed, _ := source.Parse(f.Path, f.Data)
		marks := parsed.ToReview()
		total += len(marks)
		for _, m := range marks {
			lines = append(lines, fmt.Sprintf("  %s:%d %s", filepath.ToSlash(filepath.Join(x.dir, filepath.FromSlash(f.Path))), m.Line, m.Words))
		}
	}
	if total > 0 {
		say(x.out, "拿不准的 %d 处，标着%s，核对后删去标记：\n", total, source.Review)
		for _, line := range bounded(lines, x.all) {
			say(x.out, "%s\n", line)
		}
	}
	if left := j.left; len(left) > 0 {
		say(x.out, "没有读懂的 %d 处：\n", len(left))
		for _, line := range bounded(left, x.all) {
			say(x.out, "  %s\n", line)
		}
	}
}

// bounded are lines as many as help, and how many more there are.
func bounded(lines []string, all bool) []string {
	const most = 30
	if all || len(lines) <= most {
		return lines
	}
	return append(slices.Clone(lines[:most]), fmt.Sprintf("  …… 共 %d 处", len(lines)))
}

// next says what to do with what was read.
func (x *reading) next(j *judged) {
	dir := typed(filepath.ToSlash(x.dir))
	if j.carries {
		say(x.out, "这份 PDF 里带着当时的数据，比读出来的全：取出用 yusuan extract %s -o 目录\n", typed(j.shown()))
	}
	if !x.facts {
		say(x.out, "接着运行 yusuan check %s；要倒推出明细、能重新生成的，加 --facts 写到另一个目录\n", dir)
		return
	}
	say(x.out, "接着：\n  yusuan check %s        看还要核对、要填什么\n  yusuan build %s        重新生成\n  yusuan new 明年的目录 --from %s    转到下一年\n", dir, dir, dir)
}

// derivedDir is where the derived files of a finished document lie in memory.
const derivedDir = "读出"

// derived is the data folder that a finished document was derived to, with what is made of it.
func (x *checking) derived(j *judged) (*build.Regained, error) {
	s, err := x.shared()
	if err != nil {
		return nil, err
	}
	if j.done.Budget == nil {
		return nil, usage("%s：年度或科目目录定不下来，倒推不出明细；先用 yusuan check %s 看是什么问题", j.shown(), typed(j.shown()))
	}
	near, err := x.codesOf(j.name)
	if err != nil {
		return nil, err
	}
	w, err := s.Check(build.Input{Data: memfs.Tree(inMemory(derivedDir, j.typed())), Dir: derivedDir, Codes: near})
	if err != nil {
		return nil, machine("读不懂 %s：%w", j.shown(), err)
	}
	r, err := s.Regain(w, filepath.Base(j.name), j.onPaper)
	if err != nil {
		return nil, machine("倒推不出 %s 的明细：%w", j.shown(), err)
	}
	return r, nil
}

// onPaper says where in a document a stretch of what was typed of it stands, "" for unknown.
func (j *judged) onPaper(at diag.Range) string {
	p, _, ok := j.done.Typed.Printed(at)
	if !ok {
		return ""
	}
	return diag.InDocument("", p).In.String()
}

// inMemory are the files of a folder by their whole names.
func inMemory(dir string, files []renew.File) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range files {
		out[path.Join(dir, f.Path)] = f.Data
	}
	return out
}

// derivedInput are the derived data of a finished document in memory.
func (x *checking) derivedInput(j *judged) (build.Input, error) {
	r, err := x.derived(j)
	if err != nil {
		return build.Input{}, err
	}
	say(x.err, "数据由 %s 倒推：印出的 %d 个数，重新做出相符的 %d 个\n", j.shown(), r.Agreement.Numbers(), r.Agreement.Agree)
	near, err := x.codesOf(j.name)
	return build.Input{Data: memfs.Tree(inMemory(derivedDir, r.Files)), Dir: derivedDir, Codes: near}, err
}

// tellAgreement says how many printed numbers are printed again when the document is made of what was derived, and lists the others.
func (x *reading) tellAgreement(j *judged, r *build.Regained) {
	lines := strings.Split(strings.TrimRight(r.Agreement.Text(j.onPaper), "\n"), "\n")
	for _, line := range bounded(lines, x.all) {
		say(x.out, "%s\n", line)
	}
}
