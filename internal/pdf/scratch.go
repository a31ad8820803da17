package pdf

import (
	"yusuan/internal/deflate"
	"yusuan/internal/typeset/font"
)

// Memory is where files are made, one after the other: new megabytes for each would cost more than what is written into
// them. The zero Memory is ready and serves one goroutine at a time; whoever makes many files keeps it from one to the next.
// What is written does not depend on what was there before.
type Memory struct {
	scratch
	file []byte // of an earlier file that nobody needs any more
}

// Reuse gives the room of a file that nobody needs any more to the next.
func (m *Memory) Reuse(file []byte) { m.file = file }

// scratch is room for the parts of a file on their way. None of them leaves the package.
type scratch struct {
	content []byte         // of all pages
	shell   []byte         // fpdf's file
	tmp     []byte         // the object being made
	font    []byte         // the font being made
	packed  deflate.Stream // the stream being made

	marks   []mark
	entries []entry
	streams []objectStream
	blocks  font.Blocks
}
