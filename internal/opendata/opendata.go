// Package opendata writes what a document says as a Data Package (datapackage.org, v2): its lines, code lists, indicators,
// tables and printed numbers as CSV, with a description that programs read. Columns of lines have the types of the budget
// taxonomy of the Fiscal Data Package.
//
// Two users open the same files. A researcher reads them by the description, where codes are texts. An officer opens one by a
// double click, and a spreadsheet guesses: 010001 becomes 10001, a code of eighteen digits 4.2E+17, 1-2 a day of January, and
// a text that begins with = is computed. What others put against it (a tab, an apostrophe, ="…") is in every value from then
// on and breaks joins with the files of others. So here:
//
//   - Codes are exact, always, as they were typed. Wherever a spreadsheet would spoil a code or a number, another column of the same row
//     has it within a text, which no spreadsheet touches: identities (line_id, unit_id, project_id, row_id), code and name
//     together (*_label), a number with its unit (printed_with_unit), an indicator with its value (target).
//   - Only texts that a spreadsheet would compute are changed, since they may do harm: an apostrophe stands before them. One
//     that stood there already becomes two, so that nothing is lost (guarded, Unguarded).
//
// A line stands in lines.csv exactly once, and what says the same money again stands elsewhere: basic expenditure stated by
// economic class beside that by function (lines_by_economic.csv), and procurement, which is part of the expenditure
// (procurement.csv). So sums of lines.csv are the sums of the document. Functional codes stand on expenditure alone: on
// revenue the meaning of the column would turn round.
//
// Numbers of lines are those of their order by content, so that the order of the author's files does not change them; a
// line that comes or goes does.
package opendata

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// Source is a document.
type Source struct {
	Budget  *budget.Budget
	Numbers *schedule.Document
	Tree    *doc.Document
	Tables  []archive.PackTable // that the document prints, in its order
	Folder  string              // of the department's data: places are told from there
	Program string              // name and version
}

// File is a file of the package. Names are of ASCII letters, with slashes between folders.
type File struct {
	Name string
	Data []byte
}

// Names of the two files that say what the others are.
const (
	DescriptorName = "datapackage.json"
	ReadmeName     = "README.txt"
)

// Files are the files of the package by name, the description and the text for people first.
func Files(s *Source) []File {
	w := newWriter(s)
	sheets := []*sheet{w.lines(), w.economicLines(), w.procurement(), w.units(), w.functions(), w.economics(), w.funds(), w.projects(), w.goals(), w.indicators(),
		w.figures()}
	sheets = append(sheets, w.tables()...)
	p := w.about()
	for _, t := range sheets {
		p.resources = append(p.resources, t.resource())
	}
	out := []File{{DescriptorName, p.descriptor()}, {ReadmeName, p.readme()}}
	for _, t := range sheets {
		out = append(out, File{t.path, t.b})
	}
	return out
}

// writer is what the files of one document share.
type writer struct {
	*Source
	code, name string // of the department, or of the unit whose document it is
	year       string
	label      string
	unitLabels map[string]string // labels by code
	projectIDs map[string]string // by unit and name
	listed     []*budget.Project // in the order of their identities
	tableNames map[string]string // of the files, by the table's id
}

func newWriter(s *Source) *writer {
	d := &s.Budget.Facts.Department
	w := &writer{Source: s, code: d.Code.V, name: d.Name.V, year: strconv.Itoa(int(d.Year.V)), unitLabels: map[string]string{}}
	w.label = labelled(w.code, w.name)
	for _, u := range s.Budget.ListedUnits() {
		w.unitLabels[u.Code.V] = labelled(u.Code.V, u.Name.V)
	}
	w.listProjects()
	w.nameTables()
	return w
}

// labelled is a code with its name: a text, whatever the code looks like.
func labelled(code, name string) string {
	return strings.TrimSpace(code + " " + cmp.Or(name, "（没有名称）"))
}

// id is the identity of the n-th of something.
func (w *writer) id(kind string, digits, n int) string {
	return fmt.Sprintf("%s-%s-%s%0*d", w.code, w.year, kind, digits, n)
}

// place is where in the department's folder something was typed, "" for what was not.
func (w *writer) place(at diag.Range) string { return at.Below(w.Folder) }
