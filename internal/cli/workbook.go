package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// maker is the program as the metadata of workbooks names it.
const maker = "yusuan"

// corePart and appPart are where a workbook has its metadata.
const (
	corePart = "docProps/core.xml"
	appPart  = "docProps/app.xml"
)

// ownMetadata makes a workbook say who made it and of which day its data are, where the library says its own. Where no
// day is known it says none.
func ownMetadata(f *excelize.File, title string, date time.Time) error {
	f.Pkg.Delete(corePart)
	props := &excelize.DocProperties{Title: title, Creator: maker + " " + Version, LastModifiedBy: maker + " " + Version, Language: "zh-CN"}
	if !date.IsZero() {
		props.Created = date.Format("2006-01-02") + "T00:00:00Z"
		props.Modified = props.Created
	}
	if err := f.SetDocProps(props); err != nil {
		return err
	}
	f.Pkg.Delete(appPart)
	return f.SetAppProps(&excelize.AppProperties{Application: maker})
}

// isOurWorkbook tells by its metadata whether a workbook is a list of this program.
func isOurWorkbook(content []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return false
	}
	f, err := z.Open(appPart)
	if err != nil {
		return false
	}
	defer f.Close()
	const enough = 1 << 12
	b, err := io.ReadAll(io.LimitReader(f, enough))
	return err == nil && strings.Contains(string(b), "<Application>"+maker+"</Application>")
}
