package pdf_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/pdf"
	"yusuan/internal/typeset/page"
	"yusuan/templates"
)

// departments are whole documents to hold the writer against.
var departments = []string{"data/2026/338", "testdata/departments/2026/415", "testdata/departments/2026/501"}

func laidOut(t *testing.T, dir string) (*build.Work, *page.Document) {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
	w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	pages := w.Typeset()
	if w.Diags.HasErrors() {
		t.Fatal(w.Diags.Sorted()[0].Message)
	}
	return w, pages
}

// TestWholeDocuments holds that what a department's data and its template say is what its file says: the text of the
// tree is the text of the pages (contents apart, which layout fills), and the text of the pages is the text of the
// file, character by character and in order.
func TestWholeDocuments(t *testing.T) {
	for _, dir := range departments {
		w, pages := laidOut(t, dir)
		file, err := pdf.Write(pages, nil)
		if err != nil {
			t.Fatal(err)
		}
		pdf.CheckShown(t, pages, file)
		if got, want := read(pages), said(w.Tree); got != want {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("%s: the pages differ from the tree at …%s… instead of …%s…", dir, around(got, at), around(want, at))
		}
	}
}

func around(s string, at int) string {
	return strings.ToValidUTF8(s[max(0, at-60):min(len(s), at+60)], "")
}

// read is the text of the pages as a reader hears it: no artifacts, no table of contents, no blanks; of figures their
// alternative text.
func read(d *page.Document) string {
	var sb strings.Builder
	inContents := make([]bool, len(d.Elems))
	for i := range d.Elems {
		inContents[i] = d.Elems[i].Kind == page.KindTOC || i > 0 && inContents[d.Elems[i].Parent]
	}
	// The text of an element that is split over pages is one text; elements stand in reading order.
	texts := make([]strings.Builder, len(d.Elems))
	for _, p := range d.Pages {
		for _, t := range p.Texts {
			if t.Elem >= 0 && !inContents[t.Elem] && d.Elems[t.Elem].Kind != page.KindFigure {
				texts[t.Elem].WriteString(t.Text)
			}
		}
	}
	for i := range texts {
		if l := d.Elems[i].Label; l != nil {
			sb.WriteString(l.Alt)
		}
		sb.WriteString(texts[i].String())
	}
	return squeeze(sb.String())
}

// said is the text of the tree in the same form.
func said(d *doc.Document) string {
	heard := *d
	heard.Sections = slices.Clone(d.Sections)
	for i := range heard.Sections {
		var blocks []doc.Block
		for _, b := range heard.Sections[i].Blocks {
			if c, ok := b.(*doc.Chart); ok {
				pair := []doc.Block{&doc.Heading{Text: doc.Text{String: c.Alt}}, &doc.Heading{Text: c.Title}}
				if c.TitleAbove {
					slices.Reverse(pair)
				}
				blocks = append(blocks, pair...)
				continue
			}
			blocks = append(blocks, b)
		}
		heard.Sections[i].Blocks = blocks
	}
	var sb strings.Builder
	doc.Walk(&heard, func(t doc.Text, _ string) { sb.WriteString(t.String) })
	return squeeze(sb.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
