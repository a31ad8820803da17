package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/raster"
)

func (a *app) previewCommand() *cobra.Command {
	var out, pages string
	var dpi int
	c := &cobra.Command{
		Use:     "preview 数据目录或填报表 -o 图片目录",
		Short:   "把页面画成 PNG 图片",
		Example: "  yusuan preview data/2026/338 -o 预览 --pages 1-3",
		Args:    oneDir,
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usage("要用 -o 给出放图片的目录")
			}
			if dpi < 20 || dpi > 1200 {
				return usage("--dpi 应在 20 与 1200 之间")
			}
			return a.preview(args[0], out, pages, dpi)
		},
	}
	a.whichDocument(c)
	c.Flags().StringVarP(&out, "output", "o", "", "放图片的`目录`")
	c.Flags().StringVar(&pages, "pages", "", "页的`范围`，例如 1-3 或 5，不写是全部")
	c.Flags().IntVar(&dpi, "dpi", 100, "`分辨率`，每英寸多少点，不写是 100")
	return c
}

func (a *app) preview(dir, out, pages string, dpi int) error {
	w, err := a.check(dir)
	if err != nil {
		return err
	}
	if w.Tree == nil {
		return a.stop(w)
	}
	d := w.Typeset()
	first, last, err := pageRange(pages, len(d.Pages))
	if err != nil {
		return err
	}
	r := raster.New(dpi)
	for i := first; i <= last; i++ {
		var b bytes.Buffer
		if err := r.PNG(&d.Pages[i-1], &b); err != nil {
			return machine("画不出第 %d 页：%w", i, err)
		}
		name := filepath.Join(out, fmt.Sprintf("p%03d.png", i))
		if err := writeWhole(name, b.Bytes()); err != nil {
			return machine("写不了 %s：%w", name, err)
		}
	}
	a.report(a.err, w)
	say(a.out, "已画出第 %d 至 %d 页，共 %d 页，在 %s\n", first, last, len(d.Pages), filepath.ToSlash(out))
	if w.Diags.HasErrors() {
		return &exitError{code: exitData}
	}
	return nil
}

// pageRange reads 3 or 2-5.
func pageRange(s string, n int) (first, last int, err error) {
	if s == "" {
		return 1, n, nil
	}
	a, b, isRange := strings.Cut(s, "-")
	first, err1 := strconv.Atoi(a)
	last, err2 := first, error(nil)
	if isRange {
		last, err2 = strconv.Atoi(b)
	}
	if err1 != nil || err2 != nil || first < 1 || last < first {
		return 0, 0, usage("--pages 应写成 3 或 2-5，不是“%s”", s)
	}
	if first > n {
		return 0, 0, usage("文件只有 %d 页", n)
	}
	return first, min(last, n), nil
}
