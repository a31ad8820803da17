package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/archive"
	"yusuan/internal/pdfread"
	"yusuan/internal/verify"
)

func (a *app) extractCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "extract 文件.pdf -o 目录",
		Short: "取出 PDF 里所带的数据",
		Long: "取出 PDF 里所带的部门数据、上年数据、模板、科目、表格数据（CSV、JSON）和清单，与生成时所用的逐字节相同。\n" +
			"取出的 data/年度/代码 就是部门数据目录，可以直接 yusuan build。",
		Example: "  yusuan extract 338.pdf -o 338",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("要给一个 PDF 文件，例如：yusuan extract 338.pdf -o 338")
			}
			if out == "" {
				return usage("要用 -o 给出放文件的目录")
			}
			return a.extract(args[0], out)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "放文件的`目录`")
	return c
}

func (a *app) extract(file, dir string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return usage("读不出 %s：%w", file, err)
	}
	f, err := pdfread.Open(raw)
	if err != nil {
		return usage("%s 读不出：%s", file, unreadable(err))
	}
	attached, err := f.Attachments()
	if err != nil {
		return usage("%s 读不出：%s", file, unreadable(err))
	}
	x, err := archive.Read(attached)
	if errors.Is(err, archive.ErrNoManifest) {
		return usage("%s 里没有所带的数据，不是本程序生成的，或者附件已被删去", file)
	}
	if err != nil {
		return usage("%s 所带的数据读不出：%w", file, err)
	}
	n, err := writeArchive(x, dir)
	if err != nil {
		return machine("写不了 %s：%w", dir, err)
	}
	fmt.Fprintf(a.out, "已取出 %d 个文件，在 %s；部门数据在 %s\n", n, filepath.ToSlash(dir), path.Join(filepath.ToSlash(dir), x.Manifest.Data))
	for _, fault := range x.Faults {
		fmt.Fprintf(a.err, "注意：%s 与清单不符（用 yusuan verify 查看）\n", fault.Path)
	}
	if len(x.Faults) > 0 {
		return &exitError{code: exitData}
	}
	return nil
}

// unreadable tells why a file given for a PDF cannot be read.
func unreadable(err error) string {
	switch {
	case errors.Is(err, pdfread.ErrNoPDF):
		return "不是 PDF 文件，或者不是本程序用的 PDF 1.7"
	case errors.Is(err, pdfread.ErrIncomplete):
		return "文件不完整，可能没有下载完"
	case errors.Is(err, pdfread.ErrEncrypted):
		return "文件加了密；本程序生成的文件不加密，请找没有加密的原件"
	}
	return fmt.Sprintf("文件已损坏（%v）", err)
}

// writeArchive writes the files below a folder. A file that is already there with other content is not overwritten.
// Nothing is written outside of the folder, whatever the paths say and wherever links in it lead.
func writeArchive(x *archive.Archive, dir string) (n int, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	files := append([]archive.File{{Path: archive.ManifestName, Data: x.Raw}}, x.Files...)
	for _, f := range files {
		if f.Data == nil {
			continue // the manifest names it, the document has it not
		}
		name := filepath.FromSlash(f.Path)
		old, err := root.ReadFile(name)
		switch {
		case err == nil && !bytes.Equal(old, f.Data):
			return n, fmt.Errorf("%s 已经存在而内容不同，请换一个目录", f.Path)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return n, err
		case err != nil:
			if err := root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				return n, err
			}
			if err := root.WriteFile(name, f.Data, 0o666); err != nil {
				return n, err
			}
		}
		n++
	}
	return n, nil
}

func (a *app) verifyCommand() *cobra.Command {
	var picture string
	c := &cobra.Command{
		Use:   "verify 文件.pdf...",
		Short: "用 PDF 里所带的数据重排，核验文件没有改动",
		Long: "取 PDF 里所带的数据、模板和科目重新排版，与文件逐字节比较。一致的一行报告；不一致的说明哪一页、哪些文字不同，\n" +
			"原因在数据、字体、模板还是程序版本。用 --font 生成的文件，核验时也要用同样的 --font。",
		Example: "  yusuan verify 公开/*.pdf\n  yusuan verify 338.pdf --picture 差异",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("要给至少一个 PDF 文件，例如：yusuan verify 338.pdf")
			}
			return a.verifyAll(args, picture)
		},
	}
	c.Flags().StringVar(&picture, "picture", "", "把有差异的页画成图片，放在这个`目录`：红色只在文件里有，蓝色只在重排后有")
	return c
}

func (a *app) verifyAll(files []string, picture string) error {
	s, err := a.shared()
	if err != nil {
		return err
	}
	code := exitGood
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return usage("读不出 %s：%w", file, err)
		}
		r, err := verify.File(s, raw)
		if err != nil {
			fmt.Fprintf(a.out, "%s：读不出，%s\n", filepath.ToSlash(file), unreadable(err))
			code = max(code, exitUsage)
			continue
		}
		a.showReport(file, r)
		if !r.Identical() {
			code = max(code, exitData)
		}
		if picture != "" {
			if err := a.drawDifferences(file, r, picture); err != nil {
				return err
			}
		}
	}
	if code != exitGood {
		return &exitError{code: code}
	}
	return nil
}

// How much of a difference is shown: what helps to find it, not all of it.
const (
	shownPages = 10
	shownTexts = 5
)

func (a *app) showReport(file string, r *verify.Report) {
	m := &r.Manifest
	if r.Identical() {
		fmt.Fprintf(a.out, "%s：一致（%d 页，%s）\n", filepath.ToSlash(file), m.Pages, m.Program)
		return
	}
	fmt.Fprintf(a.out, "%s：不一致\n", filepath.ToSlash(file))
	for _, f := range r.Findings {
		fmt.Fprintf(a.out, "  %s：%s\n", f.Cause, f.Text)
	}
	for i := range r.Pages {
		if i == shownPages {
			fmt.Fprintf(a.out, "  ……共 %d 页不同\n", len(r.Pages))
			break
		}
		fmt.Fprintf(a.out, "  第 %d 页：%s\n", r.Pages[i].Page, describePage(&r.Pages[i]))
	}
}

func describePage(d *verify.PageDiff) string {
	switch {
	case d.OnlyInFile:
		return "重排后没有这一页"
	case d.OnlyAnew:
		return "文件里没有这一页"
	case d.OtherFont:
		return "文字相同，内嵌字体不同"
	}
	var parts []string
	if len(d.Written) > 0 {
		parts = append(parts, "文件中是"+quoteTexts(d.Written))
	}
	if len(d.Anew) > 0 {
		parts = append(parts, "重排得"+quoteTexts(d.Anew))
	}
	if len(d.Foreign) > 0 {
		parts = append(parts, "有本程序不写的内容（"+strings.Join(d.Foreign, " ")+"）")
	}
	if len(parts) == 0 {
		return "文字相同，位置或线条不同"
	}
	return strings.Join(parts, "；")
}

func quoteTexts(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i == shownTexts {
			fmt.Fprintf(&b, "等 %d 处", len(list))
			break
		}
		if r := []rune(s); len(r) > 40 {
			s = string(r[:40]) + "…"
		}
		b.WriteString("“" + s + "”")
	}
	return b.String()
}

// drawingDPI is fine enough to see a moved decimal point.
const drawingDPI = 100

func (a *app) drawDifferences(file string, r *verify.Report, dir string) error {
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	for i := range r.Pages {
		var b bytes.Buffer
		if err := r.Picture(&r.Pages[i], drawingDPI, &b); err != nil {
			return machine("画不出第 %d 页：%w", r.Pages[i].Page, err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%s-p%03d.png", base, r.Pages[i].Page))
		if err := writeWhole(name, b.Bytes()); err != nil {
			return machine("写不了 %s：%w", name, err)
		}
	}
	return nil
}
