package build

import (
	"yusuan/internal/compare"
	"yusuan/internal/pdf"
	"yusuan/internal/redline"
)

// Redline lays the document out for marks of what changed from another to it. The spots of the result lead into w.Tree.
func (w *Work) Redline(r *compare.Result) *redline.Laid {
	return redline.Lay(r, w.Tree, w.fonts.Family)
}

// MarkedPDF is the document with these marks as a file. It carries nothing that it could be taken for the document by.
func (w *Work) MarkedPDF(l *redline.Laid) ([]byte, error) {
	return pdf.Write(l.Marked(w.shared.Program), nil)
}
