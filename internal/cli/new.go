package cli

import (
	"bytes"
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

	"yusuan/data"
	"yusuan/internal/build"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/templates"
)

func (a *app) newCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "new 数据目录",
		Short: "建立一个部门的数据目录，空白的或由上年转来",
		Long: "建立部门数据目录，里面的每个文件都写明填什么、怎么填。用 --from 给出上年的数据目录时，文字照旧并标上【请核对】，\n" +
			"金额清空，上年的数转为比较用的上年数。随后用 yusuan check 看还要填什么。",
		Example: "  yusuan new data/2027/338 --from data/2026/338\n  yusuan new data/2027/339 --template 模板代号",
		Args:    oneDir,
		RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Clean(args[0])
			if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
				return usage("目录 %s 里已有文件，不能覆盖", dir)
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return usage("打不开 %s：%w", dir, err)
			}
			if from != "" {
				return a.roll(dir, from)
			}
			return a.fresh(dir)
		},
	}
	c.Flags().StringVar(&from, "from", "", "上年的数据`目录`")
	c.Flags().StringVar(&a.template, "template", "", "用哪个`模板`：模板代号（yusuan packs 列出全部），或模板所在的目录")
	return c
}

func (a *app) fresh(dir string) error {
	names := (&build.Shared{Packs: templates.FS}).PackNames()
	list := strings.Join(names, "、")
	asked := a.template
	if asked == "" {
		return usage("要用 --template 给出模板，或用 --from 给出上年的数据目录；模板有 %s，运行 yusuan packs 看各是哪里的", list)
	}
	s, err := a.shared()
	if err != nil {
		return err
	}
	p, diags, err := schedule.LoadPack(s.Packs, a.template)
	if err != nil {
		return usage("读不出模板 %s：%w", asked, err)
	}
	if diags.HasErrors() {
		_ = diag.Text(a.err, diags.Sorted(), a.packSource, packOptions(a.err)) // nobody is left to tell
		return &exitError{exitData, fmt.Errorf("模板 %s 有错误，先改正", asked)}
	}
	year, code := renew.Folders(filepath.ToSlash(dir))
	if year != 0 && (year < p.FirstYear || year > p.LastYear) {
		return usage("模板“%s”适用于%d年至%d年，不适用于%d年", a.template, p.FirstYear, p.LastYear, year)
	}
	cat, err := classify.Load(data.Catalogue(), cmp.Or(year, p.LastYear))
	if err != nil {
		return machine("科目目录不可用：%w", err)
	}
	if err := writeFolder(dir, renew.Fresh(p, cat.Functional, a.template, year, code)); err != nil {
		return err
	}
	option := ""
	if !slices.Contains(names, a.template) {
		option = " --template " + typed(asked) // the program would not find it by the name in department.toml
	}
	say(a.out, "已建立 %s；填好后运行 yusuan check%s %s\n", filepath.ToSlash(dir), option, typed(filepath.ToSlash(dir)))
	return nil
}

func (a *app) roll(dir, from string) error {
	w, err := a.check(from)
	if err != nil {
		return err
	}
	if w.Diags.HasErrors() || w.Pack == nil || w.Budget == nil {
		a.report(a.err, w)
		return &exitError{exitData, fmt.Errorf("%s 有错误，先改正，再由它转出下一年", from)}
	}
	d := &w.Budget.Facts.Department
	if year, _ := renew.Folders(filepath.ToSlash(dir)); year != 0 && year != d.Year.V+1 {
		return usage("%s 是%d年的数据，只能转为%d年", from, d.Year.V, d.Year.V+1)
	}
	last := &renew.Last{Dir: path.Clean(filepath.ToSlash(from)), Files: w.Files, Budget: w.Budget, Pack: w.Pack, Prior: w.AsPrior()}
	files := renew.Roll(last)
	for _, f := range w.Budget.Facts.Fonts {
		raw, err := fs.ReadFile(shownFS{named: []string{last.Dir}}, path.Join(last.Dir, f.File.V))
		if err != nil {
			return machine("读不出字体文件：%w", err)
		}
		files = append(files, renew.File{Path: f.File.V, Data: raw})
	}
	if err := writeFolder(dir, files); err != nil {
		return err
	}
	amounts, marks := 0, 0
	for _, f := range files {
		amounts += bytes.Count(f.Data, []byte(`"请填"`))
		marks += bytes.Count(f.Data, []byte(source.Review))
	}
	say(a.out, "已由 %s 转出 %s：有 %d 个金额要填（写着“请填”），%d 处文字要核对（标着%s）；运行 yusuan check %s 看还有哪些\n",
		filepath.ToSlash(from), filepath.ToSlash(dir), amounts, marks, source.Review, typed(filepath.ToSlash(dir)))
	return nil
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
