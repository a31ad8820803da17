package build

import (
	"errors"

	"yusuan/internal/changes"
	"yusuan/internal/doc"
	"yusuan/internal/pdf"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// mostCorrections is more than a page has room for.
const mostCorrections = 64

// Correction makes the notice of what a published document is corrected in: one page, whatever there is to tell. It carries
// nothing, and says of itself that it is no budget.
func (w *Work) Correction(r *changes.Report) ([]byte, error) {
	var pages *page.Document
	var tree *doc.Document
	fits := func(most int) bool {
		d, _ := r.Notice(w.Tree, most)
		p, diags := layout.Lay(d, w.fonts.Family)
		if len(p.Pages) != 1 || diags.HasErrors() {
			return false
		}
		pages, tree = p, d
		return true
	}
	_, all := r.Notice(w.Tree, 0)
	low, high := -1, min(all, mostCorrections)
	for at := high; low < high; at = (low + high + 1) / 2 {
		if fits(at) {
			low = at
		} else {
			high = at - 1
		}
	}
	if tree == nil {
		return nil, errors.New("更正说明在这个模板的版式里一页放不下")
	}
	pages.Info.Program, pages.Info.Notice = w.shared.Program, changes.NoticeTitle
	return pdf.Write(pages, nil)
}
