package build_test

import (
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/sentence"
)

// TestPrintedSentencesAgree: what packs print of departments of all kinds holds within every passage, and has no slips. It is
// what keeps the reading of sentences from false alarms, too.
func TestPrintedSentencesAgree(t *testing.T) {
	read, numbers, unread := 0, 0, 0
	everywhereDocuments(t, func(name string, _ bool, w *build.Work) {
		for _, text := range passagesOf(w.Tree) {
			p := sentence.Read(text, w.Budget.Facts.Department.Year.V)
			faults, _ := p.Judge()
			for _, f := range faults {
				t.Errorf("%s: fault %d at %q in\n%s", name, f.Kind, text[f.At.Start:f.At.End], text)
			}
			for _, x := range p.Slips {
				t.Errorf("%s: %s %q in\n%s", name, x.Kind, text[x.Start:x.End], text)
			}
			read++
			for i := range p.Numbers {
				if numbers++; p.Numbers[i].Role == sentence.Unread {
					unread++
					t.Logf("%s: %q is not read in\n%s", name, text[p.Numbers[i].Start:p.Numbers[i].End], text)
				}
			}
		}
	})
	if read < 100 || numbers < 1000 || unread*100 > numbers {
		t.Errorf("%d passages, %d numbers, %d of them not read", read, numbers, unread)
	}
}

// passagesOf are the texts below the headings of a document.
func passagesOf(d *doc.Document) (out []string) {
	for i := range d.Sections {
		var lines []string
		flush := func() {
			if len(lines) > 0 {
				out = append(out, strings.Join(lines, "\n"))
			}
			lines = nil
		}
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				flush()
			case *doc.Paragraph:
				var s strings.Builder
				for _, x := range b.Spans {
					s.WriteString(x.String)
				}
				lines = append(lines, s.String())
			}
		}
		flush()
	}
	return out
}
