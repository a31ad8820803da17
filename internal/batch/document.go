package batch

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// reports is the folder below the output folder that takes what was found in each department.
const reports = "核对报告"

// result is a finished department: its record and, when its document is new, the line for the manifest.
type result struct {
	record Record
	line   []byte
}

// draft is a document before it is written.
type draft struct {
	record Record
	key    string
	report []byte
	pdf    []byte // nil when there is none to write
	err    error  // what the machine refused
}

// department makes one document and writes it.
func (r *run) department(name string) (out result) {
	defer func() {
		if v := recover(); v != nil { // a fault of ours in this department is no reason to lose the others
			out = result{record: r.crashed(name, v)}
		}
	}()
	d, start := r.compute(name)
	if d.err == nil && d.pdf != nil {
		stamp, err := r.claims.place(d.record.Output, name, func() (Stamp, error) { return r.Machine.Write(d.record.Output, d.pdf) })
		var taken *takenError
		switch {
		case errors.As(err, &taken):
			d.taken(taken)
		case err != nil:
			if r.Machine.Full(err) {
				r.stop(&fatal{err})
			}
			d.err = err
		default:
			d.record.Status = Made
			d.record.Millis = (r.Machine.Clock() - start).Milliseconds()
			e := Entry{Key: d.key, Stamp: stamp, Record: d.record}
			out.line = e.Line()
		}
	}
	if d.err != nil {
		d.record.Status, d.record.Message = Refused, d.err.Error()
		d.report = append(d.report, d.err.Error()+"\n"...)
	}
	d.record.Millis = (r.Machine.Clock() - start).Milliseconds()
	out.record = d.record
	if d.record.Status != Unchanged {
		r.report(name, d.report)
	}
	return out
}

// compute takes a department to the bytes of its document, in one of the slots.
func (r *run) compute(name string) (d draft, start time.Duration) {
	r.slots <- struct{}{}
	defer func() { <-r.slots }()
	start = r.Machine.Clock()
	d.record = Record{Department: name, Status: BadData}
	in, err := r.Machine.Input(name)
	if err != nil {
		d.err = err
		return d, start
	}
	snap, err := takeSnapshot(in, r.Fingerprint)
	if err != nil {
		d.err = fmt.Errorf("读不出 %s 的数据：%w", in.Dir, err)
		return d, start
	}
	d.key = snap.key
	if r.unchanged(name, &d) {
		return d, start
	}
	in.Data = snap
	w, err := r.Shared.Check(in)
	if err != nil {
		d.err = err
	}
	r.typeset(w, &d)
	return d, start
}

// typeset takes checked data through the remaining phases and notes what was found.
func (r *run) typeset(w *build.Work, d *draft) {
	if w.Budget != nil {
		d.record.takeBudget(w, &r.words)
	}
	if w.Tree != nil && w.Pack != nil {
		d.record.takeFigures(w)
		pages := w.Typeset() // also where the data has errors: missing characters are then told in the same report
		d.record.Pages = len(pages.Pages)
		if d.err == nil && !w.Diags.HasErrors() {
			d.record.Output = outputName(cmp.Or(w.Tree.FileName, w.Tree.Title))
			d.pdf, d.err = w.PDF(pages)
		}
	}
	list := w.Diags.Sorted()
	d.record.takeDiags(list)
	sources := map[string][]byte{}
	for _, f := range w.Files {
		sources[f.Path] = f.Source
	}
	var b bytes.Buffer
	_ = diag.Text(&b, list, func(path string) []byte { return sources[path] }, diag.Options{}) // a Buffer takes all
	d.report = b.Bytes()
}

// unchanged reports whether the document of an earlier run is still there and still what would be made.
func (r *run) unchanged(name string, d *draft) bool {
	e, ok := r.Done[name]
	if !ok || r.Fingerprint == nil || e.Key != d.key {
		return false
	}
	if s, ok := r.Machine.Stamp(e.Record.Output); !ok || s != e.Stamp {
		return false
	}
	_, err := r.claims.place(e.Record.Output, name, func() (Stamp, error) { return e.Stamp, nil })
	if err != nil {
		return false // another department takes the name; making it again says so
	}
	d.record = e.Record
	d.record.Status = Unchanged
	return true
}

// taken makes a draft fail because another department's document has its name.
func (d *draft) taken(err *takenError) {
	d.record.taken(err)
	d.report = append(d.report, d.record.Message+"\n"...)
}

func (r *Record) taken(err *takenError) {
	r.Status, r.Output = BadData, ""
	r.Errors++
	r.Rules = append([]string{ruleName}, r.Rules...)
	r.Message = err.Error()
}

// report keeps what was found in a department where its author can be sent to, and takes an old report away.
func (r *run) report(name string, text []byte) {
	file := path.Join(reports, strings.ReplaceAll(name, "..", "")+".txt")
	var err error
	if len(text) > 0 {
		_, err = r.Machine.Write(file, text)
	} else {
		err = r.Machine.Remove(file)
	}
	if err != nil && r.Machine.Full(err) {
		r.stop(&fatal{err})
	}
}

func (r *run) crashed(name string, v any) Record {
	rec := Record{Department: name, Status: Crashed, Message: fmt.Sprintf("程序出错：%v", v)}
	r.report(name, fmt.Appendf(nil, "%s\n这是程序的错误，请把本文件连同数据交给程序的维护者\n\n%s", rec.Message, debug.Stack()))
	return rec
}

// outputName makes a file name of a pack's words that every file system takes: Windows refuses some characters and a
// point or space at an end.
func outputName(s string) string {
	var parts []string
	for part := range strings.SplitSeq(s, "/") {
		part = strings.Map(func(r rune) rune {
			if strings.ContainsRune(`\:*?"<>|`, r) || unicode.IsControl(r) {
				return '_'
			}
			return r
		}, part)
		if part = strings.Trim(part, ". "); part != "" {
			parts = append(parts, part)
		}
	}
	return cmp.Or(strings.Join(parts, "/"), "未命名") + ".pdf"
}
