// Package stated makes of a finished document that was read the files that somebody would have typed of it: its tables, forms and
// sentences as they are printed. What is checked of a document is what stands in these files, and every stretch of them knows
// where on paper it stands.
package stated

import (
	"path"
	"slices"
	"sort"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/typeset/unit"
)

// File is one of the files.
type File struct {
	Path string // its name in the folder
	Data []byte
}

// Typed is a document as somebody would have typed it.
type Typed struct {
	Files []File
	// Left is what was read and stands in the files as remarks alone: nothing of it is checked.
	Left []Left

	spots  map[string][]spot // by file, ascending, apart from each other
	stands diag.Nest[origin]
}

// Left is something that is typed as a remark, and why, in Chinese without final stop.
type Left struct {
	At      []paper.Place
	Section string
	What    string
}

// spot is a stretch of a file that stands at one place on paper.
type spot struct {
	start, end int
	at         paper.Place
	text       string // what stands there, byte for byte
	linear     bool   // it is set in one line: a part of it is a part of the box
}

// origin is what a stretch of a file is on paper.
type origin struct {
	printed diag.Printed
	at      []paper.Place
	whole   bool // a stretch of it is not looked for
	last    bool // in the document of last year
}

// Options is what the document does not say.
type Options struct {
	// Template is the name of the pack.
	Template string
	// Prior are last year's figures, of the document of last year.
	Prior []Figure
}

// Figure is a figure that last year's document prints.
type Figure struct {
	Name   string
	Amount money.Amount
	// At is where it is printed there, and Printed the words for that.
	At      []paper.Place
	Printed diag.Printed
}

// Of types a document out.
func Of(d *paper.Document, f *recognise.Found, o Options) *Typed {
	t := &Typed{spots: map[string][]spot{}}
	x := &typist{t: t, d: d, f: f, o: o, body: bodyRowsOf(f)}
	x.sections = sectionsOf(d, f)
	x.department()
	x.tables()
	x.forms()
	x.texts()
	return t
}

// typist types.
type typist struct {
	t        *Typed
	d        *paper.Document
	f        *recognise.Found
	o        Options
	sections *sections
	body     bodyRows
}

// At is where on paper a stretch of a file stands, nil where that is not known. Files are known by their names in whatever folder.
func (t *Typed) At(r diag.Range) []paper.Place {
	r.File = path.Base(r.File)
	o, ok := t.stands.Find(r)
	switch {
	case !ok:
		return nil
	case !o.whole:
		if within := t.within(r); len(within) > 0 {
			return within
		}
	}
	return o.at
}

// within are the places of the spots that a stretch touches.
func (t *Typed) within(r diag.Range) (out []paper.Place) {
	spots := t.spots[r.File]
	start, end := int(r.Start.Offset), max(int(r.End.Offset), int(r.Start.Offset)+1)
	i := sort.Search(len(spots), func(i int) bool { return spots[i].end > start })
	for ; i < len(spots) && spots[i].start < end; i++ {
		if at := spots[i].part(start, end); !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// Printed says where on paper a stretch of a file stands, as far as it is known. last reports that it is in the document of last
// year.
func (t *Typed) Printed(r diag.Range) (p diag.Printed, last, ok bool) {
	at := t.At(r)
	r.File = path.Base(r.File)
	o, ok := t.stands.Find(r)
	p = o.printed
	if len(at) > 0 && at[0].Page > 0 {
		p.Page = at[0].Page
	}
	return p, o.last, ok
}

// part is the place of those characters of a spot that lie in a stretch of its file.
func (s *spot) part(start, end int) paper.Place {
	from, to := max(start-s.start, 0), min(end, s.end)-s.start
	all := breadth(s.text)
	if !s.linear || s.at.Box == (paper.Box{}) || all == 0 || from == 0 && to == s.end-s.start {
		return s.at
	}
	out, width := s.at, s.at.Box.Right-s.at.Box.Left
	out.Box.Left = s.at.Box.Left + width*breadth(s.text[:from])/all
	out.Box.Right = s.at.Box.Left + width*breadth(s.text[:to])/all
	return out
}

// breadth is about how much of a line characters take: a Han character two, a Latin one one.
func breadth(s string) (n unit.Length) {
	for _, r := range s {
		n++
		if r >= 0x2000 {
			n++
		}
	}
	return n
}
