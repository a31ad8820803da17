// Package recognise tells which table of a finished document is which of a pack, which of its columns is which, and what year and
// department it is of. It judges no number: what it does not understand it lists, with the reason.
package recognise

import (
	"fmt"

	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
)

// Found is what the tables of a document are, by one pack.
type Found struct {
	Pack *pack.Pack
	// Score is how well the document goes with the pack, in thousandths.
	Score int
	// Tables are all tables of the document, in its order.
	Tables []*Table
	// Unseen is how many tables stand behind those, more than are looked at.
	Unseen int
	// Missing are the tables of the pack, in its order, that the document does not have.
	Missing []*pack.Table
	// Year, Name and Code are those of the department, as the document says them; zero where it does not.
	Year Said[int]
	Name Said[string]
	Code Said[string]
}

// Said is what a document says, and where.
type Said[T any] struct {
	Value T
	At    paper.Place
}

// Table is a table of the document.
type Table struct {
	// Block is its place in the blocks of the document, and Paper it as it was read.
	Block int
	Paper *paper.Table
	// Heading is its title and Number what numbers it (公开01表, 表5-1), as printed but without blanks; "" where it has none.
	Heading   string
	HeadingAt paper.Place
	Number    string
	// Left is what stands above it of who made it: 编制部门：…
	Left string

	// Spec is the table of the pack that it is, Form the performance form; both nil where it is neither. Project is whose form it is.
	Spec    *pack.Table
	Form    *pack.Form
	Project string
	// Of is the table whose further part it is: its rows are among those of that one. It has neither Spec nor Form of its own.
	Of *Table
	// Score is how well it goes with what it is, in thousandths. Others are what else it may be, the likeliest first: of a table
	// that is nothing, the best guess.
	Score  int
	Others []Candidate
	// Why says of a table that is nothing why that is so, in Chinese without final stop.
	Why string

	// Heads is how many of its rows are its head.
	Heads int
	// Columns is for each leaf of Spec's columns its own column, from 0; -1 where it has none. A code that it prints in three
	// columns for the leaf's one begins in this one.
	Columns []int
	// Extra are its columns that are none of Spec's.
	Extra []Extra
	// Unit is what its amounts are in, of Spec's where it does not say (UnitSaid). Places are the most decimals that it prints, -1
	// where it prints no amount.
	Unit     money.Unit
	UnitSaid bool
	UnitAt   paper.Place
	Places   int
	// Notes are what stands below it.
	Notes []paper.Paragraph
	// Rows are those of its body in the columns of Spec, without those that print nothing. Of a form or a table that is nothing
	// they are in the columns of the paper.
	Rows []Row
	// Doubts are what is not certain in it, with their places.
	Doubts []Doubt
}

// Name is what messages call the table.
func (t *Table) Name() string {
	switch {
	case t.Heading != "":
		return "《" + t.Heading + "》"
	case t.Number != "":
		return t.Number
	}
	return "没有表题的表"
}

// Candidate is a table or a form of the pack that a table of the document may be.
type Candidate struct {
	Spec  *pack.Table
	Form  *pack.Form
	Score int
}

// Extra is a column of the paper that the pack's table does not have.
type Extra struct {
	Column int
	Head   string
	At     paper.Place
	// Filled says that there is something in it.
	Filled bool
}

// Name is what messages call the column.
func (e *Extra) Name() string {
	if e.Head == "" {
		return fmt.Sprintf("第%d列（没有表头）", e.Column+1)
	}
	return "“" + e.Head + "”一列"
}

// Row is a row of a table's body.
type Row struct {
	// Table is the part of the table on the paper that it stands in, and Index its row there.
	Table *paper.Table
	Index int
	Cells []Cell
}

// Cell is what a row has in a column of the pack's table: its text without the blanks that set it in or spread it, and the cell of
// the paper that it was read from.
type Cell struct {
	Text   string
	At     paper.Place
	Source *paper.Cell // nil where the paper has none
}

// Doubt is something that is not as it should be, in Chinese without final stop.
type Doubt struct {
	At   paper.Place
	What string
}
