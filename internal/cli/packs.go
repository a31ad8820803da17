package cli

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/templates"
)

// packs are the packs inside the program and, where --template names a folder, the one in it. A folder is what has a
// slash or is no pack of the program; from here on the pack goes by the folder's own name.
func (a *app) packs() (fs.FS, error) {
	if a.template == "" {
		return templates.FS, nil
	}
	if !strings.ContainsAny(a.template, `/\.`) {
		if _, err := fs.Stat(templates.FS, path.Join(a.template, "pack.toml")); err == nil {
			return templates.FS, nil
		}
	}
	dir, err := filepath.Abs(a.template)
	if err != nil {
		return nil, machine("%w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "pack.toml")); err != nil {
		return nil, noPack(a.template, dir)
	}
	a.template = filepath.Base(dir)
	return packFS{parent: filepath.Dir(dir), own: a.template}, nil
}

// noPack tells why a name is no pack.
func noPack(name, dir string) error {
	switch info, err := os.Stat(dir); {
	case err == nil && info.IsDir():
		return usage("目录 %s 里没有 pack.toml，不是模板", name)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return usage("打不开 %s：%w", name, err)
	}
	names := (&build.Shared{Packs: templates.FS}).PackNames()
	if near, ok := diag.Closest(name, names); ok {
		return usage("没有模板“%s”，%s", name, diag.Meant(name, near))
	}
	return usage("没有模板“%s”，也没有这个目录；程序里的模板有 %s", name, strings.Join(names, "、"))
}

// packFS reads a pack from its folder, and what it inherits from the program or else from the folders beside it.
type packFS struct{ parent, own string }

func (f packFS) Open(name string) (fs.File, error) {
	if name != f.own && !strings.HasPrefix(name, f.own+"/") {
		if file, err := templates.FS.Open(name); err == nil {
			return file, nil
		}
	}
	if name == "." {
		return os.Open(f.parent)
	}
	folder, rest, _ := strings.Cut(name, "/")
	return openIn(filepath.Join(f.parent, folder), cmp.Or(rest, "."), name)
}

// ownFile tells a file of a user's pack from the program's: who extracts a pack of the program and builds with it has that.
func ownFile(name string, raw []byte) bool {
	own, err := fs.ReadFile(templates.FS, name)
	return err != nil || !bytes.Equal(own, raw)
}

// whichDocument adds the options that choose among the documents that one folder of data can make.
func (a *app) whichDocument(c *cobra.Command) {
	c.Flags().StringVar(&a.edition, "edition", "", "`版本`：department（部门预算）或 unit:单位代码（单位预算）")
	c.Flags().StringVar(&a.template, "template", "", "用这个`模板`代替部门填写的：模板代号，或模板所在的目录")
	c.Flags().StringVar(&a.last, "last", "", "`上年`的数据目录或填报表，不写按惯例找：data/2026/338 找 data/2025/338，338-2026.xlsx 找旁边的 338-2025.xlsx")
}

func (a *app) packsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "packs",
		Short: "列出程序自带的模板",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			s, err := a.shared()
			if err != nil {
				return err
			}
			for _, id := range s.PackNames() {
				p, diags, err := s.Pack(id)
				if err != nil || diags.HasErrors() {
					return machine("模板 %s 不可用：%w", id, err)
				}
				say(a.out, "%s\t%s\t%d—%d年\t%s\t第 %s 版\n", id, p.Kind, p.FirstYear, p.LastYear, p.Name, p.Version)
			}
			return nil
		},
	}
}

func (a *app) packCommand() *cobra.Command {
	c := group(&cobra.Command{Use: "pack", Short: "核对模板，或用示例数据印出它的全部表格",
		Example: "  yusuan pack check 模板目录\n  yusuan pack gallery 模板目录 -o 样张.pdf"})
	check := &cobra.Command{Use: "check 模板", Short: "核对模板的写法", Args: onePack,
		RunE: func(_ *cobra.Command, args []string) error {
			w, _, err := a.gallery(args[0])
			if err != nil {
				return err
			}
			_ = diag.Text(a.out, w.Diags.Sorted(), a.packSource, packOptions(a.out)) // nobody is left to tell
			if w.Diags.HasErrors() {
				return &exitError{code: exitData}
			}
			return nil
		}}
	var out string
	gallery := &cobra.Command{Use: "gallery 模板 -o 样张.pdf", Short: "用示例数据印出模板的全部表格", Args: onePack,
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usage("要用 -o 给出 PDF 文件名")
			}
			if err := mayWrite(out, isOurPDF); err != nil {
				return err
			}
			w, pages, err := a.gallery(args[0])
			if err != nil {
				return err
			}
			_ = diag.Text(a.err, w.Diags.Sorted(), a.packSource, packOptions(a.err))
			if pages == nil || w.Diags.HasErrors() {
				return &exitError{code: exitData}
			}
			if err := writeWhole(out, pages); err != nil {
				return machine("写不了 %s：%w", out, err)
			}
			say(a.out, "已生成 %s\n", filepath.ToSlash(out))
			return nil
		}}
	gallery.Flags().StringVarP(&out, "output", "o", "", "PDF `文件名`")
	c.AddCommand(check, gallery)
	return c
}

func onePack(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("要给一个模板代号或模板目录，例如：yusuan pack %s 模板目录", c.Name())
	}
	return nil
}

// gallery checks a pack with the sample data and sets every table of it. The file is nil where the pack has errors.
func (a *app) gallery(name string) (*build.Work, []byte, error) {
	a.template = name
	s, err := a.shared()
	if err != nil {
		return nil, nil, err
	}
	w, err := s.Gallery(a.template)
	if err != nil {
		return nil, nil, usage("读不出模板 %s：%w", name, err)
	}
	if w.Tree == nil {
		return w, nil, nil
	}
	file, err := w.PDF(w.Typeset(), nil)
	if err != nil {
		return nil, nil, machine("生成 PDF 时出错：%w", err)
	}
	return w, file, nil
}

// packOptions cut excerpts even where the terminal's width is not known: prose has whole paragraphs on a line.
func packOptions(w io.Writer) diag.Options {
	o := textOptions(w)
	o.Width = cmp.Or(o.Width, 110)
	return o
}

// packSource gives diagnostics about a pack the lines to show.
func (a *app) packSource(name string) []byte {
	raw, err := fs.ReadFile(a.packFiles, name)
	if err != nil {
		return nil // the message stands without its line
	}
	return raw
}
