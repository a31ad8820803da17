package pdf

import "yusuan/internal/typeset/page"

// viewerPreferences: windows bear the title (ISO 14289-1, 7.1), pages are printed as large as they are, on both sides of the
// paper, as official documents are (GB/T 9704-2012, 6.2).
const viewerPreferences = "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None/Duplex/DuplexFlipLongEdge>>"

// finish makes the final file of the shell's pages and their content.
func finish(d *page.Document, c *content, s *shell, w *writer) ([]byte, error) {
	w.reserve(s.objects - 1) // fpdf's own numbers stay
	info, catalog := s.objects-2, s.objects-1

	w.writeResources(&c.fonts)
	annots := w.writeAnnotations(d, s)
	w.writePages(d, c, s, annots)
	structure := w.writeStructure(d, c, s, annots)
	outline := w.writeOutline(d, s)
	names, associated, err := w.writeFiles(d)
	if err != nil {
		return nil, err
	}
	metadata, profile := w.reserve(1), 0
	if d.Info.Draft == "" {
		profile = w.reserve(1)
	}
	w.rawStream(metadata, []byte("/Type/Metadata/Subtype/XML"), "", appendXMP(nil, &d.Info))
	if profile > 0 {
		w.stream(profile, []byte("/N 3"), page.SRGB())
	}
	w.object(info, appendInfo(nil, &d.Info))

	b := appendRef([]byte("<</Type/Catalog/Pages "), pagesObject)
	b = appendText(append(b, "/Lang"...), d.Info.Lang)
	b = append(b, viewerPreferences+"/MarkInfo<</Marked true>>/StructTreeRoot "...)
	b = appendRef(b, structure)
	b = appendRef(append(b, "/Metadata "...), metadata)
	if d.Info.Draft == "" { // ISO 19005-3, 6.2.3: without an intent, device colours have no meaning.
		b = append(b, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile "...)
		b = append(appendRef(b, profile), ">>]"...)
	}
	if outline != 0 {
		b = append(appendRef(append(b, "/Outlines "...), outline), "/PageMode/UseOutlines"...)
	}
	b = appendPageLabels(b, d.Pages)
	b = append(append(b, names...), associated...)
	w.object(catalog, append(b, ">>"...))
	return w.close(catalog, info), nil
}

// writeResources writes the resources that all pages share.
func (w *writer) writeResources(fonts *fontSet) {
	b := []byte("<</ProcSet[/PDF/Text]/Font<<")
	for _, f := range fonts.fonts {
		b = append(appendInt(append(b, "/F"...), f.index+1), ' ')
		b = appendRef(b, w.writeFont(f))
	}
	w.object(resourcesObject, append(b, ">>>>"...))
}

// writePages writes the page tree, the pages and their contents.
func (w *writer) writePages(d *page.Document, c *content, s *shell, a *annotations) {
	b := append(w.tmp[:0], "<</Type/Pages/Count "...)
	b = append(appendInt(b, len(s.pages)), "/Kids["...)
	for i := range s.pages {
		b = append(appendRef(b, s.pages[i].object), ' ')
	}
	w.tmp = append(b, "]>>"...)
	w.object(pagesObject, w.tmp)
	for i := range s.pages {
		p := &d.Pages[i]
		b := appendRef(append(w.tmp[:0], "<</Type/Page/Parent "...), pagesObject)
		b = append(appendLength(append(b, "/MediaBox[0 0 "...), p.Width), ' ')
		b = appendRef(append(appendLength(b, p.Height), "]/Resources "...), resourcesObject)
		b = appendRef(append(b, "/Contents "...), s.pages[i].contents)
		// Tab order by structure: ISO 14289-1, 7.18.3.
		b = append(appendInt(append(b, "/StructParents "...), i), "/Tabs/S"...)
		if n := len(p.Links); n > 0 {
			b = append(b, "/Annots["...)
			for k := range n {
				b = append(appendRef(b, a.object(i, k)), ' ')
			}
			b = append(b, ']')
		}
		w.tmp = append(b, ">>"...)
		w.object(s.pages[i].object, w.tmp)
		w.stream(s.pages[i].contents, nil, c.stream(i))
	}
}

// annotations says which objects the links are. They are numbered in sequence over the pages.
type annotations struct {
	firstObject int
	before      []int // for each page, how many links the pages before it have; one more at the end
}

func (a *annotations) object(page, link int) int { return a.firstObject + a.before[page] + link }

func (a *annotations) count() int { return a.before[len(a.before)-1] }

// writeAnnotations writes the links. The structure tree finds each by its key in the parent tree, behind those of the
// pages.
func (w *writer) writeAnnotations(d *page.Document, s *shell) *annotations {
	a := &annotations{before: make([]int, len(d.Pages)+1)}
	for i := range d.Pages {
		a.before[i+1] = a.before[i] + len(d.Pages[i].Links)
	}
	a.firstObject = w.reserve(a.count())
	for i := range d.Pages {
		p := &d.Pages[i]
		for k, l := range p.Links {
			b := append(w.tmp[:0], "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["...)
			r := p.OnSheet(page.Rule{X: l.X, Y: l.Y, W: l.W, H: l.H})
			b = append(appendLength(b, r.X), ' ')
			b = append(appendLength(b, p.Height-r.Y-r.H), ' ')
			b = append(appendLength(b, r.X+r.W), ' ')
			b = append(appendLength(b, p.Height-r.Y), "]/P "...)
			b = appendDest(append(appendRef(b, s.pages[i].object), "/Dest"...), d, s, l.Page, l.TargetY)
			b = appendText(append(b, "/Contents"...), l.Contents)
			b = appendInt(append(b, "/StructParent "...), len(d.Pages)+a.before[i]+k)
			w.tmp = append(b, ">>"...)
			w.object(a.object(i, k), w.tmp)
		}
	}
	return a
}
