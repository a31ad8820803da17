package redline

import (
	"slices"

	"yusuan/internal/typeset/page"
)

// join puts the pages of one document behind those of another, with their structure and bookmarks.
func join(d, more *page.Document) {
	pages, elems := len(d.Pages), page.ElemID(len(d.Elems))
	moved := func(id page.ElemID) page.ElemID {
		if id <= 0 { // the root is that of the document; artifacts are none's
			return id
		}
		return id + elems - 1
	}
	d.Elems = slices.Clip(d.Elems)
	for _, e := range more.Elems[1:] {
		e.Parent = moved(e.Parent)
		e.Headers = slices.Clone(e.Headers)
		for i := range e.Headers {
			e.Headers[i] = moved(e.Headers[i])
		}
		if e.Label != nil && e.Label.Box != nil {
			label, box := *e.Label, *e.Label.Box
			box.Page += pages
			label.Box, e.Label = &box, &label
		}
		d.Elems = append(d.Elems, e)
	}
	d.Pages = slices.Clip(d.Pages)
	for i := range more.Pages {
		pg := more.Pages[i]
		for k := range pg.Texts {
			pg.Texts[k].Elem = moved(pg.Texts[k].Elem)
		}
		for k := range pg.Paths {
			pg.Paths[k].Elem = moved(pg.Paths[k].Elem)
		}
		for k := range pg.Links {
			pg.Links[k].Elem, pg.Links[k].Page = moved(pg.Links[k].Elem), pg.Links[k].Page+pages
		}
		if pg.Label != "" {
			pg.Label = numberPrefix + pg.Label
		}
		d.Pages = append(d.Pages, pg)
	}
	d.Bookmarks = slices.Clip(d.Bookmarks)
	for _, b := range more.Bookmarks {
		b.Page += pages
		d.Bookmarks = append(d.Bookmarks, b)
	}
}
