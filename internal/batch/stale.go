package batch

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"yusuan/internal/build"
)

// OldFiles is the folder below the output folder that takes documents which are not of today's data: what lies beside it
// may be published as it is.
const OldFiles = "旧文件"

// Moved is a document of an earlier run that was moved out of what is published.
type Moved struct {
	Department string     `json:"department"`
	Edition    string     `json:"edition,omitempty"`
	From       string     `json:"from"`
	To         string     `json:"to"`
	Gone       bool       `json:"gone,omitempty"`    // its department or unit is no longer there; else it could not be made
	Form       build.Form `json:"form,omitempty"`    // "" is the PDF
	Unasked    bool       `json:"unasked,omitempty"` // its document was made, and this form of it was not asked for
}

// remember completes a department's new entry: documents of earlier runs that this run did not make again are known of
// until their files are gone, and what was moved until it is replaced.
func (r *run) remember(f *folder) {
	known := r.known(f.name)
	for _, d := range known.Documents {
		now := f.entry.document(d.Record.Edition)
		switch {
		case len(d.files()) == 0:
			if now == nil && len(f.old.Documents) > 0 {
				f.entry.Documents = append(f.entry.Documents, d)
			}
			continue
		case now == nil && f.old.document(d.Record.Edition) != nil && !d.Old && !r.asksFor(d.Record.Edition):
		default:
			left := slices.DeleteFunc(d.files(), func(x placed) bool {
				_, there := r.Machine.Stamp(x.Output)
				return !there || now != nil && slices.ContainsFunc(now.Record.Files(), func(n FormFile) bool { return n.Output == x.Output })
			})
			if len(left) == 0 {
				continue
			}
			d = d.with(left)
			d.Old = true
		}
		f.entry.Documents = append(f.entry.Documents, d)
	}
	for _, m := range known.Moved {
		if now := f.entry.document(m.Edition); now == nil || !hasForm(now.Record.Files(), m.form()) {
			f.entry.Moved = append(f.entry.Moved, m)
		}
	}
}

// asksFor reports whether a run makes documents of an edition.
func (b *Batch) asksFor(edition string) bool {
	if edition == "" {
		return b.Editions != OfUnits
	}
	return b.Editions == OfUnits || b.Editions == OfAll
}

// keep takes over what an earlier run made. A run of the same root answers for it from now on.
func (r *run) keep(f *folder, d Document) {
	if len(d.files()) > 0 && d.Root == r.Root && d.Editions != r.Editions {
		d.Editions, f.news = r.Editions, true
	}
	f.entry.Documents = append(f.entry.Documents, d)
}

// replaced are the files that were moved away of which those that were made take the place.
func (r *run) replaced(f *folder, edition string, made []placed) (files []string) {
	for _, m := range r.known(f.name).Moved {
		if m.Edition == edition && hasForm(made, m.form()) {
			files = append(files, m.To)
		}
	}
	return files
}

// same reports whether a file is what was written, and its stamp now. Without Verify a file of the same size and time is
// taken for it unread.
func (r *run) same(f *placed) (Stamp, bool) {
	now, ok := r.Machine.Stamp(f.Output)
	if !ok || now.Size != f.Stamp.Size {
		return now, false
	}
	if now == f.Stamp && !r.Verify {
		return now, true
	}
	sum, err := r.Machine.Sum(f.Output)
	return now, err == nil && sum == f.SHA256
}

// Retired is what became of the files that do not belong to today's data.
type Retired struct {
	Moved    []Moved
	LeftOver []string // files that stay where they are: of other roots or editions, or changed since
}

// Retire moves the documents of departments and units that are gone, or that could not be made, out of what is published,
// after a whole run that was not interrupted. Nothing is deleted, and only what the manifest, read again after the run,
// says that a run of the same root and editions made, and nobody changed since, is moved. The rest is listed.
func (b *Batch) Retire(records []Record, manifest Manifest) (out Retired, err error) {
	made, by := map[string]bool{}, map[owner]*Record{}
	for i := range records {
		r := &records[i]
		by[r.owner()] = r
		if r.Status.Good() {
			for _, f := range r.Files() {
				made[strings.ToLower(f.Output)] = true
			}
		}
	}
	departments := map[string]bool{}
	for _, d := range b.Departments {
		departments[d] = true
	}
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		e := manifest[name]
		moved := len(e.Moved)
		var documents []Document
		for _, d := range e.Documents {
			rec := by[owner{name, d.Record.Edition}]
			if !b.stale(&d, rec, departments[name]) {
				documents = append(documents, d)
				continue
			}
			left, gone := b.move(name, &d, rec, made)
			e.Moved = append(e.Moved, gone...)
			for _, f := range left {
				if _, there := b.Machine.Stamp(f.Output); there && !made[strings.ToLower(f.Output)] {
					out.LeftOver = append(out.LeftOver, f.Output)
				}
			}
			if len(left) > 0 || len(gone) == 0 {
				documents = append(documents, d.with(left))
			}
		}
		e.Documents = documents
		if len(e.Moved) > moved {
			out.Moved = append(out.Moved, e.Moved[moved:]...)
			err = errors.Join(err, b.Machine.Append(e.Line()))
		}
	}
	out.LeftOver = append(out.LeftOver, b.oldReports()...)
	slices.Sort(out.LeftOver)
	out.LeftOver = slices.Compact(out.LeftOver)
	return out, err
}

// move moves the files of a document that are not of today's data. What is left is not there, of this run, or not ours to move.
func (b *Batch) move(department string, d *Document, rec *Record, made map[string]bool) (left []placed, gone []Moved) {
	for _, f := range d.files() {
		if d.Root == b.Root && d.Editions == b.Editions && b.asksFor(d.Record.Edition) && !made[strings.ToLower(f.Output)] {
			if to, ok := b.Machine.retire(&f); ok {
				gone = append(gone, newMoved(d, department, &f, to, rec))
				continue
			}
		}
		left = append(left, f)
	}
	return left, gone
}

// newMoved is a file of a document that was moved. rec is what became of the document in this run, nil for nothing.
func newMoved(d *Document, department string, f *placed, to string, rec *Record) Moved {
	m := Moved{Department: department, Edition: d.Record.Edition, From: f.Output, To: to, Gone: rec == nil, Unasked: rec != nil && rec.Status.Good()}
	if f.Form != build.PDF {
		m.Form = f.Form
	}
	return m
}

// stale reports whether a document is not of today's data. rec is what became of its edition in this run, nil for nothing.
func (b *Batch) stale(d *Document, rec *Record, there bool) bool {
	switch {
	case !there || d.Old:
		return true
	case rec == nil:
		return b.asksFor(d.Record.Edition)
	}
	return rec.Status == BadData || rec.Status == Refused || rec.Status == Crashed
}

// retire moves a file to OldFiles when it is still what was written, and returns its name there.
func (m *Machine) retire(f *placed) (to string, ok bool) {
	if now, there := m.Stamp(f.Output); !there || now != f.Stamp {
		return "", false
	}
	if sum, err := m.Sum(f.Output); err != nil || sum != f.SHA256 {
		return "", false
	}
	to = path.Join(OldFiles, f.Output)
	ext := path.Ext(to)
	for n := 2; ; n++ {
		if _, taken := m.Stamp(to); !taken {
			break
		}
		to = path.Join(OldFiles, strings.TrimSuffix(f.Output, ext)+fmt.Sprintf(" (%d)", n)+ext)
	}
	if m.Move(f.Output, to) != nil {
		return "", false // it is listed
	}
	return to, true
}
