package build_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/ofd"
	"yusuan/internal/testofd"
)

var everyDrawing = flag.Bool("ofd", false, "have ofdrw draw all documents, not some")

// generatedDrawn are so many generated departments that all of the documents are.
const generatedDrawn = 50

// drawnDocuments are the documents that are drawn: some, or those of every pack, department and kind of trouble.
func drawnDocuments(t *testing.T) []spoken {
	t.Helper()
	if !*everyDrawing {
		w := good(t, sample)
		hard, pages := torture(t, nil)
		return []spoken{{sample, w, w.Typeset()}, {"torture", hard, pages}}
	}
	out := everySpoken(t)
	s := shared(t)
	for seed := range uint64(generatedDrawn) {
		m, dir := generated(1000 + seed)
		w, err := s.Check(build.Input{Data: m, Dir: dir})
		if err != nil || w.Tree == nil {
			t.Fatalf("generated %d: no document: %v %v", seed, err, w.Diags.Sorted())
		}
		out = append(out, spoken{"generated " + dir, w, w.Typeset()})
	}
	return out
}

// TestOFDDrawn has ofdrw draw the OFD and poppler the PDF of one layout: where the one has ink, the other has, within a pixel;
// and so has the PDF that ofdrw makes of the OFD, but for turned pages, which it gets wrong (see TestFaultsOfReaders of ofd). It
// reads the same texts and outline.
func TestOFDDrawn(t *testing.T) {
	testofd.Differences(t, nil) // skips before anything is made
	var memory ofd.Memory
	pages := 0
	for some := range slices.Chunk(drawnDocuments(t), 8) { // what is drawn of one takes fifty megabytes
		var docs []testofd.Drawing
		for _, d := range some {
			pdf, err := d.work.PDF(d.pages, nil)
			if err != nil {
				t.Fatal(d.name, err)
			}
			raw, err := ofd.Write(d.pages, ofd.Options{}, &memory)
			if err != nil {
				t.Fatal(d.name, err)
			}
			docs = append(docs, testofd.Drawing{Name: d.name, Doc: d.pages, OFD: slices.Clone(raw), PDF: slices.Clone(pdf), AsPDF: true})
		}
		differ, n := testofd.Differences(t, docs)
		for _, line := range differ {
			t.Error(line)
		}
		pages += n
	}
	t.Logf("%d pages", pages)
	if pages < 40 || *everyDrawing && pages < 1000 {
		t.Errorf("%d pages only", pages)
	}
}

// TestOFDIsSoundAndSaysTheTree holds the OFD of every document against the standards, and reads it by itself: page for page
// what was laid out, and by what its tags say of its texts the text of the tree, in its order, with what stands for figures;
// contents apart, which layout fills.
func TestOFDIsSoundAndSaysTheTree(t *testing.T) {
	for _, d := range everySpoken(t) {
		raw, err := ofd.Write(d.pages, ofd.Options{}, &ofd.Memory{})
		if err != nil {
			t.Fatal(d.name, err)
		}
		p := testofd.Read(raw, testofd.Options{})
		for _, f := range p.Findings {
			t.Errorf("%s: %s", d.name, f)
		}
		if len(p.Texts) != len(d.pages.Pages) {
			t.Fatalf("%s: %d pages, not %d", d.name, len(p.Texts), len(d.pages.Pages))
		}
		for i, texts := range p.Texts {
			var want strings.Builder
			for _, x := range d.pages.Pages[i].Texts {
				want.WriteString(x.Text)
			}
			same(t, fmt.Sprintf("%s, page %d", d.name, i+1), strings.Join(texts, ""), want.String())
		}
		var heard strings.Builder
		skip := make([]bool, len(p.Tags))
		for i, x := range p.Tags {
			skip[i] = x.Name == "TOC" || x.Parent >= 0 && skip[x.Parent]
			if skip[i] {
				continue
			}
			heard.WriteString(x.Attrs["alt"])
			if x.Name != "Figure" {
				heard.WriteString(x.Text)
			}
		}
		same(t, d.name, squeezed(heard.String()), squeezed(heardOf(d.work.Tree)))
	}
}

// same tells where two texts begin to differ.
func same(t *testing.T, name, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	around := func(s string) string { return strings.ToValidUTF8(s[max(0, at-60):min(len(s), at+60)], "") }
	t.Errorf("%s: the file says …%s… instead of …%s…", name, around(got), around(want))
}

// heardOf is all that a tree says; of a chart what stands in its place, and its title.
func heardOf(d *doc.Document) string {
	var b strings.Builder
	for i := range d.Sections {
		for _, x := range d.Sections[i].Blocks {
			if c, ok := x.(*doc.Chart); ok {
				words := []string{c.Alt, c.Title.String}
				if c.TitleAbove {
					slices.Reverse(words)
				}
				b.WriteString(strings.Join(words, ""))
				continue
			}
			one := doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{x}}}}
			doc.Walk(&one, func(t doc.Text, _ string) { b.WriteString(t.String) })
		}
	}
	return b.String()
}
