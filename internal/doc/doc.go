// Package doc is the document tree: what stands in the document and in which style, without geometry.
//
// compose makes it from figures and a template pack; layout turns it into pages. A document is a list of sections,
// a section is a list of blocks. Every text carries the place in the author's files it came from, so that trouble
// found as late as in layout (a missing glyph, an overfull cell) still names the line to mend.
package doc

import (
	"time"

	"yusuan/internal/diag"
)

// Document is a whole document.
type Document struct {
	Title, Author, Subject, Keywords string
	FileName                         []string // folders and the name, without extension; none leaves it to the title
	Date                             time.Time
	Styles                           *StyleSheet
	Sections                         []Section
	Marks                            []Mark // of all texts; MarksOf finds those of one
}

// Section is a run of blocks on one kind of page. It always starts on a new page.
type Section struct {
	Page     string // name of a PageStyle
	Title    string // not printed; names the part for readers of the structure, and its pages where they bear no number
	Blocks   []Block
	Numbered bool // page numbers are printed
	Restart  bool // page numbers start from 1 here
	Right    bool // begins on a right-hand page, after a blank one where need be
}

// Block is a piece of a section: *Heading, *Paragraph, *Table, *Chart, *Contents, *Space or *PageBreak.
type Block interface{ block() }

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*Table) block()     {}
func (*Chart) block()     {}
func (*Contents) block()  {}
func (*Space) block()     {}
func (*PageBreak) block() {}

// Text is a piece of text and where it came from. Origin is zero for words that the pack supplies and points to the
// author's TOML otherwise.
type Text struct {
	String   string
	Origin   diag.Range
	KeepNext bool // as a paragraph of a cell: stays on the page of the next one, as a heading does
	Marks    Marks
}

// Span is a stretch of a paragraph in one style.
type Span struct {
	Text
	Style string // a TextStyle that overrides family and size; "" means the paragraph's own
}

// Heading is a title within the document.
type Heading struct {
	Text     Text
	Style    string // TextStyle
	Level    int    // 1 is a part, 2 a section or table, 3 below that; the level of H1…H4 and of bookmarks
	Contents string // how the table of contents names it, "" leaves it out
	Bookmark string // how the outline names it, "" leaves it out
	Listed   Marks  // marks of Contents, for who looks for words on pages; compose gives none
}

// Paragraph is a paragraph of running text. A line feed within a span is a forced line break.
type Paragraph struct {
	Style string // TextStyle
	Spans []Span
	Level int // 1…4 tags it as a heading, 0 as P
	// Bookmark is how the outline names a paragraph that is tagged as a heading, "" leaves it out.
	Bookmark string
	// KeepNext keeps the paragraph on the page of the next block, as its style may too.
	KeepNext bool
	Quiet    bool // printed but not read out (Artifact), such as the heading 目录 repeated elsewhere
}

// Contents is the table of contents of the whole document. Page numbers are filled in by layout.
type Contents struct {
	Styles []string // TextStyle by heading level, from level 1; the last serves deeper levels
}

// Space is empty vertical room; Fill shares what is left of the page among all Fill spaces on it by weight.
type Space struct {
	Height int64 // thousandths of a point
	Fill   int
}

// PageBreak starts a new page, of another PageStyle if Page is not empty.
type PageBreak struct {
	Page string
	// Share asks for a new page only where what follows, up to the next PageBreak, does not go whole on the page that is open,
	// a line below what stands there.
	Share bool
}
