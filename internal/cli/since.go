package cli

import (
	"path/filepath"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/changes"
)

// sinceOptions are the flags of build that hold a document against an earlier one.
type sinceOptions struct {
	old        string // --since
	correction string // --correction
}

// may refuses what cannot be done, before anything is.
func (o *sinceOptions) may(dir string, names []string) error {
	switch {
	case o.correction == "":
		return nil
	case o.old == "":
		return usage("--correction 要与 --since 一起用：--since 给出原来公开的文件或数据")
	case !strings.EqualFold(filepath.Ext(o.correction), ".pdf"):
		return usage("--correction 的文件名应以 .pdf 结尾，不是“%s”", o.correction)
	}
	for _, x := range append([]string{dir, o.old}, names...) {
		if samePlace(x, o.correction) {
			return usage("--correction 不能写在 %s 上面，换一个文件名", x)
		}
	}
	return mayWrite(o.correction, isNotice, dir, o.old)
}

// since compares what was made with an earlier document.
func (a *app) since(s *build.Shared, o *sinceOptions, now *compared) (*pair, error) {
	if o.old == "" {
		return nil, nil
	}
	if samePlace(o.old, now.name) {
		return nil, usage("--since 给的就是 %s 自己；要给原来的一份，例如公开的 PDF", now.name)
	}
	p := &pair{new: now}
	var err error
	if p.old, err = a.named(o.old); err != nil {
		return nil, err
	}
	defer func() { a.books = now.books }()
	if err := p.within(p.bound(), false, func() error { return a.match(s, p) }); err != nil {
		return nil, err
	}
	return p, nil
}

// notice makes the notice of what is corrected, nil where nothing is.
func (a *app) notice(o *sinceOptions, p *pair, targets []target) ([]batch.Content, error) {
	if o.correction == "" {
		return nil, nil
	}
	for _, t := range targets {
		if samePlace(t.name, o.old) {
			return nil, usage("更正后的文件不能写在原来公开的 %s 上面，原来的要留着；用 -o 换一个文件名", o.old)
		}
	}
	if !p.old.sound() {
		return nil, usage("%s 与它所带的数据不符，或者数据有错误，不能作更正的依据；没有写更正说明，也没有生成别的文件", p.old.name)
	}
	if was, is := p.old.work.Budget.Facts.Department.Year.V, p.new.work.Budget.Facts.Department.Year.V; was != is {
		return nil, usage("%s 是 %d 年的，%s 是 %d 年的，不是更正；没有写更正说明，也没有生成别的文件", p.old.name, was, p.new.name, is)
	}
	if p.result.Same() {
		return nil, nil
	}
	raw, err := p.new.work.Correction(p.report())
	if err != nil {
		return nil, machine("做不成更正说明：%w", err)
	}
	return []batch.Content{{Name: o.correction, Bytes: raw}}, nil
}

// tellSince shows what is another than before.
func (a *app) tellSince(o *sinceOptions, p *pair) error {
	if p == nil {
		return nil
	}
	say(a.out, "\n")
	listed := changes.Options{Most: mostOfOne, More: "；全部列出用 yusuan diff"}
	if a.all {
		listed = changes.Options{}
	}
	if err := p.report().Brief(a.out, listed); err != nil {
		return machine("写不出结果：%w", err)
	}
	switch {
	case o.correction == "":
	case p.result.Same():
		say(a.out, "印出的没有不同，没有写更正说明 %s\n", filepath.ToSlash(o.correction))
	default:
		say(a.out, "已生成更正说明 %s（1 页）\n", filepath.ToSlash(o.correction))
		if date := p.new.work.Tree.Date; date.Equal(p.old.work.Tree.Date) {
			say(a.out, "注意：它的日期是数据里的公开日期（%d年%d月%d日），与原来的相同；改了公开日期再生成一次\n", date.Year(), int(date.Month()), date.Day())
		}
	}
	return nil
}

// isNotice knows 更正说明 as the program wrote it.
func isNotice(raw []byte) bool { return draftOf(raw) == changes.NoticeTitle }
