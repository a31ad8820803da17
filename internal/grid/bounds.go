package grid

import (
	"errors"
	"fmt"
)

// What one file may cost. The largest export that an office reads has about 5,000 rows of 20 columns; every bound leaves ten
// times that and more, and together they keep a hostile file within some 400 MB and some seconds.
const (
	maxRows    = 1 << 20 // of Excel
	maxColumns = 1 << 14 // of Excel

	maxFile     = 64 << 20   // bytes of the file itself
	maxUnzipped = 256 << 20  // bytes of all parts of a zip that are read: streamed, they cost time
	maxParts    = 10_000     // entries of a zip: ten for each sheet
	maxSheets   = 1_000      // a sheet for each form of a large department is some hundreds
	maxCells    = 1_000_000  // that hold something, of all sheets: about 100 bytes each
	maxText     = 64 << 20   // bytes of all texts
	maxOneText  = 1 << 20    // bytes of one text; a cell of Excel takes 32,767 characters
	maxMerges   = 200_000    // of all sheets: an HTML export may merge every cell of its rows
	maxOver     = 1_024      // merged ranges that one row touches: those that hold a cell are looked for among them
	maxRemarks  = 20_000     // comments and shapes of one sheet
	maxStyles   = 64 << 10   // of Excel: 65,490 cell formats
	maxPieces   = 30_000_000 // of XML in all parts: formatted cells without content to the last row of a sheet are some millions
	maxDepth    = 256        // of XML: spreadsheets nest some ten deep
)

// Refused says that a file is not read: what it is, and what its owner can do. Both are Chinese, without final stop.
type Refused struct {
	What   string
	Remedy string
	Cause  error // what the machine says of it, when something does
}

// Error is the whole sentence.
func (r *Refused) Error() string { return r.What + "；" + r.Remedy }

// Unwrap is the cause.
func (r *Refused) Unwrap() error { return r.Cause }

// tooMuch refuses a file that is beyond a bound.
func tooMuch(what string, most int) *Refused {
	return &Refused{What: fmt.Sprintf("这份表格太大：%s多于 %d", what, most), Remedy: "请只留下要用的工作表，另存为新的 .xlsx 文件再用"}
}

// refusal is why a file of a known format is not read: it is beyond a bound, or not whole.
func refusal(format Format, err error) error {
	if refused := (*Refused)(nil); errors.As(err, &refused) {
		return refused
	}
	return broken(format, err)
}

// broken refuses a file that is of a known format and not whole.
func broken(format Format, cause error) *Refused {
	name := map[Format]string{XLSX: " xlsx 工作簿", XLS: " xls 工作簿", SpreadsheetML: " XML 电子表格", HTML: "网页表格"}[format]
	return &Refused{What: "这份" + name + "不完整或已损坏，读不下去", Remedy: "请在 Excel 或 WPS 里打开它，看内容是否齐全，另存为 .xlsx 再用；打不开就重新导出", Cause: cause}
}
