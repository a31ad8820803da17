package cli

import (
	"path/filepath"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/ofdread"
	"yusuan/internal/verify"
)

// lastYear is last year's data: a folder, a workbook of ours, what a document carries inside, or what a finished document was
// derived to. document says that it is one of the latter two, whose files are in memory.
func (a *app) lastYear(from string) (in build.Input, document bool, err error) {
	if !isFile(from) {
		in, err = a.input(from)
		return in, false, err
	}
	raw, err := readPaper(from)
	if err != nil {
		return in, false, err
	}
	is, err := isPaper(from, raw)
	switch {
	case err != nil:
		return in, false, err
	case !is:
		in, err = a.input(from)
		return in, false, err
	case carriesData(raw):
		in, err = a.carried(from, raw)
		return in, true, err
	}
	x := &checking{app: a, pdf: &pdfEngine{tell: a.err}}
	defer x.pdf.close()
	j, err := x.judge(from, raw)
	if err != nil {
		return in, true, err
	}
	if j.refused != nil {
		return in, true, usage("%s：%w", j.shown(), j.refused)
	}
	in, err = x.derivedInput(j)
	return in, true, err
}

// carriesData reports whether a document is a PDF or OFD of ours that still has its data inside: it may have been printed again.
func carriesData(raw []byte) bool {
	if !isOurPDF(raw) && !ofdread.Is(raw) {
		return false
	}
	_, err := archive.Inside(raw)
	return err == nil
}

// carried are the data inside a PDF or OFD of ours.
func (a *app) carried(name string, raw []byte) (in build.Input, err error) {
	shown := filepath.ToSlash(name)
	f, err := archive.Open(raw)
	if err != nil {
		return in, usage("%s 读不出：%s", shown, verify.Unreadable(err))
	}
	attached, err := f.Attachments()
	if err != nil {
		return in, usage("%s 读不出：%s", shown, verify.Unreadable(err))
	}
	x, err := archive.Read(attached)
	if err != nil {
		return in, usage("%s 所带的数据读不出：%s", shown, verify.Unreadable(err))
	}
	if x.Manifest.Edition != "" && x.Manifest.Edition != "department" {
		say(a.err, "%s 是一个单位的，里面带着全部门的数据，转出的是全部门的\n", shown)
	}
	if len(x.Faults) > 0 {
		say(a.err, "注意：%s 所带的数据与清单不符，用 yusuan verify %s 查看\n", shown, typed(shown))
	}
	say(a.err, "数据取自 %s 里面\n", shown)
	return build.Input{Data: x.FS(archive.KindData, archive.KindPrior), Dir: x.Manifest.Data, PriorDir: x.Manifest.Prior}, nil
}
