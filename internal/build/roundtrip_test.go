package build_test

import (
	"fmt"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/doc"
)

// asPublished types a document of ours in as if it were a finished one of somebody else: its tables and its sentences,
// the department's head, its units and last year's figures.
func asPublished(w *build.Work) fstest.MapFS {
	var s strings.Builder
	d := &w.Budget.Facts.Department
	fmt.Fprintf(&s, "[department]\nyear = %d\ncode = %q\nname = %q\ntemplate = %q\ndate = %s\n", d.Year.V, d.Code.V, d.Name.V, w.Pack.ID, d.Date.Time.Format("2006-01-02"))
	for _, u := range w.Budget.ListedUnits() {
		fmt.Fprintf(&s, "[[unit]]\ncode = %q\nname = %q\nkind = %q\n", u.Code.V, u.Name.V, u.Kind.V)
	}
	fmt.Fprintf(&s, "[prior]\nyear = %d\n[prior.figures]\n", w.Prior.Year)
	for _, name := range w.Pack.FigureNames {
		if a, ok := w.Prior.Amounts[name]; ok {
			fmt.Fprintf(&s, "%s = %q\n", name, a.String())
		}
	}
	section, sentences := "封面", ""
	flush := func() {
		if sentences != "" {
			fmt.Fprintf(&s, "[[stated_text]]\nsection = %q\ntext = '''\n%s'''\n", section, sentences)
		}
		sentences = ""
	}
	for _, part := range w.Tree.Sections {
		for _, b := range part.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				flush()
				section = b.Text.String
			case *doc.Paragraph:
				for _, x := range b.Spans {
					sentences += x.Text.String
				}
				sentences += "\n"
			case *doc.Table:
				if w.Pack.Tables[b.ID] != nil {
					flush()
					fmt.Fprintf(&s, "[[stated_table]]\nid = %q\nheading = %q\nunit = %q\nnote = %q\nrows = '''\n%s'''\n", b.ID, b.Caption.String, unitOf(b), noteOf(b), rowsOf(b))
				}
			}
		}
	}
	flush()
	return fstest.MapFS{"d/all.toml": &fstest.MapFile{Data: []byte(s.String())}}
}

func unitOf(t *doc.Table) string { return strings.TrimPrefix(t.Right.String, "单位：") }

func noteOf(t *doc.Table) string {
	var out []string
	for _, n := range t.Notes {
		out = append(out, n.String)
	}
	return strings.Join(out, " ")
}

// rowsOf is a table's body; the room that a cell takes beyond its own is blank.
func rowsOf(t *doc.Table) string {
	var s strings.Builder
	taken := map[[2]int]bool{}
	for i, r := range t.Body {
		cells := make([]string, len(t.Columns))
		at := 0
		for _, x := range r.Cells {
			for at < len(cells) && taken[[2]int{i, at}] {
				at++
			}
			text := ""
			for _, p := range x.Text {
				text += p.String
			}
			cells[at] = strings.ReplaceAll(text, "\n", "")
			for a := range max(1, x.RowSpan) {
				for b := range max(1, x.ColSpan) {
					taken[[2]int{i + a, at + b}] = true
				}
			}
		}
		s.WriteString(strings.Join(cells, " | ") + "\n")
	}
	return s.String()
}

// TestPrintedDocumentsAreClean: what the program prints, typed in again as a finished document, has no fault: only
// roundings, and hints about what the pack or the officer chose.
func TestPrintedDocumentsAreClean(t *testing.T) {
	s := shared(t)
	held := func(name string, w *build.Work) {
		again, err := s.Check(build.Input{Data: asPublished(w), Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range again.Diags.Sorted() {
			if d.Rule == "尾差-001" {
				continue
			}
			t.Errorf("%s: %s: %v %s %s (%s, %s, %s) %v", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want, d.Diff, d.Notes)
		}
	}
	for seed := range uint64(40) {
		m, dir := generated(seed)
		w, err := s.Check(build.Input{Data: m, Dir: dir})
		if err != nil || w.Diags.HasErrors() {
			t.Fatal(err, w.Diags.Sorted())
		}
		held(dir, w)
	}
	for _, dir := range []string{"data/2026/338", "data/2025/338", "testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: dir, PriorDir: priorDir(dir)})
		if err != nil || w.Diags.HasErrors() {
			t.Fatal(err, w.Diags.Sorted())
		}
		held(dir, w)
	}
}

func priorDir(dir string) string {
	var year int
	if _, err := fmt.Sscan(path.Base(path.Dir(dir)), &year); err != nil {
		return ""
	}
	return path.Join(path.Dir(path.Dir(dir)), fmt.Sprint(year-1), path.Base(dir))
}
