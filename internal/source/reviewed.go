package source

import (
	"bytes"
	"slices"
	"strings"
)

// ReviewMark is a comment that asks its author to look at something (Review).
type ReviewMark struct {
	Start int    // of the comment in File.Source
	Line  int    // from 1
	Alone bool   // nothing else stands on its line: it is of what follows
	Whole bool   // it is of all of the file
	Words string // what the comment says besides
}

// ReviewMarks lists the comments that ask their author to look at something, in their order.
func (f *File) ReviewMarks() []ReviewMark {
	var out []ReviewMark
	for _, s := range f.Stretches() {
		text := f.Source[s.Start:s.End]
		if n := bytes.Count(text, []byte(Review)); s.Comment && n > 0 {
			line := f.line(s.Start)
			out = append(out, ReviewMark{Start: s.Start, Line: line + 1, Alone: len(bytes.TrimSpace(f.Source[f.lines[line]:s.Start])) == 0,
				Whole: n > 1, Words: unmarked(string(text))}) // what speaks of the marks has more than one
		}
	}
	return out
}

// ToReview are the marks of what is to be looked at: that of a whole file only where it has no other.
func (f *File) ToReview() []ReviewMark {
	marks := f.ReviewMarks()
	alone := !slices.ContainsFunc(marks, func(m ReviewMark) bool { return !m.Whole })
	return slices.DeleteFunc(marks, func(m ReviewMark) bool { return m.Whole && !alone })
}

// unmarked is what a comment says without marks.
func unmarked(comment string) string {
	return strings.TrimSpace(strings.TrimLeft(strings.ReplaceAll(comment, Review, ""), "#"))
}

// Reviewed is the file, as bytes to write, without the marks of comments that start at these places. A comment that says nothing
// else, or speaks of marks alone, goes with its mark.
func (f *File) Reviewed(starts []int) []byte {
	var out []byte
	at := 0
	for _, s := range f.Stretches() {
		if !s.Comment || !slices.Contains(starts, s.Start) {
			continue
		}
		text := string(f.Source[s.Start:s.End])
		from, to := s.Start, s.End
		kept := strings.TrimRight(strings.ReplaceAll(text, Review, ""), " \t")
		if strings.Count(text, Review) > 1 || unmarked(text) == "" {
			kept = ""
			line := f.lines[f.line(s.Start)]
			before := bytes.TrimRight(f.Source[line:s.Start], " \t")
			if from = line + len(before); len(before) == 0 { // the line goes
				to = min(to+len(f.lineEnd(to)), len(f.Source))
			}
		}
		out = append(append(out, f.Source[at:from]...), kept...)
		at = to
	}
	raw, _ := f.wrap(append(out, f.Source[at:]...))
	return raw
}

// lineEnd is the line break at a place, "" where there is none.
func (f *File) lineEnd(at int) string {
	for _, end := range []string{"\r\n", "\n"} {
		if bytes.HasPrefix(f.Source[at:], []byte(end)) {
			return end
		}
	}
	return ""
}
