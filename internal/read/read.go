// Package read reads finished documents as they are, whatever file they come in: PDF, Word, spreadsheets, pages of the web. What
// a file is, its content says, never its name. What it cannot read is Refused with what it is and what to do.
package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"

	"yusuan/internal/grid"
	"yusuan/internal/pdfium"
	"yusuan/internal/read/book"
	"yusuan/internal/read/docx"
	"yusuan/internal/read/paper"
	"yusuan/internal/read/ruled"
	"yusuan/internal/read/web"
	"yusuan/internal/tablebook"
)

// Refused says that a file is not read: what it is, and what its owner can do.
type Refused = paper.Refused

// File reads a file. pages opens a PDF.
func File(name string, raw []byte, pages func(name string, raw []byte) ([]*pdfium.Page, error)) (*paper.Document, error) {
	k, refused := kindOf(name, raw)
	if refused != nil {
		return nil, refused
	}
	var d *paper.Document
	var err error
	switch k {
	case isPDF:
		var all []*pdfium.Page
		if all, err = pages(name, raw); err == nil {
			d = ruled.Document(all)
		}
	case isDocx:
		d, err = docx.Document(raw)
	case isWordXML:
		text, _ := grid.Decoded(raw)
		d, err = docx.XML(text)
	case isWeb:
		text, _ := grid.Decoded(raw)
		d, err = web.Document(text)
	default:
		var b *grid.Book
		if b, err = grid.Read(name, raw); err == nil {
			d, err = book.Document(b, ownSheets(b))
		}
		if n := pictures(raw); err == nil && n > 0 {
			d.Gaps = append(d.Gaps, paper.Gap{What: fmt.Sprintf("工作簿里有 %d 张图片，图里的文字和数没有读", n), Remedy: "图里有表的话，请换成单元格里的表"})
		}
	}
	if err != nil {
		return nil, oneRefusal(err)
	}
	if len(d.Blocks) == 0 && len(d.Gaps) == 0 {
		d.Gaps = append(d.Gaps, paper.Gap{What: "这份文件里没有读到文字，也没有读到表格", Remedy: "请打开看看：内容是图片的，请向做文件的人要有文字的文件"})
	}
	if d.Format != paper.PDF {
		d.Number()
	}
	return d, nil
}

// pictures is how many pictures a workbook holds that are large enough for a page of text; marks and signatures are not.
func pictures(raw []byte) (n int) {
	const least = 30_000 // bytes
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return 0
	}
	for _, f := range z.File {
		if strings.Contains(strings.ToLower(f.Name), "/media/") && f.UncompressedSize64 >= least {
			n++
		}
	}
	return n
}

// oneRefusal is a refusal of any of the readers as one of ours.
func oneRefusal(err error) error {
	if r := (*grid.Refused)(nil); errors.As(err, &r) {
		return &Refused{What: r.What, Remedy: r.Remedy, Cause: r.Cause}
	}
	if r := (*pdfium.Refused)(nil); errors.As(err, &r) {
		return &Refused{What: r.What, Remedy: r.Remedy, Cause: r.Cause}
	}
	return err
}

// ownSheets are the sheets of a workbook of published tables that are no tables but derive their numbers, and how many of their
// lines are the document's all the same: its title.
func ownSheets(b *grid.Book) map[string]int {
	names := make([]string, 0, len(b.Sheets))
	for i := range b.Sheets {
		names = append(names, b.Sheets[i].Name)
	}
	if !tablebook.Is(names) {
		return nil
	}
	return map[string]int{tablebook.ContentsSheet: 1, tablebook.ProofSheet: 0, tablebook.LinesSheet: 0, tablebook.StatedSheet: 0}
}
