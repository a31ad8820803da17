package ofd_test

import (
	"strings"
	"testing"

	"yusuan/internal/ofd"
	"yusuan/internal/pdf"
	"yusuan/internal/testofd"
	"yusuan/internal/typeset/page"
)

// fault is a kind of mistake of a reader, with the smallest document that shows it. The comparison of real documents leaves
// out what shows it; a reader that has mended it is told here, and is then held to it.
type fault struct {
	name  string
	shown string // how the line of the difference begins
	doc   func(t *testing.T) *page.Document
}

func faults() []fault {
	return []fault{
		{"ofdrw 2.3.1 moves on to the right in texts that are turned, when it makes a PDF", "turned, as PDF of ofdrw, page 1", func(t *testing.T) *page.Document {
			d := small(t)
			d.Pages, d.Bookmarks = d.Pages[1:2], nil
			d.Pages[0].Rules, d.Pages[0].Texts = nil, d.Pages[0].Texts[:1]
			return d
		}},
	}
}

// TestFaultsOfReaders shows each fault by a document that is sound and that the reader draws otherwise.
func TestFaultsOfReaders(t *testing.T) {
	for _, f := range faults() {
		name, _, _ := strings.Cut(f.shown, ",")
		d := drawing(t, name, f.doc(t))
		d.Doc = nil // of which it would leave out what is known
		differ, _ := testofd.Differences(t, []testofd.Drawing{d})
		if len(differ) != 1 || !strings.HasPrefix(differ[0], f.shown) {
			t.Errorf("%s: not so: %q", f.name, differ)
		}
	}
}

// TestDrawingSeesWhatIsMissing holds the comparison itself: a text that is not there, one that stands a millimetre beside its place,
// one too much, and a rule that is missing are each told of their page.
func TestDrawingSeesWhatIsMissing(t *testing.T) {
	whole := drawing(t, "", small(t))
	var docs []testofd.Drawing
	for name, broken := range map[string]func(p *page.Page){
		"gone":  func(p *page.Page) { p.Texts = p.Texts[1:] },
		"moved": func(p *page.Page) { p.Texts[0].X += 2835 },
		"rule":  func(p *page.Page) { p.Rules = p.Rules[:1] },
		"path":  func(p *page.Page) { p.Paths = nil },
	} {
		d := small(t)
		broken(&d.Pages[0])
		docs = append(docs, testofd.Drawing{Name: name, OFD: written(t, d, ofd.Options{}), PDF: whole.PDF},
			testofd.Drawing{Name: name + " in the PDF", OFD: whole.OFD, PDF: drawing(t, "", d).PDF})
	}
	differ, _ := testofd.Differences(t, docs)
	for _, d := range docs {
		if n := strings.Count("\n"+strings.Join(differ, "\n"), "\n"+d.Name+", page 1: "); n != 1 {
			t.Errorf("%s: told %d times in %q", d.Name, n, differ)
		}
	}
	if len(differ) != len(docs) {
		t.Errorf("%d differences of %d documents: %q", len(differ), len(docs), differ)
	}
}

// TestSmallDrawn has ofdrw draw the small document as poppler draws its PDF, and read its texts, outline and files.
func TestSmallDrawn(t *testing.T) {
	differ, pages := testofd.Differences(t, []testofd.Drawing{drawing(t, "small", small(t))})
	for _, line := range differ {
		t.Error(line)
	}
	if pages != 3 {
		t.Errorf("%d pages", pages)
	}
}

func drawing(t *testing.T, name string, d *page.Document) testofd.Drawing {
	t.Helper()
	raw, err := pdf.Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return testofd.Drawing{Name: name, Doc: d, OFD: written(t, d, ofd.Options{}), PDF: raw, AsPDF: true}
}
