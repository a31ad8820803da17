// Package paper is a finished document as it lies on the table: paragraphs and tables in the order in which people read
// them, each text with its place, whatever file it came from. It says what stands there and where, never what it means.
package paper

import "yusuan/internal/typeset/unit"

// Format is what a file is, as messages call it.
type Format string

// The formats that are read.
const (
	PDF      Format = "PDF"
	Word     Format = "Word 文档"
	Workbook Format = "电子表格"
	Web      Format = "网页"
)

// Numerals are the characters in which offices number parts, items and tables, for classes of regular expressions.
const Numerals = "一二三四五六七八九十百廿卅"

// Document is all that was read of a file.
type Document struct {
	Format Format
	Pages  []Page  // of what has pages, all of them, in their order; none of what flows
	Blocks []Block // in the order of reading
	// Gaps are what was not read, in their order. A document with gaps is never free of faults.
	Gaps []Gap
}

// Gap is a part of a file that was not read, or not for certain: why, and what its owner can do, in Chinese without final stop.
type Gap struct {
	At     Place
	What   string
	Remedy string
	// Doubtful says that the part was read, and that it may not be as people see it.
	Doubtful bool
}

// Page is the size of a page as people see it.
type Page struct {
	Width, Height unit.Length
}

// Block is a paragraph or a table: one of the two.
type Block struct {
	Text  *Paragraph
	Table *Table
}

// Paragraph is a paragraph, or a line that stands alone. Lines that the file breaks are one text without the breaks.
type Paragraph struct {
	Text    string
	Spots   []Spot // where its pieces stand, ascending, without gaps between them other than blanks
	Level   int    // of a heading that the file marks as one, from 1; 0 where it does not say
	Centred bool
	Size    unit.Length // of its letters, 0 unknown
	Bold    bool
}

// Spot is where a piece of a text stands: Text[Start:End].
type Spot struct {
	Start, End int
	At         Place
}

// Place is where something stands, as far as it is known.
type Place struct {
	Page int // from 1; 0 for what has no pages
	Box  Box // on the page, zero where it is not known
	// Sheet and Cell are the place in a spreadsheet: 2.11 收入, C12.
	Sheet, Cell string
	// Piece is the running number of the paragraph or cell in a document without pages, from 1; 0 in one with pages.
	Piece int
}

// Box is a rectangle of a page as people see it, from its upper left corner, downwards.
type Box struct {
	Left, Top, Right, Bottom unit.Length
}

// Union is the least box that holds both; the zero Box holds nothing.
func (b Box) Union(o Box) Box {
	switch (Box{}) {
	case b:
		return o
	case o:
		return b
	}
	return Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
}

// Number gives every paragraph and cell of a document without pages its number.
func (d *Document) Number() {
	n := 0
	text := func(p *Paragraph) {
		n++
		if len(p.Spots) == 0 && p.Text != "" {
			p.Spots = []Spot{{End: len(p.Text)}}
		}
		for i := range p.Spots {
			p.Spots[i].At.Piece = n
		}
	}
	for _, b := range d.Blocks {
		if b.Text != nil {
			text(b.Text)
			continue
		}
		for i := range b.Table.Above {
			text(&b.Table.Above[i])
		}
		for i := range b.Table.Rows {
			for k := range b.Table.Rows[i].Cells {
				n++
				b.Table.Rows[i].Cells[k].At.Piece = n
			}
		}
		for i := range b.Table.Below {
			text(&b.Table.Below[i])
		}
	}
}

// Table is a table as its author saw it: the parts of several pages are one, without the heads that later ones repeat.
type Table struct {
	// Above are the lines over it that belong to it: number, title, 编制单位, 单位：元, in their order. They are in no block.
	Above []Paragraph
	// Below are lines right below it that are notes: 注：… They are in no block.
	Below   []Paragraph
	Columns int
	Rows    []Row
	// Repeated is how many rows its later parts repeat: at least so many are its head. 0 where it has no later part.
	Repeated int
	// Sheet is the name of its sheet in a spreadsheet.
	Sheet string
	// Guessed says that its columns were found by the gaps between texts, for want of rules.
	Guessed bool
}

// Row is a row of a table.
type Row struct {
	Page   int // on which it stands, from 1; 0 for what has no pages
	Number int // of this row in the part of the table on that page, from 1, heads counted; in a spreadsheet the row's own number
	Cells  []Cell
	Hidden bool // of a spreadsheet
}

// Unknown is the text of a cell in which something stands that the file does not say: a formula without its result. It is no
// empty cell, which would be a zero.
const Unknown = "？"

// Cell is a cell where it begins. What it covers has no cell of its own. Empty cells are there, too.
type Cell struct {
	Column        int // from 0
	Columns, Rows int // that it covers, at least 1
	Text          string
	At            Place
}

// At is the cell that covers a column in a row; false for a column that a cell of a row above covers, or that has none.
func (r *Row) At(column int) (*Cell, bool) {
	for i := range r.Cells {
		if c := &r.Cells[i]; c.Column <= column && column < c.Column+c.Columns {
			return c, true
		}
	}
	return nil, false
}

// Grid is the text of a table in every place: of what covers several, in each of them (fill), or in its first alone.
func (t *Table) Grid(fill bool) [][]string {
	out := make([][]string, len(t.Rows))
	for i := range out {
		out[i] = make([]string, t.Columns)
	}
	for i := range t.Rows {
		for _, c := range t.Rows[i].Cells {
			for di := range max(c.Rows, 1) {
				for dj := range max(c.Columns, 1) {
					if (di == 0 && dj == 0 || fill) && i+di < len(out) && c.Column+dj < t.Columns {
						out[i+di][c.Column+dj] = c.Text
					}
				}
			}
		}
	}
	return out
}
