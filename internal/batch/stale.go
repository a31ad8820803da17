package batch

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// OldFiles is the folder below the output folder that takes documents which are not of today's data: what lies beside it
// may be published as it is.
const OldFiles = "旧文件"

// Moved is a document of an earlier run that was moved out of what is published.
type Moved struct {
	Department string `json:"department"`
	Edition    string `json:"edition,omitempty"`
	From       string `json:"from"`
	To         string `json:"to"`
	Gone       bool   `json:"gone,omitempty"` // its department or unit is no longer there; else it could not be made
}

// remember completes a department's new entry: documents of earlier runs that this run did not make again are known of
// until their files are gone, and what was moved until it is replaced.
func (r *run) remember(f *folder) {
	known := r.known(f.name)
	for _, d := range known.Documents {
		now := f.entry.document(d.Record.Edition)
		switch {
		case d.Record.Output == "":
			if now == nil && len(f.old.Documents) > 0 {
				f.entry.Documents = append(f.entry.Documents, d)
			}
			continue
		case now != nil && now.Record.Output == d.Record.Output:
			continue
		case now == nil && f.old.document(d.Record.Edition) != nil && !d.Old && !r.asksFor(d.Record.Edition):
		default:
			if _, there := r.Machine.Stamp(d.Record.Output); !there {
				continue
			}
			d.Old = true
		}
		f.entry.Documents = append(f.entry.Documents, d)
	}
	for _, m := range known.Moved {
		if now := f.entry.document(m.Edition); now == nil || now.Record.Output == "" {
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
	if d.Record.Output != "" && d.Root == r.Root && d.Editions != r.Editions {
		d.Editions, f.news = r.Editions, true
	}
	f.entry.Documents = append(f.entry.Documents, d)
}

// replaced are the files that were moved away of which the document takes the place.
func (r *run) replaced(f *folder, edition string) (files []string) {
	for _, m := range r.known(f.name).Moved {
		if m.Edition == edition {
			files = append(files, m.To)
		}
	}
	return files
}

// same reports whether a document's file is what was written, and its stamp now. Without Verify a file of the same size
// and time is taken for it unread.
func (r *run) same(d *Document) (Stamp, bool) {
	now, ok := r.Machine.Stamp(d.Record.Output)
	if !ok || now.Size != d.Stamp.Size {
		return now, false
	}
	if now == d.Stamp && !r.Verify {
		return now, true
	}
	sum, err := r.Machine.Sum(d.Record.Output)
	return now, err == nil && sum == d.Record.SHA256
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
			made[strings.ToLower(r.Output)] = true
		}
	}
	departments := map[string]bool{}
	for _, d := range b.Departments {
		departments[d] = true
	}
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		e := manifest[name]
		moved := len(e.Moved)
		e.Documents = slices.DeleteFunc(slices.Clone(e.Documents), func(d Document) bool {
			if d.Record.Output == "" || made[strings.ToLower(d.Record.Output)] || !b.stale(&d, by[owner{name, d.Record.Edition}], departments[name]) {
				return false
			}
			if _, there := b.Machine.Stamp(d.Record.Output); !there {
				return false
			}
			if d.Root == b.Root && d.Editions == b.Editions && b.asksFor(d.Record.Edition) {
				if to, ok := b.Machine.retire(&d); ok {
					e.Moved = append(e.Moved, Moved{name, d.Record.Edition, d.Record.Output, to, by[owner{name, d.Record.Edition}] == nil})
					return true
				}
			}
			out.LeftOver = append(out.LeftOver, d.Record.Output)
			return false
		})
		if len(e.Moved) > moved {
			out.Moved = append(out.Moved, e.Moved[moved:]...)
			err = errors.Join(err, b.Machine.Append(e.Line()))
		}
	}
	slices.Sort(out.LeftOver)
	out.LeftOver = slices.Compact(out.LeftOver)
	return out, err
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

// retire moves a document's file to OldFiles when it is still what was written, and returns its name there.
func (m *Machine) retire(d *Document) (to string, ok bool) {
	if now, there := m.Stamp(d.Record.Output); !there || now != d.Stamp {
		return "", false
	}
	if sum, err := m.Sum(d.Record.Output); err != nil || sum != d.Record.SHA256 {
		return "", false
	}
	to = path.Join(OldFiles, d.Record.Output)
	ext := path.Ext(to)
	for n := 2; ; n++ {
		if _, taken := m.Stamp(to); !taken {
			break
		}
		to = path.Join(OldFiles, strings.TrimSuffix(d.Record.Output, ext)+fmt.Sprintf(" (%d)", n)+ext)
	}
	if m.Move(d.Record.Output, to) != nil {
		return "", false // it is listed
	}
	return to, true
}
