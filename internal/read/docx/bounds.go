package docx

import (
	"errors"
	"fmt"

	"yusuan/internal/read/paper"
)

// What one file may cost. A budget document of two hundred pages has some 10 MB of XML, 2,000 paragraphs and 20,000 cells; every
// bound leaves many times that, and together they keep a hostile file within some hundred MB and some seconds.
const (
	maxUnzipped = 64 << 20  // bytes of all parts that are read
	maxParts    = 10_000    // entries of the zip
	maxPieces   = 8_000_000 // of XML in all parts
	onePiece    = 4 << 20   // bytes of one piece, which encoding/xml keeps whole
	maxDepth    = 400       // of XML: a table in a table in a text box is some fifty deep
	maxText     = 32 << 20  // bytes of all texts
	maxBlocks   = 300_000   // paragraphs, those of cells counted
	maxCells    = 1_000_000 // of all tables
	maxColumns  = 1_024     // cells of one row; Word allows 63
	maxPlaces   = 4_000_000 // rows × columns of all tables
	maxStyles   = 20_000    // styles, lists and their levels
	maxBased    = 64        // styles that a style is based on, one upon the other
)

var (
	errPart = errors.New("docx: a part that is not there")
	errBody = errors.New("docx: no body")
)

// tooMuch refuses a document that is beyond a bound.
func tooMuch(what string, most int) *paper.Refused {
	return &paper.Refused{What: fmt.Sprintf("这份 Word 文档太大：%s多于 %d", what, most), Remedy: "请只留下要核对的部分，另存为新的 .docx 再用"}
}

// refusal is why a document is not read: it is beyond a bound, or not whole.
func refusal(err error) error {
	if refused := (*paper.Refused)(nil); errors.As(err, &refused) {
		return refused
	}
	return &paper.Refused{What: "这份 Word 文档不完整或已损坏，读不下去", Remedy: "请在 Word 或 WPS 里打开它，看内容是否齐全，另存为 .docx 再用；打不开就重新要一份", Cause: err}
}
