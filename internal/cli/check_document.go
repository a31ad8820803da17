package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/read"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// judged is a finished document that was read and checked.
type judged struct {
	name    string // as it was named
	raw     []byte // kept where it is given back with what was found
	paper   *paper.Document
	done    *build.Finished // nil where it is not checked at all
	refused error           // why it is not
	carries bool            // it is a PDF of ours with its data inside
	left    []string        // the parts of it that were not checked, in words
	missing int             // how many of those, the last, are tables that were not found
	spoken  []build.Spoken  // with --coverage, the numbers and what each was held against
}

func (j *judged) shown() string { return filepath.ToSlash(filepath.Clean(j.name)) }

// found are the findings in it; of one that is not checked, that it is not.
func (j *judged) found() (l diag.List) {
	if j.done != nil {
		return j.done.Diags
	}
	d := diag.Diagnostic{Rule: ruleUnread, Level: diag.Warning, At: diag.Range{File: j.shown()}, Message: "整份没有核对：" + inChinese(j.refused)}
	if refused := (*read.Refused)(nil); errors.As(j.refused, &refused) {
		d.Message, d.Hint = "整份没有核对："+refused.What, refused.Remedy
	}
	l.Add(d)
	return l
}

// ruleUnread is of what is not read of a finished document.
const ruleUnread = "成文-010"

func isPDF(raw []byte) bool {
	kind, _ := read.Kind("", raw)
	return kind == paper.PDF
}

// paperOf checks one finished document that was named.
func (x *checking) paperOf(g *given) error {
	j, err := x.judge(g.name, g.raw)
	if err != nil {
		return err
	}
	if j.refused != nil && !x.many {
		return usage("%s：%w", j.shown(), j.refused)
	}
	x.papers = append(x.papers, j)
	if x.marked != "" {
		j.raw = g.raw
	}
	return nil
}

// codesOf are the catalogues near a finished document.
func (x *checking) codesOf(name string) (*build.Codes, error) {
	if x.window { // there a name leads nowhere
		return nil, nil
	}
	return codesFor(name)
}

// paperInput is what a document is checked with.
func (x *checking) paperInput(j *judged) (in build.FinishedInput, err error) {
	in = build.FinishedInput{Name: j.shown(), Template: x.template}
	if in.Codes, err = x.codesOf(j.name); err != nil {
		return in, err
	}
	if x.with != "" {
		if x.before == nil {
			if x.before, err = x.lastPaper(); err != nil {
				return in, err
			}
		}
		in.Last, in.LastName = x.before, filepath.ToSlash(x.with)
	}
	return in, nil
}

// judge reads and checks a document. Why it cannot be is told with it; the error is of this machine.
func (x *checking) judge(name string, raw []byte) (*judged, error) {
	j := &judged{name: name, carries: carriesData(raw)}
	s, err := x.shared()
	if err != nil {
		return nil, err
	}
	in, err := x.paperInput(j)
	if err != nil {
		return nil, err
	}
	var enough atomic.Bool
	in.Quit = enough.Load
	made := *j // by the work, which may be given up
	why := allowanceForPaper(len(raw)).run(func() {
		if made.paper, made.refused = x.pdf.read(name, raw); made.refused == nil {
			in.Document = made.paper
			made.done, err = s.Finished(in)
		}
	})
	if why != "" {
		enough.Store(true) // what it is at it ends, and begins nothing more
		j.refused = &read.Refused{What: "没有核对完，" + why, Remedy: "这样大小的公开文件用不了这么多，多半是坏的；请另存一份再核对"}
		x.tellTaken(j)
		return j, nil
	}
	*j = made
	switch {
	case err != nil:
		return nil, machine("核对不了 %s：%w", j.shown(), err)
	case j.refused != nil:
	case x.template == "" && likeExport(j.done, j.paper.Format, name, raw):
		j.refused, j.done = exportRefused(j.shown()), nil
	case nothing(j.done) && !mayBeText(j.done, x.template != ""):
		j.refused, j.done = x.unknown(j), nil
	}
	if j.done != nil {
		j.left, j.missing = j.notChecked(), len(j.done.Found.Missing)
		if x.coverage {
			j.spoken = j.done.Coverage()
		}
	}
	x.tellTaken(j)
	return j, nil
}

// slim lets go of what is not needed to tell of a document that is one of many.
func (j *judged) slim() {
	if j.done == nil {
		return
	}
	f := j.done
	j.paper = &paper.Document{Format: j.paper.Format, Pages: j.paper.Pages}
	j.done = &build.Finished{Diags: f.Diags, Pack: f.Pack, Budget: f.Budget, Summary: f.Summary, Found: &recognise.Found{Year: f.Found.Year, Name: f.Found.Name}}
	if j.done.Budget != nil {
		j.done.Budget = &budget.Budget{} // that there was one is all that is asked
	}
}

// allowanceForPaper is what reading and checking a document of so many bytes may take: PDF files are read in a sandbox that is
// prepared first.
func allowanceForPaper(size int) allowance {
	w := allowanceFor(size)
	w.cpu *= 3
	w.memory *= 3
	return w
}

// read reads a finished document of any kind. What a reader stumbles over is told of the file, and not the end of all others.
func (e *pdfEngine) read(name string, raw []byte) (d *paper.Document, refused error) {
	defer func() {
		if fault := recover(); fault != nil {
			d, refused = nil, &read.Refused{What: "读的时候程序出错了：" + diag.Printable(fmt.Sprint(fault)), Remedy: "这是程序的错误，请把文件交给程序的维护者"}
			if e.tell != nil {
				reportFault(e.tell, fault, debug.Stack())
			}
		}
	}()
	return read.File(filepath.Base(name), raw, e.pages)
}

// lastPaper reads last year's document.
func (x *checking) lastPaper() (*paper.Document, error) {
	raw, err := readPaper(x.with)
	if err != nil {
		return nil, err
	}
	is, err := isPaper(x.with, raw)
	switch {
	case err != nil:
		return nil, err
	case !is:
		return nil, usage("--with 给的 %s 是填报表；核对公开文件，上年也要给公开文件", filepath.ToSlash(x.with))
	}
	d, err := x.pdf.read(x.with, raw)
	if err != nil {
		return nil, usage("--with 给的 %s 读不了：%w", filepath.ToSlash(x.with), err)
	}
	return d, nil
}

// mostlyText is how many sentences make a document whose tables are published elsewhere.
const mostlyText = 20

// mayBeText reports whether a document without a table may be the sentences of a budget whose tables are published elsewhere:
// those are checked alone. Without a template that somebody asked for it must say itself that it is one.
func mayBeText(f *build.Finished, asked bool) bool {
	const amounts, few = 10, 5
	if f.Found == nil || f.Budget == nil {
		return false
	}
	return asked && f.Spoken >= few || f.Sentences >= mostlyText && (asked || f.Found.Year.Value != 0 && f.Spoken >= amounts)
}

// nothing reports whether no table of a pack was found in a document.
func nothing(f *build.Finished) bool { return f.Found == nil || f.Checked+f.Forms == 0 }

// exportRefused is of a spreadsheet that a budget system has written.
func exportRefused(shown string) error {
	return &read.Refused{What: "像是预算系统导出的明细表，不是公开文件", Remedy: "带入数据目录：yusuan import " + typed(shown) + " --into 数据目录；确实是公开文件的，用 --template 指定模板"}
}

// unknown says why nothing of a document could be checked.
func (x *checking) unknown(j *judged) error {
	tables := 0
	for _, b := range j.paper.Blocks {
		if b.Table != nil {
			tables++
		}
	}
	what, remedy := fmt.Sprintf("里面有 %d 张表，没有一张认得是部门预算的表", tables), "确实是部门预算的，用 --template 指定模板再核对（yusuan packs 列出全部）"
	if tables == 0 {
		what = "里面没有读到表"
	}
	if f := j.done.Found; f != nil {
		for _, t := range f.Tables {
			if t.Why != "" {
				what += "（" + t.Name() + "：" + t.Why + "）"
				break
			}
		}
	}
	for _, gap := range j.paper.Gaps {
		if !gap.Doubtful { // the likeliest reason
			what, remedy = what+"；"+gapWords(gap), gap.Remedy
			break
		}
	}
	return &read.Refused{What: what, Remedy: remedy}
}

// gapWords is what of a file was not read, and where.
func gapWords(g paper.Gap) string {
	where := placeWords(g.At)
	if strings.Contains(g.What, where) {
		return g.What
	}
	return where + g.What
}

// placeWords are a place in words, as far as it is known.
func placeWords(p paper.Place) string {
	return diag.InDocument("", diag.Printed{Page: p.Page}).In.String()
}

// tellTaken says what a file was taken for.
func (x *checking) tellTaken(j *judged) {
	if j.refused != nil {
		if !x.many {
			return // the error says it
		}
		say(x.err, "没有核对：%s：%s\n", j.shown(), inChinese(j.refused))
		return
	}
	pages := ""
	if n := len(j.paper.Pages); n > 0 {
		pages = fmt.Sprintf("，%d页", n)
	}
	say(x.err, "按公开文件核对：%s（%s%s），模板“%s”（%s%s），认得%d张表中的%d张\n", j.shown(), string(j.paper.Format), pages, j.done.Pack.Name, j.done.Pack.ID, x.chosen(j.done), j.done.Tables, j.done.Checked)
	if j.carries {
		say(x.err, "  里面带着数据；这里核对的是印出来的，文件有没有被改过用 yusuan verify %s 核验\n", typed(j.shown()))
	}
	if x.coverage && x.format == "text" {
		j.tellCoverage(x.out)
	} else if x.coverage {
		j.tellCoverage(x.err)
	}
}

// chosen says how a template came to be that of a document.
func (x *checking) chosen(f *build.Finished) string {
	if x.template != "" {
		return ""
	}
	also, otherwise := "", "用 --template 指定"
	if x.window {
		otherwise = "选好模板再核对"
	}
	if len(f.Others) > 0 && f.Found.Score > 0 && f.Others[0].Score*10 >= f.Found.Score*9 {
		also = "，也像“" + f.Others[0].Pack.Name + "”"
	}
	return "，自己认的" + also + "；不对的" + otherwise
}

// notChecked are the parts of it that were not checked, in words.
func (j *judged) notChecked() (out []string) {
	for _, g := range j.paper.Gaps {
		if !g.Doubtful {
			out = append(out, gapWords(g))
		}
	}
	for _, t := range j.done.Found.Tables {
		if t.Spec == nil && t.Form == nil && t.Of == nil {
			out = append(out, strings.TrimSpace(placeWords(placeOfTable(t.Paper))+" "+t.Name()+"没有认出"))
		}
	}
	if n := j.done.Unheld; n > 0 {
		out = append(out, fmt.Sprintf("%d个数没有别的数可比", n))
	}
	if n := j.done.Unmatched; n > 0 {
		out = append(out, fmt.Sprintf("%d句“比上年增减”没有给出上年公开的文件可比", n))
	}
	for _, t := range j.done.Found.Missing {
		out = append(out, diag.Quote(t.Called())+"没有找到")
	}
	return out
}

func placeOfTable(t *paper.Table) paper.Place {
	if len(t.Rows) == 0 {
		return paper.Place{Sheet: t.Sheet}
	}
	return paper.Place{Page: t.Rows[0].Page, Sheet: t.Sheet}
}

// tellCoverage lists what each table of a document was taken for.
func (j *judged) tellCoverage(to io.Writer) {
	for _, t := range j.done.Found.Tables {
		what, where := t.Why, placeWords(placeOfTable(t.Paper))
		switch {
		case t.Of != nil:
			what = "接着" + t.Of.Name()
		case t.Spec != nil:
			what = fmt.Sprintf("%s，把握 %d%%，%d 行", diag.Quote(t.Spec.Called()), t.Score/10, len(t.Rows))
		case t.Form != nil:
			what = fmt.Sprintf("绩效表，把握 %d%%", t.Score/10)
		}
		say(to, "  %s %s → %s\n", where, t.Name(), what)
		for _, e := range t.Extra {
			if e.Filled {
				say(to, "      没有认出的列：%s\n", e.Name())
			}
		}
		for _, d := range t.Doubts {
			say(to, "      存疑：%s\n", d.What)
		}
	}
	for _, t := range j.done.Found.Missing {
		say(to, "  没有找到：%s\n", t.Called())
	}
	j.tellSpoken(to)
}

// isMarkedCopy reports whether a file is a document to which notes were appended: it begins with all of its bytes.
func isMarkedCopy(content, document []byte) bool {
	return len(content) > len(document) && bytes.HasPrefix(content, document)
}

// closing is the last line that is said of a document: what was checked and what was not.
func (j *judged) closing() string {
	found, f := j.found(), j.done
	left := slices.Clone(j.left[:len(j.left)-j.missing])
	if j.missing > 0 { // which, a warning says
		left = append(left, fmt.Sprintf("没有找到的%d张表", j.missing))
	}
	if f.Budget == nil {
		return fmt.Sprintf("模板%d张表里认得%d张，但是没有核对：年度或科目目录定不下来，见上面的错误", f.Tables, f.Checked)
	}
	what := fmt.Sprintf("核对了模板%d张表里的%d张", f.Tables, f.Checked)
	if f.Forms > 0 {
		what += fmt.Sprintf("、绩效表%d张", f.Forms)
	}
	what += fmt.Sprintf("，%d行%d格，%d句文字", f.Rows, f.Cells, f.Sentences)
	if f.Spoken > 0 {
		what += fmt.Sprintf("里%d个数核对了%d个", f.Spoken, f.Settled)
	}
	switch { // how many findings there are stands above
	case found.Len() > 0:
	case len(left) > 0:
		what += "；核对过的部分没有发现问题"
	default:
		what += "；没有发现问题"
	}
	if len(left) == 0 {
		return what
	}
	const most = 6
	more := ""
	if n := len(left); n > most {
		left, more = left[:most], fmt.Sprintf("等 %d 处", n)
	}
	return what + "；没有核对：" + strings.Join(left, "、") + more
}
