// Package pdfium reads the PDF files of strangers by PDFium, which runs in a sandbox of WebAssembly: what letters stand where,
// which rules are drawn, how pages look. It alone imports PDFium and what runs it. It says nothing of what the letters mean.
package pdfium

import (
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// Refused says that a file, or a page of it, is not read.
type Refused = paper.Refused

// Page is what is drawn on a page, as people see it: the file's own turn of the page is undone, lengths are from the upper
// left corner.
type Page struct {
	paper.Page
	Glyphs []Glyph // on the paper, without blanks, in the order in which they are drawn
	Rules  []Rule
	Images int
	// Unmapped is how many glyphs the file has no letter for: what was read of them is not what people see.
	Unmapped int
	// Hidden is how many of the glyphs are drawn so that nobody sees them: a scan has such a layer of what a program took its
	// picture for.
	Hidden int
	// Over is how many texts, stamps and fields of forms lie over the page as notes that people see: what they say is not read.
	Over int
}

// Glyph is a letter on a page.
type Glyph struct {
	Rune     rune        // U+FFFD where the file has no letter for it
	Box      paper.Box   // of its ink
	Step     paper.Box   // from where it begins on its line to where the next letter would, as high as its font's line; zero where the font does not say
	Baseline unit.Length // from the top; of what lies on its side (Turned 1 and 3) from the left
	Size     unit.Length // the height of its line, as its font has it
	Turned   int         // quarters of a turn that it lies on its side, clockwise: 0 upright, 2 upside down
	Bold     bool
}

// Rule is a straight line, or a box so thin that it looks like one.
type Rule struct {
	Upright  bool
	At       unit.Length // from the left of what is upright, else from the top
	From, To unit.Length // its ends
}

// Mark is a note on a stretch of a page.
type Mark struct {
	Page  int // from 1
	Boxes []paper.Box
	Words string // what is shown of it
	Error bool   // of an error; else of what is to be looked at
}
