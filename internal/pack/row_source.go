package pack

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// RowSource is where a table's rows come from, as far as packs are concerned: the words for it, and what a pack may ask of it.
// Package schedule has all of them, each in a file, with what they make of a budget; Load is told which there are.
type RowSource interface {
	// Word is its name, what it lists, and an example.
	Word() Entry
	// Fields are what its columns of text may print.
	Fields() []Entry
	// Shape says who says which rows there are.
	Shape() Shape
	// View is the margin of the budget that its rows show, 0 for either.
	View() budget.View
	// Keys are the keys of queries that tell the rows apart which the data give.
	Keys(t *Table) []string
	// Prior is the dimension of the figures that columns of last year need, "" where the table is one row. It is false where
	// rows cannot show last year.
	Prior() (dimension string, ok bool)
	// Made are the fields of the facts that a column of text is made of, those of the rows themselves for "".
	Made(field string) []string
	// Check is what is wrong with a table of it, beyond its words.
	Check(t *Table) []diag.Diagnostic
}

// Shape says who says which rows a table has.
type Shape uint8

const (
	Given Shape = iota // the data
	One                // nobody: there is one
	Named              // the pack, row by row
	Sided              // the pack, in sides beside each other
)

// named reports whether the pack names the rows.
func (s Shape) named() bool { return s == Named || s == Sided }

// sourceNamed finds a row source by its word.
func sourceNamed(sources []RowSource, word string) RowSource {
	if i := slices.IndexFunc(sources, func(r RowSource) bool { return r.Word().Name == word }); i >= 0 {
		return sources[i]
	}
	return nil
}

// rowEntries are the words for row sources.
func rowEntries(sources []RowSource) (out []Entry) {
	for _, r := range sources {
		out = append(out, r.Word())
	}
	return out
}
