package build_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/read/ruled"
	"yusuan/internal/testpdfium"
)

var pdfReader = sync.OnceValues(func() (*pdfium.Engine, error) { return pdfium.Start(testpdfium.Cache()) })

// readPDF reads a PDF as a stranger's: what is drawn on its pages, and nothing of what is inside.
func readPDF(t *testing.T, raw []byte) *paper.Document {
	t.Helper()
	if !pdfium.Supported {
		t.Skip("PDF is not read on this machine")
	}
	e, err := pdfReader()
	if err != nil {
		t.Fatal(err)
	}
	f, err := e.Open("x.pdf", raw)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pages []*pdfium.Page
	for i := range f.Pages() {
		p, err := f.Page(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return ruled.Document(pages)
}

// ruledGrid is a table as its rules show it: its rows, with the text of each cell where it begins. Columns that no cell parts are one.
func ruledGrid(tab *doc.Table) [][]string {
	rows := append(append([]doc.Row{}, tab.Head...), tab.Body...)
	covered := make([][]bool, len(rows))
	for i := range covered {
		covered[i] = make([]bool, len(tab.Columns))
	}
	begins := make([]bool, len(tab.Columns)+1)
	type place struct{ row, column int }
	texts := map[place]string{}
	for i, r := range rows {
		k := 0
		for _, c := range r.Cells {
			for covered[i][k] {
				k++
			}
			var s []string
			for _, p := range c.Text {
				s = append(s, p.String)
			}
			texts[place{i, k}] = plainCell(strings.Join(s, ""))
			begins[k] = true
			for di := range max(c.RowSpan, 1) {
				for dk := range max(c.ColSpan, 1) {
					if i+di < len(rows) {
						covered[i+di][k+dk] = true
					}
				}
			}
			k += max(c.ColSpan, 1)
		}
	}
	out := make([][]string, len(rows))
	for i := range rows {
		for k := range tab.Columns {
			if begins[k] {
				out[i] = append(out[i], texts[place{i, k}])
			}
		}
	}
	return out
}

// hasDigit says that a text is, or holds, a number.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// compareRead counts the cells with numbers that a read table has at the same row and column as the drawn one; rows that later
// parts repeat within the table are passed over.
func compareRead(want [][]string, got *paper.Table) (numbers int, misses []string) {
	grid := got.Grid(false)
	next := 0
	for _, row := range want {
		best, found := 0, -1
		for j := next; j < len(grid) && j < next+8; j++ {
			same := 0
			for k, s := range row {
				if k < len(grid[j]) && s != "" && plainCell(grid[j][k]) == s {
					same++
				}
			}
			if same > best {
				best, found = same, j
			}
		}
		for k, s := range row {
			if !hasDigit(s) {
				continue
			}
			numbers++
			read := "no such row"
			if found >= 0 && k < len(grid[found]) {
				read = plainCell(grid[found][k])
			}
			if read != s {
				misses = append(misses, fmt.Sprintf("column %d of row %q: %q, read %q", k+1, strings.Join(row, "|"), s, read))
			}
		}
		if found >= 0 {
			next = found + 1
		}
	}
	return numbers, misses
}

// TestReadBack: our own documents, read as strangers' are: every table is found, and every number at its row and column. What they
// are held against is the tree that was set, not an earlier reading.
func TestReadBack(t *testing.T) {
	for _, x := range []struct {
		dir, edition, template string
		numbers                int
	}{
		{"data/2026/338", "", "", 630},
		{"testdata/departments/2026/415", "", "", 630},
		{"testdata/departments/2018/101", "", "", 250},
		{"testdata/departments/2025/010", "", "", 400},
		{"testdata/departments/2025/010", "unit:010001", "", 400},
		{"data/2026/338", "", ministry, 300},
		{"testdata/departments/2026/415", "", ministry, 300},
	} {
		t.Run(strings.ReplaceAll(x.dir+x.edition+x.template, "/", "-"), func(t *testing.T) {
			w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: x.dir, Edition: x.edition, Template: x.template})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := w.PDF(w.Typeset(), nil)
			if err != nil {
				t.Fatal(err)
			}
			holdReadBack(t, w.Tree, readPDF(t, raw), x.numbers)
		})
	}
}

func holdReadBack(t *testing.T, tree *doc.Document, read *paper.Document, least int) {
	t.Helper()
	for _, g := range read.Gaps {
		t.Errorf("a gap: %s", g.What)
	}
	var tables []*paper.Table
	for _, b := range read.Blocks {
		if b.Table != nil {
			tables = append(tables, b.Table)
		}
	}
	holdParagraphs(t, tree, read)
	numbers, missed := 0, 0
	for _, s := range tree.Sections {
		for _, b := range s.Blocks {
			tab, ok := b.(*doc.Table)
			if !ok || tab.RuleWidth == 0 && tab.FrameWidth == 0 {
				continue // without rules it is none for readers, such as the large figures of an infographic
			}
			if len(tables) == 0 {
				t.Fatalf("table %s is not found", tab.ID)
			}
			n, misses := compareRead(ruledGrid(tab), tables[0])
			for _, m := range misses {
				t.Errorf("table %s: %s", tab.ID, m)
			}
			numbers, missed = numbers+n, missed+len(misses)
			tables = tables[1:]
		}
	}
	for _, extra := range tables {
		t.Errorf("a table that is none: %q", extra.Grid(false))
	}
	if numbers < least {
		t.Errorf("compared %d numbers, want at least %d", numbers, least)
	}
	t.Logf("%d of %d numbers at their row and column", numbers-missed, numbers)
}

// holdParagraphs: what the tree has as a paragraph or heading is read as one, without the breaks of its lines.
func holdParagraphs(t *testing.T, tree *doc.Document, read *paper.Document) {
	t.Helper()
	plain := func(s string) string { return strings.Join(strings.Fields(s), "") }
	said := map[string]bool{}
	for _, b := range read.Blocks {
		if b.Text != nil {
			said[plain(b.Text.Text)] = true
			continue
		}
		for _, p := range append(append([]paper.Paragraph{}, b.Table.Above...), b.Table.Below...) {
			said[plain(p.Text)] = true
		}
	}
	paragraphs, missed := 0, 0
	for _, s := range tree.Sections {
		for _, b := range s.Blocks {
			text := ""
			switch b := b.(type) {
			case *doc.Heading:
				text = b.Text.String
			case *doc.Paragraph:
				for _, span := range b.Spans {
					text += span.String
				}
			}
			for _, text := range strings.Split(text, "\n") {
				if text = plain(text); text == "" {
					continue
				}
				if paragraphs++; !said[text] {
					missed++
					t.Errorf("no paragraph is %q", text)
				}
			}
		}
	}
	t.Logf("%d of %d paragraphs", paragraphs-missed, paragraphs)
}
