package source

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// Edited is a file as it is to be written.
type Edited struct {
	Path      string
	Before    []byte // as it was read; nil of a file that is not there yet
	After     []byte
	Converted bool // it was in another encoding than UTF-8 and is written in this
	File      *File
	Patches   []Patch
}

// PatchKind is what a patch does.
type PatchKind int

// What patches do.
const (
	SetValue PatchKind = iota
	AddValue
	DropValue
	AddEntry
	DropEntry
	SetRemark
)

// Patch is one change of a file, for people.
type Patch struct {
	Kind       PatchKind
	Line       int    // in the file before; where something is added, that before it
	Table      string // "project.line"
	Entry, Key string // the address of the entry; the key
	Old, New   string // what a value says, or how it is spelled; the text of an entry
}

// splice replaces bytes of a text.
type splice struct {
	span
	text string
	line bool // whole lines are put between
}

// patching makes the splices of a file.
type patching struct {
	*editing
	newline string
	plain   bool // texts are written in the plainest form
	splices []splice
	patches []Patch
	errs    []error
	all     []mark           // of the file
	usual   *style           // of the file
	peers   map[*node]*peers // of lists, once they have been looked at
}

// Done makes the files as they are to be written, in the order of their paths; those in which nothing changes are left out. Each
// is read again, and says exactly what it said before but for what was asked; else there is an error, and no file.
func (e *Editor) Done() ([]Edited, error) {
	errs := e.errs
	var out []Edited
	for _, path := range slices.Sorted(maps.Keys(e.files)) {
		x := e.files[path]
		if x.sites == nil {
			continue
		}
		if !x.f.Editable() {
			continue // it has been told
		}
		edited, err := x.done()
		if err != nil {
			errs = append(errs, fmt.Errorf("source: edit %s: %w", path, err))
		} else if len(edited.Patches) > 0 {
			out = append(out, edited)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return out, nil
}

var errOverlap = errors.New("two changes of the same bytes")

// done makes the file, if need be in plainer words.
func (x *editing) done() (Edited, error) {
	if err := x.doomed(); err != nil {
		return Edited{}, err
	}
	edited, err := x.patched(false)
	if err != nil {
		if plainer, again := x.patched(true); again == nil {
			return plainer, nil
		}
	}
	return edited, err
}

// doomed tells of what is to be done in tables that are to be taken away: it would be lost.
func (x *editing) doomed() error {
	var errs []error
	for _, address := range slices.Sorted(maps.Keys(x.sites)) {
		s := x.sites[address]
		within := false
		for up := s.up; up != nil; up = up.up {
			within = within || up.gone
		}
		changed := len(s.changes) > 0 || s.remark != nil || len(s.singles)+len(s.lists) > 0
		if within && (changed || s.made || len(s.after) > 0) || s.gone && !s.made && changed {
			errs = append(errs, fmt.Errorf("%q is changed and taken away", address))
		}
	}
	return errors.Join(errs...)
}

func (x *editing) patched(plain bool) (Edited, error) {
	p := &patching{editing: x, plain: plain, newline: x.f.newline(), peers: map[*node]*peers{}}
	p.table(x.root)
	text, err := p.apply()
	out := Edited{Path: x.f.Path, Before: x.f.raw, Patches: p.patches}
	if len(p.patches) == 0 && err == nil {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.After, out.Converted = x.f.wrap(text)
	f, diags := Parse(x.f.Path, out.After)
	if !bytes.Equal(f.Source, text) && !bytes.HasPrefix(out.After, []byte(byteOrderMark)) && utf8.Valid(out.After) {
		out.After = slices.Concat([]byte(byteOrderMark), out.After) // so few characters that they look like another encoding
		f, diags = Parse(x.f.Path, out.After)
	}
	if f.broken || !bytes.Equal(f.text, text) {
		for _, d := range diags.Sorted() {
			return out, fmt.Errorf("what would be written has an error in line %d: %s", d.At.Start.Line, d.Message)
		}
		return out, errors.New("what would be written is not read as it is")
	}
	if d := x.root.wanted().differs((&editing{f: f}).sited().model(), ""); d != "" {
		return out, fmt.Errorf("what would be written says something else: %s", d)
	}
	out.File = f
	return out, nil
}

const byteOrderMark = "\uFEFF"

// wrap makes a file of a text as the file was: with its mark and its line ends. Another encoding becomes UTF-8.
func (f *File) wrap(text []byte) (raw []byte, converted bool) {
	body, mark := bytes.CutPrefix(f.raw, []byte(byteOrderMark))
	switch {
	case f.raw == nil || bytes.Equal(body, f.Source):
	case bytes.IndexByte(body, '\n') < 0 && bytes.Equal(bytes.ReplaceAll(body, []byte{'\r'}, []byte{'\n'}), f.Source):
		text = bytes.ReplaceAll(text, []byte{'\n'}, []byte{'\r'}) // lines as old Macintoshes ended them
	default:
		return text, true
	}
	if mark {
		text = slices.Concat([]byte(byteOrderMark), text)
	}
	return text, false
}

// newline is how the lines of the file end.
func (f *File) newline() string {
	if i := bytes.IndexByte(f.Source, '\n'); i > 0 && f.Source[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// replace notes a splice.
func (p *patching) replace(start, end int, text string) {
	p.splices = append(p.splices, splice{span: span{start, end}, text: text})
}

// note tells of a change at a place.
func (p *patching) note(kind PatchKind, at int, s *site, key, old, new string) {
	p.patches = append(p.patches, Patch{Kind: kind, Line: p.f.line(at) + 1, Table: s.Table, Entry: s.Address, Key: key, Old: old, New: new})
}

func (p *patching) fail(s *site, key, what string) {
	p.errs = append(p.errs, fmt.Errorf("%q: %q: %s", s.Address, key, what))
}

// apply makes the patched text. What is only taken away may be taken away twice.
func (p *patching) apply() ([]byte, error) {
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	slices.SortStableFunc(p.patches, func(a, b Patch) int { return cmp.Compare(a.Line, b.Line) })
	slices.SortStableFunc(p.splices, func(a, b splice) int {
		if c := cmp.Compare(a.start, b.start); c != 0 {
			return c
		}
		if c := cmp.Compare(min(a.end-a.start, 1), min(b.end-b.start, 1)); c != 0 || a.line == b.line {
			return c // what is put between comes first
		}
		if a.line {
			return 1 // at the end of a file the last line is ended before others are put behind it
		}
		return -1
	})
	var out []byte
	at, cut := 0, false // up to where the text is done, and whether the last splice only took away
	for _, s := range p.splices {
		if s.start < at && !(cut && s.line) {
			if s.text != "" || !cut {
				return nil, errOverlap
			}
			at = max(at, s.end)
			continue
		}
		out = append(out, p.f.Source[at:max(at, s.start)]...)
		if s.line && len(out) > 0 && out[len(out)-1] != '\n' {
			out = append(out, p.newline...)
		}
		out = append(out, s.text...)
		if !s.line {
			cut = s.text == "" && s.end > s.start
		}
		at = max(at, s.end)
	}
	out = append(out, p.f.Source[at:]...)
	if n := len(p.f.Source); n > 0 && p.f.Source[n-1] != '\n' { // its last line has no end, so neither has the last one now
		out = bytes.TrimSuffix(out, []byte(p.newline))
	}
	return out, nil
}
