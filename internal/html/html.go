// Package html writes a document tree as a page of the web, and as the bare article that editors paste into pages of a site.
//
// It says what the tree says, every word once and in its order: the page by itself, without scripts, fonts or anything asked
// from elsewhere, and the article without what editors of sites throw away. What the words of a tree are to who hears them
// is what structure says of them in the PDF (typeset/table.Places). A writer is pure: the same tree, the same bytes.
package html

import (
	_ "embed"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/style"
)

// Source is what an edition is made of.
type Source struct {
	Tree *doc.Document
	// NameOf is what a number of the tree is called (doc.Mark.Of, doc.Table.Of) in every form of the document; "" for none.
	NameOf func(of int32) string
	// Families are the faces that charts are measured with.
	Families style.Families
	Program  string // name and version of the program that makes it
}

//go:embed page.css
var sheet string

// Page writes the document as a page of the web in one file. It says first which program made it.
func Page(s *Source) []byte {
	w := newWriter(s)
	w.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n")
	w.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	w.meta("generator", s.Program)
	w.raw(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">` + "\n<title>")
	w.text(s.Tree.Title)
	w.raw("</title>\n")
	w.metas()
	w.raw("<style>\n" + sheet + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文</a>\n<main id=\"main\">\n<article>\n")
	w.document()
	w.raw("</article>\n</main>\n</body>\n</html>\n")
	return w.out
}

// Article writes the document as the part of a page that editors of sites take in: they drop styles, classes, names of
// elements and drawings, so it has none.
func Article(s *Source) []byte {
	w := newWriter(s)
	w.bare = true
	w.raw("<!-- ")
	w.out = Escape(w.out, s.Program)
	w.raw(" -->\n<meta charset=\"utf-8\">\n") // or browsers guess
	w.document()
	return w.out
}

// metas are the words of sites about their articles that the document itself knows. Those of the site are the site's.
func (w *writer) metas() {
	d := w.source.Tree
	w.meta("author", d.Author)
	w.meta("ArticleTitle", d.Title)
	if !d.Date.IsZero() {
		w.meta("PubDate", d.Date.Format("2006-01-02"))
	}
	w.meta("ContentSource", d.Author)
	w.meta("Keywords", d.Keywords)
	w.meta("Description", d.Subject)
}

func (w *writer) meta(name, content string) {
	if content == "" {
		return
	}
	w.raw(`<meta name="` + name + `"`)
	w.attr("content", content)
	w.raw(">\n")
}
