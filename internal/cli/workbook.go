package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/findings"
	"yusuan/internal/xlsx"
)

// maker is the program as the metadata of workbooks names it.
const maker = "yusuan"

// earlierMaker is the program as its earlier lists named it: as the library does. A list that somebody went on with is named
// by the program it was saved with.
const earlierMaker = "Go Excelize"

// isOurWorkbook tells by its metadata whether a workbook is a list of this program; of earlier ones also by its heads.
func isOurWorkbook(content []byte) bool {
	switch savedWith(content) {
	case maker:
		return !isSheet(content) && !isTables(content) && !isChanges(content)
	case earlierMaker:
		return isList(content)
	}
	return false
}

// earlierHeads are those of lists that carry the library's metadata.
func earlierHeads() []string {
	return []string{"序号", "级别", "规则", "问题", "文件", "行", "列", "填报", "应为", "相差", "说明", "建议"}
}

// isList reports whether a workbook holds what the program then wrote.
func isList(content []byte) bool {
	const enough = 256 << 20 // of a list of hundreds of thousands of findings, unpacked
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: enough})
	if err != nil {
		return false
	}
	defer f.Close()
	rows, err := f.Rows(findings.Name)
	if err != nil {
		return false
	}
	defer rows.Close()
	if f.SheetCount != 1 || !rows.Next() {
		return false
	}
	heads, err := rows.Columns()
	return err == nil && slices.Equal(heads, earlierHeads())
}

// savedWith is the name of the program that saved a workbook, "" where it does not tell.
func savedWith(content []byte) string {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	f, err := z.Open(xlsx.AppPart)
	if err != nil {
		return ""
	}
	defer f.Close()
	const enough = 1 << 12
	b, err := io.ReadAll(io.LimitReader(f, enough))
	_, rest, _ := strings.Cut(string(b), "<Application>")
	name, _, closed := strings.Cut(rest, "</Application>")
	if err != nil || !closed {
		return ""
	}
	return name
}
