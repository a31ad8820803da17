package cli

import (
	"bytes"
	"path/filepath"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/changes"
	"yusuan/internal/redline"
)

// isChangeBook knows 变动对照表 as the program wrote it, by its sheets.
func isChangeBook(raw []byte) bool { return savedWith(raw) == maker && isChanges(raw) }

// isChanges reports whether a file is 变动对照表, whoever saved it last.
func isChanges(raw []byte) bool { return hasSheets(raw, changes.Sheets()...) && !isSheet(raw) }

// report is what readers are told of the two.
func (p *pair) report() *changes.Report {
	r := &changes.Report{Result: p.result, Notes: p.notes}
	pagesOf := func(list redline.List, n int) (out [][]changes.Page) {
		for i := range n {
			var pages []changes.Page
			for _, x := range p.laid.PagesOf(list, i) {
				pages = append(pages, changes.Page{Sheet: x.Index + 1, Name: x.String()})
			}
			out = append(out, pages)
		}
		return out
	}
	r.Pages = changes.Pages{Cells: pagesOf(redline.Cells, len(r.Cells)), Sentences: pagesOf(redline.Sentences, len(r.Sentences)),
		Rows: pagesOf(redline.Rows, len(r.Rows)), Parts: pagesOf(redline.Parts, len(r.Parts))}
	return r
}

// changeFiles makes the files that are asked for.
func changeFiles(names []string, p *pair, r *changes.Report) (files []batch.Content, err error) {
	for _, name := range names {
		var b bytes.Buffer
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xlsx":
			err = r.Workbook(&b, madeNow(changes.BookTitle, p.new.work.Tree.Date))
		default:
			var raw []byte
			raw, err = p.new.work.MarkedPDF(p.laid)
			b.Write(raw)
		}
		if err != nil {
			return nil, machine("做不成 %s：%w", name, err)
		}
		files = append(files, batch.Content{Name: name, Bytes: b.Bytes()})
	}
	return files, nil
}
