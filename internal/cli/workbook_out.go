package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
	"yusuan/internal/pack"
	book "yusuan/internal/sheet" // sheet is the name of a sheet of lists here
	"yusuan/internal/source"
	"yusuan/internal/tablebook"
	"yusuan/templates"
)

func (a *app) sheetCommand() *cobra.Command {
	var out string
	var force bool
	x := &bringing{app: a}
	c := &cobra.Command{
		Use:   "sheet 数据目录 -o 填报表.xlsx | 填报表.xlsx --into 数据目录",
		Short: "把数据目录转成填报表，用 WPS 或 Excel 填，填好带回来",
		Long: "把一个部门的数据目录转成填报表（电子表格）：一类数据一张表，科目、单位、项目可以选，金额一律是元；“校核”一张里是活的勾稽公式。\n" +
			"数据目录不变。填报表里改过的，不会被再次转出盖掉，除非加 --force。\n" +
			"填好了用 --into 带回数据目录：只改变了的地方，别的一个字节也不动；行按隐藏的键认，排序、复制、插入都可以。\n" +
			"少了的行先列出来，加 --delete 才删；转出以后两边都改过的列出两边和原来的值，什么也不写。先看会改什么，加 --dry-run。\n" +
			"目录还没有的，由填报表建立。写错了用 yusuan restore 回到带入以前。",
		Example: "  yusuan sheet data/2026/338 -o 338-2026.xlsx\n  yusuan sheet 338-2026.xlsx --into data/2026/338 --dry-run",
		Args:    oneDir,
		RunE: func(_ *cobra.Command, args []string) error {
			if x.dir != "" || isFile(args[0]) {
				if x.dir == "" || out != "" {
					return usage("%s 是文件；带回数据目录写 yusuan sheet %s --into 数据目录", args[0], typed(filepath.ToSlash(args[0])))
				}
				if !isFile(args[0]) {
					return usage("--into 前面要给填报表的文件，%s 不是文件", args[0])
				}
				x.name = args[0]
				return x.run()
			}
			if out == "" {
				return usage("要用 -o 给出填报表的文件名，例如：yusuan sheet %s -o 338-2026.xlsx", args[0])
			}
			return a.sheetOut(args[0], out, force)
		},
	}
	c.Flags().StringVar(&a.template, "template", "", "用哪个`模板`：模板代号，或模板所在的目录；不写用数据里的")
	c.Flags().StringVarP(&out, "output", "o", "", "填报表的`文件名`，以 .xlsx 结尾")
	c.Flags().BoolVar(&force, "force", false, "填报表转出以后改过的也盖掉")
	c.Flags().StringVar(&x.dir, "into", "", "把填好的填报表带入哪个数据`目录`，没有的新建")
	c.Flags().BoolVar(&x.dryRun, "dry-run", false, "只列出会改什么，不写")
	c.Flags().BoolVar(&x.delete, "delete", false, "填报表里没有了的行，从数据目录里删去")
	a.howMany(c)
	return c
}

// sheetOut writes the workbook of a data folder.
func (a *app) sheetOut(dir, out string, force bool) error {
	if err := mayWriteSheet(out, force, dir); err != nil {
		return err
	}
	in, w, err := a.sheetOf(dir)
	if err != nil {
		return err
	}
	if err := a.writeSheet(in, out); err != nil {
		return err
	}
	if w.Diags.HasErrors() {
		say(a.err, "数据里还有错误，照样转出了；运行 yusuan check %s 看有哪些\n", typed(filepath.ToSlash(dir)))
	}
	return nil
}

// sheetOf is what the workbook of a data folder is made of.
func (a *app) sheetOf(dir string) (in book.Input, w *build.Work, err error) {
	if w, err = a.check(dir); err != nil {
		return in, nil, err
	}
	if w.Budget != nil && w.Budget.Facts.Published() {
		return in, w, usage("%s 里是已经成文的表和文字，没有明细，转不成填报表", dir)
	}
	if w.Pack == nil || !allRead(w.Files) {
		a.report(a.err, w)
		return in, w, &exitError{exitData, fmt.Errorf("%s 有读不出的地方，先改正，再转成填报表", dir)}
	}
	in = a.sheetInput(w.Files, w.Pack, w.Budget.Facts.Department.Year.V, dir)
	in.Folder = filepath.ToSlash(filepath.Clean(dir))
	if in.Shown, err = folderName(dir); err != nil {
		return in, w, machine("%w", err)
	}
	return in, w, nil
}

// folderName is a data folder as anybody would name it, wherever it lies: 2026/338.
func folderName(dir string) (string, error) {
	abs, err := standing(dir, func(abs string) bool { return isYear(filepath.Base(filepath.Dir(abs))) })
	if err != nil {
		return "", err
	}
	name, above := filepath.Base(abs), filepath.Base(filepath.Dir(abs))
	if isYear(above) {
		name = above + "/" + name
	}
	return name, nil
}

// allRead reports whether no file has something that could not be read: a workbook would not show it.
func allRead(files []*source.File) bool {
	for _, f := range files {
		if !f.Whole() {
			return false
		}
	}
	return len(files) > 0
}

func (a *app) sheetInput(files []*source.File, p *pack.Pack, year int, place string) book.Input {
	in := book.Input{Files: files, Pack: p, Program: maker + " " + Version, Templates: (&build.Shared{Packs: templates.FS}).PackNames()}
	if cat, err := a.catalogueOf(year, p.ID, place); err == nil {
		in.Catalogue = cat // without one codes have no names
	}
	return in
}

// writeSheet writes a workbook, beside its place where that is open in another program.
func (a *app) writeSheet(in book.Input, out string) error {
	raw, err := book.Write(in)
	if err != nil {
		return machine("写不了填报表：%w", err)
	}
	name, err := writeBeside(out, func(name string) error { return writeWhole(name, raw) })
	if err != nil {
		return machine("写不了 %s：%w", out, err)
	}
	if name != out {
		say(a.err, "%s 正被 WPS 或别的程序打开，没有改动；填报表写在 %s\n", filepath.ToSlash(out), filepath.ToSlash(name))
	}
	say(a.out, "已生成填报表 %s；先看“说明”，填完看“校核”\n", filepath.ToSlash(name))
	return nil
}

// writeBeside writes a file, under another name where it may not be replaced since another program has it open.
func writeBeside(name string, write func(string) error) (written string, err error) {
	err = write(name)
	if err == nil || !inUse(err) {
		return name, err
	}
	ext := filepath.Ext(name)
	const most = 9
	for n := 1; n <= most; n++ {
		beside := strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(n) + ext
		if _, there := os.Lstat(beside); there == nil {
			continue
		}
		if write(beside) == nil {
			return beside, nil
		}
		break
	}
	return name, err
}

// mayWriteSheet refuses to write over what was filled in since, and over files of others.
func mayWriteSheet(name string, force bool, dirs ...string) error {
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return usage("填报表的文件名应以 .xlsx 结尾，不是“%s”", name)
	}
	err := mayWrite(name, func(raw []byte) bool { return isSheet(raw) && (force || savedWith(raw) == maker) }, dirs...)
	if err == nil {
		return nil
	}
	if raw, unread := os.ReadFile(name); unread == nil && isSheet(raw) {
		return usage("填报表 %s 转出以后改过，没有覆盖；先把它写回数据目录，或换一个文件名，或加 --force 盖掉", name)
	}
	return err
}

// isSheet reports whether a file is a workbook of ours that is filled in, whoever saved it last.
func isSheet(raw []byte) bool { return hasSheets(raw, book.OwnSheet) }

// isTables reports whether a file is a workbook of the tables of a document, whoever saved it last.
func isTables(raw []byte) bool {
	return hasSheets(raw, tablebook.ContentsSheet, tablebook.ProofSheet, tablebook.LinesSheet) && !isSheet(raw)
}

// hasSheets reports whether a file is a workbook with sheets of these names.
func hasSheets(raw []byte, names ...string) bool {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return false
	}
	f, err := z.Open("xl/workbook.xml")
	if err != nil {
		return false
	}
	defer f.Close()
	const enough = 1 << 20
	b, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	return !slices.ContainsFunc(names, func(name string) bool { return !bytes.Contains(b, []byte(`name="`+name+`"`)) })
}
