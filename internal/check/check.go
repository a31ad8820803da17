// Package check holds the rules that a department's data must keep beyond what loading it finds: identities (勾稽关系)
// between stated and computed figures, texts and forms that the template asks for, years and dates.
//
// A rule is a plain function over the facts and the template; one file a family.
package check

import (
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Input is what rules look at.
type Input struct {
	Pack *pack.Pack
	// Others are further packs that the department's folder serves: a text or a figure of last year that one of them asks
	// for is no slip, though this document has no place for it.
	// Loaded when first needed; nil when there are none.
	Others func() []*pack.Pack
	// Serving is the pack of the same place that is for a year, "" for none. It may be nil.
	Serving func(year int) string
	Budget  *budget.Budget
	Prior   schedule.Prior
	// Numbers are those of the document: what it states of them is held against them.
	Numbers *schedule.Document
	// Passages is what the document would say of a budget; nil where nothing is printed.
	Passages func(*budget.Budget) []prose.Passage
	// PriorFolder says that Prior was computed from last year's folder, so that stated figures can be held against it.
	PriorFolder bool

	// Untold are those of the texts of [text] that the document has no occasion to print.
	Untold []source.Field

	// Carried are the files of the data that the document carries along, also those of last year; Stripped says that it does so
	// without their comments.
	Carried  []*source.File
	Stripped bool

	// Gap is the place of what could not be read, zero when all could: then sums, and what is missing, say nothing.
	Gap diag.Range

	texts   []passage         // all that people typed, read once
	names   []projectName     // of the projects, in their order
	nameSet nameSet           // the same names, to be found in texts
	spaced  nameSet           // and without blanks
	alike   map[string][]int  // names of five letters and more, by their first two letters and their last
	lasts   map[string][]rune // of those, by their first two letters
	begin   letters           // that some of them begin with
	longest map[string]int    // letters of those, by their first two letters
	offices nameSet           // the department's own names and those of its units
	known   *diag.Names       // the names of projects, for those who name none
	unblank map[string][]int  // projects by their names without blanks, likewise
	figures []figure          // that are one number, in the order of their names
	// Quit is asked between rules whether nobody wants to know any more; it may be nil.
	Quit func() bool
}

// Run applies all rules of facts.
func Run(in *Input, r *Report) {
	x := *in
	x.texts, x.figures = x.passages(), in.sums()
	x.nameProjects()
	x.offices = in.ownNames()
	if !in.Gap.IsZero() {
		r.Add(diag.Diagnostic{Rule: "文件-011", Level: diag.Note, At: in.Gap, Message: "有的数还没有填，或者有的数、行读不出来，勾稽关系、上年数、绩效表等填好、改正以后才核对", Hint: "填好、改正这一次列出的，再核对一遍"})
	}
	for _, f := range families() {
		if in.Quit != nil && in.Quit() {
			return
		}
		if f.find != nil && (!f.leaves || !in.Budget.Facts.Published() && in.Gap.IsZero()) {
			f.find(&x, r)
		}
	}
}
