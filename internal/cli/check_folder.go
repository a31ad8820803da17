package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
)

// papersOf checks a folder of finished documents, one after the other: of one that cannot be read it is told, and the others are
// checked all the same.
func (x *checking) papersOf(g *given) error {
	for _, name := range g.folder.files {
		raw, err := readPaper(name)
		is := true
		if err == nil {
			is, err = isPaper(name, raw)
		}
		switch {
		case err != nil:
			x.refuse(name, err)
			continue
		case !is:
			x.refuse(name, fmt.Errorf("是填报表；单独核对：yusuan check %s", typed(filepath.ToSlash(name))))
			continue
		}
		j, err := x.judge(name, raw)
		if err != nil {
			return err
		}
		j.slim() // there may be hundreds
		x.papers = append(x.papers, j)
	}
	for _, name := range g.folder.data {
		x.left = append(x.left, fmt.Sprintf("%s 是数据目录，没有核对；单独核对：yusuan check %s", filepath.ToSlash(name), typed(filepath.ToSlash(name))))
	}
	if n := g.folder.others; n > 0 {
		x.left = append(x.left, fmt.Sprintf("另有 %d 个文件不是文档（图片、文本一类），没有看", n))
	}
	return nil
}

// refuse notes a file of a folder that is not checked.
func (x *checking) refuse(name string, why error) {
	j := &judged{name: name}
	said := strings.TrimPrefix(inChinese(why), j.shown()) // its name stands before it where it is told
	j.refused = errors.New(strings.TrimLeft(said, "： "))
	x.papers = append(x.papers, j)
	x.tellTaken(j)
}

// unread is how many documents are not checked at all.
func (x *checking) unread() (n int) {
	for _, j := range x.papers {
		if j.done == nil {
			n++
		}
	}
	return n
}

// forPeople tells what was found: of several documents a table of all first, then of each what is wrong with it. Findings in data
// that were named beside them come before.
func (x *checking) forPeople() error {
	if err := diag.Text(x.out, x.placed(x.found.Sorted()), x.sources(x.files), x.listOptions(x.out)); err != nil {
		return err
	}
	if !x.many {
		j := x.papers[0]
		if err := diag.Text(x.out, j.shortly(), nil, x.ofPrinted()); err != nil {
			return err
		}
		say(x.out, "%s\n", j.closing())
		return nil
	}
	x.tellAll()
	for _, j := range x.papers {
		if j.done == nil || len(j.notes()) == 0 {
			continue
		}
		say(x.out, "\n%s\n", j.heading())
		if err := x.someOf(j); err != nil {
			return err
		}
		say(x.out, "%s\n", j.closing())
	}
	return nil
}

// ofPrinted are the options for findings in finished documents.
func (x *checking) ofPrinted() diag.Options {
	o := x.listOptions(x.out)
	o.Printed = true
	return o
}

// mostOfPaper bounds what is shown of one document where there are several.
const mostOfPaper = 20

// someOf shows the findings of one of several documents, the worst.
func (x *checking) someOf(j *judged) error {
	list := j.shortly()
	left := len(list) - mostOfPaper
	if x.all || left <= 0 {
		return diag.Text(x.out, list, nil, x.ofPrinted())
	}
	if err := diag.Text(x.out, list[:mostOfPaper], nil, x.ofPrinted()); err != nil {
		return err
	}
	say(x.out, "…… 还有 %d 处没有列出；全部列出加 --all，或单独核对这一份：yusuan check %s\n", left, typed(j.shown()))
	return nil
}

// notes are the findings in the order in which they are shown.
func (j *judged) notes() []diag.Diagnostic {
	l := j.found()
	return l.Sorted()
}

// shortly are the findings without the document's name, which stands above them once: a place begins with its page. Of another
// document the last part of its name is said.
func (j *judged) shortly() []diag.Diagnostic {
	short := func(r diag.Range) diag.Range {
		if r.File == j.shown() {
			r.File = ""
		} else {
			r.File = path.Base(r.File)
		}
		return r
	}
	list := j.notes()
	for i := range list {
		d := &list[i]
		d.At, d.Notes = short(d.At), slices.Clone(d.Notes)
		for k := range d.Notes {
			if !d.Notes[k].At.IsZero() {
				d.Notes[k].At = short(d.Notes[k].At)
			}
		}
	}
	return list
}

// heading is a document where it is one of several.
func (j *judged) heading() string {
	return "── " + strings.TrimSpace(j.shown()+" "+j.of())
}

// of is the department and the year that a document says it is of.
func (j *judged) of() string {
	if j.done == nil {
		return ""
	}
	year := ""
	if y := j.done.Found.Year.Value; y > 0 {
		year = strconv.Itoa(y) + "年"
	}
	return strings.TrimSpace(year + j.done.Found.Name.Value)
}

// tellAll is the table of all documents, those with errors first, and what was not looked at.
func (x *checking) tellAll() {
	checked := len(x.papers) - x.unread()
	wrong := 0
	for _, j := range x.papers {
		if l := j.found(); l.HasErrors() {
			wrong++
		}
	}
	say(x.out, "%d 份文件：核对了 %d 份，其中 %d 份有错误；%d 份没有核对\n", len(x.papers), checked, wrong, x.unread())
	rows := [][]string{{"错误", "警告", "没核对", "文件", "部门和年度", "模板"}}
	var refused []string
	for _, j := range x.sorted() {
		if j.done == nil {
			refused = append(refused, j.shown()+"："+oneLine(inChinese(j.refused)))
			continue
		}
		l := j.found()
		rows = append(rows, []string{strconv.Itoa(l.Count(diag.Error)), strconv.Itoa(l.Count(diag.Warning)), strconv.Itoa(len(j.left)), j.shown(), cmp.Or(j.of(), "没有认出"), j.done.Pack.ID})
	}
	if checked > 0 {
		for _, line := range aligned(rows) {
			say(x.out, "%s\n", line)
		}
	}
	if len(refused) > 0 {
		say(x.out, "没有核对的：\n")
	}
	for _, words := range refused {
		say(x.out, "  %s\n", words)
	}
	for _, words := range x.left {
		say(x.out, "%s\n", words)
	}
}

// sorted are the documents as the table of all has them: most errors first, those that are not checked last, else by name.
func (x *checking) sorted() []*judged {
	out := slices.Clone(x.papers)
	slices.SortStableFunc(out, func(a, b *judged) int {
		if (a.done == nil) != (b.done == nil) {
			if b.done == nil {
				return -1
			}
			return 1
		}
		la, lb := a.found(), b.found()
		return cmp.Or(cmp.Compare(lb.Count(diag.Error), la.Count(diag.Error)), cmp.Compare(a.shown(), b.shown()))
	})
	return out
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "；") }

// aligned are rows as lines whose columns line up in a terminal.
func aligned(rows [][]string) (lines []string) {
	widest := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, s := range r {
			widest[i] = max(widest[i], diag.Columns(s))
		}
	}
	for _, r := range rows {
		line := ""
		for i, s := range r {
			line += "  " + s + strings.Repeat(" ", widest[i]-diag.Columns(s))
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// paperForPrograms is what JSON says of a finished document.
type paperForPrograms struct {
	File       string   `json:"file"`
	Format     string   `json:"format,omitempty"`
	Pages      int      `json:"pages,omitempty"`
	Template   string   `json:"template,omitempty"`
	Department string   `json:"department,omitempty"`
	Year       int      `json:"year,omitempty"`
	Errors     int      `json:"errors"`
	Warnings   int      `json:"warnings"`
	Notes      int      `json:"notes"`
	Tables     int      `json:"tables,omitempty"`
	Found      int      `json:"tables_found,omitempty"`
	Forms      int      `json:"forms,omitempty"`
	Rows       int      `json:"rows,omitempty"`
	Cells      int      `json:"cells,omitempty"`
	Sentences  int      `json:"sentences,omitempty"`
	NotChecked []string `json:"not_checked,omitempty"`
	// Numbers of sentences, and those of them that were held against something; with --coverage each of them.
	Spoken   int                 `json:"sentence_numbers,omitempty"`
	Settled  int                 `json:"sentence_numbers_held,omitempty"`
	Coverage []spokenForPrograms `json:"coverage,omitempty"`
	Refused  string              `json:"refused,omitempty"`
}

// forPrograms is what JSON says of all finished documents; nil where there is none.
func (x *checking) forPrograms() any {
	var out []paperForPrograms
	for _, j := range x.papers {
		p := paperForPrograms{File: j.shown()}
		if j.paper != nil {
			p.Format, p.Pages = string(j.paper.Format), len(j.paper.Pages)
		}
		if j.done == nil {
			p.Refused = inChinese(j.refused)
			out = append(out, p)
			continue
		}
		l := j.found()
		p.Errors, p.Warnings, p.Notes = l.Count(diag.Error), l.Count(diag.Warning), l.Count(diag.Note)
		p.Forms, p.Rows, p.Cells, p.Sentences = j.done.Forms, j.done.Rows, j.done.Cells, j.done.Sentences
		p.Template, p.Tables, p.Found, p.NotChecked = j.done.Pack.ID, j.done.Tables, j.done.Checked, j.left
		p.Department, p.Year = j.done.Found.Name.Value, j.done.Found.Year.Value
		p.Spoken, p.Settled, p.Coverage = j.done.Spoken, j.done.Settled, j.spokenForPrograms()
		out = append(out, p)
	}
	if out == nil {
		return nil
	}
	return out
}

// marked are notes for the pages of a document, one for each finding that has a place there.
func (j *judged) marked() (out []marking) {
	for _, d := range j.notes() {
		byPage := map[int][]paper.Box{}
		for _, p := range j.done.Boxes(d) {
			if p.Page > 0 && p.Box != (paper.Box{}) {
				byPage[p.Page] = append(byPage[p.Page], p.Box)
			}
		}
		out = append(out, marking{d, byPage})
	}
	return out
}

type marking struct {
	d     diag.Diagnostic
	boxes map[int][]paper.Box
}
