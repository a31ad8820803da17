package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
	"yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/redline"
)

// diffOptions are the flags of diff.
type diffOptions struct {
	out     []string
	json    bool
	patient bool
}

func (a *app) diffCommand() *cobra.Command {
	var o diffOptions
	var format string
	c := &cobra.Command{
		Use:   "diff 原 现",
		Short: "比较两份预算：改了什么，哪些数、哪些话跟着变了，在哪一页",
		Long: "比较两份预算，列出总额变了多少，填报的改了哪几处，每一处使哪些表、哪些数、哪些话跟着变，在第几页。\n" +
			"原、现各是数据目录、填报表（.xlsx）或本程序生成的 PDF、OFD，可以混着用：昨天的和今天的，公开的 PDF 和改过的数据，去年的和今年的。\n" +
			"PDF 用它里面所带的数据、模板重做了再比；文件被改动过的会说明。比的是数、文字和行是什么，不是排在哪里，所以前面多一行不会使后面的都算变动。\n" +
			"模板带来的变动，只在尾差上的变动，与填报的改动分开列出；由别的版本生成的 PDF，用这个版本重做了再比。\n" +
			"-o 写变动对照表（.xlsx，有“说明”一列可填）或对照稿（.pdf，页面与现在的文件相同，改动的地方划线并在页边加线，后附对照表）。\n" +
			"--format json 供别的程序读：old、new 两份各是什么，totals 总额，causes 改动（number 编号，old_at、new_at 位置），\n" +
			"cells 变了的数、sentences 文字、rows 行、parts 整个的表和段（causes 是改动的编号，class 是来由，pages 是页），counts 各有多少；金额都是元。\n" +
			"--template、--last、--edition 用于数据目录和填报表；PDF 用它自己所带的。\n" +
			"有没有不同，退出码都是 0；一份的数据有错误、PDF 与所带数据不符的，照能读的比，退出码是 1。",
		Example: "  yusuan diff 昨天/338 data/2026/338\n  yusuan diff 338-送审.xlsx 338-2026.xlsx -o 变动对照表.xlsx -o 对照稿.pdf\n  yusuan diff 公开.pdf data/2026/338\n  yusuan diff data/2025/338 data/2026/338",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("要给两份：原来的和现在的，例如：yusuan diff 昨天/338 data/2026/338")
			}
			if format != "text" && format != "json" {
				return usage("--format 应为 text 或 json，不是“%s”", format)
			}
			o.json = format == "json"
			return a.diff(args[0], args[1], &o)
		},
	}
	a.whichDocument(c)
	c.Flags().BoolVar(&a.all, "all", false, "全部列出；不写时每一种只列前 10 处，并说明还有多少")
	c.Flags().StringArrayVarP(&o.out, "output", "o", nil, "`文件名`，可以写几个：.xlsx 变动对照表，.pdf 对照稿；不是本程序生成的文件不覆盖")
	c.Flags().StringVar(&format, "format", "text", "结果的`形式`：text（不写就是这个）或 json")
	c.Flags().BoolVar(&o.patient, "patient", false, "不限时间和内存：PDF 可信、只是很大或机器很慢时用")
	return c
}

func (a *app) diff(before, after string, o *diffOptions) error {
	if samePlace(before, after) {
		return usage("原、现是同一个：%s；要给两份，例如昨天存的一份和现在的", filepath.ToSlash(after))
	}
	if err := mayWriteChanges(o.out, before, after); err != nil {
		return err
	}
	p, err := a.pair(before, after, o.patient)
	if err != nil {
		return err
	}
	a.showErrors(p.old)
	a.showErrors(p.new)
	r := p.report()
	files, err := changeFiles(o.out, p, r)
	if err != nil {
		return err
	}
	if err := writeFiles(files); err != nil {
		return err
	}
	to := a.out
	if o.json {
		to, err = a.err, r.JSON(a.out)
	} else {
		err = r.Text(a.out, a.listed("，或者 -o 变动对照表.xlsx"))
	}
	if err != nil {
		return machine("写不出结果：%w", err)
	}
	for _, f := range files {
		say(to, "已生成 %s\n", filepath.ToSlash(f.Name))
	}
	if !p.sound() {
		return &exitError{code: exitData}
	}
	return nil
}

// listed bounds the lists of a summary.
func (a *app) listed(elsewhere string) changes.Options {
	if a.all {
		return changes.Options{}
	}
	return changes.Options{Most: mostOfOne, More: "；全部列出加 --all" + elsewhere}
}

// pair are the two documents of a comparison.
type pair struct {
	old, new *compared
	notes    []string
	result   *compare.Result
	laid     *redline.Laid
}

// sound reports whether both are what they give themselves out for, without errors.
func (p *pair) sound() bool { return p.old.sound() && p.new.sound() }

// pair reads two documents and compares them. What strangers made, and all that is done with it, is kept within bounds.
func (a *app) pair(before, after string, patient bool) (*pair, error) {
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	p := &pair{}
	if p.old, err = a.named(before); err == nil {
		p.new, err = a.named(after)
	}
	if err != nil {
		return nil, err
	}
	return p, p.within(p.bound(), patient, func() error { return a.match(s, p) })
}

// bound is what the work may take where one of the two may be a stranger's: as for a PDF of that size, and what the data of the
// other, which are the user's own, would make.
func (p *pair) bound() allowance {
	const pdfOfData = 8 // how much larger a PDF is than the data that it is made of, at most
	size := 0
	for _, x := range []*compared{p.old, p.new} {
		if size += len(x.raw); x.raw == nil {
			size += pdfOfData * int(dataOf(x.in))
		}
	}
	return allowanceFor(size)
}

// within does the work within bounds, but for data of the user's own and what he says he can wait for.
func (p *pair) within(bound allowance, patient bool, work func() error) (err error) {
	if len(p.old.raw)+len(p.new.raw) == 0 || patient {
		return work()
	}
	if why := bound.run(func() { err = work() }); why != "" {
		return usage("没有比较完，%s；这样大小的公开文件用不了这么多%s", why, p.new.command("。PDF 可信、只是机器很慢的话，加 --patient 再比"))
	}
	return err
}

// match makes both documents and compares them.
func (a *app) match(s *build.Shared, p *pair) error {
	for _, pdf := range []bool{true, false} { // a PDF says of which edition it is
		for _, x := range []*compared{p.new, p.old} {
			if (x.raw != nil) == pdf && x.work == nil {
				if err := a.make(s, x); err != nil {
					return err
				}
			}
		}
		if pdf {
			if err := a.sameEdition(p); err != nil {
				return err
			}
		}
	}
	if err := p.sameDepartment(); err != nil {
		return err
	}
	if err := a.borrow(s, p); err != nil {
		return err
	}
	a.books = append(append([]*filledIn{}, p.new.books...), p.old.books...)
	p.notes = append(p.notes, p.old.notes()...)
	p.notes = append(p.notes, p.new.notes()...)
	old, now := p.old.side(), p.new.side()
	if old.Document.PackSum == now.Document.PackSum {
		p.result = compare.Compare(old, now)
	} else if middle := p.middle(); middle != nil {
		p.result = compare.Through(old, middle, now)
	} else {
		p.result = compare.Compare(old, now)
		p.notes = append(p.notes, "两份的模板不同，而原来的数据用现在的模板排不出来，所以模板带来的变动没有分开列出")
	}
	p.old.madeBy(&p.result.Old)
	p.new.madeBy(&p.result.New)
	for i := range p.result.Causes {
		c := &p.result.Causes[i]
		c.OldAt, c.NewAt = a.shownAt(p.old, c.OldAt), a.shownAt(p.new, c.NewAt)
	}
	p.laid = p.new.work.Redline(p.result)
	return nil
}

// mayWriteChanges refuses files that cannot be written, before anything is done.
func mayWriteChanges(names []string, given ...string) error {
	for i, name := range names {
		for _, earlier := range names[:i] {
			if samePlace(earlier, name) {
				return usage("-o 写的 %s 和 %s 是同一个文件；每个 -o 写一个不同的文件名", earlier, name)
			}
		}
		for _, x := range given {
			if isFile(x) && samePlace(x, name) {
				return usage("-o 不能写在 %s 自己上面，换一个文件名", x)
			}
		}
		ours := isChangeBook
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xlsx":
		case ".pdf":
			ours = isMarked
		default:
			return usage("-o %s 看不出是哪种文件；文件名以 .xlsx（变动对照表）或 .pdf（对照稿）结尾", name)
		}
		if err := mayWrite(name, ours, given...); err != nil {
			return err
		}
	}
	return nil
}
