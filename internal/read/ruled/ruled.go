// Package ruled makes paragraphs and tables of what PDF pages show: a PDF knows letters and lines only, and readers see more
// in them. Rules that touch are a table, its cells are what the rules part, and letters belong to the cell that they stand in;
// the other letters are lines, and lines paragraphs. What a page does not say for certain is told as a gap.
package ruled

import (
	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
)

// Document reads the pages of a document, in their order. It never fails: what was not read is among the gaps.
func Document(pages []*pdfium.Page) *paper.Document {
	d := &paper.Document{Format: paper.PDF}
	sheets := make([]*sheet, len(pages))
	for i, p := range pages {
		if p == nil {
			d.Pages = append(d.Pages, paper.Page{})
		} else {
			d.Pages = append(d.Pages, p.Page)
		}
		sheets[i] = sheetOf(i+1, p)
	}
	dropRunning(sheets)
	for i, s := range sheets {
		if len(s.gaps) == 0 && pages[i] != nil && pages[i].Images > 0 && len(s.lines) == 0 && len(s.parts) == 0 {
			s.gap(false, "除页码外只有图片，没有文字", "请用有文字的 PDF，或用制作它的 docx 或 xlsx")
		}
		s.numbersAlone()
		s.captions()
		s.leftOver()
	}
	w := &writer{doc: d, sheets: sheets, edges: edgesOf(sheets)}
	w.write()
	return d
}
