package build_test

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	reader "yusuan/internal/read"
	"yusuan/internal/read/paper"
)

// TestFormsAreReadAsTheyAre: the page, the article and the workbook of a document are read again: every table of it is there, each
// cell in its row and column, with the unit of the amounts above and the notes below, and every paragraph.
func TestFormsAreReadAsTheyAre(t *testing.T) {
	s := shared(t)
	tables, cells, texts := 0, 0, 0
	everyDocument(t, s, "", func(name string, w *build.Work) {
		if tables > 600 && strings.HasPrefix(name, "2026/") { // enough of those that are generated
			return
		}
		for _, form := range []build.Form{build.HTML, build.Article, build.Workbook} {
			raw, err := w.Make(form, nil, nil)
			if err != nil {
				t.Fatal(name, form, err)
			}
			got, err := reader.File("x"+form.Ext(), raw, nil)
			if err != nil {
				t.Fatal(name, form, err)
			}
			if len(got.Gaps) > 0 {
				t.Errorf("%s as %s: %v", name, form, got.Gaps)
			}
			n, c := sameTables(t, fmt.Sprint(name, " as ", form), w.Tree, got)
			tables, cells = tables+n, cells+c
			if form != build.Workbook {
				texts += sameTexts(t, fmt.Sprint(name, " as ", form), w.Tree, got)
			}
		}
	})
	if tables < 500 || cells < 20_000 || texts < 1_000 {
		t.Errorf("%d tables, %d cells, %d paragraphs", tables, cells, texts)
	}
	t.Logf("%d tables, %d cells, %d paragraphs", tables, cells, texts)
}

// sameTables holds the tables that were read against those that were made, and says how many there are and how many cells.
func sameTables(t *testing.T, name string, tree *doc.Document, got *paper.Document) (tables, cells int) {
	t.Helper()
	var read []*paper.Table
	for _, b := range got.Blocks {
		if b.Table != nil {
			read = append(read, b.Table)
		}
	}
	for _, b := range onPaper(tree).Blocks {
		if b.Table == nil {
			continue
		}
		if tables >= len(read) {
			t.Errorf("%s: %d tables", name, len(read))
			return
		}
		x := read[tables]
		tables++
		want, have := filled(b.Table), filled(x)
		if len(want) != len(have) {
			t.Errorf("%s: table %d (%s): %d rows, printed are %d", name, tables, words(x.Above), len(have), len(want))
			continue
		}
		for i := range want {
			cells += len(want[i])
			if a, b := strings.Join(have[i], "|"), strings.Join(want[i], "|"); a != b {
				t.Errorf("%s: table %d (%s): row %d is\n%s, printed is\n%s", name, tables, words(x.Above), i+1, a, b)
			}
		}
		for _, p := range b.Table.Below {
			if !strings.Contains(words(x.Below), plainCell(p.Text)) {
				t.Errorf("%s: table %d (%s): the note %s is not there: %s", name, tables, words(x.Above), p.Text, words(x.Below))
			}
		}
		if len(b.Table.Above) > 0 && len(x.Above) == 0 {
			t.Errorf("%s: table %d: nothing above it; printed is %s", name, tables, words(b.Table.Above))
		}
	}
	if charts := chartsIn(tree); len(read) < tables || len(read) > tables+charts { // pages have the numbers of charts as tables
		t.Errorf("%s: %d tables, printed are %d and %d charts", name, len(read), tables, charts)
	}
	return tables, cells
}

func chartsIn(tree *doc.Document) (n int) {
	for _, section := range tree.Sections {
		for _, b := range section.Blocks {
			if _, ok := b.(*doc.Chart); ok {
				n++
			}
		}
	}
	return n
}

// filled is the grid of a table without its blanks, without rows and columns in which there is nothing.
func filled(t *paper.Table) (out [][]string) {
	grid := t.Grid(false)
	used := make([]bool, t.Columns)
	for _, row := range grid {
		for j, c := range row {
			used[j] = used[j] || plainCell(c) != ""
		}
	}
	for _, row := range grid {
		var kept []string
		for j, c := range row {
			if used[j] {
				kept = append(kept, plainCell(c))
			}
		}
		if strings.Join(kept, "") != "" {
			out = append(out, kept)
		}
	}
	return out
}

func words(list []paper.Paragraph) string {
	var b strings.Builder
	for _, p := range list {
		b.WriteString(plainCell(p.Text) + " ")
	}
	return b.String()
}

// sameTexts holds that every paragraph of a document is among those that were read, and says how many there are.
func sameTexts(t *testing.T, name string, tree *doc.Document, got *paper.Document) (n int) {
	t.Helper()
	have := map[string]bool{}
	for _, b := range got.Blocks {
		if b.Text != nil {
			have[plainCell(b.Text.Text)] = true
		}
	}
	for _, section := range tree.Sections {
		for _, b := range section.Blocks {
			p, ok := b.(*doc.Paragraph)
			if !ok || p.Quiet || p.Level > 0 {
				continue
			}
			text := ""
			for _, s := range p.Spans {
				text += s.String
			}
			if text = plainCell(text); text == "" || !strings.HasSuffix(text, "。") {
				continue
			}
			if n++; !have[text] {
				t.Errorf("%s: not read: %s", name, text)
			}
		}
	}
	return n
}
