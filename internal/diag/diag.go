// Package diag is the first of the three channels for trouble: what the author of the data can mend.
//
// Functions that find such trouble return the best result they could make and all the diagnostics; nothing stops at
// the first. What the machine refuses is an error; what only a programmer can mend is a panic.
package diag

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Pos is a place in a file.
type Pos struct {
	Line   int   // from 1; 0 when unknown
	Column int32 // from 1, counted in characters
	Offset int32 // bytes from the start of the file
}

// At is a place in a file, by its line and column from 1 and by the bytes before it. No file that is read has 2 GiB.
func At(line, column, offset int) Pos {
	return Pos{line, int32(column), int32(offset)}
}

// Range is a place: a stretch of a file with lines, or, as In says, a cell of a workbook, or where in a finished document
// something is printed. It may be both of the first and the last, where a document was typed in. The zero Range means "no place".
type Range struct {
	File       string // as it is shown to the user, with forward slashes
	Start, End Pos    // End is exclusive
	In         Inside
}

// IsZero reports whether r names no place.
func (r Range) IsZero() bool { return r.File == "" && r.In == Inside{} }

// String is file:line:column, the form that editors jump to; of a place without lines the file and where in it.
func (r Range) String() string {
	if r.Start.Line == 0 || r.File == "" {
		return strings.TrimSpace(r.File + " " + r.In.String())
	}
	return fmt.Sprintf("%s:%d:%d", r.File, r.Start.Line, r.Start.Column)
}

// Below is the place for those who have not the disk: file:line below a folder. Of a file elsewhere it is the name alone, for
// what is published must not tell whose machine it was made on.
func (r Range) Below(folder string) string {
	if r.IsZero() {
		return ""
	}
	file, inside := strings.CutPrefix(r.File, strings.TrimSuffix(folder, "/")+"/")
	if here := folder == "." || folder == ""; !inside && (!here || !fs.ValidPath(file) || strings.Contains(file, ":")) {
		file = path.Base(file)
	}
	if r.Start.Line > 0 {
		return file + ":" + strconv.Itoa(r.Start.Line)
	}
	return strings.TrimSpace(file + " " + r.In.String())
}

// Level says how bad it is.
type Level int

const (
	Note    Level = iota // 提示: worth a look
	Warning              // 警告: does not stop a build
	Error                // 错误: stops a build
)

// String is the level in the user's language.
func (l Level) String() string {
	switch l {
	case Error:
		return "错误"
	case Warning:
		return "警告"
	}
	return "提示"
}

// Diagnostic is one problem in the author's data. Texts are Chinese and whole sentences without a final full stop.
type Diagnostic struct {
	Rule    string // stable id, for example 勾稽-012
	Level   Level
	Message string // what is wrong, in the words printed on the table
	At      Range  // the place to mend
	Stated  string // the number or text found, "" if none
	Want    string // the number or text it should be
	Diff    string // the difference between the two
	Notes   []Related
	Hint    string // what to do
	Ready   string // TOML that may be put in as it is once it is checked, "" for none
	// Subject is what the finding is about, where the words of the message would not tell it from others of the same rule at
	// the same place, or change while it stays the same.
	Subject string
	// Missing is what is to be filled in and is not there yet, where At can only show what it belongs to: the key within the
	// table at At, or after the keys of another table: text.reason. "" for nothing.
	Missing string
	// ID is that of Identify, where the list has been given ids.
	ID string
}

// Numbers sets what was found, what it should be and the difference of the two, as money.Difference writes them.
func (d *Diagnostic) Numbers(stated, want, diff string) {
	d.Stated, d.Want, d.Diff = stated, want, diff
}

// Quote puts a name between quotation marks; those within it become the inner kind (GB/T 15834-2011 cl. 4.8.3.3).
func Quote(name string) string {
	if strings.Contains(name, "“") || strings.Contains(name, "”") {
		name = innerQuotes.Replace(name)
	}
	return "“" + name + "”"
}

var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

// Related is another place that explains the problem.
type Related struct {
	Text string
	At   Range
}

// List collects diagnostics. The zero List is ready to use.
type List struct {
	items []Diagnostic
}

// Add appends d.
func (l *List) Add(d Diagnostic) { l.items = append(l.items, d) }

// Errorf adds an error with a message at a place.
func (l *List) Errorf(rule string, at Range, format string, args ...any) {
	l.Add(Diagnostic{Rule: rule, Level: Error, At: at, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning with a message at a place.
func (l *List) Warnf(rule string, at Range, format string, args ...any) {
	l.Add(Diagnostic{Rule: rule, Level: Warning, At: at, Message: fmt.Sprintf(format, args...)})
}

// Append adds all of m.
func (l *List) Append(m List) { l.items = append(l.items, m.items...) }

// Without are those that another list does not have already.
func (l *List) Without(m List) (out List) {
	for _, d := range l.items {
		if !slices.ContainsFunc(m.items, func(x Diagnostic) bool { return x.Rule == d.Rule && x.At == d.At && x.Message == d.Message }) {
			out.Add(d)
		}
	}
	return out
}

// Place puts other places into all findings and what is related to them.
func (l *List) Place(other func(Range) Range) {
	for i := range l.items {
		d := &l.items[i]
		d.At = other(d.At)
		for j := range d.Notes {
			d.Notes[j].At = other(d.Notes[j].At)
		}
	}
}

// Added are the findings in the order in which they were added.
func (l *List) Added() []Diagnostic { return slices.Clone(l.items) }

// Len is the number of diagnostics.
func (l *List) Len() int { return len(l.items) }

// HasErrors reports whether a build must stop.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.items, func(d Diagnostic) bool { return d.Level == Error })
}

// Count returns how many diagnostics have the level.
func (l *List) Count(v Level) (n int) {
	for i := range l.items {
		if l.items[i].Level == v {
			n++
		}
	}
	return n
}

// Sorted returns the diagnostics without doubles, errors first, then by file and place, then by rule: the same
// list whatever order the checks ran in.
func (l *List) Sorted() []Diagnostic {
	out := slices.Clone(l.items)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(
			-cmp.Compare(a.Level, b.Level),
			cmp.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Start.Offset, b.At.Start.Offset),
			cmp.Compare(a.At.Start.Line, b.At.Start.Line),
			a.At.In.compare(b.At.In),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Rule == b.Rule && a.At == b.At && a.Message == b.Message
	})
}
