// Package shown is what a finished file of this program shows and carries, whichever format it has: sheets, what stands on
// them, the structure that gives it an order, and attached files.
package shown

import "yusuan/internal/typeset/unit"

// File is a finished file that has been opened. It serves one goroutine.
type File interface {
	// Sheets are the sizes of the pages in order.
	Sheets() ([]Sheet, error)
	// Items is what a page shows, counted from 0.
	Items(page int) (*Items, error)
	// Blocks lists what shows something, in the order in which the document is read.
	Blocks() ([]Block, error)
	// Attachments are the attached files in their order.
	Attachments() ([]Attachment, error)
	// Strange lists what the document as a whole has that this program never writes.
	Strange() ([]string, error)
	// Since is what was done to the file after it had been written, as far as it shows that itself.
	Since() Since
}

// Since is what was done to a file after it had been written.
type Since struct {
	Updates    int  // how often something was added at its end
	Linearized bool // it was written anew in the order in which it is sent
	Signatures int  // that it has been given; whether they hold is not known
}

// Sheet is the size of a page.
type Sheet struct{ Width, Height unit.Length }

// Items is what a page shows.
type Items struct {
	Runs  []Run
	Rects []Rect
	Paths []Path
	// Foreign names what the page has that this program never writes, each once: operators of the content, kinds of
	// annotations, texts and rectangles that are not black. What they show is not among the items.
	Foreign []string
}

// Run is text shown at once.
type Run struct {
	X, Y     unit.Length // of its first glyph on the baseline, from the upper left corner of the page
	Size     unit.Length
	Font     *Font         // nil when the page has no such font
	Text     string        // by the font's map to characters
	Advances []unit.Length // one for each rune
	Codes    []int32       // of the font
	Mark     int           // the marked content it stands in: runs of one piece of text have the same; 0 for none
	ID       int           // of that in the structure tree, as Content has it; -1 for an artifact, such as a page number
	Turned   bool          // with the matter of the page, from whose upper left corner it is measured
}

// Rect is a filled rectangle, from the upper left corner of the page, or of its matter where that is turned.
type Rect struct {
	X, Y, W, H unit.Length
	Turned     bool
}

// Path is a filled path: its steps (m, l, c, h) and their points as lengths from the upper left corner of the page, or of
// its matter where that is turned.
type Path struct {
	Turned bool
	Color  [3]unit.Length // red, green, blue in thousandths
	Steps  string
	Points []unit.Length // x and y in turn
	Mark   int           // as of runs
	ID     int           // as of runs
}

// Block is an element of the structure tree that shows something itself: a paragraph, a cell, a figure.
type Block struct {
	Kind     string // its type, as ISO 32000-1 calls it
	Contents bool   // it stands in a table of contents
	Row      int    // the row of a table that it stands in, counted over the document from 1; 0 for none
	RowSpan  int    // of a cell that takes several rows
	Content  []Content
}

// Content is a piece of marked content of a page, counted from 0.
type Content struct{ Page, ID int }

// Attachment is an attached file.
type Attachment struct {
	Name         string
	Relationship string
	Data         []byte
}
