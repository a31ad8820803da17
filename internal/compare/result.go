// Package compare tells what changed between two documents: what was stated otherwise (causes), and what of it the documents
// show otherwise (effects), each effect with its causes. Numbers, rows and texts are matched by what they are called, never by
// the place where they stand, so that nothing counts as changed because something before it grew.
package compare

import (
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// Result is what changed from the old document to the new one. All lists stand in the order of the new document, what is gone
// where it stood.
type Result struct {
	Old, New  Document
	Totals    []Total
	Causes    []Cause
	Cells     []Cell
	Sentences []Sentence
	Rows      []Row
	Parts     []Part
}

// Document is what is said of one of the two.
type Document struct {
	Name     string // as the user gave it: a folder, a workbook, a PDF
	Title    string
	Code     string // of the department
	Edition  string // "" or unit:CODE
	Year     int
	Date     string // that it bears, 2006-01-02
	Program  string // that made it, with its version
	Pack     string // its id
	Version  string // of the pack
	PackSum  string // of all that the pack was read from
	Pages    int    // 0 where it was not laid out
	Problems int    // errors in its data: what could not be read is not compared
}

// Class says where a change comes from.
type Class uint8

// The classes. An effect of several kinds of causes is of the first.
const (
	ByFacts    Class = iota // what the author states
	ByResidue               // the exact number is the same, or changed by less than is printed: parts were made to add up
	ByTemplate              // the words, tables or codes that the program or a pack brings
	ByProgram               // the same data and template, another version of the program
)

// String is the name of the class for programs.
func (c Class) String() string { return [...]string{"facts", "residue", "template", "program"}[c] }

// Total is a total of both documents, changed or not.
type Total struct {
	Name           string // 支出总计
	Key            string // of a query, or of a figure: for programs
	Old, New       money.Amount
	HasOld, HasNew bool
	Of             int // how far it is a part of those above: 0, 1
	Causes         []int
}

// Change is what happened to what is stated.
type Change uint8

// What may happen.
const (
	Altered Change = iota
	Added
	Removed
	Moved // stands elsewhere among its like, and nothing of it is another
)

// String is the name of the change for programs.
func (c Change) String() string { return [...]string{"altered", "added", "removed", "moved"}[c] }

// Cause is one thing that is stated otherwise: a value of an entry, or an entry that came or went as a whole. Numbers of causes
// count from 1 on and are their places in Result.Causes.
type Cause struct {
	Change       Change
	Table        string // of the data folder: project.line
	Entry        string // what the entry is called in its table: 338001 2010301 30201
	Field        string // key of the value; "" of a whole entry
	Title        string // all of it for people: 基本支出 · 338001 · 2010301 行政运行 · 30201 办公费 · 金额
	Last         bool   // of last year's data
	Old, New     string // as stated; "" where there is none
	Money        bool   // Old and New are amounts, or the entry has one: Difference says by how much, in 元
	Difference   money.Amount
	OldAt, NewAt diag.Range
	Effects      Count // that name this cause
}

// Count is how many effects there are of each kind.
type Count struct{ Cells, Sentences, Rows, Parts int }

// Where an effect stands.
type Where uint8

// The kinds of places.
const (
	InTable Where = iota // of the pack
	InForm               // a form, or any table that is no schedule
	InChart
	InText // paragraphs, headings, notes, lines above tables
)

// String is the name of the kind for programs.
func (w Where) String() string { return [...]string{"table", "form", "chart", "text"}[w] }

// Cell is a number of a table, form or chart that is printed otherwise.
type Cell struct {
	Name               string // what all forms of a document call the number (schedule.Document.NameAt)
	Where              Where
	Part               string // the heading that it stands below: 表3　部门支出总表
	Row, Column        string // as people call them; of a chart the item and the series
	Old, New           string // as they are printed; "" where there is none
	Unit               string // 万元, %, ""
	HasOld, HasNew     bool   // false: its row or part came or went
	Money              bool   // amounts: Exact are in 元
	OldExact, NewExact money.Amount
	Class              Class
	Causes             []int
	Spots              []Spot
}

// Sentence is a text that reads otherwise: a paragraph, a heading, the words of a cell.
type Sentence struct {
	Where  Where
	Part   string  // the heading that it stands below
	Place  string  // of words in a table: the row and the column; "" of running text
	Pieces []Piece // old and new as one text, in reading order
	Class  Class
	Causes []int
	Spots  []Spot
}

// Piece is a stretch of words. Numbers are never parted.
type Piece struct {
	Kind Kept
	Text string
}

// Kept says what became of a stretch.
type Kept uint8

// What may become of it.
const (
	Same Kept = iota
	Gone
	New
)

// String is the name for programs.
func (k Kept) String() string { return [...]string{"same", "gone", "new"}[k] }

// Row is a row of a table that came, went, is called otherwise or stands elsewhere. Its numbers are among the cells.
type Row struct {
	Part, Name string
	Old        string // what it was called, of one that is called otherwise
	Change     Change
	Class      Class
	Causes     []int
	Spots      []Spot
}

// Part is a table, form, chart, heading or paragraph that came or went as a whole.
type Part struct {
	Where  Where
	Title  string
	Change Change // Added, Removed or Moved
	Class  Class
	Causes []int
	Spots  []Spot
}

// Spot is where in the new document's tree an effect shows. What is gone shows where it stood, as a stretch of no length.
type Spot struct {
	Of       int32     // the number that marks and cells call so (doc.Mark.Of); 0 for words
	Text     *doc.Text // of words
	From, To int       // bytes of Text.String
}

// Same reports whether nothing changed that a reader would see.
func (r *Result) Same() bool {
	return len(r.Cells) == 0 && len(r.Sentences) == 0 && len(r.Rows) == 0 && len(r.Parts) == 0
}
