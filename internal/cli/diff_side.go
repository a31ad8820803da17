package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/diag"
	"yusuan/internal/ofdread"
	"yusuan/internal/verify"
)

// compared is one of two documents: a folder, a workbook of ours, or a PDF of ours.
type compared struct {
	name   string // as it is shown
	raw    []byte // of a PDF
	in     build.Input
	shared *build.Shared // that it was made with
	work   *build.Work
	books  []*filledIn    // that its data were made of
	report *verify.Report // of a PDF: whether it is what its data give
	lent   string         // where last year's data were taken that it has not itself
	window bool           // it is compared in a window, where nobody runs commands
}

// command are words about commands, for who can run them.
func (x *compared) command(format string, args ...any) string {
	if x.window {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// named finds out what the user named. A PDF or OFD is told by its content.
func (a *app) named(name string) (*compared, error) {
	x := &compared{name: filepath.ToSlash(filepath.Clean(name))}
	if isFile(name) {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, machine("读不出 %s：%w", name, err)
		}
		if strings.HasPrefix(string(raw[:min(len(raw), 5)]), "%PDF-") || ofdread.Is(raw) {
			x.raw = raw
			return x, notDocument(x.name, raw)
		}
	}
	a.books = nil
	in, err := a.input(name)
	x.in, x.books, a.books = in, a.books, nil
	return x, err
}

// make takes it as far as the tree.
func (a *app) make(s *build.Shared, x *compared) error {
	x.shared = s
	if x.raw != nil {
		return x.openPDF(s)
	}
	a.books = x.books
	defer func() { a.books = nil }()
	var err error
	if x.work, err = a.checkWith(s, x.name, x.in); err != nil {
		return err
	}
	if w := x.work; w.Tree == nil {
		if w.Budget != nil && w.Budget.Facts.Published() {
			return usage("%s 里是已经成文的表和文字，没有明细，不能比较", x.name)
		}
		return a.stop(w)
	}
	return nil
}

// openPDF makes a PDF or OFD again of what it carries.
func (x *compared) openPDF(s *build.Shared) error {
	r, err := verify.File(s, x.raw)
	if err != nil {
		return usage("%s 读不出：%s", x.name, verify.Unreadable(err))
	}
	if r.Work == nil || r.Work.Tree == nil {
		return &exitError{exitData, fmt.Errorf("%s 不能比较：%s", x.name, firstFinding(r))}
	}
	x.report, x.work, x.shared, x.in = r, r.Work, r.Inside, r.Input
	return nil
}

// firstFinding is the first of what was found against a PDF.
func firstFinding(r *verify.Report) string {
	if len(r.Findings) == 0 {
		return "没有可排的内容"
	}
	return r.Findings[0].Text
}

// sound reports whether it is what it gives itself out for.
func (x *compared) sound() bool {
	if x.report != nil {
		return !slices.ContainsFunc(x.report.Findings, func(f verify.Finding) bool { return f.Cause != verify.CauseFont })
	}
	return !x.work.Diags.HasErrors()
}

// notes are what readers must know of it.
func (x *compared) notes() (out []string) {
	if x.lent != "" {
		out = append(out, fmt.Sprintf("%s 旁边没有上年的数据，用了 %s 的%s", x.name, x.lent, x.command("（%s）；要用别的，加 --last", x.in.PriorDir)))
	}
	if x.report == nil {
		if n := x.work.Diags.Count(diag.Error); n > 0 {
			out = append(out, fmt.Sprintf("%s：数据有 %d 处错误，读不出的当作没有填来比，下面的数不能用来定稿%s", x.name, n, x.command("；先运行 yusuan check %s 改正", typed(x.name))))
		}
		return out
	}
	r := x.report
	switch {
	case r.Earlier, r.Later:
		out = append(out, fmt.Sprintf("%s 由 %s 生成，比较的是用它所带的数据重做的，文字和数与它的页面一致", x.name, r.Manifest.Program))
	case len(r.Findings) > 0:
		out = append(out, fmt.Sprintf("%s 核验不一致：%s。比较的是用它所带的数据重做的，页面上印的可能不同%s", x.name, firstFinding(r), x.command("；详见 yusuan verify %s", typed(x.name))))
	}
	for i := range r.Packs {
		if r.Packs[i].Posing() {
			out = append(out, fmt.Sprintf("%s 所带的模板“%s”不是程序自带的那一份，写在它文字里的数可能不是由数据算出的", x.name, r.Packs[i].ID))
		}
	}
	return out
}

// showErrors shows the errors in its data.
func (a *app) showErrors(x *compared) {
	if x.report != nil {
		return
	}
	var errors []diag.Diagnostic
	for _, d := range x.work.Diags.Sorted() {
		if d.Level == diag.Error {
			errors = append(errors, d)
		}
	}
	if len(errors) > 0 {
		_ = diag.Text(a.err, a.placed(errors), a.sources(x.work.Files), a.listOptions(a.err)) // where even that cannot be written nobody is left to tell
	}
}

// side is it as a comparison wants it.
func (x *compared) side() *compare.Side {
	side := x.work.Side(x.name)
	if r := x.report; r != nil {
		side.Document.Pages = r.Manifest.Pages
		if r.Good() {
			side.Document.Problems = 0 // what the rules of today have against it was no error when it was made
		}
	}
	return side
}

// madeBy says by what program a PDF was made. It is compared as this program makes it again, so that none of what is found comes of
// another.
func (x *compared) madeBy(d *compare.Document) {
	if x.report != nil {
		d.Program = x.report.Manifest.Program
	}
}

// sameEdition gives a folder beside the PDF of a unit the edition of that unit, and refuses what is of two kinds.
func (a *app) sameEdition(p *pair) error {
	asked := a.edition
	for _, x := range []*compared{p.new, p.old} {
		if x.report == nil {
			continue
		}
		own := x.report.Manifest.Edition
		switch {
		case asked == "" && a.edition == "" && plainEdition(own) != "":
			a.edition = own
			if p.old.raw == nil || p.new.raw == nil {
				p.notes = append(p.notes, fmt.Sprintf("%s 是%s的，另一份也取这个版本来比", x.name, editionTold(own)))
			}
		case plainEdition(a.edition) != plainEdition(own):
			return usage("%s 是%s的，不是%s的，不能比较", x.name, editionTold(own), editionTold(a.edition))
		}
	}
	if p.old.report != nil && p.new.report != nil && plainEdition(p.old.report.Manifest.Edition) != plainEdition(p.new.report.Manifest.Edition) {
		return usage("%s 是%s的，%s 是%s的，不能比较", p.old.name, editionTold(p.old.report.Manifest.Edition), p.new.name, editionTold(p.new.report.Manifest.Edition))
	}
	return nil
}

// plainEdition is "" for the edition of the department, however it was asked for.
func plainEdition(edition string) string {
	if edition == "department" {
		return ""
	}
	return edition
}

func editionTold(edition string) string {
	if code, ok := strings.CutPrefix(edition, "unit:"); ok {
		return "单位 " + code + " "
	}
	return "部门"
}

// sameDepartment refuses to compare what has nothing to do with each other.
func (p *pair) sameDepartment() error {
	o, n := &p.old.work.Budget.Facts.Department, &p.new.work.Budget.Facts.Department
	if o.Code.V != n.Code.V {
		return usage("%s 是部门 %s %s 的，%s 是部门 %s %s 的，不是同一个部门，不能比较", p.old.name, o.Code.V, o.Name.V, p.new.name, n.Code.V, n.Name.V)
	}
	return nil
}

// borrow gives a copy of a folder that was put elsewhere the last year's data of the other, so that not each number of last
// year counts as gone.
func (a *app) borrow(s *build.Shared, p *pair) error {
	for _, x := range [][2]*compared{{p.old, p.new}, {p.new, p.old}} {
		poor, rich := x[0], x[1]
		if a.last != "" || poor.raw != nil || poor.work.Prior.Last != nil || rich.work.Prior.Last == nil || poor.work.Prior.Year != rich.work.Prior.Year {
			continue
		}
		poor.in.Data = lent{own: poor.in.Data, other: rich.in.Data, dir: rich.in.PriorDir}
		poor.in.PriorDir, poor.lent = rich.in.PriorDir, rich.name
		if err := a.make(s, poor); err != nil {
			return err
		}
	}
	return nil
}

// lent is a file system with a folder of another.
type lent struct {
	own, other fs.FS
	dir        string
}

func (l lent) Open(name string) (fs.File, error) {
	if _, ok := below(l.dir, name); ok {
		return l.other.Open(name)
	}
	return l.own.Open(name)
}

// middle is the old data with the new template, nil where it makes no document.
func (p *pair) middle() (side *compare.Side) {
	defer func() {
		if p.new.raw != nil && recover() != nil { // compose relies on packs without errors, and that of a stranger may have some
			side = nil
		}
	}()
	in := p.old.in
	in.Template = p.new.side().Document.Pack
	w, err := p.new.shared.Check(in)
	if err != nil || w.Tree == nil {
		return nil
	}
	return w.Side(p.old.name)
}

// shownAt is a place as it is shown: the cell of a workbook, the file inside a PDF.
func (a *app) shownAt(x *compared, r diag.Range) diag.Range {
	if r.IsZero() {
		return r
	}
	if x.raw != nil {
		r.File = x.name + " 里的 " + r.File
		return r
	}
	for _, w := range x.books {
		if at := w.folder.Place(r); at != r {
			return at
		}
	}
	return r
}
