// Package audit holds the rules of finished documents: that the tables, sentences and forms that somebody printed agree
// with themselves, with each other and with what the template says of them. It knows no line of data: what a printed
// number means is a box (package box), and what boxes say of each other must hold of the numbers.
package audit

import (
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/pack"
	"yusuan/internal/recognise"
	"yusuan/internal/schedule"
)

// Input is what rules look at.
type Input struct {
	Pack   *pack.Pack
	Budget *budget.Budget

	// Last is last year's document, nil where it is not at hand.
	Last *Last

	specs   []recognise.Told // what the stated tables are
	printed *document        // the stated tables, read; nil without
	forms   []printedForm    // those of the stated tables that are performance forms
	told    []told           // the stated texts, read

	ours *schedule.Document // of a document that is made, its numbers
}

// passes are all rules of finished documents, in the order in which they are sought. Package check describes them.
func passes() []func(*Input, *check.Report) {
	return []func(*Input, *check.Report){unknownTables, publishedTables, publishedLevels, publishedForms, publishedCells, publishedPairs, publishedNames, publishedTexts,
		publishedProcurement, publishedDuties, publishedUnits, publishedCounts, projectsCounted, publishedStyle,
		publishedYears}
}

// Run applies all rules to what the facts state of a finished document; without any it finds nothing. What is returned are the
// numbers of its sentences with what each was held against, and those of its tables that were held against none.
func Run(in *Input, r *check.Report) ([]Held, []Unheld) {
	x := *in
	if len(in.Budget.Facts.StatedTables) > 0 {
		x.printed = readPublished(&x, r)
		x.forms = x.readForms()
	}
	x.told = tell(in.Budget)
	for _, find := range passes() {
		find(&x, r)
	}
	return heldOf(x.told), unheld(&x)
}
