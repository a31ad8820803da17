package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
	"yusuan/templates"
)

func (a *app) newCommand() *cobra.Command {
	var from, out string
	var force bool
	c := &cobra.Command{
		Use:   "new 数据目录 | new -o 填报表.xlsx",
		Short: "建立一个部门的数据目录或填报表，空白的或由上年转来",
		Long: "建立部门数据目录，里面的每个文件都写明填什么、怎么填。用 --from 给出上年的数据目录或填报表时，文字照旧并标上【请核对】，\n" +
			"金额清空，上年的数转为比较用的上年数。随后用 yusuan check 看还要填什么。\n" +
			"--from 也可以给上年公开的文件：本程序做的 PDF 取里面的数据；别人做的 PDF、Word、电子表格、网页，由印出的表倒推（同 yusuan read --facts），再转到下一年。\n" +
			"用 -o 给出 .xlsx 文件名的，不建目录，做一份填报表，用 WPS 或 Excel 填；文件名写成 338-2027.xlsx 的，代码和年度就填好了。",
		Example: "  yusuan new data/2027/338 --from data/2026/338\n  yusuan new data/2027/338 --from 某局2026年部门预算.pdf\n  yusuan new data/2027/339 --template 模板代号\n  yusuan new --template 模板代号 -o 339-2027.xlsx",
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case out == "":
				return oneDir(c, args)
			case len(args) > 0:
				return usage("用 -o 做填报表的，不再给数据目录“%s”", args[0])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if out != "" {
				return a.newWorkbook(out, from, force)
			}
			dir := filepath.Clean(args[0])
			if from != "" {
				return a.roll(dir, from)
			}
			return a.fresh(dir)
		},
	}
	c.Flags().StringVar(&from, "from", "", "上年的数据`目录`、填报表或公开文件")
	c.Flags().StringVar(&a.template, "template", "", "用哪个`模板`：模板代号（yusuan packs 列出全部），或模板所在的目录")
	c.Flags().StringVarP(&out, "output", "o", "", "不建目录，做一份填报表：电子表格`文件名`，以 .xlsx 结尾")
	c.Flags().BoolVar(&force, "force", false, "同名的填报表改过的也盖掉")
	return c
}

// freshPack is the pack that the user asked for.
func (a *app) freshPack() (*pack.Pack, error) {
	asked := a.template
	if asked == "" {
		list := strings.Join((&build.Shared{Packs: templates.FS}).PackNames(), "、")
		return nil, usage("要用 --template 给出模板，或用 --from 给出上年的数据目录；模板有 %s，运行 yusuan packs 看各是哪里的", list)
	}
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	p, diags, err := schedule.LoadPack(s.Packs, a.template)
	if err != nil {
		return nil, usage("读不出模板 %s：%w", asked, err)
	}
	if diags.HasErrors() {
		_ = diag.Text(a.err, diags.Sorted(), a.packSource, packOptions(a.err)) // nobody is left to tell
		return nil, &exitError{exitData, fmt.Errorf("模板 %s 有错误，先改正", asked)}
	}
	return p, nil
}

// servesYear refuses a year that the pack is not for, and names what there is for it; 0 is to be filled in.
func (a *app) servesYear(p *pack.Pack, year int) error {
	if year == 0 || year >= p.FirstYear && year <= p.LastYear {
		return nil
	}
	what := fmt.Sprintf("模板“%s”适用于%s，不适用于%d年", a.template, servedYears(p), year)
	s, err := a.shared()
	if err != nil {
		return err
	}
	if id, _ := s.Serving(a.template, year); id != "" {
		return usage("%s；%d年的用 --template %s", what, year, id)
	}
	var others []string
	for _, id := range s.PackNames() {
		if x, diags, err := schedule.LoadPack(s.Packs, id); err == nil && !diags.HasErrors() && id != a.template && x.SamePlace(p) {
			others = append(others, id+"（"+servedYears(x)+"）")
		}
	}
	if len(others) > 0 {
		what += "；这个地方另有模板 " + strings.Join(others, "、")
	}
	return usage("%s。没有%d年的模板：数据目录、填报表的名称里年度没有写错的，照那一年公开的样式另做一个沿用它的模板，years 写 [%d, %d]，再用 --template 给出那个目录；各模板管哪些年，运行 yusuan packs 看",
		what, year, year, year)
}

// servedYears names the years that a pack is for.
func servedYears(p *pack.Pack) string {
	if p.FirstYear == p.LastYear {
		return fmt.Sprintf("%d年", p.FirstYear)
	}
	return fmt.Sprintf("%d年至%d年", p.FirstYear, p.LastYear)
}

// isFree refuses to make a folder where there is something.
func isFree(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usage("目录 %s 里已有文件，不能覆盖", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usage("打不开 %s：%w", dir, err)
	}
	return nil
}

func (a *app) fresh(dir string) error {
	names := (&build.Shared{Packs: templates.FS}).PackNames()
	asked := a.template
	year, code := renew.Folders(filepath.ToSlash(dir))
	if err := a.makeFresh(dir, year, code); err != nil {
		return err
	}
	option := ""
	if !slices.Contains(names, a.template) {
		option = " --template " + typed(asked) // the program would not find it by the name in department.toml
	}
	say(a.out, "已建立 %s；填好后运行 yusuan check%s %s\n", filepath.ToSlash(dir), option, typed(filepath.ToSlash(dir)))
	return nil
}

// makeFresh makes the folder of a department that has none, of the pack that was asked for; year 0 is to be filled in.
func (a *app) makeFresh(dir string, year int, code string) error {
	if err := isFree(dir); err != nil {
		return err
	}
	p, err := a.freshPack()
	if err != nil {
		return err
	}
	if err := a.servesYear(p, year); err != nil {
		return err
	}
	cat, err := a.catalogueOf(cmp.Or(year, p.LastYear), p.ID, dir)
	if err != nil {
		return err
	}
	return writeFolder(dir, renew.Fresh(p.Of(year), cat.Functional, a.template, year, code))
}

// rolled are next year's files of last year's data, in whatever form they are; year 0 is whatever follows.
func (a *app) rolled(from string, year int, workbook bool) (*renew.Last, []renew.File, error) {
	in, document, err := a.lastYear(from)
	if err != nil {
		return nil, nil, err
	}
	w, err := a.checkInput(from, in)
	if err != nil {
		return nil, nil, err
	}
	if w.Diags.HasErrors() && !document || w.Pack == nil || w.Budget == nil {
		a.report(a.err, w)
		return nil, nil, &exitError{exitData, fmt.Errorf("%s 有错误，先改正，再由它转出下一年", from)}
	}
	if n := w.Diags.Count(diag.Error); n > 0 { // what is published stays as it is; next year's numbers are typed anew
		say(a.err, "%s 里有 %d 处错误，照样转出\n", filepath.ToSlash(from), n)
	}
	if d := &w.Budget.Facts.Department; year != 0 && year != d.Year.V+1 {
		return nil, nil, usage("%s 是%d年的数据，只能转为%d年", from, d.Year.V, d.Year.V+1)
	}
	last := &renew.Last{Dir: in.Dir, Files: w.Files, Budget: w.Budget, Pack: w.Pack, Prior: w.AsPrior(), Templates: map[string]string{}}
	for _, id := range []string{w.Budget.Facts.Department.Template.V, w.Budget.Facts.Department.TemplateUnit.V} {
		if next, p := w.Next(id); id != "" && next != id {
			last.Templates[id], last.Pack = next, p
			say(a.err, "下一年用模板 %s（%s）\n", next, p.Name)
		}
	}
	return last, renew.Roll(last, workbook), nil
}

func (a *app) roll(dir, from string) error {
	r, err := a.planRoll(dir, from)
	if err != nil {
		return err
	}
	if err := writeFolder(dir, r.files); err != nil {
		return err
	}
	say(a.out, "已由 %s 转出 %s：有 %d 个金额要填（写着“请填”），%d 处文字要核对（标着%s）；运行 yusuan check %s 看还有哪些\n",
		filepath.ToSlash(from), filepath.ToSlash(dir), r.amounts, r.marks, source.Review, typed(filepath.ToSlash(dir)))
	return nil
}

// rolling is a folder of next year that is to be written.
type rolling struct {
	last    *renew.Last
	files   []renew.File
	amounts int // to be filled in
	marks   int // of texts to be looked at
}

// planRoll makes what a folder of next year is to hold, with the fonts that last year's brings along.
func (a *app) planRoll(dir, from string) (*rolling, error) {
	if err := isFree(dir); err != nil {
		return nil, err
	}
	year, _ := renew.Folders(filepath.ToSlash(dir))
	last, files, err := a.rolled(from, year, false)
	if err != nil {
		return nil, err
	}
	r := &rolling{last: last, files: files}
	own := last.Budget.Facts.Fonts
	if len(own) > 0 && isFile(from) { // no document carries them
		say(a.err, "%s 里没有带字体文件；部门自己的字体，另外放进 %s\n", filepath.ToSlash(from), filepath.ToSlash(dir))
		own = nil
	}
	for _, f := range own {
		file, _ := font.CutFace(f.File.V)
		if slices.ContainsFunc(r.files, func(x renew.File) bool { return x.Path == file }) { // faces of one collection
			continue
		}
		raw, err := fs.ReadFile(shownFS{named: []string{last.Dir}}, path.Join(last.Dir, file))
		if err != nil {
			return nil, machine("读不出字体文件：%w", err)
		}
		r.files = append(r.files, renew.File{Path: file, Data: raw})
	}
	for _, f := range r.files {
		parsed, _ := source.Parse(f.Path, f.Data)
		for _, s := range parsed.Stretches() { // examples in comments ask for nothing
			if !s.Comment && string(parsed.Source[s.Start:s.End]) == source.Unfilled {
				r.amounts++
			}
		}
		r.marks += len(parsed.ToReview())
	}
	return r, nil
}

func writeFolder(dir string, files []renew.File) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := writeWhole(name, f.Data); err != nil {
			return machine("写不了 %s：%w", name, err)
		}
	}
	return nil
}
