package build_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/tablebook"
)

// shown is what a form prints of numbers, by their names: one that stands in several places is there as often.
type shown map[string][]string

func (s shown) add(name, printed string) {
	if name != "" {
		s[name] = append(s[name], printed)
	}
}

// ofTree are the numbers of a tree, those of its tables apart.
func ofTree(w *build.Work) (all, tables shown) {
	all, tables = shown{}, shown{}
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			x, ok := b.(*doc.Table)
			if !ok {
				continue
			}
			one := doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{x}}}}
			doc.Walk(&one, func(t doc.Text, _ string) {
				for _, m := range doc.MarksOf(w.Tree.Marks, t.Marks) {
					tables.add(w.NameOf(m.Of), t.String[m.From:m.To])
				}
			})
			if x.Of == 0 {
				continue
			}
			for at, text := range body(x) {
				if name := w.NameOf(x.Of + int32(at[0]*len(x.Columns)+at[1])); text != "" {
					all.add(name, text)
					tables.add(name, text)
				}
			}
		}
	}
	doc.Walk(w.Tree, func(t doc.Text, _ string) {
		for _, m := range doc.MarksOf(w.Tree.Marks, t.Marks) {
			all.add(w.NameOf(m.Of), t.String[m.From:m.To])
		}
	})
	return all, tables
}

// ofPage are the numbers of a web page.
func ofPage(t *testing.T, raw []byte) shown {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out := shown{}
	var text func(n *html.Node) string
	text = func(n *html.Node) (s string) {
		if n.Type == html.TextNode {
			return n.Data
		}
		for c := range n.ChildNodes() {
			s += text(c)
		}
		return s
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "data-figure" {
				out.add(a.Val, text(n))
			}
		}
	}
	return out
}

// ofData are the numbers of a data package.
func ofData(t *testing.T, raw []byte) shown {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(z, "figures.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	out := shown{}
	for row, err := r.Read(); err != io.EOF; row, err = r.Read() {
		if err != nil {
			t.Fatal(err)
		}
		value := map[string]string{}
		for i, name := range head {
			value[name] = row[i]
		}
		out.add(value["figure_id"], value["printed"])
	}
	return out
}

// ofBook are the numbers of the tables of a workbook, as its sheet of proofs takes them from the cells.
func ofBook(t *testing.T, raw []byte) shown {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(tablebook.ProofSheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out, key, number, kind := shown{}, -1, -1, -1
	for _, row := range rows {
		if key >= 0 && len(row) > max(key, number) {
			if row[kind] != "空白" { // a zero that prints nothing
				out.add(row[key], row[number])
			}
			continue
		}
		for i, s := range row {
			switch s {
			case "识别名":
				key = i
			case "印出的数":
				number = i
			case "种类":
				kind = i
			}
		}
	}
	return out
}

// inCells is a printed number as spreadsheets keep it: 1,200.50 is 1200.5.
func inCells(s string) string {
	s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), "%")
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// agree holds that the same numbers are shown, and each as it is printed.
func agree(t *testing.T, where string, want, got shown, as func(string) string) {
	t.Helper()
	for name, printed := range want {
		if len(got[name]) == 0 {
			t.Errorf("%s does not show %s, %s", where, name, printed[0])
		}
		for _, s := range got[name] {
			if as(s) != as(printed[0]) {
				t.Errorf("%s shows %s of %s, printed is %s", where, s, name, printed[0])
			}
		}
	}
	for name, s := range got {
		if len(want[name]) == 0 {
			t.Errorf("%s shows %s of %s, which the document does not print", where, s[0], name)
		}
	}
}

// TestFormsAgree: every number of a document is in all forms that show it, called the same, with the digits that are printed;
// no form shows another; and a number that stands in several places is printed alike in all. Pages show what the tree does
// (TestMarksOfPages), and files of PDF and OFD what pages do.
func TestFormsAgree(t *testing.T) {
	s := shared(t)
	numbers := 0
	hold := func(where string, w *build.Work) {
		all, tables := ofTree(w)
		for name, printed := range all {
			numbers++
			for _, x := range printed {
				if x != printed[0] {
					t.Errorf("%s: %s is printed %s and %s", where, name, printed[0], x)
				}
			}
		}
		made := map[build.Form][]byte{}
		for _, f := range build.Forms() {
			if f.Archived() {
				continue
			}
			raw, err := w.Make(f, nil, nil)
			if err != nil {
				t.Fatal(where, f, err)
			}
			if again, err := w.Make(f, nil, nil); err != nil || !bytes.Equal(raw, again) {
				t.Errorf("%s: made again, %s is another file: %v", where, f, err)
			}
			made[f] = raw
		}
		same := func(x string) string { return x }
		agree(t, where+" as a page", all, ofPage(t, made[build.HTML]), same)
		agree(t, where+" as data", all, ofData(t, made[build.Data]), same)
		agree(t, where+" as a workbook", tables, ofBook(t, made[build.Workbook]), inCells)
	}
	everyDocument(t, s, "", hold)
	for _, p := range s.PackNames() {
		w, err := s.Gallery(p)
		if err != nil {
			t.Fatal(p, err)
		}
		hold("gallery of "+p, w)
	}
	if numbers < 10_000 {
		t.Errorf("%d numbers held", numbers)
	}
}
