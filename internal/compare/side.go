package compare

import (
	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Side is one of the documents that are compared. What could not be made is nil: of data with errors there may be facts and no
// document, and then causes are told alone.
type Side struct {
	Document
	Tree    *doc.Document
	Numbers *schedule.Document
	Budget  *budget.Budget
	Before  *budget.Budget // of last year's folder, nil where there is none
	// The files that the facts were read from, for those who show them.
	Files, Last []*source.File
}

// Compare tells what changed from one document to another.
func Compare(old, new *Side) *Result {
	causes := statedOtherwise(old, new)
	found := differ(old, new, causes, causes.renamed)
	found.reach()
	if !made(old, new) {
		found.unreached(otherwiseMade(old, new))
	}
	return found.result()
}

// Through compares where the old document was made with another pack or another version of the program: middle is what would be
// made of the old facts now. What is another from old to middle comes of the template or the program, what is another from there
// on of the facts.
func Through(old, middle, new *Side) *Result {
	causes := statedOtherwise(old, new)
	found := differ(old, new, causes, causes.renamed)
	found.reach()
	facts := differ(middle, new, nil, causes.renamed)
	template := differ(old, middle, nil, nil)
	found.classify(facts, template, otherwiseMade(old, new))
	return found.result()
}

// made reports whether both were made in the same way.
func made(old, new *Side) bool {
	return old.PackSum == new.PackSum && old.Document.Program == new.Document.Program
}

// otherwiseMade is the class of what differs though the facts do not.
func otherwiseMade(old, new *Side) Class {
	if old.PackSum != new.PackSum {
		return ByTemplate
	}
	return ByProgram
}
