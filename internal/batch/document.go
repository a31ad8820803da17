package batch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/filename"
)

// result is a finished department: its records and, when a document is new, the line for the manifest.
type result struct {
	records []Record
	line    []byte
}

// folder is a department under way.
type folder struct {
	name  string
	in    build.Input
	snap  *snapshot
	units []string // editions of its units, known once its own document is done
	entry Entry    // as the manifest will have it
	old   Entry    // as the manifest has it, of data that are as they were, unless all is to be made anew; else empty
	there Entry    // the same though all is to be made anew
	news  bool     // entry says more than old
}

// draft is a document before it is written.
type draft struct {
	record Record
	report report
	kept   *Document // what an earlier run made, when nothing has changed
	err    error     // what the machine refused

	want     []request // forms to make
	have     []placed  // files of an earlier run that are as they should be
	files    []placed  // that were made
	contents []Content // of files, in their order

	unnamed error // why the data make no name for it
}

// department makes the documents of one department and writes them.
func (r *run) department(ctx context.Context, name string) (out result) {
	f := &folder{name: name, entry: Entry{Department: name}}
	out.records = []Record{r.document(f, "")}
	if r.Editions == OfUnits || r.Editions == OfAll {
		for _, edition := range f.units {
			if ctx.Err() != nil {
				out.records = append(out.records, Record{Department: name, Edition: edition, Status: NotDone})
				continue
			}
			out.records = append(out.records, r.document(f, edition))
		}
	}
	if f.news {
		r.remember(f)
		f.entry.Key, f.entry.Units = f.snap.key, f.units
		out.line = f.entry.Line()
	}
	return out
}

// document makes one document and writes it.
func (r *run) document(f *folder, edition string) (rec Record) {
	defer func() {
		if v := recover(); v != nil { // a fault of ours in this document is no reason to lose the others
			rec = r.crashed(f.name, edition, v)
		}
	}()
	d, start := r.compute(f, edition)
	if d.kept != nil {
		r.keep(f, *d.kept)
		return d.record
	}
	if d.unnamed != nil {
		d.misnamed(d.unnamed)
	}
	if d.err == nil && len(d.contents) > 0 {
		r.place(f, &d)
	}
	if d.err != nil {
		d.record.Status, d.record.Message = Refused, d.err.Error()
		d.report.add("", d.err.Error())
	}
	d.record.Millis = (r.Machine.Clock() - start).Milliseconds()
	if d.record.Status == Made || d.record.Status == Checked && r.Editions == OfUnits {
		made := Document{Record: d.record, Root: r.Root, Editions: r.Editions}
		f.entry.Documents, f.news = append(f.entry.Documents, made.with(d.have)), true
	}
	r.report(&d.record, d.report)
	return d.record
}

// place writes the forms that were made, all or none, beside those that are there.
func (r *run) place(f *folder, d *draft) {
	all := inOrder(slices.Concat(d.have, d.files))
	d.record.takeFiles(all)
	stamps, err := r.claims.place(all, d.record.owner(), func() ([]Stamp, error) { return r.Machine.Write(d.contents) })
	var taken *takenError
	switch {
	case errors.As(err, &taken):
		d.misnamed(taken)
	case err != nil:
		if r.Machine.Full(err) {
			r.stop(&fatal{err})
		}
		d.err = err
	default:
		for i := range d.files {
			d.files[i].Stamp = stamps[i]
		}
		d.have = inOrder(slices.Concat(d.have, d.files))
		d.record.Status = Made
		d.record.Replaces = r.replaced(f, d.record.Edition, d.files)
	}
	for i := range d.files {
		if d.files[i].Form == build.PDF {
			r.reuse(d.contents[i].Bytes)
		}
	}
}

// compute takes a document to its bytes, in one of the slots.
func (r *run) compute(f *folder, edition string) (d draft, start time.Duration) {
	r.slots <- struct{}{}
	defer func() { <-r.slots }()
	start = r.Machine.Clock()
	d.record = Record{Department: f.name, Edition: edition, Status: BadData}
	if f.snap == nil {
		if d.err = r.open(f); d.err != nil {
			return d, start
		}
	}
	if r.unchanged(f, &d) {
		return d, start
	}
	in := f.in
	in.Edition = edition
	w, err := r.Shared.Check(in)
	if err != nil {
		d.err = err
	}
	if edition == "" {
		f.units = w.UnitEditions()
	}
	r.typeset(w, &d)
	return d, start
}

// open reads the department's folder.
func (r *run) open(f *folder) (err error) {
	if f.in, err = r.Machine.Input(f.name); err != nil {
		return err
	}
	if f.snap, err = takeSnapshot(f.in, r.Fingerprint); err != nil {
		return unreadable(f.in.Dir, err)
	}
	f.in.Data = f.snap
	if e := r.known(f.name); r.Fingerprint != nil && e.Key == f.snap.key {
		f.there = e
	}
	if e, ok := r.Done[f.name]; ok && r.Fingerprint != nil && e.Key == f.snap.key {
		f.old, f.units = e, e.Units
	}
	return nil
}

// unreadable says what of a department cannot be read, and why where that is plain.
func unreadable(dir string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("读不出 %s：文件刚被删除，或者是失效的链接（%w）", p.Path, p.Err)
		case errors.Is(err, fs.ErrPermission):
			return fmt.Errorf("读不出 %s：没有读取的权限（%w）", p.Path, p.Err)
		}
	}
	return fmt.Errorf("读不出 %s 的数据：%w", dir, err)
}

// typeset takes checked data through the remaining phases and notes what was found.
func (r *run) typeset(w *build.Work, d *draft) {
	var facts Facts
	department := d.record.Edition == ""
	if w.Budget != nil {
		d.record.takeBudget(w.Budget)
		if department {
			facts.takeBudget(w.Budget)
			facts.takeProjects(w.Budget)
		}
	}
	if w.Budget != nil && w.Numbers != nil { // checked to the end
		facts.takeContent(w)
		if department {
			facts.takeSpending(w)
		}
	}
	if w.Tree != nil && w.Pack != nil {
		facts.takeFigures(w)
	}
	d.record.facts = facts.keep(r.Shelf)
	if twice, ok := r.twice[d.record.Department]; ok {
		w.Diags.Add(twice)
	}
	switch {
	case w.Tree != nil && w.Pack != nil && department && (r.Editions == OfUnits || r.Editions == OfNone):
		d.record.finish(d.err, w)
	case w.Tree != nil && w.Pack != nil:
		pages := w.Typeset() // also where the data has errors: missing characters are then told in the same report
		d.record.Pages = len(pages.Pages)
		if d.err == nil && !w.Diags.HasErrors() {
			r.makeForms(w.Tree, func(f build.Form, m *build.Memory) ([]byte, error) { return w.Make(f, pages, m) }, d)
		}
	case w.Budget != nil && w.Budget.Facts.Published():
		d.record.finish(d.err, w)
	}
	list := w.Diags.Sorted()
	d.record.takeDiags(list)
	d.report = r.newReport(&d.record, w, list)
}

// finish marks a record of which no document is asked for.
func (r *Record) finish(err error, w *build.Work) {
	if err == nil && !w.Diags.HasErrors() {
		r.Status = Checked
	}
}

// unchanged reports whether the document of an earlier run is still there and still what would be made.
func (r *run) unchanged(f *folder, d *draft) bool {
	old := f.old.document(d.record.Edition)
	d.want = r.all()
	if _, twice := r.twice[f.name]; old == nil || twice {
		d.have = r.unasked(f.there.document(d.record.Edition))
		return false
	}
	if d.record.Edition == "" && r.Editions == OfUnits { // only what is known of it is asked for
		d.kept, d.record = old, old.Record
		d.record.Status, d.record.Output, d.record.Forms = Checked, "", nil
		return true
	}
	have, want := r.still(old)
	if len(want) > 0 {
		d.have, d.want = have, want
		return false
	}
	if _, err := r.claims.place(have, old.Record.owner(), func() ([]Stamp, error) { return nil, nil }); err != nil {
		return false // another document takes the name; making it again says so
	}
	now := old.with(have)
	if now.Stamp != old.Stamp || !slices.Equal(now.Stamps, old.Stamps) || len(have) < len(old.files()) {
		f.news = true
	}
	d.kept, d.record = &now, now.Record
	d.record.Status, d.record.Replaces = Unchanged, nil
	return true
}

// misnamed makes a draft fail because it can have no name, or because another document has it.
func (d *draft) misnamed(err error) {
	d.record.misnamed(err)
	d.report.add(ruleName, d.record.Message)
}

func (r *Record) misnamed(err error) {
	r.Status = BadData
	r.takeFiles(nil)
	r.Errors++
	r.Rules = append([]string{ruleName}, r.Rules...)
	r.Message = err.Error()
}

func (r *run) crashed(name, edition string, v any) Record {
	rec := Record{Department: name, Edition: edition, Status: Crashed, Message: diag.Printable(fmt.Sprintf("程序出错：%v", v))}
	var p report
	p.add("", rec.Message)
	p.text = fmt.Appendf(p.text, "这是程序的错误，请把本文件连同数据交给程序的维护者\n%s\n\n%s", r.Program, debug.Stack())
	r.report(&rec, p)
	return rec
}

// outputName is the name of a document's file below the output folder: as the pack asks, or else its title.
func outputName(d *doc.Document, ext string) (string, error) {
	if len(d.FileName) > 0 {
		return filename.Path(d.FileName, ext)
	}
	return filename.Of(d.Title, ext)
}
