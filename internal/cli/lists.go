package cli

import (
	"io"
	"time"

	"yusuan/internal/xlsx"
)

// writeSheets writes lists as a workbook under a title; date is the day of its data.
func writeSheets(to io.Writer, title string, date time.Time, sheets ...xlsx.Sheet) error {
	return xlsx.Write(to, madeNow(title, date), sheets...)
}

// madeNow is what workbooks say of themselves.
func madeNow(title string, date time.Time) xlsx.Made {
	return xlsx.Made{Title: title, Program: maker + " " + Version, Application: maker, Date: date}
}
