package batch

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/doc"
)

// FormFile is a document in one form, as a file.
type FormFile struct {
	Form    build.Form `json:"form"`
	Output  string     `json:"output"`            // path below the output folder
	SHA256  string     `json:"sha256"`            // of the file, as it was written
	Altered bool       `json:"altered,omitempty"` // somebody had changed it, and it was made again
}

// Files are the files of a document, in the order of their forms. The PDF stands in fields of its own.
func (r *Record) Files() []FormFile {
	out := make([]FormFile, 0, 1+len(r.Forms))
	if r.Output != "" {
		out = append(out, FormFile{build.PDF, r.Output, r.SHA256, r.Altered})
	}
	return append(out, r.Forms...)
}

// takeFiles makes the record say which files there are.
func (r *Record) takeFiles(files []placed) {
	r.Output, r.SHA256, r.Altered, r.Forms = "", "", false, nil
	for i := range files {
		if f := files[i].FormFile; f.Form == build.PDF {
			r.Output, r.SHA256, r.Altered = f.Output, f.SHA256, f.Altered
		} else {
			r.Forms = append(r.Forms, f)
		}
	}
}

// FilesOf are the files of one form that a run has made or found unchanged, in the order of the records.
func FilesOf(records []Record, form build.Form) (files []FormFile) {
	for i := range records {
		if !records[i].Status.Good() {
			continue
		}
		for _, f := range records[i].Files() {
			if f.Form == form {
				files = append(files, f)
			}
		}
	}
	return files
}

// placed is a file of a document that was put in its place.
type placed struct {
	FormFile
	Stamp Stamp
}

// files are those of a document that is there.
func (d *Document) files() []placed {
	var out []placed
	for _, f := range d.Record.Files() {
		switch n := len(out); {
		case f.Form == build.PDF:
			out = append(out, placed{f, d.Stamp})
		case d.Record.Output != "":
			out = append(out, placed{f, stampAt(d.Stamps, n-1)})
		default:
			out = append(out, placed{f, stampAt(d.Stamps, n)})
		}
	}
	return out
}

// stampAt is a stamp of a list, none where a manifest that somebody edited has too few.
func stampAt(list []Stamp, i int) Stamp {
	if i >= len(list) {
		return Stamp{}
	}
	return list[i]
}

// with is the document with other files.
func (d Document) with(files []placed) Document {
	d.Record.takeFiles(files)
	d.Stamp, d.Stamps = Stamp{}, nil
	for i := range files {
		if files[i].Form == build.PDF {
			d.Stamp = files[i].Stamp
		} else {
			d.Stamps = append(d.Stamps, files[i].Stamp)
		}
	}
	return d
}

func hasForm[T interface{ form() build.Form }](files []T, form build.Form) bool {
	return slices.ContainsFunc(files, func(f T) bool { return f.form() == form })
}

func (f FormFile) form() build.Form { return f.Form }

// form is that of a file that was moved. What earlier versions moved was the PDF.
func (m *Moved) form() build.Form {
	if m.Form == "" {
		return build.PDF
	}
	return m.Form
}

// inOrder sorts files by their forms.
func inOrder(files []placed) []placed {
	slices.SortFunc(files, func(a, b placed) int {
		return slices.Index(build.Forms(), a.Form) - slices.Index(build.Forms(), b.Form)
	})
	return files
}

// forms are those that a run is asked for.
func (b *Batch) forms() []build.Form {
	if len(b.Forms) == 0 {
		return []build.Form{build.PDF}
	}
	return b.Forms
}

// request is a form to make.
type request struct {
	form    build.Form
	altered bool // somebody changed the file that was there
}

// still tells which files of an earlier run are still there as they were written, with their stamps now, and which forms are to
// be made. A form that is not asked for stays as long as its file does.
func (r *run) still(old *Document) (have []placed, want []request) {
	altered := map[build.Form]bool{}
	for _, f := range old.files() {
		stamp, same := r.same(&f)
		if !same {
			_, there := r.Machine.Stamp(f.Output)
			altered[f.Form] = there && f.SHA256 != ""
			continue
		}
		f.Stamp, f.Altered = stamp, false
		have = append(have, f)
	}
	for _, form := range r.forms() {
		if !hasForm(have, form) {
			want = append(want, request{form, altered[form]})
		}
	}
	return have, want
}

// unasked are the files of an earlier run that are as they should be, in forms that this run is not asked for.
func (r *run) unasked(old *Document) []placed {
	if old == nil {
		return nil
	}
	have, _ := r.still(old)
	return slices.DeleteFunc(have, func(f placed) bool { return slices.Contains(r.forms(), f.Form) })
}

// all wants all forms that a run is asked for.
func (r *run) all() (want []request) {
	for _, form := range r.forms() {
		want = append(want, request{form: form})
	}
	return want
}

// making makes a form of one document, those with pages in a memory.
type making func(build.Form, *build.Memory) ([]byte, error)

// makeForms makes the forms of a document that has no errors, one after the other.
func (r *run) makeForms(tree *doc.Document, make making, d *draft) {
	for _, x := range d.want {
		name, err := outputName(tree, x.form.Ext())
		if err == nil {
			err = reserved(name)
		}
		if err != nil {
			d.unnamed = err
			return
		}
		d.files = append(d.files, placed{FormFile: FormFile{Form: x.form, Output: name, Altered: x.altered}})
	}
	for i := range d.files {
		f := &d.files[i]
		content, err := r.makeForm(f.Form, make)
		if err != nil {
			d.err = fmt.Errorf("做不出%s：%w", f.Form.Title(), err)
			return
		}
		f.SHA256 = archive.Sum(content)
		d.contents = append(d.contents, Content{f.Output, content})
	}
}

func (r *run) makeForm(form build.Form, make making) ([]byte, error) {
	if r.makes != nil {
		make = r.makes(make)
	}
	if !form.Archived() {
		return make(form, nil)
	}
	room := r.room()
	defer r.leave(room)
	return make(form, room)
}

// Successor is the file that takes the place of one that was moved: that of the same form.
func (r *Record) Successor(old string) string {
	best := FormFile{Output: r.Output}
	for _, f := range r.Files() {
		if ext := f.Form.Ext(); strings.HasSuffix(withoutCount(old), ext) && (best.Form == "" || len(ext) > len(best.Form.Ext())) {
			best = f
		}
	}
	return best.Output
}

// withoutCount is the name of a moved file without what tells it from earlier ones: a (2).pdf.
func withoutCount(name string) string {
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	if i := strings.LastIndex(base, " ("); i >= 0 && strings.HasSuffix(base, ")") {
		return base[:i] + ext
	}
	return name
}
