package build_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
	"yusuan/internal/testdept"
)

// TestOwnDocumentsReadAreClean: our own documents of all packs and editions, read from paper, have no fault: nothing above a note,
// and the notes are of rounding and of numbers that no other is there for.
func TestOwnDocumentsReadAreClean(t *testing.T) {
	s := sumsExactly(shared(t))
	documents, tables := 0, 0
	for _, seed := range []uint64{1, 4} {
		everyPack(t, s, folder(testdept.Files(seed)), func(id, edition string, w *build.Work) {
			if strings.HasPrefix(id, adjustingPrefix) {
				return // a pack of a test
			}
			x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: onPaper(w.Tree), Template: id})
			if err != nil {
				t.Fatal(err)
			}
			documents, tables = documents+1, tables+x.Checked
			if len(x.Missing) > 0 || x.Unknown > 0 {
				t.Errorf("seed %d %s %s: %+v", seed, id, edition, x.Summary)
			}
			for _, d := range x.Diags.Sorted() {
				if d.Level > diag.Note || !strings.HasPrefix(d.Rule, "尾差-") && d.Rule != "成文-020" {
					t.Errorf("seed %d %s %s: %s: %v %s %s (%s, %s)", seed, id, edition, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want)
				}
			}
		})
	}
	if documents < 20 || tables < 9*documents {
		t.Errorf("%d documents with %d tables", documents, tables)
	}
}

var ofSentences = regexp.MustCompile(`^(?:文表-00[12349]|文表-01|单位-006|名称-001|表内-004|格式-|年度-)`)

// TestEverywhereReadIsClean: no sentence of departments that differ in all that packs tell of is held to be false when it is
// read from paper, whatever their tables lack.
func TestEverywhereReadIsClean(t *testing.T) {
	s := sumsExactly(shared(t))
	everywhereDocuments(t, func(name string, kept bool, w *build.Work) {
		x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: onPaper(w.Tree), Template: w.Pack.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Level > diag.Note && ofSentences.MatchString(d.Rule) {
				t.Errorf("%s: %s: %v %s %s (%s, %s) %v", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want, d.Notes)
			}
		}
	})
}

// TestReadWithLastYear: what a document says of last year is held against last year's document: a change that does not follow
// from both is found, and leads to the page of last year's.
func TestReadWithLastYear(t *testing.T) {
	s := shared(t)
	dir, before := "data/2026/338", "data/2025/338"
	read := func(dir string, edits ...[3]string) *build.Work {
		w, err := s.Check(build.Input{Data: edited(t, dir, edits...), Dir: dir, PriorDir: priorDir(dir)})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w
	}
	last := onPaper(read(before).Tree)
	now := onPaper(read(dir).Tree)
	finished := func() []diag.Diagnostic {
		x, err := s.Finished(build.FinishedInput{Name: "2026.docx", Document: now, Template: "wuhan", Last: last, LastName: "2025.docx"})
		if err != nil {
			t.Fatal(err)
		}
		return x.Diags.Sorted()
	}
	for _, d := range finished() {
		if d.Level == diag.Error {
			t.Errorf("of both as they are: %s: %s %s (%s, %s) %v", d.At, d.Rule, d.Message, d.Stated, d.Want, d.Notes)
		}
	}
	changed := 0
	for i := range now.Blocks {
		if p := now.Blocks[i].Text; p != nil && strings.Contains(p.Text, "部门收支总预算4,671.85万元，比2025年预算增加") {
			p.Text, changed = strings.Replace(p.Text, "增加2,133.02万元", "增加2,033.02万元", 1), changed+1
		}
	}
	if changed != 1 {
		t.Fatalf("%d sentences to change", changed)
	}
	for _, d := range finished() {
		if d.Rule == "文表-003" && strings.Contains(d.Message, "变动额") && len(d.Notes) > 0 && strings.HasPrefix(d.Notes[0].At.File, "2025.docx") {
			return
		}
	}
	t.Error("a change that last year's document does not bear out is not found")
}

// TestColumnsOfLastYear: a column of last year's budget is held against the tables of last year's document.
func TestColumnsOfLastYear(t *testing.T) {
	s := shared(t)
	paperOf := func(year int) *paper.Document {
		files, err := testdept.EverywhereFiles(os.DirFS("../../testdata/everywhere"), "six", year, "central-department")
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.Check(build.Input{Data: folder(files), Dir: "d"})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return onPaper(w.Tree)
	}
	x, err := s.Finished(build.FinishedInput{Name: "2026.docx", Document: paperOf(2026), Template: "central-department", Last: paperOf(2025), LastName: "2025.docx"})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range x.Diags.Sorted() {
		if d.Rule == "成文-021" && len(d.Notes) == 1 && strings.HasPrefix(d.Notes[0].At.File, "2025.docx") {
			n++
		}
	}
	if n < 5 { // last year's numbers of 2026 are none of 2025's
		t.Errorf("%d numbers of last year differ from last year's document", n)
	}
}
