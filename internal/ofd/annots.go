package ofd

import (
	"time"

	"yusuan/internal/typeset/page"
)

// writeAnnotations writes the links as archives have them (GB/T 42133-2022, 6.3.3 b): annotations of pages, one of nothing that
// is seen with an action over it, which nobody moves or edits.
func (w *writer) writeAnnotations() {
	if w.links == 0 {
		return
	}
	list := append(w.begin("ofd:Annotations"), '>')
	for i := range w.d.Pages {
		if len(w.d.Pages[i].Links) > 0 {
			list = appendInt(append(list, `<ofd:Page PageID="`...), w.pageID(i))
			list = append(append(append(list, `"><ofd:FileLoc>`...), w.pageFolder(i)...), `/Annotation.xml</ofd:FileLoc></ofd:Page>`...)
		}
	}
	w.addXML(annotsFolder+annotationsName, append(list, `</ofd:Annotations>`...))
	for i := range w.d.Pages {
		if len(w.d.Pages[i].Links) > 0 {
			w.writePageAnnotations(i)
		}
	}
}

func (w *writer) writePageAnnotations(i int) {
	p := &w.d.Pages[i]
	b := append(w.begin("ofd:PageAnnot"), '>')
	creator, _ := program(w.d.Info.Program)
	for _, l := range p.Links {
		r := p.OnSheet(page.Rule{X: l.X, Y: l.Y, W: l.W, H: l.H})
		width, height := max(mm(r.X+r.W)-mm(r.X), 1), max(mm(r.Y+r.H)-mm(r.Y), 1)
		b = appendInt(append(b, `<ofd:Annot ID="`...), w.next())
		b = append(b, `" Type="Link" Creator="`...)
		b = append(w.appendText(b, creator), `" LastModDate="`...)
		b = w.d.Info.Date.AppendFormat(b, time.DateOnly)
		b = append(b, `" Print="false" NoZoom="true" NoRotate="true" ReadOnly="true">`...)
		b = w.appendElement(b, "Remark", l.Contents)
		b = append(b, `<ofd:Appearance Boundary="`...)
		b = appendNumbers(b, mm(r.X), mm(r.Y), width, height)
		b = appendInt(append(b, `"><ofd:PathObject ID="`...), w.next())
		b = append(appendNumbers(append(b, `" Boundary="`...), 0, 0, width, height), `" Stroke="false">`...)
		b = w.appendGoto(b, l.Page, l.TargetY)
		b = append(b, `<ofd:AbbreviatedData>M 0 0 L`...)
		b = append(appendPoint(b, width, 0), 'L')
		b = append(appendPoint(b, width, height), 'L')
		b = append(appendPoint(b, 0, height), 'C')
		b = append(b, `</ofd:AbbreviatedData></ofd:PathObject></ofd:Appearance></ofd:Annot>`...)
	}
	w.addXML(annotsFolder+w.pageFolder(i)+"/Annotation.xml", append(b, `</ofd:PageAnnot>`...))
}
