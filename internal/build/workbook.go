package build

import (
	"path"

	"yusuan/internal/tablebook"
	"yusuan/internal/typeset/page"
)

// workbook is the tables of the document as a workbook, on paper as pages have them; nil leaves that to the tree.
func (w *Work) workbook(pages *page.Document) ([]byte, error) {
	in := tablebook.Input{Tree: w.Tree, Numbers: w.Numbers, Folder: path.Clean(w.in.Dir), Program: w.shared.Program}
	if pages != nil {
		papers := papersOf(pages)
		in.Page = func(n int) (tablebook.Paper, bool) {
			if n >= len(papers) {
				return tablebook.Paper{}, false
			}
			return papers[n], true
		}
	}
	return tablebook.Write(in)
}

// papersOf are the pages that the tables begin on, as they are read, in the order of the document.
func papersOf(pages *page.Document) (out []tablebook.Paper) {
	tables := make([]int, len(pages.Elems)) // by element: the table that it is in, from 1 on
	for i := range pages.Elems {
		e := &pages.Elems[i]
		switch {
		case e.Kind == page.KindTable:
			out = append(out, tablebook.Paper{})
			tables[i] = len(out)
		case i > 0:
			tables[i] = tables[e.Parent]
		}
	}
	for i := range pages.Pages {
		p := &pages.Pages[i]
		paper := tablebook.Paper{Width: int64(p.Width), Height: int64(p.Height)}
		if p.Turned {
			paper.Width, paper.Height = paper.Height, paper.Width
		}
		for k := range p.Texts {
			if e := p.Texts[k].Elem; e >= 0 && int(e) < len(tables) && tables[e] > 0 && out[tables[e]-1].Width == 0 {
				out[tables[e]-1] = paper
			}
		}
	}
	return out
}
