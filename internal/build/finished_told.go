package build

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/memfs"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/stated"
)

// recognise finds which pack a document is of and which of its tables is which. Nil is told.
func (s *Shared) recognise(in FinishedInput, l *diag.List) (*recognise.Found, []*recognise.Found, error) {
	d, template := in.Document, in.Template
	names := s.PackNames()
	if template != "" {
		if !slices.Contains(names, template) {
			l.Add(diag.NotListed("模板-000", diag.Range{}, "模板", template, names))
			return nil, nil, nil
		}
		names = []string{template}
	}
	var packs []*pack.Pack
	newest := 0
	for _, name := range names {
		p, diags, err := s.pack(name)
		if err != nil {
			return nil, nil, err
		}
		if !s.usable(p, diags) {
			if template != "" {
				l.Append(diags)
			}
			continue
		}
		packs, newest = append(packs, p), max(newest, p.LastYear)
	}
	cat, err := s.catalogueOrNone(newest, template, in.Codes)
	if err != nil || len(packs) == 0 {
		return nil, nil, err
	}
	best, others := recognise.Best(packs, cat, d)
	if best == nil {
		return nil, nil, nil
	}
	of, err := s.catalogueOrNone(best.Year.Value, best.Pack.ID, in.Codes)
	if err != nil || of == nil || of == cat {
		return best, others, err
	}
	return recognise.Tables(best.Pack, of, d), others, nil
}

// catalogueOrNone is the catalogue of a year, nil where there is none.
func (s *Shared) catalogueOrNone(year int, packID string, own *Codes) (*classify.Catalogue, error) {
	cat, err := s.CodesOf(year, packID, own)
	var wrong *classify.Fault // it is told when what is stated is checked
	if errors.Is(err, classify.ErrNoCatalogue) || errors.As(err, &wrong) {
		return nil, nil
	}
	return cat, err
}

// laterCatalogue is the first catalogue after the year of a finished document that is older than all: its codes are nearly the same.
func (w *Work) laterCatalogue(f *budget.Facts, packID string, l *diag.List) (*classify.Catalogue, error) {
	const years = 20
	asked := f.Department.Year
	for year := asked.V + 1; year <= asked.V+years; year++ {
		cat, err := w.shared.CodesOf(year, packID, w.in.Codes)
		if errors.Is(err, classify.ErrNoCatalogue) {
			continue
		}
		if err == nil {
			l.Add(diag.Diagnostic{Rule: "成文-016", Level: diag.Warning, At: asked.At, Message: fmt.Sprintf("没有%d年的科目目录，按%d年的核对", asked.V, cat.Year),
				Hint: "两年之间改了名的科目，可能报出不该报的"})
		}
		return cat, err
	}
	return nil, classify.ErrNoCatalogue
}

// boxKey is a finding by what people see of it.
type boxKey struct {
	rule, message, stated string
	at                    diag.Range
}

func keyOf(d *diag.Diagnostic) boxKey { return boxKey{d.Rule, d.Message, d.Stated, d.At} }

// Boxes are where on the pages a finding is to be marked, none where that is not known.
func (f *Finished) Boxes(d diag.Diagnostic) []paper.Place { return f.boxes[keyOf(&d)] }

// translate takes the findings over: from what was typed to the paper. How things are typed is nobody's fault.
func (f *Finished) translate(in FinishedInput, l diag.List) {
	for _, d := range l.Sorted() {
		if ofTyping(d.Rule) || strings.HasPrefix(d.Rule, "年度-") && f.Found.Year.Value == 0 {
			continue
		}
		at := f.Typed.At(d.At)
		d.At = f.place(in, d.At)
		d.Notes = slices.Clone(d.Notes)
		for i := range d.Notes {
			d.Notes[i].At = f.place(in, d.Notes[i].At)
			if f.stranger && d.Level == diag.Error && d.Notes[i].At.File == in.LastName {
				d.Level = diag.Warning // likelier the wrong file than the wrong number
			}
		}
		f.boxes[keyOf(&d)] = at
		f.Diags.Add(d)
	}
}

// ofTyping reports whether a rule is about how files are typed.
func ofTyping(rule string) bool {
	return strings.HasPrefix(rule, "文件-") && rule != "文件-019" || strings.HasPrefix(rule, "填报-") && rule != "填报-010"
}

// place is where on paper a place in the typed files is: of a spreadsheet its cell, else page, table, row and column.
func (f *Finished) place(in FinishedInput, r diag.Range) diag.Range {
	if !strings.HasPrefix(r.File, finishedDir+"/") && r.File != finishedDir {
		return r // of a pack
	}
	p, last, ok := f.Typed.Printed(r)
	name := in.Name
	if last {
		name = in.LastName
	}
	if !ok {
		return diag.Range{File: name}
	}
	if at := f.Typed.At(r); len(at) > 0 && at[0].Sheet != "" {
		return diag.InCell(name, diag.Cell{Sheet: at[0].Sheet, Name: at[0].Cell})
	}
	if known, is := r.In.Printed(); is && !last { // what rules know of it
		p.RowTitle, p.ColumnTitle = cmp.Or(known.RowTitle, p.RowTitle), known.ColumnTitle
		if p.Table == "" && p.Section == "" {
			p.Table, p.Section = known.Table, known.Section
		}
	}
	if p == (diag.Printed{}) {
		return diag.Range{File: name}
	}
	return diag.InDocument(name, p)
}

// on is a place of the document as findings tell it.
func (f *Finished) on(name string, at paper.Place, table string) diag.Range {
	switch {
	case at.Sheet != "":
		return diag.InCell(name, diag.Cell{Sheet: at.Sheet, Name: at.Cell})
	case at.Page > 0 || table != "":
		return diag.InDocument(name, diag.Printed{Page: at.Page, Table: table})
	}
	return diag.Range{File: name}
}

func (f *Finished) tell(d diag.Diagnostic, at paper.Place) {
	f.Diags.Add(d)
	if at != (paper.Place{}) {
		f.boxes[keyOf(&d)] = []paper.Place{at}
	}
}

// gaps tells what of the file was not read.
func (f *Finished) gaps(name string, d *paper.Document) {
	for _, g := range d.Gaps {
		if g.Doubtful {
			f.Doubtful++
		} else {
			f.Gaps++
		}
		x := diag.Diagnostic{Rule: "成文-010", Level: diag.Warning, At: f.on(name, g.At, ""), Message: g.What + "，没有核对", Hint: g.Remedy}
		if g.Doubtful {
			x.Rule, x.Message = "成文-011", g.What+"，读出的可能与看见的不同"
		}
		f.tell(x, g.At)
	}
}

// unknown tells what of the document was read and not understood: columns that are none of the pack's, and what is doubtful.
func (f *Finished) unknown(name string) {
	switch n := len(f.Missing); {
	case f.Checked == 0:
		f.tell(diag.Diagnostic{Rule: "成文-015", Level: diag.Warning, At: diag.Range{File: name}, Message: "没有一张表认得是模板里的预算表，表都没有核对",
			Hint: "用 --template 写明模板；表另外公开的，把表的文件一起核对"}, paper.Place{})
	case n > 0:
		f.tell(diag.Diagnostic{Rule: "成文-015", Level: diag.Warning, At: diag.Range{File: name}, Message: fmt.Sprintf("没有找到模板里的%d张表，没有核对：", n) + strings.Join(f.Missing, "、"),
			Hint: "看看文件里有没有这些表；有的，看它的表题、表头"}, paper.Place{})
	}
	if f.Work.Pack == nil || f.Budget == nil {
		f.tell(diag.Diagnostic{Rule: "成文-013", Level: diag.Warning, At: diag.Range{File: name}, Message: "读出的内容不能核对，什么都没有核对"}, paper.Place{})
	}
	if f.Found.Year.Value == 0 {
		f.tell(diag.Diagnostic{Rule: "成文-013", Level: diag.Warning, At: diag.Range{File: name}, Message: "文件里没有读到是哪一年的预算，与年度有关的没有核对"}, paper.Place{})
	}
	if n := f.Found.Unseen; n > 0 {
		f.tell(diag.Diagnostic{Rule: "成文-013", Level: diag.Warning, At: diag.Range{File: name},
			Message: fmt.Sprintf("文件里表太多，只看了前%d张，后面的%d张没有看，没有核对", len(f.Found.Tables), n), Hint: "分成几份文件，分别核对"}, paper.Place{})
	}
	for _, t := range f.Found.Tables {
		for _, e := range t.Extra {
			if e.Filled && t.Spec != nil {
				f.tell(diag.Diagnostic{Rule: "成文-012", Level: diag.Warning, At: f.on(name, e.At, t.Name()),
					Message: t.Name() + "的" + e.Name() + "，模板的表" + t.Spec.ID + "里没有，没有核对"}, e.At)
			}
		}
		for _, x := range t.Doubts {
			f.tell(diag.Diagnostic{Rule: "成文-013", Level: diag.Warning, At: f.on(name, x.At, t.Name()), Message: t.Name() + "：" + x.What,
				Hint: "照原文件看一看这里"}, x.At)
		}
	}
}

// left tells what stands in what was typed as remarks alone.
func (f *Finished) left(name string) {
	for _, x := range f.Typed.Left {
		p := diag.Printed{Section: x.Section}
		if len(x.At) > 0 {
			p.Page = x.At[0].Page
		}
		d := diag.Diagnostic{Rule: "成文-017", Level: diag.Note, At: diag.InDocument(name, p), Message: x.What + "，没有核对"}
		f.Diags.Add(d)
		f.boxes[keyOf(&d)] = x.At
	}
}

// summarise counts what was checked.
func (f *Finished) summarise() {
	s := &f.Summary
	s.Tables, s.Unknown = len(f.Found.Pack.Tables), f.Found.Unseen
	for _, t := range f.Found.Missing {
		s.Missing = append(s.Missing, diag.Quote(t.Called()))
	}
	if f.Work.Pack == nil || f.Budget == nil { // the check stopped
		return
	}
	for _, t := range f.Found.Tables {
		switch {
		case t.Of != nil:
			continue
		case t.Form != nil:
			s.Forms++
		case t.Spec == nil:
			s.Unknown++
			continue
		default:
			s.Checked++
		}
		s.Rows += len(t.Rows)
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				if c.Text != "" {
					s.Cells++
				}
			}
		}
	}
	for i := range f.Budget.Facts.StatedTexts {
		text := f.Budget.Facts.StatedTexts[i].Text.V
		list := prose.Sentences(text, false)
		s.Sentences += len(list)
		if p := f.Budget.Facts.Prior; p != nil && len(p.Figures) > 0 {
			continue
		}
		for _, x := range list {
			if one := text[x.Start:x.End]; prose.Comparison.MatchString(one) || prose.AsLast.MatchString(one) {
				s.Unmatched++
			}
		}
	}
}

// typedFiles are the files of a document as a folder in memory.
type typedFiles map[string][]byte

func folderOf(t *stated.Typed) typedFiles {
	out := typedFiles{}
	for _, f := range t.Files {
		out[f.Path] = f.Data
	}
	return out
}

// Open is of fs.FS.
func (m typedFiles) Open(name string) (fs.File, error) {
	if data, ok := m[path.Base(name)]; ok && path.Dir(name) == finishedDir {
		return memfs.File(path.Base(name), data), nil
	}
	switch name {
	case ".":
		return memfs.Folder(".", []fs.DirEntry{memfs.FolderEntry(finishedDir)}), nil
	case finishedDir:
		var entries []fs.DirEntry
		for _, f := range slices.Sorted(maps.Keys(m)) {
			entries = append(entries, memfs.FileEntry(f, len(m[f])))
		}
		return memfs.Folder(finishedDir, entries), nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
