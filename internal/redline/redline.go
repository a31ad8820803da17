// Package redline makes the marked pages of a comparison (对照稿): the new document on its own pages, what is other than in the
// old one underlined and with a bar in the margin, and behind them tables of all that changed. All of it shows in black and white.
//
// It asks layout for the pages with marks, which change nothing of them, and draws beside what stands there: the texts of a page
// stay as they are. mark.go leads from effects to stretches of the tree, find.go from those to places on pages, draw.go and
// margin.go draw, head.go says on every page what it is, turn.go where to turn to; appendix*.go compose the tables, in the styles
// of the document (like.go), and join.go puts their pages behind the others.
package redline

import (
	"slices"
	"strconv"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// Draft is what marked pages are called, on paper and in the file.
const Draft = "对照稿"

// List is one of the lists of effects of a compare.Result.
type List uint8

// The lists.
const (
	Cells List = iota
	Sentences
	Rows
	Parts
	lists
)

// Page is a page of the new document.
type Page struct {
	Index int    // from 0 on, of all sheets
	Label string // the number that it bears, or what readers call it: 封面; "" for neither
}

// String is what people call the page.
func (p Page) String() string {
	if p.Label == "" {
		return "第" + strconv.Itoa(p.Index+1) + "面"
	}
	return p.Label
}

// Laid is the new document on its pages, and where on them the effects stand.
type Laid struct {
	result   *compare.Result
	tree     *doc.Document
	families layout.Families
	pages    *page.Document
	effects  []effect
	hits     [][]hit        // by page
	on       [lists][][]int // by list and index: the pages, in order
}

// Lay lays out the tree of the new document, which the spots of the result lead into. The tree is given back as it was.
func Lay(r *compare.Result, tree *doc.Document, families layout.Families) *Laid {
	l := &Laid{result: r, tree: tree, families: families}
	m := newMarker(r, tree)
	l.effects = m.effects
	undo := m.mark()
	l.pages, _ = layout.Lay(tree, families, layout.WithPlaces) // what it says of the document, its own layout has said
	undo()
	for list, n := range [lists]int{len(r.Cells), len(r.Sentences), len(r.Rows), len(r.Parts)} {
		l.on[list] = make([][]int, n)
	}
	for i := range l.pages.Pages {
		pg := &l.pages.Pages[i]
		found := m.find(pg)
		l.hits = append(l.hits, found)
		for _, h := range found {
			for _, e := range h.all() {
				at := &l.on[l.effects[e].list][l.effects[e].index]
				if !slices.Contains(*at, i) {
					*at = append(*at, i)
				}
			}
		}
		pg.Marks, pg.Cells = nil, nil
	}
	return l
}

// PagesOf are the pages on which an effect stands: the i-th of a list.
func (l *Laid) PagesOf(list List, i int) []Page {
	var out []Page
	for _, n := range l.on[list][i] {
		out = append(out, l.at(n))
	}
	return out
}

// Marked are the pages with their marks, and behind them what changed, in tables. program is the name and version of the program.
func (l *Laid) Marked(program string) *page.Document {
	out := *l.pages
	out.Info.Program, out.Info.Draft = program, Draft
	out.Pages = slices.Clone(out.Pages)
	d := newDrawer(l)
	for i := range out.Pages {
		d.page(&out.Pages[i], i, l.hits[i])
	}
	out.Bookmarks = slices.Concat(out.Bookmarks, l.bookmarks())
	join(&out, l.appendix(d.like))
	for i := range out.Pages {
		d.head(&out.Pages[i])
	}
	return &out
}
