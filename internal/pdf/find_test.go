package pdf_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"yusuan/internal/pdf"
	"yusuan/internal/typeset/page"
)

// TestFound holds that another program finds what stands on a line as the line says it: the gap between Han and Latin,
// which nobody typed, is no blank to it.
func TestFound(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	for _, dir := range departments {
		_, pages := laidOut(t, dir)
		data, err := pdf.Write(pages, nil)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "document.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var found string
		for _, order := range [][]string{{}, {"-raw"}} { // each parts some lines that the other does not
			out, err := exec.Command(program, append(order, "-enc", "UTF-8", file, "-")...).Output()
			if err != nil {
				t.Fatal(err)
			}
			found += string(out)
		}
		for _, text := range []string{"2026年部门预算", "2026年"} {
			if !strings.Contains(found, text) {
				t.Errorf("%s: pdftotext does not find %s", dir, text)
			}
		}
		for i := range pages.Pages {
			for _, line := range lines(&pages.Pages[i]) {
				for _, words := range strings.FieldsFunc(line, parts) {
					if !strings.Contains(found, words) {
						t.Errorf("%s: page %d: pdftotext does not find %s", dir, i+1, words)
					}
				}
			}
		}
	}
}

// parts reports whether a character parts what is looked for: blanks, and marks, whose blank halves layout may cut off.
func parts(r rune) bool { return unicode.IsSpace(r) || r > '~' && unicode.IsPunct(r) }

// lines are the texts of a page, those joined that follow each other on a line of one element.
func lines(p *page.Page) (out []string) {
	for i := 0; i < len(p.Texts); {
		a := &p.Texts[i]
		text, end := a.Text, a.X
		for _, v := range a.Advances {
			end += v
		}
		for i++; i < len(p.Texts); i++ {
			b := &p.Texts[i]
			if b.Elem != a.Elem || b.X != end || max(a.Y-b.Y, b.Y-a.Y) > a.Size/3 {
				break
			}
			text += b.Text
			for _, v := range b.Advances {
				end += v
			}
		}
		out = append(out, text)
	}
	return out
}
