package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/filename"
	"yusuan/internal/source"
	"yusuan/internal/typeset/page"
)

func oneDir(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("要给一个部门数据目录，例如：yusuan %s data/2026/338", c.Name())
	}
	return nil
}

func (a *app) buildCommand() *cobra.Command {
	var out []string
	var since sinceOptions
	c := &cobra.Command{
		Use:   "build 数据目录或填报表",
		Short: "核对数据并生成部门预算公开 PDF、OFD、网页、表格和开放数据",
		Long: "核对数据并生成部门预算公开 PDF。有错误就停下，什么文件都不写；有警告照常生成。\n" +
			"同一份文件还可以做成别的形式，-o 写几次就做几种，由文件名的结尾决定：" + formEnds() + "。\n" +
			formReaders + "\n" +
			ofdWords + "\n" +
			"各种形式里的数是同一个数；几个文件要么都写成，要么都不写，原有的不动。\n" +
			"PDF 和 OFD 里带着部门数据和上年数据，谁都取得出来，数据文件里的注释（# 后面的字）也一起公开；用 --strip-comments 就不带注释。\n" +
			"由填报表（.xlsx）直接生成的，所带的数据里没有备注，除非“部门”表里“不带注释”填“否”。",
		Example: "  yusuan build data/2026/338\n  yusuan build data/2026/338 -o 公开.pdf\n  yusuan build data/2026/338 -o 公开.pdf -o 公开.html    同时做网页\n  yusuan build 338-2026.xlsx --last 338-2025.xlsx\n  yusuan build data/2026/338 -o 更正后.pdf --since 公开.pdf --correction 更正说明.pdf",
		Args:    oneDir,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.build(args[0], out, &since)
		},
	}
	a.whichDocument(c)
	a.howMany(c)
	a.asDocuments(c)
	c.Flags().StringVar(&since.old, "since", "", "生成后与`原来的`比较：数据目录、填报表或公开的 PDF、OFD，列出总额、改动和影响；细的用 yusuan diff")
	c.Flags().StringVar(&since.correction, "correction", "", "与 --since 一起用：另写一页更正说明，PDF `文件名`，与更正后的文件一起公开")
	c.Flags().StringArrayVarP(&out, "output", "o", nil, "`文件名`，可以写几个，结尾决定做成什么；不写是 部门名称＋年度＋部门预算.pdf；不是本程序生成的文件不覆盖")
	return c
}

func (a *app) build(dir string, names []string, since *sinceOptions) error {
	in, err := a.input(dir)
	if err != nil {
		return err
	}
	targets, err := targetsOf(names, dir, in.PriorDir)
	if err != nil {
		return err
	}
	if err := a.plainOf(formsIn(targets), "-o 再写一个以 .ofd 结尾的文件名"); err != nil {
		return err
	}
	if err := since.may(dir, names); err != nil {
		return err
	}
	s, err := a.shared()
	if err != nil {
		return err
	}
	w, pages, err := a.laidOut(s, dir, in)
	if err != nil {
		return err
	}
	given := len(names) > 0
	if !given && w.Tree != nil {
		if targets, err = usualTarget(w); err != nil {
			return err
		}
	}
	if pages == nil {
		return a.notMade(w, targets)
	}
	if !given {
		if err := mayMake(targets[0].name, build.PDF, dir, in.PriorDir); err != nil {
			return err
		}
	}
	p, err := a.since(s, since, &compared{name: filepath.ToSlash(dir), in: in, shared: s, work: w, books: a.books})
	if err != nil {
		return err
	}
	if err := a.writeBuilt(w, pages, targets, since, p); err != nil {
		return err
	}
	return a.tellSince(since, p)
}

// laidOut checks a document that is to be made and lays it out. There are no pages where something is wrong with it that keeps it
// from being made; the Work says what.
func (a *app) laidOut(s *build.Shared, dir string, in build.Input) (*build.Work, *page.Document, error) {
	w, err := a.checkWith(s, dir, in)
	if err != nil {
		return nil, nil, err
	}
	if w.Budget != nil && w.Budget.Facts.Published() {
		return nil, nil, usage("%s 里是已经成文的表和文字，没有明细，只能核对：yusuan check %s", dir, dir)
	}
	if w.Tree == nil || w.Diags.HasErrors() {
		return w, nil, nil
	}
	pages := w.Typeset() // it finds what no font has, whatever form is asked for
	if w.Diags.HasErrors() {
		return w, nil, nil
	}
	return w, pages, nil
}

// usualTarget is what build makes where nothing is asked for.
func usualTarget(w *build.Work) ([]target, error) {
	name, err := filename.Of(w.Tree.Title, build.PDF.Ext())
	if err != nil {
		return nil, &exitError{exitData, fmt.Errorf("%w；或者用 -o 另给文件名", err)}
	}
	return []target{{name, build.PDF}}, nil
}

// writeBuilt makes the forms that are asked for, and the notice of what is corrected, writes all or none and tells of them.
func (a *app) writeBuilt(w *build.Work, pages *page.Document, targets []target, since *sinceOptions, p *pair) error {
	files, err := makeTargets(w, pages, targets)
	if err != nil {
		return err
	}
	if p != nil {
		notice, err := a.notice(since, p, targets)
		if err != nil {
			return err
		}
		files = append(files, notice...)
	}
	if err := writeFiles(files); err != nil {
		return err
	}
	a.report(a.err, w)
	for _, t := range targets {
		name := filepath.ToSlash(t.name)
		switch {
		case t.form == build.PDF:
			say(a.out, "已生成 %s（%d 页）\n", name, len(pages.Pages))
		case t.form.Archived():
			say(a.out, "已生成 %s（%s，%d 页）\n", name, t.form.Title(), len(pages.Pages))
		default:
			say(a.out, "已生成 %s（%s）\n", name, t.form.Title())
		}
	}
	return nil
}

// asDocuments gives a command the flags for what documents carry and claim.
func (a *app) asDocuments(c *cobra.Command) {
	a.withoutComments(c)
	a.plainOFD(c)
}

// plainOFD gives a command the flag for OFD files of the base standard.
func (a *app) plainOFD(c *cobra.Command) {
	c.Flags().BoolVar(&a.plain, "ofd-plain", false, "OFD 只按 GB/T 33190 写（DocType 是 OFD），不写成档案用的 OFD-A（GB/T 42133）：收件的系统不认 OFD-A 时用")
}

// plainOf refuses the flag where no OFD is made: it would do nothing, and nobody would know.
func (a *app) plainOf(forms []build.Form, remedy string) error {
	if a.plain && !slices.Contains(forms, build.OFD) {
		return usage("--ofd-plain 只管 OFD，这次没有要做 OFD；%s，或者去掉 --ofd-plain", remedy)
	}
	return nil
}

func formsIn(targets []target) (out []build.Form) {
	for _, t := range targets {
		out = append(out, t.form)
	}
	return out
}

// withoutComments gives a command the flag for documents whose data have no comments.
func (a *app) withoutComments(c *cobra.Command) {
	c.Flags().BoolVar(&a.strip, "strip-comments", false, "PDF、OFD 里所带的数据和自己的模板（--template 目录）去掉注释，行次不变；也可以在 [department] 填 strip_comments = true")
}

// check loads, checks and composes. What the machine refuses is an error; the author's trouble is in the Work.
func (a *app) check(dir string) (*build.Work, error) {
	in, err := a.input(dir)
	if err != nil {
		return nil, err
	}
	return a.checkInput(dir, in)
}

func (a *app) checkInput(dir string, in build.Input) (*build.Work, error) {
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	return a.checkWith(s, dir, in)
}

// checkWith is checkInput with what several documents share.
func (a *app) checkWith(s *build.Shared, dir string, in build.Input) (*build.Work, error) {
	makeRoom(in)
	in.Edition, in.Template, in.StripComments, in.PlainOFD = a.edition, a.template, a.strip || in.StripComments, a.plain
	w, err := s.Check(in)
	if err != nil {
		return nil, usage("读不出 %s 的数据：%w", dir, err)
	}
	a.origins = origins(dir, in.Dir, w)
	w.Diags = a.origins.Lead(w.Diags)
	a.tellReading(in, w)
	return w, nil
}

// stop reports and ends with the exit code for bad data.
func (a *app) stop(w *build.Work) error {
	a.report(a.err, w)
	return &exitError{code: exitData}
}

// notMade reports and tells of the files of an earlier run, which say what the data say no more.
func (a *app) notMade(w *build.Work, targets []target) error {
	a.report(a.err, w)
	for _, t := range targets {
		if info, err := os.Stat(t.name); err == nil && info.Mode().IsRegular() {
			say(a.err, "没有生成；原有的 %s 是 %s 的，不是由现在的数据做成\n", filepath.ToSlash(t.name), info.ModTime().Format("2006年1月2日15:04"))
		}
	}
	return &exitError{code: exitData}
}

// report shows the diagnostics. Where even that cannot be written there is nobody left to tell.
func (a *app) report(to io.Writer, w *build.Work) {
	_ = diag.Text(to, a.placed(w.Diags.Sorted()), a.sources(slices.Concat(w.Files, w.LastFiles)), a.listOptions(to))
}

// sources gives diagnostics the lines to show, of the data and of packs.
func (a *app) sources(files []*source.File) func(string) []byte {
	m := map[string][]byte{}
	for _, f := range files {
		m[f.Path] = f.Source
	}
	return func(path string) []byte {
		if s, ok := m[path]; ok {
			return s
		}
		return a.packSource(path)
	}
}
