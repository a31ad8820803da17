package batch

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/filename"
	"yusuan/internal/findings"
	"yusuan/internal/xlsx"
)

// Reports is the folder below the output folder that takes what was found in each department.
const Reports = "核对报告"

// onlyDepartment is the report of a department that is the batch's root, and so has no name below it.
const onlyDepartment = "本部门"

// What a report is written as: to be read and sent on, and to be worked through.
const (
	textReport  = ".txt"
	sheetReport = ".xlsx"
)

// Report is the file below the output folder that has what was found in the document's data, if anything was.
func (r *Record) Report() string { return r.reportName() + textReport }

// ReportSheet is the same as a workbook.
func (r *Record) ReportSheet() string { return r.reportName() + sheetReport }

func (r *Record) reportName() string {
	name := r.Department
	if name == "." { // the root is the department
		name = onlyDepartment
	}
	if r.Edition != "" { // folders of departments do not nest, so that no department has a report there
		name = path.Join(name, filename.Plain(r.unit()))
	}
	return path.Join(Reports, name)
}

// mostOfRule keeps a report to a length that is read: of very many findings of one rule the first ones.
const mostOfRule = 10

// report is what was found in a document's data, the same for people who read it and who work it through.
type report struct {
	text  []byte
	list  findings.List
	sheet []byte // the list as a workbook, made where there is a slot for it
}

// newReport is of all that checking and typesetting found.
func (r *run) newReport(rec *Record, w *build.Work, list []diag.Diagnostic) (out report) {
	if r.Editions == OfNone {
		return out
	}
	sources := map[string][]byte{}
	for _, f := range slices.Concat(w.Files, w.LastFiles) {
		sources[f.Path] = f.Source
	}
	const all = "全部列出：yusuan check 数据目录 --all"
	var b bytes.Buffer
	_ = diag.Text(&b, list, func(path string) []byte { return sources[path] }, diag.Options{Most: mostOfRule, More: "；" + all}) // a Buffer takes all
	out.text, out.list = b.Bytes(), findings.Bound(list, mostOfRule)
	out.list.All = all
	out.sheet = r.workbook(rec, &out.list)
	return out
}

// add adds what was found after that.
func (p *report) add(rule, message string) {
	message = diag.Printable(message)
	p.text = append(p.text, message+"\n"...)
	p.list.Diagnostics = append(p.list.Diagnostics, diag.Diagnostic{Rule: rule, Level: diag.Error, Message: message})
	p.sheet = nil
}

// workbook is a list as a workbook of the document it is about, nil where nothing was found.
func (r *run) workbook(rec *Record, list *findings.List) []byte {
	if len(list.Diagnostics) == 0 {
		return nil
	}
	whose := cmp.Or(rec.Name, rec.Title())
	list.Title, list.Sheet = strings.TrimSpace(whose+" "+Reports), cmp.Or(strings.TrimSpace(rec.Code+" "+rec.Name), rec.Title())
	program := ""
	if r.Shared != nil {
		program = r.Shared.Program
	}
	application, _, _ := strings.Cut(program, " ")
	date, _ := time.Parse(time.DateOnly, rec.Date) // of what bears none it says none
	var b bytes.Buffer
	if err := list.Write(&b, xlsx.Made{Title: list.Title, Program: program, Application: application, Date: date}); err != nil {
		panic(fmt.Sprintf("batch: a report as a workbook: %v", err)) // a Buffer takes all
	}
	return b.Bytes()
}

// report keeps what was found in a department where its author can be sent to, and takes old reports away. What cannot be
// replaced is told in the text: nobody takes an old list for today's.
func (r *run) report(rec *Record, p report) {
	if r.Editions == OfNone {
		return
	}
	if p.sheet == nil {
		p.sheet = r.workbook(rec, &p.list)
	}
	err := r.keepOrRemove(rec.ReportSheet(), p.sheet)
	if err != nil {
		r.stays(rec.ReportSheet())
		p.text = fmt.Appendf(p.text, "\n%s 没有写成，那里如果有，是以前的，不要再用：%s\n", path.Base(rec.ReportSheet()), diag.Printable(err.Error()))
	}
	if err := errors.Join(err, r.keepOrRemove(rec.Report(), p.text)); err != nil && r.Machine.Full(err) {
		r.stop(&fatal{err})
	}
}

func (r *run) keepOrRemove(name string, content []byte) error {
	if len(content) == 0 {
		return r.Machine.Remove(name)
	}
	_, err := r.Machine.Write([]Content{{name, content}})
	return err
}

// stays notes a file that could not be replaced or taken away.
func (b *Batch) stays(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = append(b.left, name)
}

// still are those that are there.
func (b *Batch) oldReports() (names []string) {
	for _, name := range b.left {
		if _, there := b.Machine.Stamp(name); there {
			names = append(names, name)
		}
	}
	return names
}

// LeftReports lists the reports of departments that are no longer there. departments are sorted; names are those of all reports.
func LeftReports(departments []string, names []string) (files []string) {
	for _, name := range names {
		of := strings.TrimPrefix(name, Reports+"/")
		ext := path.Ext(of)
		of = strings.TrimSuffix(of, ext)
		if (ext == textReport || ext == sheetReport) && of != onlyDepartment && !below(departments, of) {
			files = append(files, name)
		}
	}
	return files
}

// below reports whether a name is that of a department or lies below one, as the reports of units do.
func below(departments []string, name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if wanted(departments, name) {
			return true
		}
	}
	return false
}
